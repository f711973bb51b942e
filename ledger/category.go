package ledger

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// A Category says what money was spent on or where it came from. It is an open
// set: Plaid's detailed codes of both taxonomies ("FOOD_AND_DRINK_COFFEE"),
// codes that Plaid may add, and the user's own words ("Party"). "" is none.
//
// Source of the codes: Plaid's personal finance category taxonomy, v1 and v2.
type Category string

// Uncategorized is the key under which reports group rows without a category.
const Uncategorized Category = "UNCATEGORIZED"

// uncategorizedLabel is what people read for it.
const uncategorizedLabel = "Uncategorized"

// The codes that decide what is spending.
const (
	income            Category = "INCOME"
	transferIn        Category = "TRANSFER_IN"
	transferOut       Category = "TRANSFER_OUT"
	loanDisbursements Category = "LOAN_DISBURSEMENTS"
	cardPayment       Category = "LOAN_PAYMENTS_CREDIT_CARD_PAYMENT"
)

// ErrCategory reports text that is no category.
var ErrCategory = errors.New("no such category")

// Primary returns the group that c belongs to: FOOD_AND_DRINK for
// FOOD_AND_DRINK_COFFEE, also for a code of that group that this program does
// not know. The primary of a primary, of an unknown code and of a user's own
// category is itself; that of "" is [Uncategorized].
func (c Category) Primary() Category {
	if c == "" {
		return Uncategorized
	}
	t := plaidTaxonomy()
	if p, ok := t.primary[c]; ok {
		return p
	}
	if c.isCode() {
		for _, p := range t.primaries {
			if strings.HasPrefix(string(c), string(p)+"_") {
				return p
			}
		}
	}
	return c
}

// Label returns c for people, "Coffee". An unknown code is labelled as its
// primary, and as "Uncategorized" if that is unknown too; a user's own category
// is its own label.
func (c Category) Label() string {
	t := plaidTaxonomy()
	if label, ok := t.label[c]; ok {
		return label
	}
	if label, ok := t.label[c.Primary()]; ok {
		return label
	}
	if c == "" || c == Uncategorized || c.isCode() {
		return uncategorizedLabel
	}
	return string(c)
}

// Known reports whether c is a code of Plaid's, primary or detailed.
func (c Category) Known() bool {
	_, ok := plaidTaxonomy().primary[c]
	return ok
}

// IsTransfer reports whether a row of this category is one leg of a transfer:
// TRANSFER_IN, TRANSFER_OUT, and the payment of a credit card.
func (c Category) IsTransfer() bool {
	p := c.Primary()
	return p == transferIn || p == transferOut || c == cardPayment
}

// IsSpending reports whether money under this category is spent: all but
// income, transfers, loan disbursements and card payments. Payments on a
// mortgage, a car or a student loan are spending; so is what has no category.
func (c Category) IsSpending() bool {
	p := c.Primary()
	return !c.IsTransfer() && p != income && p != loanDisbursements
}

// isCode reports whether c has the form of a code: capitals, digits and at
// least one underscore.
func (c Category) isCode() bool {
	return strings.Contains(string(c), "_") &&
		strings.Trim(string(c), "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_") == ""
}

// Categories lists Plaid's detailed categories for choosing from, by the labels
// of primary and category.
func Categories() []Category { return slices.Clone(plaidTaxonomy().detailed) }

// ParseCategory reads a code ("FOOD_AND_DRINK_COFFEE", any case), a label
// ("coffee"), or a user's own category (any other text that is not of the form
// of a code). The error wraps [ErrCategory] and, for a code that is not known,
// names the nearest codes.
func ParseCategory(s string) (Category, error) {
	s = strings.Join(strings.Fields(s), " ")
	if s == "" {
		return "", fmt.Errorf("category: %w: it has no name", ErrCategory)
	}
	if strings.ContainsFunc(s, unicode.IsControl) {
		return "", fmt.Errorf("category %q: %w: a name has no control characters", s, ErrCategory)
	}
	code := Category(strings.ToUpper(s))
	if code.Known() || code == Uncategorized {
		return code, nil
	}
	if c, ok := plaidTaxonomy().byLabel[fold(s)]; ok {
		return c, nil
	}
	if code.isCode() {
		near := nearestCodes(code)
		return "", fmt.Errorf("category %q: %w; the nearest are %s, %s and %s", s, ErrCategory, near[0], near[1], near[2])
	}
	if utf8.RuneCountInString(s) > longestOwn {
		return "", fmt.Errorf("category %.20q…: %w: a name has at most %d letters", s, ErrCategory, longestOwn)
	}
	return Category(s), nil
}

// longestOwn is how long the name of a user's own category may be: what still
// fits a column.
const longestOwn = 60

// nearestCodes returns the three codes that share the longest beginning with c,
// then the most words, then by name.
func nearestCodes(c Category) []Category {
	t := plaidTaxonomy()
	codes := slices.Concat(t.primaries, t.detailed)
	words := strings.Split(string(c), "_")
	alike := func(o Category) int {
		n := 0
		for word := range strings.SplitSeq(string(o), "_") {
			if slices.Contains(words, word) {
				n++
			}
		}
		return n
	}
	slices.SortFunc(codes, func(a, b Category) int {
		return cmp.Or(cmp.Compare(commonPrefix(b, c), commonPrefix(a, c)), cmp.Compare(alike(b), alike(a)), cmp.Compare(a, b))
	})
	return codes[:3]
}

func commonPrefix(a, b Category) int {
	n := 0
	for n < min(len(a), len(b)) && a[n] == b[n] {
		n++
	}
	return n
}
