package state

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"unicode/utf8"
)

// Run is what the journal holds of one run: JSON objects, the first of them
// its start. Lines before the first start in the file are a run without one.
type Run struct{ Lines []json.RawMessage }

// ReadJournal reads the runs in the journal at path, the oldest first; none when
// there is no file. It needs no lock. What is no JSON object is left out: a line
// that a crash cut short, or one above 20 MiB. Of a journal that was let grow
// above 64 MiB it gives the last runs, and of a run alone above it the beginning.
//
// Lines are as they stand in the file, and so to be cleaned where they are read
// apart.
func ReadJournal(path string) ([]Run, error) {
	f, err := openBeside(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read journal: %w", err)
	}
	defer func() { _ = f.Close() }()
	runs, err := readRuns(f, maxJournal)
	if err != nil {
		return nil, fmt.Errorf("read journal: %w", err)
	}
	return runs, nil
}

// readRuns keeps at most budget bytes of lines.
func readRuns(r io.Reader, budget int) ([]Run, error) {
	const overhead = 64 // Of a line in memory, so that short ones count too.
	var runs []Run
	var sizes []int // Of runs, in bytes.
	total := 0
	_, _, err := scanLines(r, maxLine, func(_ int64, line []byte) {
		line = bytes.TrimSpace(line)
		if len(line) == 0 || line[0] != '{' || !utf8.Valid(line) || !json.Valid(line) {
			return
		}
		if len(runs) == 0 || isStart(line) {
			runs, sizes = append(runs, Run{}), append(sizes, 0)
		}
		cost := len(line) + overhead
		for len(runs) > 1 && total+cost > budget {
			total -= sizes[0]
			runs[0].Lines = nil // The array behind the slice would hold on to them.
			runs, sizes = runs[1:], sizes[1:]
		}
		if total+cost > budget {
			return
		}
		last := len(runs) - 1
		runs[last].Lines = append(runs[last].Lines, bytes.Clone(line))
		sizes[last] += cost
		total += cost
	})
	return runs, err
}

// isStart says whether a line begins a run. Most lines are ruled out without
// being parsed, which matters when the program starts with a long journal.
func isStart(line []byte) bool {
	if len(line) > maxStart || !bytes.Contains(line, []byte(`"start"`)) {
		return false
	}
	var record struct {
		Event string `json:"event"`
	}
	return json.Unmarshal(line, &record) == nil && record.Event == "start"
}

// scanLines calls each with the offset of every line and the line, without its
// newline, which is only valid until each returns. A line above most bytes is
// given as nil, and never held in memory. It returns the size of all, and
// whether the last line has no newline.
func scanLines(r io.Reader, most int, each func(offset int64, line []byte)) (size int64, torn bool, err error) {
	in := bufio.NewReaderSize(r, 64<<10)
	var line []byte
	begin, long := int64(0), false
	for {
		part, err := in.ReadSlice('\n')
		size += int64(len(part))
		text, ended := bytes.CutSuffix(part, []byte("\n"))
		if len(part) > 0 {
			torn = !ended
		}
		if long = long || len(line)+len(text) > most; long {
			line = nil
		} else {
			line = append(line, text...)
		}
		switch {
		case errors.Is(err, bufio.ErrBufferFull):
			continue
		case err != nil && !errors.Is(err, io.EOF):
			return size, torn, err
		}
		if size > begin {
			each(begin, line)
		}
		if err != nil {
			return size, torn, nil
		}
		line, begin, long = line[:0], size, false
	}
}
