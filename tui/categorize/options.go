package categorize

import (
	"slices"
	"strings"

	"github.com/sahilm/fuzzy"

	"coffer/ledger"
)

// An option is one line to choose. The category "" takes the user's away.
type option struct {
	category ledger.Category
	label    string
	detail   string
}

const ownDetail = "your own"

// offers lists what can be chosen before anything is typed: taking the edit
// away where there is one, the user's own categories, then Plaid's.
func offers(entries []ledger.Entry, own []ledger.Category) []option {
	var all []option
	if slices.ContainsFunc(entries, func(e ledger.Entry) bool { return e.Edit.Category != "" }) {
		all = append(all, option{label: "take my category away", detail: bankSays(entries)})
	}
	for _, c := range own {
		all = append(all, option{c, c.Label(), ownDetail})
	}
	for _, c := range ledger.Categories() {
		all = append(all, option{c, c.Label(), c.Primary().Label()})
	}
	return all
}

// bankSays names what would be in force without the user's word.
func bankSays(entries []ledger.Entry) string {
	if len(entries) != 1 {
		return "back to the bank's"
	}
	if c := entries[0].Transaction.Category; c != "" {
		return "bank: " + c.Label()
	}
	return "bank: nothing"
}

// matching returns the options that text may mean, best first: fuzzily by their
// label, then those that have the words typed in label or group. Hints are not
// looked at: who types "bank" does not mean what the bank says. What is typed
// can also be a code of Plaid's or, last, a category of the user's own.
func matching(all []option, text string) []option {
	text = strings.TrimSpace(text)
	if text == "" {
		return all
	}
	var found []option
	taken := make([]bool, len(all))
	take := func(i int) {
		if !taken[i] {
			taken[i] = true
			found = append(found, all[i])
		}
	}
	for _, m := range fuzzy.FindFrom(text, labels(all)) {
		take(m.Index)
	}
	words := strings.Fields(strings.ToLower(text))
	for i, o := range all {
		if o.hasWords(words) {
			take(i)
		}
	}
	return withTyped(found, text)
}

// withTyped adds the category that text spells out, unless it is there.
func withTyped(found []option, text string) []option {
	c, err := ledger.ParseCategory(text)
	if err != nil || c == "" {
		return found
	}
	if slices.ContainsFunc(found, func(o option) bool { return o.category == c }) {
		return found
	}
	if c.Known() {
		return slices.Insert(found, 0, option{c, c.Label(), c.Primary().Label()})
	}
	return append(found, option{c, "own category: " + c.Label(), ownDetail})
}

// hasWords reports whether each of words begins a word of the option.
func (o option) hasWords(words []string) bool {
	mine := strings.Fields(strings.ToLower(o.label + " " + o.category.Primary().Label()))
	for _, w := range words {
		if !slices.ContainsFunc(mine, func(m string) bool { return strings.HasPrefix(m, w) }) {
			return false
		}
	}
	return true
}

// labels are what the fuzzy search looks at.
type labels []option

func (l labels) String(i int) string { return l[i].label }
func (l labels) Len() int            { return len(l) }
