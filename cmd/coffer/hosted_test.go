package main

import (
	"encoding/json"
	"image"
	"image/color"
	"strings"
	"syscall"
	"testing"

	"github.com/chromedp/chromedp/kb"
	"github.com/hinshun/vt10x"
	"github.com/makiuchi-d/gozxing"
	"github.com/makiuchi-d/gozxing/qrcode"

	"coffer/internal/browsertest"
	"coffer/internal/secret"
	"coffer/internal/terminal"
	"coffer/ledger"
	"coffer/storage"
)

// finishOnPhone opens a page of Plaid's, signs in to First Platypus Bank, and takes
// all its accounts, as the page itself does.
func (w *linkWorld) finishOnPhone(t *testing.T, address string) { w.chooseOnPhone(t, address, 0) }

// chooseOnPhone takes the first accounts only; 0 is all of them.
func (w *linkWorld) chooseOnPhone(t *testing.T, address string, takes int) {
	t.Helper()
	step := func(name string, body map[string]any, answer any) {
		t.Helper()
		must(t, ask(t.Context(), w.sim, "/link/session/"+name, body, answer))
	}
	var page struct {
		Token string `json:"link_token"`
	}
	step("hosted", map[string]any{"hosted_link_id": address[strings.LastIndex(address, "/")+1:]}, &page)
	var session struct {
		ID string `json:"link_session_id"`
	}
	step("start", map[string]any{"link_token": page.Token}, &session)
	body := map[string]any{"link_token": page.Token, "link_session_id": session.ID, "institution_id": "ins_109508",
		"username": "user_good", "password": "pass_good"}
	var signed struct {
		Accounts []struct {
			ID string `json:"id"`
		} `json:"accounts"`
	}
	step("credentials", body, &signed)
	ids := []string{}
	for _, a := range signed.Accounts {
		ids = append(ids, a.ID)
	}
	if takes > 0 {
		ids = ids[:takes]
	}
	delete(body, "username")
	delete(body, "password")
	body["account_ids"] = ids
	step("finish", body, nil)
}

// A bank is linked on a phone; the second time it is known before anything is
// exchanged; who insists has it twice, and loses no edit of the first.
func TestLinkOnAPhone(t *testing.T) {
	t.Parallel()
	w := newLinkWorld(t)
	link := w.start(t, "link", "--hosted", "--json")
	w.finishOnPhone(t, link.address)
	link.ends(t, exitOK)
	var doc itemDocument
	if err := json.Unmarshal(link.out.Bytes(), &doc); err != nil || doc.Institution != "First Platypus Bank" || doc.State != string(ledger.ItemOK) {
		t.Errorf("standard output is %q, %v; want the bank and nothing else", &link.out, err)
	}
	if !strings.Contains(link.errs, "(no QR code: this is no terminal)") {
		t.Errorf("the program says\n%s", link.errs)
	}
	if out, err := w.command(t.Context(), "categorize", "acct:checking", "--as", "My habit").CombinedOutput(); err != nil {
		t.Fatalf("categorize: %v\n%s", err, out)
	}
	edited := w.edited(t)

	again := w.start(t, "link", "--hosted")
	w.finishOnPhone(t, again.address)
	again.ends(t, exitFailure)
	if want := "this bank is linked already, and nothing was kept of the new link: coffer items repair " + string(doc.ID); !strings.Contains(again.errs, want) {
		t.Errorf("the program says\n%swant %q", again.errs, want)
	}
	if first, _ := w.onlyItem(t); first.ID != doc.ID { // fails if there are two
		t.Errorf("the bank is %s now, was %s", first.ID, doc.ID)
	}

	twice := w.start(t, "link", "--hosted", "--again")
	w.finishOnPhone(t, twice.address)
	twice.ends(t, exitOK)
	if got := w.edited(t); got != edited || edited == 0 {
		t.Errorf("%d rows have the user's category, want the %d of before", got, edited)
	}
	said := w.runs(t, "items", "remove", string(doc.ID), "--yes")
	if got := w.edited(t); got != edited || !strings.Contains(said, "the other link to it took over") {
		t.Errorf("%d rows have the user's category, want %d still; the program says\n%s", got, edited, said)
	}
	if left, _ := w.onlyItem(t); left.ID == doc.ID {
		t.Error("the link that was removed is there")
	}
}

