package webhook

import (
	"maps"
	"slices"
	"strings"
)

// Sent is a message that is known to have been sent.
type Sent struct {
	ID   string // Empty when the service gave none.
	From string
	To   []string
}

// about is the name of the known message that r is about, or answers: by its
// ID, else by the numbers.
func about(r *Received, known []Sent) string {
	for _, m := range slices.Backward(known) {
		if m.ID != "" && m.ID == r.MessageID {
			return m.ID
		}
	}
	for _, m := range slices.Backward(known) {
		for _, to := range m.To {
			back := r.Kind == Inbound && sameNumber(r.From, to) && sameNumber(r.To, m.From)
			forth := r.Kind == Report && (r.MessageID == "" || m.ID == "") && sameNumber(r.To, to) && sameNumber(r.From, m.From)
			if back || forth {
				return m.name()
			}
		}
	}
	return ""
}

// name is the ID, or the number where there is none.
func (m Sent) name() string {
	if m.ID == "" && len(m.To) > 0 {
		return m.To[0]
	}
	return m.ID
}

// mentioned is the known message whose ID stands anywhere in the request.
func mentioned(r *Received, known []Sent, request any) string {
	for _, m := range slices.Backward(known) {
		if m.ID != "" && holds(request, m.ID, 2*deepest) {
			if r.MessageID == "" {
				r.MessageID = m.ID
			}
			return m.ID
		}
	}
	return ""
}

// holds says whether a text stands in a value, so many levels deep.
func holds(v any, id string, levels int) bool {
	if levels < 0 {
		return false
	}
	switch v := v.(type) {
	case string:
		return strings.TrimSpace(v) == id
	case []any:
		return slices.ContainsFunc(v, func(one any) bool { return holds(one, id, levels-1) })
	case map[string]any:
		return holds(slices.Collect(maps.Values(v)), id, levels-1)
	}
	return false
}
