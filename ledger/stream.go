package ledger

// A Stream is money that comes or goes again and again, as Plaid finds it in the
// transactions of an account.
type Stream struct {
	ID          string
	Account     AccountID
	Description string
	Merchant    string // "" when there is none
	Category    Category
	// Frequency and Status are Plaid's, such as "MONTHLY" and "MATURE"; open.
	Frequency, Status string
	// Active is false when it has ended, nil when Plaid does not tell.
	Active      *bool
	First, Last Date
	Next        Date // foretold by Plaid
	// Average and Latest are below zero for what is paid.
	Average, Latest Amount
	// Count is how many transactions it was found in.
	Count int
}

// Streams are all of one bank's, as they were told at one moment.
type Streams struct {
	Told
	List []Stream
}
