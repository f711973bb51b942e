package bank

import "time"

// An errand is a kind of everyday spending: how often, how much, when in the
// day, and where. Amounts are in cents of 2025.
type errand struct {
	name       string
	often      [7]int // perMille per day, Sunday first
	weekly     bool   // exactly once a week; often are the days' shares in thousandths
	low, high  int64
	from, till int    // opening hours of the errand
	season     int    // perMille in December, 0 is 1000
	returns    int    // perMille of the purchases that are partly or wholly refunded
	tips       int    // perMille of the checks with a tip added after the hold
	pays       wallet // which card
	merchants  []payee
}

// A wallet says which of the family's cards pays.
type wallet uint8

const (
	rewardsCard  wallet = iota
	debitCard           // the everyday checking account's
	voyagerCard         // for travel and going out
	partnersCard        // the partner's debit card
	cardCount
)

// daily makes a week from a weekday's frequency and a weekend day's.
func daily(weekday, weekend int) [7]int {
	return [7]int{weekend, weekday, weekday, weekday, weekday, weekday, weekend}
}

// shop makes a merchant with a few branches.
func shop(name, text, category, site string) payee {
	return payee{name: name, text: text + " #", category: category, site: site, stores: 3, code: "purchase", party: "merchant"}
}

// web makes a merchant without a place.
func web(name, text, category, site string) payee {
	return payee{name: name, text: text, category: category, site: site, channel: "online", code: "purchase", party: "merchant"}
}

// local makes a merchant with one house.
func local(name, text, category string) payee {
	return payee{name: name, text: text, category: category, code: "purchase", party: "merchant", sure: "HIGH"}
}

// guessed lets Plaid file a merchant wrongly at first.
func guessed(p payee, category string) payee {
	p.guess, p.sure = category, "HIGH"
	return p
}

// errands is what a family buys in a week. The merchants are invented.
func errands() []errand {
	return append(append(food(), goods()...), outings()...)
}

func food() []errand {
	const groceries = "FOOD_AND_DRINK_GROCERIES"
	return []errand{
		{name: "weekly shop", weekly: true, often: [7]int{200, 20, 20, 30, 50, 80, 600}, low: 8800, high: 19400, from: 9, till: 18, pays: rewardsCard, merchants: []payee{
			shop("Larkspur Market", "LARKSPUR MARKET", groceries, "larkspurmarket.example"),
			shop("Larkspur Market", "LARKSPUR MARKET", groceries, "larkspurmarket.example"),
			shop("Cedar & Vine Grocers", "CEDAR & VINE", groceries, "cedarvine.example"),
		}},
		{name: "top-up shop", often: daily(240, 120), low: 1100, high: 5200, from: 16, till: 20, pays: debitCard, merchants: []payee{
			shop("Larkspur Market", "LARKSPUR MARKET", groceries, "larkspurmarket.example"),
			guessed(shop("Greenbough Foods", "GREENBOUGH FOODS", groceries, "greenbough.example"), "GENERAL_MERCHANDISE_SUPERSTORES"),
			local("Obrador Bakery", "OBRADOR BAKERY", "FOOD_AND_DRINK_OTHER_FOOD_AND_DRINK"),
		}},
		{name: "coffee", often: daily(360, 260), low: 375, high: 1150, from: 7, till: 11, pays: rewardsCard, merchants: []payee{
			shop("Corner Kettle Coffee", "CORNER KETTLE", "FOOD_AND_DRINK_COFFEE", "cornerkettle.example"),
			guessed(local("Second Cup Society", "SQ *SECOND CUP SOCIETY", "FOOD_AND_DRINK_COFFEE"), "FOOD_AND_DRINK_RESTAURANT"),
		}},
		{name: "partner coffee", often: daily(140, 60), low: 350, high: 900, from: 7, till: 9, pays: partnersCard, merchants: []payee{
			shop("Corner Kettle Coffee", "CORNER KETTLE", "FOOD_AND_DRINK_COFFEE", "cornerkettle.example"),
		}},
		{name: "fast food", often: daily(120, 170), low: 780, high: 2600, from: 11, till: 20, pays: rewardsCard, merchants: []payee{
			shop("Burrito Foundry", "BURRITO FOUNDRY", "FOOD_AND_DRINK_FAST_FOOD", "burritofoundry.example"),
			shop("Patty & Bun Stand", "PATTY & BUN", "FOOD_AND_DRINK_FAST_FOOD", "pattybun.example"),
			web("Noodle Courier", "NOODLECOURIER* ORDER", "FOOD_AND_DRINK_FAST_FOOD", "noodlecourier.example"),
		}},
		{name: "dinner out", often: [7]int{150, 40, 40, 60, 90, 330, 380}, low: 2800, high: 10900, from: 18, till: 21, tips: 420, pays: voyagerCard, merchants: []payee{
			local("Osteria Marlena", "TST* OSTERIA MARLENA", "FOOD_AND_DRINK_RESTAURANT"),
			local("The Copper Pheasant", "THE COPPER PHEASANT", "FOOD_AND_DRINK_RESTAURANT"),
			local("Saffron Table", "SAFFRON TABLE", "FOOD_AND_DRINK_RESTAURANT"),
			guessed(local("Harbor Lantern", "HARBOR LANTERN BAR & GRILL", "FOOD_AND_DRINK_RESTAURANT"), "ENTERTAINMENT_OTHER_ENTERTAINMENT"),
		}},
		{name: "wine", often: [7]int{20, 10, 10, 10, 30, 100, 110}, low: 1400, high: 5600, from: 15, till: 20, season: 2200, pays: rewardsCard, merchants: []payee{
			local("Millbrook Wine & Spirits", "MILLBROOK WINE & SPIRITS", "FOOD_AND_DRINK_BEER_WINE_AND_LIQUOR"),
		}},
		{name: "vending", often: daily(35, 5), low: 150, high: 400, from: 9, till: 17, pays: debitCard, merchants: []payee{
			web("", "CTLP*SNACKPOINT VENDING", "FOOD_AND_DRINK_VENDING_MACHINES", ""),
		}},
	}
}

