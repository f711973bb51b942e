package storage

import (
	"cmp"
	"context"
	"slices"

	"coffer/ledger"
)

// What accounts held is kept day by day, from the day they were first seen: no
// bank tells it afterwards. A month of an account is one record, and the last
// balance of a day is that day's.

const balancesV1 = 1

// A balanceMonth is what one account held in one month.
type balanceMonth struct {
	item    ledger.ItemID
	account ledger.AccountID
	month   ledger.Month
	days    []ledger.DayBalance // by day
}

func encodeBalances(m balanceMonth) []byte {
	var e encoder
	e.byte(balancesV1)
	e.text(string(m.item))
	e.text(string(m.account))
	e.int(int64(m.month.First().Days()))
	e.uint(uint64(len(m.days)))
	for _, d := range m.days {
		e.int(int64(d.Day.Days()))
		e.amount(d.Current)
		e.amount(d.Available)
		e.amount(d.Limit)
	}
	return e.buf
}

func decodeBalances(b []byte) (balanceMonth, error) {
	d := decoder{in: b}
	d.version(balancesV1)
	m := balanceMonth{
		item:    ledger.ItemID(d.text()),
		account: ledger.AccountID(d.text()),
		month:   ledger.DateFromDays(d.int32()).Month(),
	}
	m.days = make([]ledger.DayBalance, 0, d.count())
	for range cap(m.days) {
		m.days = append(m.days, ledger.DayBalance{
			Day:       ledger.DateFromDays(d.int32()),
			Current:   d.amount(),
			Available: d.amount(),
			Limit:     d.amount(),
		})
	}
	return m, d.done()
}

// balancesKey names a month of an account in bucketBalances.
func (s *sealer) balancesKey(account ledger.AccountID, month ledger.Month) []byte {
	return s.nameOf(bucketBalances, string(account), month.String())
}

// Balances lists what an account held, day by day, the oldest day first. A day on
// which nobody asked is left out. An account that is not known has none.
func (v *Vault) Balances(ctx context.Context, account ledger.AccountID) ([]ledger.DayBalance, error) {
	var days []ledger.DayBalance
	err := v.view(ctx, func(t *sealedTx) error {
		return t.eachBalances(func(m balanceMonth) {
			if m.account == account {
				days = append(days, m.days...)
			}
		})
	})
	slices.SortFunc(days, compareDays)
	return days, wrap("read balances", err)
}

func compareDays(a, b ledger.DayBalance) int { return cmp.Compare(a.Day.Days(), b.Day.Days()) }

func (t *sealedTx) eachBalances(visit func(balanceMonth)) error {
	return t.each(bucketBalances, func(_, plain []byte) error {
		m, err := decodeBalances(plain)
		visit(m)
		return malformed(bucketBalances, err)
	})
}

// noteBalance keeps what an account holds as that of a day, in the place of what
// the day had. A balance that says nothing is not kept.
func (t *sealedTx) noteBalance(a ledger.Account, day ledger.Date) error {
	now := ledger.DayBalance{Day: day, Current: a.Balance.Current, Available: a.Balance.Available, Limit: a.Balance.Limit}
	if !now.Current.Known() && !now.Available.Known() {
		return nil
	}
	key := t.balancesKey(a.ID, day.Month())
	plain, err := t.get(bucketBalances, key)
	if err != nil {
		return err
	}
	m := balanceMonth{item: a.Item, account: a.ID, month: day.Month()}
	if plain != nil {
		if m, err = decodeBalances(plain); err != nil {
			return malformed(bucketBalances, err)
		}
	}
	at, there := slices.BinarySearchFunc(m.days, now, compareDays)
	switch {
	case there && m.days[at] == now && m.item == a.Item:
		return nil
	case there:
		m.days[at] = now
	default:
		m.days = slices.Insert(m.days, at, now)
	}
	m.item = a.Item
	return t.put(bucketBalances, key, encodeBalances(m))
}
