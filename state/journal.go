package state

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"sync"
	"unicode/utf8"
)

// Sizes in bytes. A line holds at most one answer of the service, which is read
// up to 16 MiB, and its request.
const (
	maxLine    = 20 << 20 // Longer lines are neither written nor read.
	maxStart   = 64 << 10 // A longer line does not begin a run.
	maxJournal = 64 << 20 // What ReadJournal keeps in memory.
)

// Journal is the record of what was sent and answered, for support: JSON Lines,
// one object a line, mode 0600. A line with "event": "start" begins a run.
//
// It is only opened while the state file's lock is held, that is between Open
// and Close of its Store. It is safe for use by several goroutines.
type Journal struct {
	mu   sync.Mutex
	file io.WriteCloser
	line bytes.Buffer
	torn bool // The file does not end with a newline.
}

// OpenJournal opens the journal at path for appending, and makes it when it is
// missing. When it holds more than maxRuns runs or maxBytes bytes, the oldest
// whole runs are dropped first; the last run is always kept.
func OpenJournal(path string, maxRuns int, maxBytes int64) (*Journal, error) {
	torn, err := trim(path, maxRuns, maxBytes)
	if err != nil {
		return nil, fmt.Errorf("open journal: %w", err)
	}
	f, err := openOwn(path, os.O_WRONLY|os.O_CREATE|os.O_APPEND)
	if err != nil {
		return nil, fmt.Errorf("open journal: %w", err)
	}
	return &Journal{file: f, torn: torn}, nil
}

// Append writes record, which must encode as a JSON object, as one line. It is
// not flushed: the journal is for support, the state file is what must survive,
// and a flush at every call would double the time of a run. A line that a crash
// cut short is left as it is and the next begins after it.
func (j *Journal) Append(record any) error {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.line.Reset()
	if j.torn {
		j.line.WriteByte('\n')
	}
	begin := j.line.Len()
	enc := json.NewEncoder(&j.line)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(record); err != nil {
		return fmt.Errorf("write to journal: %w", err)
	}
	switch line := j.line.Bytes()[begin:]; {
	case line[0] != '{':
		return errors.New("write to journal: the record is no JSON object")
	case len(line) > maxLine:
		return fmt.Errorf("write to journal: a record of %d bytes is too long", len(line))
	}
	n, err := j.file.Write(j.line.Bytes())
	if n > 0 {
		j.torn = n < j.line.Len()
	}
	if err != nil {
		return fmt.Errorf("write to journal: %w", err)
	}
	return nil
}

// Close closes the file.
func (j *Journal) Close() error {
	j.mu.Lock()
	defer j.mu.Unlock()
	if err := j.file.Close(); err != nil {
		return fmt.Errorf("close journal: %w", err)
	}
	return nil
}

// trim drops the oldest runs of a journal that is over its bounds, and says
// whether its last line was cut short.
func trim(path string, maxRuns int, maxBytes int64) (torn bool, err error) {
	f, err := openBeside(path)
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	defer func() { _ = f.Close() }()
	var starts []int64 // Of the last maxRuns runs.
	size, torn, err := scanLines(f, maxStart, func(offset int64, line []byte) {
		if offset > 0 && !isStart(line) {
			return
		}
		if starts = append(starts, offset); len(starts) > max(maxRuns, 1) {
			starts = starts[1:]
		}
	})
	if err != nil || len(starts) == 0 {
		return torn, err
	}
	for len(starts) > 1 && size-starts[0] > maxBytes {
		starts = starts[1:]
	}
	if starts[0] == 0 {
		return torn, nil
	}
	_, err = replace(realDisk(), path, path+".tmp", func(w io.Writer) error {
		if _, err := io.Copy(w, io.NewSectionReader(f, starts[0], size-starts[0])); err != nil {
			return err
		}
		return f.Close() // Windows replaces no file that is open.
	})
	return torn, err
}

// Run is what the journal holds of one run: JSON objects, the first of them
// its start. Lines before the first start in the file are a run without one.
type Run struct {
	Lines []json.RawMessage
	size  int // In memory, about.
}

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
	total := 0
	_, _, err := scanLines(r, maxLine, func(_ int64, line []byte) {
		line = bytes.TrimSpace(line)
		if len(line) == 0 || line[0] != '{' || !utf8.Valid(line) || !json.Valid(line) {
			return
		}
		if len(runs) == 0 || isStart(line) {
			runs = append(runs, Run{})
		}
		cost := len(line) + overhead
		for len(runs) > 1 && total+cost > budget {
			total -= runs[0].size
			runs[0] = Run{} // The array behind the slice would hold on to its lines.
			runs = runs[1:]
		}
		if total+cost > budget {
			return
		}
		last := &runs[len(runs)-1]
		last.Lines = append(last.Lines, bytes.Clone(line))
		last.size += cost
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
		text := bytes.TrimSuffix(part, []byte("\n"))
		if long = long || len(line)+len(text) > most; long {
			line = nil
		} else {
			line = append(line, text...)
		}
		switch {
		case errors.Is(err, bufio.ErrBufferFull):
			continue
		case err != nil && !errors.Is(err, io.EOF):
			return size, false, err
		}
		if size > begin {
			each(begin, line)
		}
		if err != nil {
			return size, size > begin, nil
		}
		line, begin, long = line[:0], size, false
	}
}
