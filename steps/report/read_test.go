//go:build !race

package report_test

import (
	"bytes"
	"encoding/json"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"testing/synctest"
	"time"
	"unicode"

	"github.com/stretchr/testify/require"

	"telegent-setup/api"
	"telegent-setup/api/sandbox"
	"telegent-setup/state"
	"telegent-setup/steps"
	"telegent-setup/steps/report"
	"telegent-setup/steps/stepstest"
)

func TestAReportOfAnOrdinaryRunIsSmall(t *testing.T) {
	for _, edition := range api.Editions() {
		synctest.Test(t, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "state.json")
			s := recorded(t, edition, path, stepstest.NewBox(t, sandbox.Options{Edition: edition, Many: 10000}))
			unattended(t, s)
			made, data := reread(t, path)
			calls := 0
			for _, m := range made.Runs[0].Moments() {
				calls += len(m.Exchanges)
			}
			require.GreaterOrEqual(t, calls, 8)
			require.LessOrEqual(t, calls, 20)
			require.Less(t, len(data), 64<<10, "%d calls of edition %s", calls, edition)
			require.Zero(t, made.Cut)
		})
	}
}

// call is a line of a journal: a call with an answer of some length.
func call(length int) json.RawMessage {
	line, _ := report.Record(steps.Exchanged{Step: steps.Availability, Exchange: api.Exchange{Method: "POST", Answer: strings.Repeat("a", length)}})
	return line
}

func begin(name string) json.RawMessage {
	line, _ := report.Record(steps.Started{State: name})
	return line
}

func TestALongReportIsCutAndSaysSo(t *testing.T) {
	long := make([]json.RawMessage, 100)
	for i := range long {
		long[i] = call(8 << 10)
	}
	short := make([]json.RawMessage, 20000)
	for i := range short {
		short[i] = call(1)
	}
	run := func(name string, lines []json.RawMessage) state.Run {
		return state.Run{Lines: append([]json.RawMessage{begin(name)}, lines...)}
	}
	for name, c := range map[string]struct {
		runs []state.Run
		cut  report.Cut
	}{
		"nothing, when it fits":      {[]state.Run{run("only", long[:50])}, report.Cut{}},
		"the oldest runs first":      {[]state.Run{run("old", long), run("older than the last", long), run("last", long)}, report.Cut{Runs: 2}},
		"then the ends of answers":   {[]state.Run{run("only", append(long, long...))}, report.Cut{Answers: 200}},
		"then the oldest calls":      {[]state.Run{run("only", short)}, report.Cut{Calls: 17754}},
		"and what cannot be read is": {[]state.Run{run("only", []json.RawMessage{[]byte(`{"event":"flight"}`), []byte(`{}`)})}, report.Cut{Records: 2}},
	} {
		t.Run(name, func(t *testing.T) {
			made, err := report.New(state.File{}, c.runs, report.Options{Created: time.Now()})
			require.NoError(t, err)
			require.InDelta(t, c.cut.Calls, made.Cut.Calls, 2000)
			made.Cut.Calls = c.cut.Calls
			require.Equal(t, c.cut, made.Cut)
			var b bytes.Buffer
			require.NoError(t, made.Write(&b))
			require.LessOrEqual(t, b.Len(), 1<<20)
			begun, ok := made.Runs[len(made.Runs)-1].Started()
			require.True(t, ok)
			require.Contains(t, []string{"only", "last"}, begun.State, "the last run is kept")
			said := strings.Join(made.Summary(), "\n")
			require.Equal(t, c.cut != report.Cut{}, strings.Contains(said, "Cut:"), said)
			_, err = report.Read(b.Bytes())
			require.NoError(t, err)
		})
	}
}

