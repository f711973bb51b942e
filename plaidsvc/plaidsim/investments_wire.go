package plaidsim

import (
	"cmp"
	"encoding/json"

	"coffer/plaidsvc/plaidsim/bank"
)

// wireHolding is Plaid's Holding.
type wireHolding struct {
	AccountID      string       `json:"account_id"`
	SecurityID     string       `json:"security_id"`
	Price          json.Number  `json:"institution_price"`
	PriceDate      *string      `json:"institution_price_as_of"`
	PriceTime      *string      `json:"institution_price_datetime"`
	Value          json.Number  `json:"institution_value"`
	CostBasis      *json.Number `json:"cost_basis"`
	Quantity       json.Number  `json:"quantity"`
	VestedQuantity *json.Number `json:"vested_quantity"`
	VestedValue    *json.Number `json:"vested_value"`
	Currency       *string      `json:"iso_currency_code"`
	Unofficial     *string      `json:"unofficial_currency_code"`
}

func newWireHolding(account, security string, h bank.Holding) wireHolding {
	return wireHolding{
		AccountID:      account,
		SecurityID:     security,
		Price:          exactly(h.Price),
		PriceDate:      nullable(h.PriceDate),
		Value:          exactly(h.Value),
		CostBasis:      number(h.CostBasis),
		Quantity:       exactly(h.Quantity),
		VestedQuantity: number(h.VestedQuantity),
		VestedValue:    number(h.VestedValue),
		Currency:       nullable(h.Currency),
		Unofficial:     nullable(h.Unofficial),
	}
}

// wireSecurity is Plaid's Security. Nobody here has a name of their own for one,
// and none stands in for another.
type wireSecurity struct {
	ID             string       `json:"security_id"`
	ISIN           *string      `json:"isin"`
	CUSIP          *string      `json:"cusip"`
	SEDOL          *string      `json:"sedol"`
	InstitutionsID *string      `json:"institution_security_id"`
	InstitutionID  *string      `json:"institution_id"`
	ProxyID        *string      `json:"proxy_security_id"`
	Name           *string      `json:"name"`
	Ticker         *string      `json:"ticker_symbol"`
	CashEquivalent bool         `json:"is_cash_equivalent"`
	Type           *string      `json:"type"`
	Close          *json.Number `json:"close_price"`
	CloseDate      *string      `json:"close_price_as_of"`
	Updated        *string      `json:"update_datetime"`
	Currency       *string      `json:"iso_currency_code"`
	Unofficial     *string      `json:"unofficial_currency_code"`
	Market         *string      `json:"market_identifier_code"`
	Sector         *string      `json:"sector"`
	Industry       *string      `json:"industry"`
	Option         *wireOption  `json:"option_contract"`
}

// wireOption is Plaid's OptionContract.
type wireOption struct {
	Type       string      `json:"contract_type"`
	Expires    string      `json:"expiration_date"`
	Strike     json.Number `json:"strike_price"`
	Underlying string      `json:"underlying_security_ticker"`
}

// A catalogue is the securities that an answer mentions, each once.
type catalogue struct {
	securities []wireSecurity
	known      map[string]bool
}

// add puts a security in and returns its id, which is made of what identifies
// the security everywhere: it is the same for every Item, bank and seed.
func (c *catalogue) add(s bank.Security) string {
	id := seed(0).alnum(idLength, "security", cmp.Or(s.Ticker, s.CUSIP, s.ISIN, s.SEDOL, s.ID))
	if c.known[id] {
		return id
	}
	if c.known == nil {
		c.known = make(map[string]bool)
	}
	c.known[id] = true
	w := wireSecurity{
		ID:             id,
		ISIN:           nullable(s.ISIN),
		CUSIP:          nullable(s.CUSIP),
		SEDOL:          nullable(s.SEDOL),
		Name:           nullable(s.Name),
		Ticker:         nullable(s.Ticker),
		CashEquivalent: s.CashEquivalent,
		Type:           nullable(s.Type),
		Close:          number(s.Close),
		CloseDate:      nullable(s.CloseDate),
		Currency:       nullable(s.Currency),
		Unofficial:     nullable(s.Unofficial),
		Market:         nullable(s.Market),
		Sector:         nullable(s.Sector),
		Industry:       nullable(s.Industry),
	}
	if o := s.Option; o != nil {
		w.Option = &wireOption{o.Type, o.Expires, exactly(o.Strike), o.Underlying}
	}
	c.securities = append(c.securities, w)
	return id
}

// wireTrade is Plaid's InvestmentTransaction.
type wireTrade struct {
	ID         string       `json:"investment_transaction_id"`
	AccountID  string       `json:"account_id"`
	SecurityID *string      `json:"security_id"`
	CancelID   *string      `json:"cancel_transaction_id"` // a legacy of Plaid's, always null
	Date       string       `json:"date"`
	Name       string       `json:"name"`
	Quantity   json.Number  `json:"quantity"`
	Amount     json.Number  `json:"amount"`
	Price      json.Number  `json:"price"`
	Fees       *json.Number `json:"fees"`
	Type       string       `json:"type"`
	Subtype    string       `json:"subtype"`
	Currency   *string      `json:"iso_currency_code"`
	Unofficial *string      `json:"unofficial_currency_code"`
}

// wireTrade is a trade as the Item tells it.
func (it *item) wireTrade(account, security string, t bank.Trade) wireTrade {
	return wireTrade{
		ID:         it.scoped("investment transaction", t.ID),
		AccountID:  account,
		SecurityID: nullable(security),
		Date:       t.Date,
		Name:       t.Name,
		Quantity:   exactly(t.Quantity),
		Amount:     exactly(t.Amount),
		Price:      exactly(t.Price),
		Fees:       number(t.Fees),
		Type:       t.Type,
		Subtype:    t.Subtype,
		Currency:   nullable(t.Currency),
		Unofficial: nullable(t.Unofficial),
	}
}
