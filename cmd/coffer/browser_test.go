package main

import (
	"fmt"
	"math/big"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/chromedp/chromedp/kb"

	"coffer/internal/browsertest"
	"coffer/internal/secret"
	"coffer/ledger"
	"coffer/tui/widget"
)

// TestLinkInABrowser goes the whole way as a person does: the real program, its
// page in a real browser driven by keys alone, and Plaid over HTTP.
func TestLinkInABrowser(t *testing.T) {
	chromium := browsertest.Start(t)
	for _, sub := range []struct {
		name string
		test func(*testing.T, *browsertest.Browser)
	}{
		{"a bank is linked", testLinked},
		{"a bank is linked on a page of Plaid's", testHosted},
		{"the user leaves Link", testLeftLink},
		{"the user leaves Link after a wrong password", testLeftLinkInTrouble},
		{"the user interrupts the program", testInterruptedLink},
		{"a bank is linked already", testLinkedAlready},
		{"a bank is repaired", testRepaired},
		{"a bank is linked from the interface", testLinkedFromInterface},
		{"a bank is repaired from the interface", testRepairedFromInterface},
		{"the user cancels in the interface", testCancelledInInterface},
		{"a bank is allowed to tell numbers", testAllowed},
	} {
		t.Run(sub.name, func(t *testing.T) {
			t.Parallel()
			sub.test(t, chromium)
		})
	}
}

// testLinkedAlready signs in to a bank that is linked: the page tells which it is, and
// nothing is exchanged.
func testLinkedAlready(t *testing.T, chromium *browsertest.Browser) {
	w := newLinkWorld(t)
	w.runs(t, "link", "--sandbox", "ins_109508")
	first, _ := w.onlyItem(t)
	link := w.startLink(t)
	v := visitLink(t, chromium, link.address)
	v.signIn()
	v.awaitTitle("Your bank agreed")
	link.ends(t, exitFailure)
	if want := "this bank is linked already, and nothing was kept of the new link: coffer items repair " + string(first.ID); !strings.Contains(link.errs, want) {
		t.Errorf("the program says\n%swant %q", link.errs, want)
	}
	w.onlyItem(t)
}

func testLinked(t *testing.T, chromium *browsertest.Browser) {
	w := newLinkWorld(t)
	link := w.startLink(t)
	v := visitLink(t, chromium, link.address)
	v.Picture("link-1-intro")
	v.toCredentials()
	v.Picture("link-2-credentials")
	v.slip()
	v.Picture("link-3-wrong-password")
	v.toAccounts()
	v.Picture("link-4-accounts")
	v.toSuccess()
	v.Picture("link-5-success")
	v.finish()
	v.awaitTitle("Your bank agreed")
	v.Picture("link-6-done")

	link.ends(t, exitOK)
	token, accounts, rows := w.compare(t)
	want := fmt.Sprintf("linked First Platypus Bank: %s, %s\n", widget.Plural(accounts, "account"), widget.Plural(rows, "transaction"))
	if link.out.String() != want {
		t.Errorf("the program says\n%swant %q", &link.out, want)
	}
	v.keepsNoSecret(token)
	for _, private := range []string{clientSecret, token.Reveal()} {
		if strings.Contains(link.out.String()+link.errs, private) {
			t.Errorf("the program prints %q", private)
		}
	}
	isClosed(t, link.address)
}

// testRepaired signs in again to a bank that asks for it: the same Item, with the
// same access, is in order afterwards.
func testRepaired(t *testing.T, chromium *browsertest.Browser) {
	w := newLinkWorld(t)
	before, token := w.breakLogin(t)
	link := w.start(t, "items", "repair", string(before.ID), "--no-browser")
	v := visitLink(t, chromium, link.address)
	v.signInAgain()
	link.ends(t, exitOK)
	w.isRepaired(t, before, token)
}

