package transfer

import "slices"

// A Failure is why a transfer failed or was returned. A code is of returned ones
// only.
type Failure struct{ Code, Description string }

// Explain fills in what a test left out: the words of a code, or a code and a
// reason at all. It reports whether the code is one of ACH's.
func (f Failure) Explain(s Status) (Failure, bool) {
	if s != Returned {
		f.Code = ""
		if f.Description == "" {
			f.Description = "The transfer could not be sent to the network."
		}
		return f, true
	}
	if f.Code == "" {
		f.Code = "R01"
	}
	words, known := returnCodes[f.Code]
	if f.Description == "" {
		f.Description = words
	}
	return f, known
}

// Blocks reports whether the account cannot be used for transfers any more: there
// is none, or its holder did not want this one. Which returns do that is not
// documented.
func (f Failure) Blocks() bool {
	return slices.Contains([]string{"R02", "R03", "R04", "R05", "R07", "R10", "R16", "R20", "R29"}, f.Code)
}

// returnCodes are the return codes of ACH, as Plaid words them.
var returnCodes = map[string]string{
	"R01": "Insufficient funds",
	"R02": "Account closed",
	"R03": "No account or unable to locate account",
	"R04": "Invalid account number",
	"R05": "Unauthorized debit to consumer account",
	"R06": "Returned per ODFI's request",
	"R07": "Authorization revoked by customer",
	"R08": "Payment stopped or stop payment on item",
	"R09": "Uncollected funds",
	"R10": "Customer advises not authorized",
	"R11": "Check truncation entry return",
	"R12": "Branch sold to another DFI",
	"R13": "Invalid ACH routing number",
	"R14": "Representative payee deceased or unable to continue in that capacity",
	"R15": "Beneficiary of account holder deceased",
	"R16": "Account frozen",
	"R17": "File record edit criteria",
	"R18": "Improper effective entry",
	"R19": "Amount field error",
	"R20": "Non-transaction account",
	"R21": "Invalid company identification",
	"R22": "Invalid individual ID number",
	"R23": "Credit entry refused by receiver",
	"R24": "Duplicate entry",
	"R25": "Addenda error",
	"R26": "Mandatory field error",
	"R27": "Trace number error",
	"R28": "Routing number or check digit",
	"R29": "Corporate customer advises not authorized",
	"R30": "RDFI not participant in check truncation program",
	"R31": "Permissible return entry",
	"R32": "RDFI non settlement",
	"R33": "Return of XCK entry",
	"R34": "Limited participation DFI",
	"R35": "Return of improper debit entry",
	"R36": "Return of improper credit entry",
	"R37": "Source Document Presented for Payment",
	"R38": "Stop payment on source document",
	"R40": "Return of ENR entry by federal government agency (ENR only)",
	"R41": "Invalid transaction code (ENR only)",
	"R42": "Routing number or check digit error (ENR only)",
	"R43": "Invalid DFI account number (ENR only)",
	"R44": "Invalid individual ID number (ENR only)",
	"R45": "Invalid individual name/company name (ENR only)",
	"R46": "Invalid representative payee indicator (ENR only)",
	"R47": "Duplicate enrollment",
	"R50": "State law affecting RCK acceptance",
	"R51": "Item is ineligible, notice not provided, signature not genuine",
	"R52": "Stop payment on item",
	"R61": "Misrouted return",
	"R62": "Incorrect trace number",
	"R63": "Incorrect dollar amount",
	"R64": "Incorrect individual identification",
	"R65": "Incorrect transaction code",
	"R66": "Incorrect company identification",
	"R67": "Duplicate return",
	"R68": "Untimely return",
	"R69": "Multiple errors",
	"R70": "Permissible return entry not accepted",
	"R71": "Misrouted dishonored return",
	"R72": "Untimely dishonored return",
	"R73": "Timely original return",
	"R74": "Corrected return",
	"R80": "Cross-border payment coding error",
	"R81": "Nonparticipant in cross-border program",
	"R82": "Invalid foreign receiving DFI identification",
}
