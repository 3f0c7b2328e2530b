package wizard

import "strings"

// list is a window on many rows. It draws only what is seen, and searches text
// that was made ready once: a key costs about the same with ten rows and with
// ten thousand.
type list struct {
	texts  []string // What the filter looks at, by row; lower case.
	match  []int    // Rows that the filter leaves, in order.
	filter string
	at     int // An index into match.
	top    int // The first of match in sight.
	height int // Rows in sight, as last drawn.
}

func newList(texts []string) *list {
	l := &list{texts: texts, height: 1}
	l.match = make([]int, len(texts))
	for i := range l.match {
		l.match[i] = i
	}
	return l
}

// narrow sets the filter: every word of it must be in the row. A filter that
// only grew looks at what is left, not at everything again.
func (l *list) narrow(filter string) {
	chosen, had := l.row()
	grew := l.filter != "" && strings.HasPrefix(filter, l.filter)
	l.filter = filter
	words := sought(filter)
	from := l.match
	if !grew {
		from = make([]int, len(l.texts))
		for i := range from {
			from[i] = i
		}
	}
	left := from[:0]
	for _, row := range from {
		if all(l.texts[row], words) {
			left = append(left, row)
		}
	}
	l.match, l.at, l.top = left, 0, 0
	for i, row := range left {
		if had && row == chosen {
			l.move(i)
			break
		}
	}
}

// sought are the words that a row must hold. What is written like a phone number
// is looked for by its digits.
func sought(filter string) []string {
	const punctuation = "-().+/"
	digits := strings.Map(func(r rune) rune {
		if strings.ContainsRune(punctuation+" ", r) {
			return -1
		}
		return r
	}, filter)
	switch {
	case digits == "":
		return nil
	case strings.ContainsAny(filter, punctuation) && strings.Trim(digits, "0123456789") == "":
		return []string{digits}
	}
	return strings.Fields(strings.ToLower(filter))
}

func all(text string, words []string) bool {
	for _, w := range words {
		if !strings.Contains(text, w) {
			return false
		}
	}
	return true
}

// move takes the cursor by rows, and stops at both ends.
func (l *list) move(by int) {
	l.at = min(max(l.at+by, 0), max(len(l.match)-1, 0))
}

// row is the row under the cursor.
func (l *list) row() (int, bool) {
	if l.at >= len(l.match) {
		return 0, false
	}
	return l.match[l.at], true
}

// window returns the rows in sight when there is room for h, and which of them
// is under the cursor.
func (l *list) window(h int) (rows []int, cursor int) {
	l.height = max(h, 1)
	if l.at < l.top {
		l.top = l.at
	}
	if l.at >= l.top+l.height {
		l.top = l.at - l.height + 1
	}
	l.top = max(min(l.top, len(l.match)-l.height), 0)
	end := min(l.top+l.height, len(l.match))
	return l.match[l.top:end], l.at - l.top
}
