package ledger

import (
	"cmp"
	_ "embed"
	"encoding/csv"
	"slices"
	"strings"
	"sync"
)

// pfcCSV lists Plaid's detailed codes with the primary and the taxonomy
// versions of each.
//
//go:embed pfc.csv
var pfcCSV string

// labelsCSV says what people call each code, primary and detailed. No two codes
// have the same label, so that a label names a code.
//
//go:embed labels.csv
var labelsCSV string

// A taxonomy is Plaid's personal finance categories, v1 and v2 together.
type taxonomy struct {
	primaries []Category // in the order of the source
	detailed  []Category // by the label of the primary, then by their own
	primary   map[Category]Category
	label     map[Category]string
	byLabel   map[string]Category // by folded label
}

// plaidTaxonomy is read from the two tables when it is first asked for.
var plaidTaxonomy = sync.OnceValue(func() *taxonomy {
	t := &taxonomy{
		primary: map[Category]Category{},
		label:   map[Category]string{},
		byLabel: map[string]Category{},
	}
	for _, row := range readTable(labelsCSV) {
		t.label[Category(row[0])] = row[1]
		t.byLabel[fold(row[1])] = Category(row[0])
	}
	for _, row := range readTable(pfcCSV) {
		primary, detailed := Category(row[0]), Category(row[1])
		if _, ok := t.primary[primary]; !ok {
			t.primaries = append(t.primaries, primary)
			t.primary[primary] = primary
		}
		t.primary[detailed] = primary
		t.detailed = append(t.detailed, detailed)
	}
	slices.SortFunc(t.detailed, func(a, b Category) int {
		return cmp.Or(cmp.Compare(t.label[t.primary[a]], t.label[t.primary[b]]), cmp.Compare(t.label[a], t.label[b]))
	})
	return t
})

// readTable returns the rows of a table of this package, without its head. The
// tables are part of the program: one that cannot be read is a broken build.
func readTable(text string) [][]string {
	rows, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	if err != nil {
		panic("ledger: embedded table: " + err.Error())
	}
	return rows[1:]
}
