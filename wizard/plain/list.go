package plain

import (
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

// list lets the person choose a row.
func (p *prompts) list(ctx context.Context, prompt steps.Prompt) (steps.Reply, error) {
	l := newListing(*prompt.Results)
	if len(l.Rows) == 0 {
		p.say("The service lists none of them.")
		return take(prompt, steps.Choose), nil
	}
	p.say("%s", l.help())
	for {
		reply, err := p.browse(ctx, prompt, &l)
		var c command
		switch {
		case !errors.As(err, &c):
			return reply, err
		case c == skipping:
			return l.without(prompt), nil
		}
		if reply, ok := p.commanded(prompt, c); ok {
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

// help says what can be typed.
func (l listing) help() string {
	text := "The number before a line chooses it; n and p turn the page; /text shows only what holds the text, / everything; " + l.none()
	if l.Kind != steps.Existing {
		return counted(l.Results) + "\n" + text + "; :back searches again."
	}
	return text + "."
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

// without is the reply of who takes none of the rows.
func (l listing) without(prompt steps.Prompt) steps.Reply {
	if l.Kind == steps.Existing {
		return take(prompt, steps.Back)
	}
	return take(prompt, steps.Choose)
}

// filter keeps the rows that hold a text, letter case aside.
func (l *listing) filter(sought string) {
	l.shown, l.top = nil, 0
	if sought != "" && l.preset > 0 {
		l.preset = 0
	}
	for i, row := range l.Rows {
		if strings.Contains(strings.ToLower(describe(row)), strings.ToLower(sought)) {
			l.shown = append(l.shown, i)
		}
	}
}

// browse shows pages until a row is chosen, or another page is wanted.
func (p *prompts) browse(ctx context.Context, prompt steps.Prompt, l *listing) (steps.Reply, error) {
	p.page(*l)
	for {
		line := "Your choice: "
		if l.preset >= 0 {
			line = fmt.Sprintf("Your choice [%d]: ", l.preset+1)
		}
		typed, err := p.answer(ctx, line, p.request(prompt, nil), p.in.line)
		if err != nil {
			return steps.Reply{}, err
		}
		if typed == "" && l.preset >= 0 {
			typed = strconv.Itoa(l.preset + 1)
		}
		n, notNumber := strconv.Atoi(typed)
		switch sought, slash := strings.CutPrefix(typed, "/"); {
		case notNumber == nil && n == 0:
			return l.without(prompt), nil
		case notNumber == nil && n >= 1 && n <= len(l.shown):
			reply := take(prompt, steps.Choose)
			reply.Row = &l.Rows[l.shown[n-1]]
			return reply, nil
		case slash:
			l.filter(strings.TrimSpace(sought))
			p.page(*l)
		case strings.EqualFold(typed, "n") && l.top+pageRows >= len(l.shown) && l.More:
			reply := take(prompt, steps.TurnPage)
			reply.Page = l.Page + 1
			return reply, nil
		case strings.EqualFold(typed, "n"), strings.EqualFold(typed, "p"):
			p.turn(l, strings.ToLower(typed))
		default:
			p.say("Type the number before a line; %s.", l.none())
		}
	}
}

// turn turns to the next rows, or back to those before.
func (p *prompts) turn(l *listing, to string) {
	switch {
	case to == "p":
		l.top = max(0, l.top-pageRows)
	case l.top+pageRows >= len(l.shown):
		p.say("There are no more.")
		return
	default:
		l.top += pageRows
	}
	p.page(*l)
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

// counted says how much was found, and what it is.
func counted(r steps.Results) string {
	found := fmt.Sprintf("%d numbers are available", r.Total)
	if r.Total == 1 {
		found = "1 number is available"
	}
	if r.Kind == steps.Areas {
		found += " in these areas"
	}
	return found + "."
}

// describe is a row on one line.
func describe(r steps.Row) string {
	if len(r.IDs) > 0 {
		parts := []string{r.IDs.String()}
		for _, d := range r.Details {
			parts = append(parts, d.Name+" "+d.Value)
		}
		return text.OneLine(strings.Join(parts, ", "))
	}
	if r.Number != "" {
		return r.Number
	}
	return text.OneLine(fmt.Sprintf("area code %s, zip code %s, provider %s", orNone(r.AreaCode), orNone(r.ZipCode), orNone(r.NGP)))
}

func orNone(s string) string {
	if s == "" {
		return "not told"
	}
	return s
}
