package state

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode"

	"github.com/stretchr/testify/require"

	"telegent-setup/api/text"
)

// FuzzReadFile holds that whatever is accepted as a state file can be written
// and read again with the same meaning, and brings no control character in.
func FuzzReadFile(f *testing.F) {
	f.Add([]byte(contractFile))
	f.Add([]byte(fullFile))
	f.Add([]byte(futureFile))
	for content := range damagedFiles() {
		if len(content) < 1<<10 {
			f.Add([]byte(content))
		}
	}
	f.Add([]byte(`{"version":1,"base_url":"https://u:p/w@h@x/?#@","AccountKey":"\u202e\u0000\ud800\t\n"}`))
	f.Add([]byte(`{"version":1,"steps":{"a":{"status":"sent","updated":"9999-12-31T23:59:59.9-01:00"}},"x":[ 1 , {} ]}`))
	f.Add([]byte(`{"version":1,"ids":{"A":1,"B":"\u0001","C":null},"history":[{"id":"x","replaced":"0000-01-01T00:00:00+01:00"}]}`))
	f.Add([]byte(`{"version":1,"steps":{"a":{"status":"sent","answers":{},"unsettled":[],"before":[]}},"history":[]}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		first, err := Decode(data)
		if err != nil {
			require.Equal(t, text.Clean(err.Error()), err.Error(), "a reason is shown to people")
			return
		}
		for _, text := range texts(first) {
			require.False(t, strings.ContainsFunc(text, forbidden), "%q", text)
		}
		written, err := Encode(first)
		require.NoError(t, err)
		second, err := Decode(written)
		require.NoError(t, err, "%s", written)
		require.Equal(t, first, second)
		again, err := Encode(second)
		require.NoError(t, err)
		require.Equal(t, string(written), string(again), "the order of keys is stable")
	})
}

// texts lists what a file holds for people to read.
func texts(f File) []string {
	all := []string{f.Edition, f.BaseURL, f.AccountKey, f.PhoneNumber}
	for id, value := range f.IDs {
		all = append(all, id, value)
	}
	for id, s := range f.Steps {
		all = append(all, id, s.OrderID, s.ESIM, s.Delivery.Status)
		for key, value := range s.Answers {
			all = append(all, key, strings.NewReplacer("\n", "", "\t", "").Replace(value))
		}
		if s.Error != nil {
			all = append(all, s.Error.Kind, s.Error.Issue, s.Error.Message)
		}
	}
	for _, r := range f.History {
		all = append(all, r.ID, r.Value)
	}
	return all
}

func forbidden(r rune) bool {
	return unicode.IsControl(r) || r == 0x61c || r == 0x2028 || r == 0xfeff || r == 0x200e || r == 0x200f ||
		r >= 0x202a && r <= 0x202e || r >= 0x2066 && r <= 0x2069
}

// FuzzReadJournal holds that every journal can be read and gone on with: what
// is read are objects, reading them again gives the same runs, and a line that
// is appended to it is read back whole, as the last one.
func FuzzReadJournal(f *testing.F) {
	f.Add([]byte(""), 2, 100)
	f.Add([]byte(`{"event":"start"}`+"\n"+`{"event":"end"}`+"\n"), 1, 10)
	f.Add([]byte(`{"before":1}`+"\n"+`{"event":"start"}`+"\n\n[1]\n"+`{"event":"start","n":2}`+"\n"+`{"ev`), 1, 1000)
	f.Add([]byte("\x00\x00\n"+` {"event": "start"} `+"\r\n{\"a\":\"\xff\"}\n"), 5, 0)
	f.Add([]byte(strings.Repeat(`{"event":"start"}`+"\n", 9)), -1, -1)
	f.Fuzz(func(t *testing.T, data []byte, maxRuns, maxBytes int) {
		runs, err := readRuns(bytes.NewReader(data), maxJournal)
		require.NoError(t, err)
		var joined []byte
		for _, line := range lineList(runs) {
			var object map[string]json.RawMessage
			require.NoError(t, json.Unmarshal([]byte(line), &object))
			joined = append(append(joined, line...), '\n')
		}
		again, err := readRuns(bytes.NewReader(joined), maxJournal)
		require.NoError(t, err)
		require.Equal(t, runs, again)

		path := filepath.Join(t.TempDir(), "journal")
		require.NoError(t, os.WriteFile(path, data, 0o600))
		j, err := OpenJournal(path, maxRuns, int64(maxBytes))
		require.NoError(t, err)
		require.NoError(t, j.Append(json.RawMessage(`{"appended": true}`)))
		require.NoError(t, j.Close())
		after, err := ReadJournal(path)
		require.NoError(t, err)
		lines, kept := lineList(runs), lineList(after)
		require.Equal(t, `{"appended":true}`, kept[len(kept)-1])
		kept = kept[:len(kept)-1]
		require.LessOrEqual(t, len(kept), len(lines))
		require.Equal(t, lines[len(lines)-len(kept):], kept, "only the oldest lines are dropped")
	})
}

// lineList is every line of the runs, in order.
func lineList(runs []Run) []string {
	lines := []string{}
	for _, run := range runs {
		for _, line := range run.Lines {
			lines = append(lines, string(line))
		}
	}
	return lines
}
