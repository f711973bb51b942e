package plaidsim_test

import (
	"encoding/json"
	"reflect"
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

// Which ways of Auth a bank has is told when somebody asks, and nothing of a bank
// that has none.
func TestInstitutionsTellTheirWaysOfAuth(t *testing.T) {
	w := newWorld(t, plaidsim.Options{})
	ways := func(id string, ask bool) fields {
		f := w.must("/institutions/get_by_id", fields{"institution_id": id, "country_codes": []string{"US"},
			"options": fields{"include_auth_metadata": ask}})
		m, _ := f.at("institution", "auth_metadata", "supported_methods").(map[string]any)
		return m
	}
	if got := ways("ins_109508", true); got["instant_auth"] != true || got["automated_micro_deposits"] != false {
		t.Errorf("ins_109508: got %v, want instant_auth alone", got)
	}
	if got := ways("ins_109512", true); got["automated_micro_deposits"] != true {
		t.Errorf("ins_109512: got %v, want automated_micro_deposits too", got)
	}
	if got := ways("ins_109508", false); got != nil {
		t.Errorf("not asked for: got %v, want none", got)
	}
	if got := ways("ins_54", true); got != nil {
		t.Errorf("a bank without Auth: got %v, want none", got)
	}
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

func TestInstitutionsComeInPages(t *testing.T) {
	w := newWorld(t, plaidsim.Options{})
	all := w.must("/institutions/get", institutionsPage(500, 0, nil))
	total, _ := all["total"].(json.Number).Int64()
	if n := len(all.list("institutions")); n != int(total) || n < 15 {
		t.Fatalf("got %d institutions and total %d, want all of them", n, total)
	}
	var paged []fields
	for offset := 0; offset < int(total); offset += 4 {
		page := w.must("/institutions/get", institutionsPage(4, offset, nil))
		if page["total"] != all["total"] {
			t.Errorf("total at offset %d: got %v, want %v", offset, page["total"], all["total"])
		}
		paged = append(paged, page.list("institutions")...)
	}
	if !reflect.DeepEqual(paged, all.list("institutions")) {
		t.Errorf("pages of four: got %d institutions in another order or number, want %d", len(paged), total)
	}
}

func TestInstitutionsAreFiltered(t *testing.T) {
	w := newWorld(t, plaidsim.Options{})
	names := func(options fields) map[string]bool {
		found := make(map[string]bool)
		for _, i := range w.must("/institutions/get", institutionsPage(500, 0, options)).list("institutions") {
			found[i.text("institution_id")] = true
		}
		return found
	}
	number := w.must("/institutions/get_by_id", fields{"institution_id": "ins_109511", "country_codes": []string{"US"}}).
		at("institution", "routing_numbers", 0)
	if got := names(fields{"routing_numbers": []any{number}}); len(got) != 1 || !got["ins_109511"] {
		t.Errorf("by routing number: got %v, want Tartan Bank", got)
	}
	if got := names(fields{"oauth": true}); !got["ins_127287"] || got["ins_109508"] {
		t.Errorf("with OAuth: got %v, want Platypus OAuth Bank and not First Platypus Bank", got)
	}
	if got := names(fields{"products": []string{"investments"}}); !got["ins_109508"] || got["ins_116834"] {
		t.Errorf("with investments: got %v, want First Platypus Bank and not Flexible Platypus", got)
	}
}
