package tui

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"coffer/ledger"
	"coffer/tui/widget"
)

// strip tells how the banks are, right-aligned in room cells: the longest way of
// saying it that fits.
func (a *root) strip(room int) string {
	style := a.theme.Faint
	if a.vault.shown != nil && len(needUser(a.vault.shown.Items())) > 0 {
		style = a.theme.Warn
	}
	for _, text := range a.health() {
		if widget.Width(text)+2 <= room {
			return style.Render(widget.FitRight(text, room))
		}
	}
	return strings.Repeat(" ", max(0, room))
}

// health says how the banks are, in several lengths, the longest first.
func (a *root) health() []string {
	env := widget.Clean(a.options.Environment)
	if env != "" {
		env += " · "
	}
	if a.vault.shown == nil {
		return []string{env + "opening…", "opening…"}
	}
	items := a.vault.shown.Items()
	fresh := freshness(a.options.Clock.Now(), items)
	if d, ok := a.dialog.(*syncDialog); ok && !d.over() {
		fresh = [2]string{"syncing…", "syncing…"}
	}
	if len(items) == 0 {
		return []string{env + "no bank linked", "no bank linked", "no bank"}
	}
	if needy := needUser(items); len(needy) > 0 {
		who := fmt.Sprintf("%d of %d banks need you", len(needy), len(items))
		if len(needy) == 1 {
			who = widget.Cut(needy[0].Name, 24) + " needs you"
		}
		return []string{env + "⚠ " + who + " · " + fresh[0], env + "⚠ " + who, "⚠ " + who, fmt.Sprintf("⚠ %s to repair", widget.Plural(len(needy), "bank")), "⚠"}
	}
	banks := widget.Plural(len(items), "bank") + " ok"
	if fine := inOrder(items); fine < len(items) {
		banks = fmt.Sprintf("%d of %s ok", fine, widget.Plural(len(items), "bank"))
	}
	return []string{env + banks + " · " + fresh[0], env + fresh[0], env + fresh[1], env + banks, fresh[1]}
}

// freshness says when the bank that was synced longest ago was, in two lengths.
// Banks that only the user can mend are named instead, and left out here as long
// as there are others.
func freshness(now time.Time, items []ledger.Item) [2]string {
	asked := slices.DeleteFunc(slices.Clone(items), func(it ledger.Item) bool { return it.State.NeedsUser() })
	if len(asked) == 0 {
		asked = items
	}
	if len(asked) == 0 {
		return [2]string{} // nobody asks
	}
	oldest := slices.MinFunc(asked, func(a, b ledger.Item) int { return a.LastSync.Compare(b.LastSync) }).LastSync
	if oldest.IsZero() {
		return [2]string{"never synced", "never synced"}
	}
	return [2]string{"synced " + widget.Ago(now, oldest), "synced " + widget.AgoShort(now, oldest)}
}

// needUser returns the banks that only the user can mend.
func needUser(items []ledger.Item) []ledger.Item {
	var needy []ledger.Item
	for _, item := range items {
		if item.State.NeedsUser() {
			needy = append(needy, item)
		}
	}
	return needy
}

// inOrder counts the banks that work. One that has not delivered yet, or cannot
// be reached, needs nobody and does not work either.
func inOrder(items []ledger.Item) int {
	n := 0
	for _, item := range items {
		if item.State == ledger.ItemOK || item.State == ledger.ItemExpiring {
			n++
		}
	}
	return n
}
