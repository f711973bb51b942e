package plaidsim

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"coffer/plaidsvc/plaidsim/bank"
	"coffer/plaidsvc/plaidsim/fate"
	"coffer/plaidsvc/plaidsim/feed"
)

// An item is one login at one bank that an app was given access to.
type item struct {
	id, accessToken string
	ordinal         int // in the order of linking, from 1
	seed            seed
	user            string // who signs in at the bank
	login           bank.Login
	life            *fate.Life // the login with what a scenario makes of it
	churns          churns
	missed          []*Event // what is to happen at the bank once it is up again
	institution     bank.Institution
	accounts        []account
	joined          map[string]time.Time // when accounts became the Item's that were not from the start, by the name of their rows
	linkedAt        time.Time
	products        []string // initialised: in Link, or by a later call
	consented       []string // may be initialised by a later call
	webhook         string
	fired           *wireFired // the last webhook; nil before the first
	days            int        // days_requested, frozen when feed is made

	told        told
	refreshedAt time.Time   // when /transactions/refresh last had an effect
	feed        *feed.Feed  // nil until Transactions is initialised
	extraction  *extraction // nil until Investments is initialised
	loop        loop        // of /transactions/sync, while one is under way
	generation  uint16      // how often a fault changed the data under a loop
	created     int         // rows that /sandbox/transactions/create added
	trouble     string      // error code of what is wrong with the login, or ""
	reason      string      // error_code_reason of trouble, or ""
	synced      bool        // /transactions/sync was called
	removed     bool

	verification map[string]string // of accounts with micro-deposits, by the bank's id

	rotations, processorTokens int // how often tokens were made anew

	consentLife               time.Duration // how long a consent is good for; 0 is for ever
	consentUntil, disconnects time.Time     // zero is never
	sandboxEnd                time.Time
}

// An account is a bank's account as one Item names it: at Plaid the same
// account linked twice has two ids.
type account struct {
	bank.Account
	id string
}

// items are all Items there are, removed ones too.
type items struct {
	byToken  map[string]*item
	public   map[string]*publicToken
	ordinals map[string]int // how often a user at a bank was linked
	linked   int            // how many there are
}

// A publicToken is good for one exchange within thirty minutes.
type publicToken struct {
	item    *item
	expires time.Time
	used    bool
}

const publicTokenLife = 30 * time.Minute

func newItems() items {
	return items{
		byToken:  make(map[string]*item),
		public:   make(map[string]*publicToken),
		ordinals: make(map[string]int),
	}
}

// A linking is what a person agreed to, in Link or through the Sandbox.
type linking struct {
	institution bank.Institution
	visit       visit
	chosen      func(bank.Account) bool // nil is every account
	products    []string
	consented   []string // beside the products
	webhook     string
	days        int // days_requested; 0 is Plaid's default
}

// defaultDays is days_requested when nobody says otherwise.
const defaultDays = 90

// link makes an Item and the public token for it. Everything about its names
// follows from who was linked where for the how-manieth time.
func (c *call) link(l linking) (*item, string) {
	who := l.institution.ID + "\x00" + l.visit.user
	ordinal := strconv.Itoa(c.items.ordinals[who])
	c.items.ordinals[who]++
	c.items.linked++
	name := []string{l.institution.ID, l.visit.user, ordinal}

	it := &item{
		seed:        c.seed,
		ordinal:     c.items.linked,
		id:          c.seed.alnum(idLength, append([]string{"item", environment}, name...)...),
		accessToken: c.seed.token("access", name...),
		user:        l.visit.user,
		login:       l.visit.login,
		life:        fate.New(l.visit.login),
		joined:      make(map[string]time.Time),
		institution: l.institution,
		linkedAt:    c.now,
		products:    slices.Clone(l.products),
		consented:   union(l.products, l.consented),
		webhook:     l.webhook,
		days:        l.days,
		told:        told{asked: c.now},
	}
	if it.days == 0 {
		it.days = defaultDays
	}
	c.relive(it)
	for _, a := range it.life.Accounts() {
		if l.chosen == nil || l.chosen(a) {
			it.accounts = append(it.accounts, it.named(a))
		}
	}
	if slices.Contains(it.products, "transactions") {
		c.startFeed(it, it.days)
	}
	if slices.Contains(it.products, "investments") {
		c.extract(it, c.now)
	}
	if l.visit.deposits {
		c.sendDeposits(it, c.now)
	}
	c.items.byToken[it.accessToken] = it
	c.poll(it, c.now.Add(pollEvery))
	c.supersede(it)
	if life := consentTerm(l.institution); life > 0 {
		c.consent(it, life, c.now)
	}
	if c.options.SandboxExpiry {
		c.age(it, c.now)
	}
	c.schedule(it)
	return it, c.grant(it, name...)
}

