package ledger_test

import (
	"errors"
	"math"
	"slices"
	"strings"
	"testing"
	"time"

	"coffer/ledger"

	"pgregory.net/rapid"
)

// queryBook has what queries name: accounts, currencies, categories of all
// kinds, payees.
func queryBook() *ledger.Book {
	rows := []ledger.Transaction{
		row("1", 1, -450, "BLUE BOTTLE 0412", merchant("Blue Bottle"), on("acc-checking")),
		row("2", 2, -1200, `12" Pizza`, on("acc-card")),
		row("3", 3, 500, "Straße Café", on("acc-savings"), in("EUR")),
		row("4", 4, 500, "Coin", on("acc-old"), func(t *ledger.Transaction) {
			t.Amount = ledger.NewAmount(5e8, ledger.Unofficial("BTC"))
			t.Category = "SPACE_TRAVEL"
		}),
		row("5", 5, 500, "Coin", func(t *ledger.Transaction) { t.Category = "FOOD_AND_DRINK_TEA" }, in("BTC")),
		row("6", 6, 0, "No amount", on("acc-savings"), in("")),
		row("7", 7, -300, "Lunch at 12:30", isPending),
	}
	accounts := []ledger.Account{
		{ID: "acc-checking", Name: "Everyday Checking", Mask: "0000", Type: ledger.Depository},
		{ID: "acc-savings", Name: "Savings", OfficialName: "Plaid Gold Standard", Mask: "1111", Type: ledger.Depository},
		{ID: "acc-card", Name: "Checking Rewards Card", Mask: "3333", Type: ledger.Credit},
	}
	return build(rows, accounts, ledger.Edits{"1": {Category: "Party"}, "2": {Category: "Coffee"}})
}

func TestParseQuery(t *testing.T) {
	b := queryBook()
	oct := ledger.NewMonth(2026, time.October)
	from := func(s string) ledger.Period { return period(t, s) }
	amounts := func(low, below int64) ledger.Query {
		return ledger.Query{Amount: ledger.AmountRange{AtLeast: low, Below: below}}
	}
	for in, want := range map[string]ledger.Query{
		"":                                    {},
		"   ":                                 {},
		"blue  bottle":                        {Text: "blue bottle"},
		`"blue bottle" x`:                     {Text: `"blue bottle" x`},
		`"blue`:                               {Text: "blue"},
		`"cat:food"`:                          {Text: "cat:food"},
		`12" pizza`:                           {Text: `12" pizza`},
		"12:30":                               {Text: "12:30"},
		":x x1: a-b:c":                        {Text: ":x x1: a-b:c"},
		`""`:                                  {},
		"cat:FOOD_AND_DRINK":                  {Category: "FOOD_AND_DRINK"},
		"cat:food":                            {Category: "FOOD_AND_DRINK"},
		"CAT:grocer":                          {Category: "FOOD_AND_DRINK_GROCERIES"},
		`cat:"Gas & electric"`:                {Category: "RENT_AND_UTILITIES_GAS_AND_ELECTRICITY"},
		"cat:gas":                             {Category: "TRANSPORTATION_GAS"},
		"cat:party":                           {Category: "Party"},
		"cat:Coffee":                          {Category: "Coffee"}, // the user's own, to the letter
		"cat:COFFEE":                          {Category: "Coffee"},
		"cat:food_and_drink_coffee":           {Category: "FOOD_AND_DRINK_COFFEE"},
		"cat:FOOD_AND_DRINK_TEA":              {Category: "FOOD_AND_DRINK_TEA"},
		"cat:space":                           {Category: "SPACE_TRAVEL"},
		"cat:uncategorized":                   {Category: ledger.Uncategorized},
		"is:uncategorized":                    {Category: ledger.Uncategorized},
		"is:pending Is:Spending":              {Pending: true, Spending: true},
		"acct:acc-card":                       {Accounts: []ledger.AccountID{"acc-card"}},
		"acct:checking":                       {Accounts: []ledger.AccountID{"acc-checking", "acc-card"}},
		"acct:1111":                           {Accounts: []ledger.AccountID{"acc-savings"}},
		`acct:"gold standard"`:                {Accounts: []ledger.AccountID{"acc-savings"}},
		`acct:"savings ··1111"`:               {Accounts: []ledger.AccountID{"acc-savings"}},
		"acct:acc-old":                        {Accounts: []ledger.AccountID{"acc-old"}},
		"acct:rewards acct:1111 acct:savings": {Accounts: []ledger.AccountID{"acc-card", "acc-savings"}},
		"date:2026-10":                        {Period: oct.Period()},
		"date:2026":                           {Period: from("2026-01-01..2026-12-31")},
		"date:2026-10-03":                     {Period: from("2026-10-03..2026-10-03")},
		"date:2026-10-01..2026-10-15":         {Period: from("2026-10-01..2026-10-15")},
		"date:2026-09..2026-10":               {Period: from("2026-09-01..2026-10-31")},
		"date:2025..":                         {Period: from("2025-01-01..")},
		"date:..2026-10":                      {Period: from("..2026-10-31")},
		"cur:eur":                             {Currency: ledger.ISO("EUR")},
		"cur:CHF":                             {Currency: ledger.ISO("CHF")}, // listed
		"cur:btc":                             {Currency: ledger.ISO("BTC")}, // in the book
		"cur:unofficial:BTC":                  {Currency: ledger.Unofficial("BTC")},
		`payee:"Blue Bottle"`:                 {Payee: "Blue Bottle"},
		`payee:"12\" Pizza"`:                  {Payee: `12" Pizza`},
		"amt:>50":                             amounts(50e8+1, 0),
		"amt:>=50":                            amounts(50e8, 0),
		"amt:<10":                             amounts(0, 10e8),
		"amt:<=10.5":                          amounts(0, 1050000001),
		"amt:5..20":                           amounts(5e8, 20e8+1),
		"amt:5..":                             amounts(5e8, 0),
		"amt:..20":                            amounts(0, 20e8+1),
		"amt:5 ":                              amounts(5e8, 5e8+1),
		"amt:0":                               amounts(0, 1),
		"amt:>5 amt:<20 amt:<30 amt:>1":       amounts(5e8+1, 20e8),
		"coffee cat:food date:2026-10 shop":   {Text: "coffee shop", Category: "FOOD_AND_DRINK", Period: oct.Period()},
	} {
		got, err := b.ParseQuery(in)
		if err != nil || got.String() != want.String() || !sameQuery(got, want) {
			t.Errorf("%s:\n got %+v, %v\nwant %+v", in, got, err, want)
		}
	}
}

