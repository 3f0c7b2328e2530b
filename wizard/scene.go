package wizard

import (
	"net/url"
	"slices"
	"strconv"

	"telegent-setup/state"
	"telegent-setup/steps"
)

// scene is what every screen may look at: the runner's plain questions, and
// facts that the root looked up once, so that drawing never waits for a call
// or a disk.
type scene struct {
	st        *styles
	runner    *steps.Runner
	getenv    func(string) string
	skips     map[string]bool // Steps that the answers file leaves out.
	export    string          // The command that prints the IDs.
	path      string          // The state file, as a person writes it.
	folder    string          // The working directory, as a person writes it.
	all       []steps.Status
	saved     steps.Saved
	signedIn  bool
	host      string // The server.
	edition   string
	sandbox   bool
	badge     string                    // What stands in place of the sandbox's badge; may be empty.
	area      string                    // Where numbers were searched.
	qr        string                    // The link to the QR code of the eSIM; empty when there is none.
	areasOnly bool                      // The last search listed areas, and no numbers to choose from.
	next      string                    // The first step that is not done; empty when all are.
	typed     map[string]bool           // Secrets that were typed in this run, by field key.
	looks     map[string]steps.Presence // What the service knew of what is saved, by step.
	version   int                       // Goes up with every change of the above.
	drafts    map[string]steps.Answers  // What was typed in this run, by step.
}

// refresh looks the facts up again, after something was carried out.
func (s *scene) refresh() {
	s.all, s.saved, s.signedIn = s.runner.All(), s.runner.Saved(), s.runner.SignedIn()
	s.host, s.edition, s.sandbox = host(s.runner.BaseURL()), string(s.runner.Edition()), s.runner.Sandbox()
	s.next, s.qr = "", s.runner.QRCode()
	s.area = whereSearched(s.runner.Prefill(steps.Availability))
	if next, ok := s.runner.Next(); ok {
		s.next = next.ID
	}
	s.version++
}

// whereSearched names the place where numbers were looked for.
func whereSearched(answers steps.Answers) string {
	switch {
	case answers["AreaCode"] != "":
		return "area " + answers["AreaCode"]
	case answers["ZipCode"] != "":
		return "zip code " + answers["ZipCode"]
	}
	return "all areas"
}

// status tells where a step stands.
func (s *scene) status(step string) steps.Status {
	for _, st := range s.all {
		if st.Step.ID == step {
			return st
		}
	}
	return steps.Status{}
}

// step is a step by its id; an empty one where there is no such step.
func (s *scene) step(id string) steps.Step {
	step, _ := steps.Find(id)
	return step
}

// origin is the step that saves an ID.
func (s *scene) origin(id steps.ID) (steps.Step, bool) {
	for _, st := range s.all {
		if slices.Contains(st.Step.Saves, id) {
			return st.Step, true
		}
	}
	return steps.Step{}, false
}

// done says whether a step needs nothing more.
func (s *scene) done(step string) bool {
	if step == steps.Authenticate {
		return s.signedIn || s.next == ""
	}
	st := s.status(step).Status
	return st == state.Done || st == state.Skipped
}

// doneSteps is how many of the eight steps need nothing more.
func (s *scene) doneSteps() int {
	n := 0
	for _, st := range s.all {
		if s.done(st.Step.ID) {
			n++
		}
	}
	return n
}

// begun says whether there is anything to come back to.
func (s *scene) begun() bool {
	for _, x := range s.all {
		if x.Status != state.Todo && (x.Step.ID != steps.Authenticate || x.Status == state.Done) {
			return true
		}
	}
	return false
}

// belongsToKey says whether the setup belongs to its account key for good.
func (s *scene) belongsToKey() bool {
	for _, x := range s.all {
		if x.Step.ID != steps.Authenticate && (x.Status == state.Sent || x.Status == state.Done) {
			return true
		}
	}
	return len(s.saved) > 0
}

// prefill is what the form of a step opens with: what the runner knows, and
// over it what was typed in this run.
func (s *scene) prefill(step string) steps.Answers {
	answers := s.runner.Prefill(step)
	if answers == nil {
		answers = steps.Answers{}
	}
	for _, f := range s.runner.Form(step).Fields {
		typed, ok := s.drafts[step][f.Key]
		if ok && (f.From == "" || s.saved[f.From] == "") {
			answers[f.Key] = typed
		}
	}
	return answers
}

// host is the server as a person knows it.
func host(base string) string {
	u, err := url.Parse(base)
	if err != nil {
		return ""
	}
	return u.Host
}

// place is the small line above the title of a step.
func (s *scene) place(step steps.Step) string {
	text := "Step " + strconv.Itoa(step.Number) + " of " + strconv.Itoa(len(s.all))
	if step.Optional {
		text += " · optional"
	}
	return text
}
