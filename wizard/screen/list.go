package screen

import (
	"slices"
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"telegent-setup/api/text"
	"telegent-setup/steps"
	"telegent-setup/wizard/widget"
)

// List is a prompt of rows to choose from. It handles the keys itself that scroll others.
type List struct {
	head
	prompt  steps.Prompt
	results *steps.Results
	list    *widget.List
}

func newList(c *Context, p steps.Prompt) *List {
	l := &List{head: c.headOfPrompt(p, p.Title), prompt: p, results: p.Results}
	rows := make([]string, len(p.Results.Rows))
	for i, row := range p.Results.Rows {
		rows[i] = rowText(p.Results.Kind, row)
	}
	l.list = widget.NewList(rows, p.Results.Kind == steps.Numbers, p.Results.Preselected())
	return l
}

// rowText is a row as it is shown.
func rowText(kind steps.RowKind, row steps.Row) string {
	switch kind {
	case steps.Numbers:
		return grouped(row.Number)
	case steps.Areas:
		return areaColumns(row.AreaCode, row.ZipCode, row.NGP)
	}
	var parts []string
	for _, d := range slices.Concat(row.Details, steps.IDFacts(row.IDs)) {
		parts = append(parts, d.Value)
	}
	return text.OneLine(strings.Join(parts, " · "))
}

// areaColumns sets the three cells of an area in line.
func areaColumns(area, zip, provider string) string {
	return strings.TrimRight(widget.Pad(area, 12)+widget.Pad(zip, 12)+provider, " ")
}

// grouped writes a number in groups of digits: "+1 801 555 0100".
func grouped(number string) string {
	switch {
	case !strings.HasPrefix(number, "+"):
		return number
	case strings.HasPrefix(number, "+1") && len(number) == 12:
		return "+1 " + number[2:5] + " " + number[5:8] + " " + number[8:]
	}
	for i := len(number) - 3; i > 1; i -= 3 {
		number = number[:i] + " " + number[i:]
	}
	return number
}

// Update implements Screen.
func (l *List) Update(msg tea.Msg) Event {
	if l.list.Update(msg) {
		return nil
	}
	switch k, _ := msg.(tea.KeyPressMsg); {
	case key.Matches(k, widget.KeyEnter):
		return l.choose()
	case key.Matches(k, widget.KeyBack):
		return back(l.prompt)
	case key.Matches(k, widget.KeyNextPage, widget.KeyPageDown):
		return l.turn(1)
	case key.Matches(k, widget.KeyPreviousPage, widget.KeyPageUp):
		return l.turn(-1)
	}
	return nil
}

func (l *List) choose() Event {
	i, ok := l.list.Row()
	o, offered := l.prompt.Option(steps.Choose)
	switch {
	case ok && offered:
		return Taken{steps.Reply{Option: o, Row: &l.results.Rows[i]}}
	case len(l.results.Rows) > 0 && l.list.Filter == "":
		return Refused{"Move to a row first, with ↑ and ↓."}
	}
	return nil
}

// turn asks the service for another page, where there is one.
func (l *List) turn(by int) Event {
	o, offered := l.prompt.Option(steps.TurnPage)
	page := l.results.Page + by
	if !offered || by > 0 && !l.results.More || page < 1 {
		return nil
	}
	return Taken{steps.Reply{Option: o, Page: page}}
}

// View implements Screen.
func (l *List) View(w, h int) *widget.Page {
	p := l.context.Styles.Page(l.headline(), w, h)
	for _, t := range l.prompt.Text {
		p.Wrapped(paragraphRole(p.Styles, t), t.Text)
	}
	p.Add(widget.Truncate(l.filter(w), w))
	if l.results.Kind == steps.Areas {
		p.Add(p.Faint.Render("  " + areaColumns("Area code", "Zip code", "Provider (NGP)")))
	}
	details := l.details(w)
	below := len(details) + 1
	rows := l.list.View(p.Styles, w, h-len(p.Lines)-below)
	if len(rows) == 0 {
		p.Truncated(p.Warn, "  Nothing matches. Esc clears the filter.")
	}
	p.Add(rows...)
	p.Add(make([]string, max(h-len(p.Lines)-below, 0))...)
	p.Add(details...)
	p.Truncated(p.Faint, l.position())
	return p
}

// details tell what the service has under the cursor.
func (l *List) details(w int) []string {
	i, ok := l.list.Row()
	if !ok || l.results.Kind != steps.Existing {
		return nil
	}
	p, row := l.context.Styles.Blank(w), l.results.Rows[i]
	p.Add("")
	p.Table(slices.Concat(row.Details, steps.IDFacts(row.IDs)))
	return p.Lines
}

// filter is the line that shows what the rows are filtered by.
func (l *List) filter(w int) string {
	st := l.context.Styles
	if l.list.Filter == "" {
		if len(l.results.Rows) == 1 {
			return ""
		}
		hint := "Type to filter: ^ begins a row, $ ends it"
		if l.results.Kind == steps.Numbers {
			hint = "Type digits or PIZZA: ^ begins it, $ ends it"
		}
		if len(hint) > w {
			hint = "Type to filter"
		}
		return st.Faint.Render(hint)
	}
	_, left := l.list.Position()
	return st.Accent.Render("Filter: ") + l.list.Filter + st.Badge.Render(" ") + st.Faint.Render("  "+widget.Count(left)+" left")
}

// headline says what to choose, and how much there is.
func (l *List) headline() string {
	r := l.results
	switch {
	case r.Kind == steps.Numbers:
		return l.prompt.Title + " · " + widget.Count(r.Total) + " available"
	case r.Kind == steps.Existing:
		return l.prompt.Title
	case r.More || r.Page > 1:
		return l.prompt.Title + " · " + widget.Plural(r.Total, "number") + " in all"
	}
	return l.prompt.Title + " · " + widget.Plural(r.Total, "number") + " in " + widget.Plural(len(r.Rows), "area")
}

// position is where the cursor stands, what page this is, and what a filter does not
// see.
func (l *List) position() string {
	at, of := l.list.Position()
	var parts []string
	switch {
	case at == 0:
		parts = append(parts, widget.Count(of)+", none chosen")
	case of > 0:
		parts = append(parts, widget.Count(at)+" of "+widget.Count(of))
	}
	if l.results.Page > 1 || l.results.More {
		parts = append(parts, "page "+widget.Count(l.results.Page)+" of "+widget.Count(l.results.Pages))
	}
	if l.list.Filter != "" && len(l.results.Rows) < l.results.Total && (l.results.More || l.results.Page > 1) {
		parts = append(parts, "of all "+widget.Count(l.results.Total)+", these "+widget.Count(len(l.results.Rows))+" are loaded")
	}
	return strings.Join(parts, " · ")
}

// Keys implements Screen.
func (l *List) Keys() []key.Binding {
	esc := widget.Does(widget.KeyBack, "clear filter")
	if o, ok := l.prompt.Option(steps.Back); ok && l.list.Filter == "" {
		esc = widget.Does(widget.KeyBack, widget.LowerFirst(o.Label))
	}
	keys := []key.Binding{widget.KeyEnter, esc, widget.Does(widget.KeyMove, "move"), widget.KeyFilter}
	if l.results.More {
		keys = append(keys, widget.KeyNextPage)
	}
	if l.results.Page > 1 {
		keys = append(keys, widget.KeyPreviousPage)
	}
	return slices.Concat(keys, []key.Binding{widget.KeyPages, widget.KeyFirst, widget.KeyLast})
}

// Typing implements Typing.
func (l *List) Typing() bool { return true }
