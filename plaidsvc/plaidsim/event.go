package plaidsim

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
	"time"

	"coffer/plaidsvc/plaidsim/fate"

	"github.com/shopspring/decimal"
)

// An Event is one thing that happens in a scenario: what, to whom, and when.
// Which of the other fields it has depends on what it is, see [ReadScenario].
type Event struct {
	// Name says what happens.
	Name string `json:"event" plaid:"required"`
	// Target says to which Items.
	Target
	// At is a moment; After counts from when each Item was linked. Neither is
	// the moment of linking.
	At    time.Time `json:"at,omitzero"`
	After Duration  `json:"after,omitempty"`

	// Account is the account meant, by its name, mask, subtype or account_id.
	// Empty is the first one.
	Account string `json:"account,omitempty"`
	// Rows, Contains and By say which rows, and by how much their amounts change.
	Rows     int             `json:"rows,omitempty" plaid:"min=1,max=500"`
	Contains string          `json:"contains,omitempty"`
	By       decimal.Decimal `json:"by,omitzero"`
	// In is how long something takes that is announced.
	In Duration `json:"in,omitempty"`
	// Reason is that of a webhook, Code an error code, Limits a set of rate limits.
	Reason string `json:"reason,omitempty"`
	Code   string `json:"code,omitempty"`
	Limits string `json:"limits,omitempty"`
	// Page and Times are of a /transactions/sync loop.
	Page  int `json:"page,omitempty" plaid:"min=2"`
	Times int `json:"times,omitempty" plaid:"min=1"`
}

// A happening is what an event does. What it does at the bank is done to Items
// that are linked later, too: it is part of the bank's past then. What it does
// to an Item is done to those there are. What it does to neither is done once.
type happening struct {
	fields []string // beside those that every event has
	bank   func(it *item, e *Event, at time.Time)
	item   func(s *Server, it *item, e *Event, at time.Time)
	world  func(s *Server, e *Event)
}

// happenings are all there are, by the name of the event.
var happenings = sync.OnceValue(func() map[string]happening {
	all := maps.Clone(accountHappenings)
	maps.Copy(all, itemHappenings)
	maps.Copy(all, worldHappenings)
	for _, kind := range []fate.Kind{fate.Removed, fate.Modified, fate.Vanished, fate.Unlinked, fate.Repriced} {
		h := happening{fields: []string{"rows", "contains"}, bank: editRows}
		if kind == fate.Modified || kind == fate.Repriced {
			h.fields = append(h.fields, "by")
		}
		all["rows_"+string(kind)] = h
	}
	return all
})

// editRows changes the rows of a login.
func editRows(it *item, e *Event, at time.Time) {
	by := e.By
	if by.IsZero() {
		by = decimal.New(1, 0)
	}
	it.life.Edit(at, fate.Edit{
		Kind: fate.Kind(strings.TrimPrefix(e.Name, "rows_")),
		Rows: e.Rows,
		Name: e.Contains,
		By:   by,
	})
}

// check refuses an event that would not do what its author means.
func (e *Event) check() error {
	all := happenings()
	h, known := all[e.Name]
	if !known {
		return fmt.Errorf("event: got %q, want one of %s", e.Name, strings.Join(slices.Sorted(maps.Keys(all)), ", "))
	}
	for _, field := range e.given() {
		if !slices.Contains(h.fields, field) {
			return fmt.Errorf("%s: %s has no such field; beside event, at, after and the Items it has %q", field, e.Name, h.fields)
		}
	}
	if !e.At.IsZero() && e.After != 0 {
		return fmt.Errorf("at, after: want one of them, or none for the moment of linking")
	}
	return e.checkValues()
}

// given lists the fields that only some events have.
func (e *Event) given() []string {
	var fields []string
	for name, is := range map[string]bool{
		"account": e.Account != "", "rows": e.Rows != 0, "contains": e.Contains != "", "by": !e.By.IsZero(),
		"in": e.In != 0, "reason": e.Reason != "", "code": e.Code != "", "limits": e.Limits != "",
		"page": e.Page != 0, "times": e.Times != 0,
	} {
		if is {
			fields = append(fields, name)
		}
	}
	slices.Sort(fields)
	return fields
}

func (e *Event) checkValues() error {
	reasons := []string{institutionMigration, institutionTokenExpiration}
	limits := []string{string(RateLimitsSandbox), string(RateLimitsProduction), limitsOff}
	switch {
	case e.Reason != "" && !slices.Contains(reasons, e.Reason):
		return fmt.Errorf("reason: got %q, want one of %q", e.Reason, reasons)
	case e.Name == "rate_limits" && !slices.Contains(limits, e.Limits):
		return fmt.Errorf("limits: got %q, want one of %q", e.Limits, limits)
	case e.Name == "mutate_on_page" && e.Page == 0:
		return fmt.Errorf("page: want the page, from 2, on which the data changes")
	case e.Code != "" && errorTable[e.Code].kind != institutionError:
		return fmt.Errorf("code: got %q, want an INSTITUTION_ERROR as INSTITUTION_NOT_RESPONDING", e.Code)
	case strings.HasPrefix(e.Name, "institution_") && (e.Institution == "" || e.Item != 0 || e.ItemID != ""):
		return fmt.Errorf("institution_id: %s is of a bank: want its institution_id, and no item", e.Name)
	case worldHappenings[e.Name].world != nil && e.After != 0:
		return fmt.Errorf("after: %s is about no Item: want at, or no moment for the beginning", e.Name)
	}
	return nil
}
