package plaidsim_test

import (
	"slices"
	"testing"

	"coffer/plaidsvc/plaidsim"
)

func TestLinkSaysWhichBanksWillNotDo(t *testing.T) {
	w := newWorld(t, plaidsim.Options{})
	session := w.start(w.linkToken(nil))
	search := func(query string) map[string]fields {
		found := make(map[string]fields)
		for _, i := range w.must("/link/session/institutions", with(session, fields{"query": query})).list("institutions") {
			found[i.text("institution_id")] = i
		}
		return found
	}
	all := search("")
	if _, listed := all["ins_133402"]; listed {
		t.Error("a bank that lacks the product is offered to everybody")
	}
	for id, status := range map[string]string{"ins_109508": "HEALTHY", "ins_132363": "DEGRADED", "ins_132361": "DOWN"} {
		if got := all[id]; got["status"] != status || got["supported"] != true {
			t.Errorf("%s: got %v, want status %s, supported", id, got, status)
		}
	}
	if got := search("unsupported")["ins_133402"]; got["supported"] != false {
		t.Errorf("a bank that lacks the product, by name: got %v, want it, not supported", got)
	}
}

// The page has to know before anything else whether the bank signs people in
// itself, and what the person is asked to share.
func TestLinkStartsWithTheBankAndTheProducts(t *testing.T) {
	w := newWorld(t, plaidsim.Options{})
	start := func(link string) fields { return w.must("/link/session/start", fields{"link_token": link}) }
	products := func(a fields) []string {
		var all []string
		for _, p := range a["products"].([]any) {
			all = append(all, p.(string))
		}
		return all
	}
	fresh := start(w.linkToken(fields{"institution_id": "ins_127287", "additional_consented_products": []string{"auth"}}))
	if got := fresh.text("institution", "institution_id"); got != "ins_127287" || fresh.at("institution", "oauth") != true {
		t.Errorf("institution: got %v, want ins_127287 with OAuth", fresh["institution"])
	}
	if got, want := products(fresh), []string{"transactions", "auth"}; !slices.Equal(got, want) {
		t.Errorf("products: got %q, want %q", got, want)
	}
	item := w.link(nil)
	update := start(w.updateToken(item, fields{"additional_consented_products": []string{"identity"}}))
	if got := products(update); !slices.Contains(got, "transactions") || !slices.Contains(got, "identity") {
		t.Errorf("products of an update: got %q, want those of the Item and identity", got)
	}
}