func goods() []errand {
	const clothing = "GENERAL_MERCHANDISE_CLOTHING_AND_ACCESSORIES"
	return []errand{
		{name: "superstore", often: daily(55, 140), low: 2200, high: 10800, from: 9, till: 20, season: 1500, returns: 15, pays: rewardsCard, merchants: []payee{
			shop("Maplemart", "MAPLEMART SUPERCENTER", "GENERAL_MERCHANDISE_SUPERSTORES", "maplemart.example"),
			guessed(shop("Bulkhead Wholesale", "BULKHEAD WHSE", "GENERAL_MERCHANDISE_SUPERSTORES", "bulkhead.example"), "FOOD_AND_DRINK_GROCERIES"),
		}},
		{name: "marketplace", often: daily(105, 120), low: 900, high: 8600, from: 8, till: 23, season: 2100, returns: 80, pays: rewardsCard, merchants: []payee{
			web("Bazaarly", "BAZAARLY MKTPLACE PMTS", "GENERAL_MERCHANDISE_ONLINE_MARKETPLACES", "bazaarly.example"),
			web("Bazaarly", "BAZAARLY.EXAMPLE*DIGITAL", "GENERAL_MERCHANDISE_ONLINE_MARKETPLACES", "bazaarly.example"),
			guessed(web("Handmade Row", "HANDMADE ROW", "GENERAL_MERCHANDISE_ONLINE_MARKETPLACES", "handmaderow.example"), "GENERAL_MERCHANDISE_OTHER_GENERAL_MERCHANDISE"),
		}},
		{name: "clothes", often: daily(30, 85), low: 2400, high: 14500, from: 11, till: 19, season: 1600, returns: 120, pays: rewardsCard, merchants: []payee{
			shop("Thread & Thistle", "THREAD & THISTLE", clothing, "threadthistle.example"),
			web("Wren Outfitters", "WREN OUTFITTERS", clothing, "wrenoutfitters.example"),
			shop("Stride Shoe Co.", "STRIDE SHOE CO", clothing, "strideshoe.example"),
		}},
		{name: "electronics", often: daily(6, 10), low: 3900, high: 38000, from: 10, till: 20, season: 2500, returns: 90, pays: rewardsCard, merchants: []payee{
			shop("Circuit Harbor", "CIRCUIT HARBOR", "GENERAL_MERCHANDISE_ELECTRONICS", "circuitharbor.example"),
		}},
		{name: "hardware", often: daily(25, 75), low: 1100, high: 13500, from: 8, till: 18, returns: 40, pays: rewardsCard, merchants: []payee{
			shop("Hammer & Hearth", "HAMMER & HEARTH", "HOME_IMPROVEMENT_HARDWARE", "hammerhearth.example"),
			guessed(local("Millbrook Garden Center", "MILLBROOK GARDEN CTR", "HOME_IMPROVEMENT_REPAIR_AND_MAINTENANCE"), "GENERAL_MERCHANDISE_OTHER_GENERAL_MERCHANDISE"),
		}},
		{name: "furniture", often: daily(3, 6), low: 7900, high: 52000, from: 10, till: 18, returns: 60, pays: rewardsCard, merchants: []payee{
			shop("Nordhem", "NORDHEM HOME", "HOME_IMPROVEMENT_FURNITURE", "nordhem.example"),
		}},
		{name: "books", often: daily(16, 32), low: 1100, high: 3900, from: 10, till: 19, season: 2000, pays: debitCard, merchants: []payee{
			local("Pages & Spine Books", "PAGES & SPINE BOOKS", "GENERAL_MERCHANDISE_BOOKSTORES_AND_NEWSSTANDS"),
		}},
		{name: "pets", often: daily(25, 42), low: 1600, high: 8200, from: 9, till: 19, pays: rewardsCard, merchants: []payee{
			shop("Wag & Whisker", "WAG & WHISKER", "GENERAL_MERCHANDISE_PET_SUPPLIES", "wagwhisker.example"),
		}},
		{name: "gifts", often: daily(9, 20), low: 1800, high: 9500, from: 10, till: 20, season: 14000, returns: 60, pays: rewardsCard, merchants: []payee{
			local("Bluebird Gifts", "BLUEBIRD GIFTS", "GENERAL_MERCHANDISE_GIFTS_AND_NOVELTIES"),
			web("Petal & Stem", "PETAL AND STEM FLORIST", "GENERAL_MERCHANDISE_GIFTS_AND_NOVELTIES", "petalstem.example"),
			shop("Tinker Toybox", "TINKER TOYBOX", "GENERAL_MERCHANDISE_OTHER_GENERAL_MERCHANDISE", "tinkertoybox.example"),
		}},
		{name: "convenience", often: daily(45, 60), low: 250, high: 1900, from: 7, till: 22, pays: debitCard, merchants: []payee{
			shop("Quickstep", "QUICKSTEP", "GENERAL_MERCHANDISE_CONVENIENCE_STORES", "quickstep.example"),
		}},
		{name: "sporting goods", often: daily(4, 18), low: 2100, high: 13500, from: 10, till: 18, returns: 60, pays: rewardsCard, merchants: []payee{
			shop("Ridgeline Outdoors", "RIDGELINE OUTDOORS", "GENERAL_MERCHANDISE_SPORTING_GOODS", "ridgeline.example"),
		}},
	}
}

