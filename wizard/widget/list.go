package widget

import (
	"slices"
	"strings"
	"unicode/utf8"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
)

// List is a window on many rows. It draws only what is seen, and searches text
// that was made ready once: a key costs about the same with ten rows and with ten
// thousand.
type List struct {
	Filter string

	rows    []string // As they are shown.
	texts   []string // What the filter looks at, by row.
	numbers bool     // The rows are phone numbers: only their digits are looked at.
	match   []int    // Rows that the filter leaves, in order.
	at      int      // An index into match; -1 while none is chosen.
	top     int      // The first of match in sight.
	height  int      // Rows in sight, as last drawn.
}

// NewList makes a list of rows as they are shown. Of phone numbers only the digits
// are searched, and letters stand for those of a keypad. first is the row to begin
// with; -1 is none.
func NewList(rows []string, numbers bool, first int) *List {
	n := len(rows)
	l := &List{rows: rows, numbers: numbers, height: 1, at: first, texts: make([]string, n), match: make([]int, n)}
	for i, row := range rows {
		l.texts[i], l.match[i] = l.searched(row), i
	}
	return l
}

// What stands before and behind a row where it is searched, for ^ and $.
const before, behind = "\x02", "\x03"

// searched is what the filter looks at in a row.
func (l *List) searched(row string) string {
	row = strings.ToLower(row)
	if l.numbers {
		row = strings.Map(func(r rune) rune {
			if r < '0' || r > '9' {
				return -1
			}
			return r
		}, row)
	}
	return before + row + behind
}

// keypad are the digits of the letters a to z.
const keypad = "22233344455566677778889999"

// terms are what a row must hold. What is written like a phone number is looked for by
// its digits.
func (l *List) terms() []string {
	words := strings.Fields(strings.ToLower(l.Filter))
	digits := strings.Map(func(r rune) rune {
		if strings.ContainsRune("-().+/ ", r) {
			return -1
		}
		return r
	}, l.Filter)
	if l.numbers || strings.ContainsAny(l.Filter, "-().+/") && strings.Trim(digits, "0123456789^$") == "" {
		words = []string{strings.ToLower(digits)}
	}
	var all []string
	for _, word := range words {
		word, first := strings.CutPrefix(word, "^")
		word, last := strings.CutSuffix(word, "$")
		if l.numbers {
			word = strings.Map(onKeypad, word)
		}
		switch {
		case word == "":
			continue
		case first:
			word = before + word
		}
		if last {
			word += behind
		}
		all = append(all, word)
	}
	return all
}

// onKeypad is the digit of a letter.
func onKeypad(r rune) rune {
	if r >= 'a' && r <= 'z' {
		return rune(keypad[r-'a'])
	}
	return r
}

// narrow looks for the rows that hold every term of the filter.
func (l *List) narrow(filter string) {
	chosen, had := l.Row()
	l.Filter = filter
	terms := l.terms()
	l.match, l.at, l.top = l.match[:0], 0, 0
	for row, text := range l.texts {
		if !slices.ContainsFunc(terms, func(t string) bool { return !strings.Contains(text, t) }) {
			if had && row == chosen {
				l.at = len(l.match)
			}
			l.match = append(l.match, row)
		}
	}
}

// Update handles a key or a paste that moves or filters. It says whether the key
// was one of the list's.
func (l *List) Update(msg tea.Msg) bool {
	if paste, ok := msg.(tea.PasteMsg); ok {
		l.narrow(l.Filter + strings.ReplaceAll(Pasted(paste.Content), "\n", " "))
		return true
	}
	switch k, _ := msg.(tea.KeyPressMsg); {
	case key.Matches(k, KeyUp, KeyPrevious):
		l.move(-1)
	case key.Matches(k, KeyDown, KeyNext):
		l.move(1)
	case key.Matches(k, KeyPageUp) && l.at > 0:
		l.move(-l.height)
	case key.Matches(k, KeyPageDown) && l.at < len(l.match)-1:
		l.move(l.height)
	case key.Matches(k, KeyFirst):
		l.move(-len(l.match))
	case key.Matches(k, KeyLast):
		l.move(len(l.match))
	case key.Matches(k, KeyErase) && l.Filter != "":
		_, n := utf8.DecodeLastRuneInString(l.Filter)
		l.narrow(l.Filter[:len(l.Filter)-n])
	case key.Matches(k, KeyClear, KeyBack) && l.Filter != "":
		l.narrow("")
	case key.Matches(k, KeyFilter) && l.Filter == "": // It begins a filter, and is none.
	case k.Text != "":
		l.narrow(l.Filter + k.Text)
	default:
		return false
	}
	return true
}

// move takes the cursor by rows, and stops at both ends.
func (l *List) move(by int) { l.at = min(max(l.at+by, 0), max(len(l.match)-1, 0)) }

// Row is the row under the cursor; false when there is none.
func (l *List) Row() (int, bool) {
	if l.at < 0 || l.at >= len(l.match) {
		return 0, false
	}
	return l.match[l.at], true
}

// Position is the place of the cursor among the rows that the filter leaves, from 1,
// and how many these are.
func (l *List) Position() (at, of int) { return l.at + 1, len(l.match) }

// View draws the rows in sight when there is room for h of w cells.
func (l *List) View(st *Styles, w, h int) []string {
	l.height = max(h, 1)
	if l.at < l.top {
		l.top = max(l.at, 0)
	}
	if l.at >= l.top+l.height {
		l.top = l.at - l.height + 1
	}
	l.top = max(min(l.top, len(l.match)-l.height), 0)
	terms := l.terms()
	var lines []string
	for i := l.top; i < min(l.top+l.height, len(l.match)); i++ {
		row := Truncate(l.rows[l.match[i]], w-2)
		style, lead := st.Text, "  "
		if i == l.at {
			style, lead = st.Selected, st.Selected.Render("▸ ")
		}
		lines = append(lines, lead+l.marked(row, terms, style, st.Match))
	}
	return lines
}

// marked draws a row with what the terms found in it marked.
func (l *List) marked(row string, terms []string, role, match Role) string {
	if len(terms) == 0 {
		return role.Render(row)
	}
	marks := l.marks(row, terms)
	var b strings.Builder
	for from := 0; from < len(row); {
		to := from
		for to < len(row) && marks[to] == marks[from] {
			to++
		}
		part := role.Render(row[from:to])
		if marks[from] {
			part = match.Render(part)
		}
		b.WriteString(part)
		from = to
	}
	return b.String()
}

// marks says of every byte of a row whether a term found it.
func (l *List) marks(row string, terms []string) []bool {
	marks := make([]bool, len(row))
	at := []int{0} // The place in the row of every byte that is searched.
	for i := range len(row) {
		if !l.numbers || row[i] >= '0' && row[i] <= '9' {
			at = append(at, i)
		}
	}
	at = append(at, at[len(at)-1])
	at[0] = at[1]
	text := l.searched(row)
	if len(at) != len(text) { // A letter that is longer in lower case.
		return marks
	}
	for _, t := range terms {
		if first := strings.Index(text, t); first >= 0 {
			for i := at[first]; i <= at[first+len(t)-1]; i++ {
				marks[i] = true
			}
		}
	}
	return marks
}
