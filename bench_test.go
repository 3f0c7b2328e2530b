//go:build unix

package main

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"sync/atomic"
	"testing"

	"github.com/stretchr/testify/require"

	"telegent-setup/api/sandbox"
)

// built compiles packages of this module as a release does, and gives the path
// of each program.
func built(b *testing.B, packages ...string) []string {
	b.Helper()
	dir := b.TempDir()
	var paths []string
	for _, name := range packages {
		path := filepath.Join(dir, "x"+filepath.Base(name))
		cmd := exec.Command("go", "build", "-trimpath", "-ldflags=-s -w", "-o", path, name)
		cmd.Env = append(os.Environ(), "CGO_ENABLED=0")
		out, err := cmd.CombinedOutput()
		require.NoError(b, err, string(out))
		paths = append(paths, path)
	}
	return paths
}

// cost is what one run of a process took: nanoseconds, and the peak of memory.
type cost struct{ Wall, CPU, RSS float64 }

func costOf(b *testing.B, measure string, env []string, command ...string) cost {
	b.Helper()
	cmd := exec.Command(measure, command...)
	cmd.Env, cmd.Stderr = env, os.Stderr
	out, err := cmd.Output()
	require.NoError(b, err, string(out))
	var c cost
	require.NoError(b, json.Unmarshal(out, &c))
	return c
}

// pairs are costs of two programs that took turns.
type pairs struct{ ours, theirs []cost }

// report gives the ratio of the medians of each figure.
func (p *pairs) report(b *testing.B) {
	b.Helper()
	for name, figure := range map[string]func(cost) float64{
		"wall-ratio": func(c cost) float64 { return c.Wall },
		"cpu-ratio":  func(c cost) float64 { return c.CPU },
		"rss-ratio":  func(c cost) float64 { return c.RSS },
	} {
		b.ReportMetric(median(p.ours, figure)/median(p.theirs, figure), name)
	}
	b.ReportMetric(0, "ns/op") // A time of this machine says nothing.
}

func median(all []cost, figure func(cost) float64) float64 {
	var values []float64
	for _, c := range all {
		values = append(values, figure(c))
	}
	slices.Sort(values)
	return values[len(values)/2]
}

// serviceOf is a sandbox; when areas is above 0, it finds that many.
func serviceOf(b *testing.B, areas int) http.Handler {
	b.Helper()
	box, err := sandbox.New(sandbox.Options{})
	require.NoError(b, err)
	if areas == 0 {
		return box
	}
	type area struct{ NGP, AreaCode, Zipcode string }
	found := make([]area, areas)
	for i := range found {
		found[i] = area{"NGP-1", fmt.Sprint(201 + i%799), fmt.Sprintf("%05d", i)}
	}
	answer, err := json.Marshal(map[string]any{"ResultsTotal": areas, "AvailableNumberAreas": found})
	require.NoError(b, err)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/v1.0/numbers/availability" {
			box.ServeHTTP(w, r)
			return
		}
		w.Header().Set("Content-Type", "application/json")
		_, _ = w.Write(answer)
	})
}

const benchAnswers = `
account: {AccountName: My MVNO Business, AccountType: MVNO, BillingEmail: billing@example.com, AdminEmail: admin@example.com}
message-route: {RouteName: Primary, RouteUrl: "https://example.com/messages"}
voice-route: {RouteName: Primary, VoiceUrl: "sip:voice@example.com"}
availability: {AreaCode: 801}
provision: {PhoneNumber: "+18015550111", NumberType: mvno, MessageType: p2p}
subscriber: {Name: John Smith, Email: john@example.com}
test-message: {To: "+13105559999", Message: "Hello!"}
`

// A whole unattended run, against the same eight calls by bare net/http with
// the same 14 state writes made as durably, both against a loopback service.
func BenchmarkUnattended(b *testing.B) {
	programs := built(b, ".", "./testdata/bench/unattended", "./testdata/bench/measure")
	answers := filepath.Join(b.TempDir(), "answers.yaml")
	require.NoError(b, os.WriteFile(answers, []byte(benchAnswers), 0o600))
	env := append(os.Environ(), "TELEGENT_ACCOUNT_KEY="+sandbox.Key, "TELEGENT_ACCOUNT_SECRET="+sandbox.Secret, "TELEGENT_SUBSCRIBER_PASSWORD=SecurePass123!")
	for _, areas := range []int{0, 10_000} {
		b.Run(fmt.Sprintf("areas=%d", areas), func(b *testing.B) {
			var now atomic.Value // The service of this run: a new one has taken no number and no email.
			server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { now.Load().(http.HandlerFunc)(w, r) }))
			defer server.Close()
			var p pairs
			for b.Loop() {
				dir := b.TempDir()
				now.Store(http.HandlerFunc(serviceOf(b, areas).ServeHTTP))
				p.ours = append(p.ours, costOf(b, programs[2], env, programs[0], "--no-input", "--answers", answers, "--base-url", server.URL+"/v1.0", "--state", filepath.Join(dir, "ours", "state.json")))
				now.Store(http.HandlerFunc(serviceOf(b, areas).ServeHTTP))
				p.theirs = append(p.theirs, costOf(b, programs[2], env, programs[1], server.URL+"/v1.0", filepath.Join(dir, "state.json"), "+18015550111"))
			}
			p.report(b)
		})
	}
}

// --version, against a program on cobra that does nothing else.
func BenchmarkVersion(b *testing.B) {
	programs := built(b, ".", "./testdata/bench/hello", "./testdata/bench/measure")
	var p pairs
	for b.Loop() {
		p.ours = append(p.ours, costOf(b, programs[2], os.Environ(), programs[0], "--version"))
		p.theirs = append(p.theirs, costOf(b, programs[2], os.Environ(), programs[1], "--version"))
	}
	p.report(b)
}

// The size of the stripped program, in millions of bytes.
func BenchmarkSize(b *testing.B) {
	info, err := os.Stat(built(b, ".")[0])
	require.NoError(b, err)
	for b.Loop() { // There is nothing to repeat.
		continue
	}
	b.ReportMetric(float64(info.Size())/1e6, "MB")
	b.ReportMetric(0, "ns/op")
}
