package main

import (
	"bytes"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"telegent-setup/api"
	"telegent-setup/api/sandbox"
	"telegent-setup/state"
)

// customer is someone with a directory, an answers file and credentials, who
// sets up with the compiled program.
type customer struct {
	t    *testing.T
	dir  string
	args []string
	env  []string
}

// nobody listens there. A port that was given back would be somebody's soon.
const nobody = "http://127.0.0.1:1"

// newCustomer gives a customer answers to everything.
func newCustomer(t *testing.T, edition api.Edition, url string) *customer {
	t.Helper()
	dir := t.TempDir()
	c := &customer{t: t, dir: dir, env: []string{
		"PATH=" + os.Getenv("PATH"), "HOME=" + dir, "TMPDIR=" + os.TempDir(),
		"GORACE=atexit_sleep_ms=0", // Under the race detector a program lingers for a second.
		"TELEGENT_ACCOUNT_SECRET=" + sandbox.Secret, "TELEGENT_SUBSCRIBER_PASSWORD=SecurePass123!",
	}}
	c.args = []string{"--no-input", "--json", "--base-url", url, "--edition", string(edition),
		"--state", c.path(), "--answers", c.write("answers.yaml", allAnswers(edition))}
	return c
}

// allAnswers is an answers file that leaves nothing open.
func allAnswers(edition api.Edition) string {
	if edition == api.Edition2026 {
		return `
authenticate: {AccountKey: sandbox-key}
account: {AccountName: Ada, AccountAdmin: ada@example.com, BillingAddress: {Street1: 1 Main, City: Lehi, State: UT, Zip: 84043}}
message-route: {RouteName: R, MessageUrl: "https://example.com/messages"}
voice-route: {RouteName: V, RouteType: Trunk, TrunkUri1: "sip:sip.example.com", TrunkTransport1: UDP}
availability: {AreaCode: 801}
provision: {AreaCode: 801, ProductType: Sms-Only}
subscriber: {Name: John Smith, Email: john@example.com}
test-message: {To: +13105559999, Body: "Hello!"}
`
	}
	return `
authenticate: {AccountKey: sandbox-key}
account: {AccountName: Ada, BillingEmail: b@example.com, AdminEmail: ada@example.com}
message-route: {RouteName: R, RouteUrl: "https://example.com/messages"}
voice-route: {RouteName: V, VoiceUrl: "sip:sip.example.com"}
provision: {PhoneNumber: +13105551234}
subscriber: {Name: John Smith, Email: john@example.com}
test-message: {To: +13105559999, Message: "Hello!"}
`
}

func (c *customer) path() string { return filepath.Join(c.dir, "state", "state.json") }

// write makes a file in the customer's directory.
func (c *customer) write(name, text string) string {
	c.t.Helper()
	path := filepath.Join(c.dir, name)
	require.NoError(c.t, os.WriteFile(path, []byte(text), 0o600))
	return path
}

// command is the program, not started yet. Later flags beat earlier ones.
func (c *customer) command(args ...string) *exec.Cmd {
	c.t.Helper()
	path, err := exec.LookPath("telegent-setup")
	require.NoError(c.t, err)
	cmd := exec.CommandContext(c.t.Context(), path, args...)
	cmd.Env, cmd.Dir = c.env, c.dir
	return cmd
}

// setUp is the program in its unattended face, not started yet.
func (c *customer) setUp(more ...string) *exec.Cmd {
	c.t.Helper()
	return c.command(append(append([]string{}, c.args...), more...)...)
}

// atTerminal is what makes the same setup by the wizard.
func (c *customer) atTerminal() []string {
	return slices.DeleteFunc(slices.Clone(c.args), func(arg string) bool { return arg == "--no-input" || arg == "--json" })
}

// said is what a run of the program left.
type said struct {
	exit     int
	out, err string
}

// events are the JSON Lines of a run.
func (s said) events(t *testing.T) []event {
	t.Helper()
	var all []event
	for line := range strings.Lines(s.out) {
		var e event
		require.NoError(t, json.Unmarshal([]byte(line), &e), line)
		all = append(all, e)
	}
	return all
}

// step is the event of a step; the last one when there are several.
func (s said) step(t *testing.T, id string) event {
	t.Helper()
	var found event
	for _, e := range s.events(t) {
		if e.Step == id {
			found = e
		}
	}
	return found
}

// event is one JSON object of a run's output.
type event struct {
	Event, Step, Status, Issue, Solution string
	HTTPStatus                           int `json:"http_status"`
	Exit                                 *int
	IDs                                  map[string]string `json:"ids"`
}

// run starts a command and waits for its end.
func (c *customer) run(cmd *exec.Cmd) said {
	c.t.Helper()
	return c.start(cmd)()
}

// start starts a command; what it returns waits for its end.
func (c *customer) start(cmd *exec.Cmd) (wait func() said) {
	c.t.Helper()
	var out, errs bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &errs
	require.NoError(c.t, cmd.Start())
	return func() said {
		_ = cmd.Wait() // Its exit status tells.
		return said{cmd.ProcessState.ExitCode(), out.String(), errs.String()}
	}
}

// ends runs the program in its unattended face, and requires an exit status.
func (c *customer) ends(want int, more ...string) said {
	c.t.Helper()
	got := c.run(c.setUp(more...))
	require.Equal(c.t, want, got.exit, "%s%s", got.out, got.err)
	return got
}

// file is the state file as it stands; an empty one when there is none.
func (c *customer) file() state.File {
	c.t.Helper()
	f, _, err := state.Read(c.path())
	require.NoError(c.t, err, "the state file is whole at any time")
	return f
}

// ids is what the state file holds, with the number among it.
func (c *customer) ids() map[string]string {
	c.t.Helper()
	f := c.file()
	if f.PhoneNumber != "" {
		f.IDs["PhoneNumber"] = f.PhoneNumber
	}
	return f.IDs
}

// beside lists what lies in the directory of the state file.
func (c *customer) beside() []string {
	c.t.Helper()
	entries, err := os.ReadDir(filepath.Dir(c.path()))
	require.NoError(c.t, err)
	var names []string
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return names
}
