package text

import "strings"

// IsE164 says whether s is a number in E.164: a plus sign, and 7 to 15 digits of
// which the first is no 0.
func IsE164(s string) bool {
	number, plus := strings.CutPrefix(s, "+")
	return plus && len(number) >= 7 && len(number) <= 15 && number[0] != '0' && isDigits(number)
}

// isDigits says whether s is made of the digits 0 to 9 alone.
func isDigits(s string) bool { return s != "" && strings.Trim(s, "0123456789") == "" }

// E164 is the number that a person meant who wrote it with separators, in the
// local way of North America, or with the prefix that dials abroad. It is empty
// when s could be anything. Guessed says that s does not name its country.
func E164(s string) (number string, guessed bool) {
	s = strings.TrimSpace(s)
	if strings.Trim(s, "+0123456789 \t\u00a0-\u2010\u2011\u2013().,/") != "" || strings.LastIndex(s, "+") > 0 {
		return "", false
	}
	n := dialled(s)
	if local := northAmerican(n); local != "" {
		return "+1" + local, true
	}
	for _, abroad := range []string{"+", "011", "00"} {
		if rest, ok := strings.CutPrefix(n, abroad); ok && IsE164("+"+rest) {
			return "+" + rest, false
		}
	}
	return "", false
}

// northAmerican gives the ten digits of a number as it is dialled in the country
// code 1, with that code or without; "" when it is none. Neither area nor
// exchange begins with 0 or 1.
func northAmerican(n string) string {
	if len(n) == 11 {
		n = strings.TrimPrefix(n, "1")
	}
	if len(n) != 10 || !isDigits(n) || n[0] < '2' || n[3] < '2' {
		return ""
	}
	return n
}

// dialled leaves the plus sign and the digits.
func dialled(s string) string {
	return strings.Map(func(r rune) rune {
		if r == '+' || r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, s)
}