func outings() []errand {
	return []errand{
		{name: "parking", often: daily(60, 45), low: 300, high: 1800, from: 8, till: 18, pays: debitCard, merchants: []payee{
			web("CurbPass", "CURBPASS PARKING", "TRANSPORTATION_PARKING", "curbpass.example"),
			local("Union Street Garage", "UNION STREET GARAGE", "TRANSPORTATION_PARKING"),
		}},
		{name: "train", often: daily(120, 40), low: 275, high: 1450, from: 6, till: 18, pays: rewardsCard, merchants: []payee{
			web("Hudson Valley Transit", "HVT TICKETS", "TRANSPORTATION_PUBLIC_TRANSIT", "hvtransit.example"),
		}},
		{name: "toll", often: daily(35, 60), low: 175, high: 950, from: 7, till: 21, pays: debitCard, merchants: []payee{
			web("TollTag", "TOLLTAG REPLENISH", "TRANSPORTATION_TOLLS", "tolltag.example"),
		}},
		{name: "ride", often: daily(30, 65), low: 950, high: 3900, from: 17, till: 23, tips: 300, pays: voyagerCard, merchants: []payee{
			web("Hopalong", "HOPALONG *TRIP", "TRANSPORTATION_TAXIS_AND_RIDE_SHARES", "hopalong.example"),
		}},
		{name: "pharmacy", often: daily(62, 50), low: 600, high: 4800, from: 9, till: 19, pays: rewardsCard, merchants: []payee{
			shop("Beacon Pharmacy", "BEACON PHARMACY", "MEDICAL_PHARMACIES_AND_SUPPLEMENTS", "beaconrx.example"),
		}},
		{name: "doctor", often: daily(13, 0), low: 2500, high: 9000, from: 9, till: 16, pays: debitCard, merchants: []payee{
			local("Dutchess Family Medicine", "DUTCHESS FAMILY MEDICINE", "MEDICAL_PRIMARY_CARE"),
			guessed(local("Millbrook Pediatrics", "MILLBROOK PEDIATRICS", "MEDICAL_PRIMARY_CARE"), "MEDICAL_OTHER_MEDICAL"),
		}},
		{name: "dentist", often: daily(4, 0), low: 6000, high: 24000, from: 9, till: 16, pays: rewardsCard, merchants: []payee{
			local("Bright Row Dental", "BRIGHT ROW DENTAL", "MEDICAL_DENTAL_CARE"),
		}},
		{name: "vet", often: daily(5, 2), low: 6500, high: 26000, from: 9, till: 17, pays: rewardsCard, merchants: []payee{
			local("Hollow Creek Veterinary", "HOLLOW CREEK VETERINARY", "MEDICAL_VETERINARY_SERVICES"),
		}},
		{name: "hair", often: daily(20, 40), low: 2600, high: 9800, from: 10, till: 18, tips: 400, pays: debitCard, merchants: []payee{
			local("Juniper Hair Studio", "SQ *JUNIPER HAIR STUDIO", "PERSONAL_CARE_HAIR_AND_BEAUTY"),
		}},
		{name: "dry cleaning", often: daily(15, 10), low: 900, high: 3400, from: 8, till: 18, pays: debitCard, merchants: []payee{
			local("Pressed & Folded", "PRESSED AND FOLDED CLEANERS", "PERSONAL_CARE_LAUNDRY_AND_DRY_CLEANING"),
		}},
		{name: "cinema", often: [7]int{55, 5, 10, 10, 10, 50, 80}, low: 1400, high: 6400, from: 17, till: 21, pays: voyagerCard, merchants: []payee{
			local("Bijou Cinema", "BIJOU CINEMA", "ENTERTAINMENT_TV_AND_MOVIES"),
			local("Kestrel Museum", "KESTREL MUSEUM", "ENTERTAINMENT_SPORTING_EVENTS_AMUSEMENT_PARKS_AND_MUSEUMS"),
			guessed(web("Stagehand Tickets", "STAGEHAND* TICKETS", "ENTERTAINMENT_SPORTING_EVENTS_AMUSEMENT_PARKS_AND_MUSEUMS", "stagehand.example"), "ENTERTAINMENT_OTHER_ENTERTAINMENT"),
		}},
		{name: "games", often: daily(12, 28), low: 499, high: 5999, from: 16, till: 22, pays: rewardsCard, merchants: []payee{
			web("Pixelforge", "PIXELFORGE GAMES", "ENTERTAINMENT_VIDEO_GAMES", "pixelforge.example"),
		}},
		{name: "house repair", often: daily(7, 0), low: 9000, high: 98000, from: 9, till: 16, pays: debitCard, merchants: []payee{
			local("Dutchess Plumbing & Heat", "DUTCHESS PLUMBING & HEAT", "HOME_IMPROVEMENT_REPAIR_AND_MAINTENANCE"),
			guessed(local("Sorrel Roofing", "SORREL ROOFING LLC", "HOME_IMPROVEMENT_REPAIR_AND_MAINTENANCE"), "GENERAL_SERVICES_OTHER_GENERAL_SERVICES"),
		}},
		{name: "postage", often: daily(12, 6), low: 450, high: 2600, from: 9, till: 16, season: 4000, pays: debitCard, merchants: []payee{
			local("Parcel Post Office", "PARCEL POST OFFICE", "GENERAL_SERVICES_POSTAGE_AND_SHIPPING"),
		}},
		{name: "car care", often: daily(9, 14), low: 1500, high: 38000, from: 8, till: 17, pays: rewardsCard, merchants: []payee{
			local("Brake & Bolt Garage", "BRAKE & BOLT GARAGE", "GENERAL_SERVICES_AUTOMOTIVE"),
			shop("Sudsy Car Wash", "SUDSY CAR WASH", "GENERAL_SERVICES_AUTOMOTIVE", "sudsywash.example"),
		}},
	}
}

