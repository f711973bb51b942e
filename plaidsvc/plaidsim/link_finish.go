package plaidsim

import (
	"slices"
	"time"

	"coffer/plaidsvc/plaidsim/bank"
)

type sessionFinishRequest struct {
	inSession
	InstitutionID string   `json:"institution_id" plaid:"required"`
	AccountIDs    []string `json:"account_ids" plaid:"required"`
}

// sessionFinish makes the Item, or in update mode mends the one there is, whose
// tokens and accounts stay. Either way there is a public token. A session that
// may link several banks goes on.
func sessionFinish(c *call, r *sessionFinishRequest) (answer, *plaidError) {
	t, session, err := c.session(r.inSession)
	if err != nil {
		return nil, err
	}
	in := session.signedIn[r.InstitutionID]
	if in == nil || in.asked() {
		return nil, fail("INVALID_CREDENTIALS")
	}
	var chosen map[string]bool
	if t.selectsAccounts() {
		if chosen, err = in.choose(r.AccountIDs); err != nil {
			return nil, err
		}
	}
	it, token := t.item, ""
	if it == nil {
		it, token = c.link(t.linking(in, chosen))
	} else {
		it.update(t, in, chosen, c.now)
		c.mend(it, c.now)
		token = c.grant(it, "update", it.id, session.id)
	}
	result := wireItemAdd{
		PublicToken: token,
		Accounts:    it.linkAccounts(),
		Institution: linkInstitution(in.institution),
	}
	c.add(t, session, result)
	delete(session.signedIn, r.InstitutionID)
	if !t.multiItem() {
		c.end(t, session, c.now)
	}
	return &sessionFinished{
		PublicToken: &result.PublicToken,
		Metadata:    finishedMetadata{result.Institution, result.Accounts, session.id},
	}, nil
}

// sessionFinished is what the page gives to onSuccess.
type sessionFinished struct {
	PublicToken *string          `json:"public_token"`
	Metadata    finishedMetadata `json:"metadata"`
	answered
}

type finishedMetadata struct {
	Institution *wireLinkInstitution `json:"institution"`
	Accounts    []wireLinkAccount    `json:"accounts"`
	SessionID   string               `json:"link_session_id"`
}

// update gives the Item what the person agreed to this time: the accounts
// chosen, when there was a choice, more products, and consent to others. An
// account that is not chosen any more leaves it; one that joins has the id it
// would have had from the start.
func (it *item) update(t *linkToken, in *signedIn, chosen map[string]bool, now time.Time) {
	if supports(it.institution, t.request.Products) {
		it.products = union(it.products, t.request.Products)
	}
	it.consented = union(it.consented, slices.Concat(t.request.Products, t.request.Consented))
	if chosen == nil {
		return
	}
	chose := slices.DeleteFunc(slices.Clone(in.accounts), func(a account) bool { return !chosen[a.ID] })
	it.have(chose, now)
}

// have changes the accounts of the Item. The rows of one that joins are new to
// the app, old ones too.
func (it *item) have(accounts []account, now time.Time) {
	for _, a := range accounts {
		if !slices.ContainsFunc(it.accounts, func(b account) bool { return a.ID == b.ID }) {
			it.joined[it.churns.of(a.ID)] = now
		}
	}
	it.accounts = accounts
	it.generation++ // a client in the middle of a loop has to start it again
	if it.feed != nil {
		it.feed.Forget()
	}
}

// choose turns the ids the page was given into accounts of the bank.
func (in *signedIn) choose(ids []string) (map[string]bool, *plaidError) {
	if len(ids) == 0 {
		return nil, fail("INVALID_FIELD").saying("account_ids must be a non-empty array")
	}
	chosen := make(map[string]bool)
	for _, id := range ids {
		i := slices.IndexFunc(in.accounts, func(a account) bool { return a.id == id })
		if i < 0 {
			return nil, fail("INVALID_ACCOUNT_ID")
		}
		chosen[in.accounts[i].ID] = true
	}
	return chosen, nil
}

// linking is what the person agreed to.
func (t *linkToken) linking(in *signedIn, chosen map[string]bool) linking {
	return linking{
		institution: in.institution,
		visit:       in.visit,
		chosen:      func(a bank.Account) bool { return chosen[a.ID] },
		products:    t.products(in, chosen),
		consented:   t.request.Consented,
		webhook:     t.request.Webhook,
		days:        t.request.Transactions.DaysRequested,
	}
}
