package plaidsim

import "coffer/plaidsvc/plaidsim/bank"

// wireNumbers is Plaid's AuthGetNumbers: per system, the accounts it reaches.
type wireNumbers struct {
	ACH           []wireACH           `json:"ach"`
	EFT           []wireEFT           `json:"eft"`
	International []wireInternational `json:"international"`
	BACS          []wireBACS          `json:"bacs"`
}

type wireACH struct {
	AccountID      string  `json:"account_id"`
	Account        string  `json:"account"`
	Routing        string  `json:"routing"`
	WireRouting    *string `json:"wire_routing"`
	CanTransferIn  *bool   `json:"can_transfer_in"`
	CanTransferOut *bool   `json:"can_transfer_out"`
	Tokenized      bool    `json:"is_tokenized_account_number"`
}

type wireEFT struct {
	AccountID   string `json:"account_id"`
	Account     string `json:"account"`
	Institution string `json:"institution"`
	Branch      string `json:"branch"`
}

type wireInternational struct {
	AccountID string `json:"account_id"`
	IBAN      string `json:"iban"`
	BIC       string `json:"bic"`
}

type wireBACS struct {
	AccountID string `json:"account_id"`
	Account   string `json:"account"`
	SortCode  string `json:"sort_code"`
}

// add files the numbers of an account under the systems that know it.
func (w *wireNumbers) add(id string, n bank.Numbers) {
	if n.ACHRouting != "" {
		w.ACH = append(w.ACH, wireACH{id, n.Account, n.ACHRouting, nullable(n.ACHWireRouting), ptr(true), ptr(true), n.Tokenized})
	}
	if n.EFTInstitution != "" {
		w.EFT = append(w.EFT, wireEFT{id, n.Account, n.EFTInstitution, n.EFTBranch})
	}
	if n.IBAN != "" {
		w.International = append(w.International, wireInternational{id, n.IBAN, n.BIC})
	}
	if n.SortCode != "" {
		w.BACS = append(w.BACS, wireBACS{id, n.Account, n.SortCode})
	}
}

// authGet hands out account and routing numbers.
func authGet(c *call, r *accountsRequest) (answer, *plaidError) {
	it, err := c.healthyItem(r.AccessToken)
	if err != nil {
		return nil, err
	}
	picked, err := it.pick(r.Options.AccountIDs)
	if err != nil {
		return nil, err
	}
	if err := it.may("auth"); err != nil {
		return nil, err
	}
	numbers := wireNumbers{[]wireACH{}, []wireEFT{}, []wireInternational{}, []wireBACS{}}
	numbered, waiting := make(map[string]bool), false
	for _, a := range it.accounts {
		n := it.numbers(a)
		switch {
		case !picked(a) || n == (bank.Numbers{}):
		case !it.verified(a):
			waiting = true
		default:
			numbers.add(a.id, n)
			numbered[a.id] = true
		}
	}
	if len(numbered) == 0 && !waiting {
		return nil, fail("NO_AUTH_ACCOUNTS")
	}
	it.initialise("auth")
	if len(numbered) == 0 {
		return nil, fail("PRODUCT_NOT_READY")
	}
	return &struct {
		Accounts []wireAccount `json:"accounts"`
		Numbers  wireNumbers   `json:"numbers"`
		Item     wireItem      `json:"item"`
		answered
	}{
		Accounts: it.wireAccounts(it.lastUpdate(c.now), func(a account) bool { return numbered[a.id] }),
		Numbers:  numbers,
		Item:     it.wire(),
	}, nil
}

// numbers are those Auth has of an account: it serves checking, savings and
// cash management accounts (https://plaid.com/docs/auth/).
func (it *item) numbers(a account) bank.Numbers {
	if !serves("auth", a.Account) {
		return bank.Numbers{}
	}
	return it.life.Numbers(a.ID)
}
