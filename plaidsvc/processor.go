package plaidsvc

import (
	"fmt"
	"slices"
	"strings"
)

// stripe is the one processor with an endpoint of its own.
const stripe = "stripe"

// processors are the payment processors that Plaid makes tokens for, Stripe
// apart. Source: https://plaid.com/docs/api/processors/#processortokencreate.
var processors = strings.Fields(`
	dwolla galileo modern_treasury ocrolus vesta drivewealth vopay achq check checkbook circle sila_money rize
	svb_api unit wyre lithic alpaca astra moov treasury_prime marqeta checkout solid highnote gemini apex_clearing
	gusto adyen atomic i2c wepay riskified utb adp_roll fortress_trust bond bakkt teal zero_hash taba_pay knot
	sardine alloy finix nuvei layer boom paynote stake wedbush esusu
	ansa scribeup straddle loanpro bloom_credit sfox brale parafin cardless open_ledger valon gainbridge cardlytics
	pinwheel thread_bank array fiant oatfi curinos`)

// Processors lists those that Plaid makes tokens for, in its spelling, by name.
func Processors() []string {
	return slices.Sorted(slices.Values(append([]string{stripe}, processors...)))
}

// CheckProcessor reports why Plaid makes no token for a processor, with the name
// that was meant if one is close, nil if it makes some.
func CheckProcessor(name string) error {
	all := Processors()
	if slices.Contains(all, name) {
		return nil
	}
	if meant := closest(name, all); meant != "" {
		return fmt.Errorf("processor %.64q: Plaid knows none of that name; is it %s?", name, meant)
	}
	return fmt.Errorf("processor %.64q: Plaid knows none of that name; it knows %s", name, strings.Join(all, ", "))
}

// closest returns the name that a typing mistake may stand for: one that differs
// in case or in how its words are joined, one it is the beginning of, or one two
// letters away at most; "" if there is none.
func closest(typed string, names []string) string {
	plain := strings.NewReplacer(" ", "", "-", "", "_", "", ".", "")
	bare := func(s string) string { return plain.Replace(strings.ToLower(s)) }
	typed = bare(typed[:min(len(typed), 64)])
	best, least := "", 3
	for _, name := range names {
		away := distance(typed, bare(name))
		if len(typed) >= 3 && strings.HasPrefix(bare(name), typed) {
			away = min(away, 1)
		}
		// A short name is another name after two letters.
		if away < least && away*2 < max(len(typed), 2) {
			best, least = name, away
		}
	}
	return best
}

// distance is how many letters must be put in, taken out or replaced to make one
// text the other.
func distance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			cost := diagonal
			if a[i] != b[j] {
				cost = 1 + min(diagonal, row[j], row[j+1])
			}
			diagonal, row[j+1] = row[j+1], cost
		}
	}
	return row[len(b)]
}
