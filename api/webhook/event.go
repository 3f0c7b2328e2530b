package webhook

import "time"

// Event is something that a Receiver has to tell: Received, Forwarded or
// Omitted.
type Event interface{ size() int }

// Received is a message or a report that came in. All its text is cleaned and
// cut.
type Received struct {
	Number    int // Of the request, from 1. A request with a list has several messages.
	Time      time.Time
	Method    string
	Kind      Kind
	MessageID string
	From, To  string // E.164 where they are such numbers.
	Status    string // Of a report; of an inbound message where one came.
	Text      string // Of an inbound message; of unknown ones the beginning of the body.
	Media     string // URLs of an MMS.
	ErrorCode string
	Error     string
	About     string // The saved message that it is about, or answers.
	Problem   string // Why it could not be read as it should.
}

// Forwarded says what came back for a request that was forwarded.
type Forwarded struct {
	Number  int       // Of the request.
	Time    time.Time // When the request came in, as in its Received.
	Status  int
	Took    time.Duration
	Problem string // Why nothing came back.
}

// Omitted says that requests were answered that could not be told of, because
// too much waited for a slow reader.
type Omitted struct{ Count int }

// overhead is about what an event takes beside its text, in bytes.
const overhead = 400

func (e Received) size() int {
	return overhead + len(e.MessageID) + len(e.From) + len(e.To) + len(e.Status) + len(e.Text) + len(e.Media) + len(e.Error) + len(e.About)
}

func (e Forwarded) size() int { return overhead + len(e.Problem) }

func (Omitted) size() int { return overhead }
