package ledger_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"log/slog"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"coffer/ledger"
)

// However digits are printed, what is shown of them is their end.
func TestDigitsNeverPrintWhole(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		number := rapid.StringMatching(`[A-Z]{0,4}[0-9]{9,22}`).Draw(t, "number")
		n := ledger.Numbers{ACH: []ledger.ACHNumbers{{Account: ledger.NewDigits(number)}}}
		var said bytes.Buffer
		for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%d"} {
			fmt.Fprintf(&said, verb+"\n", n)
			fmt.Fprintf(&said, verb+"\n", n.ACH[0].Account)
			fmt.Fprintf(&said, verb+"\n", n.Lines())
		}
		slog.New(slog.NewTextHandler(&said, nil)).Info("numbers", "n", n)
		slog.New(slog.NewJSONHandler(&said, nil)).Info("numbers", "n", n)
		if err := json.NewEncoder(&said).Encode(n); err != nil {
			t.Fatal(err)
		}
		if strings.Contains(said.String(), number) {
			t.Fatalf("%q is in\n%s", number, &said)
		}
	})
}

func TestDigitsAreMaskedToTheirEnd(t *testing.T) {
	for whole, want := range map[string]string{
		"123456789012": "****9012", "021000021": "****0021", "200415": "****415",
		"910": "****0", "7": "****", "": "", "GB33BUKB20201555555555": "****5555",
	} {
		if got := ledger.NewDigits(whole).Masked(); got != want {
			t.Errorf("%q is shown as %q, want %q", whole, got, want)
		}
	}
	text, err := json.Marshal(ledger.Digits{})
	if err != nil || string(text) != "null" {
		t.Errorf("unknown digits are %s in JSON, %v; want null", text, err)
	}
}

func TestNumbersListWhatIsKnown(t *testing.T) {
	d := ledger.NewDigits
	n := ledger.Numbers{
		ACH:           []ledger.ACHNumbers{{Account: d("1"), Routing: d("2")}},
		International: []ledger.InternationalNumbers{{IBAN: d("3"), BIC: d("4")}},
	}
	var got []string
	for _, line := range n.Lines() {
		got = append(got, line.Label+" "+line.Digits.Reveal())
	}
	if want := "ACH account 1, ACH routing 2, IBAN 3, BIC 4"; strings.Join(got, ", ") != want {
		t.Errorf("got %q, want %q", got, want)
	}
}