// times is how often the errand is run on a day.
func (b *book) times(e *errand, d day) int {
	today := b.date(d)
	if e.weekly {
		sunday := d - day(today.weekday)
		week := b.occasion(e.name+" of the week", sunday, 0)
		if e.dayOf(week.below(1000)) == today.weekday {
			return 1
		}
		return 0
	}
	often := e.often[today.weekday]
	if today.month == time.December && today.dom < 25 && e.season != 0 {
		often = often * e.season / 1000
	}
	o := b.occasion(e.name, d, 0)
	return o.count(often)
}

// dayOf is the weekday on whose share a pick of 0 to 999 falls.
func (e *errand) dayOf(pick int) time.Weekday {
	for w, share := range e.often {
		if pick -= share; pick < 0 {
			return time.Weekday(w)
		}
	}
	return time.Saturday
}

// run goes on an errand once.
func (b *book) run(e *errand, o occasion, a *account) {
	p := &e.merchants[o.below(len(e.merchants))]
	amount := b.priced(o.day, o.between(e.low, e.high))
	second := e.from*hour + o.below((e.till-e.from)*hour)
	var tip int64
	if o.chance(e.tips) {
		tip = amount * int64(15+o.below(8)) / 100
	}
	b.swipe(o, a, p, amount, tip, second)
	if o.chance(e.returns) {
		back := amount
		if o.chance(400) {
			back = amount * int64(20+o.below(60)) / 100
		}
		b.refund(o, a, p, back, day(6+o.below(35)))
	}
}
