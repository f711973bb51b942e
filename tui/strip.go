package tui

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"coffer/ledger"
	"coffer/tui/dialog"
	"coffer/tui/widget"
)

// stripGap is the least space between the strip and what stands left of it.
const stripGap = 2

// strip tells how the banks are, right-aligned in room cells.
func (a *root) strip(room int) string {
	style := a.theme.Faint
	if a.vault.shown != nil && len(needUser(a.vault.shown.Items())) > 0 {
		style = a.theme.Warn
	}
	text, _ := a.health().fit(a.stripRoom())
	return style.Render(widget.FitRight(text, room))
}

// stripRoom is how many cells the strip's text has on every screen.
func (a *root) stripRoom() int { return a.width - a.leftOfStrip() - 1 - stripGap }

// overflow is what the strip had no room for, as far as the line under it has.
func (a *root) overflow() string {
	const around = 4 // a blank and a bit of the line, on each side
	_, left := a.health().fit(a.stripRoom())
	text, _ := left.fit(a.width - a.leftOfStrip() - around)
	return text
}

// A health is how the banks are, in parts. Those with several ways to say them have
// the longest first.
type health struct {
	env   string
	alarm []string // banks that need the user
	named string   // the bank that alarm is about, if it is one
	calm  string   // how many banks are well
	fresh []string // how old the data is
}

func (a *root) health() health {
	h := health{env: widget.Clean(a.options.Environment)}
	if a.vault.shown == nil {
		h.fresh = []string{"opening…"}
		return h
	}
	items := a.vault.shown.Items()
	if len(items) == 0 {
		h.fresh = []string{"no bank linked", "no bank"}
		return h
	}
	h.fresh = freshness(a.options.Clock.Now(), items)
	if d, ok := a.dialog.(*dialog.Sync); ok && !d.Over() || a.auto.task != nil {
		h.fresh = []string{"syncing…"}
	}
	banks := widget.Plural(len(items), "bank")
	switch needy := needUser(items); len(needy) {
	case 0:
		h.calm = banks + " ok"
		if fine := inOrder(items); fine < len(items) {
			h.calm = fmt.Sprintf("%d of %s ok", fine, banks)
		}
	case 1:
		h.alarm = []string{"⚠ 1 bank needs you", "⚠ 1 needs you"}
		h.named = widget.Clean(needy[0].Name)
	default:
		h.alarm = []string{fmt.Sprintf("⚠ %d of %s need you", len(needy), banks), fmt.Sprintf("⚠ %d need you", len(needy))}
	}
	return h
}

// fit returns what room cells have place for, and what is left out. The parts get theirs in one order,
// whatever the room: what needs the user, how old the data is, the name of the bank
// that needs the user, the environment, and how many banks are well.
func (h health) fit(room int) (text string, left health) {
	const before, after, leastName = "⚠ ", " needs you", 12
	alarm := firstFit(h.alarm, room-taken(h.fresh[max(0, len(h.fresh)-1):]...))
	if alarm == "" && len(h.alarm) > 0 { // it comes before the age, and a mark is better than nothing
		alarm = firstFit(append(h.alarm, strings.TrimSpace(before)), room)
	}
	fresh := firstFit(h.fresh, room-taken(alarm))
	name := room - taken(fresh) - widget.Width(before+after)
	if h.named != "" && name >= min(leastName, widget.Width(h.named)) {
		alarm = before + widget.Cut(h.named, name) + after
	}
	env := firstFit([]string{h.env}, room-taken(alarm, fresh))
	calm := firstFit([]string{h.calm}, room-taken(alarm, fresh, env))
	if env == "" {
		left.env = h.env
	}
	if calm == "" {
		left.calm = h.calm
	}
	if fresh == "" {
		left.fresh = h.fresh
	}
	return strings.Join(present(env, alarm, calm, fresh), separator), left
}

const separator = " · "

// taken returns the cells that parts take, and the separators after them.
func taken(parts ...string) int {
	n := 0
	for _, part := range present(parts...) {
		n += widget.Width(part) + widget.Width(separator)
	}
	return n
}

// present leaves out the parts that are not there.
func present(parts ...string) []string {
	return slices.DeleteFunc(slices.Clone(parts), func(part string) bool { return part == "" })
}

// firstFit returns the first way that fits in room cells, "" when there is none.
func firstFit(ways []string, room int) string {
	for _, way := range ways {
		if widget.Width(way) <= room {
			return way
		}
	}
	return ""
}

// freshness says when the bank that was synced longest ago was, the longest way
// first.
// Banks that only the user can mend are named instead, and left out here as long
// as there are others.
func freshness(now time.Time, items []ledger.Item) []string {
	asked := slices.DeleteFunc(slices.Clone(items), func(it ledger.Item) bool { return it.NeedsUser() })
	if len(asked) == 0 {
		asked = items
	}
	if len(asked) == 0 {
		return nil // nobody asks
	}
	oldest := slices.MinFunc(asked, func(a, b ledger.Item) int { return a.LastSync.Compare(b.LastSync) }).LastSync
	if oldest.IsZero() {
		return []string{"never synced"}
	}
	return []string{"synced " + widget.Ago(now, oldest), "synced " + widget.AgoShort(now, oldest)}
}

// needUser returns the banks that only the user can mend.
func needUser(items []ledger.Item) []ledger.Item {
	var needy []ledger.Item
	for _, item := range items {
		if item.NeedsUser() {
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
