package plaidsvc

import (
	"slices"
	"strconv"
	"time"

	"coffer/ledger"
)

// ShortTimeouts returns a way to give a service timeouts that a test can wait
// for.
func ShortTimeouts(d time.Duration) func(*Service) {
	return func(s *Service) {
		s.client.connect(s.env, s.cfg, timeouts{
			dial: d, handshake: d, header: d, slowHeader: d, request: d, slowRequest: d,
		})
	}
}

// ParseAmount is the way of every amount into the ledger, but for the sign.
var ParseAmount = parseAmount

// ConvertPage reads a page as a sync does.
func ConvertPage(body []byte) ([]ledger.Transaction, error) {
	page, err := decodePage(body)
	if err != nil {
		return nil, err
	}
	s := newStage()
	s.take(page)
	rows, _ := s.result()
	return rows, nil
}

// A Page is what the lean decoder reads of a page.
type Page struct {
	Rows         []Row
	Removed      []string
	Next, Status string
	More         bool
}

// A Row is what the lean decoder reads of a row.
type Row struct {
	ID, Account, PendingID   string
	Pending                  bool
	Amount                   float64
	ISO, Unofficial          string
	Date, Authorized         string
	Name, Merchant, Original string
	Channel, Check           string
	Primary, Detailed        string
	City, Country            string
}

// DecodePage decodes a page and converts nothing.
func DecodePage(body []byte) (Page, error) {
	wire, err := decodePage(body)
	if err != nil {
		return Page{}, err
	}
	page := Page{Next: *wire.Next, Status: wire.Status, More: *wire.More}
	for _, r := range wire.Removed {
		page.Removed = append(page.Removed, r.ID)
	}
	for _, w := range wire.Added {
		amount, err := strconv.ParseFloat(string(w.Amount), 64)
		if err != nil {
			return Page{}, err
		}
		page.Rows = append(page.Rows, Row{
			ID: w.ID, Account: w.Account, PendingID: w.PendingID, Pending: w.Pending,
			Amount: amount, ISO: w.ISO, Unofficial: w.Unofficial, Date: w.Date, Authorized: w.Authorized,
			Name: w.Name, Merchant: w.Merchant, Original: w.Original, Channel: w.Channel, Check: w.Check,
			Primary: w.Category.Primary, Detailed: w.Category.Detailed,
			City: w.Location.City, Country: w.Location.Country,
		})
	}
	return page, nil
}

// WebhookNames lists what the table of webhooks has, sorted, and after a colon what is
// done for the bank.
func WebhookNames() (names []string) {
	does := map[errand]string{
		errandSync: ":sync", errandSync | errandAnew: ":sync,anew", errandLook: ":look", errandLook | errandWarn: ":look,warn", errandLook | errandOffer: ":look,offer",
	}
	for name, meaning := range webhooks {
		if meaning.says != "" && meaning.errand&errandTell == 0 {
			names = append(names, name[0]+"/"+name[1]+does[meaning.errand])
		}
	}
	slices.Sort(names)
	return names
}

// Hosts reports whether an address is taken for one of an environment's pages.
func Hosts(env, address string) bool {
	e, err := parseEnvironment(env)
	return err == nil && e.hosts(address)
}

// DecodeHoldings reads an answer of /investments/holdings/get, and counts what is odd.
func DecodeHoldings(body []byte) ([]ledger.Holding, int, error) {
	list, odd, err := decodeHoldings(body)
	return list, odd.rows, err
}

// DecodeTrades reads an answer of /investments/transactions/get.
func DecodeTrades(body []byte) ([]ledger.Trade, int, error) {
	page, err := decodeTrades(body)
	return page.list, page.odd.rows, err
}

// DecodeStreams reads an answer of /transactions/recurring/get.
func DecodeStreams(body []byte) ([]ledger.Stream, int, error) {
	list, odd, err := decodeStreams(body)
	return list, odd.rows, err
}

// DecodeLiabilities reads an answer of /liabilities/get, of accounts in these
// currencies.
func DecodeLiabilities(body []byte, currencies map[ledger.AccountID]ledger.Currency) ([]ledger.Liability, int, error) {
	list, odd, err := decodeLiabilities(body, currencies)
	return list, odd.rows, err
}
