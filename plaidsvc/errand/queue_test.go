package errand_test

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"pgregory.net/rapid"

	"coffer/ledger"
	"coffer/plaidsvc/errand"
)

const (
	rest  = 5 * time.Second
	again = time.Minute
)

// asked is something that was asked for, or failed, at a moment.
type asked struct {
	bank ledger.ItemID
	what errand.Set
	at   time.Time
}

// A turn is what was done for a bank, from when to when.
type turn struct {
	asked
	end time.Time
}

// A diary is what became of a queue. Time in it is that of a bubble.
type diary struct {
	mu    sync.Mutex
	asked []asked
	turns []turn
	fails []errand.Set // of the turns, in their order; 0 for all others
	takes []time.Duration
}

func (d *diary) do(ctx context.Context, item ledger.Item, what errand.Set) errand.Set {
	d.mu.Lock()
	n := len(d.turns)
	d.turns = append(d.turns, turn{asked: asked{item.ID, what, time.Now()}})
	var failed errand.Set
	if n < len(d.fails) {
		failed = d.fails[n] & what
	}
	took := d.takes[n%len(d.takes)]
	d.mu.Unlock()
	_ = sleep(ctx, took)
	d.mu.Lock()
	defer d.mu.Unlock()
	d.turns[n].end = time.Now()
	if failed != 0 {
		d.asked = append(d.asked, asked{item.ID, failed, time.Now()})
	}
	return failed
}

func sleep(ctx context.Context, d time.Duration) error {
	select {
	case <-time.After(d):
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// wrong is what the diary has against the queue.
func (d *diary) wrong() (list []string) {
	for i, t := range d.turns {
		if t.end.IsZero() {
			list = append(list, fmt.Sprintf("turn %d did not end", i))
		}
		for _, other := range d.turns[i+1:] {
			if other.bank == t.bank && other.at.Before(t.end.Add(rest)) {
				list = append(list, fmt.Sprintf("%s had a turn at %v and one at %v, too soon after %v", t.bank, t.at, other.at, t.end))
			}
		}
	}
	for _, a := range d.asked {
		var done errand.Set
		for _, t := range d.turns {
			if t.bank == a.bank && !t.at.Before(a.at) {
				done |= t.what
			}
		}
		if a.what&^done != 0 {
			list = append(list, fmt.Sprintf("%s: %03b was asked for at %v, and only %03b done since", a.bank, a.what, a.at, done))
		}
	}
	return list
}

// Whoever asks for what and whenever, however many work, however long it takes and
// whatever fails: a bank has one turn at a time and rests between two, what is asked
// for or fails is done after that, and there are no more entries than banks.
func TestWhatIsAskedForIsDone(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		seconds := func(most int) *rapid.Generator[time.Duration] {
			return rapid.Map(rapid.IntRange(0, most), func(n int) time.Duration { return time.Duration(n) * time.Second })
		}
		set := rapid.Map(rapid.IntRange(0, 7), func(n int) errand.Set { return errand.Set(n) })
		banks := []ledger.Item{{ID: "a"}, {ID: "b"}, {ID: "c"}}[:rapid.IntRange(1, 3).Draw(rt, "banks")]
		workers := rapid.IntRange(1, 4).Draw(rt, "workers")
		waits := rapid.SliceOfN(seconds(20), 1, 20).Draw(rt, "waits")
		sets := rapid.SliceOfN(set, len(waits), len(waits)).Draw(rt, "sets")
		d := &diary{fails: rapid.SliceOfN(set, 0, 6).Draw(rt, "fails"), takes: rapid.SliceOfN(seconds(30), 1, 5).Draw(rt, "takes")}
		synctest.Test(t, func(t *testing.T) {
			ctx, stop := context.WithCancel(t.Context())
			q := errand.New(errand.Options{Rest: rest, Again: again, AtMost: 4 * again, Now: time.Now, Sleep: sleep})
			if added := q.Know(banks); len(added) != len(banks) {
				rt.Errorf("%q are new, want all", added)
			}
			var group sync.WaitGroup
			for range workers {
				group.Go(func() { q.Work(ctx, d.do) })
			}
			for i, wait := range waits {
				time.Sleep(wait)
				id := banks[i%len(banks)].ID
				d.mu.Lock()
				d.asked = append(d.asked, asked{id, sets[i], time.Now()})
				d.mu.Unlock()
				if q.Add(id, sets[i]); q.Len() > len(banks) {
					rt.Errorf("%d entries for %d banks", q.Len(), len(banks))
				}
			}
			for range 60 { // what failed is tried again within four minutes each
				time.Sleep(time.Minute)
				q.Retry()
			}
			time.Sleep(time.Hour)
			stop()
			group.Wait()
		})
		for _, why := range d.wrong() {
			rt.Error(why)
		}
	})
}

// What failed waits for its time, which doubles, and is done at once where somebody
// asks for it.
func TestWhatFailedIsTriedAgainLater(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := &diary{fails: []errand.Set{1, 1, 1, 1}, takes: []time.Duration{0}}
		began := time.Now()
		q := errand.New(errand.Options{Rest: rest, Again: again, AtMost: 3 * again, Now: time.Now, Sleep: sleep})
		q.Know([]ledger.Item{{ID: "a"}})
		go q.Work(t.Context(), d.do)
		q.Add("a", 1)
		for range 20 {
			time.Sleep(time.Minute)
			q.Retry()
			synctest.Wait()
		}
		var at []time.Duration
		for _, turn := range d.turns {
			at = append(at, turn.at.Sub(began))
		}
		// After one minute, two, and then never more than three; the fifth succeeds.
		if want := []time.Duration{0, again, 3 * again, 6 * again, 9 * again}; !slices.Equal(at, want) {
			t.Errorf("turns at %v, want %v", at, want)
		}
	})
}

// What was to be done for a bank that is gone is not, and nothing can be asked for it.
func TestABankThatIsGoneHasNoErrands(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := &diary{takes: []time.Duration{0}}
		q := errand.New(errand.Options{Rest: rest, Again: again, AtMost: again, Now: time.Now, Sleep: sleep})
		q.Know([]ledger.Item{{ID: "a"}, {ID: "b", Name: "B"}})
		q.Add("a", 1)
		q.Add("b", 2)
		if added := q.Know([]ledger.Item{{ID: "b", Name: "B renamed"}, {ID: "c"}}); !slices.Equal(added, []ledger.ItemID{"c"}) {
			t.Errorf("%q are new, want c", added)
		}
		q.Add("a", 4)
		if _, there := q.Find("a"); there {
			t.Error("a is found")
		}
		if item, _ := q.Find("b"); item.Name != "B renamed" {
			t.Errorf("b is %+v", item)
		}
		go q.Work(t.Context(), d.do)
		synctest.Wait()
		if len(d.turns) != 1 || d.turns[0].bank != "b" || d.turns[0].what != 2 {
			t.Errorf("%+v was done, want 2 for b", d.turns)
		}
	})
}
