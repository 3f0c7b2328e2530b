package wizard

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
	"github.com/stretchr/testify/require"

	"telegent-setup/api"
	"telegent-setup/api/sandbox"
	"telegent-setup/state"
	"telegent-setup/steps"
	"telegent-setup/steps/answers"
	"telegent-setup/steps/report"
)

// stage is what a test starts the wizard over.
type stage struct {
	live    bool     // Not the sandbox's forms: nothing is filled in.
	faults  []string // Of the sandbox.
	edition api.Edition
	areas   bool // The service lists areas only.
	many    int  // That many areas.
	environ []string
	secrets map[string]string
	given   map[string]steps.Answers
	adopt   map[string]steps.Answers // By the answers file, as skip is.
	skip    map[string]bool
}

// driver is a wizard whose terminal is the test: keys go straight into Update,
// and commands run in goroutines of the test's bubble. It must be made inside
// synctest.Test.
type driver struct {
	t     *testing.T
	m     *Model
	wire  *wire
	path  string
	stage stage
	store *state.Store
	tape  *taper
	shown tea.Model // Instead of the wizard; may be nil.

	mu      sync.Mutex
	arrived []tea.Msg
	quit    bool
	closed  bool
	copied  string

	delivered int // Messages that reached Update.
	end       context.CancelFunc
}

const base = "http://127.0.0.1:8080/v1.0"

// play runs a test in a bubble with a fake clock.
func play(t *testing.T, st stage, test func(d *driver)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		test(begin(t, filepath.Join(t.TempDir(), "state.json"), st, nil))
	})
}

// begin starts the wizard over the state file at path; box is a sandbox that
// goes on, or nil for a new one.
func begin(t *testing.T, path string, st stage, box *wire) *driver {
	t.Helper()
	d := &driver{t: t, path: path, stage: st, wire: box}
	if box == nil {
		d.wire = newWire(t, st)
	}
	u, err := api.ParseBaseURL(base)
	require.NoError(t, err)
	d.store, err = state.Open(path)
	require.NoError(t, err)
	file, err := steps.Resolve(path, d.store.File(), steps.Wanted{Sandbox: !st.live, BaseURL: base, Edition: st.edition})
	require.NoError(t, err)
	secrets := map[string]api.Secret{}
	for k, v := range st.secrets {
		secrets[k] = api.NewSecret(v)
	}
	progress := NewProgress()
	d.tape = &taper{next: progress}
	runner := steps.New(steps.Config{
		Client: api.New(api.Options{BaseURL: u, UserAgent: "telegent-setup/test", Transport: d.wire}),
		Store:  d.store, File: file, Given: st.given, Secrets: secrets, Observer: d.tape,
	})
	ctx, cancel := context.WithCancel(context.Background())
	d.end = cancel
	d.m = New(Options{Runner: runner, Given: answers.Given{Adopt: st.adopt, Skip: st.skip}, Progress: progress, Context: ctx, Environ: append([]string{"HOME=/home/ada"}, st.environ...)})
	d.m.path, d.m.folder, d.m.dir = "~/.local/state/telegent-setup/state.json", "~/work", filepath.Dir(path)
	d.m.report = func() (report.Report, error) { return d.report(), nil }
	t.Cleanup(d.close)
	d.send(tea.WindowSizeMsg{Width: 100, Height: 30})
	return d
}

// again closes this run and starts the next one over the same state file and
// the same service.
func (d *driver) again() *driver {
	d.t.Helper()
	d.close()
	return begin(d.t, d.path, d.stage, d.wire)
}

func (d *driver) close() {
	if d.closed {
		return
	}
	d.closed = true
	d.end()
	require.NoError(d.t, d.store.Close())
	time.Sleep(3 * time.Second)
	synctest.Wait()
}

// send delivers messages one after the other, as fast as they can be taken,
// and then waits until nothing happens any more.
func (d *driver) send(msgs ...tea.Msg) {
	d.t.Helper()
	for _, msg := range msgs {
		d.deliver(msg)
	}
	d.settle()
}

// settle takes what commands send, until all of them rest.
func (d *driver) settle() {
	for {
		synctest.Wait()
		d.mu.Lock()
		msgs := d.arrived
		d.arrived = nil
		d.mu.Unlock()
		if len(msgs) == 0 {
			return
		}
		for _, msg := range msgs {
			d.deliver(msg)
		}
	}
}

