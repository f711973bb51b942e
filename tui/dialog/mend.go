package dialog

import (
	"errors"
	"strings"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"coffer/ledger"
	"coffer/tui/screen"
	"coffer/tui/widget"
)

// This file is about a question that a bank does not answer before the user has been
// on its page: to sign in, or to allow what was asked for.

// mends switches the key that leads there, and names what it does.
func mends(fix *key.Binding, err error) {
	fix.SetEnabled(errors.Is(err, ledger.ErrLoginRequired) || errors.Is(err, ledger.ErrNotAllowed))
	fix.SetHelp("f", "sign in again")
	if errors.Is(err, ledger.ErrNotAllowed) {
		fix.SetHelp("f", "allow it")
	}
}

// mend asks the root to let the user go there, for what of these products is not
// allowed yet as far as is known.
func mend(bank ledger.Item, wanted ledger.Products, err error) tea.Cmd {
	if !errors.Is(err, ledger.ErrNotAllowed) {
		return screen.Send(screen.Repair(bank))
	}
	var missing []string
	for _, name := range bank.Allowable() {
		if wanted.Has(name) {
			missing = append(missing, name)
		}
	}
	if len(missing) > 0 {
		wanted = ledger.ProductsOf(missing)
	}
	return screen.Send(screen.RepairMsg{Item: bank, Allow: wanted})
}

// mending says what is the matter, and what to press.
func mending(err error, wanted ledger.Products) string {
	if !errors.Is(err, ledger.ErrNotAllowed) || errors.Is(err, ledger.ErrLoginRequired) {
		return advice(err, "press f")
	}
	words := wanted.List()
	for i, name := range words {
		words[i] = widget.Product(name)
	}
	return "You have not allowed the bank to tell " + strings.Join(words, ", ") + ": press f to allow it."
}
