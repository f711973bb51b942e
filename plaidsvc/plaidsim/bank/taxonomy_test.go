package bank_test

import (
	"encoding/csv"
	"os"
	"strings"
	"testing"

	"coffer/internal/ordeal"
)

// taxonomy is Plaid's published list, version 2, as primary by detailed category
// (https://plaid.com/documents/pfc-taxonomy-all.csv).
func taxonomy(t *testing.T) map[string]string {
	t.Helper()
	f, err := os.Open("testdata/pfc.csv")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	lines, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	primary := map[string]string{}
	for _, line := range lines[1:] {
		if strings.Contains(line[2], "v2") {
			primary[line[1]] = line[0]
		}
	}
	return primary
}

func TestCategoriesAreOfTheTaxonomy(t *testing.T) {
	ordeal.Alone(t)
	primary, used := taxonomy(t), map[string]bool{}
	for id, events := range everyone(t, noon(2026, 11, 22)) {
		for _, e := range events {
			if x := e.Transaction; x.Name != "" {
				used[x.Detailed] = true
				if want, ok := primary[x.Detailed]; !ok || x.Primary != want {
					t.Fatalf("%s: %s is filed under %q, %q", id, x.Name, x.Primary, x.Detailed)
				}
			}
		}
	}
	if len(used) < 60 {
		t.Errorf("%d categories in use, want a life with at least 60", len(used))
	}
}
