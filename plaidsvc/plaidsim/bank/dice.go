package bank

// Dice are a stream of chances that depends on nothing but its key. The
// generator is SplitMix64 (Steele, Lea, Flood, 2014), written out here because
// the methods of math/rand promise no stable values between Go releases, and a
// household must not change under its owner at a compiler upgrade.
type dice struct{ state uint64 }

func mix(x uint64) uint64 {
	x ^= x >> 30
	x *= 0xbf58476d1ce4e5b9
	x ^= x >> 27
	x *= 0x94d049bb133111eb
	return x ^ x>>31
}

// stir folds a word into a key.
func stir(key, word uint64) uint64 { return mix(key*0x9e3779b97f4a7c15 + word + 0x632be59bd9b4e019) }

// stirText folds a text into a key (FNV-1a).
func stirText(key uint64, text string) uint64 {
	h := uint64(14695981039346656037)
	for i := range len(text) {
		h = (h ^ uint64(text[i])) * 1099511628211
	}
	return stir(key, h)
}

func (d *dice) next() uint64 {
	d.state += 0x9e3779b97f4a7c15
	return mix(d.state)
}

// below is one of 0 ... n-1, evenly.
func (d *dice) below(n int) int {
	return int(d.next() >> 33 * uint64(n) >> 31)
}

// chance is true perMille times in a thousand.
func (d *dice) chance(perMille int) bool { return d.below(1000) < perMille }

// count is how often something happens whose mean is perMille/1000.
func (d *dice) count(perMille int) int {
	n := perMille / 1000
	if d.chance(perMille % 1000) {
		n++
	}
	return n
}

// between is a price from low to high, where low ones are likelier: the mean
// lies a third of the way.
func (d *dice) between(low, high int64) int64 {
	span := int(high - low + 1)
	return low + int64(min(d.below(span), d.below(span)))
}

// about is a value within perMille of the middle one, in either direction.
func (d *dice) about(middle int64, perMille int) int64 {
	spread := middle * int64(perMille) / 1000
	if spread < 1 {
		return middle
	}
	return middle - spread + int64(d.below(int(2*spread+1)))
}
