package steps

import (
	"context"
	"maps"
	"net/http"
	"strconv"

	"telegent-setup/api"
	"telegent-setup/api/text"
	"telegent-setup/state"
)

// PageSize is the most entries that one page of the search holds.
const PageSize = 10_000

// Results is one page of a list to choose from.
type Results struct {
	Total int  // Of all pages, as the service counts.
	Page  int  // The page number that was asked for, from 1.
	Pages int  // How many pages there are, as far as it is known.
	More  bool // Whether another page may exist.
	Kind  RowKind
	Rows  []Row  // At most PageSize.
	Given string // The number that was given ahead; empty when none was.
	Taken string // The number that another customer took; empty when none was.
}

// RowKind is what the rows of a list are.
type RowKind int

// The kinds of row.
const (
	Areas    RowKind = iota // Where numbers are available.
	Numbers                 // Numbers that can be ordered.
	Existing                // What the service has already.
)

// Row is an area, a number, or something that the service has.
type Row struct {
	Number                 string // E.164; empty when the row is an area.
	NGP, AreaCode, ZipCode string
	IDs                    Saved    // Of something that the service has.
	Details                []Detail // What tells it apart.
}

// Detail is one value that the service has beside an ID, cleaned.
type Detail struct{ Name, Value string }

// availabilityAnswer is areas, and with some services the numbers too.
type availabilityAnswer struct {
	ResultsTotal         api.Text
	AvailableNumberAreas []struct{ NGP, AreaCode, Zipcode api.Text }
	NumbersAvailable     []struct{ Number api.Text }
}

// read reads one page. Where numbers are chosen and listed, they are the rows;
// else the areas are.
func (s Search) read(answer api.Answer) (Results, error) {
	var v availabilityAnswer
	if err := answer.Decode(&v); err != nil {
		return Results{}, err
	}
	r := Results{Kind: Areas, Rows: make([]Row, 0, len(v.AvailableNumberAreas))}
	for _, area := range v.AvailableNumberAreas {
		r.Rows = append(r.Rows, Row{NGP: api.First(area.NGP), AreaCode: api.First(area.AreaCode), ZipCode: api.First(area.Zipcode)})
	}
	if s.Numbers && len(v.NumbersAvailable) > 0 {
		r.Kind, r.Rows = Numbers, make([]Row, 0, len(v.NumbersAvailable))
		for _, n := range v.NumbersAvailable {
			if text.IsE164(string(n.Number)) { // What cannot be provisioned is not offered.
				r.Rows = append(r.Rows, Row{Number: string(n.Number)})
			}
		}
	}
	r.More = len(r.Rows) >= PageSize
	var err error
	if r.Total, err = strconv.Atoi(api.First(v.ResultsTotal)); err != nil || r.Total < 0 {
		r.Total = len(r.Rows)
	}
	return r, nil
}

// answers are what a chosen row answers in the order. Every key is there, so that a
// choice takes the place of an earlier one as a whole.
func (s Search) answers(row Row) Answers {
	switch {
	case !s.Numbers:
		return Answers{"AreaCode": row.AreaCode, "ZipCode": row.ZipCode}
	case row.Number != "":
		return Answers{numberKey: row.Number}
	}
	return nil
}

// Search sends the search of a step, for one of its pages. The errors are those
// of Submit.
func (r *Runner) Search(ctx context.Context, step string, page int) (Results, error) {
	r.busy.Lock()
	defer r.busy.Unlock()
	var turned Answers
	if page > 0 {
		turned = Answers{pageKey: strconv.Itoa(page)}
	}
	a, err := r.prepare(step, turned)
	if err != nil {
		return Results{}, err
	}
	answer, err := r.call(ctx, step, a.call, nil)
	var results Results
	if err == nil {
		results, err = a.form.Search.read(answer)
	}
	switch {
	case err != nil:
		return Results{}, r.recordOutcome(a, err)
	case results.Total == 0:
		return Results{}, r.fail(a, failureOf(nil, Refused, IssueNoNumbers, http.StatusOK))
	}
	if results.Page, err = strconv.Atoi(a.answers[pageKey]); err != nil {
		results.Page = 1
	}
	results.Pages = max((results.Total+PageSize-1)/PageSize, results.Page)
	r.mu.Lock()
	defer r.mu.Unlock()
	if n, origin := r.own(Provision, numberKey); a.form.Search.Numbers && (origin == File || origin == Environment) {
		results.Given = n
	}
	return results, nil
}

// Choose ends the search with a row, which answers what follows. A nil row keeps
// nothing but the answers.
func (r *Runner) Choose(step string, row *Row) error {
	r.busy.Lock()
	defer r.busy.Unlock()
	a, err := r.prepare(step, nil)
	if err != nil {
		return err
	}
	var chosen Answers
	var area *state.Area
	if row != nil {
		chosen = a.form.Search.answers(*row)
		r.SetTyped(Provision, chosen)
		if row.Number == "" {
			area = &state.Area{AreaCode: row.AreaCode, ZipCode: row.ZipCode, NGP: row.NGP}
		}
	}
	if err := r.mark(step, func(f *state.File, s *state.Step) {
		s.Status, s.Error, s.Area = state.Done, nil, area
		s.Answers = stored(a.form, r.env(*f, a.answers), s.Answers)
		if len(chosen) > 0 {
			f.Steps[Provision] = answered(f.Steps[Provision], chosen)
		}
	}); err != nil {
		return err
	}
	r.emit(Stepped{Step: step, Number: a.step.Number, Status: StatusDone, Saved: Saved{}})
	return nil
}

// answered is a step with the answers of a chosen row. What failed was about another
// number.
func answered(s state.Step, chosen Answers) state.Step {
	if s.Answers == nil {
		s.Answers = map[string]string{}
	}
	maps.Copy(s.Answers, chosen)
	maps.DeleteFunc(s.Answers, func(_, value string) bool { return value == "" })
	if s.Status == "" || s.Status == state.Failed {
		s.Status, s.Error = state.Todo, nil
	}
	return s
}