func sameQuery(a, b ledger.Query) bool {
	accounts := slices.Equal(a.Accounts, b.Accounts)
	return accounts && a.Text == b.Text && a.Period == b.Period && a.Category == b.Category && a.Payee == b.Payee &&
		a.Currency == b.Currency && a.Amount == b.Amount && a.Spending == b.Spending && a.Pending == b.Pending
}

func TestParseQuerySaysWhatCanBeTyped(t *testing.T) {
	b := queryBook()
	for in, hint := range map[string]string{
		"tag:food":                  "acct: amt: cat: cur: date: is: payee:",
		"http://example.com":        "quotes",
		"cat:":                      "say what",
		`cat:""`:                    "say what",
		"cat:nonsense":              "no category",
		"cat:t":                     `"Transportation"`,
		"cat:other_nothing":         "no category",
		"cat:food cat:travel":       "once",
		"cat:food is:uncategorized": "once",
		"acct:nothing":              "no account",
		"date:yesterday":            "YYYY-MM-DD",
		"date:2026-02-30":           "YYYY-MM-DD",
		"date:0000":                 "YYYY",
		"date:..":                   "a beginning, an end",
		"date:2026-10..2026-09":     "before it begins",
		"date:2026..soon":           "YYYY",
		"date:2026 date:2025":       "once",
		"cur:XQX":                   "no currency",
		"cur:unofficial:":           "no currency",
		"cur:EUR cur:USD":           "once",
		`payee:a payee:b`:           "once",
		"amt:-5":                    "without sign",
		"amt:>-5":                   "without sign",
		"amt:abc":                   "amt:>50",
		"amt:20..5":                 "amt:5..20",
		"amt:..":                    "amt:5..20",
		"amt:<0":                    "amt:<=10",
		"amt:><5":                   "amt:>50",
		"amt:99999999999999999999":  "amt:>50",
		"amt:92233720368.54775807":  "amt:>50",
		"is:hidden":                 "is:pending",
	} {
		q, err := b.ParseQuery(in)
		if !errors.Is(err, ledger.ErrQuery) || !strings.Contains(err.Error(), hint) {
			t.Errorf("%s: got %+v, %v, want an error that says %q", in, q, err, hint)
		}
	}
}

