package custom_test

import (
	"encoding/csv"
	"os"
	"regexp"
	"testing"
)

// Every category that the package writes is one of Plaid's list, version 2.
func TestFilingsAreOfTheTaxonomy(t *testing.T) {
	f, err := os.Open("../bank/testdata/pfc.csv")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	lines, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	known := make(map[string]bool)
	for _, line := range lines {
		known[line[1]] = true
	}
	source, err := os.ReadFile("filing.go")
	if err != nil {
		t.Fatal(err)
	}
	codes := regexp.MustCompile(`"[A-Z]+(_[A-Z]+)+"`).FindAllString(string(source), -1)
	if len(codes) < 40 {
		t.Fatalf("categories in filing.go: got %d, want many", len(codes))
	}
	for _, code := range codes {
		if !known[code[1:len(code)-1]] {
			t.Errorf("%s is not of the taxonomy", code)
		}
	}
}
