package plaidsim_test

import (
	"os"
	"slices"
	"strings"
	"testing"

	"coffer/plaidsvc/plaidsim"
)

// The scenario on the page for users is one.
func TestDocumentsScenarioPlays(t *testing.T) {
	page, err := os.ReadFile("../../docs/plaidsim.md")
	if err != nil {
		t.Fatal(err)
	}
	_, text, _ := strings.Cut(string(page), "from a JSON file:\n")
	text, _, found := strings.Cut(text, "\nA fault")
	if !found {
		t.Fatal("the page has no scenario where the test looks for it")
	}
	sc, err := plaidsim.ReadScenario(strings.NewReader(text))
	if err != nil || len(sc.Faults) == 0 || len(sc.Events) == 0 {
		t.Errorf("got %+v, %v, want a scenario with faults and events", sc, err)
	}
}

// The page for users lists every endpoint there is, and none that is not.
func TestDocumentListsEveryEndpoint(t *testing.T) {
	page, err := os.ReadFile("../../docs/plaidsim.md")
	if err != nil {
		t.Fatal(err)
	}
	_, table, _ := strings.Cut(string(page), "| area | endpoints |")
	var listed []string
	for _, word := range strings.Fields(table) {
		if path := strings.Trim(word, "`"); strings.HasPrefix(path, "/") {
			listed = append(listed, path)
		}
	}
	var want []string
	for _, endpoint := range newWorld(t, plaidsim.Options{}).server.Endpoints() {
		if !strings.HasPrefix(endpoint, "/link/session/") {
			want = append(want, endpoint)
		}
	}
	slices.Sort(listed)
	slices.Sort(want)
	if !slices.Equal(listed, want) {
		t.Errorf("docs/plaidsim.md lists\n%q\nwant\n%q", listed, want)
	}
}
