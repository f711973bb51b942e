package plaidsim

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"coffer/plaidsvc/plaidsim/bank"
)

// accountHappenings are about accounts.
var accountHappenings = map[string]happening{
	"new_account": {
		bank: func(it *item, _ *Event, at time.Time) { it.life.Open(at) },
		item: func(s *Server, it *item, _ *Event, at time.Time) {
			s.notify(it, at, "ITEM", "NEW_ACCOUNTS_AVAILABLE", nil)
		},
	},
	"account_closed": {
		fields: []string{"account"},
		bank: func(it *item, e *Event, at time.Time) {
			if a, ok := it.meant(e.Account); ok {
				it.life.Close(at, a.ID)
				it.leave(a.ID, at)
			}
		},
	},
	"account_churn": {
		fields: []string{"account"},
		bank: func(it *item, e *Event, at time.Time) {
			if a, ok := it.meant(e.Account); ok {
				it.churn(a, at)
			}
		},
	},
	"account_revoked": {
		fields: []string{"account"},
		item: func(s *Server, it *item, e *Event, at time.Time) {
			if a, ok := it.meant(e.Account); ok {
				it.leave(a.ID, at)
				s.notify(it, at, "ITEM", "USER_ACCOUNT_REVOKED", details{"account_id": it.named(a).id})
			}
		},
	},
}

// itemHappenings are about the login.
var itemHappenings = map[string]happening{
	"login_required": {
		item: func(s *Server, it *item, _ *Event, at time.Time) { s.damage(it, loginRequired, at) },
	},
	"login_repaired": {
		item: func(s *Server, it *item, _ *Event, at time.Time) { s.repair(it, at) },
	},
	"permission_revoked": {
		item: func(s *Server, it *item, _ *Event, at time.Time) { s.revoke(it, at) },
	},
	"consent_expiry": {
		fields: []string{"in"},
		item: func(s *Server, it *item, e *Event, at time.Time) {
			s.consent(it, cmp.Or(time.Duration(e.In), noticeOfExpiry), at)
		},
	},
	"pending_disconnect": {
		fields: []string{"in", "reason"},
		item: func(s *Server, it *item, e *Event, at time.Time) {
			s.disconnect(it, cmp.Or(e.Reason, institutionMigration), cmp.Or(time.Duration(e.In), noticeOfExpiry), at)
		},
	},
}

// limitsOff turns rate limits off again.
const limitsOff = "off"

// worldHappenings are about all of Plaid, or a bank.
var worldHappenings = map[string]happening{
	"institution_down": {
		fields: []string{"code"},
		bank:   func(it *item, _ *Event, at time.Time) { it.life.Down(at) },
		world:  func(s *Server, e *Event) { s.down[e.Institution] = cmp.Or(e.Code, "INSTITUTION_DOWN") },
	},
	"institution_up": {
		bank:  func(it *item, _ *Event, at time.Time) { it.life.Up(at) },
		world: func(s *Server, e *Event) { delete(s.down, e.Institution) },
	},
	"mutate_on_page": {
		fields: []string{"page", "times"},
		world:  func(s *Server, e *Event) { s.faults.mutatePage, s.faults.mutations = e.Page, max(1, e.Times) },
	},
	"rate_limits": {
		fields: []string{"limits"},
		world: func(s *Server, e *Event) {
			limits := RateLimits(e.Limits)
			if limits == limitsOff {
				limits = RateLimitsOff
			}
			s.limiter = limits.limiter()
		},
	},
}

// meant finds an account at the bank by what a scenario calls it.
func (it *item) meant(text string) (bank.Account, bool) {
	accounts := it.life.Accounts()
	i := slices.IndexFunc(accounts, func(a bank.Account) bool {
		names := []string{"", a.Name, a.OfficialName, a.Mask, a.Subtype, it.named(a).id}
		return slices.ContainsFunc(names, func(name string) bool { return strings.EqualFold(name, text) })
	})
	if i < 0 {
		return bank.Account{}, false
	}
	return accounts[i], true
}

// leave takes an account out of the Item. Its rows are not handed out any more;
// what Plaid tells of an account that has gone is its absence, and not that each
// row was removed.
func (it *item) leave(accountID string, now time.Time) {
	rest := slices.DeleteFunc(slices.Clone(it.accounts), func(a account) bool { return a.ID == accountID })
	if len(rest) < len(it.accounts) {
		it.have(rest, now)
	}
}
