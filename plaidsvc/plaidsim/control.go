package plaidsim

import (
	"net"
	"net/http"
	"net/netip"
	"slices"
	"time"
)

// controlRoot is where somebody at the controls is served, no part of Plaid's
// API and only with Options.Control: all with POST, JSON in and out, and errors
// in Plaid's form.
//
//	/plaidsim/scenario/play   a scenario as in a file; "after" counts from now, and
//	                          what has no moment happens at once
//	/plaidsim/scenario/get    what is still to come
//	/plaidsim/scenario/clear  calls it all off: {"faults": true, "events": true,
//	                          "webhooks": true, "tomorrow": true}, or what of it
//	/plaidsim/clock/advance   {"by": "36h"} turns the clock
//	/plaidsim/items/get       Items and what is wrong with them
//	/plaidsim/webhooks/get    webhooks that were fired
const controlRoot = "/plaidsim/"

func controlRoutes() []route {
	return []route{
		handle(controlRoot+"scenario/play", controlPlay),
		handle(controlRoot+"scenario/get", controlScenario),
		handle(controlRoot+"scenario/clear", controlClear),
		handle(controlRoot+"clock/advance", controlClock),
		handle(controlRoot+"items/get", controlItems),
		handle(controlRoot+"webhooks/get", controlWebhooks),
	}
}

// guarded is a route behind [guard].
func guarded(r route) route {
	return route{path: r.path, serve: func(c *call, body []byte) (answer, *plaidError) {
		if err := guard(c.http); err != nil {
			return nil, err
		}
		return r.serve(c, body)
	}}
}

// guard lets only programs on this machine at the controls. A web page in a
// browser on this machine is no such program: it sends an Origin, or, where
// it got hold of a name for this address, another Host.
func guard(r *http.Request) *plaidError {
	remote, err := netip.ParseAddrPort(r.RemoteAddr)
	host, _, splitErr := net.SplitHostPort(r.Host)
	if splitErr != nil {
		host = r.Host
	}
	named, _ := netip.ParseAddr(host)
	switch {
	case err != nil || !remote.Addr().IsLoopback():
		return fail("UNAUTHORIZED_ROUTE_ACCESS").saying("the controls are for programs on this machine: ask over loopback")
	case host != "localhost" && !named.IsLoopback():
		return fail("UNAUTHORIZED_ROUTE_ACCESS").saying("the controls are at 127.0.0.1, [::1] or localhost, not at %q", host)
	case r.Header.Get("Origin") != "" || !slices.Contains([]string{"", "none"}, r.Header.Get("Sec-Fetch-Site")):
		return fail("UNAUTHORIZED_ROUTE_ACCESS").saying("the controls are not for web pages: ask without a browser")
	}
	return nil
}

// wireLeft is what is still to come.
type wireLeft struct {
	Now    string       `json:"now"`
	Faults []wireFault  `json:"faults"`
	Events []*Event     `json:"events"`
	Later  []*Event     `json:"events_of_new_items"`
	Down   []wireOutage `json:"institutions_down"`
	answered
}

// A wireFault is a fault and what it has done so far.
type wireFault struct {
	Fault
	Seen   int `json:"seen"`
	Spoilt int `json:"spoilt"`
}

type wireOutage struct {
	Institution string `json:"institution_id"`
	Code        string `json:"code"`
}

func controlScenario(c *call, _ *struct{}) (answer, *plaidError) { return c.left(), nil }

// left lists what is still to come. Events that have happened are left out.
func (c *call) left() *wireLeft {
	w := &wireLeft{Now: instant(c.now), Faults: []wireFault{}, Events: []*Event{}, Later: list(c.later), Down: []wireOutage{}}
	for _, f := range c.faults.list {
		w.Faults = append(w.Faults, wireFault{f.Fault, f.seen, f.spoilt})
	}
	for _, e := range c.events {
		if e.At.After(c.now) {
			w.Events = append(w.Events, e)
		}
	}
	for _, i := range c.banks.Institutions() {
		if code := c.down[i.ID]; code != "" {
			w.Down = append(w.Down, wireOutage{i.ID, code})
		}
	}
	return w
}

// controlPlay plays a scenario beside what is under way. It lets happen at once
// what is due, so that the next request finds it.
func controlPlay(c *call, sc *Scenario) (answer, *plaidError) {
	if err := sc.check(); err != nil {
		return nil, fail("INVALID_FIELD").saying("%v", err)
	}
	for i := range sc.Events {
		e := &sc.Events[i]
		if e.At.IsZero() {
			e.At, e.After = c.now.Add(time.Duration(e.After)), 0
		}
		if !e.At.After(c.acted) && happenings()[e.Name].bank != nil {
			// A client may have a cursor of the very moment of the last one.
			e.At = c.acted.Add(time.Nanosecond)
		}
		if e.At.After(c.acted) && !e.At.After(c.now) {
			c.acted = e.At
		}
	}
	c.perform(sc)
	c.agenda.advance(c.now)
	return c.left(), nil
}

type clearRequest struct {
	Faults   bool `json:"faults"`
	Events   bool `json:"events"`
	Webhooks bool `json:"webhooks"`
	Tomorrow bool `json:"tomorrow"`
}

// controlClear calls off what is still to come. What has happened stays.
func controlClear(c *call, r *clearRequest) (answer, *plaidError) {
	all := *r == clearRequest{}
	if all || r.Faults {
		c.faults = faults{}
	}
	if all || r.Events {
		c.events = slices.DeleteFunc(c.events, func(e *Event) bool { return e.At.After(c.now) })
		c.later = nil
	}
	if all || r.Webhooks {
		c.Misdeliver(WebhookFaults{})
	}
	if all || r.Tomorrow {
		c.tomorrow = nil
	}
	return c.left(), nil
}

type clockRequest struct {
	By Duration `json:"by" plaid:"required"`
}

// controlClock turns the clock. What was to happen meanwhile happens now, in its
// order.
func controlClock(c *call, r *clockRequest) (answer, *plaidError) {
	c.turned.Add(int64(r.By))
	now := c.clock().UTC()
	c.agenda.advance(now)
	c.nudge()
	return &struct {
		Now string `json:"now"`
		answered
	}{Now: instant(now)}, nil
}

// A wireControlled is an Item as the controls show it.
type wireControlled struct {
	Ordinal int `json:"item"`
	wireItem
	User     string            `json:"user"`
	Removed  bool              `json:"removed"`
	Accounts []wireLinkAccount `json:"accounts"`
}

func controlItems(c *call, _ *struct{}) (answer, *plaidError) {
	items := []wireControlled{}
	for _, it := range c.items.inOrder() {
		items = append(items, wireControlled{it.ordinal, it.wire(), it.user, it.removed, linkAccounts(it.accounts)})
	}
	return &struct {
		Items []wireControlled `json:"items"`
		answered
	}{Items: items}, nil
}

// A wireNotice is a webhook that was fired.
type wireNotice struct {
	FiredAt string  `json:"fired_at"`
	Address string  `json:"address"`
	Kind    string  `json:"webhook_type"`
	Code    string  `json:"webhook_code"`
	ItemID  *string `json:"item_id"`
}

func controlWebhooks(c *call, _ *struct{}) (answer, *plaidError) {
	fired := []wireNotice{}
	for _, n := range c.outbox {
		w := wireNotice{instant(n.at), n.address, n.kind, n.code, nil}
		if n.item != nil {
			w.ItemID = &n.item.id
		}
		fired = append(fired, w)
	}
	return &struct {
		Webhooks []wireNotice `json:"webhooks"`
		answered
	}{Webhooks: fired}, nil
}
