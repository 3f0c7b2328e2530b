package answers

import (
	"encoding/json"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"go.yaml.in/yaml/v3"

	"telegent-setup/api"
	"telegent-setup/steps"
)

func schemaOf(t *testing.T, edition api.Edition) map[string]any {
	t.Helper()
	var s map[string]any
	require.NoError(t, json.Unmarshal(Schema(edition), &s))
	return s
}

// accepts says whether a schema accepts a value, as far as the keywords go that
// are used here.
func accepts(t *testing.T, s map[string]any, v any) bool {
	t.Helper()
	is := func(kind string) bool {
		switch v.(type) {
		case nil:
			return kind == "null"
		case string:
			return kind == "string"
		case int, float64:
			return kind == "number"
		case bool:
			return kind == "boolean"
		case []any:
			return kind == "array"
		}
		return kind == "object"
	}
	for keyword, value := range s {
		ok := true
		switch keyword {
		case "type":
			ok = slices.ContainsFunc(oneOrMore(value), func(kind any) bool { return is(kind.(string)) })
		case "enum":
			ok = slices.Contains(value.([]any), v)
		case "const":
			ok = value == v
		case "anyOf":
			ok = slices.ContainsFunc(value.([]any), func(inner any) bool { return accepts(t, inner.(map[string]any), v) })
		case "pattern":
			text, isText := v.(string)
			ok = !isText || regexp.MustCompile(value.(string)).MatchString(text)
		case "items":
			items, _ := v.([]any)
			ok = !slices.ContainsFunc(items, func(item any) bool { return !accepts(t, value.(map[string]any), item) })
		case "properties", "additionalProperties":
			ok = keyword == "additionalProperties" || acceptsMembers(t, s, v)
		case "$schema", "title", "description", "default", "examples", "writeOnly":
		default:
			t.Fatalf("the keyword %s is not known here", keyword)
		}
		if !ok {
			return false
		}
	}
	return true
}

// oneOrMore is a keyword that has one value or several.
func oneOrMore(value any) []any {
	if all, several := value.([]any); several {
		return all
	}
	return []any{value}
}

func acceptsMembers(t *testing.T, s map[string]any, v any) bool {
	t.Helper()
	require.Equal(t, false, s["additionalProperties"], "an object has no other keys")
	members, _ := v.(map[string]any)
	for name, value := range members {
		inner, known := s["properties"].(map[string]any)[name].(map[string]any)
		if !known || !accepts(t, inner, value) {
			return false
		}
	}
	return true
}

func acceptsYAML(t *testing.T, edition api.Edition, text string) bool {
	t.Helper()
	var v any
	require.NoError(t, yaml.Unmarshal([]byte(text), &v))
	return accepts(t, schemaOf(t, edition), v)
}

// Rule: the schema accepts what the reader of answers accepts, and refuses what a
// typing mistake makes of it.
func TestTheSchemaAccepts(t *testing.T) {
	const contract = `
authenticate: {AccountKey: DID-1, AccountSecret: s3cret}
account: {AccountName: My MVNO Business, AccountType: MVNO, BillingEmail: billing@example.com, AdminEmail: admin@example.com}
message-route: {RouteName: Primary Message Route, RouteUrl: "https://example.com/messages"}
voice-route: skip
availability: {AreaCode: 801}
provision: {PhoneNumber: +13105551234, NumberType: mvno, MessageType: p2p}
subscriber: {Name: John Smith, Email: john@example.com, Password: SecurePass123!}
test-message: {To: +13105559999, Message: "Hello!"}
`
	for name, c := range map[string]struct {
		edition api.Edition
		text    string
		want    bool
	}{
		"the example of the contract": {api.Edition2025, contract, true},
		"that in the other edition":   {api.Edition2026, contract, false},
		"nothing":                     {api.Edition2025, "", true},
		"a step without keys":         {api.Edition2025, "account:", true},
		"an unknown step":             {api.Edition2025, "acount: {}", false},
		"an unknown key":              {api.Edition2025, "account: {Nam: x}", false},
		"a nested key":                {api.Edition2026, "account: {BillingAddress: {City: Lehi}}", true},
		"an unknown nested key":       {api.Edition2026, "account: {BillingAddress: {Citty: Lehi}}", false},
		"skip":                        {api.Edition2025, "voice-route: skip", true},
		"skip where it cannot be":     {api.Edition2025, "account: skip", false},
		"a voice route":               {api.Edition2025, "voice-route: {VoiceUrl: 'sip:example.com'}", true},
		"an adopted account":          {api.Edition2025, "account: {AccountId: AID-1}", true},
		"an adopted number":           {api.Edition2025, "provision: {PhoneNumber: '+13105551234', TNID: unknown}", true},
		"an unknown choice":           {api.Edition2025, "provision: {NumberType: mno}", false},
		"yes":                         {api.Edition2025, "message-route: {RouteEnabled: yes}", true},
		"maybe":                       {api.Edition2025, "message-route: {RouteEnabled: maybe}", false},
		"an area code of 2 digits":    {api.Edition2025, "availability: {AreaCode: '80'}", false},
		"a number without plus":       {api.Edition2025, "test-message: {To: '3105559999'}", false},
		"several numbers":             {api.Edition2026, "test-message: {To: ['+13105559999', '+13105559998']}", true},
		"several numbers in a text":   {api.Edition2026, "test-message: {To: '+13105559999, +13105559998'}", true},
		"a bad one of several":        {api.Edition2026, "test-message: {To: ['+13105559999', '5559998']}", false},
		"several where one goes":      {api.Edition2025, "test-message: {To: ['+13105559999']}", false},
	} {
		t.Run(name, func(t *testing.T) { require.Equal(t, c.want, acceptsYAML(t, c.edition, c.text)) })
	}
}

