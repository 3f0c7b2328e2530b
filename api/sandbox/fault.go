package sandbox

import (
	"cmp"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"telegent-setup/api"
	"telegent-setup/api/text"
)

// Fault makes the sandbox fail as the service would. Without a Step it hits
// the step where the service shows it or, for a failure that any step can
// have, the next call that creates something.
type Fault struct {
	Name  string
	Step  string // Step id, or empty.
	Count int    // How many calls it hits; 0 is 1. Look-ups are refused for good.
}

// FaultKind is a fault that can be asked for.
type FaultKind struct {
	Name   string
	Effect string // What it does, for help and completion.
	Step   string // Where it hits when no step is named; empty for the next creating call.

	// What is answered in place of carrying the call out. With nil it is carried
	// out, and the fault corrupts its answer, or what becomes of it later.
	refuse func(*Sandbox, endpoint) *answer
}

// alone says that no other step can have the fault: it is one of what the step
// orders or sends.
func (k FaultKind) alone() bool { return k.refuse == nil && k.Step != "" }

// The faults that are more than a refusal.
const (
	faultMalformed    = "malformed"
	faultMissingID    = "missing-id"
	faultSlow         = "slow"
	faultHang         = "hang"
	faultDrop         = "drop"
	faultRefuse       = "refuse"
	faultOrderPending = "order-pending"
	faultOrderFailed  = "order-failed"
	faultUndelivered  = "undelivered"
	faultNoReceipt    = "no-receipt"
	faultNoReply      = "no-reply"
	faultNoLookUp     = "no-lookup"
)

// Faults lists all faults.
func Faults() []FaultKind {
	always := func(a *answer) func(*Sandbox, endpoint) *answer {
		return func(*Sandbox, endpoint) *answer { return a }
	}
	refusal := func(name, step string, status int, message string) FaultKind {
		return FaultKind{Name: name, Effect: fmt.Sprint(status, " ", message), Step: step, refuse: always(refuse(status, message))}
	}
	nothing := &answer{did: "nothing was carried out"}
	forbidden := refuse(http.StatusForbidden, "Forbidden: your rights do not cover this")
	failed := refuse(http.StatusInternalServerError, "Internal server error")
	return []FaultKind{
		refusal("unauthorized", "", http.StatusUnauthorized, "Unauthorized"),
		refusal("message-route-required", stepProvision, http.StatusBadRequest, "MessageRouteId is required"),
		refusal("number-in-use", stepProvision, http.StatusConflict, numberInUse),
		refusal("email-exists", stepSubscriber, http.StatusConflict, emailExists),
		refusal("invalid-account", stepSubscriber, http.StatusBadRequest, invalidAccount),
		{Name: "rate-limit", Effect: "429 with Retry-After: 1", refuse: always(tooMany(time.Second))},
		{Name: "server-error", Effect: "500, nothing is carried out", refuse: always(failed)},
		{Name: "html", Effect: "a gateway's 502 page, nothing is carried out", refuse: always(gatewayPage())},
		{Name: faultMalformed, Effect: "carries the call out, answers with broken JSON"},
		{Name: faultMissingID, Effect: "carries the call out, answers without the ID"},
		{Name: "soft-failure", Effect: "200 with Successful: false, nothing is carried out", refuse: always(softFailure())},
		{Name: "no-numbers", Effect: "no numbers available", Step: stepAvailability, refuse: noNumbers},
		{Name: faultSlow, Effect: "answers after 3 s"},
		{Name: faultHang, Effect: "never answers, nothing is carried out", refuse: always(nothing)},
		{Name: faultDrop, Effect: "carries the call out, then cuts the connection"},
		{Name: faultRefuse, Effect: "cuts the connection before carrying the call out", refuse: always(nothing)},
		{Name: faultOrderPending, Effect: "the order of the number takes 10 s", Step: stepProvision},
		{Name: faultOrderFailed, Effect: "the order of the number fails", Step: stepProvision},
		{Name: "problem-details", Effect: "400 in the form of problem details, nothing is carried out", refuse: problemDetails},
		{Name: faultUndelivered, Effect: "the message is not delivered", Step: stepTestMessage},
		{Name: faultNoReceipt, Effect: "the message is sent, and nothing more is heard of it", Step: stepTestMessage},
		{Name: faultNoReply, Effect: "the message is delivered, and the phone does not answer it", Step: stepTestMessage},
		{Name: faultNoLookUp, Effect: "403 to every look-up, or to those of a step", refuse: always(forbidden)},
	}
}

// gatewayPage is what a gateway says when the service behind it is gone.
func gatewayPage() *answer {
	const page = "<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>\r\n" +
		"<center><h1>502 Bad Gateway</h1></center>\r\n<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n"
	html := http.Header{"Content-Type": {"text/html"}}
	return &answer{status: http.StatusBadGateway, did: "answered with the page of a gateway", header: html, text: []byte(page)}
}

// softFailure is a refusal that comes with 200.
func softFailure() *answer {
	const message = "The request could not be processed"
	return &answer{status: http.StatusOK, did: "refused: " + message, body: object{
		"Successful":       false,
		"ErrorMessage":     message,
		"TransactionLogId": newUUID(),
	}}
}

func noNumbers(s *Sandbox, e endpoint) *answer {
	if e.step == stepAvailability {
		return s.listing(nil, 1)
	}
	return refuse(http.StatusBadRequest, "No numbers available")
}

