package tui_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"
	"pgregory.net/rapid"

	"coffer/ledger"
	"coffer/tui"
	"coffer/tui/screen"
	"coffer/tui/tuitest"
)

// probe is a screen that writes down what it gets.
type probe struct {
	typing bool
	keys   []string
	books  int
	size   [2]int
	crash  string // panics in the method of this name
}

func (p *probe) Title() string             { return "Probe" }
func (p *probe) Init() tea.Cmd             { return nil }
func (p *probe) SetSize(w, h int)          { p.size = [2]int{w, h} }
func (p *probe) Typing() bool              { return p.typing }
func (p *probe) ShortHelp() []key.Binding  { return nil }
func (p *probe) FullHelp() [][]key.Binding { return nil }

func (p *probe) View() string {
	if p.crash == "View" && p.books > 0 {
		panic("a secret: 4111 1111 1111 1111")
	}
	return "probe " + strings.Join(p.keys, " ")
}

func (p *probe) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case tea.KeyMsg:
		p.keys = append(p.keys, msg.String())
		switch p.crash {
		case "Update":
			var none []int
			_ = none[len(p.keys)]
		case "command":
			return tea.Batch(nil, func() tea.Msg { panic(errors.New("a secret")) }, func() tea.Msg { return nil })
		}
	case screen.BookMsg:
		p.books++
	}
	return nil
}

func openProbe(t testing.TB, p *probe) *tuitest.Driver {
	t.Helper()
	o, _, _ := options(family(), fakeBanks{})
	return tuitest.New(t, tui.NewScreen(t.Context(), o, p), 80, 24)
}

func TestEveryKeyIsTextWhileTyping(t *testing.T) {
	p := &probe{typing: true}
	d := openProbe(t, p)
	d.Type("q?1234rl")
	d.Press("tab", "esc")
	if got, want := strings.Join(p.keys, " "), "q ? 1 2 3 4 r l tab esc"; got != want {
		t.Errorf("the screen got %q, want %q", got, want)
	}
	if d.Quit() {
		t.Error("q quit inside an input")
	}
	if d.Press("ctrl+c"); !d.Quit() {
		t.Error("ctrl+c did not quit")
	}
}

func TestAnOpenDialogGetsEveryKey(t *testing.T) {
	p := new(probe)
	d := openProbe(t, p)
	d.Press("?", "2", "r", "x")
	if len(p.keys) > 0 {
		t.Errorf("the screen behind the help got %q", p.keys)
	}
	d.Press("esc", "x")
	if got := strings.Join(p.keys, " "); got != "x" {
		t.Errorf("after esc closed the help, the screen got %q, want x", got)
	}
	if d.Quit() {
		t.Error("a key in the dialog quit")
	}
}

func TestKeysThatCameInOneReadAreEachPressed(t *testing.T) {
	p := new(probe)
	d := openProbe(t, p)
	d.Send(tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune("jjk")})
	if got := strings.Join(p.keys, " "); got != "j j k" {
		t.Errorf("the screen got %q", got)
	}
	d.Send(tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune("jq"), Paste: true})
	if d.Quit() {
		t.Error("a q that was pasted quit")
	}
}

func TestTabsAreReachedByNumberAndInTurn(t *testing.T) {
	w := open(t, family(), 120, 40)
	for _, tt := range []struct{ key, want string }{
		{"4", "Accounts"}, {"tab", "Overview"}, {"shift+tab", "Accounts"}, {"shift+tab", "Spending"}, {"2", "Transactions"}, {"1", "Overview"},
	} {
		w.Press(tt.key)
		w.Resize(45, 20) // the narrow header names the screen
		if got := w.Lines()[0]; !strings.Contains(got, "coffer · "+tt.want) {
			t.Errorf("after %s the header is %q, want %s", tt.key, got, tt.want)
		}
		w.Resize(120, 40)
	}
}

func TestEnterOnACategoryShowsItsRowsAndEscLeadsBack(t *testing.T) {
	w := open(t, family(), 45, 20)
	w.Press("down", "down", "down", "down", "enter") // three things need the user, then rent
	if got := w.Screen(); !strings.Contains(got, "coffer · Transactions") || !strings.Contains(got, "Corner Diner") || strings.Contains(got, "Northside") {
		t.Errorf("enter on Food & drink shows\n%s", got)
	}
	for range 3 { // esc peels one level at a time: the filter, then the screen
		w.Press("esc")
	}
	if got := w.Lines()[0]; !strings.Contains(got, "coffer · Overview") {
		t.Errorf("esc leads to %q", got)
	}
}

