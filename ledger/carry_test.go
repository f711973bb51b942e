package ledger_test

import (
	"maps"
	"slices"
	"testing"
	"time"

	"coffer/ledger"

	"pgregory.net/rapid"
)

// row makes a transaction of October 2026 from what a test varies.
func row(id ledger.TransactionID, day int, minor int64, name string, change ...func(*ledger.Transaction)) ledger.Transaction {
	t := ledger.Transaction{
		ID: id, Account: "card", Date: ledger.NewDate(2026, time.October, day),
		Amount: ledger.NewAmount(minor, ledger.ISO("USD")), Name: name,
	}
	for _, f := range change {
		f(&t)
	}
	return t
}

func isPending(t *ledger.Transaction) { t.Pending = true }

func named(id ledger.TransactionID) func(*ledger.Transaction) {
	return func(t *ledger.Transaction) { t.PendingID = id }
}

func on(id ledger.AccountID) func(*ledger.Transaction) {
	return func(t *ledger.Transaction) { t.Account = id }
}

func in(code string) func(*ledger.Transaction) {
	return func(t *ledger.Transaction) { t.Amount = ledger.NewAmount(t.Amount.Minor(), ledger.ISO(code)) }
}

func merchant(name string) func(*ledger.Transaction) {
	return func(t *ledger.Transaction) { t.Merchant = name }
}

func TestCarry(t *testing.T) {
	type carried = map[ledger.TransactionID]ledger.TransactionID
	uber := row("p", 3, -1200, "UBER 063015 SF**POOL**", isPending)
	for _, tt := range []struct {
		name        string
		gone, added []ledger.Transaction
		want        carried
	}{
		{name: "nothing"},
		{name: "linked", gone: []ledger.Transaction{uber},
			added: []ledger.Transaction{row("a", 4, -1200, "UBER", named("p"))}, want: carried{"p": "a"}},
		{name: "linked with a tip", gone: []ledger.Transaction{uber},
			added: []ledger.Transaction{row("a", 4, -1500, "UBER", named("p"))}, want: carried{"p": "a"}},
		{name: "linked though late and renamed", gone: []ledger.Transaction{uber},
			added: []ledger.Transaction{row("a", 30, -1, "Something else", named("p"))}, want: carried{"p": "a"}},
		{name: "linked, beside one that is alike", gone: []ledger.Transaction{uber},
			added: []ledger.Transaction{row("b", 3, -1200, "UBER"), row("a", 4, -1500, "UBER", named("p"))}, want: carried{"p": "a"}},
		{name: "two name one", gone: []ledger.Transaction{uber},
			added: []ledger.Transaction{row("a", 4, -1200, "UBER", named("p")), row("b", 4, -300, "UBER", named("p"))}},
		{name: "unlinked", gone: []ledger.Transaction{uber},
			added: []ledger.Transaction{row("a", 3, -1200, "Uber Pool")}, want: carried{"p": "a"}},
		{name: "unlinked, a day late", gone: []ledger.Transaction{uber},
			added: []ledger.Transaction{row("a", 4, -1200, "UBER")}, want: carried{"p": "a"}},
		{name: "unlinked, eight days late", gone: []ledger.Transaction{uber},
			added: []ledger.Transaction{row("a", 11, -1200, "UBER")}, want: carried{"p": "a"}},
		{name: "unlinked, nine days late", gone: []ledger.Transaction{uber},
			added: []ledger.Transaction{row("a", 12, -1200, "UBER")}},
		{name: "unlinked, a day early", gone: []ledger.Transaction{uber},
			added: []ledger.Transaction{row("a", 2, -1200, "UBER")}},
		{name: "unlinked with another amount", gone: []ledger.Transaction{uber},
			added: []ledger.Transaction{row("a", 4, -1500, "UBER")}},
		{name: "unlinked with the opposite amount", gone: []ledger.Transaction{uber},
			added: []ledger.Transaction{row("a", 4, 1200, "UBER")}},
		{name: "unlinked in another currency", gone: []ledger.Transaction{uber},
			added: []ledger.Transaction{row("a", 4, -1200, "UBER", in("EUR"))}},
		{name: "unlinked on another account", gone: []ledger.Transaction{uber},
			added: []ledger.Transaction{row("a", 4, -1200, "UBER", on("checking"))}},
		{name: "unlinked with another name", gone: []ledger.Transaction{uber},
			added: []ledger.Transaction{row("a", 4, -1200, "LYFT")}},
		{name: "two candidates", gone: []ledger.Transaction{uber},
			added: []ledger.Transaction{row("a", 4, -1200, "UBER"), row("b", 5, -1200, "UBER")}},
		{name: "two candidates, of which one has another name", gone: []ledger.Transaction{uber},
			added: []ledger.Transaction{row("a", 4, -1200, "UBER"), row("b", 5, -1200, "LYFT")}, want: carried{"p": "a"}},
		{name: "two candidates, of which one is another's", gone: []ledger.Transaction{uber},
			added: []ledger.Transaction{row("a", 4, -1200, "UBER"), row("b", 5, -1200, "UBER", named("other"))}, want: carried{"p": "a"}},
		{name: "two pendings for one", gone: []ledger.Transaction{uber, row("q", 4, -1200, "UBER", isPending)},
			added: []ledger.Transaction{row("a", 4, -1200, "UBER")}},
		{name: "two pendings, of which one is linked", gone: []ledger.Transaction{uber, row("q", 4, -1200, "UBER", isPending)},
			added: []ledger.Transaction{row("a", 4, -1200, "UBER"), row("b", 4, -1200, "UBER", named("q"))},
			want:  carried{"p": "a", "q": "b"}},
		{name: "two pendings on two accounts", gone: []ledger.Transaction{uber, row("q", 3, -1200, "UBER", isPending, on("checking"))},
			added: []ledger.Transaction{row("a", 4, -1200, "UBER"), row("b", 4, -1200, "UBER", on("checking"))},
			want:  carried{"p": "a", "q": "b"}},
		{name: "a new pending row is no successor", gone: []ledger.Transaction{uber},
			added: []ledger.Transaction{row("a", 4, -1200, "UBER", isPending)}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := ledger.Carry(tt.gone, tt.added); !maps.Equal(got, tt.want) {
				t.Errorf("got %v, want %v", got, tt.want)
			}
		})
	}
}

