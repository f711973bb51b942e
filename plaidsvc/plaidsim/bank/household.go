package bank

import "time"

// Options choose a household.
type Options struct {
	// Seed chooses among households. The same seed is the same people with the
	// same ids for ever.
	Seed int64
	// From is where the told history begins: nothing that banks made known up
	// to this moment is told, and balances before it are those at it. It cuts
	// off the past and changes nothing after it. The zero value tells
	// everything since the Epoch.
	From time.Time
	// Transactions asks for a busier life: with it the household has about so
	// many rows in Years years (2 if 0, at most 20), on more accounts at more
	// banks. The family's own accounts stay as they are. 0, or fewer than the
	// family has anyway, is the family alone. A busy life should have a From:
	// without one it is busy since the Epoch.
	Transactions int
	Years        int
}

// A Household is a family that banks at several institutions. It may be used
// by several goroutines.
type Household struct {
	options Options
	banks   []string
	logins  map[string]*login
}

// NewHousehold makes the household of a seed. It does nothing yet: days are
// lived when somebody asks for them.
func NewHousehold(o Options) *Household {
	h := &Household{options: o, banks: familyBanks(), logins: map[string]*login{}}
	home := &life{book: newFamily(h.seed("family"))}
	for log, bank := range h.banks {
		h.logins[bank] = h.login(home, bank, log)
	}
	return h
}

func (h *Household) seed(whose string) uint64 {
	return stirText(uint64(h.options.Seed), whose)
}

func (h *Household) login(l *life, bank string, log int) *login {
	i, _ := institution(bank)
	from := moment(-1)
	if !h.options.From.IsZero() {
		from = max(from, momentOf(h.options.From))
	}
	return &login{life: l, institution: i, log: log, from: from}
}

// Banks lists the ids of the institutions where the household banks, in a fixed
// order.
func (h *Household) Banks() []string { return append([]string(nil), h.banks...) }

// Login signs a user in at a bank. The only user is user_good.
func (h *Household) Login(institutionID, user string) (Login, bool) {
	if l, ok := h.logins[institutionID]; ok && user == "user_good" {
		return l, true
	}
	return nil, false
}
