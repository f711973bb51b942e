package plaidsim_test

import (
	"strings"
	"testing"
	"time"

	"coffer/plaidsvc/plaidsim"
)

// hosted is a request for Hosted Link.
func hosted(changes fields) fields {
	return linkRequest(with(fields{"hosted_link": fields{}, "webhook": "https://example.com/hook"}, changes))
}

func TestHostedLinkLivesAsLongAsItsAddress(t *testing.T) {
	w := newWorld(t, plaidsim.Options{})
	item := w.link(nil)
	reachable := fields{"client_user_id": "1", "phone_number": "+14155550123", "email_address": "a@example.com"}
	for name, tt := range map[string]struct {
		change fields
		life   time.Duration
	}{
		"the app delivers":  {nil, 30 * time.Minute},
		"by SMS":            {fields{"user": reachable, "hosted_link": fields{"delivery_method": "sms"}}, 24 * time.Hour},
		"by e-mail":         {fields{"user": reachable, "hosted_link": fields{"delivery_method": "email"}}, 7 * 24 * time.Hour},
		"as the app says":   {fields{"hosted_link": fields{"url_lifetime_seconds": 1814400}}, 21 * 24 * time.Hour},
		"update mode":       {fields{"products": nil, "access_token": item}, 30 * time.Minute},
		"update mode, long": {fields{"products": nil, "access_token": item, "hosted_link": fields{"url_lifetime_seconds": 7200}}, 2 * time.Hour},
	} {
		t.Run(name, func(t *testing.T) {
			w := w.on(t)
			token := w.must("/link/token/create", hosted(tt.change))
			if got, want := token.text("expiration"), w.Now().Add(tt.life).Format(time.RFC3339); got != want {
				t.Errorf("expiration: got %s, want %s", got, want)
			}
			if got, want := token.text("hosted_link_url"), "http://example.com/link/hosted/"; !strings.HasPrefix(got, want) {
				t.Errorf("hosted_link_url: got %q, want one below %s, where the request went", got, want)
			}
			if strings.Contains(token.text("hosted_link_url"), token.text("link_token")) {
				t.Errorf("hosted_link_url has the link token in it: %s", token.text("hosted_link_url"))
			}
		})
	}
	if got, present := w.must("/link/token/create", linkRequest(nil))["hosted_link_url"]; present {
		t.Errorf("hosted_link_url of a token that did not ask: got %v, want none", got)
	}
}

func TestHostedLinkRefusesWhatCannotBe(t *testing.T) {
	w := newWorld(t, plaidsim.Options{})
	for name, tt := range map[string]struct {
		hosted fields
		code   string
	}{
		"delivery":              {fields{"delivery_method": "pigeon"}, "INVALID_FIELD"},
		"SMS to nowhere":        {fields{"delivery_method": "sms"}, "MISSING_FIELDS"},
		"e-mail to nowhere":     {fields{"delivery_method": "email"}, "MISSING_FIELDS"},
		"no time":               {fields{"url_lifetime_seconds": 0}, "INVALID_FIELD"},
		"more than 21 days":     {fields{"url_lifetime_seconds": 1814401}, "INVALID_FIELD"},
		"relative destination":  {fields{"completion_redirect_uri": "done.html"}, "INVALID_FIELD"},
		"script as destination": {fields{"completion_redirect_uri": "javascript:alert(1)"}, "INVALID_FIELD"},
		"web without a host":    {fields{"completion_redirect_uri": "https:///done"}, "INVALID_FIELD"},
		"unknown":               {fields{"colour": "red"}, "UNKNOWN_FIELDS"},
	} {
		t.Run(name, func(t *testing.T) {
			w.on(t).refused("/link/token/create", hosted(fields{"hosted_link": tt.hosted}), tt.code)
		})
	}
	for _, good := range []string{"https://example.com/done?a=b#c", "http://localhost:8000/done", "myapp://linked", "com.example.app:done"} {
		w.must("/link/token/create", hosted(fields{"hosted_link": fields{"completion_redirect_uri": good}}))
	}
}

// address creates a token of Hosted Link, and returns it and what the page asks
// with first.
func (w *world) address(changes fields) (link string, page fields) {
	w.Helper()
	token := w.must("/link/token/create", hosted(changes))
	_, id, _ := strings.Cut(token.text("hosted_link_url"), "/link/hosted/")
	return token.text("link_token"), fields{"hosted_link_id": id}
}

func TestHostedAddressIsGoodForOneBank(t *testing.T) {
	w := newWorld(t, plaidsim.Options{})
	link, page := w.address(fields{"hosted_link": fields{"completion_redirect_uri": "https://example.com/done"}})
	told := w.must("/link/session/hosted", page)
	if told.text("link_token") != link || told.text("completion_redirect_uri") != "https://example.com/done" {
		t.Errorf("the page is told %v, want its token and where to go", told)
	}
	w.must("/link/session/exit", with(w.start(link), fields{"status": "requires_credentials", "error": nil}))
	w.must("/link/session/hosted", page) // who left may come back
	w.finish(w.signIn(link, "ins_109508", "user_good", "pass_good"))
	used := w.refused("/link/session/hosted", page, "INVALID_LINK_TOKEN")
	if got := used.text("display_message"); !strings.Contains(got, "used already") {
		t.Errorf("display_message: got %q, want one that says it was used", got)
	}

	_, page = w.address(nil)
	w.pass(30 * time.Minute)
	expired := w.refused("/link/session/hosted", page, "INVALID_LINK_TOKEN")
	if got := expired.text("display_message"); strings.Contains(got, "used") {
		t.Errorf("display_message of an expired address: got %q", got)
	}
	w.refused("/link/session/hosted", fields{"hosted_link_id": "never"}, "INVALID_LINK_TOKEN")
}
