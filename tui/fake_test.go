package tui_test

import (
	"context"
	"sync"
	"testing"
	"time"

	"coffer/ledger"
	"coffer/tui"
	"coffer/tui/tuitest"
)

// noon is when the tests take place.
func noon() time.Time { return time.Date(2026, time.November, 22, 12, 0, 0, 0, time.UTC) }

// fakeLedger is a vault in memory. It is safe for use by many goroutines, as the
// real one is.
type fakeLedger struct {
	mu       sync.Mutex
	book     *ledger.Book
	revision uint64
	loads    int
	err      error         // what every call answers, if set
	gate     chan struct{} // each Categorize takes one, if set
	warning  error         // told once
}

func (l *fakeLedger) Warning() error {
	l.mu.Lock()
	defer l.mu.Unlock()
	err := l.warning
	l.warning = nil
	return err
}

func (l *fakeLedger) Book(context.Context) (*ledger.Book, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.loads++
	return l.book, l.err
}

func (l *fakeLedger) Revision(context.Context) (uint64, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.revision, l.err
}

func (l *fakeLedger) Categorize(_ context.Context, ids []ledger.TransactionID, c ledger.Category) (*ledger.Book, error) {
	if l.gate != nil {
		<-l.gate
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.err != nil {
		return nil, l.err
	}
	edits := make(ledger.Edits)
	for _, id := range ids {
		edits[id] = ledger.Edit{Category: c}
	}
	l.book, l.revision = l.book.WithEdits(edits), l.revision+1
	return l.book, nil
}

// change puts another Book into the vault, as another process would.
func (l *fakeLedger) change(b *ledger.Book) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.book, l.revision = b, l.revision+1
}

func (l *fakeLedger) fail(err error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.err = err
}

// fakeBanks answers as its functions say.
type fakeBanks struct {
	sync func(context.Context, func(ledger.Progress)) ([]ledger.SyncResult, error)
	link func(context.Context, func(ledger.LinkProgress)) (ledger.Item, error)
	// repair, and choose for accounts, is told which bank.
	repair, choose func(context.Context, ledger.ItemID, func(ledger.LinkProgress)) (ledger.Item, error)

	allow   func(context.Context, ledger.ItemID, ledger.Products, func(ledger.LinkProgress)) (ledger.Item, error)
	replay  func(context.Context, ledger.ItemID, func(ledger.Progress)) (ledger.SyncResult, error)
	remove  func(context.Context, ledger.ItemID) error
	erase   func(context.Context, ledger.ItemID) error
	numbers func(context.Context, ledger.Account) (ledger.Numbers, error)

	owners func(context.Context, ledger.Account) ([]ledger.Owner, error)
	verify func(context.Context, ledger.Account, ledger.Amount, ledger.Person, func(ledger.VerdictStage)) (ledger.Verdict, error)
	token  func(context.Context, ledger.Account, string) (ledger.Digits, error)

	streams    func(context.Context) ([]ledger.Streams, error)
	askStreams func(context.Context, ledger.ItemID, func(ledger.Progress)) (ledger.SyncResult, error)

	// What costs money. Who calls it without being told how fails.
	askNow  func(context.Context, ledger.ItemID, func(ledger.Progress)) (ledger.SyncResult, error)
	balance func(context.Context, ledger.Account, func(ledger.Progress)) (ledger.Account, error)
}

func (b fakeBanks) Owners(ctx context.Context, acc ledger.Account) ([]ledger.Owner, error) {
	return b.owners(ctx, acc)
}

func (b fakeBanks) Verify(
	ctx context.Context, acc ledger.Account, amount ledger.Amount, who ledger.Person, report func(ledger.VerdictStage),
) (ledger.Verdict, error) {
	return b.verify(ctx, acc, amount, who, report)
}

func (b fakeBanks) Processors() []string {
	return []string{"adyen", "astra", "atomic", "check", "checkbook", "checkout", "circle", "dwolla", "galileo", "gusto", "modern_treasury", "moov", "stripe", "unit"}
}

func (b fakeBanks) ProcessorToken(ctx context.Context, acc ledger.Account, processor string) (ledger.Digits, error) {
	return b.token(ctx, acc, processor)
}

func (b fakeBanks) Streams(ctx context.Context) ([]ledger.Streams, error) { return b.streams(ctx) }

func (b fakeBanks) AskStreams(ctx context.Context, id ledger.ItemID, report func(ledger.Progress)) (ledger.SyncResult, error) {
	return b.askStreams(ctx, id, report)
}

func (b fakeBanks) AskNow(ctx context.Context, id ledger.ItemID, report func(ledger.Progress)) (ledger.SyncResult, error) {
	return b.askNow(ctx, id, report)
}

func (b fakeBanks) Balance(ctx context.Context, acc ledger.Account, report func(ledger.Progress)) (ledger.Account, error) {
	return b.balance(ctx, acc, report)
}

func (b fakeBanks) Numbers(ctx context.Context, acc ledger.Account) (ledger.Numbers, error) {
	return b.numbers(ctx, acc)
}

func (b fakeBanks) Allow(ctx context.Context, id ledger.ItemID, products ledger.Products, report func(ledger.LinkProgress)) (ledger.Item, error) {
	return b.allow(ctx, id, products, report)
}