func testRepairedFromInterface(t *testing.T, chromium *browsertest.Browser) {
	w := newLinkWorld(t)
	before, token := w.breakLogin(t)
	term := w.openInterface(t, "First Platypus Bank needs you")
	step(t, term, "4", "press f to sign in again")
	v := visitLink(t, chromium, pressFor(t, term, "f"))
	v.signInAgain()
	step(t, term, "", "✓ First Platypus Bank lets coffer in again.")
	step(t, term, "", " accounts, ") // counted when the sync is over
	step(t, term, "\r", "enter open")
	step(t, term, "", "1 bank ok · synced just now")
	leaveInterface(t, term)
	w.isRepaired(t, before, token)
}

// breakLogin links a bank that asks for a new sign-in by the time of a sync.
func (w *linkWorld) breakLogin(t *testing.T) (ledger.Item, string) {
	t.Helper()
	if out, err := w.command(t.Context(), "link", "--sandbox", "ins_109508").CombinedOutput(); err != nil {
		t.Fatalf("link: %v\n%s", err, out)
	}
	before, token := w.onlyItem(t)
	must(t, ask(t.Context(), w.sim, "/sandbox/item/reset_login", map[string]any{"access_token": token}, nil))
	if out, err := w.command(t.Context(), "sync").CombinedOutput(); err == nil {
		t.Fatalf("a sync of a bank that asks for a sign-in exits 0:\n%s", out)
	}
	return before, token
}

// signInAgain goes through Link in update mode.
func (v linkVisit) signInAgain() {
	v.t.Helper()
	v.Press(kb.Enter) // the bank is known: it is not chosen again
	v.awaitPane("credentials")
	v.Press("user_good", kb.Tab, "pass_good", kb.Enter)
	v.awaitPane("success") // nor are the accounts
	v.finish()
	v.awaitTitle("Your bank agreed")
}

// isRepaired wants the bank to be well, under the name and access it had.
func (w *linkWorld) isRepaired(t *testing.T, before ledger.Item, token string) {
	t.Helper()
	after, same := w.onlyItem(t)
	if after.ID != before.ID || after.State != ledger.ItemOK || after.Code != "" || same != token {
		t.Errorf("after the repair the bank is %+v, with the same access: %v", after, same == token)
	}
}

func testLeftLink(t *testing.T, chromium *browsertest.Browser) {
	checkLeftLink(t, chromium, linkVisit.toCredentials, "coffer: linking was cancelled; nothing was kept\n")
}

func testLeftLinkInTrouble(t *testing.T, chromium *browsertest.Browser) {
	inTrouble := func(v linkVisit) {
		v.t.Helper()
		v.toCredentials()
		v.slip()
	}
	checkLeftLink(t, chromium, inTrouble,
		"coffer: linking was cancelled; nothing was kept: the bank did not take the user name or password (INVALID_CREDENTIALS)\n")
}

// checkLeftLink leaves Link somewhere, and wants the program to say so.
func checkLeftLink(t *testing.T, chromium *browsertest.Browser, where func(linkVisit), want string) {
	t.Helper()
	w := newLinkWorld(t)
	link := w.startLink(t)
	v := visitLink(t, chromium, link.address)
	where(v)
	v.leave()
	v.awaitTitle("Nothing was linked")
	v.Picture("left")

	link.ends(t, exitFailure)
	if got := link.errs; !strings.HasSuffix(got, "\n"+want) {
		t.Errorf("the program says\n%swant %q at the end", got, want)
	}
	w.holdsNothing(t)
	isClosed(t, link.address)
}

func testInterruptedLink(t *testing.T, chromium *browsertest.Browser) {
	w := newLinkWorld(t)
	link := w.startLink(t)
	v := visitLink(t, chromium, link.address)
	began := time.Now()
	must(t, link.cmd.Process.Signal(syscall.SIGINT))
	link.ends(t, exitFailure)
	// At once is far less, but machines that run tests are slow.
	if took := time.Since(began); took > 20*time.Second {
		t.Errorf("the program took %v to end", took)
	}
	if got, want := link.errs, "coffer: interrupted; nothing is half done"; !strings.Contains(got, want) {
		t.Errorf("the program says\n%swant %q", got, want)
	}
	isClosed(t, link.address)

	// Who goes on in the browser is told, and nothing comes of it.
	v.signIn()
	v.awaitTitle("coffer is not listening any more")
	v.Picture("lost")
	w.holdsNothing(t)
}

