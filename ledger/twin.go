package ledger

import "slices"

// findTwins finds for each Item another link to its bank that has an account of it, the
// oldest of several. What both have counts twice. A link that was taken back is nobody's
// twin: it is the one to go.
func (b *Book) findTwins() {
	shared := make(map[ItemID][]Account)
	for _, a := range slices.Concat(b.accounts, b.ended) {
		shared[a.Item] = append(shared[a.Item], a)
	}
	for i := range b.items {
		item := &b.items[i]
		item.Twin = ""
		var oldest Item
		for _, other := range b.items {
			if !sameBank(*item, other) || other.State == ItemRevoked || !haveOne(shared[item.ID], shared[other.ID]) {
				continue
			}
			if oldest.ID == "" || other.LinkedAt.Before(oldest.LinkedAt) {
				oldest = other
			}
		}
		item.Twin = oldest.ID
	}
}

// sameBank reports whether two Items are links to one bank.
func sameBank(a, b Item) bool {
	return a.ID != b.ID && a.Institution != "" && a.Institution == b.Institution && a.Environment == b.Environment
}

// haveOne reports whether an account is in both lists.
func haveOne(these, those []Account) bool {
	return slices.ContainsFunc(these, func(a Account) bool { return slices.ContainsFunc(those, a.Is) })
}
