//go:build !race

package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
)

// Rule: the program does what CONTRACT.md says, end to end. Each script states
// its own rule.
func TestScript(t *testing.T) {
	t.Parallel()
	testscript.Run(t, testscript.Params{
		Dir:                 filepath.Join("testdata", "script"),
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		Setup: func(e *testscript.Env) error {
			e.Setenv("XDG_STATE_HOME", filepath.Join(e.WorkDir, ".state"))
			e.Setenv("HOME", e.WorkDir)
			e.Setenv("GORACE", "atexit_sleep_ms=0") // Under the race detector a program lingers for a second.
			e.Setenv("LocalAppData", filepath.Join(e.WorkDir, ".state"))
			return nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"exits":    exits,
			"fake":     fake,
			"answer":   answer,
			"requests": requests,
			"events":   events,
			"serve":    serve,
			"same":     same,
			"nosecret": noSecret,
			"waitfor":  waitFor,
			"listen":   listen,
			"heard":    heard,
		},
	})
}

// exits STATUS COMMAND...: the command ends with exactly this status.
func exits(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: exits STATUS COMMAND...")
	}
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	got := 0
	var exit *exec.ExitError
	if err = ts.Exec(args[1], args[2:]...); errors.As(err, &exit) {
		got = exit.ExitCode()
	} else {
		ts.Check(err)
	}
	if got != want {
		ts.Fatalf("exit status %d, want %d", got, want)
	}
}

// service is a fake of the service that answers by rote and remembers what it
// was sent. It shares nothing with the sandbox.
type service struct {
	mu      sync.Mutex
	seen    strings.Builder
	answers map[string][]reply // By path; the last one stays.
}

type reply struct {
	status int
	body   string
}

// hangs is the status of an answer that never comes.
const hangs = 0

// rote are the answers that the fake begins with, those of the guide.
func rote() map[string][]reply {
	all := map[string][]reply{}
	for path, body := range map[string]string{
		"/v1.1/oauth/token":          `{"token":"T-1","tokenExpiry":"05/02/2099 06:36:13 PM"}`,
		"/v1.0/oauth2/tokens":        `{"token":"T-1","tokenExpiry":"05/02/2099 06:36:13 PM"}`,
		"/v1.0/accounts/create":      `{"AccountId":"AID-1"}`,
		"/v1.0/account/create":       `{"AccountId":"AID-1"}`,
		"/v1.0/message/routes":       `{"MessageRouteId":"MRID-1"}`,
		"/v1.0/voice/routes":         `{"CallRouteId":"CRID-1"}`,
		"/v1.0/numbers/availability": `{"ResultsTotal":1,"AvailableNumberAreas":[{"NGP":"1","AreaCode":"310","Zipcode":"90001"}]}`,
		"/v1.0/numbers/provision":    `{"PhoneNumber":"+13105551234","PhoneNumberAssigned":"+13105551234","TNID":"TNID-1","PhoneNumberId":"TNID-1","OrderId":"JNUOID-1","OrderStatus":"Complete"}`,
		"/v1.0/subscribers/create":   `{"SubscriberId":"TSUID-1"}`,
		"/v1.0/message/send":         `{"MessageId":"TMID-1"}`,
		"/v1.0/message/outbound":     `{"MessageId":"TMID-1","Status":"Queued"}`,
	} {
		all[path] = []reply{{http.StatusOK, body}}
	}
	return all
}

// ServeHTTP implements http.Handler.
func (s *service) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(r.Body)
	s.mu.Lock()
	defer s.mu.Unlock()
	fmt.Fprintf(&s.seen, "%s %s\n", r.Method, r.URL.RequestURI())
	for _, name := range []string{"Authorization", "Accept", "Content-Type", "User-Agent"} {
		if v := r.Header.Get(name); v != "" {
			fmt.Fprintf(&s.seen, "%s: %s\n", name, v)
		}
	}
	var pretty bytes.Buffer
	if json.Indent(&pretty, body, "", "  ") != nil {
		pretty.Write(body)
	}
	if pretty.Len() > 0 {
		pretty.WriteByte('\n')
	}
	fmt.Fprintf(&s.seen, "%s\n", pretty.String())
	rest := s.answers[r.URL.Path]
	if len(rest) == 0 {
		http.Error(w, `{"StatusCode":404,"Message":"Not found"}`, http.StatusNotFound)
		return
	}
	if len(rest) > 1 {
		s.answers[r.URL.Path] = rest[1:]
	}
	if rest[0].status == hangs {
		s.mu.Unlock()
		<-r.Context().Done()
		s.mu.Lock()
		return
	}
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(rest[0].status)
	_, _ = io.WriteString(w, rest[0].body)
}

