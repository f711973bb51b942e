package accounts

import (
	"slices"

	"coffer/ledger"
)

// A subject is what the cursor is on: an account and its bank. An account that the
// user keeps has no bank, and a bank may have no account.
type subject struct {
	bank    ledger.Item
	account ledger.Account
}

// in returns the subject as a Book has it, false when the bank is gone. An account
// that is gone is left out.
func (on subject) in(b *ledger.Book) (subject, bool) {
	i := slices.IndexFunc(b.Items(), func(item ledger.Item) bool { return item.ID == on.bank.ID })
	if i < 0 {
		return subject{}, false
	}
	now := subject{bank: b.Items()[i]}
	now.account, _ = b.Account(on.account.ID)
	return now, true
}

// A bar is why something cannot be done now: in a few words, and as a sentence.
type bar struct{ short, whole string }

// notShared is what there is to say of an account that has ended.
const notShared = "the bank does not tell of this account: it is not shared any more"

func revoked(on subject) bool { return on.bank.State == ledger.ItemRevoked }

// ended bars what the bank's access is needed for.
func ended(on subject) bar {
	if !revoked(on) {
		return bar{}
	}
	return bar{"access has ended", on.bank.Name + " lets nobody in: " + advice(on.bank)}
}

// givenUp bars what needs a bank that Plaid can read.
func givenUp(on subject) bar {
	if !on.bank.GivenUp() {
		return bar{}
	}
	return bar{"given up by Plaid", on.bank.Name + " would not answer: " + advice(on.bank)}
}

// silent bars questions that the bank would not answer.
func silent(on subject) bar {
	whole := on.bank.Name + " would not answer: " + advice(on.bank)
	switch {
	case revoked(on):
		return bar{"access has ended", whole}
	case on.bank.State.NeedsUser():
		return bar{"sign in again first", whole}
	}
	return givenUp(on)
}

// rowless bars questions for transactions that the bank was not allowed to tell.
func rowless(on subject) bar {
	if on.bank.Wants() == "" {
		return bar{}
	}
	return bar{"allow it first", on.bank.Name + " would not answer: " + advice(on.bank)}
}

// unshared bars questions about an account that has ended.
func unshared(on subject) bar {
	if !on.account.IsEnded() {
		return bar{}
	}
	return bar{"not shared any more", notShared}
}

// allAllowed bars asking for leave where none is missing.
func allAllowed(on subject) bar {
	if len(on.bank.Allowable()) > 0 {
		return bar{}
	}
	return bar{"all is allowed", on.bank.Name + " may tell all that coffer asks for"}
}

// numberless bars questions for numbers that there are none of.
func numberless(on subject) bar {
	if on.account.Type == ledger.Depository {
		return bar{}
	}
	return bar{"it has none", "only checking and savings accounts have numbers to be paid by"}
}

// unpayable bars questions about payments from what none are made from.
func unpayable(on subject) bar {
	if on.account.Type == ledger.Depository {
		return bar{}
	}
	return bar{"not one to pay from", "only checking and savings accounts are paid from"}
}

// plain bars a look at more than there is.
func plain(on subject) bar {
	if hasDetails(on.account) {
		return bar{}
	}
	return bar{"it has none", "of an account like this banks tell rows and a balance, and no more"}
}

// hasDetails reports whether there is more to an account than its rows and its
// balance.
func hasDetails(a ledger.Account) bool { return a.Type == ledger.Investment || a.Type.IsDebt() }
