package bank

// american lists well-known banks of the United States under the ids Plaid has
// for them in Production (from applications that publish the ids they use), so
// that what Plaid documents about some of them can be met. They come after the
// Sandbox's own. The routing numbers are those the banks publish; people and
// accounts there are made up like everywhere else. Robinhood stands for the
// brokers that have no Transactions, so that apps meet one.
func american() []Institution {
	us, all := []string{"US"}, usProducts()
	return []Institution{
		{ID: "ins_56", Name: "Chase", URL: "https://www.chase.com", Color: "#117aca", OAuth: true, Countries: us, Products: all, RoutingNumbers: []string{"021000021"}},
		{ID: "ins_127989", Name: "Bank of America", URL: "https://www.bankofamerica.com", Color: "#e31837", OAuth: true, Countries: us, Products: all, RoutingNumbers: []string{"026009593"}},
		{ID: "ins_127991", Name: "Wells Fargo", URL: "https://www.wellsfargo.com", Color: "#d71e28", OAuth: true, Countries: us, Products: all, RoutingNumbers: []string{"121000248"}},
		{ID: "ins_5", Name: "Citibank Online", URL: "https://online.citi.com", Color: "#1d5ba5", OAuth: true, Countries: us, Products: all, RoutingNumbers: []string{"021000089"}},
		{ID: "ins_127990", Name: "U.S. Bank", URL: "https://www.usbank.com", Color: "#0c2074", OAuth: true, Countries: us, Products: all, RoutingNumbers: []string{"042000013"}},
		{ID: "ins_13", Name: "PNC", URL: "https://www.pnc.com", Color: "#f48024", OAuth: true, Countries: us, Products: all, RoutingNumbers: []string{"043000096"}},
		{ID: "ins_128026", Name: "Capital One", URL: "https://www.capitalone.com", Color: "#004977", OAuth: true, Countries: us, Products: all, RoutingNumbers: []string{"031176110"}},
		{ID: "ins_11", Name: "Charles Schwab", URL: "https://www.schwab.com", Color: "#00a0df", OAuth: true, Countries: us, Products: all, RoutingNumbers: []string{"121202211"}},
		{ID: "ins_15", Name: "Navy Federal Credit Union", URL: "https://www.navyfederal.org", Color: "#003d6a", OAuth: true, Countries: us, Products: all, RoutingNumbers: []string{"256074974"}},
		{ID: "ins_10", Name: "American Express", URL: "https://www.americanexpress.com", Color: "#006fcf", OAuth: true, Countries: us, Products: all, RoutingNumbers: []string{"124085066"}},
		{ID: "ins_7", Name: "USAA", URL: "https://www.usaa.com", Color: "#12395b", OAuth: true, Countries: us, Products: all, RoutingNumbers: []string{"314074269"}},
		{ID: "ins_14", Name: "TD Bank", URL: "https://www.td.com", Color: "#34a853", OAuth: true, Countries: us, Products: all, RoutingNumbers: []string{"031101266"}},
		{ID: "ins_130888", Name: "Truist", URL: "https://www.truist.com", Color: "#2e1a47", OAuth: true, Countries: us, Products: all, RoutingNumbers: []string{"061000104"}},
		{ID: "ins_12", Name: "Fidelity", URL: "https://www.fidelity.com", Color: "#368727", OAuth: true, Countries: us, Products: all},
		{ID: "ins_25", Name: "Ally Bank", URL: "https://www.ally.com", Color: "#650360", Countries: us, Products: all, RoutingNumbers: []string{"124003116"}},
		{ID: "ins_26", Name: "Fifth Third Bank", URL: "https://www.53.com", Color: "#104c97", Countries: us, Products: all, RoutingNumbers: []string{"042000314"}},
		{ID: "ins_19", Name: "Regions Bank", URL: "https://www.regions.com", Color: "#528400", Countries: us, Products: all, RoutingNumbers: []string{"062005690"}},
		{ID: "ins_21", Name: "Huntington Bank", URL: "https://www.huntington.com", Color: "#5ba63c", Countries: us, Products: all, RoutingNumbers: []string{"044000024"}},
		{ID: "ins_27", Name: "M&T Bank", URL: "https://www.mtb.com", Color: "#007856", Countries: us, Products: all, RoutingNumbers: []string{"022000046"}},
		{ID: "ins_29", Name: "KeyBank", URL: "https://www.key.com", Color: "#cc0000", Countries: us, Products: all, RoutingNumbers: []string{"041001039"}},
		{ID: "ins_33", Name: "Discover", URL: "https://www.discover.com", Color: "#f76b20", Countries: us, Products: all},
		{ID: "ins_54", Name: "Robinhood", URL: "https://robinhood.com", Color: "#00c805", OAuth: true, Countries: us, Products: []string{"assets", "balance", "identity", "investments"}},
	}
}

// An offer is how a bank calls what it has for everybody. A bank that has no
// card in its offer gives none.
type offer struct{ checking, savings, card string }

// offers are those of the banks that are known for a card.
func offers(id string) offer {
	switch id {
	case "ins_56":
		return offer{"Total Checking", "Chase Savings", "Freedom Unlimited"}
	case "ins_127989":
		return offer{"Adv Plus Banking", "Advantage Savings", "Customized Cash Rewards"}
	case "ins_5":
		return offer{"Citi Basic Checking", "Citi Savings", "Double Cash Card"}
	case "ins_128026":
		return offer{"360 Checking", "360 Performance Savings", "Quicksilver"}
	case "ins_10":
		return offer{"Rewards Checking", "High Yield Savings", "Blue Cash Everyday"}
	case "ins_7":
		return offer{"Classic Checking", "USAA Savings", "Preferred Cash Rewards"}
	case "ins_33":
		return offer{"Cashback Debit", "Online Savings", "Discover It"}
	default:
		return offer{checking: "Checking", savings: "Savings"}
	}
}

// mutes tells the banks that say nothing of a row before it posts.
func mutes(id string) bool { return id == "ins_128026" || id == "ins_7" }

// tokenizes tells the banks that hand out a token instead of an account number
// (https://plaid.com/docs/auth/#tokenized-account-numbers); of the Sandbox's,
// those with OAuth do.
func tokenizes(id string) bool { return remembers(id) || id == "ins_132241" }

// remembers tells the banks whose accounts keep one id however often they are
// linked, Plaid's persistent_account_id.
func remembers(id string) bool {
	switch id {
	case "ins_56", "ins_13", "ins_127990", "ins_127287":
		return true
	default:
		return false
	}
}
