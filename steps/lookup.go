package steps

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"telegent-setup/api"
	"telegent-setup/api/text"
)

// Lookup says how what a step creates is asked for at the service (API.md, Asking
// what is there): not at all where it is empty. Looking creates nothing and decides
// nothing.
type Lookup struct {
	ByID  Ask      // Whether an ID exists.
	List  Ask      // All that there is.
	Find  Ask      // What an answer of the step names; without a path, List is searched.
	Match []Match  // What makes a row a match for the answers that were sent.
	Show  []string // What tells one row from another.
}

// Ask is one GET.
type Ask struct {
	Path, Param string
	ID          ID                // The saved ID that Param asks for.
	Key         string            // The answer that Param asks for.
	Fixed       map[string]string // The rest of the query.
}

// Match is a value that a row must have, where it tells one: that of an answer, or
// Value where there is no key.
type Match struct {
	Key   string
	Names []string // In the row.
	Value string
}

// Presence is whether something that is saved exists at the service.
type Presence string

// What looking can tell.
const (
	NotChecked Presence = "not-checked" // It cannot be asked here, or asking failed.
	There      Presence = "there"
	Gone       Presence = "gone"
)

const (
	lookAgain = 10 * time.Second // Between the two times that a thing is looked for.
	mostPages = 5                // Of a list.
)

// errCannotAsk means that the service does not let itself be asked.
var errCannotAsk = errors.New("the service cannot be asked for this here")

func (a Ask) call(value string) api.Call {
	query := url.Values{}
	for key, v := range a.Fixed {
		query.Set(key, v)
	}
	if a.Param != "" {
		query.Set(a.Param, value)
	}
	return api.Call{Method: "GET", Path: a.Path, Query: query}
}

// CanCheck says whether there is a saved ID of a step that can be asked for.
func (r *Runner) CanCheck(step string) bool {
	return r.Saved()[r.Form(step).Lookup.ByID.ID] != ""
}

// Check asks the service whether an ID of a step exists: what is saved, or what
// ids has in its place. It changes nothing.
func (r *Runner) Check(ctx context.Context, step string, ids Saved) (Presence, error) {
	r.busy.Lock()
	defer r.busy.Unlock()
	ask := r.Form(step).Lookup.ByID
	if ids == nil {
		ids = r.Saved()
	}
	if ids[ask.ID] == "" {
		return NotChecked, nil
	}
	answer, err := r.ask(ctx, step, ask.call(ids[ask.ID]))
	switch {
	case errors.Is(err, errGone), err == nil && empty(answer):
		return Gone, nil
	case err == nil:
		return There, nil
	case errors.Is(err, errCannotAsk):
		return NotChecked, nil
	}
	return NotChecked, err
}

// errGone means that the service does not know what it was asked for.
var errGone = errors.New("the service does not know it")

// ask sends one GET. Its errors are errGone, errCannotAsk, a *Failure,
// context.Canceled, or why nothing more may be sent.
func (r *Runner) ask(ctx context.Context, step string, call api.Call) (api.Answer, error) {
	if err := r.Broken(); err != nil {
		return api.Answer{}, err
	}
	answer, err := r.call(ctx, step, call, nil)
	if body := bytes.TrimSpace(answer.Body); err == nil && len(body) > 0 && (answer.HTML || !json.Valid(body)) {
		err = unreadable(answer, errors.New("the answer is not JSON"))
	}
	e, ok := errors.AsType[*api.Error](err)
	switch refused := ok && e.Kind == api.Refused; {
	case err == nil:
		return answer, nil
	case ctx.Err() != nil:
		return answer, context.Canceled
	case refused && aboutID(e):
		return answer, errGone
	case refused:
		return answer, errCannotAsk
	}
	f := failureOf(err, Unreached, issueOf(r.Edition(), find(step), err), 0)
	f.Step = step
	r.explain(f)
	return answer, f
}

// aboutID says whether a refusal is an answer about the ID that was asked for, in
// the service's own words, and not of a server that has no such call.
func aboutID(e *api.Error) bool {
	statuses := []int{http.StatusNotFound, http.StatusMethodNotAllowed, http.StatusBadRequest, http.StatusUnprocessableEntity, http.StatusOK}
	if !slices.Contains(statuses, e.Status) || e.Exchange == nil || !strings.HasPrefix(strings.TrimSpace(e.Exchange.Answer), "{") {
		return false
	}
	message := normal(e.Message)
	in := func(word string) bool { return strings.Contains(message, word) }
	route := in("message route") || in("voice route") // Which are IDs, and no paths.
	other := []string{"resource not found", "route matched", "no route", "endpoint", "path", "url", "cannot get"}
	unknown := []string{"not found", "not exist", "no such", "unknown", "different account", "invalid"}
	return (route || !slices.ContainsFunc(other, in)) && slices.ContainsFunc(unknown, in)
}

// empty says whether an answer of success tells of nothing.
func empty(answer api.Answer) bool {
	var o object
	if answer.Decode(&o) != nil {
		return slices.Contains([]string{"", "[]", "null"}, strings.TrimSpace(string(answer.Body)))
	}
	for _, raw := range o {
		if !slices.Contains([]string{"[]", "null", "{}", "0", "true"}, strings.TrimSpace(string(raw))) {
			return false
		}
	}
	return true
}

