package bank

// owe pays what is due on a day: contracts, debts, the roof.
func (f *family) owe(d day) {
	for i := range f.bills {
		bl := &f.bills[i]
		o := f.occasion(bl.payee.text, d, 0)
		if amount, due := f.comes(bl, &o); due {
			f.pay(bl, o, f.wallets[bl.pays], amount)
		}
	}
	for i := range f.loans {
		if f.serve(&f.loans[i], d) {
			f.deposit(&f.loans[i], d)
		}
	}
	today := f.date(d)
	if _, owns := f.loans[0].paid(month{today.year, today.month}); !owns && f.falls(d, 1) {
		f.debit(f.occasion("rent", d, 0), f.everyday, &f.words.rent, f.priced(d, 1_890_00))
	}
	if f.falls(d, 13) {
		f.lesson(d)
	}
}

// deposit is what the family puts down for what the loan is taken for.
func (f *family) deposit(l *loan, d day) {
	o := f.occasion("deposit", d, 0)
	switch l.account {
	case f.car:
		if down := min(f.priced(d, 3_500_00), round(f.rainy.current/2, 100_00)); down > 0 {
			f.settle(o, f.rainy, &f.words.carDown, down, 14*hour)
		}
	case f.house:
		if down := round(f.rainy.current-7_000_00, 500_00); down > 0 {
			f.settle(o, f.rainy, &f.words.houseDown, down, 11*hour)
		}
	}
}

// lesson pays the piano teacher by cheque. Cheques are numbered by the month.
func (f *family) lesson(d day) {
	today := f.date(d)
	o := f.occasion("piano", d, 0)
	r := o.row(f.everyday, &f.words.piano, round(f.priced(d, 128_00), 5_00))
	r.number = uint32(1001 + month{today.year, today.month}.index() - month{2000, 1}.index())
	r.settled = f.settles(d + day(2+o.below(8))).at(2 * hour)
	f.enter(r)
}

// shop is an ordinary day at home.
func (f *family) shop(d day) {
	for i := range f.errands {
		e := &f.errands[i]
		for n := range f.times(e, d) {
			f.run(e, f.occasion(e.name, d, n+1), f.wallets[e.pays])
		}
	}
	f.refuel(d)
	f.withdraw(d)
}

// fuel is the station where the family fills up.
func fuel() payee {
	return shop("Tidewater Fuel", "TIDEWATER FUEL", "TRANSPORTATION_GAS", "tidewaterfuel.example")
}

// refuel fills the car. One pump in three first holds a dollar, which lapses;
// the charge then comes without having been pending.
func (f *family) refuel(d day) {
	o := f.occasion("fuel", d, 0)
	if !o.chance(140) {
		return
	}
	amount, second := f.priced(d, o.between(31_00, 58_00)), 7*hour+o.below(13*hour)
	if !o.chance(330) {
		f.swipe(o, f.rewards, &f.fuel, amount, 0, second)
		return
	}
	f.hold(o, f.rewards, &f.fuel, 1_00, day(1+o.below(3)), second)
	r := o.row(f.rewards, &f.fuel, amount)
	r.settled = f.clearing(&o)
	f.enter(r)
}

// withdraw gets cash, now and then from a machine that charges for it.
func (f *family) withdraw(d day) {
	o := f.occasion("cash", d, 0)
	if !o.chance(55) {
		return
	}
	notes, second := int64(2+o.below(5))*20_00, 9*hour+o.below(11*hour)
	if !o.chance(150) {
		f.settle(o, f.everyday, &f.words.cash, notes, second)
		return
	}
	f.settle(o, f.everyday, &f.words.foreignCash, notes+2_50, second)
	f.settle(f.occasion("cash fee", d, 0), f.everyday, &f.words.atmFee, 3_00, second)
}
