package bank

import "slices"

// A kind is a way to live.
type kind struct {
	name  string
	rows  int        // a year, about
	banks [][]string // the household banks at one of each
	move  func(seed uint64, at []Institution, m *market) *book
}

// kinds are the ways there are to live. Seed 1 is the first one, seed 2 the
// second, and so on round, so a household is found by counting.
func kinds() []kind {
	large := []string{"ins_56", "ins_127989", "ins_127991", "ins_127990", "ins_13", "ins_14", "ins_109512", "ins_135858"}
	regional := []string{"ins_26", "ins_19", "ins_21", "ins_27", "ins_29", "ins_130888"}
	unions := []string{"ins_109509", "ins_109510", "ins_15"}
	online := []string{"ins_25", "ins_33"}
	return []kind{
		{name: "family", rows: familyRows, banks: each(familyBanks()), move: func(seed uint64, _ []Institution, m *market) *book { return newFamily(seed, m) }},
		{name: "single", rows: 330, banks: [][]string{large}, move: newTenant},
		{name: "couple", rows: 880, banks: [][]string{large, unions}, move: newCouple},
		{name: "freelancer", rows: 740, banks: [][]string{regional, large, online}, move: newFreelancer},
		{name: "retired", rows: 700, banks: [][]string{unions, {"ins_11", "ins_12"}}, move: newRetired},
		{name: "student", rows: 420, banks: [][]string{large, {"ins_109511"}}, move: newStudent},
	}
}

// each makes a choice of one of everything.
func each(ids []string) [][]string {
	var out [][]string
	for _, id := range ids {
		out = append(out, []string{id})
	}
	return out
}

// Kinds lists the ways to live that [Options] may name.
func Kinds() []string {
	var names []string
	for _, k := range kinds() {
		names = append(names, k.name)
	}
	return names
}

// kind is the one that is asked for, or the seed's.
func (o Options) kind() kind {
	all := kinds()
	if o.Kind == "" {
		n := int64(len(all))
		return all[((o.Seed-1)%n+n)%n]
	}
	i := slices.IndexFunc(all, func(k kind) bool { return k.name == o.Kind })
	if i < 0 {
		panic("bank: no kind of household is called " + o.Kind)
	}
	return all[i]
}

// choose picks the banks of a household.
func (k kind) choose(seed uint64) []Institution {
	d := dice{stirText(seed, "banks")}
	var out []Institution
	for _, ids := range k.banks {
		i, _ := institution(ids[d.below(len(ids))])
		out = append(out, i)
	}
	return out
}
