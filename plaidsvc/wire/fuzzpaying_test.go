package wire_test

import (
	"testing"

	"coffer/plaidsvc/wire"
)

// aboutA is an answer about account a, and one in front that nobody asked about.
const aboutA = `{"accounts":[{"account_id":"other","owners":[{"names":["Else"]}]},{"account_id":"a","persistent_account_id":"p",` +
	`"owners":[{"names":["Ann",null],"emails":[{"data":"a@example.com"}],"phone_numbers":[{"data":null}],"addresses":[{"data":{"street":"1 Main"}}]}],` +
	`"legal_name":{"score":90},"email_address":{"score":"7.5"},"phone_number":null,"address":{"score":101}}],` +
	`"numbers":{"ach":[{"account_id":"a","account":"0001","routing":"011"},{"account_id":"other","account":"9"}],"bacs":[{"account_id":"a","account":3}]}}`

func FuzzReadNumbers(f *testing.F) {
	f.Add([]byte(aboutA))
	f.Fuzz(func(t *testing.T, body []byte) {
		if n, err := wire.ReadNumbers(body, "nobody's"); err != nil && len(n.Lines()) > 0 {
			t.Errorf("%+v with %v", n, err)
		}
		_, _ = wire.ReadNumbers(body, "a")
	})
}

func FuzzReadOwners(f *testing.F) {
	f.Add([]byte(aboutA))
	f.Fuzz(func(t *testing.T, body []byte) {
		owners, err := wire.ReadOwners(body, "a")
		for _, o := range owners {
			for _, c := range append(o.Emails, o.Phones...) {
				if err != nil || c.Data == "" {
					t.Errorf("let through %+v, %v", o, err)
				}
			}
		}
	})
}

func FuzzReadScores(f *testing.F) {
	f.Add([]byte(aboutA))
	f.Fuzz(func(t *testing.T, body []byte) {
		s, err := wire.ReadScores(body, "a")
		for _, n := range []*int{s.Name, s.Email, s.Phone, s.Address} {
			if n != nil && (err != nil || *n < 0 || *n > 100) {
				t.Errorf("a score of %d, %v", *n, err)
			}
		}
	})
}

func FuzzReadSessions(f *testing.F) {
	f.Add([]byte(`{"link_sessions":[{"started_at":"2026-03-01T00:00:00Z","finished_at":null,"exit":{"error":{"error_code":"x"}},
		"results":{"item_add_results":[{"public_token":"public-sandbox-1","institution":{"institution_id":"ins_1","name":"B"},"accounts":[{"name":"N","mask":"0"}]}]}},
		{"on_success":{"public_token":"public-sandbox-2","metadata":{"institution":null}},"events":[{"event_name":"handoff"}]},null]}`))
	f.Fuzz(func(t *testing.T, body []byte) {
		list, err := wire.ReadSessions(body)
		if want := entries(body, "link_sessions"); err == nil && len(list) != want {
			t.Errorf("%d sessions of %d", len(list), want)
		}
		for _, s := range list {
			for _, bank := range s.Banks {
				if !s.Success || bank.Public.Empty() {
					t.Errorf("let through %+v of %+v", bank, s)
				}
			}
		}
	})
}

func FuzzReadTokens(f *testing.F) {
	f.Add([]byte(`{"link_token":"link-sandbox-1","hosted_link_url":"https://hosted.plaid.com/1","expiration":"2026-03-01T00:00:00Z","processor_token":"processor-sandbox-1"}`))
	f.Fuzz(func(t *testing.T, body []byte) {
		if l, err := wire.ReadLinkToken(body); (err == nil) == l.Token.Empty() {
			t.Errorf("a link token of %q, %v", l.Token.Reveal(), err)
		}
		if token, err := wire.ReadToken(body, "processor_token"); (err == nil) == token.Empty() {
			t.Errorf("a token of %q, %v", token.Reveal(), err)
		}
	})
}
