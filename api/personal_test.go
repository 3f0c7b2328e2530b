package api

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/require"
)

// Rule: what concerns a person is hidden wherever it stands in a text, and a
// sentence that only speaks of it is not.
func TestPersonalValuesAreHiddenInText(t *testing.T) {
	for in, want := range map[string]string{
		"code LPA:1$smdp.example$K2-X9, then":           "code [redacted], then",
		"lpa%3A1%24smdp.example%24K2&size=2":            "[redacted]&size=2",
		"SIM 8901260000000000017 and 8901":              "SIM [redacted] and 8901",
		"number 12345678901234567890":                   "number 12345678901234567890",
		`{\"QRCode\":\"https:\/\/x\", \"b\":1}`:         `{\"QRCode\":\"[redacted]\/\/x\", \"b\":1}`,
		`{"PortOutPin":"1 23"}`:                         `{"PortOutPin":"[redacted]"}`,
		"PortOutPin: 471147 is wrong":                   "PortOutPin: [redacted] is wrong",
		"port_out_pin=0&a=b":                            "port_out_pin=[redacted]&a=b",
		"<Iccid>77</Iccid>":                             "<Iccid>[redacted]</Iccid>",
		"ICCID: ICCID must have 19 digits":              "ICCID: ICCID must have 19 digits",
		"PortOutPin: null":                              "PortOutPin: null",
		"see the QRCode: it holds the activation code.": "see the QRCode: it holds the activation code.",
		"qrActivationLink=https://q.example/?text=L":    "qrActivationLink=[redacted]",
	} {
		require.Equal(t, want, hidePersonal(in), "%q", in)
		require.Equal(t, want, hidePersonal(want), "twice is once")
	}
}

// Rule: an answer keeps what its reader needs, and its record nothing of a person;
// what is secret in it is in neither.
func TestAnswersKeepPersonalValuesAndRecordsDoNot(t *testing.T) {
	const link = "https://quickchart.io/qr?text=LPA:1$smdp.example$SECRET-CODE&size=200"
	body, err := json.Marshal(map[string]any{
		"QRCode": link, "Numbers": []any{map[string]any{"Iccid": "8901260000000000017", "QrActivationLink": link, "portOutPin": 4711}},
		"Note": "your code is LPA:1$smdp.example$SECRET-CODE", "Sim": "SIM-8901260000000000017",
		"Results": []any{map[string]any{"MessagePasswordToken": "hook-pass", "CALLBACKMESSAGEPASSWORDTOKEN": "hook-pass", "voice_password_token": "hook-pass"}},
		"Raw":     `{"MessagePasswordToken":"hook-pass","QRCode":"` + link + `"} MessagePasswordToken=hook-pass`,
	})
	require.NoError(t, err)
	var x Exchange
	c := newTestClient(t, testBase, reply(200, string(body)))
	a, err := c.Do(t.Context(), Call{Method: "GET", Path: "/numbers"}, NewSecret("tok-1234567"), Watch{Exchanged: func(e Exchange) { x = e }})
	require.NoError(t, err)
	require.NotContains(t, string(a.Body), "hook-pass")
	var order struct{ QRCode Text }
	require.NoError(t, a.Decode(&order))
	require.Equal(t, Text(link), order.QRCode)
	require.Contains(t, string(a.Body), "8901260000000000017")
	require.True(t, json.Valid([]byte(x.Answer)))
	for _, personal := range []string{"hook-pass", "SECRET-CODE", "8901260", "4711", "smdp.example"} {
		require.NotContains(t, x.Answer, personal)
	}
}

// Rule: what a refusal says of a person is not shown.
func TestARefusalTellsNothingPersonal(t *testing.T) {
	c := newTestClient(t, testBase, reply(409, `{"Message":"ICCID 8901260000000000017 is in use, QRCode=https://q.example/LPA:1$a$b"}`))
	_, err := c.Do(t.Context(), Call{Method: "POST", Path: "/numbers/provision", Body: Body{}}, NewSecret("tok-1234567"), Watch{})
	var e *Error
	require.ErrorAs(t, err, &e)
	require.Equal(t, "ICCID [redacted] is in use, QRCode=[redacted]", e.Message)
}
