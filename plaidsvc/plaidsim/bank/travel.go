package bank

import "time"

// A destination is where the family spends its summer, in euros.
type destination struct {
	hotel, taxi, souvenir payee   // in dollars, on the cards
	daily                 []payee // in euros
	prices                [][2]int64
}

// destinations rotate by the year. The houses are invented, the cities are not.
func destinations() []destination {
	return []destination{
		visit(place{city: "Lisboa", region: "", postal: "1100-148", country: "PT", streets: []string{"Rua da Prata", "Rua Augusta"}},
			"Hotel Miradouro Azul", "Táxis do Tejo", "Azulejos do Largo", "Café Andorinha", "Tasca da Ponte", "Museu do Farol", "Metro Sul"),
		visit(place{city: "Firenze", region: "", postal: "50123", country: "IT", streets: []string{"Via dei Neri", "Via Ghibellina"}},
			"Albergo del Melograno", "Radiotaxi Giglio", "Carta e Cuoio", "Caffè Lanterna", "Trattoria Nonna Pia", "Galleria del Fiume", "Autolinee Arno"),
		visit(place{city: "Gent", region: "", postal: "9000", country: "BE", streets: []string{"Veldstraat", "Koestraat"}},
			"Hotel De Gouden Reiger", "Taxi Leie", "Kant en Klos", "Koffiehuis Merel", "Brasserie 't Sas", "Museum aan de Kaai", "Tramlijn"),
	}
}

func visit(p place, hotel, taxi, souvenir, cafe, table, museum, transit string) destination {
	at := func(name, category string) payee {
		return payee{name: name, text: plain(name), category: category, code: "purchase", party: "merchant", sure: "HIGH", place: &p}
	}
	return destination{
		hotel:    at(hotel, "TRAVEL_LODGING"),
		taxi:     at(taxi, "TRANSPORTATION_TAXIS_AND_RIDE_SHARES"),
		souvenir: at(souvenir, "GENERAL_MERCHANDISE_GIFTS_AND_NOVELTIES"),
		daily: []payee{
			at(cafe, "FOOD_AND_DRINK_COFFEE"), at(table, "FOOD_AND_DRINK_RESTAURANT"),
			at(museum, "ENTERTAINMENT_SPORTING_EVENTS_AMUSEMENT_PARKS_AND_MUSEUMS"), at(transit, "TRANSPORTATION_PUBLIC_TRANSIT"),
			at("Kiosk "+p.city, "GENERAL_MERCHANDISE_CONVENIENCE_STORES"),
		},
		prices: [][2]int64{{4_20, 14_00}, {32_00, 88_00}, {12_00, 42_00}, {3_60, 12_80}, {3_00, 16_00}},
	}
}

// A holiday is a year's summer trip.
type holiday struct {
	start  day
	nights day
	to     *destination
}

// holiday is the same for whoever asks on whichever day of the year.
func (f *family) holiday(year int) holiday {
	newYear := moment(time.Date(year, 1, 1, 0, 0, 0, 0, time.UTC).Sub(Epoch()) / time.Second).day()
	o := f.occasion("holiday", newYear, 0)
	return holiday{
		start:  newYear + 165 + day(o.below(70)),
		nights: day(8 + o.below(4)),
		to:     &f.abroad[(year+o.below(2))%len(f.abroad)],
	}
}

// travel does a day of a trip, or of preparing one. It reports whether the
// family is away.
func (f *family) travel(d day) bool {
	h := f.holiday(f.date(d).year)
	f.prepare(h, d)
	f.keepEuros(d)
	if d < h.start || d > h.start+h.nights {
		return f.weekend(d)
	}
	f.visitDay(h, d)
	return true
}

// prepare books flights and a hotel, thinks better of the hotel now and then,
// and buys euros.
func (f *family) prepare(h holiday, d day) {
	o := f.occasion("prepare", d, 0)
	switch h.start - d {
	case 88:
		f.swipe(o, f.voyager, &f.words.flights, f.priced(d, o.between(950_00, 1_750_00)), 0, 20*hour+o.below(3*hour))
	case 61:
		amount := f.priced(d, o.between(180_00, 360_00))
		f.swipe(o, f.voyager, &f.words.booking, amount, 0, 21*hour)
		if o.chance(500) {
			f.refund(o, f.voyager, &f.words.booking, amount, 36)
		}
	case 18:
		f.exchange(o, max(100_00, round(f.priced(d, 1_350_00)-f.euro.current, 50_00)))
	}
}