func testLinkedFromInterface(t *testing.T, chromium *browsertest.Browser) {
	w := newLinkWorld(t)
	term := w.openInterface(t, "no bank linked")
	v := visitLink(t, chromium, pressLink(t, term))
	v.signIn()
	v.awaitTitle("Your bank agreed")
	step(t, term, "", "✓ First Platypus Bank is linked.")
	step(t, term, "", " accounts, ") // counted when the first sync is over
	step(t, term, "", "1 bank ok · synced just now")
	token, accounts, rows := w.compare(t)
	if want := fmt.Sprintf("%d accounts, %s transactions", accounts, widget.Count(rows)); !strings.Contains(term.Screen(), want) {
		t.Errorf("the dialog does not say %q; the screen:\n%s", want, term.Screen())
	}
	v.keepsNoSecret(token)
	step(t, term, "\r", "NET WORTH")
	leaveInterface(t, term)
}

func testCancelledInInterface(t *testing.T, chromium *browsertest.Browser) {
	w := newLinkWorld(t)
	term := w.openInterface(t, "no bank linked")
	address := pressLink(t, term)
	visitLink(t, chromium, address)
	step(t, term, "\x1b", "linking was cancelled; nothing was kept")
	isClosed(t, address)
	step(t, term, "", "no bank linked")
	w.holdsNothing(t)
	leaveInterface(t, term)
}

// compare holds the one bank of the vault against what Plaid says of it, row by
// row, and returns its access token and how much there is.
func (w *linkWorld) compare(t *testing.T) (token secret.Text, accounts, rows int) {
	t.Helper()
	v := w.openVault(t)
	items, err := v.Items(t.Context())
	must(t, err)
	if len(items) != 1 || items[0].Name != "First Platypus Bank" || items[0].State != ledger.ItemOK {
		t.Fatalf("the vault has %+v, want First Platypus Bank, ok", items)
	}
	token, err = v.AccessToken(t.Context(), items[0].ID)
	must(t, err)
	book, err := v.Book(t.Context())
	must(t, err)
	plaid := w.askAbout(t, token)
	all := book.Select(ledger.Query{}, ledger.Sort{By: ledger.SortDate}).Rows
	if len(book.Accounts()) != len(plaid.accounts) || len(all) != len(plaid.rows) || len(all) == 0 {
		t.Errorf("the vault has %d accounts and %d transactions, Plaid %d and %d",
			len(book.Accounts()), len(all), len(plaid.accounts), len(plaid.rows))
	}
	for _, r := range all {
		e := book.Entry(r)
		row, ok := plaid.rows[string(e.ID)]
		if !ok {
			t.Errorf("Plaid knows no transaction %s", e.ID)
			continue
		}
		// Plaid counts money out as positive.
		checkSum(t, "transaction "+row.ID, e.Amount.String(), new(big.Rat).Neg(rational(row.Amount)))
		if e.Date.String() != row.Date {
			t.Errorf("transaction %s is of %s, Plaid says %s", row.ID, e.Date, row.Date)
		}
	}
	return token, len(plaid.accounts), len(plaid.rows)
}

// holdsNothing wants a vault without banks, accounts and rows.
func (w *linkWorld) holdsNothing(t *testing.T) {
	t.Helper()
	v := w.openVault(t)
	items, err := v.Items(t.Context())
	must(t, err)
	book, err := v.Book(t.Context())
	must(t, err)
	if len(items)+len(book.Accounts())+len(book.Select(ledger.Query{}, ledger.Sort{}).Rows) != 0 {
		t.Errorf("the vault has %+v and %d accounts, want nothing", items, len(book.Accounts()))
	}
}
