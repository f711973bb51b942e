package tui_test

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"os/signal"
	"regexp"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"
	"unsafe"

	"coffer/ledger"
	"coffer/tui"
	"coffer/tui/tuitest"
)

// freshLedger loads a Book of its own each time, as a vault does, and says on standard
// error when the last reference to one is gone.
type freshLedger struct{ *fakeLedger }

func (l freshLedger) Book(ctx context.Context) (*ledger.Book, error) {
	if _, err := l.fakeLedger.Book(ctx); err != nil {
		return nil, err
	}
	b := plantedFamily()
	runtime.AddCleanup(b, func(n int) { fmt.Fprintf(os.Stderr, "book %d is gone\n", n) }, l.loads)
	return b, nil
}

// watchedNumbers are numbers that say on standard error when the last reference to
// them is gone.
func watchedNumbers(context.Context, ledger.Account) (ledger.Numbers, error) {
	watched := &struct {
		beside [64]byte // an object of a size of its own
		out    bool
	}{}
	runtime.AddCleanup(watched, func(string) { fmt.Fprintln(os.Stderr, "the numbers are lost") }, "")
	n := checkingNumbers()
	n.ACH[0].Out = &watched.out
	return n, nil
}

// watchedOwners and watchedToken say so of owners and of a token.
func watchedOwners(context.Context, ledger.Account) ([]ledger.Owner, error) {
	list := jointOwners()
	runtime.AddCleanup(&list[0], func(string) { fmt.Fprintln(os.Stderr, "the owners are lost") }, "")
	return list, nil
}

func watchedToken(context.Context, ledger.Account, string) (ledger.Digits, error) {
	text := []byte(processorToken)
	token := string(text) // nobody else has this one
	runtime.AddCleanup(unsafe.StringData(token), func(string) { fmt.Fprintln(os.Stderr, "the token is lost") }, "")
	return ledger.NewDigits(token), nil
}

// inquiries are what is asked of a bank, as what is pressed and what is seen then, one
// after the other.
var inquiries = map[string][]string{
	"numbers": {"4n", "Account numbers", "y", "ACH account"},
	"owners":  {"4m", " do it", "o", "Owners of the account", "y", "thomas.sinclair"},
	"token":   {"4m", " do it", "h", "to find a payment processor", "\r", "Whoever has it", "y", "****", "r", "processor-sandbox"},
}

// planted is a payee, written backwards: the program itself must not have the name.
const planted = "dliuG gnitliuQ rabiznaZ"

// plantedFamily is the family, whose grocer has the planted name.
func plantedFamily() *ledger.Book {
	name := []byte(planted)
	slices.Reverse(name)
	rows := tuitest.HouseholdRows()
	b := ledger.NewBuilder()
	for i := range rows {
		if rows[i].Merchant == "Whole Foods Market" {
			rows[i].Merchant, rows[i].Name = string(name), string(name)+" #17"
		}
		b.Add(&rows[i])
	}
	items, accounts := familyBanks()
	return b.Build(items, accounts, nil)
}

// copies counts the planted name in the memory of this process that can be written.
func copies() (int, error) {
	if runtime.GOOS != "linux" {
		return 0, nil
	}
	maps, err := os.ReadFile("/proc/self/maps")
	if err != nil {
		return 0, err
	}
	mem, err := os.Open("/proc/self/mem")
	if err != nil {
		return 0, err
	}
	defer mem.Close()
	buf := make([]byte, 1<<20)
	own := int64(uintptr(unsafe.Pointer(&buf[0])))
	ownEnd := own + int64(len(buf))
	n := 0
	for line := range strings.Lines(string(maps)) {
		var from, to int64
		var mode string
		if _, err := fmt.Sscanf(line, "%x-%x %s", &from, &to, &mode); err != nil || !strings.HasPrefix(mode, "rw") {
			continue
		}
		for at := from; at < to; {
			end := min(at+int64(len(buf)), to)
			switch {
			case at >= own && at < ownEnd: // what was read a moment ago
				at = ownEnd
				continue
			case at < own && own < end:
				end = own
			}
			got, _ := mem.ReadAt(buf[:end-at], at) // some of it cannot be read
			n += countBackwards(buf[:got], planted)
			at = end
			if end != to && end != own {
				at -= int64(len(planted)) - 1 // one may lie across the end
			}
		}
	}
	clear(buf)
	return n, nil
}

