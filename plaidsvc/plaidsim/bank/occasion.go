package bank

// An occasion is one thing that happens to people on a day: where the chances
// of its rows come from and, together with the account, what identifies them.
type occasion struct {
	dice
	day    day
	stream uint64
	n      uint16
}

// occasion is the n-th one of a stream on a day. Two streams never share one.
func (b *book) occasion(stream string, d day, n int) occasion {
	return b.occasionOf(stirText(0, stream), d, n)
}

func (b *book) occasionOf(stream uint64, d day, n int) occasion {
	key := stir(stir(stir(b.seed, stream), uint64(d)), uint64(n))
	return occasion{dice: dice{key}, day: d, stream: stream, n: uint16(n)}
}

// row starts a row of this occasion.
func (o *occasion) row(a *account, p *payee, amount int64) row {
	return row{
		account: a, payee: p, amount: amount, held: amount,
		stream: o.stream, born: o.day, authorized: o.day, occasion: o.n,
		number: o.number(p), posts: true,
	}
}

// number picks a branch for a merchant that has some, otherwise a reference.
// The same merchant has the same few branches for ever.
func (o *occasion) number(p *payee) uint32 {
	if p.stores == 0 {
		return uint32(o.next() >> 40)
	}
	return uint32(stirText(uint64(o.below(p.stores)), p.text)%9000) + 100
}
