package text

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// Rule: a locale that is named and is not one of UTF-8 rules out all but ASCII.
func TestASCIIOnly(t *testing.T) {
	for name, c := range map[string]struct {
		variables map[string]string
		want      bool
	}{
		"none is named":   {nil, false},
		"UTF-8":           {map[string]string{"LANG": "de_DE.UTF-8"}, false},
		"utf8":            {map[string]string{"LC_CTYPE": "C.utf8"}, false},
		"C":               {map[string]string{"LANG": "C"}, true},
		"Latin 1":         {map[string]string{"LANG": "de_DE.ISO-8859-1"}, true},
		"LC_ALL is first": {map[string]string{"LC_ALL": "POSIX", "LANG": "de_DE.UTF-8"}, true},
	} {
		t.Run(name, func(t *testing.T) {
			require.Equal(t, c.want, ASCIIOnly(func(name string) string { return c.variables[name] }))
		})
	}
}
