package categorize_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	tea "github.com/charmbracelet/bubbletea"

	"coffer/ledger"
	"coffer/tui/categorize"
	"coffer/tui/screen"
	"coffer/tui/tuitest"
)

// host shows one dialog and keeps what it sends.
type host struct {
	dialog        *categorize.Dialog
	sent          []tea.Msg
	width, height int
}

func (h *host) Init() tea.Cmd { return h.dialog.Init() }
func (h *host) View() string  { return h.dialog.View(h.width, h.height) }

func (h *host) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		h.width, h.height = msg.Width, msg.Height
	case tea.KeyMsg:
		return h, h.dialog.Update(msg)
	default:
		h.sent = append(h.sent, msg)
	}
	return h, nil
}

func ask(t testing.TB, width, height int, own []ledger.Category, entries ...ledger.Entry) (*tuitest.Driver, *host) {
	t.Helper()
	h := &host{dialog: categorize.New(tuitest.Plain(), own, entries...)}
	return tuitest.New(t, h, width, height), h
}

func diner() ledger.Entry {
	return ledger.Entry{
		Transaction: ledger.Transaction{
			ID: "tx-1", Amount: ledger.NewAmount(-2400, ledger.ISO("USD")), Category: "FOOD_AND_DRINK_RESTAURANT",
		},
		Category: "FOOD_AND_DRINK_RESTAURANT", Payee: "Corner Diner",
	}
}

// edited is diner after the user gave it another category.
func edited() ledger.Entry {
	e := diner()
	e.Edit.Category, e.Category = "Party", "Party"
	return e
}

func TestDialog(t *testing.T) {
	t.Parallel()
	hostile := diner()
	hostile.Payee, hostile.Category = "Bar\x1b[2J\n東京\u202e", "Own\x1b]0;pwned\a"
	for _, tt := range []struct {
		name    string
		entries []ledger.Entry
		do      func(*tuitest.Driver)
	}{
		{"opened", []ledger.Entry{diner()}, nil},
		{"with a category of the user's", []ledger.Entry{edited()}, func(d *tuitest.Driver) { d.Press("up", "up", "up") }},
		{"narrowed", []ledger.Entry{diner()}, func(d *tuitest.Driver) { d.Type("groc") }},
		{"by its group", []ledger.Entry{diner()}, func(d *tuitest.Driver) { d.Type("food cof") }},
		{"own", []ledger.Entry{diner()}, func(d *tuitest.Driver) { d.Type("q?/1 kite") }},
		{"several", []ledger.Entry{diner(), edited()}, nil},
		{"hostile", []ledger.Entry{hostile}, nil},
	} {
		for _, size := range [][2]int{{80, 20}, {120, 36}, {45, 16}} {
			t.Run(fmt.Sprintf("%s/%dx%d", tt.name, size[0], size[1]), func(t *testing.T) {
				t.Parallel()
				d, _ := ask(t, size[0], size[1], []ledger.Category{"Party"}, tt.entries...)
				if tt.do != nil {
					tt.do(d)
				}
				if err := tuitest.Fits(d.View(), size[0], size[1]); err != nil {
					t.Error(err)
				}
				d.Golden()
			})
		}
	}
}

func TestAnswers(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name  string
		entry ledger.Entry
		typed string
		want  ledger.Category
	}{
		{"the label in full", diner(), "coffee", "FOOD_AND_DRINK_COFFEE"},
		{"some of its letters", diner(), "grcrs", "FOOD_AND_DRINK_GROCERIES"},
		{"group and label", diner(), "travel lodg", "TRAVEL_LODGING"},
		{"a code", diner(), "transportation_gas", "TRANSPORTATION_GAS"},
		{"a category made before", diner(), "part", "Party"},
		{"one of one's own", diner(), "Kites & strings", "Kites & strings"},
		{"letters that are commands elsewhere", diner(), "q?/19", "q?/19"},
		{"nothing typed", diner(), "", "FOOD_AND_DRINK_RESTAURANT"},
		{"the edit taken away", edited(), "take my", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			d, h := ask(t, 80, 20, []ledger.Category{"Party"}, tt.entry)
			d.Type(tt.typed)
			d.Press("enter", "enter") // the second one is late
			want := []string{
				fmt.Sprintf("%#v", categorize.ChosenMsg{IDs: []ledger.TransactionID{"tx-1"}}),
				fmt.Sprintf("%#v", screen.CategorizeMsg{IDs: []ledger.TransactionID{"tx-1"}, Category: tt.want}),
				fmt.Sprintf("%#v", screen.CloseMsg{}),
			}
			var got []string
			for _, msg := range h.sent {
				got = append(got, fmt.Sprintf("%#v", msg))
			}
			if !slices.Equal(got, want) {
				t.Errorf("typing %q sent\n%s\nwant\n%s", tt.typed, strings.Join(got, "\n"), strings.Join(want, "\n"))
			}
		})
	}
}

// What an option says of itself is no name to find it by.
func TestHintsAreNotSearched(t *testing.T) {
	t.Parallel()
	for _, typed := range []string{"bank", "your own"} {
		d, _ := ask(t, 80, 20, []ledger.Category{"Party"}, edited())
		d.Type(typed)
		if got := d.Screen(); strings.Contains(got, "take my") || strings.Contains(got, "Party  ") {
			t.Errorf("%q finds\n%s", typed, got)
		}
	}
}

// A text in the form of a code that does not exist is a slip of the hand, not a
// category.
func TestMistypedCodeIsNoCategory(t *testing.T) {
	t.Parallel()
	d, h := ask(t, 80, 20, nil, diner())
	d.Type("FOOD_AND_DRINK_CAFFEE")
	d.Press("enter")
	if len(h.sent) > 0 {
		t.Errorf("sent %#v", h.sent)
	}
	if !strings.Contains(d.Screen(), "no such category") {
		t.Errorf("the dialog does not say so:\n%s", d.Screen())
	}
}

func TestEscPeelsTheTextThenTheDialog(t *testing.T) {
	t.Parallel()
	d, h := ask(t, 80, 20, nil, diner())
	opened := d.Screen()
	d.Type("groc")
	d.Press("esc")
	if len(h.sent) > 0 || d.Screen() != opened {
		t.Errorf("the first esc sent %v and left\n%s", h.sent, d.Screen())
	}
	d.Press("esc")
	if len(h.sent) != 1 || h.sent[0] != tea.Msg(screen.CloseMsg{}) {
		t.Errorf("the second esc sent %v, want %v", h.sent, screen.CloseMsg{})
	}
}

func TestEveryPrintableKeyIsText(t *testing.T) {
	t.Parallel()
	d, h := ask(t, 300, 20, nil, diner())
	for r := '!'; r <= '~'; r++ {
		d.Press("home")
		d.Press("ctrl+k")
		d.Type(string(r))
		if len(h.sent) > 0 {
			t.Fatalf("%q sent %v", r, h.sent)
		}
		if !strings.Contains(d.Screen(), "› "+string(r)+"▏") {
			t.Errorf("%q was not taken as text:\n%s", r, d.Screen())
		}
	}
}
