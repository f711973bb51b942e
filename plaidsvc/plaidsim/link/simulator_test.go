package link_test

import (
	"bytes"
	"encoding/json"
	"maps"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"coffer/plaidsvc/plaidsim"
)

// A simulation is a whole simulator behind the page, whose clock stands still.
type simulation struct {
	*world
	t      *testing.T
	server *plaidsim.Server
}

func newSimulation(t *testing.T) simulation {
	t.Helper()
	noon := time.Date(2026, time.March, 15, 12, 0, 0, 0, time.UTC)
	server := plaidsim.New(plaidsim.Options{Clock: func() time.Time { return noon }, Seed: 1, Years: 1})
	return simulation{&world{sim: serve(t, server)}, t, server}
}

// open opens a page of an app that asks for a link token with some fields
// changed, and goes to the first pane.
func (s simulation) open(b func(string) *tab, changes object) *tab {
	s.t.Helper()
	return s.openWith(b, changes, onButton)
}

// openWith does so with a script for the page.
func (s simulation) openWith(b func(string) *tab, changes object, script string) *tab {
	s.t.Helper()
	request := object{
		"client_name": "coffer", "language": "en", "country_codes": []string{"US"},
		"user": object{"client_user_id": "1"}, "products": []string{"transactions"},
	}
	maps.Copy(request, changes)
	if request["access_token"] != nil {
		delete(request, "products")
	}
	token := s.ask("/link/token/create", request)["link_token"].(string)
	tab := b(s.serveApp(s.t, token, script))
	toIntro(tab)
	return tab
}

// item makes an Item at a bank, and returns its access token.
func (s simulation) item(institution string) string {
	s.t.Helper()
	public := s.ask("/sandbox/public_token/create", object{
		"institution_id": institution, "initial_products": []string{"transactions"},
	})["public_token"]
	return s.ask("/item/public_token/exchange", object{"public_token": public})["access_token"].(string)
}

// accounts are the names of what an Item has.
func (s simulation) accounts(item string) []string {
	s.t.Helper()
	var names []string
	for _, a := range s.ask("/accounts/get", object{"access_token": item})["accounts"].([]any) {
		names = append(names, a.(object)["name"].(string))
	}
	return names
}

// exchange turns the public token that the page was given into an access token.
func (s simulation) exchange(b *tab) string {
	s.t.Helper()
	public := of(b.callbacks(), "onSuccess")[0].args[0]
	return s.ask("/item/public_token/exchange", object{"public_token": public})["access_token"].(string)
}

// ask calls an endpoint as an app's server does.
func (s simulation) ask(endpoint string, request object) object {
	s.t.Helper()
	body, err := json.Marshal(request)
	if err != nil {
		s.t.Fatal(err)
	}
	r := httptest.NewRequestWithContext(s.t.Context(), http.MethodPost, endpoint, bytes.NewReader(body))
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("PLAID-CLIENT-ID", "client")
	r.Header.Set("PLAID-SECRET", "secret")
	w := httptest.NewRecorder()
	s.server.ServeHTTP(w, r)
	var answer object
	if err := json.Unmarshal(w.Body.Bytes(), &answer); err != nil || w.Code != http.StatusOK {
		s.t.Fatalf("POST %s %s: %d %s", endpoint, body, w.Code, w.Body)
	}
	return answer
}
