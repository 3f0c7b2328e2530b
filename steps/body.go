package steps

import (
	"slices"
	"strconv"

	"telegent-setup/api"
)

// pageKey is the answer that turns the pages of a search.
const pageKey = "PageNumber"

// call makes the call of a form: its fields in the order of the body, each as its
// kind is written.
func (f *Form) call(env Env, secrets map[string]api.Secret) api.Call {
	rank := func(fd Field) int {
		if i := slices.Index(f.BodyOrder, fd.Key); i >= 0 {
			return i
		}
		return len(f.BodyOrder)
	}
	inOrder := func(a, b Field) int { return rank(a) - rank(b) }
	var body api.Body
	for _, fd := range slices.SortedStableFunc(slices.Values(f.Fields), inOrder) {
		if value, ok := fd.value(env, secrets[fd.Key]); ok {
			body = append(body, api.Member{Path: fd.Key, Value: value, Env: fd.Variable})
		}
	}
	return api.Call{Method: "POST", Path: f.Path, Body: body}
}

// value is what stands in a body for a field; false when nothing does.
func (f *Field) value(env Env, secret api.Secret) (any, bool) {
	answer := env.Answers[f.Key]
	always := f.SentEmpty || !f.Optional && len(f.When) == 0
	sent := always || answer != ""
	switch f.Kind {
	case Secret:
		return secret, f.Applies(env) && (always || !secret.Empty())
	case Bool:
		return isTrue(answer), sent
	case Number:
		n, err := strconv.Atoi(answer)
		return n, always || err == nil
	case List:
		return f.list(answer), sent
	}
	return answer, sent
}

func (f *Field) list(answer string) any {
	values := split(answer)
	if f.Item == "" {
		return append([]string{}, values...) // Never null.
	}
	items := []map[string]string{}
	for _, v := range values {
		items = append(items, map[string]string{f.Item: v})
	}
	return items
}