// problemDetails refuses a field of the step's call in the form of RFC 9457.
func problemDetails(s *Sandbox, e endpoint) *answer {
	refused := map[string][2]string{
		stepAuthenticate: {"AccountKey", "Account key must be a valid key"},
		stepAccount:      {"AccountName", "Account name must be a valid name"},
		stepMessageRoute: {"RouteName", "Route name must be a valid name"},
		stepVoiceRoute:   {"RouteName", "Route name must be a valid name"},
		stepAvailability: {"AreaCode", "Area code must be a valid 3-digit code"},
		stepProvision:    {"AreaCode", "Area code must be a valid 3-digit code"},
		stepSubscriber:   {"Email", "Email must be a valid address"},
		stepTestMessage:  {"From", "From must be a valid number"},
	}[e.step]
	if e.step == stepProvision && s.opt.Edition == api.Edition2025 {
		refused = [2]string{"PhoneNumber", "Phone number must be a valid number"}
	}
	return &answer{
		status: http.StatusBadRequest,
		did:    "refused: " + refused[1],
		header: http.Header{"Content-Type": {"application/problem+json; charset=utf-8"}},
		body: object{
			"Type":    "https://tools.ietf.org/html/rfc9110#section-15.5.1",
			"Title":   "One or more validation errors occurred.",
			"Status":  http.StatusBadRequest,
			"Detail":  "The request holds a field that is not valid.",
			"Errors":  object{"$." + refused[0]: []string{refused[1]}},
			"TraceId": newUUID(),
		},
	}
}

// corrupt does to the answer of a call that was carried out what the fault says.
func (a *answer) corrupt(fault string) {
	switch fault {
	case faultMalformed:
		whole := encode(a.body)
		a.text = whole[:len(whole)-2]
	case faultMissingID:
		a.body = maps.Clone(a.body) // The store may hold it.
		for _, id := range a.ids {
			delete(a.body, id)
		}
	case faultDrop:
		a.did += ", then cut the connection"
	}
}

// ParseFault reads NAME[@STEP][:COUNT], for example rate-limit@account:5.
func ParseFault(text string) (Fault, error) {
	f := Fault{Count: 1}
	rest, count, counted := strings.Cut(text, ":")
	if counted {
		n, err := strconv.Atoi(count)
		if err != nil || n < 1 {
			return Fault{}, fmt.Errorf("fault %q: count %q must be a whole number, 1 or more", text, count)
		}
		f.Count = n
	}
	var stepped bool
	if f.Name, f.Step, stepped = strings.Cut(rest, "@"); stepped && f.Step == "" {
		return Fault{}, fmt.Errorf("fault %q: name a step after the @: %s", text, strings.Join(stepNames(), ", "))
	}
	return f, f.validate()
}

// String writes the fault as ParseFault reads it.
func (f Fault) String() string {
	text := f.Name
	if f.Step != "" {
		text += "@" + f.Step
	}
	if f.Count > 1 {
		text += ":" + strconv.Itoa(f.Count)
	}
	return text
}

func (f Fault) validate() error {
	kind := f.kind()
	switch {
	case kind == nil:
		return unknown("fault", f.Name, names(Faults(), func(k FaultKind) string { return k.Name }))
	case f.Step != "" && !slices.Contains(stepNames(), f.Step):
		return unknown("step", f.Step, stepNames())
	case f.Step != "" && kind.alone() && f.Step != kind.Step:
		return fmt.Errorf("only step %s can have %s, not %s", kind.Step, f.Name, f.Step)
	case f.Count < 0:
		return fmt.Errorf("fault %s: count %d is below 0", f.Name, f.Count)
	}
	return nil
}

// unknown says that a name is none of those known, and which one is nearest.
func unknown(kind, name string, known []string) error {
	hint := ""
	if near := text.Nearest(name, known); near != "" {
		hint = fmt.Sprintf(", did you mean %s?", near)
	}
	return fmt.Errorf("unknown %s %q%s (known: %s)", kind, name, hint, strings.Join(known, ", "))
}

func (f Fault) kind() *FaultKind {
	return find(Faults(), func(k FaultKind) bool { return k.Name == f.Name })
}

// checkFaults copies the faults: the sandbox counts them down.
func checkFaults(faults []Fault) ([]Fault, error) {
	faults = slices.Clone(faults)
	for i, f := range faults {
		if err := f.validate(); err != nil {
			return nil, err
		}
		faults[i].Count = max(f.Count, 1)
	}
	return faults, nil
}

// faultFor is the first fault that has hits left and is meant for the call.
func (s *Sandbox) faultFor(e endpoint) *Fault {
	i := slices.IndexFunc(s.faults, func(f Fault) bool { return f.Count > 0 && f.hits(e) })
	if i < 0 {
		return nil
	}
	return &s.faults[i]
}

// hits says whether the fault is meant for the call.
func (f Fault) hits(e endpoint) bool {
	kind := f.kind()
	step := cmp.Or(f.Step, kind.Step)
	switch {
	case (f.Name == faultNoLookUp) != (e.kind == looksUp):
		return false
	case e.kind != looksUp && e.kind != creates && (step == "" || kind.alone()):
		return false
	}
	return step == "" || step == e.step
}
