package state

import (
	"bytes"
	"encoding/json"
)

// member is one key of an object that is to be written.
type member struct {
	key   string
	value any // []member, [][]member, json.RawMessage, or a JSON scalar.
}

func writeObject(b *bytes.Buffer, indent string, members []member) {
	if len(members) == 0 {
		b.WriteString("{}")
		return
	}
	b.WriteByte('{')
	for i, m := range members {
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteString("\n  " + indent)
		writeScalar(b, m.key)
		b.WriteString(": ")
		writeValue(b, indent+"  ", m.value)
	}
	b.WriteString("\n" + indent + "}")
}

func writeValue(b *bytes.Buffer, indent string, value any) {
	switch v := value.(type) {
	case []member:
		writeObject(b, indent, v)
	case [][]member:
		b.WriteByte('[')
		for i, members := range v {
			if i > 0 {
				b.WriteByte(',')
			}
			b.WriteString("\n  " + indent)
			writeObject(b, indent+"  ", members)
		}
		b.WriteString("\n" + indent + "]")
	case json.RawMessage:
		b.Write(v) // Byte for byte: it is not ours to shape.
	default:
		writeScalar(b, v)
	}
}

// writeScalar writes a string, number or bool, which always can be written, and
// leaves < > & readable.
func writeScalar(b *bytes.Buffer, v any) {
	enc := json.NewEncoder(b)
	enc.SetEscapeHTML(false)
	_ = enc.Encode(v)
	b.Truncate(b.Len() - 1) // The encoder ends every value with a newline.
}
