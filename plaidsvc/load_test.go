package plaidsvc_test

import (
	"bytes"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"runtime"
	"testing"
	"time"

	"github.com/plaid/plaid-go/v29/plaid"

	"coffer/internal/ordeal"
	"coffer/plaidsvc/plaidsim"
)

// A load is a household with very many transactions at many banks, and what it
// took to hand them all out in pages of 500.
type load struct {
	testing.TB
	sim   *plaidsim.Server
	banks int
	rows  int
	pages int

	generated time.Duration // until each bank's first page, together
	slowest   time.Duration // until the first page of one bank
	served    time.Duration // all pages after the first ones
	empty     time.Duration // a sync with nothing new, the mean of all banks
	decoded   time.Duration // what Plaid's client takes for a sample of the pages
	sampled   int
	heap      uint64 // bytes that the simulator holds in the end
}

// sampleEvery is which pages the client is timed with: it is the slower side.
const sampleEvery = 20

// carry makes a load and reads all of it.
func carry(t testing.TB, rows int) *load {
	l := &load{TB: t}
	before := heapInUse()
	l.sim = plaidsim.New(plaidsim.Options{Seed: 1, Settled: true, Years: 2, Transactions: rows, Clock: newClock().Now})
	for _, bank := range l.sim.HomeBanks() {
		l.banks++
		l.read(l.link(bank))
	}
	l.empty /= time.Duration(l.banks)
	l.heap = heapInUse() - before
	runtime.KeepAlive(l.sim)
	return l
}

func heapInUse() uint64 {
	var m runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}

func (l *load) link(bank string) (token string) {
	var answer struct {
		Public string `json:"public_token"`
		Access string `json:"access_token"`
	}
	l.parse(l.ask("/sandbox/public_token/create", map[string]any{
		"institution_id": bank, "initial_products": []string{"transactions"},
		"options": map[string]any{"transactions": map[string]any{"days_requested": 730}},
	}), &answer)
	l.parse(l.ask("/item/public_token/exchange", map[string]any{"public_token": answer.Public}), &answer)
	return answer.Access
}

func (l *load) parse(body []byte, into any) {
	l.Helper()
	if err := json.Unmarshal(body, into); err != nil {
		l.Fatal(err)
	}
}

// read syncs a bank to its end, and asks once more.
func (l *load) read(token string) {
	cursor := ""
	for first, more := true, true; more; first = false {
		began := time.Now()
		body := l.ask("/transactions/sync", map[string]any{"access_token": token, "cursor": cursor, "count": 500})
		took := time.Since(began)
		if first {
			l.generated += took
			l.slowest = max(l.slowest, took)
		} else {
			l.served += took
			l.pages++
		}
		var page struct {
			Added  []struct{} `json:"added"`
			Cursor string     `json:"next_cursor"`
			More   bool       `json:"has_more"`
		}
		l.parse(body, &page)
		l.rows += len(page.Added)
		cursor, more = page.Cursor, page.More
		if l.pages%sampleEvery == 1 && len(page.Added) == 500 {
			l.decode(body)
		}
	}
	began := time.Now()
	l.ask("/transactions/sync", map[string]any{"access_token": token, "cursor": cursor, "count": 500})
	l.empty += time.Since(began)
}

// decode reads a page as Plaid's client does.
func (l *load) decode(body []byte) {
	began := time.Now()
	var page plaid.TransactionsSyncResponse
	l.parse(body, &page)
	l.decoded += time.Since(began)
	l.sampled++
}

// ask calls the simulator without a network.
func (l *load) ask(path string, request map[string]any) []byte {
	body, err := json.Marshal(request)
	if err != nil {
		l.Fatal(err)
	}
	r := httptest.NewRequestWithContext(l.Context(), http.MethodPost, path, bytes.NewReader(body))
	r.Header = http.Header{"Content-Type": {"application/json"}, "Plaid-Client-Id": {"me"}, "Plaid-Secret": {"any"}}
	recorder := httptest.NewRecorder()
	l.sim.ServeHTTP(recorder, r)
	if recorder.Code != http.StatusOK {
		l.Fatalf("POST %s: %d %s", path, recorder.Code, recorder.Body)
	}
	return recorder.Body.Bytes()
}

// pagesPerSecond are those of the simulator, and those that Plaid's client can
// take.
func (l *load) pagesPerSecond() (simulator, client float64) {
	return float64(l.pages) / l.served.Seconds(), float64(l.sampled) / l.decoded.Seconds()
}

// A million transactions are there within seconds, a bank at a time, and the
// simulator is never what a client waits for. A small load stands for it here;
// go test -run '^$' -bench Million -benchtime 1x ./plaidsvc makes the whole.
func TestALoadIsNoBurden(t *testing.T) {
	if ordeal.Raced {
		t.Skip("the race detector is what would be measured")
	}
	const rows = 30_000
	l := carry(t, rows)
	simulator, client := l.pagesPerSecond()
	t.Logf("%d rows at %d banks in %v, %.0f rows a second; the slowest first page after %v; %d bytes a row",
		l.rows, l.banks, l.generated, float64(l.rows)/l.generated.Seconds(), l.slowest, l.heap/uint64(l.rows))
	t.Logf("pages of 500 a second: simulator %.0f, Plaid's Go client %.0f; a sync with nothing new: %v", simulator, client, l.empty)
	if l.rows < rows*9/10 || l.rows > rows*11/10 {
		t.Errorf("%d rows, want about %d", l.rows, rows)
	}
	if perMillion := l.generated * 1_000_000 / rows; perMillion > 40*time.Second {
		t.Errorf("a million rows would take %v, want about 5 seconds on a machine that is not busy", perMillion)
	}
	if simulator < client {
		t.Errorf("%.0f pages a second, fewer than the %.0f that the client takes", simulator, client)
	}
	if perRow := l.heap / uint64(l.rows); perRow > 600 {
		t.Errorf("%d bytes a row, want at most 600", perRow)
	}
}

// BenchmarkMillion prints what the simulator makes of a million rows, next to
// what Plaid's own Go client makes of its pages.
func BenchmarkMillion(b *testing.B) {
	for b.Loop() {
		l := carry(b, 1_000_000)
		simulator, client := l.pagesPerSecond()
		b.ReportMetric(float64(l.rows), "rows")
		b.ReportMetric(float64(l.banks), "banks")
		b.ReportMetric(l.generated.Seconds(), "s-generated")
		b.ReportMetric(float64(l.rows)/l.generated.Seconds(), "rows/s")
		b.ReportMetric(float64(l.slowest.Milliseconds()), "ms-first-page-max")
		b.ReportMetric(float64(l.heap)/float64(l.rows), "B/row")
		b.ReportMetric(simulator, "pages/s-simulator")
		b.ReportMetric(client, "pages/s-client")
		b.ReportMetric(float64(l.empty.Microseconds()), "µs-empty-sync")
	}
}
