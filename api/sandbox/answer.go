package sandbox

import (
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"strconv"
)

// object is a JSON object, of an answer or of a request.
type object map[string]any

// text is the value of a field that is text, else empty.
func (o object) text(key string) string {
	text, _ := o[key].(string)
	return text
}

// orNil is the value of a field, or nil when it is empty.
func (o object) orNil(key string) any {
	if text := o.text(key); text != "" {
		return text
	}
	return nil
}

// with is the object with more fields.
func (o object) with(more object) object {
	all := maps.Clone(o)
	maps.Copy(all, more)
	return all
}

// answer is what goes back to the client.
type answer struct {
	status int
	header http.Header
	body   object
	ids    []string      // The keys of body that name what was created.
	text   []byte        // Sent in place of body.
	did    string        // What was done, for the log.
	fault  string        // That may hold the answer back or lose it on its way, or empty.
	calls  []webhookCall // Made once what was created is kept.
}

func (a *answer) ok() bool { return a.status == http.StatusOK }

// done answers with body, whose ids name what was created.
func done(did string, body object, ids ...string) *answer {
	return &answer{status: http.StatusOK, body: body, ids: ids, did: did}
}

// refuse is an error answer in the service's usual words. Support asks for
// the TransactionLogId.
func refuse(status int, message string) *answer {
	return &answer{status: status, did: "refused: " + message, body: object{
		"StatusCode":       status,
		"Message":          message,
		"TransactionLogId": newUUID(),
	}}
}

// unknownID is the answer to a look-up of what the sandbox does not hold.
func unknownID(key string) *answer {
	return refuse(http.StatusNotFound, key+" does not exist or belongs to a different account")
}

// write sends the answer.
func (a *answer) write(w http.ResponseWriter) {
	text := a.text
	if text == nil {
		text = encode(a.body)
	}
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	maps.Copy(w.Header(), a.header)
	w.Header().Set("Content-Length", strconv.Itoa(len(text)))
	w.WriteHeader(a.status)
	_, _ = w.Write(text) // A client that has gone needs no answer.
}

func encode(body object) []byte {
	text, err := json.Marshal(body)
	if err != nil {
		panic(fmt.Sprintf("encode an answer: %v", err)) // Answers hold nothing that JSON cannot.
	}
	return text
}

// The service writes dates in several formats; these are two of them, in UTC.
const (
	dateLayout  = "01/02/2006 03:04:05 PM"
	stampLayout = "2006-01-02T15:04:05Z"
)

// objects are all of a kind as they are answered: [] when there is none, not
// null.
func objects[T any](all []T, each func(T) object) []object {
	list := make([]object, 0, len(all))
	for _, one := range all {
		list = append(list, each(one))
	}
	return list
}

// onPage is the part of all that is on a page, counted from 1.
func onPage[T any](all []T, page, size int) []T {
	if page-1 > len(all)/size {
		return nil
	}
	start := min((page-1)*size, len(all))
	return all[start:min(start+size, len(all))]
}

// listSize is the most entries on a page of a list.
const listSize = 100
