package tuitest

import (
	"fmt"
	"io"
	"time"

	"github.com/charmbracelet/lipgloss"
	"github.com/muesli/termenv"

	"coffer/ledger"
	"coffer/tui/theme"
)

// Today is the day that a [Household] is seen from.
func Today() ledger.Date { return ledger.NewDate(2026, time.November, 22) }

// Plain returns a theme without colours.
func Plain() *theme.Theme { return newTheme(termenv.Ascii) }

// Coloured returns a theme with every colour, for a dark terminal.
func Coloured() *theme.Theme { return newTheme(termenv.TrueColor) }

func newTheme(profile termenv.Profile) *theme.Theme {
	r := lipgloss.NewRenderer(io.Discard)
	r.SetColorProfile(profile)
	r.SetHasDarkBackground(true)
	return theme.New(r)
}

// The accounts of a [Household].
const (
	Checking ledger.AccountID = "acc-checking"
	Card     ledger.AccountID = "acc-card"
	Savings  ledger.AccountID = "acc-savings"
	Yen      ledger.AccountID = "acc-yen"
	Euro     ledger.AccountID = "acc-euro"
)

// Banks returns the banks and accounts of a [Household].
func Banks() ([]ledger.Item, []ledger.Account) {
	usd, jpy, eur := ledger.ISO("USD"), ledger.ISO("JPY"), ledger.ISO("EUR")
	items := []ledger.Item{
		{ID: "item-1", Name: "First Platypus Bank", State: ledger.ItemOK},
		{ID: "item-2", Name: "Gingham Credit Union", State: ledger.ItemOK},
	}
	account := func(id ledger.AccountID, item ledger.ItemID, name, mask string, kind ledger.AccountType, current ledger.Amount) ledger.Account {
		return ledger.Account{
			ID: id, Item: item, Name: name, Mask: mask, Type: kind,
			Currency: current.Currency(), Balance: ledger.Balance{Current: current},
		}
	}
	return items, []ledger.Account{
		account(Checking, "item-1", "Platypus Checking", "0000", ledger.Depository, ledger.NewAmount(420_017, usd)),
		account(Card, "item-1", "Platypus Card", "3333", ledger.Credit, ledger.NewAmount(-118_240, usd)),
		account(Savings, "item-2", "Gingham Savings", "1111", ledger.Depository, ledger.NewAmount(1_400_000, usd)),
		account(Yen, "item-2", "Gingham Travel", "7777", ledger.Depository, ledger.NewAmount(120_400, jpy)),
		account(Euro, "item-2", "Gingham Euro", "8888", ledger.Depository, ledger.NewAmount(31_250, eur)),
	}
}

// Household returns what two years of money look like: pay, rent, groceries, a
// card that is paid off, a pending row, a refund, and a trip in two currencies.
func Household() *ledger.Book { return Book(HouseholdRows(), nil) }

// Book returns the ledger of the household's banks with other rows.
func Book(rows []ledger.Transaction, edits ledger.Edits) *ledger.Book {
	b := ledger.NewBuilder()
	for i := range rows {
		b.Add(&rows[i])
	}
	items, accounts := Banks()
	return b.Build(items, accounts, edits)
}

// HouseholdRows returns the rows of a [Household].
func HouseholdRows() []ledger.Transaction {
	h := household{last: Today()}
	for back := 23; back >= 0; back-- {
		h.month(Today().Month().Add(-back), back)
	}
	h.trip()
	h.latest()
	return h.rows
}

// A household writes its rows. Rows after last have not happened yet.
type household struct {
	rows []ledger.Transaction
	last ledger.Date
}

// add writes one row of minor units of the account's currency.
func (h *household) add(day ledger.Date, account ledger.AccountID, minor int64, merchant string, c ledger.Category) *ledger.Transaction {
	cur := ledger.ISO("USD")
	switch account {
	case Yen:
		cur = ledger.ISO("JPY")
	case Euro:
		cur = ledger.ISO("EUR")
	}
	if day.Compare(h.last) > 0 {
		return new(ledger.Transaction)
	}
	h.rows = append(h.rows, ledger.Transaction{
		ID:      ledger.TransactionID(fmt.Sprintf("tx-%04d", len(h.rows))),
		Account: account, Date: day, Authorized: day.AddDays(-1), Amount: ledger.NewAmount(minor, cur),
		Merchant: merchant, Name: fmt.Sprintf("%s #%04d", merchant, 100+len(h.rows)), Category: c, Channel: "in store",
	})
	return &h.rows[len(h.rows)-1]
}

