package steps

import (
	"errors"
	"fmt"

	"telegent-setup/api"
)

// longestID is how long an ID may be, in bytes, to be one.
const longestID = 200

// errMissingID means that an answer of success lacks the ID.
var errMissingID = errors.New("the answer holds no ID")

// saved is the reading of an answer that gives one ID, under one of several
// names.
func saved(id ID, texts ...api.Text) (Saved, error) {
	value := api.First(texts...)
	switch {
	case value == "":
		return nil, errMissingID
	case value == api.Redacted:
		return nil, fmt.Errorf("the %s is a secret of this run", id)
	case len(value) > longestID:
		return nil, fmt.Errorf("the %s is %d characters long", id, len(value))
	}
	return Saved{id: value}, nil
}
