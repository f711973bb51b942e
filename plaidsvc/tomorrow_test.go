package plaidsvc_test

import (
	"testing"

	"coffer/plaidsvc/plaidsim"
)

// An answer as it may be one day costs no row and no cent.
func TestSyncBearsTheAnswersOfTomorrow(t *testing.T) {
	today := simulate(t, plaidsim.Options{Settled: true})
	today.link(t, platypus)
	for _, datetimes := range []string{"plain", "precise", "loose"} {
		s := simulate(t, plaidsim.Options{Settled: true, Scenario: &plaidsim.Scenario{
			Tomorrow: &plaidsim.Tomorrow{Datetimes: datetimes},
		}})
		s.link(t, platypus)
		if got, want := len(s.vault.rows), len(today.vault.rows); got != want || want == 0 {
			t.Errorf("%s: got %d rows, want %d", datetimes, got, want)
		}
		for id, want := range today.vault.rows {
			got := s.vault.rows[id]
			if got.Amount != want.Amount || got.Date != want.Date || got.Pending != want.Pending || got.Account != want.Account {
				t.Fatalf("%s: row %s: got %+v, want %+v", datetimes, id, got, want)
			}
		}
	}
}
