package spectest_test

import (
	"strings"
	"testing"

	"coffer/plaidsvc/plaidsim/spectest"
)

// The judge is judged: each of these bodies has one fault, and it is found.
func TestJudgeFindsWhatIsWrong(t *testing.T) {
	const good = `{"item":{"item_id":"i","webhook":null,"error":null,"available_products":[],"billed_products":["auth"],` +
		`"consent_expiration_time":null,"update_type":"background"},"status":null,"request_id":"r"}`
	judge, err := spectest.Load()
	if err != nil {
		t.Fatal(err)
	}
	if got := judge.Answer("/item/get", 200, []byte(good)); len(got) > 0 {
		t.Fatalf("a good body: got complaints %q", got)
	}
	for _, tt := range []struct{ name, old, new, want string }{
		{"undeclared", `"status":null`, `"status":null,"mood":1`, "mood is not declared"},
		{"undeclared inside", `"item_id":"i"`, `"item_id":"i","mood":1`, "item.mood is not declared"},
		{"missing", `"request_id":"r"`, `"status":null`, "request_id is required"},
		{"missing inside", `"webhook":null,`, ``, "item.webhook is required"},
		{"wrong type", `"item_id":"i"`, `"item_id":1`, "item.item_id is of type number, want string"},
		{"not nullable", `"item_id":"i"`, `"item_id":null`, "item.item_id is null"},
		{"enum", `"background"`, `"sometimes"`, "item.update_type is"},
		{"enum in array", `["auth"]`, `["luck"]`, "item.billed_products is"},
		{"date-time", `"consent_expiration_time":null`, `"consent_expiration_time":"today"`, "want a date-time"},
		{"through allOf", `"status":null`, `"status":{"transactions":{"mood":1}}`, "status.transactions.mood is not declared"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			body := strings.Replace(good, tt.old, tt.new, 1)
			got := strings.Join(judge.Answer("/item/get", 200, []byte(body)), "\n")
			if !strings.Contains(got, tt.want) {
				t.Errorf("got complaints %q, want one with %q", got, tt.want)
			}
		})
	}
}

// Names of a map are anybody's, what is under them is not.
func TestJudgeKnowsMaps(t *testing.T) {
	judge, err := spectest.Load()
	if err != nil {
		t.Fatal(err)
	}
	const request = `{"access_token":"t","account_id":"a","authorization_id":"i","description":"d","metadata":{"order":%}}`
	if got := judge.Request("/transfer/create", []byte(strings.Replace(request, "%", `"17"`, 1))); len(got) > 0 {
		t.Errorf("a text: got complaints %q", got)
	}
	got := strings.Join(judge.Request("/transfer/create", []byte(strings.Replace(request, "%", `17`, 1))), "\n")
	if want := "metadata.order is of type number, want string"; !strings.Contains(got, want) {
		t.Errorf("a number: got complaints %q, want one with %q", got, want)
	}
}
