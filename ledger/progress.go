package ledger

// A Phase is what a sync is doing for one Item.
type Phase string

// The phases of a sync, in order. A sync that fails ends in PhaseFailed.
const (
	PhaseWaiting  Phase = "waiting"  // for its turn, for Plaid to have something, or to ask again
	PhaseAsking   Phase = "asking"   // Plaid asks the bank itself
	PhaseFetching Phase = "fetching" // pages are coming in
	PhaseSaving   Phase = "saving"
	PhaseDone     Phase = "done"
	PhaseFailed   Phase = "failed"
)

// Progress is what a running sync reports of one Item.
type Progress struct {
	Item  ItemID
	Name  string // the bank
	Phase Phase
	Rows  int // fetched so far
	Err   error
}

// A SyncResult is how the sync of one Item ended. Applied counts only when Err
// is nil.
type SyncResult struct {
	// Item is the bank after the sync. With an Err its state is never ok, unless
	// the sync was cancelled: what is the network's fault or the keys' shows here
	// as unavailable, though it is not kept as the bank's.
	Item    Item
	Applied Applied
	// Err starts with what happened, and does not name the bank: Item does.
	Err error
	// Unheard is set when the bank was asked and had not answered by then: what it
	// tells comes with a later sync.
	Unheard bool
	// Skipped says what the bank sent that nobody can read; the rest was kept. It
	// is nil when nothing was left out.
	Skipped error
	// Untold says what the bank did not tell besides its transactions, and why: its
	// investments, the terms of its loans. What it told of them before stays.
	Untold []error
}

// A LinkStage is how far the linking of a bank has come.
type LinkStage string

// The stages of Link, in order.
const (
	LinkStarting  LinkStage = "starting"  // asking Plaid for a link token
	LinkWaiting   LinkStage = "waiting"   // the page is open, or its address is shown
	LinkSaving    LinkStage = "saving"    // exchanging the token, keeping it
	LinkSyncing   LinkStage = "syncing"   // the first sync
	LinkCompleted LinkStage = "completed" // the bank is linked and its rows are here
)

// A BrowserState says whether the user must open an address by hand.
type BrowserState string

// What may become of a browser. Some never say that they have started:
// BrowserStarting may be the last that is heard of one.
const (
	BrowserNone     BrowserState = ""         // none could be started, or none was wanted
	BrowserStarting BrowserState = "starting" // it was asked to
	BrowserOpened   BrowserState = "opened"
)

// LinkProgress is what a running Link session reports.
type LinkProgress struct {
	Stage LinkStage
	// Address is the page to open, from LinkWaiting on.
	Address string
	// Browser is what became of the browser that should show Address.
	Browser BrowserState
	// Hosted is true of an address at Plaid, which any device can open. Else it is
	// one of this computer's, for a browser on it.
	Hosted bool
	// Plan says what is left of a plan that links few banks, "" of any other.
	Plan string
	// Item is the bank, from LinkSyncing on.
	Item Item
	// Sync is the first sync's progress, during LinkSyncing.
	Sync Progress
	// Synced is how the first sync ended, with LinkCompleted.
	Synced SyncResult
}