// The first key press on a screen that says a bank needs the user shows what to do
// about it.
func TestEnterOnABankThatNeedsTheUserShowsItsAdvice(t *testing.T) {
	for _, size := range [][2]int{{120, 40}, {80, 24}, {45, 20}, {100, 12}, {40, 12}} {
		w := open(t, family(), size[0], size[1])
		w.Press("enter")
		got := w.Screen()
		if !strings.Contains(strings.Join(strings.Fields(got), " "), "press f to sign in again") || !strings.Contains(got, "\n▌ Gingham Euro") {
			t.Errorf("%dx%d: enter shows\n%s", size[0], size[1], got)
		}
	}
}

// At 80 columns not every key has room: the way back does.
func TestTheFooterKeepsTheWayBack(t *testing.T) {
	w := open(t, family(), 80, 24)
	footer := func() string { return w.Lines()[len(w.Lines())-1] }
	w.Press("2")
	if got := footer(); strings.Contains(got, "esc") {
		t.Errorf("with nothing to leave the footer is %q", got)
	}
	w.Press("4", "enter")
	if got := footer(); !strings.Contains(got, "esc back") {
		t.Errorf("over the rows of an account the footer is %q", got)
	}
	w.Press("enter")
	if got := footer(); !strings.HasPrefix(got, " esc back") || strings.Contains(got, "enter") {
		t.Errorf("over the details the footer is %q", got)
	}
}

func TestEnterOnAnAccountShowsItsRows(t *testing.T) {
	w := open(t, family(), 120, 40)
	w.Press("4", "down", "enter")
	if got := w.Screen(); !strings.Contains(got, "Netflix") || strings.Contains(got, "Northside") {
		t.Errorf("enter on the card shows\n%s", got)
	}
}

func TestAFailureIsToldUntilTheNextKey(t *testing.T) {
	w := open(t, family(), 45, 20)
	before := w.Screen()
	w.Send(screen.FailedMsg{Err: fmt.Errorf("read the \x1b[2Jvault: %w", ledger.ErrStale)})
	if got := w.Screen(); !strings.Contains(got, "read the [2Jvault") || !strings.Contains(got, "try again") {
		t.Errorf("the failure is not there whole:\n%s", got)
	}
	if got, want := w.Lines()[:12], strings.Split(before, "\n")[:12]; strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("the failure moved the screen:\n%s", strings.Join(got, "\n"))
	}
	if w.Press("home"); w.Screen() != before {
		t.Errorf("after a key the screen is\n%s", w.Screen())
	}
}

func TestEveryScreenFitsEverySize(t *testing.T) {
	books := map[string]*ledger.Book{"family": family(), "nobody": nobody()}
	rapid.Check(t, func(t *rapid.T) {
		book := rapid.SampledFrom([]string{"family", "nobody"}).Draw(t, "book")
		o, _, _ := options(books[book], fakeBanks{})
		o.ASCII = rapid.Bool().Draw(t, "ascii")
		d := tuitest.New(t, tui.New(context.Background(), o), 80, 24)
		for range rapid.IntRange(1, 6).Draw(t, "steps") {
			d.Press(rapid.SampledFrom([]string{"1", "2", "3", "4", "down", "up", "end", "home", "pgdown", "enter", "esc", "?", "tab", "left", "/"}).Draw(t, "key"))
			width, height := rapid.IntRange(1, 140).Draw(t, "width"), rapid.IntRange(1, 45).Draw(t, "height")
			d.Resize(width, height)
			if err := tuitest.Fits(d.View(), width, height); err != nil {
				t.Fatal(err)
			}
			if n := strings.Count(d.View(), "\n") + 1; n != height {
				t.Fatalf("%d lines on a screen of %d", n, height)
			}
			if o.ASCII && strings.ContainsFunc(d.View(), func(r rune) bool { return r > '~' }) {
				t.Fatalf("not ASCII:\n%s", d.View())
			}
		}
	})
}

// Whatever order the answers come in, the screen ends up the same.
func TestTheOrderOfAnswersDoesNotMatter(t *testing.T) {
	play := func(d *tuitest.Driver) string {
		d.Press("2", "down", "1", "4", "3", "2", "end", "4", "down")
		return d.Screen()
	}
	want := play(open(t, family(), 120, 40).Driver)
	rapid.Check(t, func(t *rapid.T) {
		o, _, _ := options(family(), fakeBanks{})
		pick := func(n int) int { return rapid.IntRange(0, n-1).Draw(t, "next") }
		if got := play(tuitest.NewShuffled(t, tui.New(context.Background(), o), 120, 40, pick)); got != want {
			t.Fatalf("got\n%s\nwant\n%s", got, want)
		}
	})
}

func TestTheLedgerIsReloadedWhenTheVaultChanges(t *testing.T) {
	w := open(t, nobody(), 80, 24)
	if got := w.Screen(); !strings.Contains(got, "No bank is linked yet") {
		t.Fatalf("an empty ledger shows\n%s", got)
	}
	w.Advance(w.clock, 10*time.Second)
	if w.ledger.loads != 1 {
		t.Errorf("the ledger was loaded %d times though nothing changed", w.ledger.loads)
	}
	w.ledger.change(family())
	w.Advance(w.clock, 2*time.Second)
	if got := w.Screen(); !strings.Contains(got, "NET WORTH") {
		t.Errorf("two seconds after another process wrote, the screen is\n%s", got)
	}
}

