package main

import (
	"bytes"
	"encoding/json"
	"math/big"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/adrg/xdg"

	"coffer/internal/ordeal"
	"coffer/plaidsvc/plaidsim"
)

// TestTheSumsAgree holds the demo's net worth and every month's spending against
// the simulator's own data, added up here by other code: Plaid's JSON, rational
// numbers, and the rules as they are written down.
func TestTheSumsAgree(t *testing.T) {
	ordeal.Alone(t)
	const today = "2026-11-22"
	dir := t.TempDir()
	forgetsWhatItSees(t)
	var overview overviewDocument
	runJSON(t, &overview, today, "demo", "--no-tui", "--home", dir, "--json")
	plaid := askForEverything(t, today)

	if overview.Transactions != len(plaid.rows) || overview.Accounts != len(plaid.accounts) {
		t.Errorf("the demo has %d accounts and %d transactions, Plaid %d and %d",
			overview.Accounts, overview.Transactions, len(plaid.accounts), len(plaid.rows))
	}
	for _, w := range overview.NetWorth {
		checkSum(t, "net worth in "+w.Currency, w.Amount, plaid.netWorth(w.Currency))
	}
	if got, want := len(overview.NetWorth), len(plaid.currencies()); got != want {
		t.Errorf("net worth in %d currencies, want %d", got, want)
	}
	sums := 0
	for month := 0; month < 24; month++ {
		m := time.Date(2024, time.December, 1, 0, 0, 0, 0, time.UTC).AddDate(0, month, 0).Format("2006-01")
		var reports []spendingDocument
		runJSON(t, &reports, today, "spending", "--month", m, "--home", dir, "--json",
			"--passphrase-command", "echo "+demoPassphrase)
		for _, r := range reports {
			checkSum(t, "spending in "+m+" in "+r.Currency, r.Total, plaid.spending(m, r.Currency))
			sums++
		}
	}
	if sums < 24 {
		t.Errorf("only %d monthly sums were compared", sums)
	}
}

func checkSum(t *testing.T, what, got string, want *big.Rat) {
	t.Helper()
	g, ok := new(big.Rat).SetString(got)
	if !ok || g.Cmp(want) != 0 {
		t.Errorf("%s is %s, Plaid's data give %s", what, got, want.FloatString(2))
	}
}

// forgetsWhatItSees keeps what runs inside the test out of the person's own state.
func forgetsWhatItSees(t *testing.T) {
	t.Helper()
	t.Cleanup(xdg.Reload) // after the variable is what it was
	t.Setenv("XDG_STATE_HOME", t.TempDir())
	xdg.Reload()
}

// runJSON runs the program inside the test and decodes what it prints.
func runJSON(t *testing.T, doc any, today string, args ...string) {
	t.Helper()
	var out, errs bytes.Buffer
	w := system()
	w.out, w.err = &out, &errs
	w.getenv = func(name string) string {
		if name == "COFFER_TODAY" {
			return today
		}
		return ""
	}
	if code := run(t.Context(), args, w); code != exitOK {
		t.Fatalf("coffer %s exited %d: %s", strings.Join(args, " "), code, &errs)
	}
	if err := json.Unmarshal(out.Bytes(), doc); err != nil {
		t.Fatalf("coffer %s: %v", strings.Join(args, " "), err)
	}
}

// plaidData is what Plaid says, as it says it.
type plaidData struct {
	accounts []plaidAccount
	rows     map[string]plaidRow
	raw      []any // every answer, undecoded
}

type plaidAccount struct {
	Type     string `json:"type"`
	Balances struct {
		Current  *json.Number `json:"current"`
		Currency *string      `json:"iso_currency_code"`
	} `json:"balances"`
}

type plaidRow struct {
	ID       string      `json:"transaction_id"`
	Amount   json.Number `json:"amount"`
	Currency *string     `json:"iso_currency_code"`
	Date     string      `json:"date"`
	PFC      *struct {
		Primary  string `json:"primary"`
		Detailed string `json:"detailed"`
	} `json:"personal_finance_category"`
}

