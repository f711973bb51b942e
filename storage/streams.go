package storage

import "coffer/ledger"

const streamsV1 = 1

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