func TestCarryKnowsAPayeeByItsNames(t *testing.T) {
	for _, tt := range []struct {
		pending, posted ledger.Transaction
		want            bool
	}{
		{row("", 1, -5, "SQ *BLUE BOTTLE 0412"), row("", 1, -5, "SQ *BLUE BOTTLE COFFEE 8831 OAKLAND"), true},
		{row("", 1, -5, "Blue-Bottle"), row("", 1, -5, "BLUE BOTTLE"), true},
		{row("", 1, -5, "STAR BUCKS #12"), row("", 1, -5, "Starbucks"), true},
		{row("", 1, -5, "ÉPICERIE DU PARC"), row("", 1, -5, "épicerie du parc 77"), true},
		{row("", 1, -5, "PENDING POS AMZN MKTP"), row("", 1, -5, "AMZN MKTP US"), true},
		{row("", 1, -5, "AMZN", merchant("Amazon")), row("", 1, -5, "Marketplace", merchant("Amazon")), true},
		{row("", 1, -5, "7-11"), row("", 1, -5, "7-11"), true},
		{row("", 1, -5, "7-11"), row("", 1, -5, "8-12"), false},
		{row("", 1, -5, "7-11"), row("", 1, -5, "Shell"), false},
		{row("", 1, -5, ""), row("", 1, -5, ""), false},
		{row("", 1, -5, "United Airlines"), row("", 1, -5, "United Postal Service"), false},
		{row("", 1, -5, "SQ *Blue Bottle"), row("", 1, -5, "SQ *Green Leaf"), false},
	} {
		tt.pending.ID, tt.posted.ID = "p", "a"
		got := ledger.Carry([]ledger.Transaction{tt.pending}, []ledger.Transaction{tt.posted})
		if (got["p"] == "a") != tt.want {
			t.Errorf("%q and %q: carried %v, want %v", tt.pending.Name, tt.posted.Name, got["p"] == "a", tt.want)
		}
	}
}

// However the rows lie, no row is the successor of two, and their order in the
// sync does not matter.
func TestCarryIsOneToOne(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		draw := func(label string) []ledger.Transaction {
			rows := make([]ledger.Transaction, rapid.IntRange(0, 6).Draw(t, label))
			for i := range rows {
				rows[i] = row(ledger.TransactionID(label+string(rune('0'+i))), rapid.IntRange(1, 12).Draw(t, "day"), -100,
					rapid.SampledFrom([]string{"UBER", "Uber 12", "LYFT"}).Draw(t, "name"))
			}
			return rows
		}
		gone, added := draw("gone"), draw("added")
		for i := range added {
			if rapid.Bool().Draw(t, "linked") {
				added[i].PendingID = ledger.TransactionID("gone" + string(rune('0'+rapid.IntRange(0, 6).Draw(t, "to"))))
			}
		}
		got := ledger.Carry(gone, added)
		seen := map[ledger.TransactionID]bool{}
		for _, to := range got {
			if seen[to] {
				t.Fatalf("%s is the successor of two in %v", to, got)
			}
			seen[to] = true
		}
		slices.Reverse(gone)
		slices.Reverse(added)
		same(t, "the other way round", ledger.Carry(gone, added), got)
	})
}
