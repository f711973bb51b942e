package recur

import (
	"slices"
	"strings"
	"time"

	"coffer/plaidsvc/plaidsim/bank"

	"github.com/shopspring/decimal"
)

// A cadence is a distance between the rows of a stream, in days. Weekends and
// holidays move a row by some days, so there is a range; a row that is later
// than grace after the day it was expected on will not come any more.
type cadence struct {
	frequency   Frequency
	least, most int
	grace       int
}

// twice a month is told apart from every two weeks afterwards, see [halves].
func cadences() []cadence {
	return []cadence{
		{Weekly, 5, 9, 7},
		{Biweekly, 11, 18, 7},
		{Monthly, 26, 35, 14},
		{Annually, 358, 369, 30},
	}
}

// longest is the number of days that a frequency can be told by its name;
// what is rarer than monthly has no name until it is annual.
const (
	longestNamed = 35
	daysAMonth   = 30
)

// streamOf makes a stream of rows, the oldest first, if they are one.
func streamOf(rows []*bank.Transaction, today int) (Stream, bool) {
	if len(rows) < 2 {
		return Stream{}, false
	}
	days := make([]int, len(rows))
	for i, r := range rows {
		days[i] = dayOf(r.Date)
	}
	c, ok := rhythm(days)
	if !ok || !steady(rows) && (len(rows) < 3 || !metered(rows)) {
		return Stream{}, false
	}
	s := Stream{Rows: rows, Frequency: c.frequency, Status: EarlyDetection}
	next := c.after(days)
	s.Active = today <= next+c.grace
	switch {
	case len(rows) >= 3, c.frequency == Annually:
		s.Status = Mature
	case !s.Active:
		s.Status = Tombstoned
	}
	if s.Active {
		s.Next = dateOf(next)
	}
	return s, true
}

// rhythm finds the cadence of rows that came on these days. One distance in
// four may be another: a payment is skipped, or doubled, or the school is out.
func rhythm(days []int) (cadence, bool) {
	gaps := make([]int, len(days)-1)
	for i := range gaps {
		gaps[i] = days[i+1] - days[i]
	}
	fits := func(c cadence) bool {
		misses := 0
		for _, g := range gaps {
			if g < c.least || g > c.most {
				misses++
			}
		}
		return misses <= len(gaps)/4
	}
	for _, c := range cadences() {
		if fits(c) {
			return halves(c, days), true
		}
	}
	// Every three months, or every six: three rows show it.
	median := slices.Sorted(slices.Values(gaps))[len(gaps)/2]
	slack := max(7, median/12)
	c := cadence{Unknown, median - slack, median + slack, daysAMonth}
	return c, len(gaps) >= 2 && median > longestNamed && fits(c)
}

// halves tells every two weeks, which is always the same weekday but for
// holidays, from twice a month, which is about as often.
func halves(c cadence, days []int) cadence {
	if c.frequency != Biweekly {
		return c
	}
	const week = 7
	var weekdays [week]int
	for _, d := range days {
		weekdays[d%week]++
	}
	if slices.Max(weekdays[:])*4 < len(days)*3 {
		c.frequency = SemiMonthly
	}
	return c
}

// after is the day on which the next row is expected.
func (c cadence) after(days []int) int {
	last := days[len(days)-1]
	switch c.frequency {
	case Weekly:
		return last + 7
	case Biweekly:
		return last + 14
	case SemiMonthly:
		return last + 15
	case Monthly:
		return sameDay(days, last)
	case Annually:
		return dayOf(timeOf(last).AddDate(1, 0, 0).Format(time.DateOnly))
	default:
		return last + (c.least+c.most)/2
	}
}

// sameDay is a month after the last row, on the day of the month that most rows
// came on.
func sameDay(days []int, last int) int {
	var count [32]int
	for _, d := range days {
		count[timeOf(d).Day()]++
	}
	usual := slices.Index(count[:], slices.Max(count[:]))
	best := last + daysAMonth
	near := timeOf(best)
	for _, month := range []time.Month{near.Month() - 1, near.Month(), near.Month() + 1} {
		length := time.Date(near.Year(), month+1, 0, 0, 0, 0, 0, time.UTC).Day()
		day := int(time.Date(near.Year(), month, min(usual, length), 0, 0, 0, 0, time.UTC).Unix() / secondsADay)
		if distance := day - last; distance >= 20 && distance <= 40 {
			return day
		}
	}
	return best
}

// steady tells whether the amounts stay about the same from row to row, three
// times in four: prices rise, and sometimes a lot at once.
func steady(rows []*bank.Transaction) bool {
	const perCent = 15
	jumps := 0
	for i := range len(rows) - 1 {
		a, b := rows[i].Amount.Abs(), rows[i+1].Amount.Abs()
		if a.Sub(b).Abs().Mul(decimal.NewFromInt(100)).GreaterThan(decimal.Max(a, b).Mul(decimal.NewFromInt(perCent))) {
			jumps++
		}
	}
	return jumps <= (len(rows)-1)/4
}

// metered tells whether rows are of a kind that recurs with amounts that
// differ: pay, debts, transfers, what is metered. Nobody calls it a stream that
// somebody buys food every Saturday.
func metered(rows []*bank.Transaction) bool {
	switch last := rows[len(rows)-1]; last.Primary {
	case "INCOME", "LOAN_PAYMENTS", "RENT_AND_UTILITIES":
		return true
	case "TRANSFER_IN", "TRANSFER_OUT":
		return !strings.HasSuffix(last.Detailed, "_WITHDRAWAL") && !strings.HasSuffix(last.Detailed, "_DEPOSIT")
	case "GENERAL_SERVICES":
		return strings.HasSuffix(last.Detailed, "_INSURANCE") || strings.HasSuffix(last.Detailed, "_CHILDCARE")
	default:
		return false
	}
}

const secondsADay = 24 * 60 * 60

// dayOf counts a date in days since 1970, timeOf and dateOf turn it back.
func dayOf(date string) int {
	t, err := time.Parse(time.DateOnly, date)
	if err != nil {
		return 0
	}
	return int(t.Unix() / secondsADay)
}

func timeOf(day int) time.Time { return time.Unix(int64(day)*secondsADay, 0).UTC() }

func dateOf(day int) string { return timeOf(day).Format(time.DateOnly) }
