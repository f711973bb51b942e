package bank_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"coffer/internal/ordeal"
	"coffer/plaidsvc/plaidsim/bank"
)

// spends tells whether a row counts as spending: what is neither income nor a
// transfer nor the payment of a card.
func spends(x bank.Transaction) bool {
	return x.Primary != "INCOME" && x.Primary != "LOAN_DISBURSEMENTS" &&
		!strings.HasPrefix(x.Primary, "TRANSFER_") && x.Detailed != "LOAN_PAYMENTS_CREDIT_CARD_PAYMENT"
}

// TestAYearLooksLikeAFamilys prints what people can judge and checks what a
// program can: go test -v -run AYear.
func TestAYearLooksLikeAFamilys(t *testing.T) {
	rows, _ := lived(t, 1, noon(2024, 12, 20), noon(2026, 1, 10))
	count, sum := map[string]int{}, map[string]decimal.Decimal{}
	n := 0
	for _, x := range rows {
		if strings.HasPrefix(x.Date, "2025") {
			key := x.Currency + " " + x.Detailed
			count[key], sum[key] = count[key]+1, sum[key].Add(x.Amount)
			n++
		}
	}
	for _, key := range slices.Sorted(maps.Keys(sum)) {
		t.Logf("%-68s %4d %12s", key, count[key], sum[key].StringFixed(2))
	}
	if n < 1000 || n > 1500 {
		t.Errorf("%d rows in a year, want 1000 to 1500", n)
	}
	for _, want := range []struct {
		key       string
		low, high int64
	}{
		{"USD INCOME_SALARY", -84_000, -74_000},
		{"USD LOAN_PAYMENTS_MORTGAGE_PAYMENT", 21_000, 24_000},
		{"USD FOOD_AND_DRINK_GROCERIES", 7_000, 10_500},
		{"USD FOOD_AND_DRINK_RESTAURANT", 2_500, 5_500},
		{"USD RENT_AND_UTILITIES_GAS_AND_ELECTRICITY", 1_300, 2_100},
		{"USD TRANSPORTATION_GAS", 1_200, 2_800},
		{"EUR FOOD_AND_DRINK_RESTAURANT", 150, 1_500},
		{"USD TRAVEL_FLIGHTS", 800, 2_000},
		{"USD INCOME_TAX_REFUND", -3_000, -1_200},
		{"USD LOAN_PAYMENTS_CREDIT_CARD_PAYMENT", -2_000, 2_000},
	} {
		if got := sum[want.key].IntPart(); got < want.low || got > want.high {
			t.Errorf("%s: %d in a year, want %d to %d", want.key, got, want.low, want.high)
		}
	}
}

func TestTheFamilySavesSomeOfWhatItEarns(t *testing.T) {
	ordeal.Alone(t)
	for seed := range int64(2) {
		rows, _ := lived(t, seed, noon(2015, 12, 20), noon(2030, 1, 10))
		earned, spent := map[string]decimal.Decimal{}, map[string]decimal.Decimal{}
		for _, x := range rows {
			switch year := x.Date[:4]; {
			case x.Currency != "USD":
			case x.Primary == "INCOME":
				earned[year] = earned[year].Sub(x.Amount)
			case spends(x):
				spent[year] = spent[year].Add(x.Amount)
			}
		}
		kept := func(from, to int) float64 {
			e, s := decimal.Zero, decimal.Zero
			for y := from; y <= to; y++ {
				e, s = e.Add(earned[fmt.Sprint(y)]), s.Add(spent[fmt.Sprint(y)])
			}
			return e.Sub(s).Div(e).InexactFloat64()
		}
		if got := kept(2020, 2029); got < 0.05 || got > 0.15 {
			t.Errorf("seed %d: %.3f of ten years' income is saved, want 0.05 to 0.15", seed, got)
		}
		for y := 2016; y < 2030; y++ {
			if got := kept(y, y); got < -0.05 || got > 0.25 {
				t.Errorf("seed %d: %.3f of the income of %d is saved", seed, got, y)
			}
		}
	}
}

// Over the years every account stays where a family's money would be.
func TestNoAccountDriftsAway(t *testing.T) {
	ordeal.Alone(t)
	limits := map[string][2]int64{
		"Everyday Checking": {-500, 12_000}, "Rainy Day Savings": {0, 60_000}, "Rewards Card": {-1_500, 9_000},
		"Share Savings": {0, 12_000}, "Auto Loan": {0, 22_000}, "Home Mortgage": {0, 305_000},
		"Partner Checking": {0, 6_000}, "Student Loan": {0, 24_001}, "Brokerage": {5_000, 700_000},
		"Voyager Card": {-1_500, 7_000}, "Travel Account EUR": {-50, 2_500},
		"Checking": {-500, 9_000}, "Savings": {0, 40_000},
	}
	for seed := range int64(3) {
		h := bank.NewHousehold(bank.Options{Kind: "family", Seed: seed})
		single, _ := h.Login("ins_117650", "user_good")
		for _, l := range append(signIn(t, h), single) {
			accounts := l.Accounts()
			for at := noon(2016, 1, 1); at.Year() < 2032; at = at.AddDate(0, 0, 3) {
				for i, b := range l.Balances(at) {
					r := limits[accounts[i].Name]
					if got := b.Current.IntPart(); got < r[0] || got > r[1] {
						t.Fatalf("seed %d: %s holds %s on %s", seed, accounts[i].Name, b.Current, at.Format(time.DateOnly))
					}
				}
			}
		}
	}
}

