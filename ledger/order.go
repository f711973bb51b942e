package ledger

import (
	"cmp"
	"slices"
	"strings"
)

// A dayOfRows is what the rows of one day are, in stretches, and where in the Book they
// come.
type dayOfRows struct {
	stretches []keyed
	at        int
}

// arrange puts all rows into the columns, in the order of [Row]. It goes by days: to
// find those is to sort stretches, which are few, and the rows of one day fit the
// processor's cache while they are sorted and taken apart. To sort a million rows at
// once takes three times as long.
func (b *Builder) arrange(f *facts) {
	days := b.drafts.days()
	inParallel(len(days), 1, func(lo, hi int) {
		var rows, spare []keyed
		for _, day := range days[lo:hi] {
			rows = b.drafts.of(day, rows[:0])
			spare = slices.Grow(spare[:0], len(rows))[:len(rows)]
			radixSort(rows, spare)
			b.orderAlike(rows)
			b.fillColumns(f, day.at, rows)
		}
	})
}

// days returns the days that have rows, the latest first.
func (ds *drafts) days() []dayOfRows {
	list := make([]keyed, len(ds.stretches))
	for i, s := range ds.stretches {
		list[i] = keyed{uint64(^(uint32(s.day) ^ 1<<31)), uint32(i)} // the latest day is the smallest number
	}
	radixSort(list, make([]keyed, len(list)))
	var days []dayOfRows
	at := 0
	for lo, hi := 0, 0; lo < len(list); lo = hi {
		first := at
		for ; hi < len(list) && list[hi].key == list[lo].key; hi++ {
			at += int(ds.stretches[list[hi].row].rows)
		}
		days = append(days, dayOfRows{list[lo:hi], first})
	}
	return days
}

// of appends the rows of a day to a list, to be sorted by the first bytes of their ids.
func (ds *drafts) of(day dayOfRows, list []keyed) []keyed {
	for _, k := range day.stretches {
		s := ds.stretches[k.row]
		for row := s.first; row < s.first+s.rows; row++ {
			list = append(list, keyed{ds.at(row).idStart >> 48, row})
		}
	}
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
