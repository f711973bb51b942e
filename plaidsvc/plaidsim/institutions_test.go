package plaidsim_test

import (
	"testing"

	"coffer/plaidsvc/plaidsim"
)

func TestInstitutionIsFoundByID(t *testing.T) {
	w := newWorld(t, plaidsim.Options{})
	request := fields{"institution_id": "ins_109508", "country_codes": []string{"US", "CA"}}
	bare := w.must("/institutions/get_by_id", request)
	if got := bare.text("institution", "name"); got != "First Platypus Bank" {
		t.Errorf("name: got %q, want First Platypus Bank", got)
	}
	if got := bare.at("institution", "url"); got != nil {
		t.Errorf("url without optional metadata: got %v, want none", got)
	}
	request["options"] = fields{"include_optional_metadata": true, "include_status": true}
	full := w.must("/institutions/get_by_id", request)
	if url, color := full.text("institution", "url"), full.text("institution", "primary_color"); url == "" || color == "" {
		t.Errorf("optional metadata: got url %q and colour %q, want both", url, color)
	}

	request["institution_id"] = "ins_0"
	w.refused("/institutions/get_by_id", request, "INVALID_INSTITUTION")
	request["institution_id"], request["country_codes"] = "ins_109508", []string{"GB"}
	w.refused("/institutions/get_by_id", request, "INVALID_INSTITUTION")
	request["country_codes"] = []string{"XX"}
	w.refused("/institutions/get_by_id", request, "INVALID_FIELD")
	request["country_codes"] = []string{}
	w.refused("/institutions/get_by_id", request, "INVALID_FIELD")
}

func TestInstitutionsAreSearched(t *testing.T) {
	w := newWorld(t, plaidsim.Options{})
	search := func(request fields) map[string]bool {
		request["country_codes"] = []string{"US"}
		found := make(map[string]bool)
		for _, i := range w.must("/institutions/search", request).list("institutions") {
			found[i.text("institution_id")] = true
		}
		return found
	}
	if got := search(fields{"query": "pLaTy"}); !got["ins_109508"] || got["ins_109511"] {
		t.Errorf("platy: got %v, want First Platypus Bank and not Tartan Bank", got)
	}
	if got := search(fields{"query": "platy", "options": fields{"oauth": true}}); !got["ins_127287"] || got["ins_109508"] {
		t.Errorf("platy with OAuth: got %v, want Platypus OAuth Bank and not First Platypus Bank", got)
	}
	if got := search(fields{"query": "platy", "products": []string{"payment_initiation"}}); len(got) > 0 {
		t.Errorf("payment initiation in the US: got %v, want none", got)
	}
	if got := search(fields{"query": "no such bank"}); len(got) > 0 {
		t.Errorf("no such bank: got %v, want none", got)
	}
}
