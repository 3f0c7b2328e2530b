package text

import "strings"

// ASCIIOnly says whether the locale rules out all but ASCII: it is named, and is
// not one of UTF-8. Where none is named, as on Windows and in containers,
// terminals show UTF-8.
func ASCIIOnly(getenv func(string) string) bool {
	for _, name := range []string{"LC_ALL", "LC_CTYPE", "LANG"} {
		if v := strings.ToLower(getenv(name)); v != "" {
			return !strings.Contains(v, "utf-8") && !strings.Contains(v, "utf8")
		}
	}
	return false
}
