package plaidsvc

import (
	"context"

	"coffer/internal/secret"
	"coffer/ledger"
)

// Items is what the service needs to know of the banks that are linked.
type Items interface {
	// Items lists every Item, of all environments.
	Items(ctx context.Context) ([]ledger.Item, error)
	// SaveItem replaces what is known of an Item.
	SaveItem(ctx context.Context, item ledger.Item) error
	// RemoveItem erases an Item with all that came from it.
	RemoveItem(ctx context.Context, id ledger.ItemID) error
}

// Access is what it takes to ask Plaid about one Item.
type Access interface {
	AccessToken(ctx context.Context, id ledger.ItemID) (secret.Text, error)
	// Cursor is where the next sync starts, "" for the beginning.
	Cursor(ctx context.Context, id ledger.ItemID) (string, error)
}

// Intents keeps what was begun, so that it can be ended whatever happens.
type Intents interface {
	// Intents lists what SetIntent kept, by id.
	Intents(ctx context.Context) (map[string]secret.Text, error)
	// SetIntent keeps a text; an empty one takes it away.
	SetIntent(ctx context.Context, id string, text secret.Text) error
	// Fulfil keeps a new Item and its access token, durably: the token can be had only
	// once. It takes the intent away that led to it: both or neither.
	Fulfil(ctx context.Context, id string, item ledger.Item, token secret.Text) error
}

// Facts takes what banks said.
type Facts interface {
	// Accounts lists the accounts of an Item, none if it is not known.
	Accounts(ctx context.Context, id ledger.ItemID) ([]ledger.Account, error)
	// Apply keeps a whole sync, or nothing of it. It refuses with
	// [ledger.ErrStale] a Delta that starts at another cursor than the kept one.
	Apply(ctx context.Context, d ledger.Delta) (ledger.Applied, error)
	// SaveBalances replaces the balances of these accounts and nothing else.
	SaveBalances(ctx context.Context, accounts []ledger.Account) error
}

// Investments takes what banks tell of investments, each in the place of what the
// bank told before.
type Investments interface {
	Holdings(ctx context.Context) ([]ledger.Holdings, error)
	SaveHoldings(ctx context.Context, h ledger.Holdings) error
	Trades(ctx context.Context) ([]ledger.Trades, error)
	SaveTrades(ctx context.Context, t ledger.Trades) error
}

// Debts takes what banks tell of loans and cards, as Investments does.
type Debts interface {
	Liabilities(ctx context.Context) ([]ledger.Liabilities, error)
	SaveLiabilities(ctx context.Context, l ledger.Liabilities) error
}

// Streams takes what Plaid finds to recur, as Investments does.
type Streams interface {
	Streams(ctx context.Context) ([]ledger.Streams, error)
	SaveStreams(ctx context.Context, s ledger.Streams) error
}

// A Vault keeps Items, their tokens and cursors, and facts.
type Vault interface {
	Items
	Intents
	Access
	Facts
	Investments
	Debts
	Streams
}
