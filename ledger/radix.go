package ledger

// A keyed is a number to sort by and what it belongs to.
type keyed struct {
	key uint64
	row uint32
}

// radixSort sorts by key, the smallest first; what has equal keys stays in its
// order. It takes one pass over the list for each byte in which keys differ, and a
// spare list of the same length.
func radixSort(list, spare []keyed) {
	var count [8][256]uint32
	for i := range list {
		key := list[i].key
		for digit := range count {
			count[digit][byte(key>>(8*digit))]++
		}
	}
	from, to := list, spare
	for digit := range count {
		if len(list) == 0 || count[digit][byte(list[0].key>>(8*digit))] == uint32(len(list)) {
			continue // all the same
		}
		at := &count[digit]
		next := uint32(0)
		for value, n := range at {
			at[value], next = next, next+n
		}
		for i := range from {
			value := byte(from[i].key >> (8 * digit))
			to[at[value]] = from[i]
			at[value]++
		}
		from, to = to, from
	}
	if len(list) > 0 && &from[0] != &list[0] {
		copy(list, from)
	}
}
