package ledger

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"
	"time"
)

// ErrQuery reports a query that cannot be read.
var ErrQuery = errors.New("cannot read the query")

// queryTerms is what an error lists.
const queryTerms = "acct: amt: cat: cur: date: is: payee:"

// ParseQuery reads what a user types: words, and terms:
//
//	cat:food                 a category's code or label, or how one begins
//	acct:checking            accounts by part of name or id, by mask or label
//	date:2026                also 2026-10, 2026-10-01, A..B, A.. and ..B
//	cur:EUR
//	payee:"Blue Bottle"      exactly
//	amt:>50                  also >=50, <10, <=10, 5..20 and 5; either sign
//	is:pending               also is:spending and is:uncategorized
//
// Quotes keep spaces. What looks like a term but is in quotes is a word; so is a
// word such as 12:30, whose colon no name stands before. Names of accounts and
// categories are matched against b. The error wraps [ErrQuery] and says what can
// be typed instead. [Query.String] writes the Query back.
func (b *Book) ParseQuery(s string) (Query, error) {
	p := queryParser{book: b, seen: map[string]bool{}}
	var words []string
	for _, t := range tokens(s) {
		if t.key == "" {
			if t.value != "" {
				words = append(words, quote(t.value))
			}
			continue
		}
		if err := p.term(t); err != nil {
			return Query{}, fmt.Errorf("%s%s: %w: %w", t.key, t.value, ErrQuery, err)
		}
	}
	p.query.Text = strings.Join(words, " ")
	return p.query, nil
}

// A queryParser reads the terms of one query.
type queryParser struct {
	book  *Book
	query Query
	seen  map[string]bool // the terms that may occur once and did
}

// term reads one term into the query.
func (p *queryParser) term(t token) error {
	key := strings.ToLower(t.key)
	read, ok := map[string]func(string) error{
		"acct:": p.account, "amt:": p.amount, "cat:": p.category, "cur:": p.currency,
		"date:": p.date, "is:": p.is, "payee:": p.payee,
	}[key]
	switch {
	case !ok:
		return fmt.Errorf("the terms are %s; put it in quotes to search for it", queryTerms)
	case t.value == "":
		return fmt.Errorf("say what after %s", key)
	}
	return read(t.value)
}

// once reports a term that was given before with another meaning.
func (p *queryParser) once(key string) error {
	if p.seen[key] {
		return fmt.Errorf("%s can be given once", key)
	}
	p.seen[key] = true
	return nil
}

func (p *queryParser) is(value string) error {
	switch strings.ToLower(value) {
	case "pending":
		p.query.Pending = true
	case "spending":
		p.query.Spending = true
	case "uncategorized":
		p.query.Category = Uncategorized
		return p.once("a category")
	default:
		return errors.New("it can be is:pending, is:spending or is:uncategorized")
	}
	return nil
}

func (p *queryParser) payee(value string) error {
	p.query.Payee = value
	return p.once("payee:")
}

func (p *queryParser) category(value string) error {
	c, err := p.book.findCategory(value)
	p.query.Category = c
	return errors.Join(err, p.once("a category"))
}

func (p *queryParser) account(value string) error {
	ids := p.book.findAccounts(value)
	if len(ids) == 0 {
		return errors.New("no account has that name, mask or id")
	}
	for _, id := range ids {
		if !slices.Contains(p.query.Accounts, id) {
			p.query.Accounts = append(p.query.Accounts, id)
		}
	}
	return nil
}

// findAccounts returns the account with an id, or those with a label that ends in
// a mask, or those whose mask is the text or whose names or id contain it, in the
// order of the Book.
func (b *Book) findAccounts(text string) []AccountID {
	if _, ok := b.facts.accounts.number(AccountID(text)); ok {
		return []AccountID{AccountID(text)}
	}
	if _, ok := b.Account(AccountID(text)); ok {
		return []AccountID{AccountID(text)}
	}
	part := fold(text)
	var ids []AccountID
	for _, a := range b.accounts {
		if a.Mask != "" && fold(a.Label()) == part {
			ids = append(ids, a.ID)
		}
	}
	if len(ids) > 0 {
		return ids
	}
	for _, a := range b.accounts {
		if a.Mask == text || strings.Contains(fold(a.Name), part) ||
			strings.Contains(fold(a.OfficialName), part) || strings.Contains(fold(string(a.ID)), part) {
			ids = append(ids, a.ID)
		}
	}
	return ids
}

func (p *queryParser) currency(value string) error {
	c, ok := p.book.findCurrency(value)
	if !ok {
		return errors.New("no currency has that code")
	}
	p.query.Currency = c
	return p.once("cur:")
}

