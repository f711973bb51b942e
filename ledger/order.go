package ledger

import (
	"cmp"
	"math/bits"
	"runtime"
	"slices"
	"strings"
	"sync"
)

// order returns the rows in the order of [Row]. They are dealt out to piles of a few
// days first, each of which is then sorted where it fits the processor's cache: to
// sort a million rows at once takes three times as long.
func (b *Builder) order() []keyed {
	list, piles := b.drafts.deal()
	inParallel(len(piles), 1, func(lo, hi int) {
		var spare []keyed
		for _, pile := range piles[lo:hi] {
			spare = slices.Grow(spare[:0], len(pile))[:len(pile)]
			radixSort(pile, spare)
			b.orderAlike(pile)
		}
	})
	return list
}

// orderAlike sorts rows whose keys are the same by their ids. Two bytes of an id tell
// most rows of a day apart; it is cheaper to compare the others than to sort by more.
func (b *Builder) orderAlike(list []keyed) {
	for lo, hi := 0, 0; lo < len(list); lo = hi {
		for hi = lo + 1; hi < len(list) && list[hi].key == list[lo].key; hi++ {
		}
		if hi-lo > 1 {
			slices.SortFunc(list[lo:hi], func(x, y keyed) int { return b.compareIDs(b.drafts.at(x.row), b.drafts.at(y.row)) })
		}
	}
}

func (b *Builder) compareIDs(x, y *draft) int {
	if x.idStart != y.idStart {
		return cmp.Compare(x.idStart, y.idStart)
	}
	return strings.Compare(b.arena.id(x.record), b.arena.id(y.record))
}

// maxPiles is how many piles of rows a processor deals to without losing sight of
// where the next row of each goes.
const maxPiles = 4096

// deal returns all rows and, as parts of that list, the piles they are on: the newest
// days first. Every processor deals rows of its own, and knows where on each pile they
// go.
func (ds *drafts) deal() (list []keyed, piles [][]keyed) {
	span := uint64(int64(ds.newest) - int64(ds.oldest))
	shift := bits.Len64(span / uint64(min(maxPiles, ds.count/256+1))) // 1<<shift days make a pile
	pile := func(d *draft) uint64 { return uint64(int64(ds.newest)-int64(d.day)) >> shift }
	list, piles = make([]keyed, ds.count), make([][]keyed, span>>shift+1)

	next := make([][]int, runtime.GOMAXPROCS(0)) // by processor and pile: how many rows, then where the next one goes
	for p := range next {
		next[p] = make([]int, len(piles))
	}
	ds.each(len(next), func(p int, d *draft, _ uint32) { next[p][pile(d)]++ })
	at := 0
	for i := range piles {
		first := at
		for _, n := range next {
			n[i], at = at, at+n[i]
		}
		piles[i] = list[first:at]
	}
	ds.each(len(next), func(p int, d *draft, row uint32) {
		at := &next[p][pile(d)]
		list[*at] = keyed{uint64(^(uint32(d.day)^1<<31))<<16 | d.idStart>>48, row} // the latest day is the smallest number
		*at++
	})
	return list, piles
}

// each shows visit every row and its number, a share of them on each processor.
func (ds *drafts) each(processors int, visit func(processor int, d *draft, row uint32)) {
	var all sync.WaitGroup
	for p := range processors {
		all.Go(func() {
			for r := p * len(ds.runs) / processors; r < (p+1)*len(ds.runs)/processors; r++ {
				for i := range ds.runs[r] {
					visit(p, &ds.runs[r][i], uint32(r<<runBits|i))
				}
			}
		})
	}
	all.Wait()
}
