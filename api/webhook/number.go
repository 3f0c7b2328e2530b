package webhook

import (
	"strings"
	"unicode"
)

// e164 is a number in E.164, however it is written: with or without its plus,
// which may have arrived as a blank, or with separators. What is no such number
// (a short code, a name) is "".
func e164(s string) string {
	digits := strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || strings.ContainsRune("+-.()", r) {
			return -1
		}
		return r
	}, s)
	if len(digits) < 7 || len(digits) > 15 || digits[0] == '0' || strings.Trim(digits, "0123456789") != "" {
		return ""
	}
	return "+" + digits
}

// sameNumber says whether two texts are one number.
func sameNumber(a, b string) bool {
	n := e164(a)
	return n != "" && n == e164(b)
}