func (d *driver) deliver(msg tea.Msg) {
	switch msg := msg.(type) {
	case nil:
		return
	case tea.QuitMsg:
		d.quit = true
		return
	case tea.BatchMsg:
		for _, cmd := range msg {
			d.run(cmd)
		}
		return
	}
	if d.quit {
		return
	}
	if fmt.Sprintf("%T", msg) == "tea.setClipboardMsg" {
		d.copied = fmt.Sprint(msg)
	}
	d.delivered++
	_, cmd := d.model().Update(msg)
	d.run(cmd)
}

// model is what stands on the terminal.
func (d *driver) model() tea.Model {
	if d.shown != nil {
		return d.shown
	}
	return d.m
}

func (d *driver) run(cmd tea.Cmd) {
	if cmd == nil {
		return
	}
	go func() {
		msg := cmd()
		d.mu.Lock()
		defer d.mu.Unlock()
		d.arrived = append(d.arrived, msg)
	}()
}

// keys presses keys by name; a name in quotes is typed letter by letter.
func (d *driver) keys(names ...string) {
	d.t.Helper()
	d.send(presses(names...)...)
}

// slowly presses keys as a person does, who looks at the screen first.
func (d *driver) slowly(names ...string) {
	d.t.Helper()
	for _, name := range names {
		d.pass(quiet + 50*time.Millisecond)
		d.keys(name)
		d.pass(grace + 10*time.Millisecond)
	}
}

// pass lets time pass.
func (d *driver) pass(t time.Duration) {
	for t > 0 {
		step := min(t, 20*time.Millisecond)
		time.Sleep(step)
		d.settle()
		t -= step
	}
}

func presses(names ...string) []tea.Msg {
	var all []tea.Msg
	for _, name := range names {
		if text, ok := strings.CutPrefix(name, `"`); ok {
			for _, r := range strings.TrimSuffix(text, `"`) {
				all = append(all, tea.KeyPressMsg{Code: r, Text: string(r)})
			}
			continue
		}
		all = append(all, press(name))
	}
	return all
}

var codes = map[string]rune{
	"enter": tea.KeyEnter, "tab": tea.KeyTab, "esc": tea.KeyEscape, "up": tea.KeyUp, "down": tea.KeyDown,
	"left": tea.KeyLeft, "right": tea.KeyRight, "pgup": tea.KeyPgUp, "pgdown": tea.KeyPgDown,
	"home": tea.KeyHome, "end": tea.KeyEnd, "backspace": tea.KeyBackspace, "f1": tea.KeyF1,
}

func press(name string) tea.KeyPressMsg {
	var mod tea.KeyMod
	if rest, ok := strings.CutPrefix(name, "ctrl+"); ok {
		name, mod = rest, tea.ModCtrl
	}
	if rest, ok := strings.CutPrefix(name, "shift+"); ok {
		name, mod = rest, tea.ModShift
	}
	if code, ok := codes[name]; ok {
		return tea.KeyPressMsg{Code: code, Mod: mod}
	}
	if name == "space" {
		return tea.KeyPressMsg{Code: ' ', Text: " "}
	}
	r := []rune(name)[0]
	if mod != 0 {
		return tea.KeyPressMsg{Code: r, Mod: mod}
	}
	return tea.KeyPressMsg{Code: r, Text: name}
}

// screen is what is to be read, without colours.
func (d *driver) screen() string { return plainText(d.model().View().Content) }

func plainText(content string) string {
	var lines []string
	for l := range strings.SplitSeq(ansi.Strip(content), "\n") {
		lines = append(lines, strings.TrimRight(l, " "))
	}
	return strings.TrimRight(strings.Join(lines, "\n"), "\n") + "\n"
}

// sees requires texts to be on the screen, however they are wrapped.
func (d *driver) sees(texts ...string) {
	d.t.Helper()
	flat := flatten(d.body())
	for _, text := range texts {
		require.Contains(d.t, flat, flatten(text), "the screen is:\n%s", d.screen())
	}
}

func (d *driver) misses(text string) {
	d.t.Helper()
	require.NotContains(d.t, flatten(d.body()), flatten(text), "the screen is:\n%s", d.screen())
}

// body is the whole text of the screen beside the rail, however long.
func (d *driver) body() string {
	p := d.m.top().View(80, 400)
	return d.m.notice + "\n" + d.m.flash + "\n" + ansi.Strip(strings.Join(p.lines, "\n"))
}

// cells is how wide a line is.
func cells(line string) int { return ansi.StringWidth(line) }

