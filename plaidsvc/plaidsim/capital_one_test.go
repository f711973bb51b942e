package plaidsim_test

import (
	"slices"
	"testing"
	"time"

	"coffer/plaidsvc/plaidsim"
)

// linkBank links a bank and asks for all it has.
func (w *world) linkBank(institution string) string {
	w.Helper()
	return w.linkAt(institution, fields{"transactions": fields{"days_requested": 730}})
}

// accountIDs lists the accounts of an Item, by type.
func (w *world) accountIDs(token string) map[string][]string {
	w.Helper()
	ids := make(map[string][]string)
	for _, a := range w.must("/accounts/get", fields{"access_token": token}).list("accounts") {
		ids[a.text("type")] = append(ids[a.text("type")], a.text("account_id"))
	}
	return ids
}

func TestCapitalOneWantsToKnowHowOldBalancesMayBe(t *testing.T) {
	w := newWorld(t, plaidsim.Options{Settled: true})
	token := w.linkBank("ins_128026")
	w.pass(30 * time.Hour)
	balance := func(options fields) fields { return fields{"access_token": token, "options": options} }
	cards := w.accountIDs(token)["credit"]
	if len(cards) == 0 {
		t.Fatal("Capital One has no card")
	}

	w.refused("/accounts/balance/get", fields{"access_token": token}, "INVALID_FIELD")
	w.refused("/accounts/balance/get", balance(fields{"account_ids": cards}), "INVALID_FIELD")
	answer := w.refused("/accounts/balance/get",
		balance(fields{"min_last_updated_datetime": w.Now().Format(time.RFC3339)}), "LAST_UPDATED_DATETIME_OUT_OF_RANGE")
	if answer["error_type"] != "INVALID_RESULT" {
		t.Errorf("error_type: got %v, want INVALID_RESULT", answer["error_type"])
	}

	old := w.Now().Add(-48 * time.Hour)
	for _, a := range w.must("/accounts/balance/get", balance(fields{"min_last_updated_datetime": old.Format(time.RFC3339)})).list("accounts") {
		updated, err := time.Parse(time.RFC3339, a.text("balances", "last_updated_datetime"))
		if err != nil || updated.Before(old) || updated.After(w.Now()) {
			t.Errorf("%s: updated %v, %v; want it since %s", a.text("name"), updated, err, old)
		}
		if live := updated.Equal(w.Now()); live != (a.text("type") == "depository") {
			t.Errorf("%s: told in real time %v", a.text("name"), live)
		}
	}
}

func TestCapitalOneTellsDepositoryBalancesAtOnce(t *testing.T) {
	w := newWorld(t, plaidsim.Options{Settled: true})
	token := w.linkBank("ins_128026")
	ids := w.accountIDs(token)["depository"]
	got := w.must("/accounts/balance/get", fields{"access_token": token, "options": fields{"account_ids": ids}}).list("accounts")
	if len(got) != len(ids) || got[0].text("balances", "last_updated_datetime") != w.Now().Format(time.RFC3339) {
		t.Errorf("got %v, want the %d accounts as of now", got, len(ids))
	}
	other := w.must("/accounts/balance/get", fields{"access_token": w.linkBank("ins_127991")}).list("accounts")
	if updated := other[0].at("balances", "last_updated_datetime"); updated != nil {
		t.Errorf("another bank: got last_updated_datetime %v, want none", updated)
	}
}

func TestCapitalOneHasNinetyDaysAndNothingPending(t *testing.T) {
	w := newWorld(t, plaidsim.Options{Settled: true})
	first := "9999"
	for _, page := range w.pages(w.linkBank("ins_128026"), "", 500) {
		for _, row := range page.list("added") {
			first = min(first, row.text("date"))
			if row["pending"] == true {
				t.Fatalf("%v is pending", row["name"])
			}
		}
	}
	if first < "2025-12-15" || first > "2025-12-25" {
		t.Errorf("the first row is of %s, want one of the last 90 days", first)
	}
}

// Some banks allow one Item a login: linking again breaks the older one.
func TestOlderItemOfALoginBreaks(t *testing.T) {
	for bank, want := range map[string]string{
		"ins_15":     "ITEM_LOGIN_REQUIRED",
		"ins_11":     "ITEM_LOGIN_REQUIRED",
		"ins_56":     "", // the same accounts: the older one goes on
		"ins_127991": "",
	} {
		w := newWorld(t, plaidsim.Options{Settled: true})
		older := w.linkBank(bank)
		younger := w.linkBank(bank)
		if got := w.must("/item/get", fields{"access_token": older}).text("item", "error", "error_code"); got != want {
			t.Errorf("%s: the older Item has error %q, want %q", bank, got, want)
		}
		if got := w.must("/item/get", fields{"access_token": younger}).text("item", "error", "error_code"); got != "" {
			t.Errorf("%s: the younger Item has error %q, want none", bank, got)
		}
	}
}

// A bank that tells accounts by a persistent id tells the same one in each Item.
func TestPersistentAccountIDsSurviveLinkingAgain(t *testing.T) {
	for bank, has := range map[string]bool{"ins_56": true, "ins_13": true, "ins_127990": true, "ins_127991": false} {
		w := newWorld(t, plaidsim.Options{Settled: true})
		ids := func() (persistent, own []string) {
			for _, a := range w.must("/accounts/get", fields{"access_token": w.linkBank(bank)}).list("accounts") {
				persistent, own = append(persistent, a.text("persistent_account_id")), append(own, a.text("account_id"))
			}
			return persistent, own
		}
		one, oneOwn := ids()
		two, twoOwn := ids()
		if !slices.Equal(one, two) || slices.Equal(oneOwn, twoOwn) || (one[0] != "") != has {
			t.Errorf("%s: got persistent ids %v and %v, account ids %v and %v", bank, one, two, oneOwn, twoOwn)
		}
	}
}

func TestConsentAtBanksThatAskAnewHasAnEnd(t *testing.T) {
	for bank, want := range map[string]string{"ins_128026": "2027-03-15T09:00:00Z", "ins_117650": "2026-09-11T09:00:00Z", "ins_109508": ""} {
		w := newWorld(t, plaidsim.Options{Settled: true})
		if got := w.must("/item/get", fields{"access_token": w.linkBank(bank)}).text("item", "consent_expiration_time"); got != want {
			t.Errorf("%s: consent until %q, want %q", bank, got, want)
		}
	}
}