// sample is a report as JSON that a test can corrupt.
func sample(t testing.TB) string {
	t.Helper()
	failure := &steps.Failure{
		Outcome: steps.Outcome{Kind: steps.Refused, Issue: steps.IssueRefused, HTTPStatus: 400, Message: "No."},
		Step:    steps.Account, Title: "The service refused.", FixStep: steps.Account,
	}
	var lines []json.RawMessage
	for _, e := range []steps.Event{
		steps.Started{Edition: "2025-12", BaseURL: "https://api.telegent.com/v1.0", State: "/home/me/state.json"},
		steps.Exchanged{Step: steps.Account, Exchange: api.Exchange{Method: "POST", URL: "https://api.telegent.com/v1.0/accounts/create", Request: json.RawMessage(`{"AccountName":"A"}`), Status: 400, Headers: map[string]string{"Date": "now"}, Answer: `{"Message":"No."}`}},
		steps.Stepped{Step: steps.Account, Number: 2, Status: steps.StatusFailed, Failure: failure, Seconds: 0.5},
		steps.Stepped{Step: steps.MessageRoute, Number: 3, Status: steps.StatusAdopted, Saved: steps.Saved{steps.MRID: "MRID-1"}},
		steps.Ended{Exit: 4, IDs: steps.Saved{steps.MRID: "MRID-1"}},
	} {
		line, ok := report.Record(e)
		require.True(t, ok)
		lines = append(lines, line)
	}
	file := state.File{Edition: "2025-12", BaseURL: "https://api.telegent.com/v1.0", AccountKey: "DID-1", Steps: map[string]state.Step{
		steps.Account: {Status: state.Failed, Answers: map[string]string{"AccountName": "A"}, Error: &state.StepError{Issue: "refused", Message: "No."}},
	}}
	made, err := report.New(file, []state.Run{{Lines: lines}}, report.Options{Version: "1.2.3", Created: time.Date(2026, 11, 23, 3, 45, 0, 0, time.UTC)})
	require.NoError(t, err)
	var b, compact bytes.Buffer
	require.NoError(t, made.Write(&b))
	require.NoError(t, json.Compact(&compact, b.Bytes()))
	return compact.String()
}

func TestAStrangersReportIsRefusedWithWhatIsWrong(t *testing.T) {
	good := sample(t)
	_, err := report.Read([]byte(good))
	require.NoError(t, err)
	swap := func(old, replacement string) string {
		require.Contains(t, good, old)
		return strings.Replace(good, old, replacement, 1)
	}
	for name, c := range map[string]struct{ data, problem string }{
		"empty":             {"", "cannot be read as JSON"},
		"no JSON":           {"hello", "cannot be read as JSON"},
		"cut short":         {good[:len(good)/2], "cannot be read as JSON"},
		"two":               {good + good, "more than one JSON value"},
		"a list":            {"[]", "no report of telegent-setup"},
		"something else":    {`{"name":"x"}`, "no report of telegent-setup"},
		"a state file":      {`{"version":1,"steps":{}}`, "no report of telegent-setup"},
		"newer":             {swap(`"report":1`, `"report":2`), "newer version"},
		"version 0":         {swap(`"report":1`, `"report":0`), "never was"},
		"not UTF-8":         {swap("No.", "\xff"), "not UTF-8"},
		"too large":         {strings.Repeat(" ", report.MaxSize+1), "larger than 16 MiB"},
		"deep":              {strings.Repeat("[", 100000) + strings.Repeat("]", 100000), "nested"},
		"deep request":      {swap(`{"AccountName":"A"}`, strings.Repeat("[", 100)+strings.Repeat("]", 100)), "nested"},
		"wide":              {swap(`"events":[`, `"events":[`+strings.Repeat("0,", 100000)), "more than 20000 members"},
		"key twice":         {swap(`"report":1`, `"report":1,"report":1`), `"report" is there twice`},
		"key in two cases":  {swap(`"report":1`, `"report":1,"Report":2`), `"Report" is there twice`},
		"hidden twice":      {swap(`"report":1`, `"report":1,"rep\u200bort":2`), `"report" is there twice`},
		"unknown key":       {swap(`"report":1`, `"report":1,"evil":true`), `unknown field "evil"`},
		"key in an event":   {swap(`"event":"end"`, `"event":"end","evil":1`), `run 1, event 5: unknown field "evil"`},
		"unknown event":     {swap(`"event":"end"`, `"event":"format"`), `run 1, event 5: there is no event "format"`},
		"unknown step":      {swap(`"step":"message-route"`, `"step":"nine"`), `there is no step "nine"`},
		"unknown fix":       {swap(`"fix_step":"account"`, `"fix_step":"nine"`), `there is no step "nine"`},
		"wrong number":      {swap(`"number":3`, `"number":99`), "step message-route is not number 99"},
		"unknown outcome":   {swap(`"status":"adopted"`, `"status":"stolen"`), `a step cannot be "stolen"`},
		"unknown ID":        {swap(`"saved":{"MRID"`, `"saved":{"evil"`), `there is no ID "evil"`},
		"exit status":       {swap(`"exit":4,"ids"`, `"exit":77,"ids"`), "no exit status 77"},
		"negative exit":     {swap(`"exit":4,"ids"`, `"exit":-1,"ids"`), "no exit status -1"},
		"exit of a failure": {swap(`"exit":4}`, `"exit":0}`), "no exit status 0"},
		"exit as text":      {swap(`"exit":4,"ids"`, `"exit":"4","ids"`), "exit is not what it should be"},
		"HTTP status":       {swap(`"status":400`, `"status":4000`), "out of its range"},
		"duration":          {swap(`"seconds":0.5`, `"seconds":-1`), "out of its range"},
		"huge number":       {swap(`"seconds":0.5`, `"seconds":1e999`), "is not what it should be"},
		"time":              {swap(`"created":"2026`, `"created":"x`), "a time is not written as"},
		"no state":          {regexp.MustCompile(`"state":\{"version".*?\},"runs"`).ReplaceAllString(good, `"runs"`), "state is missing"},
		"state":             {swap(`"status":"failed"`, `"status":"odd"`), "state: damaged: steps.account.status"},
		"counts":            {swap(`"report":1`, `"report":1,"cut":{"runs":-1}`), "out of its range"},
		"number as a text":  {swap(`"runs":[`, `"runs":7,"x":[`), "is not what it should be"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := report.Read([]byte(c.data))
			require.ErrorContains(t, err, c.problem)
			require.Less(t, len(err.Error()), 300)
		})
	}
}

