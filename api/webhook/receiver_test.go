package webhook_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"telegent-setup/api/text"
	"telegent-setup/api/webhook"
)

// running is a Receiver that serves.
type running struct {
	url string
	end func() error // Ends it, and gives what Serve returned.
}

// receive serves until the test ends or end is called.
func receive(t testing.TB, o webhook.ReceiverOptions) running {
	t.Helper()
	if o.Write == nil {
		o.Write = webhook.WriteJSON
	}
	l, err := webhook.Listen("127.0.0.1:0")
	require.NoError(t, err)
	return receiveAt(t, l, o)
}

func receiveAt(t testing.TB, l net.Listener, o webhook.ReceiverOptions) running {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	served := make(chan error, 1)
	go func() { served <- webhook.NewReceiver(o).Serve(ctx, l) }()
	end := sync.OnceValue(func() error {
		cancel()
		return <-served
	})
	t.Cleanup(func() { _ = end() })
	return running{"http://" + l.Addr().String(), end}
}

// send sends a body, and gives the status.
func send(t testing.TB, url, body string) int {
	t.Helper()
	resp, err := http.Post(url, "application/json", strings.NewReader(body))
	require.NoError(t, err)
	require.NoError(t, resp.Body.Close())
	return resp.StatusCode
}

// lines reads JSON Lines.
func lines(t testing.TB, s string) []map[string]any {
	t.Helper()
	var all []map[string]any
	for line := range strings.Lines(s) {
		var v map[string]any
		require.NoError(t, json.Unmarshal([]byte(line), &v), line)
		all = append(all, v)
	}
	return all
}

// Rule: what the service sends is answered and told, with the saved message
// that it is about; text has a row a request.
func TestReceive(t *testing.T) {
	known := func() []webhook.Sent {
		return []webhook.Sent{{ID: "TMID-1", From: "+18015550111", To: []string{"+13105559999"}}}
	}
	at := time.Date(2026, 6, 1, 12, 0, 0, 7e6, time.Local)
	for name, tc := range map[string]struct {
		write func(io.Writer, webhook.Event) error
		want  string
	}{
		"text": {webhook.WriteLine, "" +
			"12:00:00.007  delivery report  -                 -                 Delivered    (about TMID-1)\n" +
			"12:00:00.007  inbound          +13105559999      +18015550111      -            Hi there  (answers TMID-1)\n" +
			"12:00:00.007  unknown          -                 -                 -            sent by PUT: a webhook is called by POST or GET\n"},
		"json": {webhook.WriteJSON, "" +
			`{"event":"received","number":1,"time":"AT","kind":"delivery report","from":"","to":"","status":"Delivered","text":"","about":"TMID-1","message_id":"TMID-1","method":"POST"}` + "\n" +
			`{"event":"received","number":2,"time":"AT","kind":"inbound","from":"+13105559999","to":"+18015550111","status":"","text":"Hi\nthere","about":"TMID-1","message_id":"TMID-2","method":"GET"}` + "\n" +
			`{"event":"received","number":3,"time":"AT","kind":"unknown","from":"","to":"","status":"","text":"","method":"PUT","problem":"sent by PUT: a webhook is called by POST or GET"}` + "\n"},
	} {
		t.Run(name, func(t *testing.T) {
			out := newWatched(3)
			r := receive(t, webhook.ReceiverOptions{Out: out, Write: tc.write, Known: known, Now: func() time.Time { return at }})
			require.Equal(t, 200, send(t, r.url+"/any/path", `{"MessageId":"TMID-1","Status":"Delivered"}`))
			resp, err := http.Get(r.url + "/?MessageId=TMID-2&From=%2B13105559999&To=+18015550111&Text=Hi%0Athere")
			require.NoError(t, err)
			require.NoError(t, resp.Body.Close())
			require.Equal(t, 200, resp.StatusCode)
			put, err := http.NewRequest(http.MethodPut, r.url, http.NoBody)
			require.NoError(t, err)
			resp, err = http.DefaultClient.Do(put)
			require.NoError(t, err)
			require.NoError(t, resp.Body.Close())
			require.Equal(t, 405, resp.StatusCode)
			require.Equal(t, "POST, GET", resp.Header.Get("Allow"))
			<-out.complete
			require.NoError(t, r.end())
			require.Equal(t, strings.ReplaceAll(tc.want, "AT", at.UTC().Format("2006-01-02T15:04:05.000Z")), out.String())
		})
	}
}