// Find looks at the service for what the unanswered call of a step may have
// created. What it finds are matches, and no decision. When there are none it looks
// once more, after a while. The error is errCannotAsk, a *Failure, or
// context.Canceled.
func (r *Runner) Find(ctx context.Context, step string) ([]Row, error) {
	r.busy.Lock()
	defer r.busy.Unlock()
	q, form := r.Questionnaire(step, false), r.Form(step)
	answers := q.Answers(nil)
	maps.Copy(answers, q.file.Steps[step].Answers) // Those that were sent.
	rows, err := r.find(ctx, step, form, answers)
	if err != nil || len(rows) > 0 {
		return rows, err
	}
	if r.rest(ctx, step, "look-up", lookAgain) != nil {
		return nil, context.Canceled
	}
	return r.find(ctx, step, form, answers)
}

func (r *Runner) find(ctx context.Context, step string, form *Form, answers Answers) ([]Row, error) {
	l := form.Lookup
	if value := answers[l.Find.Key]; l.Find.Path != "" && value != "" {
		answer, err := r.ask(ctx, step, l.Find.call(value))
		switch {
		case errors.Is(err, errGone):
			return nil, nil
		case err == nil:
			return form.rows(objects(answer), answers), nil
		case !errors.Is(err, errCannotAsk) || l.List.Path == "":
			return nil, err
		}
	}
	all, err := r.list(ctx, step, l.List)
	return form.rows(all, answers), err
}

// List is what the service has of the kind that a step creates, at most 5 pages.
// The errors are those of Find.
func (r *Runner) List(ctx context.Context, step string) ([]Row, error) {
	r.busy.Lock()
	defer r.busy.Unlock()
	form := r.Form(step)
	all, err := r.list(ctx, step, form.Lookup.List)
	return form.rows(all, nil), err
}

func (r *Runner) list(ctx context.Context, step string, ask Ask) ([]object, error) {
	if ask.Path == "" {
		return nil, errCannotAsk
	}
	var all []object
	for page := range mostPages {
		call := ask.call("")
		if page > 0 {
			call.Query.Set(pageKey, strconv.Itoa(page+1))
		}
		answer, err := r.ask(ctx, step, call)
		switch {
		case errors.Is(err, errGone):
			return all, nil
		case err != nil:
			return nil, err
		}
		found := objects(answer)
		all = append(all, found...)
		var o object
		_ = answer.Decode(&o) // A bare list tells no total.
		total, _ := strconv.Atoi(o.text("TotalResults", "TotalRoutes", "ResultsTotalRecords", "TotalSubscribers", "TotalAccounts", "ResultsTotal"))
		if len(found) == 0 || total <= len(all) {
			break
		}
	}
	return all, nil
}

// objects are the objects that an answer lists: the longest array of objects in
// it, else the one object that it is.
func objects(answer api.Answer) []object {
	var longest []object
	var look func(raw json.RawMessage, depth int)
	look = func(raw json.RawMessage, depth int) {
		var list []object
		if json.Unmarshal(raw, &list) == nil {
			if len(list) > len(longest) {
				longest = list
			}
			return
		}
		var o object
		if depth == 0 || json.Unmarshal(raw, &o) != nil {
			return
		}
		for _, value := range o {
			look(value, depth-1)
		}
	}
	var o object
	if answer.Decode(&o) == nil && o.text("Number", "MessageId", "AccountId", "SubscriberId", "CallRouteId", "MessageRouteId") != "" {
		return []object{o}
	}
	look(answer.Body, 4)
	return longest
}

// rows makes rows of what the service has; with answers, only of what matches them.
func (f *Form) rows(all []object, answers Answers) []Row {
	var rows []Row
	for _, o := range all {
		if answers != nil && !f.Lookup.matches(o, answers) {
			continue
		}
		row := Row{IDs: Saved{}}
		for _, result := range f.Result {
			if value := result.in(o); value != "" && plausible(result.ID, value) == nil {
				row.IDs[result.ID] = value
			}
		}
		if row.IDs[f.Lookup.ByID.ID] == "" {
			continue
		}
		row.Number = row.IDs[PhoneNumber]
		for _, name := range f.Lookup.Show {
			if v := o.text(name); v != "" && v != row.Number {
				row.Details = append(row.Details, Detail{name, text.Cut(v, 200)})
			}
		}
		rows = append(rows, row)
	}
	return rows
}

// matches says whether an object is what the answers asked for: whatever it tells
// of them is the same, and it tells something.
func (l *Lookup) matches(o object, answers Answers) bool {
	told := false
	for _, m := range l.Match {
		want := m.Value
		if m.Key != "" {
			want = answers[m.Key]
		}
		got := o.text(m.Names...)
		if want == "" || got == "" {
			continue
		}
		if !sameValue(want, got) {
			return false
		}
		told = told || m.Key != ""
	}
	return told
}

// sameValue compares two values as people mean them: numbers by E.164, several of
// them one by one, text without letter case.
func sameValue(a, b string) bool {
	if text.Collapse(strings.ToLower(a)) == text.Collapse(strings.ToLower(b)) {
		return true
	}
	numbers := split(a)
	return len(numbers) > 0 && slices.EqualFunc(numbers, split(b), func(x, y string) bool { return e164(x) != "" && e164(x) == e164(y) })
}
