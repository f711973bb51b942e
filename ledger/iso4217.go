package ledger

import "strings"

// isoDigits maps each current currency of ISO 4217 to the decimals of its minor
// unit.
//
// The table is the standard's own (list one, "Current currency & funds code
// list", minor units column). Unicode's CLDR, which most libraries carry, is no
// substitute: it says how many decimals are customary in cash registers and
// gives none to AFN, LBP or RSD, whose banks count cents.
var isoDigits = isoTable()

// Codes by minor unit. Two decimals is the rule; a code whose minor unit the
// standard calls "N.A." (gold, special drawing rights) is kept with two.
const (
	isoZero = `BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF`
	isoTwo  = `AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BOV
		BRL BSD BTN BWP BYN BZD CAD CDF CHE CHF CHW CNY COP COU CRC CUP CVE CZK DKK
		DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF
		IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA
		MKD MMK MNT MOP MRU MUR MVR MWK MXN MXV MYR MZN NAD NGN NIO NOK NPR NZD PAB
		PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD
		SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD USN UYU UZS VED
		VES WST XAD XAG XAU XBA XBB XBC XBD XCD XCG XDR XPD XPT XSU XTS XUA XXX YER
		ZAR ZMW ZWG`
	isoThree = `BHD IQD JOD KWD LYD OMR TND`
	isoFour  = `CLF UYW`
)

func isoTable() map[string]uint8 {
	table := make(map[string]uint8, 200)
	for digits, codes := range map[uint8]string{0: isoZero, 2: isoTwo, 3: isoThree, 4: isoFour} {
		for code := range strings.FieldsSeq(codes) {
			table[code] = digits
		}
	}
	return table
}
