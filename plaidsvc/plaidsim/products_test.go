package plaidsim_test

import (
	"net/http"
	"slices"
	"testing"

	"coffer/plaidsvc/plaidsim"
)

// A call that finds no account of its product does not begin to bill it; one that
// finds some does.
func TestAProductIsBilledFromTheFirstCallThatWorks(t *testing.T) {
	for _, tt := range []struct {
		endpoint, product, bank string
		status                  int
	}{
		{"/investments/holdings/get", "investments", "ins_109508", http.StatusBadRequest},
		{"/investments/holdings/get", "investments", "ins_109511", http.StatusOK},
		{"/liabilities/get", "liabilities", "ins_132363", http.StatusBadRequest},
		{"/liabilities/get", "liabilities", "ins_109508", http.StatusOK},
		{"/auth/get", "auth", "ins_109508", http.StatusOK},
	} {
		w := newWorld(t, plaidsim.Options{})
		token := w.linkWith(tt.bank, "transactions")
		status, answer := w.ask(tt.endpoint, fields{"access_token": token})
		if status != tt.status {
			t.Fatalf("%s at %s: got %d %v, want %d", tt.endpoint, tt.bank, status, answer, tt.status)
		}
		item, _ := w.must("/item/get", fields{"access_token": token})["item"].(map[string]any)
		billed, _ := item["billed_products"].([]any)
		if got, want := slices.Contains(billed, any(tt.product)), tt.status == http.StatusOK; got != want {
			t.Errorf("%s at %s: billed are %v, want %s among them: %v", tt.endpoint, tt.bank, billed, tt.product, want)
		}
	}
}
