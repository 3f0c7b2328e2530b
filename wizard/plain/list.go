package plain

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"telegent-setup/api/text"
	"telegent-setup/steps"
)

// pageRows is how many rows are listed at a time.
const pageRows = 10

// listing is a list as a person looks through it.
type listing struct {
	steps.Results
	shown  []int // The rows that the filter leaves.
	top    int   // The first of them on this page.
	preset int   // The row that an empty line takes, from 0; -1 when none does.
}

func (p *prompts) list(ctx context.Context) (steps.Reply, error) {
	l := newListing(*p.at.Results)
	if len(l.Rows) == 0 {
		p.say("The service lists none of them.")
		return take(p.at, steps.Choose), nil
	}
	p.say("%s", l.help())
	for {
		reply, err := p.browse(ctx, &l)
		var c command
		switch {
		case !errors.As(err, &c):
			return reply, err
		case c == skipping:
			return p.takeNone(l), nil
		}
		if reply, ok := p.commanded(c); ok {
			return reply, nil
		}
	}
}

func newListing(r steps.Results) listing {
	l := listing{Results: r, preset: -1}
	if r.Kind != steps.Existing { // What exists is taken over by its number only.
		l.preset = r.Preselected()
	}
	l.filter("")
	l.top = max(0, l.preset) / pageRows * pageRows
	return l
}

// help says how much was found, what it is, and what can be typed.
func (l listing) help() string {
	text := "The number before a line chooses it; n and p turn the page; /text shows only what holds the text, / everything; " + l.none()
	if l.Kind == steps.Existing {
		return text + "."
	}
	found := fmt.Sprintf("%d numbers are available", l.Total)
	if l.Total == 1 {
		found = "1 number is available"
	}
	if l.Kind == steps.Areas {
		found += " in these areas"
	}
	return found + ".\n" + text + "; :back searches again."
}

// none says what 0 does.
func (l listing) none() string {
	switch {
	case l.Kind == steps.Existing:
		return "0 takes none of them"
	case l.Given != "":
		return "0 keeps " + l.Given
	}
	return "0 goes on without choosing"
}

// takeNone is the reply of who takes none of the rows.
func (p *prompts) takeNone(l listing) steps.Reply {
	if l.Kind == steps.Existing {
		return take(p.at, steps.Back)
	}
	return take(p.at, steps.Choose)
}

// filter keeps the rows that hold a text, letter case aside.
func (l *listing) filter(sought string) {
	l.shown, l.top = nil, 0
	if sought != "" && l.preset > 0 {
		l.preset = 0
	}
	for i, row := range l.Rows {
		if sought == "" || strings.Contains(strings.ToLower(describe(row)), strings.ToLower(sought)) {
			l.shown = append(l.shown, i)
		}
	}
}

// browse shows pages until a row is chosen, or another page is wanted.
func (p *prompts) browse(ctx context.Context, l *listing) (steps.Reply, error) {
	p.page(*l)
	for {
		typed, err := p.rowOrKey(ctx, l.preset)
		if err != nil {
			return steps.Reply{}, err
		}
		n, notNumber := strconv.Atoi(typed)
		sought, slash := strings.CutPrefix(typed, "/")
		last := l.top+pageRows >= len(l.shown)
		switch key := strings.ToLower(typed); {
		case notNumber == nil && n == 0:
			return p.takeNone(*l), nil
		case notNumber == nil && n >= 1 && n <= len(l.shown):
			reply := take(p.at, steps.Choose)
			reply.Row = &l.Rows[l.shown[n-1]]
			return reply, nil
		case key == "n" && last && l.More:
			reply := take(p.at, steps.TurnPage)
			reply.Page = l.Page + 1
			return reply, nil
		case key == "n" && last:
			p.say("There are no more.")
			continue
		case key == "n":
			l.top += pageRows
		case key == "p":
			l.top = max(0, l.top-pageRows)
		case slash:
			l.filter(strings.TrimSpace(sought))
		default:
			p.say("Type the number before a line; %s.", l.none())
			continue
		}
		p.page(*l)
	}
}

// rowOrKey asks for the number of a row, or for what else can be typed at a list.
func (p *prompts) rowOrKey(ctx context.Context, preset int) (string, error) {
	if preset < 0 {
		return p.answer(ctx, "Your choice: ", p.in.line)
	}
	row := strconv.Itoa(preset + 1)
	typed, err := p.answer(ctx, "Your choice ["+row+"]: ", p.in.line)
	return cmp.Or(typed, row), err
}

func (p *prompts) page(l listing) {
	if len(l.shown) == 0 {
		p.say("Nothing holds that text; / shows everything again.")
	}
	end := min(l.top+pageRows, len(l.shown))
	for i := l.top; i < end; i++ {
		p.say("  %d. %s", i+1, describe(l.Rows[l.shown[i]]))
	}
	if len(l.shown) > pageRows {
		p.say("%d to %d of %d", l.top+1, end, len(l.shown))
	}
}

func describe(r steps.Row) string {
	switch {
	case len(r.IDs) > 0:
		parts := []string{r.IDs.String()}
		for _, d := range r.Details {
			parts = append(parts, d.Name+" "+d.Value)
		}
		return text.OneLine(strings.Join(parts, ", "))
	case r.Number != "":
		return r.Number
	}
	told := func(s string) string { return cmp.Or(s, "not told") }
	return text.OneLine(fmt.Sprintf("area code %s, zip code %s, provider %s", told(r.AreaCode), told(r.ZipCode), told(r.NGP)))
}
