package webhook

import (
	"bytes"
	"fmt"
	"io"
)

// Verdict is what a look at a webhook comes to.
type Verdict int

// The verdicts.
const (
	Works        Verdict = iota // As far as can be seen from here.
	WouldNotWork                // Something must be changed first.
	NotReachable                // From here; the rest cannot be known.
)

// Exit is the exit status of a program that ends with the verdict.
func (v Verdict) Exit() int {
	return map[Verdict]int{WouldNotWork: 4, NotReachable: 5}[v]
}

// String says the verdict to people.
func (v Verdict) String() string {
	switch v {
	case WouldNotWork:
		return "The service could not deliver to this webhook."
	case NotReachable:
		return "The webhook is not reachable from here."
	}
	return "Nothing stands in the way, as far as can be seen from here."
}

// Finding is what one check of a webhook found.
type Finding struct {
	Check   string // "url", "name", "proxy", "tunnel", "connection", "certificate", "sample".
	Issue   string // What is wrong, or worth knowing, as one word: "expired". Empty when there is nothing.
	Say     string // What happened, then what to do.
	Verdict Verdict
}

// OK says whether the finding stands in no way.
func (f Finding) OK() bool { return f.Verdict == Works }

// wouldNotWork is a finding that stands in the way.
func wouldNotWork(check, issue, say string, args ...any) Finding {
	return Finding{check, issue, fmt.Sprintf(say, args...), WouldNotWork}
}

// notReachable is a finding beyond which nothing can be known from here.
func notReachable(check, issue, say string, args ...any) Finding {
	return Finding{check, issue, fmt.Sprintf(say, args...), NotReachable}
}

// WriteFinding writes a finding as a line for people.
func WriteFinding(w io.Writer, f Finding) error {
	mark := "ok"
	switch {
	case !f.OK():
		mark = "FAIL"
	case f.Issue != "":
		mark = "note"
	}
	_, err := fmt.Fprintf(w, "%-5s %-12s %s\n", mark, f.Check, f.Say)
	return err
}

// WriteFindingJSON writes a finding as a line of JSON.
func WriteFindingJSON(w io.Writer, f Finding) error {
	return writeLine(w, struct {
		Event string `json:"event"`
		Check string `json:"check"`
		OK    bool   `json:"ok"`
		Issue string `json:"issue,omitempty"`
		Say   string `json:"say"`
	}{"check", f.Check, f.OK(), f.Issue, f.Say})
}

// WriteVerdictJSON writes the last line of JSON of a look.
func WriteVerdictJSON(w io.Writer, v Verdict) error {
	return writeLine(w, struct {
		Event string `json:"event"`
		Exit  int    `json:"exit"`
	}{"end", v.Exit()})
}

// writeLine writes a value as a line of JSON, in one write.
func writeLine(w io.Writer, v any) error {
	var b bytes.Buffer
	writeJSON(&b, v)
	b.WriteByte('\n')
	_, err := w.Write(b.Bytes())
	return err
}
