package plaidsim_test

import (
	"runtime"
	"testing"

	"coffer/internal/ordeal"
	"coffer/plaidsvc/plaidsim"
)

// What a page costs depends on the page, not on how much history lies around it,
// and a client that has everything is told so for next to nothing. Bytes
// allocated are counted, because they do not depend on who else is busy.
func TestAPageCostsAPage(t *testing.T) {
	if ordeal.Raced {
		t.Skip("the race detector is what would be measured")
	}
	short, long := pageCost(t, 4_000), pageCost(t, 40_000)
	t.Logf("bytes allocated for a page in the middle: %d, with ten times the history %d; for an empty one: %d and %d",
		short.middle, long.middle, short.end, long.end)
	if long.middle > short.middle*3/2 {
		t.Errorf("a page allocates %d bytes with ten times the history, %d without", long.middle, short.middle)
	}
	if long.end > 200_000 || long.end > short.end*3/2 {
		t.Errorf("an empty sync allocates %d bytes with ten times the history, %d without", long.end, short.end)
	}
}

// costs are bytes allocated: by a page of 100 inside a loop, and by a sync that
// has nothing to tell.
type costs struct{ middle, end uint64 }

func pageCost(t *testing.T, rows int) costs {
	w := &world{TB: t, clock: &clock{now: morning()}}
	w.server = plaidsim.New(plaidsim.Options{Seed: 1, Settled: true, Transactions: rows, Clock: w.Now})
	banks := w.server.HomeBanks()
	token := w.linkBank(banks[4]) // the first firm's
	first := decodeFields(w, w.quick("/transactions/sync", fields{"access_token": token, "count": 100}))
	middle := w.allocated("/transactions/sync", fields{"access_token": token, "count": 100, "cursor": first.text("next_cursor")})

	cursor := ""
	for more := true; more; {
		page := decodeFields(w, w.quick("/transactions/sync", fields{"access_token": token, "count": 500, "cursor": cursor}))
		cursor, more = page.text("next_cursor"), page["has_more"] == true
	}
	return costs{middle, w.allocated("/transactions/sync", fields{"access_token": token, "cursor": cursor})}
}

// allocated is what a call allocates, in bytes: of three the least, as the
// runtime allocates beside it.
func (w *world) allocated(endpoint string, body fields) uint64 {
	w.Helper()
	least := ^uint64(0)
	for range 3 {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		w.quick(endpoint, body)
		runtime.ReadMemStats(&after)
		least = min(least, after.TotalAlloc-before.TotalAlloc)
	}
	return least
}