func flatten(s string) string {
	s = strings.NewReplacer("┃", " ", "│", " ").Replace(s)
	return strings.Join(strings.Fields(s), " ")
}

// at requires a step and a kind of screen.
func (d *driver) at(step string, kind screen) {
	d.t.Helper()
	require.Equal(d.t, step, d.m.top().Step(), "the screen is:\n%s", d.screen())
	require.IsType(d.t, kind, d.m.top().screen, "the screen is:\n%s", d.screen())
}

// value is what a field of the form on the screen holds.
func (d *driver) value(key string) string {
	d.t.Helper()
	var f *form
	switch s := d.m.top().screen.(type) {
	case *ask:
		f = s.form
	case *adopt:
		f = s.form
	}
	require.NotNil(d.t, f, "the screen is:\n%s", d.screen())
	for _, x := range f.fields {
		if x.spec.Key == key {
			return x.value
		}
	}
	require.Fail(d.t, "no field "+key)
	return ""
}

// wire carries requests to the sandbox. The IDs that it lets out are the same
// in every run, so that screens can be compared.
type wire struct {
	next  http.RoundTripper
	box   *sandbox.Sandbox
	mu    sync.Mutex
	calls []string // "POST /v1.0/accounts/create"
	body  []string
	names map[string]string // Of the sandbox's IDs, and back.
	count map[string]int
	down  bool // No connection can be made.
	stuck bool // No answer comes.

	answered func(path string) // What happens between an answer and its arrival; may be nil.
}

func newWire(t *testing.T, st stage) *wire {
	t.Helper()
	o := sandbox.Options{Edition: st.edition, Areas: st.areas, Many: st.many}
	for _, name := range st.faults {
		f, err := sandbox.ParseFault(name)
		require.NoError(t, err)
		o.Faults = append(o.Faults, f)
	}
	box, err := sandbox.New(o)
	require.NoError(t, err)
	return &wire{next: sandbox.Transport(box), box: box, names: map[string]string{}, count: map[string]int{}}
}

var anID = regexp.MustCompile(`\b(?:[A-Z]+-)?[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b`)

// RoundTrip implements http.RoundTripper.
func (w *wire) RoundTrip(r *http.Request) (*http.Response, error) {
	var body []byte
	if r.Body != nil {
		body, _ = io.ReadAll(r.Body)
	}
	switch {
	case w.down:
		return nil, errDown
	case w.stuck:
		<-r.Context().Done()
		return nil, r.Context().Err()
	}
	w.mu.Lock()
	w.calls = append(w.calls, r.Method+" "+r.URL.Path)
	w.body = append(w.body, string(body))
	body = anID.ReplaceAllFunc(body, func(id []byte) []byte { return []byte(w.real(string(id))) })
	query := anID.ReplaceAllStringFunc(r.URL.RawQuery, w.real)
	w.mu.Unlock()
	r = r.Clone(r.Context())
	r.URL.RawQuery = query
	r.Body, r.ContentLength = io.NopCloser(bytes.NewReader(body)), int64(len(body))
	resp, err := w.next.RoundTrip(r)
	if err != nil {
		return nil, err
	}
	answer, err := io.ReadAll(resp.Body)
	if err != nil {
		return nil, err
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.answered != nil {
		w.answered(r.URL.Path)
	}
	answer = anID.ReplaceAllFunc(answer, func(id []byte) []byte { return []byte(w.fixed(string(id))) })
	resp.Body, resp.ContentLength = io.NopCloser(bytes.NewReader(answer)), int64(len(answer))
	return resp, nil
}

func (w *wire) real(id string) string {
	if r, ok := w.names[id]; ok {
		return r
	}
	return id
}

func (w *wire) fixed(id string) string {
	if n, ok := w.names[id]; ok {
		return n
	}
	prefix := id[:len(id)-len("a1b2c3d4-e5f6-7890-abcd-ef1234567801")]
	w.count[prefix]++
	n := fmt.Sprintf("%sa1b2c3d4-e5f6-7890-abcd-ef12345678%02d", prefix, w.count[prefix])
	w.names[id], w.names[n] = n, id
	return n
}

// sent lists the calls that left, without those for tokens.
func (w *wire) sent() []string {
	w.mu.Lock()
	defer w.mu.Unlock()
	var all []string
	for _, c := range w.calls {
		if !strings.Contains(c, "/oauth") {
			all = append(all, strings.TrimPrefix(c, "POST /v1.0"))
		}
	}
	return all
}
