//go:build !race

package state_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"telegent-setup/api"
	"telegent-setup/api/sandbox"
	"telegent-setup/api/sandbox/sandboxtest"
	"telegent-setup/state"
	"telegent-setup/steps"
)

// killAt is the environment variable that makes this binary a setup, in the
// directory it names, which kills itself at a stage of a save: DIR|STAGE|SAVE.
const killAt = "STATE_TEST_KILL_AT"

// TestMain runs the tests, or the setup that one of them kills.
func TestMain(m *testing.M) {
	if text, ok := os.LookupEnv(killAt); ok {
		os.Exit(killed(text))
	}
	os.Exit(m.Run())
}

// killed sets up until it kills itself.
func killed(text string) int {
	part := strings.Split(text, "|")
	n, err := strconv.Atoi(part[2])
	if err != nil {
		return 1
	}
	saves := 0
	store, err := state.OpenWatched(filepath.Join(part[0], "state.json"), func(stage string) {
		if stage == firstStage {
			saves++
		}
		if stage == part[1] && saves == n {
			if self, err := os.FindProcess(os.Getpid()); err == nil {
				_ = self.Kill()
			}
			select {}
		}
	})
	if err != nil {
		return 1
	}
	if err := setUp(part[0], store); err != nil {
		return 1
	}
	return 0
}

// firstStage and renameStage are where a save begins, and where the new file
// takes the place of the old.
const (
	firstStage  = "open the directory"
	renameStage = "rename the new file"
)

// box is the service of a setup: what it holds outlives the programs.
func box(dir string) (*sandbox.Sandbox, error) {
	return sandbox.New(sandbox.Options{Data: filepath.Join(dir, "box")})
}

