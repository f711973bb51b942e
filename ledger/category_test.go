package ledger_test

import (
	"encoding/csv"
	"errors"
	"os"
	"slices"
	"strings"
	"testing"
	"unicode"

	"coffer/ledger"
)

// readPFC reads Plaid's table anew, not by way of the package.
func readPFC(t *testing.T) (rows [][]string) {
	t.Helper()
	f, err := os.Open("pfc.csv")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err = csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return rows[1:]
}

func TestEveryCodeHasAPrimaryAndALabelOfItsOwn(t *testing.T) {
	rows := readPFC(t)
	if len(rows) < 127 {
		t.Fatalf("pfc.csv has %d codes, want all of both taxonomies", len(rows))
	}
	labelled := map[string]ledger.Category{}
	check := func(c, primary ledger.Category) {
		if other, ok := labelled[c.Label()]; ok && other != c {
			t.Errorf("%s and %s are both %q", c, other, c.Label())
		}
		labelled[c.Label()] = c
		if !c.Known() || c.Primary() != primary {
			t.Errorf("%s: known %v, primary %s, want %s", c, c.Known(), c.Primary(), primary)
		}
		if label := []rune(c.Label()); !unicode.IsUpper(label[0]) || strings.Contains(c.Label(), "_") || len(label) > 32 {
			t.Errorf("%s: %q is no label for people", c, c.Label())
		}
		for _, text := range []string{string(c), strings.ToLower(string(c)), c.Label(), strings.ToUpper(c.Label()), " " + c.Label() + " "} {
			if got, err := ledger.ParseCategory(text); err != nil || got != c {
				t.Errorf("ParseCategory(%q) = %q, %v, want %s", text, got, err, c)
			}
		}
	}
	var all []ledger.Category
	for _, row := range rows {
		primary, detailed := ledger.Category(row[0]), ledger.Category(row[1])
		check(primary, primary)
		check(detailed, primary)
		all = append(all, detailed)
	}
	offered := ledger.Categories()
	slices.Sort(all)
	if !slices.Equal(slices.Sorted(slices.Values(offered)), all) {
		t.Errorf("Categories() are %d codes, want each of pfc.csv once", len(offered))
	}
	if !slices.IsSortedFunc(offered, func(a, b ledger.Category) int {
		return strings.Compare(a.Primary().Label()+"\x00"+a.Label(), b.Primary().Label()+"\x00"+b.Label())
	}) {
		t.Error("Categories() are not in the order of their labels")
	}
}

func TestCategoriesOutsideTheTaxonomy(t *testing.T) {
	for _, tt := range []struct {
		category, primary ledger.Category
		label             string
	}{
		{"", "UNCATEGORIZED", "Uncategorized"},
		{"UNCATEGORIZED", "UNCATEGORIZED", "Uncategorized"},
		{"FOOD_AND_DRINK_TEA", "FOOD_AND_DRINK", "Food & drink"},
		{"TRANSFER_IN_TELEPATHY", "TRANSFER_IN", "Transfers in"},
		{"SPACE_TRAVEL", "SPACE_TRAVEL", "Uncategorized"},
		{"TRAVELLING", "TRAVELLING", "TRAVELLING"},
		{"Party", "Party", "Party"},
		{"Food_and_drink_for_cats", "Food_and_drink_for_cats", "Food_and_drink_for_cats"},
	} {
		if got := tt.category.Primary(); got != tt.primary {
			t.Errorf("%q: got primary %q, want %q", tt.category, got, tt.primary)
		}
		if got := tt.category.Label(); got != tt.label {
			t.Errorf("%q: got label %q, want %q", tt.category, got, tt.label)
		}
		if tt.category.Known() {
			t.Errorf("%q is known", tt.category)
		}
	}
}

func TestWhatCountsAsSpending(t *testing.T) {
	const (
		spent    = "spending"
		moved    = "transfer"
		received = "neither"
	)
	for category, want := range map[ledger.Category]string{
		"":                                      spent,
		"Party":                                 spent,
		"SPACE_TRAVEL":                          spent,
		"FOOD_AND_DRINK_COFFEE":                 spent,
		"BANK_FEES_INTEREST_CHARGE":             spent,
		"LOAN_PAYMENTS":                         spent,
		"LOAN_PAYMENTS_MORTGAGE_PAYMENT":        spent,
		"LOAN_PAYMENTS_CAR_PAYMENT":             spent,
		"LOAN_PAYMENTS_STUDENT_LOAN_PAYMENT":    spent,
		"GOVERNMENT_AND_NON_PROFIT_TAX_PAYMENT": spent,
		"LOAN_PAYMENTS_CREDIT_CARD_PAYMENT":     moved,
		"TRANSFER_IN":                           moved,
		"TRANSFER_IN_DEPOSIT":                   moved,
		"TRANSFER_OUT_WITHDRAWAL":               moved,
		"TRANSFER_OUT_TELEPATHY":                moved,
		"INCOME":                                received,
		"INCOME_TAX_REFUND":                     received,
		"INCOME_LOTTERY":                        received,
		"LOAN_DISBURSEMENTS_AUTO":               received,
	} {
		got := received
		switch {
		case category.IsSpending() && category.IsTransfer():
			got = "both"
		case category.IsSpending():
			got = spent
		case category.IsTransfer():
			got = moved
		}
		if got != want {
			t.Errorf("%q: got %s, want %s", category, got, want)
		}
	}
}

func TestParseCategory(t *testing.T) {
	for text, want := range map[string]ledger.Category{
		"food & DRINK":   "FOOD_AND_DRINK",
		"uncategorized":  ledger.Uncategorized,
		"  Party ":       "Party",
		"Holiday 2026":   "Holiday 2026",
		"Kaffee & Küche": "Kaffee & Küche",
	} {
		if got, err := ledger.ParseCategory(text); err != nil || got != want {
			t.Errorf("%q: got %q, %v, want %q", text, got, err, want)
		}
	}
	for text, hint := range map[string]string{
		"":                     "no name",
		" \t ":                 "no name",
		"a\x1b[31mb":           "control",
		"FOOD_AND_DRINK_COFEE": "FOOD_AND_DRINK_COFFEE",
		"food_and_drink_tea":   "FOOD_AND_DRINK",
		"TRAVEL_FLIGHT":        "TRAVEL_FLIGHTS",
		"MORTGAGE_PAYMENT":     "MORTGAGE_PAYMENT",
	} {
		got, err := ledger.ParseCategory(text)
		if !errors.Is(err, ledger.ErrCategory) || !strings.Contains(err.Error(), hint) {
			t.Errorf("%q: got %q, %v, want an error that says %q", text, got, err, hint)
		}
	}
}

func FuzzParseCategory(f *testing.F) {
	for _, s := range []string{"", "coffee", "FOOD_AND_DRINK_COFFEE", "FOOD_", "_", "Party", "\xff", "İ", "UNCATEGORIZED"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		c, err := ledger.ParseCategory(s)
		if err != nil {
			return
		}
		if again, err := ledger.ParseCategory(string(c)); err != nil || again != c {
			t.Errorf("%q is %q, which is %q, %v", s, c, again, err)
		}
		if c.Label() == "" || c.Primary() == "" || c.IsSpending() && c.IsTransfer() {
			t.Errorf("%q: label %q, primary %q, spending %v, transfer %v", c, c.Label(), c.Primary(), c.IsSpending(), c.IsTransfer())
		}
	})
}