// grant makes a public token for an Item.
func (c *call) grant(it *item, name ...string) string {
	token := c.seed.token("public", name...)
	c.items.public[token] = &publicToken{item: it, expires: c.now.Add(publicTokenLife)}
	return token
}

// scoped is the Item's own name for something the bank has a name for.
func (it *item) scoped(kind, bankID string) string {
	return it.seed.alnum(idLength, kind, it.id, bankID)
}

// item finds the Item of an access token, whatever state it is in.
func (c *call) item(token string) (*item, *plaidError) {
	if err := checkToken("access", token, "INVALID_ACCESS_TOKEN"); err != nil {
		return nil, err
	}
	it := c.items.byToken[token]
	if it == nil {
		return nil, fail("INVALID_ACCESS_TOKEN")
	}
	c.note.item = it.id
	if it.removed {
		return nil, fail("ITEM_NOT_FOUND")
	}
	return it, nil
}

// healthyItem finds an Item whose bank can be asked.
func (c *call) healthyItem(token string) (*item, *plaidError) {
	it, err := c.item(token)
	if err == nil && it.trouble != "" {
		return nil, it.problem()
	}
	return it, err
}

// liveItem finds an Item for a call that goes through to the bank itself, which
// has to answer.
func (c *call) liveItem(token string) (*item, *plaidError) {
	it, err := c.healthyItem(token)
	if err != nil {
		return nil, err
	}
	return it, c.reach(it.institution.ID)
}

// checkToken holds a token against the form Plaid's have. kind is "access" or
// "public".
func checkToken(kind, token, code string) *plaidError {
	parts := strings.SplitN(token, "-", 3)
	switch {
	case len(parts) < 3 || parts[0] != kind || parts[2] == "":
		return fail(code).saying("provided %s token is in an invalid format. "+
			"expected format: %s-<environment>-<identifier>", kind, kind)
	case parts[1] != environment:
		return fail(code).saying("provided %s token is for the wrong Plaid environment. expected %q, got %q",
			kind, environment, parts[1])
	}
	return nil
}

// use makes sure that a product is initialised on the Item, which the first
// call that needs it does, provided the person agreed to it in Link.
func (it *item) use(product string) *plaidError {
	err := it.may(product)
	if err == nil {
		it.initialise(product)
	}
	return err
}

// may tells whether a product can be used on the Item. A call that fails for
// another reason than this does not initialise it, and nobody is billed.
func (it *item) may(product string) *plaidError {
	switch {
	case slices.Contains(it.products, product):
		return nil
	case !slices.Contains(it.institution.Products, product):
		return fail("PRODUCTS_NOT_SUPPORTED").saying(
			"the following products are not supported by this institution: [%q]", product)
	case !slices.Contains(it.consented, product):
		return fail("ADDITIONAL_CONSENT_REQUIRED").saying(
			"client does not have user consent to access the PRODUCT_%s product", strings.ToUpper(product))
	}
	return nil
}

func (it *item) initialise(product string) { it.products = union(it.products, []string{product}) }

// startFeed begins to pull the Item's transactions. How far back is decided
// here and never again.
func (c *call) startFeed(it *item, days int) {
	days = min(days, it.mostDays())
	w := feed.Window{Linked: c.now, Days: days, Sees: it.sees(), Joined: it.joined}
	if c.options.Settled {
		w.Days = c.settledDays(days)
	} else {
		w.InitialAt = c.now.Add(c.options.InitialAfter)
		w.CompleteAt = c.now.Add(max(c.options.InitialAfter, c.options.HistoryAfter))
	}
	it.days = days
	it.feed = feed.New(c.source(it), w)
	if !c.options.Settled {
		c.pull(it, w)
	} else {
		it.told.transactions = c.now
	}
}

// settledDays is how far back an Item goes that was linked long ago. Who asked
// for the most that Plaid hands out has by now all years that Options name.
func (c *call) settledDays(days int) int {
	const most, longestYear = 730, 366
	if days < most {
		return days
	}
	return max(days, longestYear*c.options.Years)
}

// sees tells which accounts have transactions: those Plaid documents for the
// Transactions product, as long as they belong to the Item.
func (it *item) sees() func(name string) bool {
	return func(name string) bool {
		return it.churns.gone(name) || slices.ContainsFunc(it.accounts, func(a account) bool {
			return it.churns.of(a.ID) == name && serves("transactions", a.Account)
		})
	}
}

func union(a, b []string) []string {
	all := slices.Clone(a)
	for _, s := range b {
		if !slices.Contains(all, s) {
			all = append(all, s)
		}
	}
	return all
}