// legs finds the rows that match, as amount by reference: the two legs of one
// transfer carry the same.
func legs(rows []bank.Transaction, account, text string) map[string]decimal.Decimal {
	out := map[string]decimal.Decimal{}
	for _, x := range rows {
		if x.AccountID == account && strings.Contains(x.Name, text) {
			out[x.Reference] = x.Amount
		}
	}
	return out
}

func TestTransfersAndCardPaymentsHaveBothLegs(t *testing.T) {
	rows, accounts := lived(t, 6, noon(2020, 1, 1), noon(2026, 11, 10))
	for _, tt := range []struct {
		from, out, to, in string
	}{
		{"Everyday Checking", "PLATYPUS CARD AUTOPAY", "Rewards Card", "AUTOPAY PAYMENT"},
		{"Everyday Checking", "VOYAGER CARD AUTOPAY", "Voyager Card", "PAYMENT RECEIVED"},
		{"Everyday Checking", "ONLINE TRANSFER TO SAV", "Rainy Day Savings", "ONLINE TRANSFER FROM CHK"},
		{"Rainy Day Savings", "ONLINE TRANSFER TO CHK", "Everyday Checking", "ONLINE TRANSFER FROM SAV"},
		{"Everyday Checking", "FIRST GINGHAM CU XFER", "Share Savings", "ACH DEPOSIT"},
		{"Partner Checking", "TRANSFER TO PLATYPUS", "Everyday Checking", "TARTAN BANK XFER"},
	} {
		out := legs(rows, named(t, accounts, tt.from), tt.out)
		in := legs(rows, named(t, accounts, tt.to), tt.in)
		if len(out) < 10 {
			t.Errorf("%s: %d payments in seven years", tt.out, len(out))
		}
		for reference, amount := range out {
			if other, ok := in[reference]; !ok || !other.Equal(amount.Neg()) {
				t.Errorf("%s: %s left, %s arrived", tt.out, amount, other)
			}
		}
	}
}

// The euro account lives in euros; dollars buy them at a believable rate.
func TestTheTravelAccountIsHeldInEuros(t *testing.T) {
	rows, accounts := lived(t, 6, noon(2020, 1, 1), noon(2026, 11, 10))
	euro := named(t, accounts, "Travel Account EUR")
	countries, dollars := map[string]int{}, legs(rows, named(t, accounts, "Everyday Checking"), "FX TRANSFER")
	for _, x := range rows {
		if (x.AccountID == euro) != (x.Currency == "EUR") {
			t.Fatalf("%s on %s is in %s", x.Name, accounts[x.AccountID].Name, x.Currency)
		}
		if x.Country != "" && x.Country != "US" {
			countries[x.Country+" "+x.Currency]++
		}
	}
	for _, want := range []string{"PT EUR", "IT EUR", "BE EUR", "PT USD", "IT USD", "BE USD"} {
		if countries[want] == 0 {
			t.Errorf("no row in %s; there are %v", want, countries)
		}
	}
	for reference, euros := range legs(rows, euro, "FX TRANSFER") {
		if rate := dollars[reference].Div(euros.Neg()).InexactFloat64(); rate < 1 || rate > 1.2 {
			t.Errorf("%s dollars bought %s euros", dollars[reference], euros)
		}
	}
}

func TestTheFamilysYearHasItsOddities(t *testing.T) {
	ordeal.Alone(t)
	rows, _ := lived(t, 1, noon(2013, 1, 1), noon(2026, 11, 10))
	seen := map[string]int{}
	purchases := map[string]string{} // merchant and amount to the month
	for _, x := range rows {
		if x.Amount.IsPositive() && x.Merchant != "" {
			purchases[x.Merchant+x.Amount.String()] = x.Date[:7]
		}
	}
	cheques := map[string]bool{}
	for _, x := range rows {
		seen[x.Detailed]++
		if x.Amount.IsNegative() && x.Primary == "GENERAL_MERCHANDISE" {
			seen["refund"]++
			if month, ok := purchases[x.Merchant+x.Amount.Neg().String()]; ok && month < x.Date[:7] {
				seen["refund in a later month"]++
			}
		}
		if x.CheckNumber != "" {
			if cheques[x.CheckNumber] && x.Merchant == "" {
				t.Errorf("two cheques have the number %s", x.CheckNumber)
			}
			cheques[x.CheckNumber] = true
			seen["cheque"]++
		}
	}
	for _, want := range []string{
		"refund", "refund in a later month", "cheque", "TRANSFER_OUT_WITHDRAWAL", "BANK_FEES_ATM_FEES", "BANK_FEES_FOREIGN_TRANSACTION_FEES",
		"INCOME_TAX_REFUND", "INCOME_INTEREST_EARNED", "RENT_AND_UTILITIES_RENT", "LOAN_PAYMENTS_MORTGAGE_PAYMENT", "LOAN_PAYMENTS_CAR_PAYMENT",
		"LOAN_PAYMENTS_STUDENT_LOAN_PAYMENT", "TRANSFER_OUT_INVESTMENT_AND_RETIREMENT_FUNDS", "TRAVEL_LODGING", "TRAVEL_RENTAL_CARS",
	} {
		if seen[want] == 0 {
			t.Errorf("there is no %s in this life", want)
		}
	}
}

