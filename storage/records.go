package storage

import (
	"coffer/internal/secret"
	"coffer/ledger"
)

// Version bytes of the small records.
const (
	itemV1        = 1
	itemV2        = 2 // with what is offered, and the colour
	itemV3        = 3 // with its products
	accountV1     = 1
	accountV2     = 2 // with the bank's own id, and the end
	editV1        = 1
	credentialsV1 = 1
	textV1        = 1
)

// Credentials are what Plaid wants to know of the program's user.
type Credentials struct {
	ClientID string
	Secret   secret.Text
	// Environment is "sandbox", "production", or a simulator's address.
	Environment string
}

func encodeCredentials(c Credentials) []byte {
	var e encoder
	e.byte(credentialsV1)
	e.text(c.ClientID)
	e.text(c.Secret.Reveal())
	e.text(c.Environment)
	return e.buf
}

func decodeCredentials(b []byte) (Credentials, error) {
	d := decoder{in: b}
	d.version(credentialsV1)
	c := Credentials{ClientID: d.text(), Secret: secret.New(d.text()), Environment: d.text()}
	return c, d.done()
}

// encodeText is for the records that are one text: tokens and cursors.
func encodeText(s string) []byte {
	var e encoder
	e.byte(textV1)
	e.text(s)
	return e.buf
}

func decodeText(b []byte) (string, error) {
	d := decoder{in: b}
	d.version(textV1)
	s := d.text()
	return s, d.done()
}

func encodeItem(i ledger.Item) []byte {
	var e encoder
	e.byte(itemV3)
	e.text(string(i.ID))
	e.text(string(i.Institution))
	e.text(i.Name)
	e.text(i.Environment)
	e.text(string(i.State))
	e.text(i.Code)
	e.time(i.Since)
	e.time(i.LinkedAt)
	e.time(i.LastSync)
	e.time(i.ConsentExpires)
	e.bool(i.HistoryReady)
	e.time(i.Offered)
	e.time(i.Chosen)
	e.text(i.Color)
	e.text(string(i.Billed))
	e.text(string(i.Consented))
	return e.buf
}

func decodeItem(b []byte) (ledger.Item, error) {
	d := decoder{in: b}
	version := d.versionUpTo(itemV3)
	i := ledger.Item{
		ID:             ledger.ItemID(d.text()),
		Institution:    ledger.InstitutionID(d.text()),
		Name:           d.text(),
		Environment:    d.text(),
		State:          ledger.ItemState(d.text()),
		Code:           d.text(),
		Since:          d.time(),
		LinkedAt:       d.time(),
		LastSync:       d.time(),
		ConsentExpires: d.time(),
		HistoryReady:   d.bool(),
	}
	if version >= itemV2 {
		i.Offered, i.Chosen, i.Color = d.time(), d.time(), d.text()
	}
	if version >= itemV3 {
		i.Billed, i.Consented = ledger.Products(d.text()), ledger.Products(d.text())
	}
	return i, d.done()
}

func encodeAccount(a ledger.Account) []byte {
	var e encoder
	e.byte(accountV2)
	e.text(string(a.ID))
	e.text(string(a.Item))
	e.text(a.Name)
	e.text(a.OfficialName)
	e.text(a.Mask)
	e.text(string(a.Type))
	e.text(a.Subtype)
	e.currency(a.Currency)
	e.amount(a.Balance.Current)
	e.amount(a.Balance.Available)
	e.amount(a.Balance.Limit)
	e.time(a.Balance.AsOf)
	e.bool(a.Balance.Live)
	e.text(a.Persistent)
	e.time(a.Ended)
	return e.buf
}

func decodeAccount(b []byte) (ledger.Account, error) {
	d := decoder{in: b}
	version := d.versionUpTo(accountV2)
	a := ledger.Account{
		ID:           ledger.AccountID(d.text()),
		Item:         ledger.ItemID(d.text()),
		Name:         d.text(),
		OfficialName: d.text(),
		Mask:         d.text(),
		Type:         ledger.AccountType(d.text()),
		Subtype:      d.text(),
		Currency:     d.currency(),
	}
	a.Balance = ledger.Balance{
		Current:   d.amount(),
		Available: d.amount(),
		Limit:     d.amount(),
		AsOf:      d.time(),
		Live:      d.bool(),
	}
	if version >= accountV2 {
		a.Persistent, a.Ended = d.text(), d.time()
	}
	return a, d.done()
}

// An overlay is the user's edit of one row.
type overlay struct {
	id   ledger.TransactionID
	edit ledger.Edit
	// owner is the bank of a row that is gone while its edit waits for it to
	// come back, "" as long as the row itself tells.
	owner ledger.ItemID
}

func encodeOverlay(o overlay) []byte {
	var e encoder
	e.byte(editV1)
	e.text(string(o.id))
	e.text(string(o.owner))
	e.edit(o.edit)
	return e.buf
}

func decodeOverlay(b []byte) (overlay, error) {
	d := decoder{in: b}
	d.version(editV1)
	o := overlay{id: ledger.TransactionID(d.text()), owner: ledger.ItemID(d.text())}
	o.edit = d.edit()
	return o, d.done()
}

// edit writes what an Edit says today. A field added to ledger.Edit needs a new
// version of the records that hold edits; TestEditFieldsAreAllKept notices.
func (e *encoder) edit(x ledger.Edit) { e.text(string(x.Category)) }

func (d *decoder) edit() ledger.Edit { return ledger.Edit{Category: ledger.Category(d.text())} }
