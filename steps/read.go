package steps

import (
	"errors"
	"fmt"
	"strings"

	"telegent-setup/api"
	"telegent-setup/api/text"
)

// longestID is how long an ID may be, in bytes, to be one.
const longestID = 200

// errMissingID means that an answer of success lacks the ID.
var errMissingID = errors.New("the answer holds no ID")

// numberIn is the first of several texts, as E.164: a service may leave the plus
// out, or write it for people. It is empty when that is no number.
func numberIn(texts ...api.Text) string {
	number := api.First(texts...)
	for _, n := range []string{number, international(number), "+" + number} {
		if text.IsE164(n) {
			return n
		}
	}
	return ""
}

// saved is the reading of an answer that gives one ID, under one of several
// names.
func saved(id ID, texts ...api.Text) (Saved, error) {
	value := api.First(texts...)
	switch {
	case value == "":
		return nil, errMissingID
	case strings.Contains(value, api.Redacted):
		return nil, fmt.Errorf("the %s is a secret of this run", id)
	case len(value) > longestID:
		return nil, fmt.Errorf("the %s is %d characters long", id, len(value))
	}
	return Saved{id: value}, nil
}