// edited counts the rows that the user gave a category.
func (w *linkWorld) edited(t *testing.T) (n int) {
	t.Helper()
	v, err := storage.Open(t.Context(), w.home, storage.Passphrase(secret.New(scriptPassphrase)), storage.Options{})
	must(t, err)
	defer func() { must(t, v.Close()) }()
	book, err := v.Book(t.Context())
	must(t, err)
	for _, r := range book.Select(ledger.Query{}, ledger.Sort{By: ledger.SortDate}).Rows {
		if book.Entry(r).Category == "My habit" {
			n++
		}
	}
	return n
}

// A bank that asks for a sign-in gets it on a phone, and is the same afterwards.
func TestRepairOnAPhone(t *testing.T) {
	t.Parallel()
	w := newLinkWorld(t)
	if out, err := w.command(t.Context(), "link", "--sandbox", "ins_109508").CombinedOutput(); err != nil {
		t.Fatalf("link: %v\n%s", err, out)
	}
	before, token := w.onlyItem(t)
	must(t, ask(t.Context(), w.sim, "/sandbox/item/reset_login", map[string]any{"access_token": token}, nil))
	link := w.start(t, "items", "repair", string(before.ID), "--hosted")
	w.finishOnPhone(t, link.address)
	link.ends(t, exitOK)
	if after, same := w.onlyItem(t); after.ID != before.ID || after.State != ledger.ItemOK || same != token {
		t.Errorf("after the repair the bank is %+v, with the same access: %v", after, same == token)
	}
}

// Over ssh, and without a desktop, the page is Plaid's, and the program says why.
// Interrupted, it leaves nothing.
func TestThePageSuitsThePlace(t *testing.T) {
	t.Parallel()
	for place, tt := range map[string]struct {
		env  []string
		args []string
		want string
	}{
		"ssh":           {[]string{"SSH_CONNECTION=192.0.2.1 1 192.0.2.2 22"}, nil, "You are here over ssh, so the page is for any device (else: --no-browser)."},
		"no desktop":    {[]string{"DISPLAY=", "WAYLAND_DISPLAY="}, nil, "There is no desktop here, so the page is for any device"},
		"a desktop":     {nil, nil, "Your browser should have opened."},
		"ssh and a way": {[]string{"SSH_TTY=/dev/pts/1"}, []string{"--no-browser"}, "Open this address in a browser on this computer:"},
	} {
		t.Run(place, func(t *testing.T) {
			t.Parallel()
			w := newLinkWorld(t)
			w.env = tt.env
			link := w.start(t, append([]string{"link"}, tt.args...)...)
			must(t, link.cmd.Process.Signal(syscall.SIGINT))
			link.ends(t, exitFailure)
			if !strings.Contains(link.errs, tt.want) {
				t.Errorf("the program says\n%swant %q", link.errs, tt.want)
			}
			if !strings.Contains(link.errs, "coffer: interrupted; nothing is half done") {
				t.Errorf("the program ends with\n%s", link.errs)
			}
			w.holdsNothing(t)
		})
	}
}

