//go:build !race

package main

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"telegent-setup/api"
	"telegent-setup/api/sandbox"
	"telegent-setup/steps"
	"telegent-setup/testdata/issues"
	"telegent-setup/wizard/command"
)

// Rule: whatever goes wrong, each plain face says what happened and the whole of
// what helps, offers the fix that is documented, and ends as the contract says;
// in every edition in which it can happen. (The wizard's part of this table is
// in its own package.)
func TestEveryIssueShowsItsFix(t *testing.T) {
	t.Parallel()
	faces := map[string]struct {
		flags   []string
		require func(*testing.T, issues.Case, ending)
	}{
		"json":       {[]string{"--no-input", "--json"}, requireEvent},
		"lines":      {[]string{"--no-input"}, requireLines},
		"accessible": {[]string{"--accessible"}, requireDialog},
	}
	for _, c := range issues.All() {
		for _, edition := range c.Editions() {
			t.Run(c.Name+" "+string(edition), func(t *testing.T) {
				t.Parallel()
				for face, f := range faces {
					t.Run(face, func(t *testing.T) {
						t.Parallel()
						f.require(t, c, play(t, c, edition, f.flags...))
					})
				}
			})
		}
	}
}

// Rule: every fault of the sandbox has its place in the table, and so its fix, but
// for those that refuse no step: they are slow, or of the message and the look-ups.
func TestEveryFaultHasItsFix(t *testing.T) {
	covered := map[string]bool{"slow": true, "order-pending": true, "undelivered": true, "no-receipt": true, "no-reply": true, "no-lookup": true}
	for _, c := range issues.All() {
		name, _, _ := strings.Cut(c.Fault, "@")
		covered[name] = true
		covered[c.Issue] = true // The sandbox's own words for it are those of the guide.
	}
	for _, kind := range sandbox.Faults() {
		require.True(t, covered[kind.Name], kind.Name)
	}
}

// Rule: the table leaves no issue of the contract out.
func TestTheTableHoldsEveryIssue(t *testing.T) {
	held := map[string]bool{}
	for _, c := range issues.All() {
		held[c.Issue] = true
	}
	for _, issue := range []string{
		"unauthorized", "message-route-required", "number-in-use", "email-exists", "invalid-account", "rate-limit", "token-scope", "type-mismatch",
		"number-not-in-account", "wrong-edition", "no-numbers", "missing-id", "network", "timeout", "unexpected-answer", "server-error", "refused",
	} {
		require.True(t, held[issue], issue)
	}
}

// ending is how a run ended, and what it said.
type ending struct {
	exit        int
	out, notice string
}

// play runs the program over a service that fails as the case says.
func play(t *testing.T, c issues.Case, edition api.Edition, face ...string) ending {
	t.Helper()
	service, err := c.Service(edition)
	require.NoError(t, err)
	server := httptest.NewServer(service)
	t.Cleanup(server.Close)
	url := server.URL
	if c.Down {
		url = nobody
	}
	dir := t.TempDir()
	answers := filepath.Join(dir, "answers.yaml")
	require.NoError(t, os.WriteFile(answers, []byte(allAnswers(edition)), 0o600))
	args := append(face, "--edition", string(edition), "--base-url", url+"/v1.0", "--state", filepath.Join(dir, "s.json"), "--answers", answers)
	if c.Issue == "timeout" {
		args = append(args, "--timeout", "10s") // Time enough for the calls that are answered, on a busy machine.
	}
	var out, notice bytes.Buffer
	variables := map[string]string{"TELEGENT_ACCOUNT_KEY": sandbox.Key, "TELEGENT_ACCOUNT_SECRET": sandbox.Secret, "TELEGENT_SUBSCRIBER_PASSWORD": "SecurePass123!"}
	exit := run(t.Context(), args, command.Env{In: &person{said: &out}, Out: &out, Err: &notice, Getenv: func(name string) string { return variables[name] }})
	address := strings.NewReplacer(url, issues.Server)
	return ending{exit, address.Replace(out.String()), address.Replace(notice.String())}
}

// person takes every answer that is offered, and leaves at the first failure.
type person struct {
	said  *bytes.Buffer
	lines int
}

// Read implements io.Reader: one line at a time, once its question is asked.
func (p *person) Read(b []byte) (int, error) {
	if p.lines++; p.lines > 200 { // A question that takes no answer.
		return 0, io.EOF
	}
	switch all := p.said.String(); {
	case strings.Contains(all, "What now?"):
		return copy(b, ":quit\n"), nil
	case strings.HasSuffix(all, "Go on? "): // Nothing but a yes orders or sends.
		return copy(b, "1\n"), nil
	case strings.HasSuffix(all, "Your choice: "): // The number that was given is not listed.
		return copy(b, "0\n"), nil
	}
	return copy(b, "\n"), nil
}

// numberOf is the number of a step on the screens.
func numberOf(id string) int {
	step, _ := steps.Find(id)
	return step.Number
}

func requireEvent(t *testing.T, c issues.Case, got ending) {
	t.Helper()
	require.Equal(t, c.Exit, got.exit, "%s", got.notice)
	var step struct {
		Step, Status, Issue, Message, Solution string
		FixStep                                string `json:"fix_step"`
	}
	for line := range strings.Lines(got.out) {
		if strings.Contains(line, `"issue"`) {
			require.NoError(t, json.Unmarshal([]byte(line), &step))
		}
	}
	status := map[bool]string{false: "failed", true: "unknown"}[c.Unknown]
	require.Equal(t, []string{c.Step, status, c.Issue, c.FixStep, strings.TrimSpace(c.Solution + " " + c.Quote)}, []string{step.Step, step.Status, step.Issue, step.FixStep, step.Solution})
	require.NotEmpty(t, step.Message)
	require.Regexp(t, `"event":"end","exit":`+regexp.QuoteMeta(string(rune('0'+c.Exit))), got.out)
	require.Contains(t, got.notice, c.Title)
	require.Contains(t, got.notice, c.Solution)
	require.Contains(t, got.notice, c.Quote)
}

func requireLines(t *testing.T, c issues.Case, got ending) {
	t.Helper()
	require.Equal(t, c.Exit, got.exit, "%s", got.notice)
	status := map[bool]string{false: "failed", true: "unknown"}[c.Unknown]
	require.Regexp(t, `(?m)^Step `+string(rune('0'+numberOf(c.Step)))+` of 8 .* `+status, got.out)
	require.Contains(t, got.notice, c.Title)
	require.Contains(t, got.notice, c.Solution)
	require.Contains(t, got.notice, c.Quote)
}

func requireDialog(t *testing.T, c issues.Case, got ending) {
	t.Helper()
	require.Equal(t, steps.ExitStopped, got.exit, "%s", got.out)
	require.Contains(t, got.out, "\n"+c.Title)
	require.Contains(t, got.out, "\n"+c.Solution+"\n"+c.Quote)
	require.Regexp(t, `\n  1\. `+regexp.QuoteMeta(c.Choice)+`(\n|\. )`, got.out)
	require.NotContains(t, got.out, "\x1b")
}
