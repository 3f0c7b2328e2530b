package state

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"syscall"
	"testing"

	"github.com/stretchr/testify/require"
)

const startLine = `{"event":"start"}` + "\n"

func journalPath(t *testing.T) string {
	t.Helper()
	return JournalPath(newPath(t))
}

func mustOpenJournal(t *testing.T, path string, maxRuns int, maxBytes int64) *Journal {
	t.Helper()
	j, err := OpenJournal(path, maxRuns, maxBytes)
	require.NoError(t, err)
	t.Cleanup(func() { _ = j.Close() })
	return j
}

// runTexts is the lines of each run.
func runTexts(t *testing.T, path string) [][]string {
	t.Helper()
	runs, err := ReadJournal(path)
	require.NoError(t, err)
	var texts [][]string
	for _, run := range runs {
		texts = append(texts, lineList([]Run{run}))
	}
	return texts
}

func TestRecordsAreReadBackByRun(t *testing.T) {
	path := journalPath(t)
	for n := range 2 {
		j := mustOpenJournal(t, path, 20, 1<<20)
		require.NoError(t, j.Append(struct {
			Event string `json:"event"`
			Run   int    `json:"run"`
		}{"start", n}))
		require.NoError(t, j.Append(map[string]string{"answer": "<a\n&b>"}))
		require.NoError(t, j.Append(json.RawMessage("{\n  \"event\": \"end\"\n}")))
		require.NoError(t, j.Close())
	}
	require.Equal(t, [][]string{
		{`{"event":"start","run":0}`, `{"answer":"<a\n&b>"}`, `{"event":"end"}`},
		{`{"event":"start","run":1}`, `{"answer":"<a\n&b>"}`, `{"event":"end"}`},
	}, runTexts(t, path))
}

func TestAMissingJournalHasNoRuns(t *testing.T) {
	require.Empty(t, runTexts(t, journalPath(t)))
}

func TestTheJournalIsPrivate(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("Windows has no modes")
	}
	path := journalPath(t)
	mode := func() fs.FileMode {
		info, err := os.Stat(path)
		require.NoError(t, err)
		return info.Mode().Perm()
	}
	mustOpenJournal(t, path, 20, 1<<20)
	require.Equal(t, fs.FileMode(0o600), mode(), "when it is made")
	write(t, path, strings.Repeat(startLine, 3))
	mustOpenJournal(t, path, 2, 1<<20)
	require.Equal(t, fs.FileMode(0o600), mode(), "when it is written anew")
}

func TestOnlyObjectsAreRecords(t *testing.T) {
	path := journalPath(t)
	j := mustOpenJournal(t, path, 20, 1<<20)
	for name, record := range map[string]any{
		"a list":    []int{1},
		"a string":  "text",
		"null":      nil,
		"no JSON":   json.RawMessage(`{"a":`),
		"a number":  math.Inf(1),
		"too large": map[string]string{"a": strings.Repeat("x", maxLine)},
	} {
		require.Error(t, j.Append(record), name)
	}
	require.Empty(t, readAll(t, path))
}

func TestLinesThatAreNoObjectsAreLeftOut(t *testing.T) {
	path := journalPath(t)
	write(t, path, "\x00\x00\n[1]\nnull\n\n"+`{"before":"any start"}`+"\r\n"+startLine+`{"a":1} {"b":2}`+"\n"+
		"{\"a\":\"\xff\"}\n"+`{"event":"started"}`+"\n"+`{"said":"{\"event\":\"start\"}"}`+"\n"+`{"torn":`)
	require.Equal(t, [][]string{
		{`{"before":"any start"}`},
		{`{"event":"start"}`, `{"event":"started"}`, `{"said":"{\"event\":\"start\"}"}`},
	}, runTexts(t, path))
}

func TestALineCutShortSpoilsNoOther(t *testing.T) {
	for name, tail := range map[string]string{
		"in the middle":             `{"event":"st`,
		"just before its end":       `{"whole":1}`,
		"by a crash of the machine": "\x00\x00\x00",
	} {
		t.Run(name, func(t *testing.T) {
			path := journalPath(t)
			write(t, path, startLine+tail)
			j := mustOpenJournal(t, path, 20, 1<<20)
			require.NoError(t, j.Append(map[string]int{"next": 1}))
			require.NoError(t, j.Append(map[string]int{"next": 2}))
			require.Equal(t, startLine+tail+"\n{\"next\":1}\n{\"next\":2}\n", readAll(t, path))
		})
	}
}

// full is a disk with room for a few more bytes.
type full struct {
	io.WriteCloser
	room int
}

func (f full) Write(p []byte) (int, error) {
	n, _ := f.WriteCloser.Write(p[:f.room])
	return n, syscall.ENOSPC
}

func TestAnAppendCutShortSpoilsNotTheNext(t *testing.T) {
	for room, want := range map[int]string{
		0: "{\"next\":1}\n{\"next\":2}\n",
		5: "{\"los\n{\"next\":1}\n{\"next\":2}\n",
	} {
		path := journalPath(t)
		j := mustOpenJournal(t, path, 20, 1<<20)
		file := j.file
		j.file = full{file, room}
		require.ErrorIs(t, j.Append(map[string]int{"lost": 1}), syscall.ENOSPC)
		j.file = file
		require.NoError(t, j.Append(map[string]int{"next": 1}))
		require.NoError(t, j.Append(map[string]int{"next": 2}))
		require.Equal(t, want, readAll(t, path))
	}
}

