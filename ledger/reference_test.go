package ledger_test

import (
	"cmp"
	"maps"
	"math/big"
	"slices"
	"strings"

	"coffer/ledger"
)

// A reference is the Book as its documentation has it, in plain loops over
// whole transactions: slow, and simple enough to be believed.
type reference struct {
	rows     []ledger.Transaction
	accounts []ledger.Account
	edits    ledger.Edits
}

func newReference(rows []ledger.Transaction, accounts []ledger.Account, edits ledger.Edits) reference {
	sorted := slices.SortedFunc(slices.Values(rows), func(a, b ledger.Transaction) int {
		return cmp.Or(b.Date.Compare(a.Date), cmp.Compare(a.ID, b.ID))
	})
	return reference{sorted, accounts, edits}
}

func (ref reference) category(t ledger.Transaction) ledger.Category {
	if e := ref.edits[t.ID]; e.Category != "" {
		return e.Category
	}
	return t.Category
}

// primary knows the primaries by their codes alone.
func (ref reference) primary(c ledger.Category) string {
	for p := range strings.FieldsSeq(`INCOME LOAN_DISBURSEMENTS LOAN_PAYMENTS TRANSFER_IN TRANSFER_OUT BANK_FEES
		ENTERTAINMENT FOOD_AND_DRINK GENERAL_MERCHANDISE HOME_IMPROVEMENT MEDICAL PERSONAL_CARE GENERAL_SERVICES
		GOVERNMENT_AND_NON_PROFIT TRANSPORTATION TRAVEL RENT_AND_UTILITIES OTHER`) {
		if string(c) == p || strings.HasPrefix(string(c), p+"_") {
			return p
		}
	}
	if c == "" {
		return "UNCATEGORIZED"
	}
	return string(c)
}

func (ref reference) transfer(t ledger.Transaction) bool {
	p := ref.primary(ref.category(t))
	return p == "TRANSFER_IN" || p == "TRANSFER_OUT" || ref.category(t) == "LOAN_PAYMENTS_CREDIT_CARD_PAYMENT"
}

func (ref reference) spending(t ledger.Transaction) bool {
	p := ref.primary(ref.category(t))
	return !ref.transfer(t) && p != "INCOME" && p != "LOAN_DISBURSEMENTS"
}

// order lists the currencies of the rows, those with the most rows first.
func (ref reference) order() []ledger.Currency {
	count := map[ledger.Currency]int{}
	for _, t := range ref.rows {
		if t.Amount.Known() {
			count[t.Amount.Currency()]++
		}
	}
	return slices.SortedFunc(maps.Keys(count), func(a, b ledger.Currency) int {
		return cmp.Or(count[b]-count[a], a.Compare(b))
	})
}

// decimal is the amount as a number.
func decimal(a ledger.Amount) *big.Rat {
	r, ok := new(big.Rat).SetString(cmp.Or(a.String(), "0"))
	if !ok {
		panic(a.String())
	}
	return r
}

// amount is the sum of minor units as an Amount, not known if it is too large.
func amount(sum *big.Int, cur ledger.Currency) ledger.Amount {
	if new(big.Int).Abs(sum).IsInt64() {
		return ledger.NewAmount(sum.Int64(), cur)
	}
	return ledger.Amount{}
}

func containsFold(text, part string) bool {
	dotless := strings.NewReplacer("İ", "i")
	hay, needle := []rune(dotless.Replace(text)), []rune(dotless.Replace(part))
	for i := 0; i+len(needle) <= len(hay); i++ {
		if strings.EqualFold(string(hay[i:i+len(needle)]), string(needle)) {
			return true
		}
	}
	return false
}

// words is for texts whose words are plain or wholly in quotes.
func words(text string) []string {
	var list []string
	for i, part := range strings.Split(text, `"`) {
		if i%2 == 1 {
			list = append(list, part)
		} else {
			list = append(list, strings.Fields(part)...)
		}
	}
	return list
}

func (ref reference) wants(q ledger.Query, t ledger.Transaction) bool {
	if !q.Period.From.IsZero() && t.Date.Compare(q.Period.From) < 0 || !q.Period.To.IsZero() && t.Date.Compare(q.Period.To) > 0 {
		return false
	}
	for _, word := range words(q.Text) {
		if !containsFold(t.Payee(), word) && !containsFold(t.Name, word) && !containsFold(t.Original, word) {
			return false
		}
	}
	c := ref.category(t)
	in := q.Category == "" || c == q.Category || ref.primary(c) == string(q.Category)
	return in && ref.inRange(q.Amount, t.Amount) &&
		(len(q.Accounts) == 0 || slices.Contains(q.Accounts, t.Account)) &&
		(q.Payee == "" || q.Payee == t.Payee()) &&
		(q.Currency == ledger.Currency{} || q.Currency == t.Amount.Currency()) &&
		(!q.Spending || ref.spending(t)) &&
		(!q.Pending || t.Pending)
}

func (ref reference) inRange(r ledger.AmountRange, a ledger.Amount) bool {
	if (r == ledger.AmountRange{}) {
		return true
	}
	if !a.Known() {
		return false
	}
	units := new(big.Rat).Mul(new(big.Rat).Abs(decimal(a)), big.NewRat(1e8, 1))
	return units.Cmp(big.NewRat(r.AtLeast, 1)) >= 0 && (r.Below == 0 || units.Cmp(big.NewRat(r.Below, 1)) < 0)
}

