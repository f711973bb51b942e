package plaidsvc

import (
	"slices"
	"time"

	"coffer/ledger"
	"coffer/plaidsvc/errand"
	"coffer/plaidsvc/wire"
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

// ConvertPage makes of a page what a sync does, from its bytes to what is handed to the
// vault.
func ConvertPage(body []byte) ([]ledger.Transaction, error) {
	page, err := wire.ReadPage(body)
	if err != nil {
		return nil, err
	}
	s := newStage()
	s.take(&page)
	rows, _ := s.result()
	return rows, nil
}

// WebhookNames lists what the table of webhooks has, sorted, and after a colon what is
// done for the bank.
func WebhookNames() (names []string) {
	does := map[errand.Set]string{
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