// setUp goes through all steps in a directory. One that was found sent is
// settled by what the service holds.
func setUp(dir string, store *state.Store) error {
	service, err := box(dir)
	if err != nil {
		return err
	}
	base, err := api.ParseBaseURL("http://127.0.0.1/v1.0")
	if err != nil {
		return err
	}
	file, err := steps.Resolve(store.Path(), store.File(), steps.Wanted{Sandbox: true, BaseURL: base.String()})
	if err != nil {
		return err
	}
	r := steps.New(steps.Config{Store: store, File: file, Client: api.New(api.Options{BaseURL: base, Transport: sandboxtest.Transport{Handler: service}})})
	if err := r.SignIn(context.Background()); err != nil {
		return err
	}
	for step, left := r.Next(); left; step, left = r.Next() {
		if r.Unsettled(step.ID) == nil {
			err = carryOut(r, step.ID)
		} else {
			err = settle(r, step.ID, service.Objects())
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// carryOut carries a step out; a search chooses nothing.
func carryOut(r *steps.Runner, step string) error {
	if r.Form(step).Search == nil {
		_, err := r.Submit(context.Background(), step, false)
		return err
	}
	if _, err := r.Search(context.Background(), step, 0); err != nil {
		return err
	}
	return r.Choose(step, nil)
}

// settle enters the ID of what the service holds, or sends again what it does
// not.
func settle(r *steps.Runner, step string, o sandbox.Objects) error {
	adopting, ids := steps.Answers{}, held(o)
	for _, f := range r.Form(step).Adopt {
		adopting[f.Key] = ids[string(f.SavedID)]
	}
	for _, value := range adopting {
		if value == "" {
			_, err := r.Submit(context.Background(), step, true)
			return err
		}
	}
	_, err := r.Adopt(step, adopting, false)
	return err
}

// held is the last of each that the service holds, by the names of the state
// file.
func held(o sandbox.Objects) map[string]string {
	all := map[string]string{}
	for id, values := range kinds(o) {
		if len(values) > 0 {
			all[id] = values[len(values)-1]
		}
	}
	return all
}

func kinds(o sandbox.Objects) map[string][]string {
	return map[string][]string{
		"AccountId": o.Accounts, "MRID": o.MessageRoutes, "CRID": o.VoiceRoutes, "TNID": o.Numbers,
		"PhoneNumber": o.PhoneNumbers, "SubscriberId": o.Subscribers, "MessageId": o.Messages,
	}
}

// standing tells where every step of a file stands, in a line.
func standing(f state.File) string {
	var all []string
	for _, s := range steps.AllIn(f) {
		all = append(all, string(s.Status))
	}
	return strings.Join(all, " ")
}

// reference is a setup that nobody kills: where it stands before the first save
// and after each, and the stages of a save.
func reference(t *testing.T) (standings, stages []string) {
	t.Helper()
	dir := t.TempDir()
	path := filepath.Join(dir, "state.json")
	look := func() {
		f, _, err := state.Read(path)
		require.NoError(t, err)
		standings = append(standings, standing(f))
	}
	store, err := state.OpenWatched(path, func(stage string) {
		if stage == firstStage {
			look()
		}
		if len(standings) == 2 { // The second save; the first has no file to replace.
			stages = append(stages, stage)
		}
	})
	require.NoError(t, err)
	defer func() { require.NoError(t, store.Close()) }()
	require.NoError(t, setUp(dir, store))
	look()
	return standings, stages
}

// Rule: killed before any stage of any save, a setup leaves the file as it was
// before that save or as it is after it, never between, and the next run comes
// to the end with one of each, nothing lost.
func TestKilledAtAnyStageOfAnySave(t *testing.T) {
	standings, stages := reference(t)
	require.Len(t, standings, 1+14, "one save for each step that creates nothing, two for each that does")
	require.Equal(t, []string{firstStage, "create state.json.tmp", "write the new file", "write the rest of the new file",
		"flush the new file", "close the new file", renameStage, "flush the directory", "close the directory"}, stages)
	renamed := slices.Index(stages, renameStage)
	for n := 1; n < len(standings); n++ {
		for i, stage := range stages {
			expected := standings[n-1]
			if i > renamed {
				expected = standings[n]
			}
			t.Run(fmt.Sprintf("save %d, %s", n, stage), func(t *testing.T) {
				t.Parallel()
				dir := t.TempDir()
				die(t, dir, stage, n)
				f, _, err := state.Read(filepath.Join(dir, "state.json"))
				require.NoError(t, err, "the file is whole")
				require.Equal(t, expected, standing(f))
				requireResumed(t, dir)
			})
		}
	}
}

// die runs a setup that kills itself.
func die(t *testing.T, dir, stage string, n int) {
	t.Helper()
	exe, err := os.Executable()
	require.NoError(t, err)
	cmd := exec.CommandContext(t.Context(), exe)
	cmd.Env = append(os.Environ(), "GORACE=atexit_sleep_ms=0", fmt.Sprintf("%s=%s|%s|%d", killAt, dir, stage, n))
	err = cmd.Run()
	var exit *exec.ExitError
	require.True(t, errors.As(err, &exit) && (!exit.Exited() || exit.ExitCode() > 1), "it was killed, not %v", err)
}

// requireResumed goes on with a setup, and holds its end against the service.
func requireResumed(t *testing.T, dir string) {
	t.Helper()
	store, err := state.Open(filepath.Join(dir, "state.json"))
	require.NoError(t, err, "the lock went with the one that was killed")
	defer func() { require.NoError(t, store.Close()) }()
	require.NoError(t, setUp(dir, store))
	service, err := box(dir)
	require.NoError(t, err)
	for id, values := range kinds(service.Objects()) {
		require.Len(t, values, 1, "%s is there once", id)
	}
	ids := store.File().IDs
	ids["PhoneNumber"] = store.File().PhoneNumber
	require.Equal(t, held(service.Objects()), ids)
	left, err := filepath.Glob(filepath.Join(dir, "*.tmp*"))
	require.NoError(t, err)
	require.Empty(t, left, "what was half written is gone")
}