func (b fakeBanks) Replay(ctx context.Context, id ledger.ItemID, report func(ledger.Progress)) (ledger.SyncResult, error) {
	return b.replay(ctx, id, report)
}

func (b fakeBanks) Remove(ctx context.Context, id ledger.ItemID) error { return b.remove(ctx, id) }

func (b fakeBanks) Erase(ctx context.Context, id ledger.ItemID) error { return b.erase(ctx, id) }

func (b fakeBanks) Sync(ctx context.Context, report func(ledger.Progress)) ([]ledger.SyncResult, error) {
	return b.sync(ctx, report)
}

func (b fakeBanks) Link(ctx context.Context, report func(ledger.LinkProgress)) (ledger.Item, error) {
	return b.link(ctx, report)
}

func (b fakeBanks) Repair(ctx context.Context, id ledger.ItemID, accounts bool, report func(ledger.LinkProgress)) (ledger.Item, error) {
	if accounts {
		return b.choose(ctx, id, report)
	}
	return b.repair(ctx, id, report)
}

// A world is an interface with its fakes.
type world struct {
	*tuitest.Driver
	clock  *tuitest.Clock
	ledger *fakeLedger
}

// options returns what the interface of a test is made of.
func options(book *ledger.Book, banks fakeBanks) (tui.Options, *tuitest.Clock, *fakeLedger) {
	clock, vault := tuitest.NewClock(noon()), &fakeLedger{book: book, revision: 7}
	return tui.Options{
		Ledger: vault, Banks: banks, Links: banks, Live: banks, Payer: banks, Recurring: banks, Clock: clock, Environment: "demo",
		LinkTimeout: 10 * time.Minute, Lock: &fakeLock{vault: vault},
	}, clock, vault
}

// open shows a Book.
func open(t testing.TB, book *ledger.Book, width, height int) world {
	t.Helper()
	o, clock, vault := options(book, fakeBanks{})
	return world{tuitest.New(t, tui.New(t.Context(), o), width, height), clock, vault}
}

// live shows a Book with banks that may make one wait. It must be called in a
// bubble of testing/synctest.
func live(t testing.TB, book *ledger.Book, banks fakeBanks, width, height int) world {
	t.Helper()
	o, clock, vault := options(book, banks)
	return world{tuitest.NewConcurrent(t, tui.New(t.Context(), o), width, height), clock, vault}
}

// family is the household at three banks: one well, one that asks the user to sign
// in, one with loans and an investment account that says nothing.
func family() *ledger.Book {
	rows := tuitest.HouseholdRows()
	b := ledger.NewBuilder()
	for i := range rows {
		b.Add(&rows[i])
	}
	items, accounts := familyBanks()
	return b.Build(items, accounts, nil)
}

func familyBanks() ([]ledger.Item, []ledger.Account) {
	items, accounts := tuitest.Banks()
	fresh, stale := noon().Add(-2*time.Minute), noon().Add(-75*time.Hour)
	items[0].LastSync, items[0].HistoryReady = fresh, true
	items[1].LastSync, items[1].State, items[1].Since = stale, ledger.ItemLoginRequired, noon().Add(-72*time.Hour)
	items[1].Code = "ITEM_LOGIN_REQUIRED"
	items = append(items, ledger.Item{ID: "item-3", Name: "Tartan Mortgage & Trust", State: ledger.ItemOK, LastSync: fresh, HistoryReady: true})
	usd := func(minor int64) ledger.Amount { return ledger.NewAmount(minor, ledger.ISO("USD")) }
	for i := range accounts {
		a := &accounts[i]
		a.Balance.AsOf, a.Subtype = fresh, "checking"
		if a.Item == "item-2" {
			a.Balance.AsOf, a.Subtype = stale, "savings"
		}
		a.Balance.Available = a.Balance.Current
		if a.ID == tuitest.Card {
			a.Subtype, a.Balance.Limit, a.Balance.Available = "credit card", usd(500_000), usd(381_760)
		}
	}
	return items, append(accounts,
		ledger.Account{ID: "acc-mortgage", Item: "item-3", Name: "Home mortgage", Mask: "9001", Type: ledger.Loan, Subtype: "mortgage",
			Currency: ledger.ISO("USD"), Balance: ledger.Balance{Current: usd(-23_155_000), AsOf: fresh}},
		ledger.Account{ID: "acc-brokerage", Item: "item-3", Name: "Brokerage", Mask: "4410", Type: ledger.Investment, Subtype: "brokerage",
			Currency: ledger.ISO("USD"), Balance: ledger.Balance{Current: usd(29_985_647), AsOf: fresh}},
		ledger.Account{ID: "acc-401k", Item: "item-3", Name: "401k", Type: ledger.Investment, Subtype: "401k",
			Currency: ledger.ISO("USD"), Balance: ledger.Balance{AsOf: fresh}})
}

// well is the household with nothing amiss.
func well() *ledger.Book {
	items, accounts := familyBanks()
	for i := range items {
		items[i].State, items[i].LastSync = ledger.ItemOK, noon().Add(-2*time.Minute)
	}
	for i := range accounts {
		accounts[i].Balance.AsOf = noon().Add(-2 * time.Minute)
	}
	return family().WithBanks(items, accounts[:len(accounts)-1]) // without the 401k that says nothing
}

// nobody is a ledger without a bank.
func nobody() *ledger.Book { return ledger.NewBuilder().Build(nil, nil, nil) }
