package ledger

import (
	"errors"
	"fmt"
	"slices"
	"strings"
)

// ErrNoCategory reports a text that names no category, as a term of a query.
var ErrNoCategory = errors.New("no category has that code or label")

// findCategory returns the category that a text names: by code or by label
// whole, else the one primary that it begins, else the one category. Those of
// the Book that Plaid does not have are found as well.
func (b *Book) findCategory(text string) (Category, error) {
	own := slices.DeleteFunc(slices.Clone(b.categories.values), func(c Category) bool { return c == "" || c.Known() })
	if c := Category(text); c.Known() || slices.Contains(own, c) {
		return c, nil
	}
	folded := fold(text)
	for _, c := range own {
		if fold(string(c)) == folded {
			return c, nil
		}
	}
	if c, err := ParseCategory(text); err == nil && (c.Known() || c == Uncategorized) {
		return c, nil
	}
	t := plaidTaxonomy()
	for _, choices := range [][]Category{t.primaries, slices.Concat(t.detailed, own)} {
		found := slices.DeleteFunc(slices.Clone(choices), func(c Category) bool { return !c.begins(folded) })
		if len(found) == 1 {
			return found[0], nil
		}
		if len(found) > 1 {
			return "", fmt.Errorf("it can be any of %s", listLabels(found))
		}
	}
	return "", ErrNoCategory
}

// begins reports whether a folded text is the beginning of c's code or label.
func (c Category) begins(folded string) bool {
	return strings.HasPrefix(fold(string(c)), folded) || strings.HasPrefix(fold(c.Label()), folded)
}

// listLabels lists the labels of the first few categories.
func listLabels(list []Category) string {
	const most = 5
	var labels []string
	for _, c := range list[:min(most, len(list))] {
		labels = append(labels, fmt.Sprintf("%q", c.Label()))
	}
	text := strings.Join(labels, ", ")
	if len(list) > most {
		text += fmt.Sprintf(" and %d more", len(list)-most)
	}
	return text
}