// Rule: the other columns of a row are told, too, and nothing breaks the line.
func TestWriteLine(t *testing.T) {
	at := time.Date(2026, 6, 1, 12, 0, 0, 0, time.Local)
	var out bytes.Buffer
	require.NoError(t, webhook.WriteHeading(&out))
	for _, e := range []webhook.Event{
		webhook.Received{Time: at, Kind: webhook.Report, MessageID: "TMID-2", Status: "Failed", ErrorCode: "30003", Error: "Unreachable"},
		webhook.Received{Time: at, Kind: webhook.Inbound, From: "+13105559999", Text: "a\nb" + strings.Repeat("x", 400), Media: "https://a.example/1"},
		webhook.Forwarded{Time: at, Status: 502, Took: 12 * time.Millisecond},
		webhook.Forwarded{Time: at, Problem: "not forwarded: nothing listens at 127.0.0.1:1"},
		webhook.Omitted{Count: 3},
	} {
		require.NoError(t, webhook.WriteLine(&out, e))
	}
	require.Equal(t, ""+
		"time          kind             from              to                status       text\n"+
		"12:00:00.000  delivery report  -                 -                 Failed       error 30003 Unreachable  (TMID-2)\n"+
		"12:00:00.000  inbound          +13105559999      -                 -            a b"+strings.Repeat("x", 297)+"…  media https://a.example/1\n"+
		"12:00:00.000  forwarded                                            502          answered 502 Bad Gateway after 12 ms\n"+
		"12:00:00.000  forwarded                                            -            not forwarded: nothing listens at 127.0.0.1:1\n"+
		"3 requests were answered and are not shown: too many waited for this output\n", out.String())
}

// blocked is an output that takes nothing until it is opened.
type blocked struct {
	*watched
	gate chan struct{}
}

func (b blocked) Write(p []byte) (int, error) {
	<-b.gate
	return b.watched.Write(p)
}

// Rule: an output that takes nothing delays no answer and loses no request.
func TestSlowOutput(t *testing.T) {
	const clients, each = 10, 50
	out := blocked{newWatched(clients * each), make(chan struct{})}
	r := receive(t, webhook.ReceiverOptions{Out: out})
	var group sync.WaitGroup
	for c := range clients {
		group.Go(func() {
			for i := range each {
				if got := send(t, r.url, fmt.Sprintf(`{"MessageId":"TMID-%d-%d","Status":"Sent"}`, c, i)); got != 200 {
					t.Errorf("answered %d", got)
				}
			}
		})
	}
	group.Wait()
	close(out.gate)
	<-out.complete
	require.NoError(t, r.end())
	seen := map[any]bool{}
	for _, line := range lines(t, out.String()) {
		seen[line["message_id"]] = true
	}
	require.Len(t, seen, clients*each)
}

// Rule: an output that is gone stops no receiver, and one that hangs holds up
// its end for a moment only; both are told at the end.
func TestDeadOutput(t *testing.T) {
	gone := errors.New("the terminal is gone")
	r := receive(t, webhook.ReceiverOptions{Out: io.Discard, Write: func(io.Writer, webhook.Event) error { return gone }})
	for range 3 {
		require.Equal(t, 200, send(t, r.url, `{}`))
	}
	require.ErrorIs(t, r.end(), gone)

	out := blocked{newWatched(1), make(chan struct{})}
	t.Cleanup(func() { close(out.gate) })
	r = receive(t, webhook.ReceiverOptions{Out: out})
	require.Equal(t, 200, send(t, r.url, `{}`))
	require.ErrorContains(t, r.end(), "takes no more")
}