// Subscriptions keep their price for a while and then cost more.
func TestSubscriptionsRiseInPrice(t *testing.T) {
	rows, _ := lived(t, 1, noon(2020, 1, 1), noon(2026, 11, 10))
	slices.SortFunc(rows, func(a, b bank.Transaction) int { return strings.Compare(a.AuthorizedDate, b.AuthorizedDate) })
	var prices []string
	last := decimal.Zero
	for _, x := range rows {
		if !strings.HasPrefix(x.Name, "REELHOUSE") || x.AuthorizedDate < "2020" {
			continue
		}
		if x.Amount.LessThan(last) {
			t.Errorf("%s: the price fell from %s to %s", x.AuthorizedDate, last, x.Amount)
		}
		if !x.Amount.Equal(last) {
			prices = append(prices, x.Amount.String())
		}
		last = x.Amount
	}
	if len(prices) < 3 || len(prices) > 8 {
		t.Errorf("prices since 2020: %v, want a rise every year or two", prices)
	}
}

// December has gifts, January has heating, Saturday has the weekly shop.
func TestSeasonsAndWeekdaysDiffer(t *testing.T) {
	rows, _ := lived(t, 2, noon(2020, 1, 1), noon(2026, 11, 10))
	month, weekday := map[string]map[string]decimal.Decimal{}, map[time.Weekday]int{}
	for _, x := range rows {
		if month[x.Detailed] == nil {
			month[x.Detailed] = map[string]decimal.Decimal{}
		}
		m := x.AuthorizedDate[5:7]
		month[x.Detailed][m] = month[x.Detailed][m].Add(x.Amount)
		if x.Detailed == "FOOD_AND_DRINK_GROCERIES" {
			d, _ := time.Parse(time.DateOnly, x.AuthorizedDate)
			weekday[d.Weekday()]++
		}
	}
	for _, tt := range []struct {
		detailed, high, low string
		times               int64
	}{
		{"GENERAL_MERCHANDISE_GIFTS_AND_NOVELTIES", "12", "03", 3},
		{"RENT_AND_UTILITIES_GAS_AND_ELECTRICITY", "01", "05", 2},
	} {
		high, low := month[tt.detailed][tt.high], month[tt.detailed][tt.low]
		if high.LessThan(low.Mul(decimal.NewFromInt(tt.times))) {
			t.Errorf("%s: %s in month %s, %s in month %s", tt.detailed, high, tt.high, low, tt.low)
		}
	}
	if weekday[time.Saturday] < 2*weekday[time.Tuesday] {
		t.Errorf("groceries: %d on Saturdays, %d on Tuesdays", weekday[time.Saturday], weekday[time.Tuesday])
	}
}

// Each card statement is paid in full, so debt never accumulates.
func TestCardsArePaidInFull(t *testing.T) {
	h := bank.NewHousehold(bank.Options{Kind: "family", Seed: 8})
	for _, id := range []string{"ins_109508", "ins_127287"} {
		l, _ := h.Login(id, "user_good")
		for i, a := range l.Accounts() {
			if a.Type != "credit" {
				continue
			}
			for m := range 120 {
				// The day before the payment, and the day after it has arrived:
				// what remains was charged after the statement.
				before, after := noon(2016, time.Month(m+1), 12), noon(2016, time.Month(m+1), 26)
				rows := ledger{}
				for _, e := range l.Events(before.AddDate(0, 0, -26), after) {
					if delete(rows, e.Transaction.ID); e.Op != bank.Removed && !e.Transaction.Pending && e.Transaction.AccountID == a.ID {
						rows[e.Transaction.ID] = e.Transaction
					}
				}
				posted, _ := sums(rows)
				paid := decimal.Zero
				for _, x := range rows {
					if x.Detailed == "LOAN_PAYMENTS_CREDIT_CARD_PAYMENT" {
						paid = paid.Add(x.Amount)
					}
				}
				left := l.Balances(after)[i].Current
				if charged := posted[a.ID].Sub(paid); left.GreaterThan(charged.Add(decimal.NewFromInt(300))) {
					t.Fatalf("%s on %s: %s is owed, only %s was charged since the last statement", a.Name, after.Format(time.DateOnly), left, charged)
				}
			}
		}
	}
}
