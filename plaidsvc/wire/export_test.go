package wire

// ParseAmount is the way of every amount into the ledger, but for the sign.
var ParseAmount = parseAmount

// Salvage reads a page value by value, as one that did not decode at once.
func Salvage(body []byte) (Page, error) {
	p, err := salvagePage(body)
	if err != nil {
		return Page{}, err
	}
	return p.turn(), nil
}