// The code on the screen is the address, with colours and without; on a screen that
// is too small there is the address alone, and a word.
func TestTheCodeOnTheScreenIsTheAddress(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		args       []string
		cols, rows int
		readable   bool
	}{
		"at 80x24":       {[]string{"link", "--hosted"}, 80, 24, true},
		"unasked":        {[]string{"link"}, 80, 24, true},
		"without colour": {[]string{"link", "--hosted", "--no-color"}, 80, 24, true},
		"too low":        {[]string{"link", "--hosted"}, 80, 20, false},
		"too narrow":     {[]string{"link", "--hosted"}, 36, 40, false},
		"the interface":  {nil, 80, 24, true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newLinkWorld(t)
			w.env = []string{"SSH_TTY=/dev/pts/1", "COLORFGBG=15;0"}
			term := w.onScreen(t, tt.cols, tt.rows, tt.args...)
			screen := strings.ReplaceAll(term.Screen(), "\n", "")
			if tt.readable && tt.args != nil && !strings.HasPrefix(screen, map[bool]string{true: "You are here", false: "Open this"}[name == "unasked"]) {
				t.Errorf("the screen begins with %.60q: something scrolled away", screen)
			}
			address := linkAddress.FindString(strings.ReplaceAll(screen, " ", ""))
			if !tt.readable {
				if !strings.Contains(screen, "(no QR code: the terminal needs 3") || address == "" {
					t.Errorf("the screen:\n%s", term.Screen())
				}
				return
			}
			if got := readCode(t, term.Cells(), strings.Contains(name, "without")); got != address || address == "" {
				t.Errorf("a camera reads %q, the address is %q:\n%s", got, address, term.Screen())
			}
		})
	}
}

// onScreen runs the program in a terminal until it waits for a phone.
func (w *linkWorld) onScreen(t *testing.T, cols, rows int, args ...string) *terminal.Terminal {
	t.Helper()
	cmd := w.command(t.Context(), args...)
	term, err := terminal.Start(cmd, cols, rows)
	must(t, err)
	t.Cleanup(func() { _ = term.Close() })
	if len(args) == 0 {
		step(t, term, "", "no bank linked")
		must(t, term.Send("l"))
	}
	step(t, term, "", "waiting for you")
	return term
}

// readCode reads the code on a screen as a camera does: as a picture of its cells,
// found and decoded by a library that shares nothing with what drew it.
func readCode(t *testing.T, cells [][]vt10x.Glyph, inverted bool) string {
	t.Helper()
	const scale = 4
	picture := image.NewGray(image.Rect(0, 0, len(cells[0])*scale, len(cells)*2*scale))
	for y := range picture.Rect.Dy() {
		for x := range picture.Rect.Dx() {
			cell := cells[y/scale/2][x/scale]
			upper := y/scale%2 == 0
			on := cell.Char == '█' || cell.Char == '▀' && upper || cell.Char == '▄' && !upper
			light := on && inverted
			if !inverted {
				light = !on && (cell.BG == 231 || cell.BG == 0xffffff || cell.BG == 15)
			}
			if light {
				picture.SetGray(x, y, color.Gray{Y: 255})
			}
		}
	}
	bitmap, err := gozxing.NewBinaryBitmapFromImage(picture)
	must(t, err)
	result, err := qrcode.NewQRCodeReader().Decode(bitmap, map[gozxing.DecodeHintType]any{gozxing.DecodeHintType_TRY_HARDER: true})
	if err != nil {
		t.Errorf("no camera reads this: %v", err)
		return ""
	}
	return result.GetText()
}

// testHosted goes through Plaid's page in a real browser, by keys alone.
func testHosted(t *testing.T, chromium *browsertest.Browser) {
	w := newLinkWorld(t)
	link := w.start(t, "link", "--hosted")
	page := chromium.Open(t, link.address)
	pane := func(name string) {
		page.Await(`document.querySelector('#pane')?.dataset.pane === '` + name + `' && document.querySelector('#pane').contains(document.activeElement)`)
	}
	pane("intro")
	page.Press(kb.Enter)
	pane("institutions")
	page.Enter("First Platypus Bank")
	page.Await(`document.querySelector('[data-institution=ins_109508]') && document.querySelectorAll('[data-institution]').length === 1`)
	page.Press(kb.ArrowDown)
	page.Await(`document.activeElement.dataset.institution === 'ins_109508'`)
	page.Press(kb.Enter)
	pane("credentials")
	page.Press("user_good", kb.Tab, "pass_good", kb.Enter)
	pane("accounts")
	page.Press(kb.Enter)
	pane("success")
	page.Press(kb.Enter)
	link.ends(t, exitOK)
	w.compare(t)
}
