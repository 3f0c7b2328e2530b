package sandbox

import (
	"fmt"
	"strings"
)

// unknown says that a name is none of those known, and which one is nearest.
func unknown(kind, name string, known []string) error {
	hint := ""
	best := max(len(name)/2, 1) // A name of which more than half is wrong is not a slip.
	for _, k := range known {
		if d := distance(name, k); d <= best {
			hint, best = fmt.Sprintf(", did you mean %s?", k), d-1
		}
	}
	return fmt.Errorf("unknown %s %q%s (known: %s)", kind, name, hint, strings.Join(known, ", "))
}

// distance counts the letters to insert, delete or replace to get from a to b.
func distance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			replaced := diagonal
			if a[i] != b[j] {
				replaced++
			}
			diagonal = row[j+1]
			row[j+1] = min(replaced, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(b)]
}
