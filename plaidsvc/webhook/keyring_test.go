package webhook_test

import (
	"fmt"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/golang-jwt/jwt/v5"
)

// Whoever makes up ids of keys makes coffer ask Plaid about few of them, and
// remember few.
func TestUnknownKeysAreRationed(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	signed := w.genuine(body).String()
	signed = signed[strings.IndexByte(signed, '.'):]
	flood := func(from int) (busy int) {
		for i := range 5000 {
			id := fmt.Sprintf("%08x-8e33-4643-8ced-b2e642a72f3c", from+i)
			header := b64.EncodeToString([]byte(strings.ReplaceAll(usualHeader, goodID, id)))
			if got := w.handle(raw(header + signed)); got == 503 { // the key comes before the signature
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

// Plaid changes its key: the new one is asked for once, and the old one is good until
// Plaid has given it an end.
func TestKeysRotate(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	step := func(what string, old, next, questions int) {
		t.Helper()
		for range 50 {
			if got := w.handle(w.genuine(body)); old != 0 && got != old {
				t.Fatalf("%s: the old key's answered %d, want %d", what, got, old)
			}
			if got := w.handle(w.genuine(body).with("kid", nextID).by(jwt.SigningMethodES256, nexts)); next != 0 && got != next {
				t.Fatalf("%s: the new key's answered %d, want %d", what, got, next)
			}
		}
		if w.questions() != questions {
			t.Errorf("%s: %d questions, want %d", what, w.questions(), questions)
		}
	}
	step("both sign", 200, 200, 2)
	w.advance(23 * time.Hour)
	step("both are known", 200, 200, 2)
	w.retired = true
	step("the old one's end is not known", 200, 200, 2)
	w.advance(2 * time.Hour)
	step("the old one has ended", 401, 200, 4)
	if got := w.handle(w.genuine(body).with("kid", nextID)); got != 401 {
		t.Errorf("the old key under the new one's name: answered %d", got)
	}
}

// That Plaid does not answer is not waited for, nor remembered as an answer.
func TestPlaidThatIsSilentIsAskedAgain(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		w.answered = make(chan struct{})
		began := time.Now()
		if got, took := w.handle(w.genuine(body)), time.Since(began); got != 503 || took > 5*time.Second {
			t.Errorf("answered %d after %v, want 503 within five seconds: Plaid waits ten", got, took)
		}
		close(w.answered)
		if got := w.handle(w.genuine(body)); got != 200 {
			t.Errorf("then answered %d, want 200", got)
		}
	})
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
