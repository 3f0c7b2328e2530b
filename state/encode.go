package state

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"time"
)

// idOrder is the order in which the IDs are written; others follow by name.
func idOrder() []string {
	return []string{"AccountId", "MRID", "CRID", "TNID", "SubscriberId", "MessageId"}
}

// encode writes f, which is normal, as the state file shows it. It refuses what
// decode would not read back.
func encode(f File) ([]byte, error) {
	if err := f.check(); err != nil {
		return nil, err
	}
	top := []member{{"version", Version}, {"edition", f.Edition}, {"base_url", f.BaseURL}, {"sandbox", f.Sandbox}}
	top = given(top, "AccountKey", f.AccountKey)
	top = append(top, member{"ids", idMembers(f)})
	top = given(top, "PhoneNumber", f.PhoneNumber)
	top = append(top, member{"steps", stepMembers(f.Steps)})
	if len(f.History) > 0 {
		top = append(top, member{"history", historyMembers(f.History)})
	}
	var b bytes.Buffer
	writeObject(&b, "", append(top, unknown(f.extra)...))
	b.WriteByte('\n')
	if b.Len() > maxSize {
		return nil, fmt.Errorf("%d bytes are more than a state file may hold", b.Len())
	}
	return b.Bytes(), nil
}

// check finds what the format has no words for.
func (f File) check() error {
	for id, s := range f.Steps {
		if !s.Status.known() {
			return fmt.Errorf("step %s has no such status: %q", id, s.Status)
		}
		if !writable(s.Updated) {
			return fmt.Errorf("step %s was updated in the year %d", id, s.Updated.Year())
		}
	}
	for _, r := range f.History {
		if !writable(r.Replaced) {
			return fmt.Errorf("%s was replaced in the year %d", r.ID, r.Replaced.Year())
		}
	}
	return nil
}

func idMembers(f File) []member {
	var known []member
	for _, id := range idOrder() {
		known = given(known, id, f.IDs[id])
	}
	for _, id := range slices.Sorted(maps.Keys(f.IDs)) {
		if !slices.Contains(idOrder(), id) {
			known = append(known, member{id, f.IDs[id]})
		}
	}
	for _, m := range unknown(f.extraIDs) {
		if _, taken := f.IDs[m.key]; !taken {
			known = append(known, m)
		}
	}
	return known
}

func stepMembers(steps map[string]Step) []member {
	var all []member
	for _, id := range slices.Sorted(maps.Keys(steps)) {
		s := steps[id]
		step := []member{{"status", string(s.Status)}}
		if !s.Updated.IsZero() {
			step = append(step, member{"updated", s.Updated.Format(time.RFC3339)})
		}
		if len(s.Answers) > 0 {
			var answers []member
			for _, key := range slices.Sorted(maps.Keys(s.Answers)) {
				answers = append(answers, member{key, s.Answers[key]})
			}
			step = append(step, member{"answers", answers})
		}
		if s.Error != nil {
			e := []member{{"issue", s.Error.Issue}, {"message", s.Error.Message}}
			step = append(step, member{"error", append(e, unknown(s.Error.extra)...)})
		}
		step = given(step, "order_id", s.OrderID)
		step = given(step, "qr_code", s.QRCode)
		all = append(all, member{id, append(step, unknown(s.extra)...)})
	}
	return all
}

func historyMembers(history []Replaced) [][]member {
	var all [][]member
	for _, r := range history {
		one := []member{{"id", r.ID}, {"value", r.Value}, {"replaced", r.Replaced.Format(time.RFC3339)}}
		all = append(all, append(one, unknown(r.extra)...))
	}
	return all
}

// given adds a member unless its text is empty.
func given(to []member, key, text string) []member {
	if text == "" {
		return to
	}
	return append(to, member{key, text})
}

// unknown gives the keys of a later program, by name.
func unknown(extra map[string]json.RawMessage) []member {
	var members []member
	for _, key := range slices.Sorted(maps.Keys(extra)) {
		members = append(members, member{key, extra[key]})
	}
	return members
}

// writable says whether RFC 3339 can write t.
func writable(t time.Time) bool { return t.Year() >= 0 && t.Year() <= 9999 }
