package plaidsim_test

import (
	"strings"
	"testing"

	"coffer/plaidsvc/plaidsim"
)

func TestAuthNumbersEndInTheMask(t *testing.T) {
	w := newWorld(t, plaidsim.Options{})
	answer := w.must("/auth/get", fields{"access_token": w.link(nil)})
	masks := make(map[string]string)
	for _, a := range answer.list("accounts") {
		masks[a.text("account_id")] = a.text("mask")
	}
	numbers := answer.list("numbers", "ach")
	if len(numbers) != 2 || len(masks) != 2 {
		t.Fatalf("got %d numbers of %d accounts, want checking and savings", len(numbers), len(masks))
	}
	for _, n := range numbers {
		if mask := masks[n.text("account_id")]; mask == "" || !strings.HasSuffix(n.text("account"), mask) {
			t.Errorf("account number %s: want it to end in %q", n.text("account"), mask)
		}
	}
}

func TestAuthStartsTheProduct(t *testing.T) {
	w := newWorld(t, plaidsim.Options{})
	token := w.link(nil)
	billed := func(answer fields) bool {
		for _, p := range answer.at("item", "billed_products").([]any) {
			if p == "auth" {
				return true
			}
		}
		return false
	}
	if billed(w.must("/item/get", fields{"access_token": token})) {
		t.Error("auth is billed before anybody asked for it")
	}
	w.must("/auth/get", fields{"access_token": token})
	if !billed(w.must("/item/get", fields{"access_token": token})) {
		t.Error("auth is not billed after it was asked for")
	}
}

func TestNumbersAndHoldersNeedConsent(t *testing.T) {
	w := newWorld(t, plaidsim.Options{})
	link := w.linkToken(nil) // transactions alone
	public := w.finish(w.signIn(link, "ins_109508", "user_good", "pass_good")).text("public_token")
	token := w.must("/item/public_token/exchange", fields{"public_token": public}).text("access_token")
	for _, endpoint := range []string{"/auth/get", "/identity/get"} {
		w.refused(endpoint, fields{"access_token": token}, "ADDITIONAL_CONSENT_REQUIRED")
	}
}

func TestJointHoldersLiveTogether(t *testing.T) {
	w := newWorld(t, plaidsim.Options{})
	answer := w.must("/identity/get", fields{"access_token": w.link(nil)})
	for _, a := range answer.list("accounts") {
		owners := a.list("owners")
		if len(owners) != 2 {
			t.Fatalf("%s: got %d owners, want 2", a.text("name"), len(owners))
		}
		first, second := owners[0], owners[1]
		if first.list("addresses")[0].text("data", "street") == "" ||
			first.list("addresses")[0].text("data", "street") != second.list("addresses")[0].text("data", "street") {
			t.Errorf("%s: %v and %v live apart", a.text("name"), first, second)
		}
		if first.list("phone_numbers")[0].text("data") == second.list("phone_numbers")[0].text("data") {
			t.Errorf("%s: one telephone for two", a.text("name"))
		}
	}
}
