package wizard

import (
	"maps"
	"strconv"
	"strings"
	"unicode/utf8"

	tea "charm.land/bubbletea/v2"

	"telegent-setup/steps"
)

// found is a page of search results, with what the list looks at made ready
// where it was fetched, away from the screen.
type found struct {
	steps.Results
	texts []string
}

func makeFound(r steps.Results) *found {
	f := &found{Results: r, texts: make([]string, len(r.Rows))}
	for i, row := range r.Rows {
		f.texts[i] = strings.ToLower(row.Number + " " + row.AreaCode + " " + row.ZipCode + " " + row.NGP)
	}
	return f
}

// results is the list that the availability step chooses from.
type results struct {
	sc      *scene
	step    steps.Step
	answers steps.Answers // Of the search.
	found   *found
	list    *list
}

func newResults(sc *scene, answers steps.Answers, f *found) *results {
	return &results{sc: sc, step: sc.step(steps.Availability), answers: answers, found: f, list: newList(f.texts)}
}

// Update implements screen.
func (r *results) Update(msg tea.Msg) (action, tea.Cmd) {
	switch msg := msg.(type) {
	case tea.PasteMsg:
		r.list.narrow(r.list.filter + strings.ReplaceAll(pasted(msg.Content), "\n", " "))
	case tea.KeyPressMsg:
		return r.press(msg), nil
	}
	return nil, nil
}

func (r *results) press(k tea.KeyPressMsg) action {
	l := r.list
	switch s := k.String(); s {
	case "enter":
		if i, ok := l.row(); ok {
			row := r.found.Rows[i]
			return chooseAction{r.answers, &row}
		}
	case "esc":
		if l.filter == "" {
			return backAction{}
		}
		l.narrow("")
	case "up":
		l.move(-1)
	case "down":
		l.move(1)
	case "pgup":
		l.move(-l.height)
	case "pgdown":
		l.move(l.height)
	case "home":
		l.move(-len(l.match))
	case "end":
		l.move(len(l.match))
	case "ctrl+n", "ctrl+right":
		if r.found.More {
			return r.turn(1)
		}
	case "ctrl+p", "ctrl+left":
		if r.found.Page > 1 {
			return r.turn(-1)
		}
	default:
		r.edit(s, k.Text)
	}
	return nil
}

// edit changes the filter: any letter begins it, and so does /.
func (r *results) edit(key, text string) {
	l := r.list
	switch {
	case key == "backspace":
		_, n := utf8.DecodeLastRuneInString(l.filter)
		l.narrow(l.filter[:len(l.filter)-n])
	case key == "ctrl+u":
		l.narrow("")
	case key == "/" && l.filter == "":
	case text != "":
		l.narrow(l.filter + text)
	}
}

// turn asks the service for another page.
func (r *results) turn(by int) action {
	answers := steps.Answers{}
	maps.Copy(answers, r.answers)
	answers["PageNumber"] = strconv.Itoa(r.found.Page + by)
	return searchAction{answers}
}

// View implements screen.
func (r *results) View(w, h int) page {
	st := r.sc.st
	lines := heading(st, r.sc.place(r.step), r.headline(), w, h)
	filter := st.Faint.Render("Type to filter")
	if r.list.filter != "" {
		filter = st.Accent.Render("Filter: ") + r.list.filter + st.Badge.Render(" ") + st.Faint.Render("  "+count(len(r.list.match))+" left")
	}
	lines = append(lines, fit(filter, w))
	number, area, zip := "", "", ""
	if r.found.Numbers {
		number = "  Number"
	} else {
		number, area, zip = "  Area code", "Zip code", "Provider (NGP)"
	}
	lines = append(lines, st.Faint.Render(columns(number, area, zip)))
	rows, cursor := r.list.window(h - len(lines) - 1)
	for i, row := range rows {
		text := columns(r.cells(row, i == cursor))
		if i == cursor {
			lines = append(lines, st.Selected.Render(fit(text, w)))
			continue
		}
		lines = append(lines, fit(text, w))
	}
	if len(rows) == 0 {
		lines = append(lines, st.Warn.Render(fit("  Nothing matches. Esc clears the filter.", w)))
	}
	for len(lines) < h-1 {
		lines = append(lines, "")
	}
	lines = append(lines, st.Faint.Render(fit(r.position(), w)))
	return page{lines: lines}
}

// headline says what to choose, and how much there is.
func (r *results) headline() string {
	if r.found.Numbers {
		return "Choose a number · " + count(r.found.Total) + " available"
	}
	text := "Choose an area · " + plural(r.found.Total, "number") + " in " + plural(len(r.found.Rows), "area")
	if r.found.More || r.found.Page > 1 {
		text = "Choose an area · " + plural(r.found.Total, "number") + " in all"
	}
	return text
}

// position is where the cursor stands, and what page this is.
func (r *results) position() string {
	l := r.list
	if len(l.match) == 0 {
		return ""
	}
	text := count(l.at+1) + " of " + count(len(l.match))
	if r.found.Page > 1 || r.found.More {
		text += " · page " + strconv.Itoa(r.found.Page)
	}
	if r.found.More {
		text += " · ctrl+n next page"
	}
	if r.found.Page > 1 {
		text += " · ctrl+p previous page"
	}
	return text
}

func (r *results) cells(i int, chosen bool) (a, b, c string) {
	row, lead := r.found.Rows[i], "  "
	if chosen {
		lead = "▸ "
	}
	if r.found.Numbers {
		return lead + row.Number, row.AreaCode, row.ZipCode + " " + row.NGP
	}
	return lead + row.AreaCode, row.ZipCode, row.NGP
}

// columns sets three cells in line.
func columns(a, b, c string) string {
	return strings.TrimRight(padded(a, 18)+padded(b, 12)+c, " ")
}

// Hints implements screen.
func (r *results) Hints() []hint {
	hints := []hint{{"↑↓", "move"}, {"enter", "choose"}, {"type", "filter"}, {"esc", "search again"}}
	if r.list.filter != "" {
		hints[3].does = "clear filter"
	}
	if r.found.More {
		hints = append(hints, hint{"ctrl+n", "next page"})
	}
	if r.found.Page > 1 {
		hints = append(hints, hint{"ctrl+p", "previous page"})
	}
	return append(hints, hint{"pgup pgdn home end", "jump"})
}

// Title implements screen.
func (r *results) Title() string { return r.step.Title }

// Step implements screen.
func (r *results) Step() string { return r.step.ID }

// Typing implements typing.
func (r *results) Typing() bool { return true }
