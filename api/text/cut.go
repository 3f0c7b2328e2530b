package text

import "strings"

// Redacted stands wherever a secret would.
const Redacted = "[redacted]"

// Cut shortens s to at most n characters, with an ellipsis for what is gone. It
// cuts no Redacted in two: that is left out whole.
func Cut(s string, n int) string {
	if len(s) <= n {
		return s
	}
	for i := range s {
		if n--; n < 0 {
			return s[:beforeRedacted(s, i)] + "…"
		}
	}
	return s
}

// beforeRedacted is where to cut s instead of at i, when Redacted stands there.
func beforeRedacted(s string, i int) int {
	for start := max(0, i-len(Redacted)+1); start < i; start++ {
		if strings.HasPrefix(s[start:], Redacted) {
			return start
		}
	}
	return i
}
