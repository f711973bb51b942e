package main

import (
	"crypto/sha256"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"sync/atomic"
	"testing"
	"time"

	"coffer/internal/ordeal"
	"coffer/internal/secret"
	"coffer/ledger"
	"coffer/plaidsvc/plaidsim"
	"coffer/storage"
)

// TestKilledSyncsLoseAndDoubleNothing kills coffer sync at random moments. Each
// bank must be as it was before the sync or as it is after a whole one, and a
// sync that is let finish must always come to the same end.
func TestKilledSyncsLoseAndDoubleNothing(t *testing.T) {
	t.Parallel()
	kills := ordeal.Times(200)
	w := newKillWorld(t)
	before := w.digests(t, w.base)
	w.days.Add(40)
	clean := w.copyVault(t)
	began := time.Now()
	w.sync(t, clean)
	reach := time.Since(began) // kills come before it
	after := w.digests(t, clean)
	for id := range after {
		if before[id] == after[id] {
			t.Fatalf("the sync under test brings nothing for %s", id)
		}
	}

	dice := rand.New(rand.NewPCG(1, 2))
	untouched, finished, mixed, broken := 0, 0, 0, 0
	for i := range kills {
		home := w.copyVault(t)
		w.syncAndKill(t, home, time.Duration(dice.Int64N(int64(reach))))
		got := w.digests(t, home)
		old, done := 0, 0
		for id := range after {
			switch got[id] {
			case before[id]:
				old++
			case after[id]:
				done++
			default:
				broken++
				t.Errorf("kill %d: %s is neither as before nor as after the sync", i, id)
			}
		}
		switch {
		case done == 0:
			untouched++
		case old == 0:
			finished++
		default:
			mixed++
		}
		reach = aim(reach, done > 0)
		if i%20 == 0 {
			w.sync(t, home)
			if got := w.digests(t, home); fmt.Sprint(got) != fmt.Sprint(after) {
				broken++
				t.Errorf("kill %d: the next sync ends elsewhere than a clean one", i)
			}
		}
		if err := os.RemoveAll(home); err != nil {
			t.Fatal(err)
		}
	}
	if committed := mixed + finished; !testing.Short() && (untouched == 0 || committed == 0) {
		t.Errorf("%d kills came before the first commit and %d after it: some on both sides are wanted", untouched, committed)
	}
	t.Logf("%d kills: %d before any commit, %d between the banks' commits, %d after the last; %d banks with rows lost or doubled",
		kills, untouched, mixed, finished, broken)
}

// A killWorld is a simulator whose clock can be turned, and a vault with two
// banks of it.
type killWorld struct {
	days atomic.Int64
	url  string
	base string // home of the vault before the sync
	pass string
}

func newKillWorld(t *testing.T) *killWorld {
	t.Helper()
	w := &killWorld{base: filepath.Join(t.TempDir(), "base"), pass: filepath.Join(t.TempDir(), "pass")}
	start := time.Date(2026, 8, 1, 20, 0, 0, 0, time.UTC)
	sim := httptest.NewServer(plaidsim.New(plaidsim.Options{
		Seed: 1, Years: 2, Settled: true,
		Clock: func() time.Time { return start.AddDate(0, 0, int(w.days.Load())) },
	}))
	t.Cleanup(sim.Close)
	w.url = sim.URL
	must(t, os.WriteFile(w.pass, []byte(scriptPassphrase), 0o600))
	v, err := storage.Create(t.Context(), w.base, storage.Passphrase(secret.New(scriptPassphrase)), storage.Options{KDF: quickKDF})
	must(t, err)
	must(t, v.Close())
	for _, bank := range []string{"ins_109508", "ins_109509"} {
		if out, err := w.command(t, w.base, "link", "--sandbox", bank).CombinedOutput(); err != nil {
			t.Fatalf("link %s: %v\n%s", bank, err, out)
		}
	}
	return w
}

func (w *killWorld) command(t *testing.T, home string, args ...string) *exec.Cmd {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), "coffer", append(args, "--home", home, "--passphrase-file", w.pass)...)
	cmd.Env = append(os.Environ(), "PLAID_ENV="+w.url, "PLAID_CLIENT_ID=test", "PLAID_SECRET=test",
		"XDG_CONFIG_HOME="+filepath.Dir(w.pass), "XDG_STATE_HOME="+home)
	return cmd
}

func (w *killWorld) sync(t *testing.T, home string) {
	t.Helper()
	if out, err := w.command(t, home, "sync").CombinedOutput(); err != nil {
		t.Fatalf("sync: %v\n%s", err, out)
	}
}

func (w *killWorld) syncAndKill(t *testing.T, home string, after time.Duration) {
	t.Helper()
	cmd := w.command(t, home, "sync")
	must(t, cmd.Start())
	timer := time.AfterFunc(after, func() { _ = cmd.Process.Kill() }) // it may be over
	_ = cmd.Wait()                                                    // killed or not
	timer.Stop()
}

// aim moves the reach of the next kill: however busy the machine, about half of
// the kills come before the first commit.
func aim(reach time.Duration, late bool) time.Duration {
	if late {
		return reach - reach/10
	}
	return reach + reach/10
}

func (w *killWorld) copyVault(t *testing.T) string {
	t.Helper()
	home, err := os.MkdirTemp(filepath.Dir(w.base), "home-")
	must(t, err)
	from, err := os.Open(filepath.Join(w.base, "vault.db"))
	must(t, err)
	defer from.Close()
	to, err := os.OpenFile(filepath.Join(home, "vault.db"), os.O_CREATE|os.O_WRONLY, 0o600)
	must(t, err)
	_, err = io.Copy(to, from)
	must(t, err)
	must(t, to.Close())
	return home
}

// digests sums up each bank's rows, to the last field.
func (w *killWorld) digests(t *testing.T, home string) map[ledger.ItemID]string {
	t.Helper()
	v, err := storage.Open(t.Context(), home, storage.Passphrase(secret.New(scriptPassphrase)), storage.Options{})
	must(t, err)
	defer func() { must(t, v.Close()) }()
	book, err := v.Book(t.Context())
	must(t, err)
	rows := make(map[ledger.ItemID][]string)
	for _, r := range book.Select(ledger.Query{}, ledger.Sort{By: ledger.SortDate}).Rows {
		e := book.Entry(r)
		acc, _ := book.Account(e.Account)
		rows[acc.Item] = append(rows[acc.Item], fmt.Sprintf("%+v", e))
	}
	sums := make(map[ledger.ItemID]string)
	for id, lines := range rows {
		slices.Sort(lines)
		sums[id] = fmt.Sprintf("%d rows, %x", len(lines), sha256.Sum256(fmt.Append(nil, lines)))
	}
	return sums
}