// Rule: hostile bodies end nothing, and put nothing on the output but lines of
// text without control characters.
func TestHostileBodies(t *testing.T) {
	bodies := []string{
		"\x1b]0;owned\x07\x1b[2J\x00\r\n\r\n\u202e", `{"From":"\u001b[31m","Text":"\u0007\u009b2J\n\n"}`, `{"Text":`, "[[[[", "\xff\xfe\x00", "",
		strings.Repeat("[", 1<<20), `{"a":"` + strings.Repeat("é", 1<<18) + `"}`,
	}
	out := newWatched(len(bodies) + 3)
	r := receive(t, webhook.ReceiverOptions{Out: out, Write: webhook.WriteLine})
	for _, body := range bodies {
		require.Equal(t, 200, send(t, r.url, body))
	}
	require.Equal(t, 413, send(t, r.url, strings.Repeat("x", 1<<20+1)))
	large, err := http.NewRequest(http.MethodPost, r.url, io.LimitReader(endless{}, 100<<20))
	require.NoError(t, err)
	if resp, err := http.DefaultClient.Do(large); err == nil { // Else the connection was cut while it was sending.
		require.Equal(t, 413, resp.StatusCode)
		require.NoError(t, resp.Body.Close())
	}
	require.Equal(t, 200, send(t, r.url, `{"From":"+13105559999","Text":"still here"}`))
	<-out.complete
	require.NoError(t, r.end())
	rows := strings.Split(strings.TrimSuffix(out.String(), "\n"), "\n")
	require.Len(t, rows, len(bodies)+3)
	require.Equal(t, 2, strings.Count(out.String(), "larger than 1 MiB"))
	require.Contains(t, out.String(), "still here")
	require.Equal(t, text.Clean(out.String()), out.String())
}

// endless is a body without an end.
type endless struct{}

func (endless) Read(p []byte) (int, error) { return len(p), nil }

// pipes is a listener whose connections are in memory.
type pipes struct {
	conns chan net.Conn
	done  chan struct{}
	close func()
}

func newPipes() *pipes {
	done := make(chan struct{})
	return &pipes{make(chan net.Conn), done, sync.OnceFunc(func() { close(done) })}
}

func (p *pipes) Accept() (net.Conn, error) {
	select {
	case c := <-p.conns:
		return c, nil
	case <-p.done:
		return nil, net.ErrClosed
	}
}

func (p *pipes) Close() error {
	p.close()
	return nil
}

func (p *pipes) Addr() net.Addr { return &net.TCPAddr{IP: net.IPv4(127, 0, 0, 1), Port: 1} }

// Rule: who sends its bytes slowly is cut off after 15 s, and keeps nobody from
// being answered meanwhile.
func TestSlowBytes(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var out bytes.Buffer
		l := newPipes()
		r := receiveAt(t, l, webhook.ReceiverOptions{Out: &out, Write: webhook.WriteJSON})
		start := time.Now()
		slow, far := net.Pipe()
		l.conns <- far
		_, err := io.WriteString(slow, "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n")
		require.NoError(t, err)
		answer := make(chan string)
		go func() {
			all, _ := io.ReadAll(slow)
			answer <- string(all)
		}()
		var writer sync.WaitGroup
		writer.Go(func() {
			for err := error(nil); err == nil; time.Sleep(time.Second) {
				_, err = slow.Write([]byte("x"))
			}
		})
		quick, far := net.Pipe()
		l.conns <- far
		_, err = io.WriteString(quick, "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}")
		require.NoError(t, err)
		all, err := io.ReadAll(quick)
		require.NoError(t, err)
		require.Contains(t, string(all), "200 OK")
		require.Zero(t, time.Since(start))

		require.Contains(t, <-answer, "408 Request Timeout")
		require.Equal(t, 15*time.Second, time.Since(start).Round(time.Second))
		writer.Wait()
		require.NoError(t, r.end())
		rows := lines(t, out.String())
		require.Len(t, rows, 2)
		require.Contains(t, rows[1]["problem"], "did not come in time")
	})
}

// Rule: a request is forwarded as it came, whatever the target makes of it, and
// what came back is told.
func TestForward(t *testing.T) {
	var got []string
	target := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		got = append(got, fmt.Sprint(r.Method, " ", r.URL, " ", string(body), " ", r.Header["Authorization"], r.Header["User-Agent"], r.Header["Accept-Encoding"]))
		w.Header().Set("Location", "/elsewhere")
		w.WriteHeader(http.StatusFound)
	}))
	t.Cleanup(target.Close)
	for path, want := range map[string]string{"": "/in/here?a=1&b=2", "/fixed?key=k": "/fixed?key=k&a=1&b=2"} {
		got = nil
		to, err := webhook.ParseForward(target.URL + path)
		require.NoError(t, err)
		out := newWatched(2)
		r := receive(t, webhook.ReceiverOptions{Out: out, To: to})
		q, err := http.NewRequest(http.MethodPost, r.url+"/in/here?a=1&b=2", strings.NewReader(`{"MessageId":"TMID-1"}`))
		require.NoError(t, err)
		q.Header = http.Header{"Authorization": {"Basic eA=="}, "User-Agent": {"telegent"}, "Accept-Encoding": {"br"}, "Te": {"trailers"}}
		resp, err := http.DefaultClient.Do(q)
		require.NoError(t, err)
		require.NoError(t, resp.Body.Close())
		require.Equal(t, 200, resp.StatusCode)
		<-out.complete
		require.NoError(t, r.end())
		require.Equal(t, []string{"POST " + want + ` {"MessageId":"TMID-1"} [Basic eA==] [telegent] [br]`}, got)
		rows := lines(t, out.String())
		require.Equal(t, "forwarded", rows[1]["event"])
		require.EqualValues(t, 1, rows[1]["number"])
		require.EqualValues(t, 302, rows[1]["http_status"])
	}
}

