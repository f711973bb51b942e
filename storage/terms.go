package storage

import "coffer/ledger"

const (
	holdingsV1    = 1
	liabilitiesV1 = 1
)

// A yes or no that a bank may not tell is one of three in a record.
const (
	answerUnknown = iota
	answerNo
	answerYes
)

func (e *encoder) date(d ledger.Date) {
	e.bool(!d.IsZero())
	if !d.IsZero() {
		e.int(int64(d.Days()))
	}
}

func (d *decoder) date() ledger.Date {
	if !d.bool() {
		return ledger.Date{}
	}
	return ledger.DateFromDays(d.int32())
}

func (e *encoder) told(t ledger.Told) {
	e.text(string(t.Item))
	e.time(t.At)
}

func (d *decoder) told() ledger.Told {
	return ledger.Told{Item: ledger.ItemID(d.text()), At: d.time()}
}

func encodeHoldings(h ledger.Holdings) []byte {
	var e encoder
	e.byte(holdingsV1)
	e.told(h.Told)
	e.uint(uint64(len(h.List)))
	for _, x := range h.List {
		e.text(string(x.Account))
		e.text(x.Security)
		e.text(x.Ticker)
		e.text(x.Kind)
		e.text(string(x.Quantity))
		e.text(string(x.Price))
		e.date(x.PriceDate)
		e.currency(x.Currency)
		e.amount(x.Value)
		e.amount(x.Cost)
	}
	return e.buf
}

func decodeHoldings(b []byte) (ledger.Holdings, error) {
	d := decoder{in: b}
	d.version(holdingsV1)
	h := ledger.Holdings{Told: d.told()}
	for range d.count() {
		h.List = append(h.List, ledger.Holding{
			Account:   ledger.AccountID(d.text()),
			Security:  d.text(),
			Ticker:    d.text(),
			Kind:      d.text(),
			Quantity:  ledger.Decimal(d.text()),
			Price:     ledger.Decimal(d.text()),
			PriceDate: d.date(),
			Currency:  d.currency(),
			Value:     d.amount(),
			Cost:      d.amount(),
		})
	}
	return h, d.done()
}

func encodeLiabilities(l ledger.Liabilities) []byte {
	var e encoder
	e.byte(liabilitiesV1)
	e.told(l.Told)
	e.uint(uint64(len(l.List)))
	for _, x := range l.List {
		e.text(string(x.Account))
		e.text(string(x.Kind))
		e.text(x.Name)
		e.uint(uint64(len(x.Rates)))
		for _, r := range x.Rates {
			e.text(r.Kind)
			e.text(string(r.Percent))
		}
		e.amount(x.Minimum)
		e.date(x.Due)
		e.answer(x.Overdue)
		e.amount(x.PastDue)
		e.amount(x.Statement)
		e.date(x.StatementDate)
		e.amount(x.LastPayment)
		e.date(x.LastPaid)
		e.amount(x.Principal)
		e.date(x.Ends)
	}
	return e.buf
}

// answer writes a yes or no that may be unknown.
func (e *encoder) answer(told *bool) {
	switch {
	case told == nil:
		e.byte(answerUnknown)
	case *told:
		e.byte(answerYes)
	default:
		e.byte(answerNo)
	}
}

func (d *decoder) answer() *bool {
	n := d.byte()
	switch n {
	case answerUnknown:
		return nil
	case answerNo, answerYes:
		yes := n == answerYes
		return &yes
	}
	d.fail()
	return nil
}

func decodeLiabilities(b []byte) (ledger.Liabilities, error) {
	d := decoder{in: b}
	d.version(liabilitiesV1)
	l := ledger.Liabilities{Told: d.told()}
	for range d.count() {
		x := ledger.Liability{
			Account: ledger.AccountID(d.text()),
			Kind:    ledger.LiabilityKind(d.text()),
			Name:    d.text(),
		}
		for range d.count() {
			x.Rates = append(x.Rates, ledger.Rate{Kind: d.text(), Percent: ledger.Decimal(d.text())})
		}
		x.Minimum, x.Due, x.Overdue, x.PastDue = d.amount(), d.date(), d.answer(), d.amount()
		x.Statement, x.StatementDate = d.amount(), d.date()
		x.LastPayment, x.LastPaid = d.amount(), d.date()
		x.Principal, x.Ends = d.amount(), d.date()
		l.List = append(l.List, x)
	}
	return l, d.done()
}