// askForEverything links the same banks at a simulator of its own and reads all
// of it, page by page.
func askForEverything(t *testing.T, today string) *plaidData {
	t.Helper()
	day, err := time.Parse(time.DateOnly, today)
	if err != nil {
		t.Fatal(err)
	}
	server := plaidsim.New(plaidsim.Options{
		Seed: 1, Years: 2, Settled: true, Clock: func() time.Time { return day.Add(20 * time.Hour) },
	})
	sim := httptest.NewServer(server)
	t.Cleanup(sim.Close)
	data := &plaidData{rows: make(map[string]plaidRow)}
	for _, bank := range server.HomeBanks() {
		token := linkAt(t, sim.URL, bank)
		var accounts struct {
			Accounts []plaidAccount `json:"accounts"`
		}
		data.read(t, sim.URL, "/accounts/get", map[string]any{"access_token": token}, &accounts)
		data.accounts = append(data.accounts, accounts.Accounts...)
		data.readRows(t, sim.URL, token)
	}
	return data
}

func linkAt(t *testing.T, base, bank string) string {
	t.Helper()
	var public struct {
		Token string `json:"public_token"`
	}
	must(t, ask(t.Context(), base, "/sandbox/public_token/create", map[string]any{
		"institution_id": bank, "initial_products": []string{"transactions"},
		"options": map[string]any{"transactions": map[string]any{"days_requested": 730}},
	}, &public))
	var access struct {
		Token string `json:"access_token"`
	}
	must(t, ask(t.Context(), base, "/item/public_token/exchange", map[string]any{"public_token": public.Token}, &access))
	return access.Token
}

// read asks Plaid, and keeps the answer as it is too.
func (d *plaidData) read(t *testing.T, base, path string, body map[string]any, answer any) {
	t.Helper()
	var raw json.RawMessage
	must(t, ask(t.Context(), base, path, body, &raw))
	must(t, json.Unmarshal(raw, answer))
	var all any
	must(t, json.Unmarshal(raw, &all))
	d.raw = append(d.raw, all)
}

// texts returns every text in the answers that is long enough to be told from
// chance.
func (d *plaidData) texts(t *testing.T) map[string]bool {
	t.Helper()
	found := make(map[string]bool)
	var walk func(v any)
	walk = func(v any) {
		switch v := v.(type) {
		case string:
			if len(v) >= 6 {
				found[v] = true
			}
		case []any:
			for _, e := range v {
				walk(e)
			}
		case map[string]any:
			for _, e := range v {
				walk(e)
			}
		}
	}
	for _, answer := range d.raw {
		walk(answer)
	}
	return found
}

func (d *plaidData) readRows(t *testing.T, base, token string) {
	t.Helper()
	for cursor, more := "", true; more; {
		var page struct {
			Added   []plaidRow `json:"added"`
			Next    string     `json:"next_cursor"`
			HasMore bool       `json:"has_more"`
		}
		d.read(t, base, "/transactions/sync", map[string]any{
			"access_token": token, "cursor": cursor, "count": 137,
		}, &page)
		for _, row := range page.Added {
			d.rows[row.ID] = row
		}
		cursor, more = page.Next, page.HasMore
	}
}

func (d *plaidData) currencies() []string {
	var all []string
	for _, a := range d.accounts {
		if c := *a.Balances.Currency; !slices.Contains(all, c) {
			all = append(all, c)
		}
	}
	return all
}

func (d *plaidData) netWorth(currency string) *big.Rat {
	sum := new(big.Rat)
	for _, a := range d.accounts {
		if *a.Balances.Currency != currency || a.Balances.Current == nil {
			continue
		}
		v := rational(*a.Balances.Current)
		if a.Type == "credit" || a.Type == "loan" {
			v.Neg(v)
		}
		sum.Add(sum, v)
	}
	return sum
}

// spending follows the command line's contract: every row but income, transfers,
// loan disbursements and card payments, in Plaid's sign, where out is positive.
func (d *plaidData) spending(month, currency string) *big.Rat {
	sum := new(big.Rat)
	for _, row := range d.rows {
		if row.Currency == nil || *row.Currency != currency || !strings.HasPrefix(row.Date, month) {
			continue
		}
		if p := row.PFC; p != nil {
			if slices.Contains([]string{"INCOME", "TRANSFER_IN", "TRANSFER_OUT", "LOAN_DISBURSEMENTS"}, p.Primary) ||
				p.Detailed == "LOAN_PAYMENTS_CREDIT_CARD_PAYMENT" {
				continue
			}
		}
		sum.Add(sum, rational(row.Amount))
	}
	return sum
}

func rational(n json.Number) *big.Rat {
	r, ok := new(big.Rat).SetString(n.String())
	if !ok {
		panic("no number: " + n.String())
	}
	return r
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
