package plain

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"telegent-setup/api"
	"telegent-setup/steps"
)

// pageRows is how many rows are listed at a time.
const pageRows = 10

// listing is the answer of a search as a person looks through it.
type listing struct {
	steps.Results
	shown []int // The rows that the filter leaves.
	top   int   // The first of them on this page.
}

const resultsHelp = "The number before a line chooses it; n and p turn the page; /text shows only what holds the text, / everything; 0 goes on without choosing; :back searches again."

// search sends the search and lets the person choose from its answer.
func (p *prompts) search(ctx context.Context, s steps.Step, answers steps.Answers) (move, error) {
	delete(answers, "PageNumber")
	results, err := p.Runner.Search(ctx, answers)
	if err != nil {
		return move{}, err
	}
	l := newListing(results)
	if len(l.Rows) == 0 {
		p.say("%s The service lists none of them.", counted(results))
		return move{deed: choose, answers: answers}, nil
	}
	p.say("\n%s\n%s", counted(results), resultsHelp)
	for {
		row, err := p.browse(ctx, &l, answers)
		var c command
		switch {
		case errors.As(err, &c) && c != back && c != skipping:
			p.say("There is no ID to enter in this step.")
		case errors.As(err, &c) && c == back:
			return move{deed: visit, to: s.ID}, nil
		case errors.As(err, &c):
			return move{deed: choose, answers: answers}, nil
		case err != nil:
			return p.turnAside(ctx, s, answers, err)
		default:
			if row != nil {
				delete(p.typed[steps.Provision], "PhoneNumber")
			}
			return move{deed: choose, answers: answers, row: row}, nil
		}
	}
}

func newListing(r steps.Results) listing {
	l := listing{Results: r}
	l.filter("")
	return l
}

// filter keeps the rows that hold a text, letter case aside.
func (l *listing) filter(text string) {
	l.shown, l.top = nil, 0
	for i, row := range l.Rows {
		if strings.Contains(strings.ToLower(describe(row)), strings.ToLower(text)) {
			l.shown = append(l.shown, i)
		}
	}
}

// browse shows pages until a row is chosen; nil is none.
func (p *prompts) browse(ctx context.Context, l *listing, answers steps.Answers) (*steps.Row, error) {
	for {
		p.page(*l)
		text, err := p.ask(ctx, "Your choice [1]: ", p.in.line)
		if err != nil {
			return nil, err
		}
		if text == "" {
			text = "1"
		}
		n, notNumber := strconv.Atoi(text)
		switch filter, slash := strings.CutPrefix(text, "/"); {
		case slash:
			l.filter(strings.TrimSpace(filter))
		case strings.EqualFold(text, "n"):
			if err := p.turnPage(ctx, l, answers); err != nil {
				return nil, err
			}
		case strings.EqualFold(text, "p"):
			l.top = max(0, l.top-pageRows)
		case notNumber == nil && n == 0:
			return nil, nil
		case notNumber == nil && n >= 1 && n <= len(l.shown):
			return &l.Rows[l.shown[n-1]], nil
		default:
			p.say("%s", resultsHelp)
		}
	}
}

// turnPage shows the next rows, from the service when these are at an end.
func (p *prompts) turnPage(ctx context.Context, l *listing, answers steps.Answers) error {
	switch {
	case l.top+pageRows < len(l.shown):
		l.top += pageRows
	case l.More:
		answers["PageNumber"] = strconv.Itoa(l.Page + 1)
		results, err := p.Runner.Search(ctx, answers)
		if err != nil {
			return err
		}
		*l = newListing(results)
	default:
		p.say("There are no more.")
	}
	return nil
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
	text := fmt.Sprintf("%d numbers are available", r.Total)
	if r.Total == 1 {
		text = "1 number is available"
	}
	if !r.Numbers {
		text += " in these areas"
	}
	return text + "."
}

// describe is a row on one line.
func describe(r steps.Row) string {
	if r.Number != "" {
		return r.Number
	}
	return api.CleanLine(fmt.Sprintf("area code %s, zip code %s, NGP %s", orNone(r.AreaCode), orNone(r.ZipCode), orNone(r.NGP)))
}

func orNone(s string) string {
	if s == "" {
		return "not told"
	}
	return s
}
