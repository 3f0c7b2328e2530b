package text_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"telegent-setup/api/text"
)

// Rule: JSON is taken only when every reader of it would read the same.
func TestDecodeJSON(t *testing.T) {
	type object struct {
		Name  string
		Inner struct{ N int }
	}
	var got object
	require.NoError(t, text.DecodeJSON([]byte(` {"Name":"a","Inner":{"N":1}} `), &got))
	require.Equal(t, "a", got.Name)
	require.Equal(t, 1, got.Inner.N)
	for in, says := range map[string]string{
		``:                                     "cannot be read as JSON",
		`{"Name":"a"`:                          "cannot be read as JSON",
		`{"Name":"a"} {}`:                      "more than one JSON value",
		`{"Name":"a"}x`:                        "cannot be read as JSON",
		`{"Name":"a","Name":"b"}`:              `"Name" is there twice`,
		`{"Name":"a","name":"b"}`:              `"name" is there twice`,
		`{"Inner":{"N":1,"\u006e":2}}`:         `"n" is there twice`,
		`{"is":1,"\u0131s":2,"i\u017f":3}`:     `"iſ" is there twice`,
		`{"Other":1}`:                          "unknown field",
		"{\"Name\":\"\xff\"}":                  "not UTF-8 text",
		strings.Repeat("[", 100):               "nested more than 32 deep",
		"[" + strings.Repeat("1,", 1e5) + "1]": "more than 20000 members",
	} {
		require.ErrorContains(t, text.DecodeJSON([]byte(in), &object{}), says, "%.40s", in)
	}
}
