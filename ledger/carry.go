package ledger

import (
	"strings"
	"unicode"
)

// carryDays is how long after a pending row its posted row may come when the
// bank does not say which it is.
const carryDays = 8

// Carry finds the posted row that each edited pending row became, so that the
// user's edits go on with it. Gone are the edited pending rows that the bank
// took back, added the rows that came in the same sync.
//
// A posted row that names the pending one (PendingID) is its successor. Where
// Plaid could not match them, it is the one added row on the same account, of
// the same amount, at most eight days later, whose name is alike; where there
// are several, or several pending rows for one, nothing is guessed.
func Carry(gone, added []Transaction) map[TransactionID]TransactionID {
	named := map[TransactionID][]TransactionID{} // by the pending row's id
	unnamed := map[likeness][]*Transaction{}
	for i := range added {
		switch t := &added[i]; {
		case t.PendingID != "":
			named[t.PendingID] = append(named[t.PendingID], t.ID)
		case !t.Pending:
			unnamed[likenessOf(t)] = append(unnamed[likenessOf(t)], t)
		}
	}
	candidates := map[TransactionID][]TransactionID{}
	claims := map[TransactionID]int{}
	for i := range gone {
		g := &gone[i]
		candidates[g.ID] = named[g.ID]
		if candidates[g.ID] == nil {
			candidates[g.ID] = successors(g, unnamed[likenessOf(g)])
		}
		for _, id := range candidates[g.ID] {
			claims[id]++
		}
	}
	carried := map[TransactionID]TransactionID{}
	for from, to := range candidates {
		if len(to) == 1 && claims[to[0]] == 1 {
			carried[from] = to[0]
		}
	}
	return carried
}

// A likeness is what a pending row and its posted row share to the letter.
type likeness struct {
	account AccountID
	amount  Amount
}

func likenessOf(t *Transaction) likeness { return likeness{t.Account, t.Amount} }

// successors returns those of the posted rows that g may have become.
func successors(g *Transaction, posted []*Transaction) []TransactionID {
	var ids []TransactionID
	for _, t := range posted {
		if days := t.Date.Sub(g.Date); days >= 0 && days <= carryDays && alike(g, t) {
			ids = append(ids, t.ID)
		}
	}
	return ids
}

// alike reports whether two rows may be of one payee: a name of the one is like
// a name of the other.
func alike(a, b *Transaction) bool {
	for _, x := range []string{a.Merchant, a.Name} {
		for _, y := range []string{b.Merchant, b.Name} {
			if likeNames(x, y) {
				return true
			}
		}
	}
	return false
}

// likeNames compares the letters of two names, whatever their case: digits and
// punctuation are dates, shops and terminals, which change on posting. One may
// be part of the other ("Uber", "UBER *TRIP 0412"), or they share most words.
func likeNames(a, b string) bool {
	x, y := nameWords(a), nameWords(b)
	if len(x) == 0 || len(y) == 0 {
		return a != "" && a == b // nothing but digits: "7-11"
	}
	if len(y) < len(x) {
		x, y = y, x
	}
	short, long := strings.Join(x, ""), strings.Join(y, "")
	if len(short) > len(long) {
		short, long = long, short
	}
	if len(short) >= 3 && strings.Contains(long, short) {
		return true
	}
	shared := 0
	for word := range wordSet(x) {
		if wordSet(y)[word] {
			shared++
		}
	}
	return 3*shared >= 2*max(len(wordSet(x)), 1)
}

// nameWords returns the words of a name, folded, of letters only.
func nameWords(s string) []string {
	return strings.FieldsFunc(fold(s), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsMark(r) })
}

func wordSet(words []string) map[string]bool {
	set := make(map[string]bool, len(words))
	for _, w := range words {
		set[w] = true
	}
	return set
}
