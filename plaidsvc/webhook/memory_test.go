package webhook_test

import (
	"fmt"
	"net/http"
	"os"
	"runtime"
	"strconv"
	"sync"
	"sync/atomic"
	"testing"

	"coffer/internal/ordeal"
	"coffer/plaidsvc/webhook"
)

// repeated is how often each message comes, as Plaid repeats itself.
const repeated = 4

// However many messages of Plaid's come in, nothing is kept of them. It runs by itself:
// what others hold meanwhile would be counted. COFFER_MEASURE=1000000 sends as many.
func TestMessagesLeaveNothingBehind(t *testing.T) {
	if ordeal.Raced {
		t.Skip("the race detector is what would be measured")
	}
	messages := ordeal.Times(25_000)
	if measured, err := strconv.Atoi(os.Getenv("COFFER_MEASURE")); err == nil {
		messages = measured
	}
	w := newWorld(t)
	var taken atomic.Int64
	w.receiver = webhook.New(webhook.Options{
		Fetch: w.key, Now: w.clock, Take: func(webhook.Message) { taken.Add(1) }, Refused: func(r *webhook.Refusal) { t.Error(r.Reason) },
	})
	post := func(from, to int) {
		var group sync.WaitGroup
		for start := range runtime.GOMAXPROCS(0) {
			group.Go(func() {
				for i := from + start; i < to; i += runtime.GOMAXPROCS(0) {
					text := fmt.Sprintf(`{"webhook_type":"KIND_%d","webhook_code":"CODE_%d","item_id":"item-%d","environment":"sandbox"}`, i, i, i)
					signature := raw(w.genuine(text).String())
					for range repeated {
						if got := w.handle(signature, text); got != http.StatusOK {
							t.Errorf("message %d: answered %d", i, got)
							return
						}
					}
				}
			})
		}
		group.Wait()
	}
	const first = 100 // fill what is filled once
	post(0, first)
	before := heapInUse()
	post(first, messages/repeated)
	after := heapInUse()
	grown := float64(int64(after)-int64(before)) / (1 << 20)
	t.Logf("%d messages: %.2f MiB of heap before, %.2f MiB after", taken.Load(), float64(before)/(1<<20), float64(after)/(1<<20))
	if taken.Load() != int64(messages) || w.questions() != 1 || w.receiver.Remembered() != 1 {
		t.Errorf("%d taken, %d questions, %d keys remembered; want %d, 1 and 1", taken.Load(), w.questions(), w.receiver.Remembered(), messages)
	}
	if most := min(5, 64*float64(messages/repeated)/(1<<20)); grown > most || grown < -5 {
		t.Errorf("the heap grew by %.2f MiB, want %.2f at most: what is kept is less than an id of each", grown, most)
	}
	runtime.KeepAlive(w)
}

// heapInUse is what is held once all that is not has been let go.
func heapInUse() uint64 {
	var m runtime.MemStats
	runtime.GC()
	runtime.GC() // what was in a pool survives one
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}