// exchange moves dollars to the euro account at the day's rate.
func (f *family) exchange(o occasion, dollars int64) {
	euros := dollars * 10_000 / o.about(10_850, 35)
	f.transfer(o, route{f.everyday, f.euro, &f.words.toEuro, &f.words.euroIn}, dollars, euros)
}

// keepEuros pays the euro account's standing costs and keeps it above water.
func (f *family) keepEuros(d day) {
	if f.date(d).dom == 18 {
		o := f.occasion("language course", d, 0)
		f.swipe(o, f.euro, &f.words.language, 11_99, 0, 6*hour)
	}
	if f.falls(d, 21) && f.euro.current < 60_00 {
		f.exchange(f.occasion("euro refill", d, 0), 150_00)
	}
}

// visitDay is a day abroad: euros for the small things, cards for the big ones.
func (f *family) visitDay(h holiday, d day) {
	if d == h.start {
		o := f.occasion("check in", d, 0)
		f.hold(o, f.voyager, &h.to.hotel, 250_00, 6, 15*hour)
		f.settle(f.occasion("airport cash", d, 0), f.euro, &f.words.euroCash, 100_00, 11*hour)
	}
	if d == h.start+h.nights {
		o := f.occasion("check out", d, 0)
		f.swipe(o, f.voyager, &h.to.hotel, f.priced(d, o.between(980_00, 1_600_00)), 0, 10*hour)
	}
	o := f.occasion("abroad", d, 0)
	for n := range 2 + o.below(3) {
		o := f.occasion("abroad", d, n+1)
		i := o.below(len(h.to.daily))
		amount := f.priced(d, o.between(h.to.prices[i][0], h.to.prices[i][1]))
		if f.euro.current-f.euro.pending > amount+20_00 {
			f.swipe(o, f.euro, &h.to.daily[i], amount, 0, 9*hour+o.below(12*hour))
		}
	}
	if o.chance(350) {
		f.chargeAbroad(d, &h.to.souvenir, 12_00, 70_00)
	} else if o.chance(300) {
		f.chargeAbroad(d, &h.to.taxi, 11_00, 34_00)
	}
}

// chargeAbroad pays with the card that takes three per cent for it. The fee is
// a row of its own and posts with the charge.
func (f *family) chargeAbroad(d day, p *payee, low, high int64) {
	o := f.occasion("charge abroad", d, 0)
	r := o.row(f.rewards, p, f.priced(d, o.between(low, high)))
	r.shown, r.settled, r.pending = d.at(12*hour+o.below(7*hour)), f.clearing(&o), true
	fee := o.row(f.rewards, &f.words.foreignFee, r.amount*3/100)
	fee.stream, fee.settled = stir(o.stream, 3), r.settled
	f.enter(r)
	f.enter(fee)
}

// weekend is a short trip by rental car in autumn. It reports whether the
// family is away.
func (f *family) weekend(d day) bool {
	friday := f.weekendStart(f.date(d).year)
	switch d - friday {
	case 0:
		o := f.occasion("rental car", d, 0)
		f.hold(o, f.voyager, &f.words.rental, 300_00, 5, 16*hour)
		f.swipe(f.occasion("lake house", d, 0), f.voyager, &f.words.lodge, f.priced(d, o.between(260_00, 420_00)), 0, 18*hour)
	case 3:
		o := f.occasion("rental car", d, 0)
		f.swipe(o, f.voyager, &f.words.rental, f.priced(d, o.between(140_00, 230_00)), 0, 18*hour)
	}
	return d > friday && d < friday+3
}

// weekendStart is a Friday in October.
func (f *family) weekendStart(year int) day {
	d := moment(time.Date(year, time.October, 1, 0, 0, 0, 0, time.UTC).Sub(Epoch()) / time.Second).day()
	o := f.occasion("weekend", d, 0)
	d += day(7 * o.below(4))
	for f.date(d).weekday != time.Friday {
		d++
	}
	return d
}
