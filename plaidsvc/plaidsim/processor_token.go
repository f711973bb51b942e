package plaidsim

import (
	"slices"
	"strconv"
	"strings"
)

// processors are the partners a token can be made for: those of the document,
// then those that are newer. Stripe has an endpoint of its own.
var processors = strings.Fields(`
	dwolla galileo modern_treasury ocrolus vesta drivewealth vopay achq check checkbook circle sila_money rize
	svb_api unit wyre lithic alpaca astra moov treasury_prime marqeta checkout solid highnote gemini apex_clearing
	gusto adyen atomic i2c wepay riskified utb adp_roll fortress_trust bond bakkt teal zero_hash taba_pay knot
	sardine alloy finix nuvei layer boom paynote stake wedbush esusu
	ansa scribeup straddle loanpro bloom_credit sfox brale parafin cardless open_ledger valon gainbridge cardlytics
	pinwheel thread_bank array fiant oatfi curinos`)

type processorTokenRequest struct {
	credentials
	AccessToken string `json:"access_token" plaid:"required"`
	AccountID   string `json:"account_id" plaid:"required"`
	Processor   string `json:"processor" plaid:"required"`
}

type processorTokenAnswer struct {
	Token string `json:"processor_token"`
	answered
}

// processorTokenCreate hands an account to a partner. What the partner may ask
// is Plaid's business with the partner, at endpoints that only partners call,
// so no product is asked for here.
func processorTokenCreate(c *call, r *processorTokenRequest) (answer, *plaidError) {
	it, a, err := c.healthyAccount(r.AccessToken, r.AccountID)
	if err != nil {
		return nil, err
	}
	if err := oneOf("processor", r.Processor, processors); err != nil {
		return nil, err
	}
	return &processorTokenAnswer{Token: c.processorToken(it, a, r.Processor)}, nil
}

// processorToken is another one each time.
func (c *call) processorToken(it *item, a account, processor string) string {
	it.processorTokens++
	return c.seed.token("processor", it.id, a.ID, processor, strconv.Itoa(it.processorTokens))
}

// healthyAccount finds one account of an Item whose bank can be asked.
func (c *call) healthyAccount(token, accountID string) (*item, account, *plaidError) {
	it, err := c.healthyItem(token)
	if err != nil {
		return nil, account{}, err
	}
	a, err := it.account(accountID)
	return it, a, err
}

// account finds one of the Item's accounts.
func (it *item) account(id string) (account, *plaidError) {
	i := slices.IndexFunc(it.accounts, func(a account) bool { return a.id == id })
	if i < 0 {
		return account{}, fail("INVALID_ACCOUNT_ID")
	}
	return it.accounts[i], nil
}
