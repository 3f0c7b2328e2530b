package text_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"telegent-setup/api/text"
)

// Rule: a cut counts characters, and splits neither one of them nor the mark of a
// secret.
func TestCut(t *testing.T) {
	for name, tc := range map[string]struct {
		in   string
		n    int
		want string
	}{
		"short":              {"abc", 3, "abc"},
		"long":               {"abcd", 3, "abc…"},
		"of several bytes":   {"üöäß", 3, "üöä…"},
		"few, of many bytes": {"üöä", 3, "üöä"},
		"nothing":            {"abc", 0, "…"},
		"in a mark":          {"key [redacted] end", 9, "key …"},
		"before a mark":      {"key [redacted] end", 4, "key …"},
		"behind a mark":      {"key [redacted] end", 14, "key [redacted]…"},
	} {
		t.Run(name, func(t *testing.T) { require.Equal(t, tc.want, text.Cut(tc.in, tc.n)) })
	}
}
