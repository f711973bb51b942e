package plaidsim

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"time"

	"coffer/plaidsvc/plaidsim/bank"
)

// hearLiabilities tells which debts are new and which fields of the others
// changed, in the names that /liabilities/get has for them.
func (s *Server) hearLiabilities(it *item, now time.Time) {
	if !slices.Contains(it.products, "liabilities") {
		return
	}
	was, is := it.told.debts, it.debts(it.life.Liabilities(now))
	it.told.debts = is
	if was == nil {
		return
	}
	var added []string
	updated := make(map[string][]string)
	for _, id := range slices.Sorted(maps.Keys(is)) {
		before, known := was[id]
		if !known {
			added = append(added, id)
			continue
		}
		for _, field := range slices.Sorted(maps.Keys(is[id])) {
			if is[id][field] != before[field] {
				updated[id] = append(updated[id], field)
			}
		}
	}
	if len(added)+len(updated) > 0 {
		s.notify(it, now, "LIABILITIES", "DEFAULT_UPDATE", liabilitiesUpdate(added, updated))
	}
}

func liabilitiesUpdate(added []string, updated map[string][]string) details {
	return details{
		"account_ids_with_new_liabilities":     append([]string{}, added...),
		"account_ids_with_updated_liabilities": updated,
		"error":                                nil,
	}
}

// debts is what /liabilities/get says of each account, field by field.
func (it *item) debts(l bank.Liabilities) map[string]map[string]string {
	names := make(map[string]string)
	for _, a := range it.accounts {
		if a.hasTerms() {
			names[a.ID] = a.id
		}
	}
	var w wireLiabilities
	w.fill(l, names)
	all := make(map[string]map[string]string)
	for _, d := range w.Credit {
		all[d.AccountID] = texts(d)
	}
	for _, d := range w.Mortgage {
		all[d.AccountID] = texts(d)
	}
	for _, d := range w.Student {
		all[d.AccountID] = texts(d)
	}
	return all
}

// texts are the fields of what goes over the wire.
func texts(wire any) map[string]string {
	text, err := json.Marshal(wire)
	if err != nil {
		panic(fmt.Sprintf("plaidsim: write a debt: %v", err)) // it is answered in the same form
	}
	var fields map[string]json.RawMessage
	_ = json.Unmarshal(text, &fields) // an object, which was just written
	all := make(map[string]string, len(fields))
	for name, value := range fields {
		all[name] = string(value)
	}
	return all
}
