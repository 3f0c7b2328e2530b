package webhook

import (
	"bufio"
	"cmp"
	"errors"
	"io"
	"net/http"
	"net/url"
	"sync/atomic"
	"time"
)

// longestBody is how much one request may bring.
const longestBody = 1 << 20

// ReceiverOptions say what becomes of what a Receiver receives.
type ReceiverOptions struct {
	Out   io.Writer                    // Where events are written.
	Write func(io.Writer, Event) error // How: WriteLine or WriteJSON.
	Known func() []Sent                // The messages that may be meant, the newest last; from several goroutines at once. Nil for none.
	To    *url.URL                     // Where requests are forwarded; nil for nowhere.
	Now   func() time.Time             // For tests; time.Now when nil.
}

// Receiver receives what the service sends to a webhook. Every request is
// answered before anything else is done with it: a reader that is slow or gone
// delays no answer. Up to 64 MiB wait for the reader; what comes beyond that is
// answered, counted and told of as Omitted.
type Receiver struct {
	opt     ReceiverOptions
	count   atomic.Int64
	omitted atomic.Int64
	events  *queue[Event]
	forward *forwarder // Nil when nothing is forwarded.
}

// NewReceiver makes a Receiver. Events are written while it serves.
func NewReceiver(o ReceiverOptions) *Receiver {
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Known == nil {
		o.Known = func() []Sent { return nil }
	}
	r := &Receiver{opt: o, events: newQueue[Event]()}
	if o.To != nil {
		r.forward = newForwarder(o.To)
	}
	return r
}

// ServeHTTP implements http.Handler.
func (r *Receiver) ServeHTTP(w http.ResponseWriter, q *http.Request) {
	number, at := int(r.count.Add(1)), r.opt.Now()
	body, status, problem := take(w, q)
	w.Header().Set("Content-Length", "0")
	w.WriteHeader(status)
	_ = http.NewResponseController(w).Flush() // Who has hung up needs no answer.
	if problem != "" {
		r.emit(Received{Number: number, Time: at, Method: q.Method, Kind: Unknown, Problem: problem})
		return
	}
	for _, e := range read(q.URL.RawQuery, string(body), r.opt.Known()) {
		e.Number, e.Time, e.Method = number, at, q.Method
		r.emit(e)
	}
	if r.forward != nil && !r.forward.queue.add(job{number, at, q.Method, q.URL, q.Header, body}) {
		r.emit(Forwarded{Number: number, Time: at, Problem: "not forwarded: too many requests wait already"})
	}
}

// take reads a request, and says how to answer it.
func take(w http.ResponseWriter, q *http.Request) (body []byte, status int, problem string) {
	if q.Method != http.MethodPost && q.Method != http.MethodGet {
		w.Header().Set("Allow", "POST, GET")
		return nil, http.StatusMethodNotAllowed, "sent by " + cut(q.Method, 20) + ": a webhook is called by POST or GET"
	}
	body, err := io.ReadAll(http.MaxBytesReader(w, q.Body, longestBody))
	switch _, tooLarge := errors.AsType[*http.MaxBytesError](err); {
	case tooLarge:
		return nil, http.StatusRequestEntityTooLarge, "larger than 1 MiB: it was refused"
	case err != nil:
		return nil, http.StatusRequestTimeout, "the body was cut, or did not come in time"
	}
	return body, http.StatusOK, ""
}

// emit queues an event for the writer.
func (r *Receiver) emit(e Event) {
	if !r.events.add(e) {
		r.omitted.Add(1)
	}
}

// write writes events until the queue is closed. After an error it goes on
// taking them, so that nothing piles up; the first error is returned.
func (r *Receiver) write() error {
	out := bufio.NewWriterSize(r.opt.Out, 64<<10)
	var failed error
	for more := true; more; {
		batch := r.events.take()
		more = len(batch) > 0
		if n := r.omitted.Swap(0); n > 0 {
			batch = append(batch, Omitted{int(n)})
		}
		for _, e := range batch {
			failed = cmp.Or(failed, r.opt.Write(out, e))
		}
		failed = cmp.Or(failed, out.Flush())
	}
	return failed
}
