package plaidsvc_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"testing"

	"coffer/ledger"
	"coffer/plaidsvc/plaidsim"
)

// An exchange answers /investments/transactions/get from a list, the newest first.
type exchange struct {
	script  *script
	ids     []string
	asked   []string // offset and count of each question
	meddles func(n int)
}

func (e *exchange) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	var req struct {
		Start   string `json:"start_date"`
		End     string `json:"end_date"`
		Options struct{ Count, Offset int }
	}
	calls := e.script.to(r.URL.Path)
	raw, err := json.Marshal(calls[len(calls)-1].body)
	if err == nil {
		err = json.Unmarshal(raw, &req)
	}
	if err != nil {
		panic(err)
	}
	e.asked = append(e.asked, fmt.Sprintf("%s..%s %d+%d", req.Start, req.End, req.Options.Offset, req.Options.Count))
	if e.meddles != nil {
		e.meddles(len(e.asked))
	}
	page := []any{}
	for i := req.Options.Offset; i < min(len(e.ids), req.Options.Offset+req.Options.Count); i++ {
		page = append(page, map[string]any{
			"investment_transaction_id": e.ids[i], "account_id": "a", "date": "2026-03-01", "name": "n", "type": "buy", "subtype": "buy",
			"quantity": 1, "price": 2, "amount": 2, "iso_currency_code": "USD", "security_id": nil,
		})
	}
	body, err := json.Marshal(map[string]any{"investment_transactions": page, "total_investment_transactions": len(e.ids), "securities": []any{}})
	if err != nil {
		panic(err)
	}
	answer(200, string(body))(w, r)
}

// invested is a scripted world whose bank has so many trades.
func invested(t *testing.T, n int) (world, *script, *exchange) {
	t.Helper()
	w, s := scripted(t)
	e := &exchange{script: s}
	for i := range n {
		e.ids = append(e.ids, fmt.Sprint("t", i))
	}
	s.on("/transactions/sync", page("", "c1", false))
	s.on("/item/get", answer(200, `{"item":{"item_id":"item-1","billed_products":["transactions","investments"]}}`))
	s.on("/investments/holdings/get", answer(200, `{"holdings":[],"securities":[]}`))
	s.on("/investments/transactions/get", e.ServeHTTP)
	return w, s, e
}

// Trades come page by page, of the last twenty-four months.
func TestTradesComeInPages(t *testing.T) {
	w, _, e := invested(t, 1100)
	if got := w.syncOne(t); got.Err != nil || len(got.Untold) > 0 {
		t.Fatalf("synced: %v, %v", got.Err, got.Untold)
	}
	want := []string{"2024-03-15..2026-03-15 0+500", "2024-03-15..2026-03-15 500+500", "2024-03-15..2026-03-15 1000+500"}
	if fmt.Sprint(e.asked) != fmt.Sprint(want) {
		t.Errorf("asked for %v, want %v", e.asked, want)
	}
	told := w.vault.trades["item-1"]
	if len(told.List) != 1100 || told.List[1099].ID != "t1099" || told.Since.String() != "2024-03-15" {
		t.Fatalf("%d trades since %s", len(told.List), told.Since)
	}
	if got := told.List[0].Amount; got != ledger.NewAmount(-200, ledger.ISO("USD")) {
		t.Errorf("what was bought for 2.00 brought %v to the account", got)
	}
}

// A trade that comes between two pages loses none and doubles none, and a list that
// never holds still is given up: what was told before stays.
func TestTradesThatChangeBetweenPages(t *testing.T) {
	w, _, e := invested(t, 600)
	e.meddles = func(n int) {
		if n == 2 {
			e.ids = append([]string{"new"}, e.ids...)
		}
	}
	if got := w.syncOne(t); got.Err != nil || len(got.Untold) > 0 {
		t.Fatalf("synced: %v, %v", got.Err, got.Untold)
	}
	told := map[string]bool{}
	for _, x := range w.vault.trades["item-1"].List {
		told[x.ID] = true
	}
	if len(told) != 601 || len(w.vault.trades["item-1"].List) != 601 {
		t.Errorf("%d trades, %d different ones, want 601", len(w.vault.trades["item-1"].List), len(told))
	}
	e.meddles = func(int) { e.ids = append([]string{fmt.Sprint("more", len(e.ids))}, e.ids...) }
	if _, err := w.Replay(t.Context(), "item-1", nil); err != nil {
		t.Fatal(err)
	}
	if got := len(w.vault.trades["item-1"].List); got != 601 {
		t.Errorf("%d trades after a list that never holds still, want those from before", got)
	}
}

// A total that is never reached ends where there is nothing more, and is not taken
// for the whole.
func TestTradesThatStopBeforeTheirTotal(t *testing.T) {
	w, s, _ := invested(t, 0)
	s.on("/investments/transactions/get", answer(200, `{"investment_transactions":[],"total_investment_transactions":7}`))
	if got := w.syncOne(t); got.Err != nil || len(got.Untold) != 1 {
		t.Errorf("synced: %v, %v", got.Err, got.Untold)
	}
	if n := len(s.to("/investments/transactions/get")); n > 10 {
		t.Errorf("asked %d times", n)
	}
}

// What Plaid tells takes the place of what it told of those days; what is older than
// it goes back stays.
func TestOldTradesStay(t *testing.T) {
	s := simulate(t, plaidsim.Options{Settled: true})
	item := s.link(t, tartan)
	told := s.vault.trades[item.ID]
	if len(told.List) == 0 {
		t.Fatal("no trades")
	}
	old := ledger.Trade{ID: "old", Date: told.Since.AddDays(-1)}
	gone := ledger.Trade{ID: "gone", Date: told.Since.AddDays(40)}
	told.List, told.Since = append(told.List, gone, old), old.Date.AddDays(-7)
	s.vault.trades[item.ID] = told
	s.clock.advance(30 * day)
	s.syncOne(t)
	got := s.vault.trades[item.ID]
	if got.Since != told.Since || got.List[len(got.List)-1] != old {
		t.Errorf("since %s, the oldest is %+v", got.Since, got.List[len(got.List)-1])
	}
	for _, x := range got.List {
		if x.ID == "gone" {
			t.Error("a trade that Plaid tells no more is still there")
		}
	}
}