// month writes a month like any other, a little dearer each year.
func (h *household) month(m ledger.Month, back int) {
	day := func(n int) ledger.Date { return m.First().AddDays(n - 1) }
	dearer := int64(24 - back)
	h.add(day(1), Checking, -184_200, "Northside Property", "RENT_AND_UTILITIES_RENT")
	h.add(day(3), Checking, -8_214-13*dearer, "Metro Power & Light", "RENT_AND_UTILITIES_GAS_AND_ELECTRICITY")
	h.add(day(5), Checking, 312_000, "Acme Corp payroll", "INCOME_WAGES")
	h.add(day(20), Checking, 312_000, "Acme Corp payroll", "INCOME_WAGES")
	h.add(day(12), Card, -1_549-250*(dearer/12), "Netflix", "ENTERTAINMENT_TV_AND_MOVIES")
	for week := range 4 {
		h.add(day(2+7*week), Card, -9_870-137*dearer-int64(week)*1_111, "Whole Foods Market", "FOOD_AND_DRINK_GROCERIES")
		h.add(day(4+7*week), Card, -675, "Blue Bottle Coffee", "FOOD_AND_DRINK_COFFEE")
		h.add(day(4+7*week), Card, -275, "Metro Transit", "TRANSPORTATION_PUBLIC_TRANSIT")
	}
	h.add(day(15), Checking, -60_000, "Platypus Card payment", "LOAN_PAYMENTS_CREDIT_CARD_PAYMENT")
	h.add(day(15), Card, 60_000, "Payment, thank you", "LOAN_PAYMENTS_CREDIT_CARD_PAYMENT")
}

// trip writes what was spent abroad in November.
func (h *household) trip() {
	november := func(n int) ledger.Date { return ledger.NewDate(2026, time.November, n) }
	h.add(november(8), Yen, -12_480, "ホテル東京", "TRAVEL_LODGING")
	h.add(november(9), Yen, -1_150, "ラーメン屋 一番", "FOOD_AND_DRINK_RESTAURANT")
	h.add(november(9), Yen, -330, "都営地下鉄", "TRANSPORTATION_PUBLIC_TRANSIT")
	h.add(november(11), Euro, -4_250, "Café Crème Orly", "FOOD_AND_DRINK_RESTAURANT")
}

// latest writes the last days: something of everything that a list must show.
func (h *household) latest() {
	november := func(n int) ledger.Date { return ledger.NewDate(2026, time.November, n) }
	h.add(november(17), Card, 4_510, "Patagonia", "GENERAL_MERCHANDISE_SPORTING_GOODS")
	h.add(november(18), Checking, -20_000, "", "").Name = "ATM WITHDRAWAL 00042 MARKET ST"
	h.add(november(19), Card, -11_822, "Whole Foods Market", "FOOD_AND_DRINK_GROCERIES")
	h.add(november(21), Card, -1_999, "🍕 Pizza & Più", "FOOD_AND_DRINK_FAST_FOOD")
	diner := h.add(november(21), Card, -2_400, "Corner Diner", "FOOD_AND_DRINK_RESTAURANT")
	diner.Pending, diner.Authorized = true, november(21)
	diner.Name, diner.Original = "TST* CORNER DINER", "TST* CORNER DINER 0423 SAN FRANCISCO CA 94103 USA CARD 3333"
	diner.City, diner.Country = "San Francisco", "US"
}

// Many returns n rows over ten years, dozens of payees and every account.
func Many(n int) []ledger.Transaction {
	payees := make([]string, 200)
	for i := range payees {
		payees[i] = fmt.Sprintf("Payee Number %d", i)
	}
	categories := ledger.Categories()
	accounts := []ledger.AccountID{Checking, Card, Savings}
	usd := ledger.ISO("USD")
	rows := make([]ledger.Transaction, n)
	for i := range rows {
		payee := payees[i*7919%len(payees)]
		rows[i] = ledger.Transaction{
			ID: ledger.TransactionID(fmt.Sprintf("tx-%08d", i)), Account: accounts[i%len(accounts)],
			Date: Today().AddDays(-(i * 3650 / n)), Amount: ledger.NewAmount(int64(-(i*104729%50_000)-1), usd),
			Merchant: payee, Name: fmt.Sprintf("%s STORE %05d", payee, i*31%100_000),
			Category: categories[i%len(categories)], Channel: "in store",
		}
	}
	return rows
}
