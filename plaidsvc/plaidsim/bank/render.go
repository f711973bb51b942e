package bank

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/shopspring/decimal"
)

// event writes out a note as Plaid would tell it.
func (b *book) event(n note) Event {
	r := &b.rows[n.row]
	e := Event{At: n.at.utc(), Op: n.stage.op()}
	if n.stage == stageGone {
		e.Transaction = Transaction{ID: b.id(r, true), AccountID: r.account.ID, Pending: true}
		return e
	}
	e.Transaction = b.transaction(r, n.stage)
	return e
}

// id names a row for ever; its pending life has a name of its own.
func (b *book) id(r *row, pending bool) string {
	var buf [96]byte
	key := append(buf[:0], r.account.ID...)
	for _, part := range [...]uint64{r.stream, uint64(r.born), uint64(r.occasion)} {
		key = append(key, '/')
		key = strconv.AppendUint(key, part, 36)
	}
	if pending {
		key = append(key, " pending"...)
	}
	return opaque(key)
}

// entity is Plaid's id of a merchant: the same for everybody.
func (b *book) entity(p *payee) string {
	id, ok := b.entities[p]
	if !ok {
		id = opaqueText("merchant %s", p.name)
		b.entities[p] = id
	}
	return id
}

func (b *book) transaction(r *row, s stage) Transaction {
	p, a := r.payee, r.account
	t := Transaction{
		ID: b.id(r, s == stagePending), AccountID: a.ID, Pending: s == stagePending,
		Amount: decimal.New(r.amount, -2), Currency: a.Currency, Unofficial: a.Unofficial,
		AuthorizedDate: b.date(r.authorized).iso, Date: b.date(r.settled.day()).iso,
		Name: p.descriptor(r.number), Merchant: p.name,
		Channel: p.channel, Code: p.code, CounterpartyType: p.party, Website: p.site,
		Detailed: p.category, Confidence: p.sure,
	}
	b.stageOf(&t, r, s)
	b.locate(&t, r)
	t.Primary = primaryOf(t.Detailed, b.primaries)
	if t.Merchant != "" {
		t.EntityID = b.entity(p)
	}
	if a.clocks && r.shown != 0 {
		t.AuthorizedAt = r.shown.utc()
		t.Datetime = r.shown.utc()
		if s != stagePending {
			t.Datetime = r.settled.utc()
		}
	}
	return t
}

// stageOf puts in what differs between a row's pending life, its posting and
// its correction.
func (b *book) stageOf(t *Transaction, r *row, s stage) {
	if t.Confidence == "" {
		t.Confidence = "VERY_HIGH"
	}
	if s == stagePending {
		t.Amount = decimal.New(r.held, -2)
		t.Date = t.AuthorizedDate
	}
	if s == stagePosted && r.pending && !r.unmatched {
		t.PendingID = b.id(r, true)
	}
	if s == stageCorrected {
		return
	}
	if r.renamed {
		t.Merchant, t.Website, t.Confidence = "", "", "LOW"
	}
	if r.refiled {
		t.Detailed, t.Confidence = r.payee.guess, "MEDIUM"
	}
}

// descriptor is the row's name as the bank writes it.
func (p *payee) descriptor(number uint32) string {
	if stem, numbered := strings.CutSuffix(p.text, "#"); numbered {
		if p.stores == 0 {
			return stem + strconv.FormatUint(uint64(number), 10)
		}
		return fmt.Sprintf("%s#%04d", stem, number)
	}
	return p.text
}

// locate puts in where the row happened and what the statement says of it.
func (b *book) locate(t *Transaction, r *row) {
	p := r.payee
	t.OriginalDescription = t.Name
	switch p.code {
	case "cheque":
		t.CheckNumber = strconv.FormatUint(uint64(r.number), 10)
	case "transfer", "bill payment", "direct debit":
		t.Reference = fmt.Sprintf("%08d", r.number)
		t.OriginalDescription = t.Name + " REF " + t.Reference
	}
	if p.online() {
		return
	}
	t.Channel = "in store"
	at := &b.home
	if p.place != nil {
		at = p.place
	}
	t.City, t.Region, t.PostalCode, t.Country = at.city, at.region, at.postal, at.country
	if n := len(at.streets); n > 0 {
		t.Address = fmt.Sprintf("%d %s", 1+r.number%940, at.streets[int(stirText(uint64(r.number), p.text)%uint64(n))])
	}
	if p.stores > 0 {
		t.StoreNumber = fmt.Sprintf("%04d", r.number)
	}
	t.OriginalDescription = strings.ToUpper(t.Name + " " + at.city + " " + at.region)
	if r.account.Type == "depository" && p.code == "purchase" {
		t.OriginalDescription = "POS PURCHASE " + t.OriginalDescription
	}
}
