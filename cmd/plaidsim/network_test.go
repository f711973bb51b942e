package main

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

func get(t *testing.T, client *http.Client, address string) (*http.Response, error) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, address, nil)
	if err != nil {
		t.Fatal(err)
	}
	answer, err := client.Do(r)
	if err == nil {
		answer.Body.Close()
	}
	return answer, err
}

// The network refuses other machines before a packet leaves: 192.0.2.1 is
// nobody's (RFC 5737), and no answer of it could come this fast.
func TestWebhooksStayOnThisMachine(t *testing.T) {
	for _, address := range []string{"http://192.0.2.1/", "http://[2001:db8::1]:8080/", "http://[::ffff:192.0.2.1]/"} {
		if _, err := get(t, network(false), address); err == nil || !strings.Contains(err.Error(), "--webhooks-anywhere allows it") {
			t.Errorf("%s: got %v, want a refusal that names the flag", address, err)
		}
	}
	app := httptest.NewServer(http.RedirectHandler("http://192.0.2.1/", http.StatusFound))
	defer app.Close()
	for _, address := range []string{app.URL, strings.Replace(app.URL, "127.0.0.1", "localhost", 1)} {
		answer, err := get(t, network(false), address)
		if err != nil || answer.StatusCode != http.StatusFound {
			t.Errorf("%s: got %v, %v, want the redirect itself", address, answer, err)
		}
	}
	if client := network(true); client.Transport.(*http.Transport).Proxy != nil {
		t.Error("the network uses a proxy, want none")
	}
	if o, err := parse([]string{"--webhooks-anywhere"}); err != nil || !o.anywhere {
		t.Errorf("--webhooks-anywhere: got %+v, %v, want it set", o, err)
	}
}
