//go:build !race

package steps

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode"

	"github.com/stretchr/testify/require"

	"telegent-setup/api"
	"telegent-setup/api/text"
)

// Rule: whatever the service answers, it is read or refused: nothing that could
// not be an ID, a number or a code of an eSIM comes out of it.
func FuzzReadAnswers(f *testing.F) {
	files, err := filepath.Glob("../testdata/vendor/*")
	require.NoError(f, err)
	require.NotEmpty(f, files)
	for _, name := range files {
		data, err := os.ReadFile(name)
		require.NoError(f, err)
		f.Add(data)
	}
	for _, seed := range []string{
		`{"OrderStatus":"complete","PhoneNumbersOrdered":[{"Number":null},{"Number":[1]},7,{"Number":"+18015550177","TNID":{"a":1}}]}`,
		`{"OrderStatus":["Complete"],"PhoneNumberAssigned":{"Number":"+18015550177"}}`, `{"Results":[[[[[{"MessageID":"x"}]]]]]}`, `[[],[{}],{}]`,
		`{"QRCode":"https://quickchart.io/qr?text=%zz","OrderId":"\u202e\n"}`, `{"qrcode":"lpa:1$a$b"}`, `{"AccountId":1e400,"accountid":"x"}`, `"LPA:1$"`, "\x00", `{"Data":null}`,
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		answer := api.Answer{Status: 200, Body: body}
		for _, assigned := range []bool{false, true} {
			o, err := readOrder(answer, nil, assigned)
			if err == nil && !o.pending {
				require.NotEmpty(t, o.saved)
				requireIDs(t, o.saved)
			}
			require.LessOrEqual(t, len(o.id), longestID)
			require.True(t, o.esim == "" || strings.HasPrefix(strings.ToUpper(o.esim), "LPA:"))
		}
		for _, step := range All() {
			for _, form := range step.Forms {
				requireForm(t, form, answer)
			}
		}
	})
}

func requireForm(t *testing.T, form *Form, answer api.Answer) {
	t.Helper()
	if ids, err := form.ids(answer); err == nil {
		requireIDs(t, ids)
	}
	if form.Search != nil {
		if results, err := form.Search.read(answer); err == nil {
			require.GreaterOrEqual(t, results.Total, 0)
			for _, row := range results.Rows {
				require.True(t, row.Number == "" || text.IsE164(row.Number))
			}
		}
	}
	for _, row := range form.rows(objects(answer), nil) {
		require.NotEmpty(t, row.IDs)
		requireIDs(t, row.IDs)
		for _, d := range row.Details {
			requireLine(t, d.Value)
		}
	}
	matches := form.rows(objects(answer), Answers{})
	require.Empty(t, matches, "what tells nothing of the answers is no match")
}

func requireIDs(t *testing.T, ids Saved) {
	t.Helper()
	for id, value := range ids {
		require.LessOrEqual(t, len(value), longestID)
		requireLine(t, value)
		if id == PhoneNumber && value != "" {
			require.True(t, text.IsE164(value), value)
		}
	}
}

func requireLine(t *testing.T, s string) {
	t.Helper()
	for _, r := range s {
		require.False(t, unicode.IsControl(r) || r == '\u202e', "%q", s)
	}
}
