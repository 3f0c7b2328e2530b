//go:build linux

package main

import (
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/charmbracelet/x/vt"
	"github.com/creack/pty"
	"github.com/stretchr/testify/require"
)

// seat is a program in a terminal of 100x30, and what comes from it.
type seat struct {
	b     *testing.B
	cmd   *exec.Cmd
	tty   *os.File
	start time.Time

	mu    sync.Mutex // Guards what follows.
	heard *sync.Cond // That something came.
	vt    *vt.Emulator
	first time.Time // Of what came since the last key.
	bytes int       // Since the last key.
}

// sit starts a program. A terminal that is mute answers no query.
func sit(b *testing.B, mute bool, command ...string) *seat {
	b.Helper()
	x := &seat{b: b, cmd: exec.Command(command[0], command[1:]...), vt: vt.NewEmulator(100, 30)}
	x.heard = sync.NewCond(&x.mu)
	x.cmd.Env = []string{"TERM=xterm-256color", "HOME=" + b.TempDir(), "PATH=" + os.Getenv("PATH")}
	x.start = time.Now()
	tty, err := pty.StartWithSize(x.cmd, &pty.Winsize{Rows: 30, Cols: 100})
	require.NoError(b, err)
	x.tty = tty
	var answers io.Writer = tty
	if mute {
		answers = io.Discard
	}
	go func() { _, _ = io.Copy(answers, x.vt) }()
	go x.listen()
	b.Cleanup(x.leave)
	return x
}

func (x *seat) listen() {
	buf := make([]byte, 1<<16)
	for {
		n, err := x.tty.Read(buf)
		now := time.Now()
		if err != nil {
			return
		}
		x.mu.Lock()
		if x.bytes == 0 {
			x.first = now
		}
		x.bytes += n
		_, _ = x.vt.Write(buf[:n])
		x.heard.Broadcast()
		x.mu.Unlock()
	}
}

func (x *seat) leave() {
	_ = x.cmd.Process.Kill()
	_, _ = x.cmd.Process.Wait()
	_ = x.tty.Close()
	if pipe, ok := x.vt.InputPipe().(io.Closer); ok {
		_ = pipe.Close()
	}
}

// until waits until what came satisfies done, which is called with the lock held.
func (x *seat) until(what string, done func() bool) {
	x.b.Helper()
	late := time.AfterFunc(20*time.Second, x.heard.Broadcast)
	defer late.Stop()
	begun := time.Now()
	x.mu.Lock()
	defer x.mu.Unlock()
	for !done() {
		if time.Since(begun) > 20*time.Second {
			require.Fail(x.b, what+" never came", "the screen is:\n%s", x.vt.String())
		}
		x.heard.Wait()
	}
}

// sees waits for a text on the screen, and says how long after the start it came.
func (x *seat) sees(text string) time.Duration {
	x.b.Helper()
	x.until(text, func() bool { return strings.Contains(x.vt.String(), text) })
	return time.Since(x.start)
}

func (x *seat) press(keys string) time.Time {
	x.mu.Lock()
	x.bytes = 0
	x.mu.Unlock()
	now := time.Now()
	_, err := x.tty.WriteString(keys)
	require.NoError(x.b, err)
	return now
}

// pressed is what a key brings about: how long until the screen begins to
// change, and how many bytes that takes.
func (x *seat) pressed(key string) (time.Duration, int) {
	x.b.Helper()
	at := x.press(key)
	x.until("what "+strconv.Quote(key)+" changes", func() bool { return x.bytes > 0 })
	time.Sleep(30*time.Millisecond + time.Duration(rand.Int64N(int64(34*time.Millisecond)))) // In step with no frame rate.
	x.mu.Lock()
	defer x.mu.Unlock()
	return x.first.Sub(at), x.bytes
}

// worked is the time on the processor so far, over all threads.
func (x *seat) worked() time.Duration {
	x.b.Helper()
	tasks, err := filepath.Glob(fmt.Sprintf("/proc/%d/task/*/schedstat", x.cmd.Process.Pid))
	require.NoError(x.b, err)
	var all time.Duration
	for _, task := range tasks {
		data, _ := os.ReadFile(task) // A thread may have ended.
		if fields := strings.Fields(string(data)); len(fields) > 0 {
			ns, _ := strconv.ParseInt(fields[0], 10, 64)
			all += time.Duration(ns)
		}
	}
	return all
}

// resident is the memory that a process holds, in millions of bytes.
func (x *seat) resident() float64 {
	x.b.Helper()
	data, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", x.cmd.Process.Pid))
	require.NoError(x.b, err)
	_, text, _ := strings.Cut(string(data), "VmRSS:")
	kb, err := strconv.Atoi(strings.Fields(text)[0])
	require.NoError(x.b, err)
	return float64(kb) * 1024 / 1e6
}

// percentile sorts.
func percentile(all []time.Duration, p int) float64 {
	slices.Sort(all)
	return float64(all[min(len(all)*p/100, len(all)-1)])
}

func wizardAt(b *testing.B, program string) []string {
	return []string{program, "--sandbox", "--state", filepath.Join(b.TempDir(), "state.json")}
}

// The first complete frame, against a bare program with one text input; also on
// a terminal that answers no query.
func BenchmarkFirstFrame(b *testing.B) {
	programs := built(b, ".", "./testdata/bench/input")
	for name, mute := range map[string]bool{"answering": false, "mute": true} {
		b.Run(name, func(b *testing.B) {
			var ours, theirs []time.Duration
			for b.Loop() {
				x := sit(b, mute, wizardAt(b, programs[0])...)
				ours = append(ours, x.sees("ctrl+c quit"))
				x.leave()
				x = sit(b, mute, programs[1])
				theirs = append(theirs, x.sees("enter: next"))
				x.leave()
			}
			b.ReportMetric(percentile(ours, 50)/percentile(theirs, 50), "frame-ratio")
			b.ReportMetric(0, "ns/op")
		})
	}
}

