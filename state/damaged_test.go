package state

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// damagedFiles are no state files, with what is wrong with them.
func damagedFiles() map[string]string {
	step := func(inner string) string { return `{"version":1,"steps":{"account":` + inner + `}}` }
	return map[string]string{
		"":                                   "the file is empty",
		" ":                                  "line 1 cannot be read as JSON",
		"{\n\"version\": 1,\noops}":          "line 3 cannot be read as JSON",
		"{\"version\": 1}\n{\"version\": 1}": "line 2 cannot be read as JSON",
		"{\"version\":1,\"x\":\"\xff\"}":     "not UTF-8 text",
		`[{"version":1}]`:                    "the file is no object",
		`{"Version":1}`:                      "version is missing",
		`{"version":0}`:                      "version is unknown",
		`{"version":"1"}`:                    "version is no whole number",
		`{"version":1,"version":1}`:          "version is there twice",
		`{"version":1,"edition":2025}`:       "edition is no string",
		`{"version":1,"base_url":null}`:      "base_url is no string",
		`{"version":1,"sandbox":"true"}`:     "sandbox is no boolean",
		`{"version":1,"AccountKey":{}}`:      "AccountKey is no string",
		`{"version":1,"ids":null}`:           "ids is no object",
		`{"version":1,"ids":{"MRID":5}}`:     "ids.MRID is no string",
		`{"version":1,"ids":{"MRID":"a","MR\u0000ID":"b"}}`:                                   "ids.MRID is there twice",
		`{"version":1,"steps":[]}`:                                                            "steps is no object",
		step(`"done"`):                                                                        "steps.account is no object",
		step(`{"status":"finished"}`):                                                         "steps.account.status is no known status",
		step(`{}`):                                                                            "steps.account.status is no known status",
		step(`{"status":"done","updated":"yesterday"}`):                                       "steps.account.updated is no time",
		step(`{"status":"done","answers":[]}`):                                                "steps.account.answers is no object",
		step(`{"status":"done","answers":{"A":1}}`):                                           "steps.account.answers.A is no string",
		step(`{"status":1}`):                                                                  "steps.account.status is no status",
		step(`{"status":"done","answers":null}`):                                              "steps.account.answers is no object",
		step(`{"status":"done","answers":{"A":null}}`):                                        "steps.account.answers.A is no string",
		step(`{"status":"done","updated":"9999-12-31T23:59:59-01:00"}`):                       "steps.account.updated is no time",
		step(`{"status":"done","delivery":{"status":1}}`):                                     "steps.account.delivery.status is no string",
		step(`{"status":"done","answered":"yes"}`):                                            "steps.account.answered is no boolean",
		step(`{"status":"failed","error":null}`):                                              "steps.account.error is no object",
		step(`{"status":"failed","error":"x"}`):                                               "steps.account.error is no object",
		step(`{"status":"failed","error":{"issue":[]}}`):                                      "steps.account.error.issue is no string",
		step(`{"status":"sent","order_id":1}`):                                                "steps.account.order_id is no string",
		`{"version":1,"steps":{"account":{"status":"sent"},"account":{"status":"todo"}}}`:     "steps.account is there twice",
		`{"version":1,"history":{}}`:                                                          "history is no array",
		`{"version":1,"history":[{},1]}`:                                                      "history[1] is no object",
		`{"version":1,"history":[{"replaced":"2026"}]}`:                                       "history[0].replaced is no time",
		`{"version":1,"x":` + strings.Repeat("[", 20_000) + strings.Repeat("]", 20_000) + `}`: "line 1 cannot be read as JSON",
	}
}

// requireUntouched opens and reads a file that is no state file: both refuse
// it, and leave it as it is.
func requireUntouched(t *testing.T, content, reason string) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "state.json")
	require.NoError(t, os.WriteFile(path, []byte(content), 0o600))

	_, openErr := Open(path)
	_, found, readErr := Read(path)
	for _, err := range []error{openErr, readErr} {
		var unusable *UnusableError
		require.ErrorAs(t, err, &unusable)
		require.Equal(t, UnusableError{Path: path, Reason: reason}, *unusable)
		require.EqualError(t, unusable, path+": "+reason)
	}
	require.True(t, found)
	after, err := os.ReadFile(path)
	require.NoError(t, err)
	require.True(t, content == string(after), "the file was touched")

	held, err := takeLock(path)
	require.NoError(t, err, "the lock is given back")
	require.NoError(t, held.Unlock())
}

func TestADamagedFileIsRefusedAndLeftAsItIs(t *testing.T) {
	for content, reason := range damagedFiles() {
		t.Run(reason, func(t *testing.T) {
			requireUntouched(t, content, "damaged: "+reason)
		})
	}
}

func TestAFileOfANewerProgramIsRefusedAndLeftAsItIs(t *testing.T) {
	requireUntouched(t, `{"version":2,"edition":{"of":"another shape"},"steps":[]}`,
		"written by a newer version of telegent-setup")
}

func TestAFileAbove16MiBIsRefusedAndLeftAsItIs(t *testing.T) {
	requireUntouched(t, `{"version":1,"x":"`+strings.Repeat("x", maxSize)+`"}`, "too large for a state file")
}

func TestADirectoryIsNoStateFile(t *testing.T) {
	var unusable *UnusableError
	_, err := Open(t.TempDir())
	require.ErrorAs(t, err, &unusable)
	_, _, err = Read(t.TempDir())
	require.ErrorAs(t, err, &unusable)
}

func TestAReasonIsShort(t *testing.T) {
	_, err := Decode([]byte(`{"version":1,"ids":"","` + strings.Repeat("x", 9_000) + `":1,"steps":{"` + strings.Repeat("x", 9_000) + `":1}}`))
	require.Error(t, err)
	require.Less(t, len(err.Error()), 200)
}
