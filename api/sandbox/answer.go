package sandbox

import (
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"strconv"
	"time"
)

// object is a JSON object of an answer.
type object map[string]any

// answer is what goes back to the client.
type answer struct {
	status int
	header http.Header
	body   object
	ids    []string // The keys of body that name what was created.
	raw    *raw     // Sent in place of body.
}

// raw is an answer that is not what the service means to say.
type raw struct {
	contentType string
	text        []byte
}

func (a answer) ok() bool { return a.status == http.StatusOK }

// created answers with body, whose ids name what was created.
func created(body object, ids ...string) answer {
	return answer{status: http.StatusOK, body: body, ids: ids}
}

// refuse is an error answer in the service's usual words. Support asks for
// the TransactionLogId.
func refuse(status int, format string, args ...any) answer {
	return answer{status: status, body: object{
		"StatusCode":       status,
		"Message":          fmt.Sprintf(format, args...),
		"TransactionLogId": newUUID(),
	}}
}

// tooMany is the answer over the rate limit. Retry-After is in whole seconds,
// so it is rounded up: a client that obeys it is let in.
func tooMany(wait time.Duration) answer {
	a := refuse(http.StatusTooManyRequests, "Rate limit exceeded: %d requests per minute", paceLimit)
	seconds := int64((wait + time.Second - 1) / time.Second)
	a.header = http.Header{"Retry-After": {strconv.FormatInt(seconds, 10)}}
	return a
}

// write sends the answer.
func (s *Sandbox) write(w http.ResponseWriter, a answer) {
	out := a.raw
	if out == nil {
		out = &raw{contentType: jsonType, text: encode(s.wrap(a))}
	}
	maps.Copy(w.Header(), a.header)
	w.Header().Set("Content-Type", out.contentType)
	w.Header().Set("Content-Length", strconv.Itoa(len(out.text)))
	w.WriteHeader(a.status)
	_, _ = w.Write(out.text) // A client that has gone needs no answer.
}

const jsonType = "application/json; charset=utf-8"

// wrap puts the answer into the envelope when the sandbox uses one. Refusals
// come bare in either case.
func (s *Sandbox) wrap(a answer) object {
	if _, refused := a.body["Successful"]; !s.envelope || !a.ok() || refused {
		return a.body
	}
	return object{"Successful": true, "Data": a.body}
}

func encode(body object) []byte {
	text, err := json.Marshal(body)
	if err != nil {
		panic(fmt.Sprintf("encode an answer: %v", err)) // Answers hold nothing that JSON cannot.
	}
	return text
}