// nobody listens there. A port that was given back would be somebody's soon.
const nobody = "127.0.0.1:1"

// Rule: a target that hangs or is not there delays no answer, and is told.
func TestForwardToNobody(t *testing.T) {
	release := make(chan struct{})
	target := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { <-release }))
	t.Cleanup(target.Close)
	t.Cleanup(func() { close(release) })
	to, err := url.Parse(target.URL)
	require.NoError(t, err)
	var out bytes.Buffer
	r := receive(t, webhook.ReceiverOptions{Out: &out, To: to})
	for range 5 {
		require.Equal(t, 200, send(t, r.url, `{}`))
	}
	require.NoError(t, r.end())
	ended := 0
	for _, row := range lines(t, out.String()) {
		if row["event"] == "forwarded" {
			require.Equal(t, "not forwarded: the program ended first", row["problem"])
			ended++
		}
	}
	require.Equal(t, 5, ended)

	to = &url.URL{Scheme: "http", Host: nobody}
	watched := newWatched(2)
	r = receive(t, webhook.ReceiverOptions{Out: watched, To: to})
	require.Equal(t, 200, send(t, r.url, `{}`))
	<-watched.complete
	require.NoError(t, r.end())
	require.Equal(t, "not forwarded: nothing listens at "+to.Host, lines(t, watched.String())[1]["problem"])
}

// Rule: a receiver does not forward to itself.
func TestForwardToItself(t *testing.T) {
	l, err := webhook.Listen("127.0.0.1:0")
	require.NoError(t, err)
	_, port, err := net.SplitHostPort(l.Addr().String())
	require.NoError(t, err)
	to := &url.URL{Scheme: "http", Host: "localhost:" + port}
	err = webhook.NewReceiver(webhook.ReceiverOptions{Out: io.Discard, Write: webhook.WriteJSON, To: to}).Serve(t.Context(), l)
	require.ErrorContains(t, err, "--forward-to")
}

// Rule: only this machine is listened to.
func TestListen(t *testing.T) {
	for address, problem := range map[string]string{
		"8788": "not HOST:PORT", "0.0.0.0:0": "use a tunnel", "[::]:0": "use a tunnel", "192.0.2.1:0": "use a tunnel",
	} {
		_, err := webhook.Listen(address)
		require.ErrorContains(t, err, problem, address)
	}
	l, err := webhook.Listen(":0")
	require.NoError(t, err)
	require.True(t, l.Addr().(*net.TCPAddr).IP.IsLoopback())
	_, err = webhook.Listen(l.Addr().String())
	require.ErrorContains(t, err, "--addr")
	require.NoError(t, l.Close())
}

// Rule: the commands of tunnels name the address that is listened to.
func TestTunnels(t *testing.T) {
	text := webhook.Tunnels("127.0.0.1:8788")
	for _, want := range []string{"cloudflared tunnel --url http://127.0.0.1:8788\n", "ngrok http 127.0.0.1:8788\n", "tailscale funnel 8788\n"} {
		require.Contains(t, text, want)
	}
}

// watched is an output that says when it has so many lines.
type watched struct {
	mu       sync.Mutex
	out      bytes.Buffer
	left     int
	complete chan struct{}
}

func newWatched(count int) *watched { return &watched{left: count, complete: make(chan struct{})} }

func (w *watched) Write(p []byte) (int, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	before := w.left > 0
	w.left -= bytes.Count(p, []byte("\n"))
	if before && w.left <= 0 {
		close(w.complete)
	}
	return w.out.Write(p)
}

func (w *watched) String() string {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.out.String()
}