// Rule: the template is a valid file, empty and filled.
func TestTheSchemaAcceptsTheTemplate(t *testing.T) {
	inEditions(t, func(t *testing.T, edition api.Edition) {
		require.True(t, acceptsYAML(t, edition, string(Template(edition))))
		require.True(t, acceptsYAML(t, edition, string(filled(t, edition))))
	})
}

// property finds the schema of a key of a step.
func property(t *testing.T, s map[string]any, step, path string) map[string]any {
	t.Helper()
	s = s["properties"].(map[string]any)[step].(map[string]any)
	if either, optional := s["anyOf"].([]any); optional {
		require.Equal(t, map[string]any{"const": "skip"}, either[0])
		s = either[1].(map[string]any)
	}
	for name := range strings.SplitSeq(path, ".") {
		s, _ = s["properties"].(map[string]any)[name].(map[string]any)
		require.NotNil(t, s, "%s %s", step, path)
	}
	return s
}

// Rule: the schema has every key, with its label, help, choices, default, sample
// and pattern.
func TestTheSchemaDescribesEveryField(t *testing.T) {
	inEditions(t, func(t *testing.T, edition api.Edition) {
		s := schemaOf(t, edition)
		require.Equal(t, "https://json-schema.org/draft/2020-12/schema", s["$schema"])
		for _, step := range steps.All() {
			form := step.Forms[edition]
			for _, f := range form.Fields {
				p := property(t, s, step.ID, f.Key)
				require.Equal(t, f.Label, p["title"])
				require.Contains(t, p["description"], f.Help)
				require.Contains(t, p["description"], f.Env)
				require.Equal(t, f.Kind == steps.Secret, p["writeOnly"] == true)
				if f.Default != "" {
					require.Equal(t, f.Default, p["default"])
				}
				if f.Sample != "" {
					require.NotEmpty(t, p["examples"])
				}
				for _, choice := range f.Choices {
					require.Contains(t, p["enum"], choice.Value)
				}
				if pattern := f.Format.Pattern(); pattern != "" {
					encoded, err := json.Marshal(pattern)
					require.NoError(t, err)
					text, err := json.Marshal(p)
					require.NoError(t, err)
					require.Contains(t, string(text), string(encoded), "%s %s", step.ID, f.Key)
				}
			}
			for _, f := range form.Adopt {
				property(t, s, step.ID, f.Key)
			}
		}
	})
}

// Rule: a pattern refuses nothing that the program itself offers.
func TestPatternsAcceptWhatIsOffered(t *testing.T) {
	inEditions(t, func(t *testing.T, edition api.Edition) {
		for _, step := range steps.All() {
			form := step.Forms[edition]
			for _, f := range append(slices.Clone(form.Fields), form.Adopt...) {
				for _, value := range []string{f.Sample, f.Ready, f.Default} {
					if value != "" && f.Format.Pattern() != "" {
						require.Regexp(t, f.Format.Pattern(), value, "%s %s", step.ID, f.Key)
					}
				}
			}
		}
	})
}