func TestTheOldestWholeRunsAreDropped(t *testing.T) {
	run := func(n int) string { return startLine + fmt.Sprintf(`{"run":%d}`, n) + "\n" } // 28 bytes.
	const early = `{"before":"any start"}` + "\n"
	for name, c := range map[string]struct {
		had      string
		maxRuns  int
		maxBytes int64
		want     string
	}{
		"within both bounds":           {run(1) + run(2), 2, 56, run(1) + run(2)},
		"too many runs":                {run(1) + run(2) + run(3), 2, 1 << 20, run(2) + run(3)},
		"too many bytes":               {run(1) + run(2) + run(3), 9, 83, run(2) + run(3)},
		"both":                         {run(1) + run(2) + run(3), 2, 28, run(3)},
		"the last run is kept":         {run(1) + run(2), 1, 5, run(2)},
		"even with no run allowed":     {run(1) + run(2), 0, 0, run(2)},
		"lines before a start are one": {early + run(1), 1, 1 << 20, run(1)},
		"and kept as one":              {early + run(1), 2, 1 << 20, early + run(1)},
		"a torn tail goes with its run": {
			run(1) + run(2) + `{"to`, 1, 1 << 20, run(2) + `{"to`,
		},
		"nothing": {"", 1, 0, ""},
	} {
		t.Run(name, func(t *testing.T) {
			path := journalPath(t)
			write(t, path, c.had)
			mustOpenJournal(t, path, c.maxRuns, c.maxBytes)
			require.Equal(t, c.want, readAll(t, path))
			require.Equal(t, []string{filepath.Base(path)}, names(t, filepath.Dir(path)))
		})
	}
}

func TestALineIsReadUpToItsBound(t *testing.T) {
	line := func(n int) string { return `{"a":"` + strings.Repeat("x", n-8) + `"}` }
	path := journalPath(t)
	write(t, path, startLine+line(maxLine)+"\n"+line(maxLine+1)+"\n"+`{"after":1}`+"\n")
	runs := runTexts(t, path)
	require.Len(t, runs, 1)
	require.Len(t, runs[0], 3)
	require.Len(t, runs[0][1], maxLine)
	require.Equal(t, `{"after":1}`, runs[0][2])
}

func TestTheTailOfALongLineIsNoLine(t *testing.T) {
	const buffers = 3 * 64 << 10
	tail := `{"event":"start"}`
	path := journalPath(t)
	write(t, path, "{}\n"+strings.Repeat("x", buffers)+tail+"\n"+startLine)
	mustOpenJournal(t, path, 1, 1<<20)
	require.Equal(t, startLine, readAll(t, path), "only the last line begins a run")

	var lines []string
	var offsets []int64
	size, torn, err := scanLines(strings.NewReader(tail+"\n"+strings.Repeat("x", buffers)+tail+"\n"+tail), 100,
		func(offset int64, line []byte) {
			offsets, lines = append(offsets, offset), append(lines, string(line))
		})
	require.NoError(t, err)
	require.True(t, torn)
	long := int64(len(tail) + 1)
	last := long + buffers + long
	require.Equal(t, []string{tail, "", tail}, lines)
	require.Equal(t, []int64{0, long, last}, offsets)
	require.Equal(t, last+int64(len(tail)), size)
}

func TestWhatIsKeptInMemoryIsBounded(t *testing.T) {
	line := `{"a":"` + strings.Repeat("x", 928) + `"}` + "\n" // 1000 with its cost.
	start := `{"event":"start","a":"` + strings.Repeat("x", 912) + `"}` + "\n"
	read := func(data string, budget int) []int {
		runs, err := readRuns(strings.NewReader(data), budget)
		require.NoError(t, err)
		var counts []int
		for _, run := range runs {
			counts = append(counts, len(run.Lines))
		}
		return counts
	}
	data := start + line + start + line + line + start
	require.Equal(t, []int{2, 3, 1}, read(data, 6000))
	require.Equal(t, []int{3, 1}, read(data, 5999), "the oldest run goes first")
	require.Equal(t, []int{3}, read(start+line+line+line, 3999), "a run alone keeps its beginning")
}

func TestAJournalMustBeAFile(t *testing.T) {
	_, err := OpenJournal(t.TempDir(), 20, 1<<20)
	require.ErrorContains(t, err, "not a regular file")
	_, err = ReadJournal(t.TempDir())
	require.ErrorContains(t, err, "not a regular file")
}

func TestAReadErrorIsTold(t *testing.T) {
	_, err := readRuns(failing{}, maxJournal)
	require.ErrorIs(t, err, syscall.EIO)
}

// failing is a file on a broken disk.
type failing struct{}

func (failing) Read([]byte) (int, error) { return 0, syscall.EIO }

func TestAJournalIsSafeForSeveralGoroutines(t *testing.T) {
	path := journalPath(t)
	j := mustOpenJournal(t, path, 20, 1<<20)
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			if err := j.Append(map[string]string{"event": "start"}); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	require.Len(t, runTexts(t, path), 8)
	require.NoError(t, j.Close())
	require.ErrorIs(t, j.Append(map[string]int{}), os.ErrClosed)
	require.True(t, errors.Is(j.Close(), os.ErrClosed))
}

// BenchmarkOpenJournal is what a full journal costs at the start of a run.
func BenchmarkOpenJournal(b *testing.B) {
	path := filepath.Join(b.TempDir(), "journal")
	line := []byte(`{"event":"exchange","answer":"` + strings.Repeat("x", 2000) + `"}` + "\n")
	data := append([]byte(startLine), bytes.Repeat(line, 2000)...)
	require.NoError(b, os.WriteFile(path, data, 0o600))
	b.SetBytes(int64(len(data)))
	for b.Loop() {
		j, err := OpenJournal(path, 20, 8<<20)
		require.NoError(b, err)
		require.NoError(b, j.Close())
	}
}
