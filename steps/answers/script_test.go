package answers

import (
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"go.yaml.in/yaml/v3"

	"telegent-setup/state"
	"telegent-setup/steps"
)

// awkward are texts that YAML would read as something else, if they stood there
// as they are.
var awkward = []string{
	"plain words", "a#b", "a:b", "http://h/p?a=b&c=<d>", "Grüße", "日本", "é", "O'Brien", `say "hi"`, "back\\slash",
	"801", "01234", "1e5", "0x1F", "1_000", "-1", "+13105551234", ".5", ".inf", "12:30", "2026-11-23",
	"true", "No", "NULL", "~", "y", "", " ", " lead", "trail ", "a: b", "a:", "a #b", "# c", "- d", "? e", "* f", "&g", "!h",
	"%i", "@j", "`k", "{l}", "[m]", "|", ">", "two\nlines", "tab\tin", "nel\u0085", "sep\u2028", "bom\ufeff", "😀", "---", "...", "<<", "=",
}

// Rule: an answer is read back as the text that it was, whatever it is.
func TestScalarIsReadBack(t *testing.T) {
	for _, text := range awkward {
		var got map[string]any
		require.NoError(t, yaml.Unmarshal([]byte("k: "+asYAML(text)+"\nl: ["+strconv.Quote(text)+"]\n"), &got), "%q", text)
		require.Equal(t, map[string]any{"k": text, "l": []any{text}}, got, asYAML(text))
	}
}

// Rule: what needs no quotes has none.
func TestScalarIsPlainWhereItCanBe(t *testing.T) {
	for _, text := range []string{"My MVNO Business", "https://example.com/messages", "sip:voice@example.com", "Hello!", "p2p"} {
		require.Equal(t, text, asYAML(text))
	}
}

// Rule: the answers that a setup prints are those that it was given.
func TestScriptIsReadBack(t *testing.T) {
	for _, text := range awkward {
		if strings.TrimSpace(text) == "" {
			continue
		}
		f := state.File{Edition: "2026-04", AccountKey: "DID-1", Steps: map[string]state.Step{
			steps.Account:    {Status: state.Done, Answers: map[string]string{"AccountName": text, "BillingAddress.Street1": text, "BillingAddress.City": "Lehi"}},
			steps.VoiceRoute: {Status: state.Skipped},
		}}
		script := string(Script(f))
		var got map[string]any
		require.NoError(t, yaml.Unmarshal([]byte(script), &got), script)
		require.Equal(t, map[string]any{"AccountKey": "DID-1"}, got[steps.Authenticate])
		require.Equal(t, map[string]any{"AccountName": text, "BillingAddress": map[string]any{"Street1": text, "City": "Lehi"}}, got[steps.Account])
		require.Equal(t, "skip", got[steps.VoiceRoute])
		require.Contains(t, script, "\n# AccountSecret: give it as TELEGENT_ACCOUNT_SECRET\nauthenticate:\n")
	}
}

// Rule: of a step that was taken over, the ID that is in use is printed, and not the
// answers of a call before it.
func TestScriptIsOfWhatIsInUse(t *testing.T) {
	f := state.File{Edition: "2025-12", IDs: map[string]string{"AccountId": "AID-MINE"}, Steps: map[string]state.Step{
		steps.Account: {Status: state.Done, Adopted: true, Answers: map[string]string{"AccountName": "Unanswered"}},
	}}
	var got map[string]any
	require.NoError(t, yaml.Unmarshal(Script(f), &got))
	require.Equal(t, map[string]any{"AccountId": "AID-MINE"}, got[steps.Account])
}