// ids lists the transactions that q wants, in order, and their sums.
func (ref reference) ids(q ledger.Query, order ledger.Sort) (ids []ledger.TransactionID, sums []ledger.Amount) {
	var rows []ledger.Transaction
	totals := map[ledger.Currency]*big.Int{}
	for _, t := range ref.rows {
		if !ref.wants(q, t) {
			continue
		}
		rows = append(rows, t)
		cur := t.Amount.Currency()
		if totals[cur] == nil {
			totals[cur] = new(big.Int)
		}
		totals[cur].Add(totals[cur], big.NewInt(t.Amount.Minor()))
	}
	slices.SortStableFunc(rows, func(a, b ledger.Transaction) int {
		d := 0
		switch order.By {
		case ledger.SortAmount:
			d = new(big.Rat).Abs(decimal(b.Amount)).Cmp(new(big.Rat).Abs(decimal(a.Amount)))
		case ledger.SortPayee:
			d = cmp.Or(cmp.Compare(ledger.Fold(a.Payee()), ledger.Fold(b.Payee())), cmp.Compare(a.Payee(), b.Payee()))
		default:
			d = b.Date.Compare(a.Date)
		}
		if order.Reverse {
			return -d
		}
		return d
	})
	for _, t := range rows {
		ids = append(ids, t.ID)
	}
	for _, cur := range ref.order() {
		if totals[cur] != nil {
			sums = append(sums, amount(totals[cur], cur))
		}
	}
	return ids, sums
}

// total is minus the sum of the spending rows of one currency in a period.
func (ref reference) total(rows []ledger.Transaction, cur ledger.Currency, p ledger.Period) (ledger.Amount, *big.Int, int) {
	sum, count := new(big.Int), 0
	for _, t := range rows {
		if t.Amount.Currency() == cur && ref.spending(t) && p.Contains(t.Date) {
			sum.Sub(sum, big.NewInt(t.Amount.Minor()))
			count++
		}
	}
	return amount(sum, cur), sum, count
}

func (ref reference) key(t ledger.Transaction, by ledger.Grouping) string {
	switch c := ref.category(t); by {
	case ledger.ByMerchant:
		return t.Payee()
	case ledger.ByAccount:
		return string(t.Account)
	case ledger.ByDetailed:
		if c != "" {
			return string(c)
		}
		return "UNCATEGORIZED"
	default:
		return ref.primary(c)
	}
}

// report is Book.Spending without the labels.
func (ref reference) report(p ledger.Period, by ledger.Grouping) []ledger.Spending {
	var reports []ledger.Spending
	for _, cur := range ref.order() {
		if !slices.ContainsFunc(ref.rows, func(t ledger.Transaction) bool {
			return t.Amount.Currency() == cur && p.Contains(t.Date)
		}) {
			continue
		}
		s := ledger.Spending{Period: p, Currency: cur, Rows: []ledger.SpendingRow{}}
		s.Total, _, _ = ref.total(ref.rows, cur, p)
		s.Previous, _, _ = ref.total(ref.rows, cur, p.Previous())
		groups := map[string][]ledger.Transaction{}
		for _, t := range ref.rows {
			groups[ref.key(t, by)] = append(groups[ref.key(t, by)], t)
		}
		exact := map[string]*big.Int{}
		for key, rows := range groups {
			row := ledger.SpendingRow{Key: key}
			row.Amount, exact[key], row.Count = ref.total(rows, cur, p)
			row.Previous, _, _ = ref.total(rows, cur, p.Previous())
			if row.Count > 0 {
				s.Rows = append(s.Rows, row)
			}
		}
		slices.SortFunc(s.Rows, func(a, b ledger.SpendingRow) int {
			return cmp.Or(exact[b.Key].Cmp(exact[a.Key]), cmp.Compare(a.Key, b.Key))
		})
		reports = append(reports, s)
	}
	return reports
}

// worth is the net worth of one currency, part by part.
func (ref reference) worth(cur ledger.Currency) ledger.NetWorth {
	sums := map[string]*big.Int{}
	add := func(part string, n int64) {
		if sums[part] == nil {
			sums[part] = new(big.Int)
		}
		sums[part].Add(sums[part], big.NewInt(n))
	}
	var n ledger.NetWorth
	for _, a := range ref.accounts {
		switch now := a.Balance.Current; {
		case now.Currency() == cur:
			add("total", now.Minor())
			part := string(a.Type)
			if !slices.Contains([]string{"depository", "credit", "investment", "loan"}, part) {
				part = "other"
			}
			add(part, now.Minor())
			if (part == "credit" || part == "loan") && now.Minor() < 0 {
				add("debt", now.Minor())
			}
		case !now.Known() && a.Currency == cur:
			n.Unknown = append(n.Unknown, a.ID)
		}
	}
	for part, to := range map[string]*ledger.Amount{
		"total": &n.Total, "depository": &n.Cash, "credit": &n.Cards, "investment": &n.Invested,
		"loan": &n.Loans, "other": &n.Other, "debt": &n.Debt,
	} {
		add(part, 0)
		*to = amount(sums[part], cur)
	}
	return n
}
