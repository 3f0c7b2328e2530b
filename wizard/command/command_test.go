package command

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
	"github.com/stretchr/testify/require"

	"telegent-setup/api/sandbox"
	"telegent-setup/steps"
)

// console is an environment without a terminal.
func console(variables map[string]string) (e Env, out, errs *bytes.Buffer) {
	out, errs = &bytes.Buffer{}, &bytes.Buffer{}
	return Env{In: strings.NewReader(""), Out: out, Err: errs, Getenv: func(name string) string { return variables[name] }, Version: "1.2.3"}, out, errs
}

// Rule: every error has its status, and one that was told already has no text.
func TestExplain(t *testing.T) {
	for name, c := range map[string]struct {
		err             error
		status          int
		problem, remedy string
	}{
		"told":             {ExitStatus(5), 5, "", ""},
		"told, and closed": {Unexpected(errors.Join(ExitStatus(4), nil)), 4, "", ""},
		"usage":            {Unexpected(UsageError("no such step", "Give another.")), 2, "no such step", "Give another."},
		"a flag":           {errors.New("unknown flag: --x"), 2, "unknown flag: --x", "telegent-setup --help lists the commands and flags."},
		"a full disk":      {Unexpected(fmt.Errorf("write: %w", syscall.ENOSPC)), 1, "write: no space left on device", "Make room on that disk, then start again."},
		"anything else":    {Unexpected(errors.New("odd")), 1, "odd", "Fix that, then start again."},
	} {
		t.Run(name, func(t *testing.T) {
			status, problem, remedy := Explain(c.err)
			require.Equal(t, []any{c.status, c.problem, c.remedy}, []any{status, problem, remedy})
		})
	}
	require.NoError(t, Unexpected(nil))
	require.NoError(t, exit(steps.ExitDone))
}

// Rule: every command says in one line what it does, and needs no more than one
// argument.
func TestEveryCommandIsDescribed(t *testing.T) {
	e, out, _ := console(nil)
	root := &cobra.Command{Use: "telegent-setup", SilenceErrors: true, SilenceUsage: true}
	root.SetOut(out)
	AddTo(root, e, Faces{})
	var names []string
	for _, cmd := range root.Commands() {
		names = append(names, cmd.Name())
		require.NotEmpty(t, cmd.Short, cmd.Name())
		require.Error(t, cmd.ValidateArgs([]string{"a", "b"}), cmd.Name())
	}
	require.Subset(t, names, []string{
		"answers", "completion", "curl", "esim", "export", "man", "replay", "report", "reset", "sandbox", "status", "verify", "webhook",
	})
}

// Rule: the sandbox's help names its credentials and every fault.
func TestTheSandboxExplainsItself(t *testing.T) {
	help := sandboxHelp()
	require.Contains(t, help, sandbox.Key)
	require.Contains(t, help, sandbox.Secret)
	for _, kind := range sandbox.Faults() {
		require.Contains(t, help, kind.Name)
		require.Contains(t, help, kind.Effect)
	}
}

// Rule: a request to the sandbox is one line: time, method, path, status, and what
// it did.
func TestTheSandboxLogsALineARequest(t *testing.T) {
	e, out, errs := console(nil)
	at := time.Date(2026, 11, 23, 3, 45, 0, 0, time.Local)
	e.logRequest(sandbox.Entry{Time: at, Method: "POST", Path: "/v1.0/accounts/create", Status: 200, Did: "created account AID-1"})
	e.logRequest(sandbox.Entry{Time: at, Method: "GET", Path: "/v1.0/numbers", Did: "cut"})
	require.Equal(t, "03:45:00.000  POST /v1.0/accounts/create      200  created account AID-1\n"+
		"03:45:00.000  GET  /v1.0/numbers              cut  cut\n", errs.String())
	require.Empty(t, out.String())
}

// Rule: colours are there on a terminal, or where they are forced, and never where
// they are not wanted.
func TestColour(t *testing.T) {
	for name, c := range map[string]struct {
		variables map[string]string
		want      bool
	}{
		"no terminal":        {nil, false},
		"forced":             {map[string]string{"CLICOLOR_FORCE": "1"}, true},
		"forced and refused": {map[string]string{"CLICOLOR_FORCE": "1", "NO_COLOR": "yes"}, false},
		"a dumb terminal":    {map[string]string{"CLICOLOR_FORCE": "1", "TERM": "dumb"}, false},
		"a screen reader":    {map[string]string{"CLICOLOR_FORCE": "1", "ACCESSIBLE": "1"}, false},
	} {
		t.Run(name, func(t *testing.T) {
			e, _, _ := console(c.variables)
			require.Equal(t, c.want, e.colour())
		})
	}
}

// Rule: an activation code is taken apart as a phone asks for it.
func TestActivation(t *testing.T) {
	for code, want := range map[string]string{
		"LPA:1$smdp.example.com$CODE":     "SM-DP+ address:  smdp.example.com\nActivation code: CODE\n",
		"lpa:1$smdp.example.com$CODE$$1":  "SM-DP+ address:  smdp.example.com\nActivation code: CODE\n",
		"something else that is no code?": "Activation code: something else that is no code?\n",
	} {
		var b strings.Builder
		require.NoError(t, writeActivation(&b, code))
		require.Equal(t, want, b.String())
	}
}

// Rule: a duration without a unit is refused with the one that was probably meant.
func TestADurationHasAUnit(t *testing.T) {
	for text, problem := range map[string]string{
		"5": "as in 5s", "5 s": "as in 30s or 2m", "": "as in 30s or 2m", "5s": "",
	} {
		var d time.Duration
		flags := pflag.NewFlagSet("test", pflag.ContinueOnError)
		AddDuration(flags, &d, "timeout", "the longest wait")
		err := flags.Parse([]string{"--timeout", text})
		if problem == "" {
			require.NoError(t, err)
			require.Equal(t, 5*time.Second, d)
			continue
		}
		require.ErrorContains(t, err, problem)
	}
}
