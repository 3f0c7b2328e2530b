package webhook

import "sync"

// mostWaiting is how much a queue holds, in bytes: some 100,000 messages.
const mostWaiting = 64 << 20

// queue hands values to one taker, in order, and never makes who adds wait.
type queue[T interface{ size() int }] struct {
	mu      sync.Mutex
	changed *sync.Cond
	waiting []T
	bytes   int // Of what waits, and of what was taken last.
	taken   int // Bytes of what was taken last.
	closed  bool
}

func newQueue[T interface{ size() int }]() *queue[T] {
	q := &queue[T]{}
	q.changed = sync.NewCond(&q.mu)
	return q
}

// add reports whether there was room.
func (q *queue[T]) add(v T) bool {
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.closed || q.bytes+v.size() > mostWaiting {
		return false
	}
	q.waiting = append(q.waiting, v)
	q.bytes += v.size()
	q.changed.Signal()
	return true
}

// take waits for something, and takes all there is; nothing is the end of a
// closed queue. What was taken before counts as done.
func (q *queue[T]) take() []T {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.bytes -= q.taken
	q.taken = 0
	for len(q.waiting) == 0 && !q.closed {
		q.changed.Wait()
	}
	all := q.waiting
	q.waiting, q.taken = nil, q.bytes
	return all
}

// close lets take end once all is taken.
func (q *queue[T]) close() {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.closed = true
	q.changed.Signal()
}
