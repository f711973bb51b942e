package dialog

import (
	"strings"
	"unicode"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"coffer/ledger"
	"coffer/tui/screen"
	"coffer/tui/theme"
	"coffer/tui/widget"
)

// removeDialog says what it means to remove a bank, and removes it when the user has
// typed a word of its name: nothing brings it back. It offers nothing as long as edits
// would be lost that another link may still take over.
type removeDialog struct {
	theme    *theme.Theme
	keys     removeKeys
	bank     ledger.Item
	hereOnly bool
	trial    bool   // Plaid counts it all the same
	cramped  bool   // there was no room to say what has to be read first
	word     string // to be typed
	input    widget.Input
	then     func(ledger.Handover) screen.Dialog

	book   *ledger.Book // what is looked at
	survey *survey      // nil until it is known
}

// A survey is what goes with a bank.
type survey struct {
	book           *ledger.Book
	accounts, rows int
	edits          ledger.Handover
}

// surveyedMsg brings a survey.
type surveyedMsg struct{ survey *survey }

// Every other key is text.
type removeKeys struct{ remove, close key.Binding }

// newRemove offers to remove a bank, at Plaid and here or here alone.
func (desk *Desk) newRemove(book *ledger.Book, bank ledger.Item, hereOnly bool) *removeDialog {
	d := &removeDialog{theme: desk.theme, bank: bank, hereOnly: hereOnly, trial: desk.options.Trial, word: wordOf(bank.Name), input: widget.NewInput(), book: book, keys: removeKeys{
		remove: key.NewBinding(key.WithKeys("enter"), key.WithHelp("enter", "unlink it"), key.WithDisabled()),
		close:  key.NewBinding(key.WithKeys("esc"), key.WithHelp("esc", "leave it")),
	}}
	if hereOnly {
		d.keys.remove.SetHelp("enter", "erase it here")
	}
	d.then = func(edits ledger.Handover) screen.Dialog { return desk.newRemoving(bank, hereOnly, edits) }
	return d
}

// wordOf is the first word of a bank's name, if any keyboard can type it.
func wordOf(name string) string {
	words := strings.Fields(widget.Clean(name))
	if len(words) == 0 || strings.ContainsFunc(words[0], func(r rune) bool { return r > unicode.MaxASCII }) {
		return "unlink"
	}
	return words[0]
}

// Init implements screen.Dialog.
func (d *removeDialog) Init() tea.Cmd { return d.look() }

// look returns a command that finds out what goes with the bank.
func (d *removeDialog) look() tea.Cmd {
	book, id := d.book, d.bank.ID
	return func() tea.Msg {
		s := &survey{book: book, edits: book.Handover(id)}
		var of []ledger.AccountID
		for _, list := range [][]ledger.Account{book.Accounts(), book.EndedAccounts()} {
			for _, acc := range list {
				if acc.Item == id {
					of = append(of, acc.ID)
				}
			}
		}
		s.accounts = len(of)
		if len(of) > 0 { // none would mean any
			s.rows = len(book.Select(ledger.Query{Accounts: of}, ledger.Sort{By: ledger.SortDate}).Rows)
		}
		return surveyedMsg{s}
	}
}

// Update implements screen.Dialog. Esc takes away what was typed, then the dialog.
func (d *removeDialog) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case tea.KeyMsg:
		return d.onKey(msg)
	case screen.BookMsg:
		d.book, d.survey = msg.Book, nil
		d.allow()
		return d.look()
	case surveyedMsg:
		if msg.survey.book == d.book {
			d.survey = msg.survey
			d.allow()
		}
	}
	return nil
}

func (d *removeDialog) onKey(msg tea.KeyMsg) tea.Cmd {
	switch {
	case key.Matches(msg, d.keys.remove):
		return screen.Open(d.then(d.survey.edits))
	case key.Matches(msg, d.keys.close) && d.input.Value() == "":
		return screen.CloseDialog()
	case key.Matches(msg, d.keys.close):
		d.input.SetValue("")
	default:
		d.input.Update(msg)
	}
	d.allow()
	return nil
}

// allow switches the key that removes the bank: the word must be there, and what becomes
// of the edits must be known, and on the screen.
func (d *removeDialog) allow() {
	typed := strings.EqualFold(strings.TrimSpace(d.input.Value()), d.word)
	d.keys.remove.SetEnabled(typed && !d.cramped && d.survey != nil && !d.survey.edits.Early)
}

// ShortHelp implements help.KeyMap.
func (d *removeDialog) ShortHelp() []key.Binding { return []key.Binding{d.keys.remove, d.keys.close} }

// FullHelp implements help.KeyMap.
func (d *removeDialog) FullHelp() [][]key.Binding { return [][]key.Binding{d.ShortHelp()} }
