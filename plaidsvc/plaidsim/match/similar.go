package match

// similar tells how alike two words are, from 0 to 1, after Jaro and Winkler:
// the measure record linkage uses for names, which forgives swapped letters, and
// forgives more of words that begin alike.
//
// See Winkler, String Comparator Metrics and Enhanced Decision Rules in the
// Fellegi-Sunter Model of Record Linkage (1990).
func similar(a, b string) float64 {
	x, y := []rune(a), []rune(b)
	if a == b {
		return 1
	}
	if len(x) > len(y) || len(x) == len(y) && a > b {
		x, y = y, x // which one leads decides ties, and must not depend on the caller
	}
	common, swapped := inCommon(x, y)
	if common == 0 {
		return 0
	}
	m := float64(common)
	jaro := (m/float64(len(x)) + m/float64(len(y)) + (m-float64(swapped)/2)/m) / 3
	prefix := 0
	for prefix < min(4, len(x)) && x[prefix] == y[prefix] {
		prefix++
	}
	return jaro + float64(prefix)*0.1*(1-jaro)
}

// closeness makes a score of it. Words that have less than four fifths in common
// are different words: that some letters are the same anyway says little.
func closeness(a, b string) int {
	const same = 0.8
	if a == b {
		return 100
	}
	s := similar(a, b)
	if s < same {
		return int(s / same * 20)
	}
	return min(99, 50+int((s-same)/(1-same)*50))
}

// inCommon counts the letters that both words have at about the same place, and
// those of them that come in another order.
func inCommon(x, y []rune) (common, swapped int) {
	window := max(0, max(len(x), len(y))/2-1)
	taken := make([]bool, len(y))
	var fromX, fromY []rune
	for i, r := range x {
		for j := max(0, i-window); j < min(len(y), i+window+1); j++ {
			if !taken[j] && y[j] == r {
				taken[j] = true
				fromX = append(fromX, r)
				break
			}
		}
	}
	for j, is := range taken {
		if is {
			fromY = append(fromY, y[j])
		}
	}
	for i := range fromX {
		if fromX[i] != fromY[i] {
			swapped++
		}
	}
	return len(fromX), swapped
}
