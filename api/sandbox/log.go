package sandbox

import (
	"net/http"
	"sync"
	"telegent-setup/api/text"
	"time"
)

// Entry is a request and what became of it. Its texts have no control
// characters and fit on a line.
type Entry struct {
	Time   time.Time // When it arrived.
	Method string
	Path   string // Without the query.
	Status int    // 0 when the connection was cut.
	Did    string // In words: "created account AID-...", "refused: Email already exists".
}

// entryText is the most that a text of an entry has, in characters.
const entryText = 200

// requestLog tells of requests, one at a time.
type requestLog struct {
	mu   sync.Mutex
	emit func(Entry)
}

func (l *requestLog) record(arrived time.Time, r *http.Request, status int, did string) {
	if l.emit == nil {
		return
	}
	line := func(s string) string { return text.Cut(text.Collapse(s), entryText) }
	l.mu.Lock()
	defer l.mu.Unlock()
	l.emit(Entry{arrived, line(r.Method), line(r.URL.Path), status, line(did)})
}
