package ledger

// A Category says what money was spent on or where it came from. It is an open
// set: Plaid's detailed codes of both taxonomies ("FOOD_AND_DRINK_COFFEE"),
// codes that Plaid may add, and the user's own words ("Party"). "" is none.
//
// Source of the codes: Plaid's personal finance category taxonomy, v1 and v2.
type Category string

// Uncategorized is the key under which reports group rows without a category.
const Uncategorized Category = "UNCATEGORIZED"

// Primary returns the group that c belongs to: FOOD_AND_DRINK for
// FOOD_AND_DRINK_COFFEE, also for a code of that group that this program does
// not know. The primary of a primary, of an unknown code and of a user's own
// category is itself; that of "" is [Uncategorized].
func (c Category) Primary() Category { panic("being written") }

// Label returns c for people, "Coffee". An unknown code is labelled as its
// primary, and as "Uncategorized" if that is unknown too; a user's own category
// is its own label.
func (c Category) Label() string { panic("being written") }

// Known reports whether c is a code of Plaid's, primary or detailed.
func (c Category) Known() bool { panic("being written") }

// IsTransfer reports whether a row of this category is one leg of a transfer:
// TRANSFER_IN, TRANSFER_OUT, and the payment of a credit card.
func (c Category) IsTransfer() bool { panic("being written") }

// IsSpending reports whether money under this category is spent: all but
// income, transfers, loan disbursements and card payments. Payments on a
// mortgage, a car or a student loan are spending; so is what has no category.
func (c Category) IsSpending() bool { panic("being written") }

// Categories lists Plaid's detailed categories for choosing from, by primary
// and label.
func Categories() []Category { panic("being written") }

// ParseCategory reads a code ("FOOD_AND_DRINK_COFFEE", any case), a label
// ("coffee"), or a user's own category (any other text that is not of the form
// of a code). The error names the nearest codes.
func ParseCategory(s string) (Category, error) { panic("being written") }