// countBackwards counts where b has s backwards.
func countBackwards(b []byte, s string) (n int) {
	for {
		i := bytes.IndexByte(b, s[len(s)-1])
		if i < 0 || i+len(s) > len(b) {
			return n
		}
		j := 0
		for j < len(s) && b[i+j] == s[len(s)-1-j] {
			j++
		}
		if j == len(s) {
			n++
		}
		b = b[i+1:]
	}
}

// runForgetful is the interface of a child that can be locked, and that collects its
// garbage when it is told to.
func runForgetful(o tui.Options) error {
	vault := &fakeLedger{revision: 1}
	o.Ledger, o.Lock = freshLedger{vault}, &fakeLock{vault: vault}
	o.Banks = fakeBanks{numbers: watchedNumbers, owners: watchedOwners, token: watchedToken}
	o.Payer = o.Banks.(fakeBanks)
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, syscall.SIGUSR1)
	go func() {
		for range signals {
			runtime.GC()
			runtime.GC() // a clean-up may be queued by the second
			n, err := copies()
			if err != nil {
				fmt.Fprintln(os.Stderr, err)
			}
			fmt.Fprintf(os.Stderr, "collected: %d copies\n", n)
		}
	}()
	return tui.Run(context.Background(), o)
}

// TestLockingLetsGoOfTheLedger looks at a process of its own: in it nothing but the
// interface ever held the Book.
func TestLockingLetsGoOfTheLedger(t *testing.T) {
	for name, keys := range map[string]string{
		"overview": "1", "transactions": "2jj", "details": "2j\r", "sorted": "2s", "searching": "2/foo", "spending": "3jj\r", "accounts": "4j",
		"dialog": "2c", "help": "?", "rows of an account": "4j\r", "rows of a category": "1jjjj\r", "rows of a merchant": "3ggj\r",
		"numbers": "", "owners": "", "token": "",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			// Go overwrites freed memory when it is told to: what is found is in use.
			term := startChild(t, "lock", "GODEBUG=clobberfree=1")
			term.await("NET WORTH")
			for _, k := range keys {
				term.write(string(k))
			}
			for pair := range slices.Chunk(inquiries[name], 2) {
				term.write(pair[0])
				term.await(pair[1])
			}
			term.collect()
			if got := term.err.String(); strings.Contains(got, "gone") || strings.Contains(got, "lost") {
				t.Fatal("the ledger was gone before it was locked")
			}
			term.write("\x0c")
			term.await("Passphrase")
			term.collect()
			all := func() bool {
				got := term.err.String()
				return strings.Contains(got, "book 1 is gone") && (inquiries[name] == nil || strings.Contains(got, "the "+name))
			}
			for tries := 5; !all(); tries-- {
				if tries == 0 {
					t.Fatal("somebody still holds the ledger, or what a bank was asked")
				}
				term.collect() // a clean-up runs some time after the collection
			}
			const most = 8 // that lie in the stack of a goroutine which has long gone on
			before, after := term.copies()
			t.Logf("%d copies of a name in memory before, %d after", before, after)
			if runtime.GOOS == "linux" && (before == 0 || after > min(most, before-1)) {
				t.Errorf("there were %d copies of a name in memory, locked there are %d, want fewer and at most %d", before, after, most)
			}
			frames := term.text()
			tellsNothing(t, frames[strings.LastIndex(frames, "Locked"):])
			term.write(passphrase + "\r")
			term.write("\x03")
			if err := term.end(); err != nil {
				t.Errorf("ctrl+c ended the program with %v: %s", err, term.err.String())
			}
		})
	}
}

// copies returns how many copies of the planted name the child found at the first and
// at the last collection.
func (term *terminal) copies() (first, last int) {
	found := regexp.MustCompile(`collected: (\d+) copies`).FindAllStringSubmatch(term.err.String(), -1)
	if len(found) == 0 {
		term.t.Fatalf("the child counted nothing: %s", term.err.String())
	}
	number := func(of []string) int {
		n, err := strconv.Atoi(of[1])
		if err != nil {
			term.t.Fatal(err)
		}
		return n
	}
	return number(found[0]), number(found[len(found)-1])
}

// collect has the child collect its garbage.
func (term *terminal) collect() {
	term.t.Helper()
	before := strings.Count(term.err.String(), "collected")
	if err := term.cmd.Process.Signal(syscall.SIGUSR1); err != nil {
		term.t.Fatal(err)
	}
	for deadline := time.Now().Add(20 * time.Second); strings.Count(term.err.String(), "collected") == before; {
		if time.Now().After(deadline) {
			term.t.Fatal("the child did not collect its garbage")
		}
		time.Sleep(time.Millisecond)
	}
}