// fake starts the fake service; $URL is its base URL.
func fake(ts *testscript.TestScript, _ bool, _ []string) {
	s := &service{answers: rote()}
	server := httptest.NewServer(s)
	ts.Defer(server.Close)
	ts.Setenv("URL", server.URL+"/v1.0")
	ts.Setenv("TELEGENT_BASE_URL", server.URL+"/v1.0")
	services.Store(ts.Getenv("WORK"), s)
}

// services finds the fake of a script by its directory.
var services sync.Map

func theFake(ts *testscript.TestScript) *service {
	s, ok := services.Load(ts.Getenv("WORK"))
	if !ok {
		ts.Fatalf("there is no fake")
	}
	return s.(*service)
}

// answer PATH STATUS BODY: the next call to path is answered so, before what
// was to come. answer PATH gone: from now on there is no such path. Status 0 is
// an answer that never comes.
func answer(ts *testscript.TestScript, _ bool, args []string) {
	s := theFake(ts)
	s.mu.Lock()
	defer s.mu.Unlock()
	if args[1] == "gone" {
		delete(s.answers, args[0])
		return
	}
	status, err := strconv.Atoi(args[1])
	ts.Check(err)
	s.answers[args[0]] = append([]reply{{status, args[2]}}, s.answers[args[0]]...)
}

// requests FILE: these and no other requests were sent since the last time, to
// the letter; FILE none is none at all.
func requests(ts *testscript.TestScript, _ bool, args []string) {
	s := theFake(ts)
	s.mu.Lock()
	got := s.seen.String()
	s.seen.Reset()
	s.mu.Unlock()
	want := ""
	if args[0] != "none" {
		want = strings.TrimSpace(ts.ReadFile(args[0])) + "\n\n"
	}
	got = regexp.MustCompile(`SETUP-[A-Z2-7]+`).ReplaceAllString(got, "SETUP-*")
	got = strings.ReplaceAll(got, strings.TrimSuffix(ts.Getenv("URL"), "/v1.0"), "SERVER")
	differ(ts, got, want)
}

// events FILE: standard output is these JSON Lines, but for times, ports and
// the random part of IDs.
func events(ts *testscript.TestScript, _ bool, args []string) {
	got := ts.ReadFile("stdout")
	for _, c := range [][2]string{
		{`"seconds":[0-9.e-]+`, `"seconds":0`},
		{`(AID|MRID|CRID|TNID|TSUID|TMID)-[0-9a-f]{8}-[0-9a-f-]+`, `$1-*`},
		{`127\.0\.0\.1:\d+`, `HOST`},
		{`"transaction_log_id":"[^"]*"`, `"transaction_log_id":"*"`},
		{regexp.QuoteMeta(ts.Getenv("WORK")), `WORK`},
	} {
		got = regexp.MustCompile(c[0]).ReplaceAllString(got, c[1])
	}
	differ(ts, got, ts.ReadFile(args[0]))
}

func differ(ts *testscript.TestScript, got, want string) {
	if got != want {
		ts.Fatalf("got:\n%s\nwant:\n%s", got, want)
	}
}

// serve ARGS...: starts telegent-setup sandbox with these arguments; $URL is
// where it says that it listens.
func serve(ts *testscript.TestScript, _ bool, args []string) {
	path, err := exec.LookPath("telegent-setup")
	ts.Check(err)
	cmd := exec.Command(path, append([]string{"sandbox"}, args...)...)
	out, err := cmd.StdoutPipe()
	ts.Check(err)
	ts.Check(cmd.Start())
	ts.Defer(func() {
		_ = cmd.Process.Signal(os.Interrupt)
		_ = cmd.Wait()
	})
	line, err := bufio.NewReader(out).ReadString('\n')
	ts.Check(err)
	url, ok := strings.CutPrefix(strings.TrimSpace(line), "listening on ")
	if !ok {
		ts.Fatalf("it says %q", line)
	}
	ts.Setenv("URL", url)
	ts.Setenv("TELEGENT_BASE_URL", url)
}

