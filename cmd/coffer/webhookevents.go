package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net"
	"strings"
	"time"

	"coffer/ledger"
	"coffer/plaidsvc"
	"coffer/storage"
)

// A webhookDocument is one event of a receiver. What an event has nothing to do with
// is null.
type webhookDocument struct {
	Time        string         `json:"time"`
	Event       string         `json:"event"`
	Address     *string        `json:"address"`
	ID          *string        `json:"id"`
	Institution *string        `json:"institution"`
	Type        *string        `json:"webhook_type"`
	Code        *string        `json:"webhook_code"`
	Text        *string        `json:"text"`
	Added       *int           `json:"added"`
	Modified    *int           `json:"modified"`
	Removed     *int           `json:"removed"`
	Status      *string        `json:"status"`
	Error       *errorDocument `json:"error"`
}

// saidAMinute is how many lines a minute may be about what others send: strangers
// must not fill a log.
const saidAMinute = 30

// A webhookTeller tells what happens at a receiver, one event at a time.
type webhookTeller struct {
	app  *app
	fail context.CancelCauseFunc // ends the receiver
	// public is set when banks were told an address that outlives the receiver.
	public bool

	minute time.Time
	said   int // in that minute, about what others send
	unsaid int // since something was said
}

// listening is the one line that says that Plaid may begin.
func (t *webhookTeller) listening(at net.Addr) {
	address := "http://" + at.String()
	if tcp, ok := at.(*net.TCPAddr); ok && !tcp.IP.IsLoopback() {
		fmt.Fprintln(t.app.err, "coffer: warning: other computers can reach this address; Plaid's signature is looked at in any case")
	}
	if t.app.flags.json {
		t.print(webhookDocument{Event: "listening", Address: &address})
		return
	}
	t.check(fmt.Fprintf(t.app.out, "coffer webhook listening on %s\n", address))
}

func (t *webhookTeller) stopped() {
	t.tellUnsaid()
	if t.app.flags.json {
		t.print(webhookDocument{Event: "stopped"})
		return
	}
	text := "stopped; nothing is half done"
	if t.public {
		text += "; the banks go on sending to the public address until coffer webhook clear"
	}
	fmt.Fprintln(t.app.err, text)
}

// tell is a receiver's report.
func (t *webhookTeller) tell(e plaidsvc.WebhookEvent) {
	switch e.Kind {
	case plaidsvc.WebhookReceived, plaidsvc.WebhookIgnored, plaidsvc.WebhookRefused:
		if !t.mayTell() {
			return
		}
	}
	if t.app.flags.json {
		t.print(documentWebhook(e))
	} else {
		t.say(webhookLine(e))
	}
	for _, useless := range []error{storage.ErrRotated, storage.ErrReplaced, storage.ErrClosed, storage.ErrDamaged} {
		if errors.Is(e.Result.Err, useless) {
			t.fail(e.Result.Err)
		}
	}
}

// mayTell keeps the lines about what others send few.
func (t *webhookTeller) mayTell() bool {
	if now := t.app.now(); now.Sub(t.minute).Abs() >= time.Minute {
		t.minute, t.said = now, 0
		t.tellUnsaid()
	}
	t.said++
	if t.said > saidAMinute {
		t.unsaid++
		return false
	}
	return true
}

func (t *webhookTeller) tellUnsaid() {
	if t.unsaid == 0 {
		return
	}
	text := fmt.Sprintf("%d more messages were not told one by one", t.unsaid)
	t.unsaid = 0
	if t.app.flags.json {
		t.print(webhookDocument{Event: string(plaidsvc.WebhookIgnored), Text: &text})
		return
	}
	t.say(text)
}

// say tells people a line, with the time of day: it may be read much later.
func (t *webhookTeller) say(line string) {
	fmt.Fprintf(t.app.err, "%s %s\n", t.app.now().Format(time.TimeOnly), printable(line))
}

func (t *webhookTeller) print(doc webhookDocument) {
	doc.Time = t.app.now().UTC().Format(time.RFC3339)
	t.check(0, t.app.printJSONLine(doc))
}

// check ends the receiver when nobody reads what it prints.
func (t *webhookTeller) check(_ int, err error) {
	if err != nil {
		t.fail(fmt.Errorf("print: %w", err))
	}
}

func documentWebhook(e plaidsvc.WebhookEvent) webhookDocument {
	r := e.Result
	doc := webhookDocument{
		Event: string(e.Kind), ID: orNull(string(r.Item.ID)), Institution: orNull(r.Item.Name),
		Type: orNull(e.Type), Code: orNull(e.Code), Text: orNull(e.Says),
	}
	switch e.Kind {
	case plaidsvc.WebhookLooked, plaidsvc.WebhookSynced:
		doc.Status = orNull(string(r.Item.State))
	}
	if r.Err != nil {
		doc.Error = &errorDocument{Code: orNull(plaidCode(r.Err)), Message: r.Err.Error(), Action: orNull(nextStep(r))}
	} else if e.Kind == plaidsvc.WebhookSynced {
		doc.Added, doc.Modified, doc.Removed = &r.Applied.Added, &r.Applied.Modified, &r.Applied.Removed
	}
	return doc
}

// webhookLine says in plain words what happened.
func webhookLine(e plaidsvc.WebhookEvent) string {
	r := e.Result
	bank := cmp.Or(r.Item.Name, string(r.Item.ID), "Plaid")
	if r.Err != nil {
		return webhookFailure(e.Kind, bank, r)
	}
	switch e.Kind {
	case plaidsvc.WebhookReceived:
		line := fmt.Sprintf("%s %s (%s)", bank, e.Says, cmp.Or(strings.TrimSpace(e.Type+" "+e.Code), "?"))
		if e.Does {
			line += "; asking Plaid"
		}
		return line
	case plaidsvc.WebhookIgnored:
		return "ignored a webhook: " + e.Says
	case plaidsvc.WebhookRefused:
		return "refused a request: " + e.Says
	case plaidsvc.WebhookAddressSet:
		return bank + " will send its webhooks to the public address"
	case plaidsvc.WebhookLooked:
		line := bank + " is " + strings.ReplaceAll(string(r.Item.State), "_", " ")
		if todo := action(r.Item); todo != "" {
			line += "; " + todo
		}
		return line
	}
	line := fmt.Sprintf("%s: %d new, %d changed, %d gone", bank, r.Applied.Added, r.Applied.Modified, r.Applied.Removed)
	if r.Skipped != nil {
		line += fmt.Sprintf("; %v", r.Skipped)
	}
	for _, err := range r.Untold {
		line += fmt.Sprintf("; %v", err)
	}
	return line
}

func webhookFailure(kind plaidsvc.WebhookEventKind, bank string, r ledger.SyncResult) string {
	what := map[plaidsvc.WebhookEventKind]string{
		plaidsvc.WebhookAddressSet: "could not be told the public address: ",
		plaidsvc.WebhookLooked:     "could not be looked at: ",
		plaidsvc.WebhookSynced:     "could not be synced: ",
	}[kind]
	line := fmt.Sprintf("%s %s%v", bank, what, r.Err)
	if errors.Is(r.Err, ledger.ErrLoginRequired) {
		line += "; " + action(r.Item)
	}
	return line
}