func TestTextInAStrangersReportIsCleaned(t *testing.T) {
	data := sample(t)
	for old, evil := range map[string]string{
		`"message":"No."`:          `"message":"\u001b[31mNo\u202e.\u0000\n"`,
		`/home/me/state.json`:      `\u001b]0;title\u0007/home`,
		`"AccountName":"A"},"err`:  `"AccountName":"\u009b2J"},"err`,
		`"Date":"now"`:             `"Da\nte":"https://u:pw@h/?q=hidden"`,
		`"version":"1.2.3"`:        `"version":"\u001b[2J1"`,
		`{\"Message\":\"No.\"}"`:   `{\"token\":\"T\"}\u001b[2J https://u:pw@h/?q=hidden"`,
		`"request":{"AccountName"`: `"request":{"Password":"hidden","AccountName"`,
	} {
		require.Contains(t, data, old)
		data = strings.ReplaceAll(data, old, evil)
	}
	made, err := report.Read([]byte(data))
	require.NoError(t, err)
	var b bytes.Buffer
	require.NoError(t, made.Write(&b))
	requireHarmless(t, b.Bytes())
	require.NotContains(t, b.String(), "hidden")
	require.NotContains(t, b.String(), "u:pw")
	require.Contains(t, b.String(), `"message": "No. "`)
}

// requireHarmless holds that no text in JSON moves a cursor.
func requireHarmless(t testing.TB, data []byte) {
	t.Helper()
	dec := json.NewDecoder(bytes.NewReader(data))
	for {
		token, err := dec.Token()
		if err != nil {
			break
		}
		if text, ok := token.(string); ok {
			for _, r := range text {
				require.False(t, unicode.IsControl(r) && r != '\n' && r != '\t' || r == 0x202e, "%q", text)
			}
		}
	}
}

func TestASetupWithoutStateHasNothingToReport(t *testing.T) {
	_, err := report.FromFile(filepath.Join(t.TempDir(), "state.json"), report.Options{})
	require.ErrorIs(t, err, report.ErrNoSetup)
}

func TestARunThatDiedBeforeItsFirstSaveIsReported(t *testing.T) {
	path := filepath.Join(t.TempDir(), "state.json")
	recorded(t, api.Edition2026, path, stepstest.NewBox(t, sandbox.Options{})).Begin()
	made, _ := reread(t, path)
	require.Equal(t, "2026-04", made.Edition)
	require.Equal(t, stepstest.Base, made.BaseURL)
	require.Equal(t, steps.ExitSignalled, made.Runs[0].Exit(made.State))
}

func TestADamagedStateFileIsNoReport(t *testing.T) {
	path := filepath.Join(t.TempDir(), "state.json")
	require.NoError(t, os.WriteFile(path, []byte("{"), 0o600))
	_, err := report.FromFile(path, report.Options{})
	var unusable *state.UnusableError
	require.ErrorAs(t, err, &unusable)
}

