package accounts

import (
	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"coffer/tui/screen"
)

// An action is something that the user can have done with a bank, or with one of its
// accounts. A line on the sheet, a key and its help all come from here: to offer
// something more is to add it to [actions].
type action struct {
	key  string
	name string
	// about says what it does, in a sentence or two.
	about string
	price price
	// bank is true of what concerns the bank as a whole.
	bank bool
	// direct is true where the key works on the accounts screen as well as on the
	// sheet, and help is what it is called there.
	direct bool
	help   string
	// bars say why it cannot be done now: the first that says something counts.
	bars []func(subject) bar
	// only says when there is such an action at all; nil is always.
	only func(subject) bool
	// ask is the message to the root that starts it. What cannot be undone, and what
	// Plaid bills, is agreed to in the dialog that it opens.
	ask func(subject) tea.Msg
}

// A price is what an action costs where banks are real, then in a word.
type price struct{ long, short string }

var (
	free     = price{"free", "free"}
	eachTime = price{"Plaid bills it each time", "billed"}
	perBank  = price{"Plaid bills it once for each bank", "billed once"}
	each     = price{"each has its price", "see there"}
	anew     = price{"Plaid bills it as any new bank", "as new"}
	byOthers = price{"Plaid bills what the processor asks for", "billed"}
)

// actions are all that can be done, in the order of the sheet.
var actions = []action{
	{
		key: "f", name: "sign in again", bank: true, price: free,
		about: "On the bank's own page, in your browser. What is here stays.",
		only:  func(on subject) bool { return !revoked(on) && on.bank.Wants() == "" },
		bars:  []func(subject) bar{givenUp},
		ask:   func(on subject) tea.Msg { return screen.Repair(on.bank) },
	},
	{
		key: "f", name: "allow its transactions", bank: true, price: free,
		about: "You agree on the bank's own page. They come with the next sync, and Plaid bills them by the month.",
		only:  func(on subject) bool { return on.bank.Wants() != "" },
		ask:   func(on subject) tea.Msg { return screen.Repair(on.bank) },
	},
	{
		key: "l", name: "link it again", bank: true, price: anew,
		about: "Its access is of no use any more. What is here stays.",
		only:  func(on subject) bool { return revoked(on) && on.bank.Twin == "" },
		ask:   func(subject) tea.Msg { return screen.LinkMsg{} },
	},
	{
		key: "a", name: "choose accounts", bank: true, price: free, direct: true, help: "choose accounts",
		about: "On the bank's own page: which of its accounts are shared. What is here of others stays.",
		bars:  []func(subject) bar{ended, givenUp},
		ask:   func(on subject) tea.Msg { return screen.RepairMsg{Item: on.bank, Accounts: true} },
	},
	{
		key: "w", name: "allow more products", bank: true, price: each,
		about: "What else it may tell. You choose, then agree on the bank's own page.",
		bars:  []func(subject) bar{ended, givenUp, allAllowed},
		ask:   func(on subject) tea.Msg { return screen.AllowMsg{Item: on.bank} },
	},
	{
		key: "R", name: "ask the bank now", bank: true, price: eachTime, direct: true, help: "ask the bank now",
		about: "Plaid looks at the bank at once, and what is new comes in.",
		bars:  []func(subject) bar{silent, rowless},
		ask:   func(on subject) tea.Msg { return screen.AskNowMsg{Item: on.bank} },
	},
	{
		key: "c", name: "what comes and goes again", bank: true, price: free,
		about: "Salaries, rents, subscriptions, as Plaid told them last. To ask anew has a price, which is said first.",
		ask:   func(on subject) tea.Msg { return screen.RecurringMsg{Bank: on.bank} },
	},
	{
		key: "e", name: "fetch the whole history again", bank: true, price: free,
		about: "What the bank tells now takes the place of what is here. Your edits stay.",
		bars:  []func(subject) bar{silent, rowless},
		ask:   func(on subject) tea.Msg { return screen.ReplayMsg{Item: on.bank} },
	},
	{
		key: "u", name: "unlink it", bank: true, price: free,
		about: "Its access ends at Plaid, and all that is here of it is erased.",
		ask:   func(on subject) tea.Msg { return screen.RemoveMsg{Item: on.bank} },
	},
	{
		key: "b", name: "balance now", price: eachTime, direct: true, help: "balance now",
		about: "The bank itself is asked what is on the account.",
		bars:  []func(subject) bar{unshared, silent},
		ask:   func(on subject) tea.Msg { return screen.BalanceMsg{Account: on.account, Bank: on.bank} },
	},
	{
		key: "n", name: "account numbers", price: perBank, direct: true, help: "account numbers",
		about: "What the account is paid by. They are shown, and kept nowhere.",
		bars:  []func(subject) bar{unshared, numberless, silent},
		ask:   func(on subject) tea.Msg { return screen.NumbersMsg{Account: on.account, Bank: on.bank} },
	},
	{
		key: "o", name: "owners", price: perBank,
		about: "Who the bank says the account belongs to. They are shown, and kept nowhere.",
		bars:  []func(subject) bar{unshared, silent},
		ask:   func(on subject) tea.Msg { return screen.OwnersMsg{Account: on.account, Bank: on.bank} },
	},
	{
		key: "p", name: "fit to pay from?", price: eachTime,
		about: "Whether somebody owns the account, and whether as much is available now. Nothing is paid.",
		bars:  []func(subject) bar{unshared, unpayable, silent},
		ask:   func(on subject) tea.Msg { return screen.VerifyMsg{Account: on.account, Bank: on.bank} },
	},
	{
		key: "h", name: "hand to a processor", price: byOthers,
		about: "A token with which a payment processor can ask Plaid about the account.",
		bars:  []func(subject) bar{unshared, silent},
		ask:   func(on subject) tea.Msg { return screen.ProcessorMsg{Account: on.account, Bank: on.bank} },
	},
	{
		key: "d", name: "holdings and terms", price: free, direct: true, help: "holdings, terms",
		about: "What it holds, and on which terms money is owed, as the last sync told.",
		bars:  []func(subject) bar{plain},
		ask:   func(on subject) tea.Msg { return screen.DetailsMsg{Account: on.account, Bank: on.bank.Name} },
	},
}

// binding is the action's key, with what it is called on the accounts screen.
func (a action) binding() key.Binding {
	return key.NewBinding(key.WithKeys(a.key), key.WithHelp(a.key, a.help))
}

// concerns reports whether there is such an action for what the cursor is on.
func (a action) concerns(on subject) bool {
	return (a.bank || on.account.ID != "") && (a.only == nil || a.only(on))
}

// barred says why the action cannot be done now. The zero bar is no reason.
func (a action) barred(on subject) bar {
	if on.bank.ID == "" {
		return bar{"kept by you", "this account is kept by you: there is no bank to ask"}
	}
	for _, why := range a.bars {
		if b := why(on); b.whole != "" {
			return b
		}
	}
	return bar{}
}

// start does the action, or says why not.
func (a action) start(on subject) tea.Cmd {
	if why := a.barred(on); why.whole != "" {
		return screen.Send(screen.NoticeMsg{Text: why.whole})
	}
	return screen.Send(a.ask(on))
}
