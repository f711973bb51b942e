package custom

import (
	"cmp"
	"regexp"
	"strconv"
	"strings"

	"coffer/plaidsvc/plaidsim/bank"

	"github.com/shopspring/decimal"
)

// invest gives an investment account what it holds and what it traded. One that
// says nothing holds cash.
func (m *maker) invest(a *account) {
	if a.Type != "investment" {
		return
	}
	for _, h := range a.said.Holdings {
		if !h.blank() {
			a.holds = append(a.holds, m.holding(a, h))
		}
	}
	for n, t := range a.said.Trades {
		if !t.blank() {
			a.trades = append(a.trades, m.trade(a, n, t))
		}
	}
	if len(a.holds) == 0 {
		cash := amount{a.said.Starting.value(decimal.New(int64(1_000+below(900_000, a.ID, "opening")), -2))}
		one := amount{decimal.NewFromInt(1)}
		a.said.Holdings = many[hold]{{Price: &one, Quantity: &cash, Security: security{Ticker: "CUR:" + a.said.Currency}}}
		a.holds = []bank.Holding{m.holding(a, a.said.Holdings[0])}
	}
}

// blank tells whether an element of a list says nothing at all.
func (h hold) blank() bool { return h == hold{} }

func (t trade) blank() bool {
	if t.Security != nil && *t.Security == (security{}) {
		t.Security = nil
	}
	return t == trade{}
}

// worth sums up what holdings are worth.
func worth(holds []bank.Holding) decimal.Decimal {
	sum := decimal.Zero
	for _, h := range holds {
		sum = sum.Add(h.Value)
	}
	return sum
}

func (m *maker) holding(a *account, h hold) bank.Holding {
	price, quantity := h.Price.value(decimal.Zero), h.Quantity.value(decimal.Zero)
	priced := h.PriceAt.later(m.shift)
	out := bank.Holding{
		AccountID: a.ID, Security: h.Security.security(cmp.Or(h.Currency, a.said.Currency)),
		Quantity: quantity, Price: price, Value: quantity.Mul(price), CostBasis: h.Cost.optional(), PriceDate: string(priced),
	}
	out.Currency, out.Unofficial = code(cmp.Or(h.Currency, a.said.Currency))
	out.Security.Close, out.Security.CloseDate = &price, string(cmp.Or(priced, dayOf(m.linked)))
	return out
}

// trade is an investment transaction. Its amount is not in the text: what it
// cost, fees included, as Plaid documents of the field.
func (m *maker) trade(a *account, n int, t trade) bank.Trade {
	price, quantity := t.Price.value(decimal.Zero), t.Quantity.value(decimal.Zero)
	out := bank.Trade{
		ID: identity(a.ID, "trade", strconv.Itoa(n)), AccountID: a.ID, Date: string(t.Date.later(m.shift)), Name: t.Name,
		Type: t.Type, Quantity: quantity, Price: price, Fees: t.Fees.optional(),
		Amount: quantity.Mul(price).Add(t.Fees.value(decimal.Zero)).Round(8),
	}
	out.Currency, out.Unofficial = code(cmp.Or(t.Currency, a.said.Currency))
	out.Subtype = map[string]string{"buy": "buy", "sell": "sell", "fee": "miscellaneous fee", "transfer": "transfer"}[t.Type]
	if t.Type == "cash" {
		out.Subtype = "withdrawal"
		if out.Amount.IsNegative() {
			out.Subtype = "deposit"
		}
	}
	if t.Security != nil && t.Security.named() {
		s := t.Security.security(cmp.Or(t.Currency, a.said.Currency))
		out.Security = &s
	}
	return out
}

// named tells whether a security has an identifier.
func (s security) named() bool { return s.Ticker+s.CUSIP+s.ISIN+s.SEDOL != "" }

// contract is the symbol of an option as the Options Clearing Corporation writes
// it: root, expiry, call or put, strike in thousandths.
var contract = regexp.MustCompile(`^([A-Z]{1,6}) *(\d\d)(\d\d)(\d\d)([CP])(\d{8})$`)

// security is one as Plaid would find it by its identifiers. What kind it is can
// be told from the ticker symbol only; the rest is taken for shares.
func (s security) security(currency string) bank.Security {
	id := cmp.Or(s.Ticker, s.CUSIP, s.ISIN, s.SEDOL)
	out := bank.Security{
		ID: identity("security", id), Name: cmp.Or(s.Name, id), Ticker: s.Ticker, Type: "equity", ISIN: s.ISIN, CUSIP: s.CUSIP, SEDOL: s.SEDOL,
	}
	out.Currency, out.Unofficial = code(cmp.Or(s.Currency, currency))
	if money, ok := strings.CutPrefix(s.Ticker, "CUR:"); ok {
		out.Type = "cash"
		if out.CashEquivalent = !unofficial[money]; !out.CashEquivalent {
			out.Type = "cryptocurrency"
		}
	}
	if m := contract.FindStringSubmatch(s.Ticker); m != nil {
		strike, _ := strconv.ParseInt(m[6], 10, 64) // eight digits
		out.Type = "derivative"
		out.Option = &bank.Option{
			Type: map[string]string{"C": "call", "P": "put"}[m[5]], Underlying: m[1],
			Expires: "20" + m[2] + "-" + m[3] + "-" + m[4], Strike: decimal.New(strike, -3),
		}
	}
	return out
}