func TestAVaultThatCannotBeReadIsToldAndTriedAgain(t *testing.T) {
	o, clock, vault := options(family(), fakeBanks{})
	vault.fail(errors.New("another coffer is writing; wait a moment"))
	d := tuitest.New(t, tui.New(t.Context(), o), 80, 24)
	if got := d.Screen(); !strings.Contains(got, "read the vault: another coffer is writing") {
		t.Errorf("the failure is not told:\n%s", got)
	}
	vault.fail(nil)
	d.Advance(clock, 2*time.Second)
	if got := d.Screen(); !strings.Contains(got, "NET WORTH") {
		t.Errorf("when it works again the screen is\n%s", got)
	}
}

func TestMidnightBringsANewDay(t *testing.T) {
	p := new(probe)
	o, clock, _ := options(family(), fakeBanks{})
	d := tuitest.New(t, tui.NewScreen(t.Context(), o, p), 80, 24)
	before := p.books
	d.Advance(clock, 11*time.Hour)
	if p.books != before {
		t.Errorf("the screens got %d ledgers during the day", p.books-before)
	}
	d.Advance(clock, 2*time.Hour)
	if p.books != before+4 { // the probe is on all four tabs
		t.Errorf("the screens got %d ledgers at midnight, want one each", p.books-before)
	}
}

// pizza is a row of the family's without a rival.
func pizza(t testing.TB, b *ledger.Book) ledger.Entry {
	t.Helper()
	rows := b.First(ledger.Query{Payee: "🍕 Pizza & Più"}, 1)
	if len(rows) != 1 {
		t.Fatal("there is no pizza")
	}
	return b.Entry(rows[0])
}

func TestAnEditIsSeenBeforeItIsWritten(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o, clock, vault := options(family(), fakeBanks{})
		vault.gate = make(chan struct{})
		d := tuitest.NewConcurrent(t, tui.New(t.Context(), o), 120, 40)
		id := pizza(t, vault.book).ID
		d.Send(screen.CategorizeMsg{IDs: []ledger.TransactionID{id}, Category: "Party"})
		d.Send(screen.CategorizeMsg{IDs: []ledger.TransactionID{id}, Category: "Feast"})
		line := func() string {
			for _, l := range d.Lines() {
				if strings.Contains(l, "Pizza") {
					return l
				}
			}
			return ""
		}
		if !strings.Contains(line(), "Feast") {
			t.Errorf("before it is written: %q", line())
		}
		d.Press("q")
		if d.Quit() {
			t.Error("q quit with an edit unwritten")
		}
		vault.gate <- struct{}{}
		d.Settle()
		if !strings.Contains(line(), "Feast") {
			t.Errorf("with the first edit written: %q", line())
		}
		vault.gate <- struct{}{}
		d.Settle()
		if got := pizza(t, vault.book).Category; got != "Feast" || !d.Quit() {
			t.Errorf("the vault has %q, want Feast; quit %v", got, d.Quit())
		}
		d.Advance(clock, 4*time.Second)
		if vault.loads != 1 {
			t.Errorf("the ledger was loaded %d times, though all changes were its own", vault.loads)
		}
	})
}

func TestAnEditThatCannotBeWrittenKeepsTheProgramFromQuitting(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o, _, vault := options(family(), fakeBanks{})
		vault.gate = make(chan struct{})
		d := tuitest.NewConcurrent(t, tui.New(t.Context(), o), 120, 40)
		d.Send(screen.CategorizeMsg{IDs: []ledger.TransactionID{pizza(t, vault.book).ID}, Category: "Party"})
		d.Press("q")
		vault.fail(errors.New("the disk is full"))
		vault.gate <- struct{}{}
		d.Settle()
		if got := d.Screen(); d.Quit() || !strings.Contains(got, "the category was not changed: the disk is full") {
			t.Errorf("quit %v; the screen is\n%s", d.Quit(), got)
		}
		if d.Press("q"); !d.Quit() {
			t.Error("q did not quit once it was told")
		}
	})
}

func TestAnEditThatCannotBeWrittenIsTakenBack(t *testing.T) {
	w := open(t, family(), 120, 40)
	id := pizza(t, w.ledger.book).ID
	w.ledger.fail(errors.New("the disk is full"))
	w.Send(screen.CategorizeMsg{IDs: []ledger.TransactionID{id}, Category: "Party"})
	if got := w.Screen(); strings.Contains(got, "Party") || !strings.Contains(got, "the category was not changed: the disk is full") {
		t.Errorf("the screen is\n%s", got)
	}
}
