package webhook_test

import (
	"fmt"
	"testing"
	"testing/synctest"
	"time"
)

// Whoever makes up ids of keys makes coffer ask Plaid about few of them, and
// remember few.
func TestUnknownKeysAreRationed(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	flood := func(from int) (busy int) {
		for i := range 5000 {
			id := fmt.Sprintf("%08x-8e33-4643-8ced-b2e642a72f3c", from+i)
			if got := w.handle(w.genuine(body).with("kid", id)); got == 503 {
				busy++
			} else if got != 401 {
				t.Fatalf("answered %d", got)
			}
		}
		return busy
	}
	if busy := flood(0x90000000); busy != 4995 || w.questions() != 5 {
		t.Errorf("5000 unknown keys: %d questions, %d told to come again; want 5 and 4995", w.questions(), busy)
	}
	w.advance(3 * time.Minute)
	if flood(0xa0000000); w.questions() != 8 {
		t.Errorf("three minutes and 5000 keys later %d questions, want 8", w.questions())
	}
	if n := w.receiver.Remembered(); n > 8 {
		t.Errorf("%d ids are remembered", n)
	}
	w.advance(time.Minute) // then there is a ration for the key that is
	if got := w.handle(w.genuine(body)); got != 200 {
		t.Errorf("Plaid's own answered %d", got)
	}
	t.Logf("10000 unknown keys made %d questions to Plaid, %d ids are remembered", w.questions()-1, w.receiver.Remembered())
}

// What is not known stays so for a while, and is asked again then.
func TestUnknownKeyIsAskedAboutOnce(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	for range 50 {
		if got := w.handle(w.genuine(body).with("kid", nobodysID)); got != 401 {
			t.Fatalf("answered %d, want 401", got)
		}
	}
	if w.advance(11 * time.Minute); w.questions() != 1 {
		t.Errorf("%d questions, want 1", w.questions())
	}
	if w.handle(w.genuine(body).with("kid", nobodysID)); w.questions() != 2 {
		t.Errorf("%d questions after ten minutes, want 2", w.questions())
	}
}

// A good key is believed for a day, then looked at again, and refused once it is
// retired.
func TestKeysAreLookedAtAgain(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	step := func(after time.Duration, status, questions int) {
		t.Helper()
		w.advance(after)
		if got := w.handle(w.genuine(body)); got != status || w.questions() != questions {
			t.Errorf("answered %d after %d questions, want %d after %d", got, w.questions(), status, questions)
		}
	}
	step(0, 200, 1)
	step(23*time.Hour, 200, 1)
	step(2*time.Hour, 200, 2)
	step(-3*time.Hour, 200, 3) // a clock that was set back proves nothing
	w.down = errDown
	step(25*time.Hour, 503, 4)
	step(time.Second, 503, 4) // not at every message
	w.down = nil
	step(time.Minute, 200, 5)
	w.retired = true
	step(25*time.Hour, 401, 6)
	step(time.Minute, 401, 6)
}

// That Plaid cannot be asked is not remembered as an answer.
func TestPlaidThatIsDownIsAskedAgain(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.down = errDown
	if got := w.handle(w.genuine(body)); got != 503 {
		t.Errorf("answered %d, want 503", got)
	}
	w.down = nil
	if got := w.handle(w.genuine(body)); got != 200 {
		t.Errorf("then answered %d, want 200", got)
	}
}

// Many who wait for one key cause one question.
func TestOneQuestionForAllWhoWait(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		w.answered = make(chan struct{})
		for range 20 {
			go func() {
				if got := w.handle(w.genuine(body)); got != 200 {
					t.Errorf("answered %d", got)
				}
			}()
		}
		synctest.Wait() // for all of them to wait
		close(w.answered)
		if synctest.Wait(); w.questions() != 1 || w.took() != 20 {
			t.Errorf("%d questions and %d taken, want 1 and 20", w.questions(), w.took())
		}
	})
}

// Whatever is sent, only what Plaid signed is taken.
func FuzzWebhook(f *testing.F) {
	w := &world{now: time.Unix(1790000000, 0), refused: make(map[string]int)}
	good := w.genuine(body).String()
	f.Add(good, body)
	f.Add(good, body+" ")
	f.Add(good+".", "{}")
	f.Add("a.b.c", "")
	f.Fuzz(func(t *testing.T, signature, text string) {
		w := newWorld(t)
		w.now = time.Unix(1790000000, 0)
		status := w.handle(raw(signature), text)
		if (status == 200) != (w.took() == 1) {
			t.Errorf("answered %d with %d taken", status, w.took())
		}
		if status == 200 && text != body {
			t.Errorf("took %q for %q", signature, text)
		}
	})
}
