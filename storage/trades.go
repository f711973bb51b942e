package storage

import "coffer/ledger"

const (
	tradesV1  = 1
	streamsV1 = 1
)

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

func encodeStreams(all ledger.Streams) []byte {
	var e encoder
	e.byte(streamsV1)
	e.told(all.Told)
	e.uint(uint64(len(all.List)))
	for _, x := range all.List {
		e.text(x.ID)
		e.text(string(x.Account))
		e.text(x.Description)
		e.text(x.Merchant)
		e.text(string(x.Category))
		e.text(x.Frequency)
		e.text(x.Status)
		e.answer(x.Active)
		e.date(x.First)
		e.date(x.Last)
		e.date(x.Next)
		e.amount(x.Average)
		e.amount(x.Latest)
		e.int(int64(x.Count))
	}
	return e.buf
}

func decodeStreams(b []byte) (ledger.Streams, error) {
	d := decoder{in: b}
	d.version(streamsV1)
	all := ledger.Streams{Told: d.told()}
	for range d.count() {
		all.List = append(all.List, ledger.Stream{
			ID:          d.text(),
			Account:     ledger.AccountID(d.text()),
			Description: d.text(),
			Merchant:    d.text(),
			Category:    ledger.Category(d.text()),
			Frequency:   d.text(),
			Status:      d.text(),
			Active:      d.answer(),
			First:       d.date(),
			Last:        d.date(),
			Next:        d.date(),
			Average:     d.amount(),
			Latest:      d.amount(),
			Count:       int(d.int32()),
		})
	}
	return all, d.done()
}
