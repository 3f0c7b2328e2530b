package plain

import (
	"fmt"
	"io"
	"strings"

	"telegent-setup/steps"
)

// PrintProblems writes every answer that is missing or not right, and how to give it.
func PrintProblems(w io.Writer, problems []steps.Problem) {
	what := "one answer is missing or not right"
	if len(problems) > 1 {
		what = fmt.Sprintf("%d answers are missing or not right", len(problems))
	}
	Complain(w, what+"; nothing was sent", "Give them in the answers file (--answers FILE), or where a variable is named, in the environment:")
	for _, p := range problems {
		fmt.Fprintf(w, "  %s %s: %s. Give %s\n", p.Step, p.Key, strings.TrimRight(p.Message, "."), place(p))
	}
}

// place is where an answer stands in the answers file, and the variable that
// gives it too.
func place(p steps.Problem) string {
	key, closing := p.Key, "}"
	if head, rest, nests := strings.Cut(key, "."); nests {
		key, closing = head+": {"+rest, "}}"
	}
	text := fmt.Sprintf("`%s: {%s: ...%s`", p.Step, key, closing)
	if p.Field.Env != "" {
		text += " or " + p.Field.Env
	}
	return text
}
