package api

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// Rule: a refusal is told in the service's words with the field that each is about,
// in whatever shape it comes, and never as JSON.
func TestARefusalIsToldInWords(t *testing.T) {
	for name, tc := range map[string]struct {
		body    string
		message string
	}{
		"problem details": {
			`{"Type":"https://tools.ietf.org/html/rfc7231#section-6.5.1","Title":"One or more validation errors occurred.","Status":400,"Errors":{"$.AreaCode":["Area code must be a valid 3-digit code"]},"TraceId":"00-1f"}`,
			"AreaCode: Area code must be a valid 3-digit code",
		},
		"of several fields, in their order": {
			`{"title":"Bad","errors":{"ZipCode":["Zip is wrong.","Zip is long."],"$.BillingAddress.City":"City is required","$":["Body is odd"]}}`,
			"ZipCode: Zip is wrong; ZipCode: Zip is long; BillingAddress.City: City is required; Body is odd",
		},
		"with a detail":           {`{"Title":"Conflict","Status":409,"Detail":"The number is taken.","Errors":{}}`, "The number is taken."},
		"with a title alone":      {`{"Type":"about:blank","Title":"Not Found","Status":404}`, "Not Found"},
		"in an envelope":          {`{"Successful":false,"Data":{"Errors":{"$.To":["To is required"]}}}`, "To: To is required"},
		"fields beside a message": {`{"Message":"Invalid","Errors":{"Email":["Email is taken"]}}`, "Email: Email is taken"},
		"a list":                  {`{"errors":[{"message":"a"},"b",{"error":"c"}]}`, "a; b; c"},
		"a code alone":            {`{"error":{"code":7,"hint":["x","y"]}}`, "code: 7; hint: x; y"},
		"JSON within JSON":        {`{"Message":"{\"Message\":\"Email already exists\"}"}`, "Email already exists"},
		"a string of JSON":        {`"{\"error\":\"no\"}"`, "no"},
		"a string":                {`"Email already exists"`, "Email already exists"},
		"a list of strings":       {`["one","two"]`, "one; two"},
		"broken JSON":             {`{"Message":"Email`, ""},
		"text":                    {"  Email\n already exists ", "Email already exists"},
		"nothing in it":           {`{"error":{},"Message":null,"Errors":[]}`, ""},
		"a hostile name":          {`{"Errors":{"\u001b[31mA\u202e":["no"]}}`, "A: no"},
	} {
		t.Run(name, func(t *testing.T) {
			c := newTestClient(t, testBase, reply(400, tc.body, "Content-Type", "text/plain"))
			_, err := c.Do(t.Context(), CreateAccount(AccountRequest{}), NewSecret("tok-1234567"), Watch{})
			var e *Error
			require.ErrorAs(t, err, &e)
			require.Equal(t, tc.message, e.Message)
			require.NotContains(t, e.Message, "{")
		})
	}
}

// Rule: what support asks for is kept, under either name.
func TestARefusalCanBeTraced(t *testing.T) {
	for body, want := range map[string][2]string{
		`{"Message":"no","TransactionLogId":17}`:                         {"17", ""},
		`{"Title":"no","traceId":"00-1f"}`:                               {"", "00-1f"},
		`{"TransactionLogId":"T-1","Data":{"Message":"no","TraceId":2}}`: {"T-1", "2"},
	} {
		c := newTestClient(t, testBase, reply(400, body))
		_, err := c.Do(t.Context(), CreateAccount(AccountRequest{}), NewSecret("tok-1234567"), Watch{})
		var e *Error
		require.ErrorAs(t, err, &e)
		require.Equal(t, want, [2]string{e.TransactionLogID, e.TraceID}, body)
	}
}
