package ledger

// An Edit is what the user said of one transaction. Its zero value says
// nothing. Fields will be added; each has a way to say nothing.
type Edit struct {
	// Category replaces the bank's category. "" leaves it.
	Category Category
}

// IsZero reports whether e says nothing.
func (e Edit) IsZero() bool { return e == Edit{} }

// Edits are the user's edits by transaction. An id that the ledger does not
// know (a row that the bank removed and may bring back) is kept.
type Edits map[TransactionID]Edit

// Recategorize returns the edits that give transactions a category; "" takes the
// user's own away. Whatever else the user said of them stays said. Transactions
// that the user gave this category before are left out.
func (b *Book) Recategorize(ids []TransactionID, c Category) Edits {
	edits := make(Edits)
	for _, id := range ids {
		var e Edit
		if r, ok := b.Find(id); ok {
			e = b.Entry(r).Edit
		}
		if e.Category != c {
			e.Category = c
			edits[id] = e
		}
	}
	return edits
}