// stop is a screen of the walk: how it is reached from the one before, what is
// seen there, and two keys of which the second undoes the first. A question on the
// way is waited for: it takes no key that was typed before it could be read.
type stop struct {
	name, keys, question, text string
	pair                       [2]string
	form                       bool
}

const down, up, enter, send = "\x1b[B", "\x1b[A", "\r", "\x13"

var (
	letter = [2]string{"a", "\x7f"}
	arrows = [2]string{down, up}
)

var walk = []stop{
	{"authenticate", enter, "", "Step 1 of 8", letter, true},
	{"plan", send, "", "▸ 1  Run it", arrows, false},
	{"account", "2", "", "Step 2 of 8", letter, true},
	{"message-route", send, "", "Step 3 of 8", letter, true},
	{"voice-route", send + enter, "", "[ Create Voice Route ]", letter, true},
	{"availability", send, "", "[ Search ]", letter, true},
	{"results, filtered", send, "", "Choose a number", [2]string{"0", "\x7f"}, false},
	{"results, moved", "", "", "Choose a number", arrows, false},
	{"provision", enter, "", "Step 6 of 8", letter, true},
	{"question", send, "", "▸ 1  Yes, order it", arrows, false},
	{"subscriber", "", enter, "Step 7 of 8", letter, true},
	{"test-message", send, "", "Step 8 of 8", letter, true},
	{"done", send, enter, "is on its way", arrows, false},
}

// From a key to the repaint, on every screen, against a bare program with one
// text input; what a key costs on the wire and on the processor; and what is done
// when nothing is.
func BenchmarkKey(b *testing.B) {
	programs := built(b, ".", "./testdata/bench/input")
	stock := sit(b, false, programs[1])
	stock.sees("enter: next")
	var ours, theirs []time.Duration
	byScreen, sizes := map[string][]time.Duration{}, map[string][]time.Duration{}
	work := map[string][]float64{}
	var held float64
	var idle []float64
	for b.Loop() {
		x := sit(b, false, wizardAt(b, programs[0])...)
		x.sees("ctrl+c quit")
		for _, s := range walk {
			x.to(s)
			if s.name == "done" {
				break
			}
			before, beside := x.worked(), stock.worked()
			for i := range 12 {
				took, size := x.pressed(s.pair[i%2])
				ours, byScreen[s.name], sizes[s.name] = append(ours, took), append(byScreen[s.name], took), append(sizes[s.name], time.Duration(size))
				took, _ = stock.pressed(letter[i%2])
				theirs = append(theirs, took)
			}
			work[s.name] = append(work[s.name], float64(x.worked()-before)/float64(stock.worked()-beside))
			if s.name == "account" {
				idle = append(idle, rest(b, x, stock))
			}
		}
		held = x.resident()
		x.leave()
	}
	base, slowest, most, busiest := percentile(theirs, 50), 0.0, 0.0, 0.0
	var table strings.Builder
	for i, s := range walk[:len(walk)-1] {
		slices.Sort(work[s.name])
		ratio, size, cpu := percentile(byScreen[s.name], 50)/base, percentile(sizes[s.name], 50), work[s.name][len(work[s.name])/2]
		if i%2 == 0 {
			table.WriteString("\n")
		}
		fmt.Fprintf(&table, "%-18s p50 %.2f, CPU %.2f of stock, %3.0f bytes   ", s.name, ratio, cpu, size)
		slowest, busiest = max(slowest, ratio), max(busiest, cpu)
		if s.form {
			most = max(most, size)
		}
	}
	b.Logf("stock: p50 %.1f ms, p99 %.1f ms; the wizard: p50 %.1f ms, p99 %.1f ms%s", base/1e6, percentile(theirs, 99)/1e6, percentile(ours, 50)/1e6, percentile(ours, 99)/1e6, &table)
	b.ReportMetric(slowest, "p50-ratio-of-the-slowest")
	b.ReportMetric(percentile(ours, 99)/percentile(theirs, 99), "p99-ratio")
	b.ReportMetric(busiest, "cpu-ratio-of-the-busiest")
	b.ReportMetric(most, "bytes/key-in-a-form")
	slices.Sort(idle)
	b.ReportMetric(idle[len(idle)/2], "idle-cpu-ratio")
	b.ReportMetric(held, "resident-MB")
	b.ReportMetric(0, "ns/op")
}

// to goes on to a screen.
func (x *seat) to(s stop) {
	x.b.Helper()
	x.press(s.keys)
	if s.question != "" {
		x.sees("▸ 1  Yes")
		time.Sleep(time.Second)
		x.press(s.question)
	}
	x.sees(s.text)
	time.Sleep(time.Second) // Until nothing that was set off is under way.
}

// rest lets both programs alone for a while: the wizard must not write, and the
// ratio of what they work meanwhile is returned.
func rest(b *testing.B, x, stock *seat) float64 {
	b.Helper()
	x.press("")
	ours, theirs := x.worked(), stock.worked()
	time.Sleep(3 * time.Second)
	ours, theirs = x.worked()-ours, stock.worked()-theirs
	x.mu.Lock()
	defer x.mu.Unlock()
	require.Zero(b, x.bytes, "written while idle")
	return float64(ours) / float64(theirs)
}
