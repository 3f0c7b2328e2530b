// Package answers reads what is given ahead of a run: the answers file, in the
// words of either edition, and the environment. What is refused is named with
// its place in the file, and no value is ever repeated. It also makes the file to
// fill in, and its JSON Schema.
//
// It may import steps, state and api. A runner is handed what was given, and
// knows of no file.
package answers

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf16"

	"go.yaml.in/yaml/v3"

	"telegent-setup/api/text"
)

// MaxSize is the most bytes that an answers file may have.
const MaxSize = 1 << 20

// File is a file of answers as it was written, YAML or JSON. What its keys mean
// depends on the edition: see For.
type File struct {
	name string
	root *yaml.Node // A mapping; nil when the file says nothing.
}

// Parse reads an answers file; name is what errors call it. Anchors,
// aliases, merge keys and tags are refused, so that a value is what stands in
// the file and a small file stays small. The error is an *Error.
func Parse(name string, data []byte) (*File, error) {
	f := &File{name: text.OneLine(name)}
	if len(data) > MaxSize {
		return nil, f.failed(Problem{Message: "the answers file is larger than 1 MiB", Remedy: remedyShape})
	}
	dec := yaml.NewDecoder(bytes.NewReader(unescapeJSON(data)))
	var doc, second yaml.Node
	err := dec.Decode(&doc)
	if errors.Is(err, io.EOF) {
		return f, nil
	}
	if err == nil {
		err = dec.Decode(&second)
	}
	switch {
	case err == nil:
		return nil, f.failed(wrong(&second, "a second document begins here", "Put all answers into one document."))
	case !errors.Is(err, io.EOF):
		return nil, f.syntax(err)
	}
	root := doc.Content[0]
	problem, special := findSpecial(root)
	switch {
	case special:
		return nil, f.failed(problem)
	case root.Kind == yaml.MappingNode:
		f.root = root
	case !isNull(root):
		return nil, f.failed(wrong(root, "the answers file is not a list of steps", remedyShape))
	}
	return f, nil
}

const remedyShape = "Give the answers by step: `account: {AccountName: My Business}`."

// findSpecial finds what would make a value something else than its text.
func findSpecial(n *yaml.Node) (Problem, bool) {
	switch {
	case n.Kind == yaml.AliasNode:
		return wrong(n, "an alias (*name) is not supported", "Write the value out; quote a value that begins with *."), true
	case n.Anchor != "":
		return wrong(n, "an anchor (&name) is not supported", "Write the value out; quote a value that begins with &."), true
	case n.Style&yaml.TaggedStyle != 0 && n.Tag != "!!str":
		return wrong(n, "a tag (!name) is not supported", "Leave it out; quote a value that begins with !."), true
	}
	for i, child := range n.Content {
		if n.Kind == yaml.MappingNode && i%2 == 0 {
			if child.Kind == yaml.ScalarNode && child.Tag == "!!merge" {
				return wrong(child, "a merge key (<<) is not supported", "Write the keys out."), true
			}
			if child.Kind != yaml.ScalarNode && child.Kind != yaml.AliasNode {
				return wrong(child, "a key is not a name", remedyShape), true
			}
		}
		if problem, ok := findSpecial(child); ok {
			return problem, true
		}
	}
	return Problem{}, false
}

// syntax turns the error of the YAML reader into ours. An unknown alias is
// told without its name: it may be a password that begins with an asterisk.
func (f *File) syntax(err error) error {
	text, line := err.Error(), 0
	if m := regexp.MustCompile(`^yaml: line (\d+): `).FindStringSubmatch(text); m != nil {
		line, _ = strconv.Atoi(m[1])
		text = text[len(m[0]):]
	}
	text = strings.TrimPrefix(text, "yaml: ")
	if strings.HasPrefix(text, "unknown anchor") {
		return f.failed(Problem{Line: line, Message: "an alias (*name) is not supported",
			Remedy: "Write the value out; quote a value that begins with *."})
	}
	return f.failed(Problem{Line: line, Message: "not readable as YAML or JSON: " + text,
		Remedy: "Check the indentation, quote values with special characters, and put a space after each colon."})
}

func isNull(n *yaml.Node) bool { return n.Kind == yaml.ScalarNode && n.ShortTag() == "!!null" }

// unescapeJSON writes two escapes of a JSON file as what they stand for: \/ and
// surrogate pairs, which the reader of YAML, otherwise a superset, refuses.
func unescapeJSON(data []byte) []byte {
	if !json.Valid(data) {
		return data
	}
	jsonEscape := regexp.MustCompile(`\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|\\.`)
	return jsonEscape.ReplaceAllFunc(data, func(escape []byte) []byte {
		switch {
		case string(escape) == `\/`:
			return escape[1:]
		case len(escape) != len(`\ud83d\ude00`):
			return escape
		}
		high, _ := strconv.ParseUint(string(escape[2:6]), 16, 16)
		low, _ := strconv.ParseUint(string(escape[8:12]), 16, 16)
		return fmt.Appendf(nil, "%c", utf16.DecodeRune(rune(high), rune(low)))
	})
}