// findCurrency returns the currency with a code: one of the Book, whatever its
// case, one of ISO 4217, or any that is said to be unofficial.
func (b *Book) findCurrency(code string) (Currency, bool) {
	if code, ok := strings.CutPrefix(code, unofficialPrefix); ok && code != "" {
		return Unofficial(code), true
	}
	iso := ISO(code)
	if iso.Listed() || slices.Contains(b.facts.currencies, iso) {
		return iso, true
	}
	for _, c := range b.facts.currencies {
		if c != (Currency{}) && strings.EqualFold(c.code, code) {
			return c, true
		}
	}
	return Currency{}, false
}

func (p *queryParser) date(value string) error {
	period, err := parsePeriod(value)
	if err != nil {
		return err
	}
	p.query.Period = period
	return p.once("date:")
}

// parsePeriod reads what formatPeriod writes.
func parsePeriod(s string) (Period, error) {
	from, to, isRange := strings.Cut(s, "..")
	if !isRange {
		return parseDays(s)
	}
	var p Period
	if from == "" && to == "" {
		return p, errors.New("a range has a beginning, an end, or both")
	}
	if from != "" {
		days, err := parseDays(from)
		if err != nil {
			return p, err
		}
		p.From = days.From
	}
	if to != "" {
		days, err := parseDays(to)
		if err != nil {
			return p, err
		}
		p.To = days.To
	}
	if from != "" && to != "" && p.To.Compare(p.From) < 0 {
		return p, errors.New("the range ends before it begins")
	}
	return p, nil
}

// parseDays reads a day, a month or a year.
func parseDays(s string) (Period, error) {
	if d, err := ParseDate(s); err == nil {
		return Period{d, d}, nil
	}
	if m, err := ParseMonth(s); err == nil {
		return m.Period(), nil
	}
	if t, err := time.Parse("2006", s); err == nil && t.Year() > 0 {
		return yearPeriod(t.Year()), nil
	}
	return Period{}, errors.New("a date is YYYY, YYYY-MM, YYYY-MM-DD, or two of them with .. between")
}

func yearPeriod(year int) Period {
	return Period{NewDate(year, time.January, 1), NewDate(year, time.December, 31)}
}

// amount narrows the range: amt:>5 amt:<10 is both.
func (p *queryParser) amount(value string) error {
	r, err := parseAmounts(value)
	if err != nil {
		return err
	}
	have := &p.query.Amount
	have.AtLeast = max(have.AtLeast, r.AtLeast)
	if have.Below == 0 || r.Below != 0 && r.Below < have.Below {
		have.Below = r.Below
	}
	return nil
}

// parseAmounts reads what formatAmounts writes.
func parseAmounts(s string) (AmountRange, error) {
	if from, to, ok := strings.Cut(s, ".."); ok {
		return parseAmountRange(from, to)
	}
	op := s[:len(s)-len(strings.TrimLeft(s, "<>="))]
	n, err := parseUnits(s[len(op):])
	if err != nil {
		return AmountRange{}, err
	}
	switch {
	case op == ">=":
		return AmountRange{AtLeast: n}, nil
	case op == "<" && n > 0:
		return AmountRange{Below: n}, nil
	case n == math.MaxInt64: // the others need one more
		return AmountRange{}, errAmountTerm
	case op == ">":
		return AmountRange{AtLeast: n + 1}, nil
	case op == "<=":
		return AmountRange{Below: n + 1}, nil
	case op == "" || op == "=":
		return AmountRange{AtLeast: n, Below: n + 1}, nil
	}
	return AmountRange{}, errAmountTerm
}

var errAmountTerm = errors.New("an amount is written without sign, as in amt:>50, amt:<=10, amt:5..20 or amt:5")

func parseAmountRange(from, to string) (AmountRange, error) {
	low, high := int64(0), int64(math.MaxInt64-1)
	var err error
	if from != "" {
		low, err = parseUnits(from)
	}
	if err == nil && to != "" {
		high, err = parseUnits(to)
	}
	if err != nil || from == "" && to == "" || high < low || high == math.MaxInt64 {
		return AmountRange{}, errAmountTerm
	}
	if to == "" {
		return AmountRange{AtLeast: low}, nil
	}
	return AmountRange{AtLeast: low, Below: high + 1}, nil
}

// parseUnits reads a decimal that is not negative as hundred-millionths.
func parseUnits(s string) (int64, error) {
	a, err := ParseAmount(s, Unofficial("units"))
	if err != nil || strings.HasPrefix(s, "-") {
		return 0, errAmountTerm
	}
	return a.minor, nil
}
