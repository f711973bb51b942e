package plaidsim_test

import (
	"testing"

	"coffer/plaidsvc/plaidsim"
)

func TestUnhealthyBanksCannotBeLinked(t *testing.T) {
	w := newWorld(t, plaidsim.Options{})
	for id, code := range map[string]string{
		"ins_132361": "INSTITUTION_DOWN",
		"ins_133402": "PRODUCTS_NOT_SUPPORTED",
	} {
		w.refused("/sandbox/public_token/create", fields{
			"institution_id": id, "initial_products": []string{"transactions"},
		}, code)
	}
}

// The degraded bank answers most of the time, and every third real-time call not.
func TestDegradedBankAnswersMostOfTheTime(t *testing.T) {
	w := newWorld(t, plaidsim.Options{Settled: true})
	token := w.linkAt("ins_132363", nil) // the first call
	ask := func() string {
		_, answer := w.ask("/accounts/balance/get", fields{"access_token": token})
		return answer.text("error_code")
	}
	for call := 2; call < 10; call++ {
		want := ""
		if call%3 == 0 {
			want = "INSTITUTION_NOT_RESPONDING"
		}
		if got := ask(); got != want {
			t.Errorf("call %d: got %q, want %q", call, got, want)
		}
	}
	w.must("/accounts/get", fields{"access_token": token}) // what Plaid has already
}