func TestAReportIsAPrivateFileAndTakesNoOthersPlace(t *testing.T) {
	dir := t.TempDir()
	s := recorded(t, api.Edition2025, filepath.Join(dir, "state.json"), stepstest.NewBox(t, sandbox.Options{}))
	unattended(t, s)
	made, _ := reread(t, s.StatePath())
	paths := map[string]bool{}
	for range 3 {
		path, err := made.SaveIn(dir)
		require.NoError(t, err)
		info, err := os.Stat(path)
		require.NoError(t, err)
		require.Equal(t, fs.FileMode(0o600), info.Mode().Perm())
		require.Regexp(t, `telegent-setup-report-\d{8}-\d{6}(-\d)?\.json$`, path)
		paths[path] = true
	}
	require.Len(t, paths, 3)
	require.ErrorIs(t, made.Save(s.StatePath()), fs.ErrExist)
	require.Equal(t, state.Done, s.OnDisk(t).Steps[steps.TestMessage].Status, "the state file is as it was")
}

func TestTheRunUnderWayIsReported(t *testing.T) {
	dir := t.TempDir()
	s := recorded(t, api.Edition2025, filepath.Join(dir, "state.json"), stepstest.NewBox(t, sandbox.Options{}, "number-in-use"))
	s.Begin()
	require.Error(t, s.Walk(t, ""))
	made, err := report.FromRunner(s.Runner)
	require.NoError(t, err)
	path, err := made.SaveIn(dir)
	require.NoError(t, err)
	data, err := os.ReadFile(path)
	require.NoError(t, err)
	read, err := report.Read(data)
	require.NoError(t, err)
	require.Equal(t, stepstest.Version, read.Program.Version)
	require.Equal(t, lines(s.Events.All), lines(read.Runs[0].Events))
	_, err = made.SaveIn(filepath.Join(dir, "not there"))
	require.ErrorIs(t, err, fs.ErrNotExist)
}

func TestUnknownKeysOfALaterProgramStayOutOfAReport(t *testing.T) {
	path := filepath.Join(t.TempDir(), "state.json")
	require.NoError(t, os.WriteFile(path, []byte(`{"version":1,"edition":"2026-04","base_url":"https://api.telegent.com/v1.0","sandbox":false,
		"secret_of_later":"hidden","ids":{"LaterId":"hidden"},"steps":{"later":{"status":"done","answers":{"x":"hidden"}},
		"test-message":{"status":"done","delivery":{"status":"Sent","later":"hidden"}},
		"availability":{"status":"done","area":{"AreaCode":"801","later":"hidden"}},
		"message-route":{"status":"done","answers":{"Later":"hidden","MessageUrl":"https://u:hidden@h/p?k=hidden"},"more":"hidden"},
		"provision":{"status":"done","esim":"LPA:1$hidden","answers":{"ICCID":"8901hidden"},"error":{"issue":"x","message":"y","z":"hidden"}}}}`), 0o600))
	_, data := reread(t, path)
	require.NotContains(t, string(data), "hidden")
	require.Contains(t, string(data), "https://[redacted]@h/p?k=[redacted]")
	require.NotContains(t, string(data), "esim", "the code of an eSIM is personal")
}

func FuzzReadReport(f *testing.F) {
	good := sample(f)
	f.Add([]byte(good))
	f.Add([]byte(`{"report":1,"state":{"version":1},"runs":[{"events":[{"event":"exchange","step":"account","time":"2026-01-01T00:00:00+23:59"}]}]}`))
	f.Add([]byte(`{"report":1,"created":"9999-12-31T23:59:59-23:00","state":{"version":1,"ids":{"MRID":"\u202e"}}}`))
	for _, end := range []int{10, len(good) / 2, len(good) - 1} {
		f.Add([]byte(good[:end]))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		made, err := report.Read(data)
		if err != nil {
			for _, r := range err.Error() {
				require.False(t, unicode.IsControl(r), "%q", err)
			}
			return
		}
		var first, second bytes.Buffer
		require.NoError(t, made.Write(&first))
		requireHarmless(t, first.Bytes())
		again, err := report.Read(first.Bytes())
		require.NoError(t, err, "what was read can be written and read")
		require.NoError(t, again.Write(&second))
		require.Equal(t, first.String(), second.String())
		for _, run := range made.Runs {
			exit := run.Exit(made.State)
			require.True(t, exit >= 0 && exit <= 130)
			for _, m := range run.Moments() {
				require.NotEmpty(t, m.Step.ID)
			}
		}
		_ = made.Summary()
	})
}
