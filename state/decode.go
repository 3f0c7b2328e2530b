package state

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"unicode/utf8"
)

// decode reads a state file. Its errors name what is wrong and where, and
// quote nothing but cleaned keys.
func decode(data []byte) (File, error) {
	if len(data) == 0 {
		return File{}, errors.New("damaged: the file is empty")
	}
	if !utf8.Valid(data) {
		return File{}, errors.New("damaged: not UTF-8 text")
	}
	var whole json.RawMessage
	if err := json.Unmarshal(data, &whole); err != nil {
		return File{}, fmt.Errorf("damaged: line %d cannot be read as JSON", 1+lines(data, err))
	}
	d := decoder{}
	top := d.object("", whole)
	if err := d.version(top); err != nil {
		return File{}, err
	}
	f := d.file(top)
	if d.err != nil {
		return File{}, fmt.Errorf("damaged: %w", d.err)
	}
	return f.normal(), nil
}

// lines counts the lines before the place where the JSON went wrong.
func lines(data []byte, err error) int {
	var syntax *json.SyntaxError
	if !errors.As(err, &syntax) {
		return 0
	}
	end := min(max(syntax.Offset-1, 0), int64(len(data)))
	count := 0
	for _, b := range data[:end] {
		if b == '\n' {
			count++
		}
	}
	return count
}

// version is looked at first: a newer file may differ in everything else.
func (d *decoder) version(top *object) error {
	version := 0
	if !top.integer("version", &version) {
		if d.err == nil {
			d.err = errors.New("version is missing")
		}
		return fmt.Errorf("damaged: %w", d.err)
	}
	switch {
	case version > Version:
		return errors.New("written by a newer version of telegent-setup")
	case version < Version:
		return errors.New("damaged: version is unknown")
	}
	return nil
}

func (d *decoder) file(top *object) File {
	f := File{IDs: map[string]string{}, Steps: map[string]Step{}}
	top.text("edition", &f.Edition)
	top.text("base_url", &f.BaseURL)
	top.boolean("sandbox", &f.Sandbox)
	top.text("AccountKey", &f.AccountKey)
	top.text("PhoneNumber", &f.PhoneNumber)
	if ids := top.object("ids"); ids != nil {
		for _, id := range ids.keys() {
			// A later program may keep something else than a string here.
			if ids.isText(id) || slices.Contains(idOrder(), id) {
				value := ""
				ids.text(id, &value)
				f.IDs[id] = value
			}
		}
		f.extraIDs = ids.rest()
	}
	if steps := top.object("steps"); steps != nil {
		for _, id := range steps.keys() {
			if step := steps.object(id); step != nil {
				f.Steps[id] = d.step(step)
			}
		}
	}
	for _, r := range top.objects("history") {
		f.History = append(f.History, d.replaced(r))
	}
	f.extra = top.rest()
	return f
}

func (d *decoder) step(o *object) Step {
	var s Step
	status := ""
	o.text("status", &status)
	if s.Status = Status(status); !s.Status.known() {
		d.fail(o.at+".status", "is no known status")
	}
	o.instant("updated", &s.Updated)
	o.text("order_id", &s.OrderID)
	o.text("qr_code", &s.QRCode)
	if answers := o.object("answers"); answers != nil {
		s.Answers = map[string]string{}
		for _, key := range answers.keys() {
			value := ""
			answers.text(key, &value)
			s.Answers[key] = value
		}
	}
	if e := o.object("error"); e != nil {
		s.Error = &StepError{}
		e.text("issue", &s.Error.Issue)
		e.text("message", &s.Error.Message)
		s.Error.extra = e.rest()
	}
	s.extra = o.rest()
	return s
}

func (d *decoder) replaced(o *object) Replaced {
	var r Replaced
	o.text("id", &r.ID)
	o.text("value", &r.Value)
	o.instant("replaced", &r.Replaced)
	r.extra = o.rest()
	return r
}
