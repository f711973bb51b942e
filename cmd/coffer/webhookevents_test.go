package main

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"coffer/ledger"
	"coffer/plaidsvc"
)

// What others send takes thirty lines a minute, and the rest one; what coffer does is
// always told.
func TestStrangersDoNotFillTheLog(t *testing.T) {
	for _, asJSON := range []bool{false, true} {
		var log bytes.Buffer
		now := time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)
		a := &app{world: world{out: &log, err: &log, now: func() time.Time { return now }}}
		a.flags.json = asJSON
		told := &webhookTeller{app: a, fail: func(err error) { t.Error(err) }}
		for _, kind := range []plaidsvc.WebhookEventKind{plaidsvc.WebhookReceived, plaidsvc.WebhookIgnored, plaidsvc.WebhookRefused} {
			for range 100 {
				told.tell(plaidsvc.WebhookEvent{Kind: kind, Says: "is of a stranger"})
			}
		}
		if n := strings.Count(log.String(), "\n"); n != 30 {
			t.Errorf("JSON %v: 300 messages made %d lines, want 30", asJSON, n)
		}
		log.Reset()
		told.tell(plaidsvc.WebhookEvent{Kind: plaidsvc.WebhookSynced, Result: ledger.SyncResult{Item: ledger.Item{Name: "First Bank"}}})
		if !strings.Contains(log.String(), "First Bank") {
			t.Errorf("JSON %v: a sync was not told: %q", asJSON, &log)
		}
		log.Reset()
		now = now.Add(time.Minute)
		told.tell(plaidsvc.WebhookEvent{Kind: plaidsvc.WebhookRefused, Says: "Plaid did not sign it"})
		got := log.String()
		if strings.Count(got, "\n") != 2 || !strings.Contains(got, "270 more messages") || !strings.Contains(got, "did not sign") {
			t.Errorf("JSON %v: a minute later %q", asJSON, got)
		}
	}
}

func TestWebhookWithoutANameIsOneLine(t *testing.T) {
	got := webhookLine(plaidsvc.WebhookEvent{Kind: plaidsvc.WebhookReceived, Says: "says something"})
	if want := "Plaid says something (?)"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}
