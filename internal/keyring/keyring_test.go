package keyring

import (
	"context"
	"errors"
	"testing"
	"time"

	system "github.com/zalando/go-keyring"

	"coffer/internal/secret"
)

// memory is a keyring that fails in ways to choose.
type memory struct {
	text        map[string]string
	err         error
	forgets     bool          // says yes to Set, and stores nothing
	block       chan struct{} // calls end when it is closed
	calls, most int
}

func (m *memory) enter() error {
	m.calls++
	m.most = max(m.most, m.calls)
	if m.block != nil {
		<-m.block
	}
	m.calls--
	return m.err
}

func (m *memory) get(account string) (string, error) {
	if err := m.enter(); err != nil {
		return "", err
	}
	text, ok := m.text[account]
	if !ok {
		return "", system.ErrNotFound
	}
	return text, nil
}

func (m *memory) set(account, text string) error {
	if err := m.enter(); err != nil || m.forgets {
		return err
	}
	m.text[account] = text
	return nil
}

func (m *memory) remove(account string) error {
	if err := m.enter(); err != nil {
		return err
	}
	if _, ok := m.text[account]; !ok {
		return system.ErrNotFound
	}
	delete(m.text, account)
	return nil
}

func ringOf(m *memory) *Ring {
	m.text = make(map[string]string)
	return newRing(m, func() error { return nil }, 50*time.Millisecond)
}

func testKey(t *testing.T) secret.Key {
	t.Helper()
	k, err := secret.NewKey(zeros{})
	if err != nil {
		t.Fatal(err)
	}
	return k
}

type zeros struct{}

func (zeros) Read(p []byte) (int, error) { clear(p); return len(p), nil }

func TestRingKeepsAKeyForEachVault(t *testing.T) {
	r, k := ringOf(new(memory)), testKey(t)
	if _, err := r.Get(t.Context(), "a"); !errors.Is(err, ErrNotFound) {
		t.Errorf("before: got %v, want ErrNotFound", err)
	}
	if err := r.Set(t.Context(), "a", k); err != nil {
		t.Fatal(err)
	}
	if got, err := r.Get(t.Context(), "a"); err != nil || got != k {
		t.Errorf("got another key, %v", err)
	}
	if _, err := r.Get(t.Context(), "b"); !errors.Is(err, ErrNotFound) {
		t.Errorf("another vault: got %v, want ErrNotFound", err)
	}
	for range 2 {
		if err := r.Delete(t.Context(), "a"); err != nil {
			t.Errorf("delete: %v", err)
		}
	}
}

func TestRingSaysWhatWentWrong(t *testing.T) {
	for _, tt := range []struct {
		name string
		m    *memory
		want error
	}{
		{"says yes and stores nothing", &memory{forgets: true}, ErrRefused},
		{"no", &memory{err: errors.New("failed to unlock correct collection")}, ErrRefused},
		{"unknown system", &memory{err: system.ErrUnsupportedPlatform}, ErrUnavailable},
		{"no answer", &memory{block: make(chan struct{})}, ErrTimeout},
	} {
		r := ringOf(tt.m)
		if err := r.Set(t.Context(), "a", testKey(t)); !errors.Is(err, tt.want) {
			t.Errorf("%s: got %v, want %v", tt.name, err, tt.want)
		}
	}
	r := ringOf(new(memory))
	r.backend.(*memory).text["vault:a"] = "something else"
	if _, err := r.Get(t.Context(), "a"); !errors.Is(err, ErrNotFound) {
		t.Errorf("an entry that is no key: got %v, want ErrNotFound", err)
	}
}

// A call that nobody waits for any more holds the next one up, but not for
// longer than that one may take.
func TestRingAsksOneThingAtATime(t *testing.T) {
	m := &memory{block: make(chan struct{})}
	r := ringOf(m)
	for range 3 {
		if _, err := r.Get(t.Context(), "a"); !errors.Is(err, ErrTimeout) {
			t.Errorf("got %v, want ErrTimeout", err)
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := r.Get(ctx, "a"); !errors.Is(err, context.Canceled) {
		t.Errorf("canceled: got %v, want context.Canceled", err)
	}
	close(m.block)
	r.wait = time.Minute
	if _, err := r.Get(t.Context(), "a"); !errors.Is(err, ErrNotFound) {
		t.Errorf("after it came back: got %v, want ErrNotFound", err)
	}
	if m.most != 1 {
		t.Errorf("%d calls at once, want 1", m.most)
	}
}
