package match

import (
	"regexp"
	"strings"
)

// What is the same but for its extension: a phone where one side has none and
// where both have one, an email with another part behind a plus.
const (
	extensionMissing = 85
	extensionDiffers = 70
	otherTag         = 85
)

// Phone compares two telephone numbers, however they are written. ok is false if
// one has no digits.
func Phone(a, b string) (score int, ok bool) {
	x, y := parsePhone(a), parsePhone(b)
	switch {
	case x.number == "" || y.number == "":
		return 0, false
	case !x.reaches(y) && !y.reaches(x):
		return 0, true
	case x.extension == y.extension:
		return 100, true
	case x.extension == "" || y.extension == "":
		return extensionMissing, true
	}
	return extensionDiffers, true
}

// IsPhone reports whether a text can be a telephone number, in E.164 or not: it
// has the digits of one, and nothing else but what people write between them.
func IsPhone(text string) bool {
	return phoneForm.MatchString(text) && len(parsePhone(text).number) >= 7 && len(parsePhone(text).number) <= 15
}

var (
	phoneForm     = regexp.MustCompile(`(?i)^\s*\+?[\d\s().\-/]+(?:(?:,|;)?\s*(?:ext\.?|extension|x|#)\s*\d+)?\s*$`)
	extensionForm = regexp.MustCompile(`(?i)(?:ext\.?|extension|x|#)\s*(\d+)\s*$`)
)

// A phone is a number as E.164 has it, without the plus, or what is known of it.
type phone struct {
	number, extension string
	national          bool // the country is not said
}

// parsePhone reads a number on a best-effort basis: ten digits, or eleven that
// begin with a one, are of North America.
func parsePhone(text string) phone {
	var p phone
	if at := extensionForm.FindStringSubmatchIndex(text); at != nil {
		text, p.extension = text[:at[0]], text[at[2]:at[3]]
	}
	digits := strings.Map(func(r rune) rune {
		if '0' <= r && r <= '9' {
			return r
		}
		return -1
	}, text)
	international := strings.HasPrefix(strings.TrimSpace(text), "+")
	for _, prefix := range []string{"011", "00"} {
		if rest, ok := strings.CutPrefix(digits, prefix); ok && !international {
			digits, international = rest, true
		}
	}
	switch {
	case international:
	case len(digits) == 10 && digits[0] != '0':
		digits = "1" + digits
	case len(digits) == 11 && digits[0] == '1':
	default:
		digits, p.national = strings.TrimLeft(digits, "0"), true
	}
	p.number = digits
	return p
}

// reaches reports whether who dials p gets q: the same number, or q's in its own
// country.
func (p phone) reaches(q phone) bool {
	return p.number == q.number || p.national && !q.national && len(p.number) >= 8 && strings.HasSuffix(q.number, p.number)
}

// Email compares two email addresses. ok is false if one is empty.
func Email(a, b string) (score int, ok bool) {
	x, y := parseEmail(a), parseEmail(b)
	switch {
	case x == mailbox{} || y == mailbox{}:
		return 0, false
	case x == y:
		return 100, true
	case x.user == y.user && x.host == y.host:
		return otherTag, true
	}
	return 0, true
}

// A mailbox is an email address; its tag is what stands behind a plus.
type mailbox struct{ user, tag, host string }

func parseEmail(text string) mailbox {
	local, host := strings.ToLower(strings.TrimSpace(text)), ""
	if at := strings.LastIndexByte(local, '@'); at >= 0 {
		local, host = local[:at], local[at+1:]
	}
	var m mailbox
	m.host = host
	m.user, m.tag, _ = strings.Cut(local, "+")
	if host == "googlemail.com" {
		m.host = "gmail.com"
	}
	if m.host == "gmail.com" { // delivers with and without dots
		m.user = strings.ReplaceAll(m.user, ".", "")
	}
	return m
}
