package sandbox

import (
	"fmt"
	"strings"

	"telegent-setup/api/text"
)

// unknown says that a name is none of those known, and which one is nearest.
func unknown(kind, name string, known []string) error {
	hint := ""
	if near := text.Nearest(name, known); near != "" {
		hint = fmt.Sprintf(", did you mean %s?", near)
	}
	return fmt.Errorf("unknown %s %q%s (known: %s)", kind, name, hint, strings.Join(known, ", "))
}