// drawCanonical draws a Query as ParseQuery makes them.
func drawCanonical(t *rapid.T, b *ledger.Book) ledger.Query {
	q := drawQuery(t)
	q.Accounts, q.Amount, q.Text = nil, ledger.AmountRange{}, ""
	words := rapid.SliceOfN(rapid.SampledFrom([]string{
		"blue", "cat:food", `"a b"`, `12"`, `"\"x"`, `"a \\ \" b"`, `c\d`, "12:30", "é", "\xff", "is:", `"\"cat: x"`,
	}), 0, 4).Draw(t, "words")
	// A word of the form of a term stands in a text without quotes only if it
	// came in quotes, so read the text once to have it as a reader writes it.
	for i, word := range words {
		if strings.HasPrefix(word, "cat:") || strings.HasPrefix(word, "is:") {
			words[i] = `"` + word + `"`
		}
	}
	text, err := b.ParseQuery(strings.Join(words, " "))
	if err != nil {
		t.Fatal(err)
	}
	q.Text = text.Text
	for _, id := range []ledger.AccountID{"acc-checking", "acc-savings", "acc-card", "acc-old"} {
		if rapid.Bool().Draw(t, "with account") {
			q.Accounts = append(q.Accounts, id)
		}
	}
	q.Category = rapid.SampledFrom([]ledger.Category{
		"", ledger.Uncategorized, "TRAVEL", "FOOD_AND_DRINK_COFFEE", "SPACE_TRAVEL", "FOOD_AND_DRINK_TEA", "Party", "Coffee",
	}).Draw(t, "category")
	q.Currency = rapid.SampledFrom([]ledger.Currency{
		{}, ledger.ISO("USD"), ledger.ISO("CHF"), ledger.ISO("BTC"), ledger.Unofficial("BTC"), ledger.Unofficial(`a "b`),
	}).Draw(t, "currency")
	q.Payee = rapid.OneOf(rapid.String(), rapid.SampledFrom(somePayees)).Draw(t, "payee")
	low := rapid.Int64Range(0, math.MaxInt64-2).Draw(t, "at least")
	if rapid.Bool().Draw(t, "with amount") {
		q.Amount.AtLeast = low
	}
	if rapid.Bool().Draw(t, "with limit") {
		q.Amount.Below = rapid.Int64Range(max(q.Amount.AtLeast, 0)+1, math.MaxInt64).Draw(t, "below")
	}
	q.Period = rapid.SampledFrom([]ledger.Period{q.Period, ledger.NewMonth(2024, time.February).Period()}).Draw(t, "period")
	if q.Period.Days() == 0 && !q.Period.From.IsZero() && !q.Period.To.IsZero() {
		q.Period = ledger.Period{} // cannot be typed
	}
	return q
}

func TestQueryReadsBackAsItWasWritten(t *testing.T) {
	b := queryBook()
	rapid.Check(t, func(t *rapid.T) {
		q := drawCanonical(t, b)
		text := q.String()
		got, err := b.ParseQuery(text)
		if err != nil || !sameQuery(got, q) {
			t.Fatalf("%s:\n got %+v, %v\nwant %+v", text, got, err, q)
		}
	})
}

// What is written for people means the same as what is written with ids, also
// where two accounts have one label, or one that no line of input keeps.
func TestFormattedQueryReadsBack(t *testing.T) {
	account := func(id ledger.AccountID, name, mask string) ledger.Account {
		return ledger.Account{ID: id, Name: name, Mask: mask}
	}
	b := build(nil, []ledger.Account{
		account("a1", "Rewards Card", "8443"), account("a2", "Rewards Card", "8443"), account("a3", `The "Gold" Card`, "1"),
		account("a4", "Cash", ""), account("a5", "Cash box", ""), account("a6", "Tab\tbed", "2"), account("a7", "House", ""), account("a8", "", ""),
	}, nil)
	for id, want := range map[ledger.AccountID]string{
		"a1": "acct:a1", "a2": "acct:a2", "a3": `acct:"The \"Gold\" Card ··1"`, "a4": "acct:a4", "a5": `acct:"Cash box"`,
		"a6": "acct:a6", "a7": "acct:House", "a8": "acct:a8", "closed": "acct:closed",
	} {
		q := ledger.Query{Text: "coffee", Accounts: []ledger.AccountID{id}}
		got := b.FormatQuery(q)
		if got != "coffee "+want {
			t.Errorf("%s is written %s, want %s", id, got, want)
		}
		if back, err := b.ParseQuery(got); id != "closed" && (err != nil || !sameQuery(back, q)) {
			t.Errorf("%s is read back as %+v, %v", got, back, err)
		}
	}
}

func FuzzParseQuery(f *testing.F) {
	for _, s := range []string{
		"coffee cat:food", `"a b" payee:"x \" y"`, "date:2026..", "amt:>5 amt:<9", "12:30", `"`, `\`, "cat:", "acct:c is:pending",
		"cur:unofficial:x", "\xff", " ", "amt:0.00000001", `a"b c"d`,
	} {
		f.Add(s)
	}
	b := queryBook()
	f.Fuzz(func(t *testing.T, s string) {
		q, err := b.ParseQuery(s)
		if err != nil {
			if !errors.Is(err, ledger.ErrQuery) {
				t.Errorf("%q: got error %v, want ErrQuery", s, err)
			}
			return
		}
		again, err := b.ParseQuery(q.String())
		if err != nil || !sameQuery(again, q) {
			t.Errorf("%q is %+v, written %q, read back %+v, %v", s, q, q, again, err)
		}
		if rows := b.First(q, 3); len(rows) > 3 {
			t.Errorf("%q: got %d rows, want 3 at most", s, len(rows))
		}
	})
}
