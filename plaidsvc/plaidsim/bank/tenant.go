package bank

// newTenant is one person who rents a room, with one account at one bank: what
// is left over is invested elsewhere.
func newTenant(seed uint64, at []Institution, _ *market) *book {
	r := newResident(seed, at, nil)
	luck := r.occasion("luck", r.first, 0)
	r.checking(0, 1_400_00)
	r.incomes = []incoming{{payee: employer(&luck), to: r.main, cents: luck.about(1_480_00, 100), fortnight: true}}
	r.bills = append(some(500, "Northfield Power & Light", "Halcyon Mobile"), some(1000, "Tuneloft", "Reelhouse")...)
	r.bills = append(r.bills, rent(luck.about(980_00, 120)))
	r.errands, r.thrift = plainErrands(), 520
	r.saves(purse{ceiling: 2_900_00})
	return r.book
}

// employer is who pays a wage in Millbrook.
func employer(o *occasion) payee {
	all := []payee{
		income("Foxglove Logistics", "FOXGLOVE LOGISTICS PAYROLL", "INCOME_SALARY"),
		income("Hudson Valley Transit", "HVT AUTHORITY DIR DEP", "INCOME_SALARY"),
		income("Dutchess Regional Hospital", "DUTCHESS REG HOSP PAYROLL", "INCOME_SALARY"),
		income("Maplemart", "MAPLEMART INC PAYROLL", "INCOME_SALARY"),
		income("Larkspur Foods", "LARKSPUR FOODS DIR DEP", "INCOME_SALARY"),
	}
	return all[o.below(len(all))]
}