// same A B: the files are the same, byte for byte.
func same(ts *testscript.TestScript, neg bool, args []string) {
	if equal := ts.ReadFile(args[0]) == ts.ReadFile(args[1]); equal == neg {
		ts.Fatalf("%s and %s: the same is %v", args[0], args[1], equal)
	}
}

// nosecret TEXT...: no file that the program wrote under $WORK, and not what it
// printed last, holds any of these.
func noSecret(ts *testscript.TestScript, _ bool, secrets []string) {
	texts := map[string]string{"stdout": ts.ReadFile("stdout"), "stderr": ts.ReadFile("stderr")}
	ts.Check(filepath.WalkDir(ts.Getenv("WORK"), func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.Contains(d.Name(), ".json") {
			return err
		}
		data, err := os.ReadFile(path)
		texts[path] = string(data)
		return err
	}))
	for name, text := range texts {
		for _, secret := range secrets {
			if strings.Contains(text, secret) {
				ts.Fatalf("%s holds %q", name, secret)
			}
		}
	}
}

// waitfor PATH: waits until the fake was called there.
func waitFor(ts *testscript.TestScript, _ bool, args []string) {
	s := theFake(ts)
	if !eventually(func() bool {
		s.mu.Lock()
		defer s.mu.Unlock()
		return strings.Contains(s.seen.String(), " "+args[0]+"\n")
	}) {
		ts.Fatalf("%s was never called", args[0])
	}
}

// eventually waits until something is so.
func eventually(so func() bool) bool {
	for end := time.Now().Add(patience); !so(); time.Sleep(time.Millisecond) {
		if time.Now().After(end) {
			return false
		}
	}
	return true
}

// receivers finds the receiver of a script by its directory.
var receivers sync.Map

// receiver is telegent-setup webhook listen at work.
type receiver struct {
	mu    sync.Mutex
	lines []string
}

// listen FILE: starts telegent-setup webhook listen; $HOOK is where it listens, and
// FILE, an answers file, names it from now on.
func listen(ts *testscript.TestScript, _ bool, args []string) {
	path, err := exec.LookPath("telegent-setup")
	ts.Check(err)
	cmd := exec.Command(path, "webhook", "listen", "--addr", "127.0.0.1:0")
	cmd.Env = append(os.Environ(), "XDG_STATE_HOME="+ts.Getenv("XDG_STATE_HOME"), "HOME="+ts.Getenv("HOME"), "LocalAppData="+ts.Getenv("LocalAppData"))
	out, err := cmd.StdoutPipe()
	ts.Check(err)
	ts.Check(cmd.Start())
	ts.Defer(func() {
		_ = cmd.Process.Signal(os.Interrupt)
		_ = cmd.Wait()
	})
	lines := bufio.NewScanner(out)
	lines.Scan()
	url, ok := strings.CutPrefix(lines.Text(), "listening on ")
	if !ok {
		ts.Fatalf("it says %q", lines.Text())
	}
	r := &receiver{}
	receivers.Store(ts.Getenv("WORK"), r)
	go func() {
		for lines.Scan() {
			r.mu.Lock()
			r.lines = append(r.lines, lines.Text())
			r.mu.Unlock()
		}
	}()
	ts.Setenv("HOOK", url)
	answers := fmt.Sprintf("%smessage-route: {RouteName: X, RouteUrl: %q}\n", ts.ReadFile(args[0]), url)
	ts.Check(os.WriteFile(filepath.Join(ts.Getenv("WORK"), args[0]), []byte(answers), 0o600))
}

// heard PATTERN: waits until the receiver has written a line like that.
func heard(ts *testscript.TestScript, _ bool, args []string) {
	found, ok := receivers.Load(ts.Getenv("WORK"))
	if !ok {
		ts.Fatalf("there is no receiver")
	}
	r, pattern := found.(*receiver), regexp.MustCompile(args[0])
	text := ""
	if !eventually(func() bool {
		r.mu.Lock()
		defer r.mu.Unlock()
		text = strings.Join(r.lines, "\n")
		return pattern.MatchString(text)
	}) {
		ts.Fatalf("no line like %s in:\n%s", args[0], text)
	}
}
