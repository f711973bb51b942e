package storage

import "coffer/ledger"

const tradesV1 = 1

func encodeTrades(all ledger.Trades) []byte {
	var e encoder
	e.byte(tradesV1)
	e.told(all.Told)
	e.date(all.Since)
	e.uint(uint64(len(all.List)))
	for _, x := range all.List {
		e.text(x.ID)
		e.text(string(x.Account))
		e.date(x.Date)
		e.text(x.Name)
		e.text(x.Security)
		e.text(x.Ticker)
		e.text(x.Kind)
		e.text(x.Subkind)
		e.text(string(x.Quantity))
		e.text(string(x.Price))
		e.currency(x.Currency)
		e.amount(x.Amount)
		e.amount(x.Fees)
	}
	return e.buf
}

func decodeTrades(b []byte) (ledger.Trades, error) {
	d := decoder{in: b}
	d.version(tradesV1)
	all := ledger.Trades{Told: d.told(), Since: d.date()}
	for range d.count() {
		all.List = append(all.List, ledger.Trade{
			ID:       d.text(),
			Account:  ledger.AccountID(d.text()),
			Date:     d.date(),
			Name:     d.text(),
			Security: d.text(),
			Ticker:   d.text(),
			Kind:     d.text(),
			Subkind:  d.text(),
			Quantity: ledger.Decimal(d.text()),
			Price:    ledger.Decimal(d.text()),
			Currency: d.currency(),
			Amount:   d.amount(),
			Fees:     d.amount(),
		})
	}
	return all, d.done()
}
