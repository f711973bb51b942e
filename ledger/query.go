package ledger

import (
	"math"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// A Query says which rows are wanted: those that meet every field set. The zero
// Query wants all.
type Query struct {
	// Text holds words that must all occur, whatever their case, in the payee,
	// the bank's description or the statement's line. A part in quotes is one
	// word, spaces included.
	Text string
	// Period limits the date.
	Period Period
	// Accounts limits the account; empty means any.
	Accounts []AccountID
	// Category wants rows in this category or, for a primary, in any under it.
	// [Uncategorized] wants rows without one.
	Category Category
	// Payee wants this payee exactly.
	Payee string
	// Currency limits the currency.
	Currency Currency
	// Amount limits how much a row moves.
	Amount AmountRange
	// Spending wants only rows that count as spending.
	Spending bool
	// Pending wants only pending rows.
	Pending bool
}

// An AmountRange limits how much a row moves, in or out of its account and
// whatever the currency: 50 is 50 dollars and 50 yen. Its units are
// hundred-millionths, the finest decimal that any currency here has, so that an
// end is exact in all of them: more than 50 is AtLeast 5,000,000,001. The zero
// AmountRange is no limit.
type AmountRange struct {
	AtLeast int64
	Below   int64 // 0 is no limit
}

// minor returns the range in minor units of a currency: from the first, and to
// the second with it.
func (r AmountRange) minor(cur Currency) (from, to int64) {
	scale := int64(1)
	for range unofficialDigits - cur.Digits() {
		scale *= 10
	}
	from, to = ceilDiv(r.AtLeast, scale), int64(math.MaxInt64)
	if r.Below != 0 {
		to = ceilDiv(r.Below, scale) - 1
	}
	return from, to
}

// ceilDiv returns a/b rounded up, for a >= 0.
func ceilDiv(a, b int64) int64 {
	if a <= 0 {
		return 0
	}
	return (a-1)/b + 1
}

// splitWords returns the words of a query's text. A quote where a word may start
// opens a part that goes to the next quote, or to the end while the user still
// types; in it \" and \\ stand for themselves.
func splitWords(s string) []string {
	var words []string
	for _, t := range tokens(s) {
		if word := t.key + t.value; word != "" {
			words = append(words, word)
		}
	}
	return words
}

// quote returns a word so that it is read back as one.
func quote(word string) string {
	if !strings.HasPrefix(word, `"`) && !strings.ContainsFunc(word, unicode.IsSpace) && word != "" {
		return word
	}
	return quoteAlways(word)
}

func quoteAlways(word string) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(word) + `"`
}

// String writes q as [Book.ParseQuery] reads it, with accounts by their ids.
func (q Query) String() string { return q.text(func(id AccountID) string { return string(id) }) }

// FormatQuery writes q for people: as [Query.String] does, but with the label of
// each account (see [Account.Label]) where that means this account and no other,
// and can be typed.
func (b *Book) FormatQuery(q Query) string {
	return q.text(func(id AccountID) string {
		a, _ := b.Account(id)
		label := a.Label()
		if !isTypable(label) || !slices.Equal(b.findAccounts(label), []AccountID{id}) {
			return string(id)
		}
		return label
	})
}

// isTypable reports whether a text is there and a line of input keeps it as it is.
func isTypable(text string) bool {
	return text != "" && utf8.ValidString(text) && !strings.ContainsFunc(text, func(r rune) bool { return !unicode.IsPrint(r) })
}

// text writes q with accounts as name has them.
func (q Query) text(name func(AccountID) string) string {
	var parts []string
	add := func(key, value string) { parts = append(parts, key+":"+quote(value)) }
	for _, word := range splitWords(q.Text) {
		if key, _, ok := strings.Cut(word, ":"); ok && isKey(key) {
			parts = append(parts, quoteAlways(word))
		} else {
			parts = append(parts, quote(word))
		}
	}
	if !q.Period.All() {
		add("date", formatPeriod(q.Period))
	}
	for _, id := range q.Accounts {
		add("acct", name(id))
	}
	switch q.Category {
	case "":
	case Uncategorized:
		add("is", "uncategorized")
	default:
		add("cat", string(q.Category))
	}
	if q.Payee != "" {
		parts = append(parts, "payee:"+quoteAlways(q.Payee))
	}
	if q.Currency != (Currency{}) {
		add("cur", formatCurrency(q.Currency))
	}
	for _, limit := range formatAmounts(q.Amount) {
		add("amt", limit)
	}
	if q.Pending {
		add("is", "pending")
	}
	if q.Spending {
		add("is", "spending")
	}
	return strings.Join(parts, " ")
}

// formatPeriod writes a period as "2026", "2026-10", "2026-10-01" or
// "2026-10-01..2026-10-15", open ends left out.
func formatPeriod(p Period) string {
	month := p.From.Month()
	switch {
	case p.From.IsZero() || p.To.IsZero():
	case p.From == p.To:
		return p.From.String()
	case p == month.Period():
		return month.String()
	case p == yearPeriod(p.From.Time().Year()):
		return p.From.Time().Format("2006")
	}
	return p.From.String() + ".." + p.To.String()
}

// unofficialPrefix tells a currency outside ISO 4217 from one with its code.
const unofficialPrefix = "unofficial:"

func formatCurrency(c Currency) string {
	if c.IsUnofficial() {
		return unofficialPrefix + c.Code()
	}
	return c.Code()
}

// formatAmounts writes the ends of r, none, one or both. An end is written in
// the shorter of its two ways: ">50" rather than ">=50.00000001".
func formatAmounts(r AmountRange) []string {
	var limits []string
	if r.Below == r.AtLeast+1 {
		return []string{formatUnits(r.AtLeast)}
	}
	if r.AtLeast > 0 {
		limits = append(limits, shorter(">=", r.AtLeast, ">", r.AtLeast-1))
	}
	if r.Below > 0 {
		limits = append(limits, shorter("<", r.Below, "<=", r.Below-1))
	}
	return limits
}

func shorter(op1 string, units1 int64, op2 string, units2 int64) string {
	a, b := formatUnits(units1), formatUnits(units2)
	if len(b) < len(a) {
		return op2 + b
	}
	return op1 + a
}

func formatUnits(units int64) string {
	s := Amount{units, Unofficial("units")}.String()
	return strings.TrimSuffix(strings.TrimRight(s, "0"), ".")
}
