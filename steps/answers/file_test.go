package answers

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"telegent-setup/api"
	"telegent-setup/api/text"
	"telegent-setup/steps"
)

func given(t *testing.T, text string) steps.Given {
	t.Helper()
	f, err := Parse("a.yaml", []byte(text))
	require.NoError(t, err)
	g, err := f.For(api.Edition2025)
	require.NoError(t, err)
	return g
}

func refusal(t *testing.T, text string) *Error {
	t.Helper()
	f, err := Parse("a.yaml", []byte(text))
	if err == nil {
		_, err = f.For(api.Edition2025)
	}
	var wrong *Error
	require.ErrorAs(t, err, &wrong)
	return wrong
}

// Rule: the file of the contract is read, secrets apart.
func TestAnswersFileOfTheContract(t *testing.T) {
	g := given(t, `
authenticate: {AccountKey: DID-1, AccountSecret: s3cret}
account: {AccountName: My MVNO Business, AccountType: MVNO, BillingEmail: billing@example.com, AdminEmail: admin@example.com}
message-route: {RouteName: Primary Message Route, RouteUrl: "https://example.com/messages"}
voice-route: skip
availability: {AreaCode: 801}
provision: {PhoneNumber: +13105551234, NumberType: mvno, MessageType: p2p}
subscriber: {Name: John Smith, Email: john@example.com, Password: SecurePass123!}
test-message: {To: +13105559999, Message: "Hello!"}
`)
	require.Equal(t, map[string]steps.Answers{
		steps.Authenticate: {"AccountKey": "DID-1"},
		steps.Account:      {"AccountName": "My MVNO Business", "AccountType": "MVNO", "BillingEmail": "billing@example.com", "AdminEmail": "admin@example.com"},
		steps.MessageRoute: {"RouteName": "Primary Message Route", "RouteUrl": "https://example.com/messages"},
		steps.Availability: {"AreaCode": "801"},
		steps.Provision:    {"PhoneNumber": "+13105551234", "NumberType": "mvno", "MessageType": "p2p"},
		steps.Subscriber:   {"Name": "John Smith", "Email": "john@example.com"},
		steps.TestMessage:  {"To": "+13105559999", "Message": "Hello!"},
	}, g.Answers)
	require.True(t, g.Secrets["AccountSecret"].Equal(api.NewSecret("s3cret")))
	require.True(t, g.Secrets["Password"].Equal(api.NewSecret("SecurePass123!")))
	require.Equal(t, map[string]bool{steps.VoiceRoute: true}, g.Skip)
	require.Empty(t, g.Adopt)
}

// Rule: a scalar is its text as it stands in the file, in YAML and in JSON.
func TestAnswersKeepTheirCharacters(t *testing.T) {
	for input, want := range map[string]string{
		"01234":        "01234",
		"+13105551234": "+13105551234",
		"1e5":          "1e5",
		"0x1F":         "0x1F",
		"1_000":        "1_000",
		"yes":          "yes",
		"2026-11-23":   "2026-11-23",
		"'null'":       "null",
		`"~"`:          "~",
		`""`:           "",
		"!!str 007":    "007",
	} {
		t.Run(input, func(t *testing.T) {
			require.Equal(t, want, given(t, "account:\n  AccountName: "+input+"\n").Answers[steps.Account]["AccountName"])
		})
	}
	for input, want := range map[string]string{
		`"\ud83d\ude00 hi"`:      "😀 hi",
		`"\\ud83d\\ude00"`:       `\ud83d\ude00`,
		`1e5`:                    "1e5",
		`-0.0`:                   "-0.0",
		`"` + "tab\\there" + `"`: "tab\there",
	} {
		t.Run("JSON "+input, func(t *testing.T) {
			require.Equal(t, want, given(t, "{\n\t\"account\":{\"AccountName\":"+input+"}}").Answers[steps.Account]["AccountName"])
		})
	}
}

// Rule: null, and what is not there, is not given.
func TestAnswersNotGiven(t *testing.T) {
	for name, input := range map[string]string{
		"nothing": "", "comment": "# none\n", "null": "null", "empty": "{}", "step null": "account:\n", "key null": "account: {AccountName: null, AdminEmail: ~, BillingEmail: }",
	} {
		t.Run(name, func(t *testing.T) {
			g := given(t, input)
			require.Empty(t, g.Answers[steps.Account])
			require.Empty(t, g.Adopt)
		})
	}
}

// Rule: the ID key of a step takes over what exists, and stands alone.
func TestAnswersAdopt(t *testing.T) {
	for input, want := range map[string]map[string]steps.Answers{
		"account: {AccountId: AID-1}":                              {steps.Account: {"AccountId": "AID-1"}},
		"account: {AccountId: AID-1, AccountName: null}":           {steps.Account: {"AccountId": "AID-1"}},
		"message-route: {MessageRouteId: MRID-1}":                  {steps.MessageRoute: {"MessageRouteId": "MRID-1"}},
		"voice-route: {CallRouteId: CRID-1}":                       {steps.VoiceRoute: {"CallRouteId": "CRID-1"}},
		"provision: {PhoneNumber: +13105551234, TNID: TNID-1}":     {steps.Provision: {"PhoneNumber": "+13105551234", "TNID": "TNID-1"}},
		"provision: {PhoneNumber: +13105551234, TNID: unknown}":    {steps.Provision: {"PhoneNumber": "+13105551234", "TNID": "unknown"}},
		"subscriber: {SubscriberId: TSUID-1}":                      {steps.Subscriber: {"SubscriberId": "TSUID-1"}},
		"test-message: {MessageId: TMID-1}":                        {steps.TestMessage: {"MessageId": "TMID-1"}},
		"provision: {PhoneNumber: +13105551234, MessageType: a2p}": {},
		"subscriber: {AccountId: AID-2, Name: A}":                  {},
		"provision: {PhoneNumber: +13105551234, TNID: null}":       {},
	} {
		t.Run(input, func(t *testing.T) { require.Equal(t, want, given(t, input).Adopt) })
	}
}

// Rule: what is refused is named with its place, and a value is never repeated.
func TestAnswersRefused(t *testing.T) {
	for name, c := range map[string]struct{ text, want, remedy string }{
		"unknown step":        {"acount: {}", `a.yaml:1:1: unknown step "acount"`, `"account"`},
		"unknown key":         {"message-route:\n  RouteURL: x\n", `a.yaml:2:3: unknown key "RouteURL"`, `"RouteUrl"`},
		"nothing near":        {"account: {Zzzzzzzz: 1}", `a.yaml:1:11: unknown key "Zzzzzzzz"`, "AccountName, AccountType"},
		"null, but unknown":   {"account: {Nam: null}", `unknown key "Nam"`, ""},
		"step twice":          {"account: {}\nvoice-route: skip\naccount: {}\n", `a.yaml:3:1: "account" is given twice, first in line 1`, ""},
		"key twice":           {"account: {AccountName: a, AccountName: a}", `a.yaml:1:27: "AccountName" is given twice`, ""},
		"JSON key twice":      {`{"account": {"AccountName": "a", "AccountName": null}}`, `a.yaml:1:34: "AccountName" is given twice`, ""},
		"beside an ID":        {"account: {AccountId: AID-1, AccountName: X}", `a.yaml:1:29: "AccountName" cannot stand beside "AccountId"`, ""},
		"secret beside ID":    {"subscriber: {Password: s3cret, SubscriberId: TSUID-1}", `a.yaml:1:14: "Password" cannot stand beside "SubscriberId"`, ""},
		"number beside TNID":  {"provision: {TNID: TNID-1, NumberType: mvno}", `"NumberType" cannot stand beside "TNID"`, ""},
		"skip":                {"account: skip", "a.yaml:1:10: account cannot be skipped", "only voice-route"},
		"no mapping":          {"authenticate: s3cret", "authenticate has no keys", "AccountKey"},
		"list of steps":       {"- account", "is not a list of steps", "account:"},
		"scalar":              {"s3cret", "is not a list of steps", ""},
		"nested value":        {"account: {AccountName: {a: s3cret}}", "AccountName takes one value", ""},
		"list for one":        {"test-message: {To: [s3cret]}", "To takes one value", ""},
		"list in list":        {"subscriber: {PhoneNumbers: [[s3cret]]}", "an item of PhoneNumbers is not a value", ""},
		"anchor":              {"account: {AccountName: &s3cret x}", "anchor (&name) is not supported", "quote"},
		"alias":               {"account: &x {}\nprovision: *x", "is not supported", ""},
		"unknown alias":       {"authenticate: {AccountSecret: *s3cret}", "alias (*name) is not supported", "quote"},
		"merge":               {"account:\n  <<: {AccountName: s3cret}", "merge key", ""},
		"tag":                 {"authenticate:\n  AccountSecret: !s3cret", "tag (!name) is not supported", "quote"},
		"binary":              {"account: {AccountName: !!binary czNjcmV0}", "tag", ""},
		"key that is a list":  {"account: {[s3cret]: 1}", "a key is not a name", ""},
		"second document":     {"account: {}\n---\nprovision: {}\n", "a.yaml:2:1: a second document", ""},
		"syntax":              {"account: {\n  s3cret", "not readable as YAML or JSON", "colon"},
		"a comma in a secret": {"authenticate: {AccountSecret: abc,s3cret9}", "a.yaml:1:35: unknown key, without a value", "part of a secret"},
		"an equals sign":      {"authenticate: {AccountSecret=s3cret9}", "a.yaml:1:16: unknown key, without a value", "colon"},
		"glued colon":         {"authenticate: {AccountSecret:s3cret}", `unknown key "AccountSecret"`, "space after the colon"},
		"control character":   {`account: {AccountName: "a\e[31mb"}`, "AccountName holds a control or an invisible character", ""},
		"too large":           {"# " + strings.Repeat("x", MaxSize), "larger than 1 MiB", ""},
	} {
		t.Run(name, func(t *testing.T) {
			err := refusal(t, c.text)
			require.Contains(t, err.Error(), c.want)
			require.Contains(t, err.Remedy(), c.remedy)
			require.NotContains(t, err.Error()+err.Remedy(), "s3cret")
			require.NotContains(t, err.Error(), "\n")
		})
	}
}

// Rule: all that is wrong is named at once, each with its place, in the order of
// the file.
func TestAnswersRefusedAllAtOnce(t *testing.T) {
	err := refusal(t, "acount: {}\nmessage-route:\n  RouteURL: x\n  Nam: s3cret\n  RouteName: {a: s3cret}\nsubscriber: {Name: a, SubscriberId: TSUID-1, Emial: b}\n")
	require.Equal(t, "a.yaml: 6 things are wrong in this file", err.Error())
	require.Equal(t, `  a.yaml:1:1: unknown step "acount". Did you mean "account"?
  a.yaml:3:3: unknown key "RouteURL". Did you mean "RouteUrl"?
  a.yaml:4:3: unknown key "Nam". Known are RouteName, RouteUrl, RouteType, RouteEnabled, DeliveryReports, MessageRouteId.
  a.yaml:5:14: RouteName takes one value. Write `+"`RouteName: value`"+`.
  a.yaml:6:14: "Name" cannot stand beside "SubscriberId", which takes over what exists already. Leave out one of the two.
  a.yaml:6:46: unknown key "Emial". Did you mean "Email"?
telegent-setup answers prints a file with all keys.`, err.Remedy())
	var named [][3]any
	for _, p := range err.Problems {
		named = append(named, [3]any{p.Step, p.Key, p.Unknown})
	}
	require.Equal(t, [][3]any{
		{"acount", "", true}, {"message-route", "RouteURL", true}, {"message-route", "Nam", true},
		{"message-route", "RouteName", false}, {"subscriber", "Name", false}, {"subscriber", "Emial", true},
	}, named)
}

// Rule: a remedy that several have in a row is said once.
func TestAnswersOfTheOtherEditionAreToldOnce(t *testing.T) {
	err := refusal(t, "account: {AccountAdmin: a@example.com, BillingAddress: {City: Lehi}}")
	require.Equal(t, `  a.yaml:1:11: "AccountAdmin" is no key of account in edition 2025-12
  a.yaml:1:40: "BillingAddress" is no key of account in edition 2025-12. It belongs to edition 2026-04: give --edition 2026-04, or use the keys of 2025-12.
telegent-setup answers prints a file with all keys.`, err.Remedy())
}

// Rule: a list is taken where the form takes one.
func TestAnswersList(t *testing.T) {
	g := given(t, "subscriber: {PhoneNumbers: [+13105551234, '+13105551235']}")
	require.Equal(t, "+13105551234,+13105551235", g.Answers[steps.Subscriber]["PhoneNumbers"])
}

// Rule: the environment beats the file, and an empty variable is none.
func TestAnswersAndEnvironment(t *testing.T) {
	g := given(t, "authenticate: {AccountKey: DID-1, AccountSecret: file}\nsubscriber: {Password: file}")
	Environment(g, api.Edition2025, func(name string) string {
		return map[string]string{"TELEGENT_ACCOUNT_KEY": "DID-2", "TELEGENT_SUBSCRIBER_PASSWORD": "env"}[name]
	})
	require.Equal(t, "DID-2", g.Answers[steps.Authenticate]["AccountKey"])
	require.True(t, g.Secrets["AccountSecret"].Equal(api.NewSecret("file")))
	require.True(t, g.Secrets["Password"].Equal(api.NewSecret("env")))
	require.Equal(t, map[string]map[string]bool{steps.Authenticate: {"AccountKey": true}, steps.Subscriber: {"Password": true}}, g.Environs,
		"who gave it is remembered")
}

// Rule: whatever the file, it is read or refused with a clean line.
func FuzzAnswersFile(f *testing.F) {
	for _, seed := range []string{
		"", "{}", "account: {AccountName: a}", "voice-route: skip", "a: &a [*a]", "<<: {}", "account: {<<: 1}", "- a", "\xff", "account:\n\t- b",
		`{"account":{"AccountName":"\ud83d\ude00"}}`, "subscriber: {PhoneNumbers: [+1, '2']}", "provision: {TNID: unknown, PhoneNumber: +1}",
		"%YAML 1.2\n---\na: 1", "? [a]\n: b", "account: !!binary aa", "a: *b", "account: {AccountName: |\n  a\n  b\n}", "# c\n\n#d",
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		file, err := Parse("a.yaml", data)
		if err == nil {
			_, err = file.For(api.Edition2025)
		}
		if err != nil {
			var wrong *Error
			require.ErrorAs(t, err, &wrong)
			require.Equal(t, text.Clean(err.Error()), err.Error())
			require.NotContains(t, err.Error(), "\n")
		}
	})
}

// Rule: keys belong to an edition; nested keys nest, each given once; To takes a
// list where the service does.
func TestAnswersOfTheLaterEdition(t *testing.T) {
	read := func(t *testing.T, text string) (steps.Given, error) {
		t.Helper()
		f, err := Parse("a.yaml", []byte(text))
		require.NoError(t, err)
		return f.For(api.Edition2026)
	}
	for input, want := range map[string]map[string]steps.Answers{
		"account: {BillingAddress: {City: Lehi, Zip: 01234}}":   {steps.Account: {"BillingAddress.City": "Lehi", "BillingAddress.Zip": "01234"}},
		"account: {BillingAddress.City: Lehi}":                  {steps.Account: {"BillingAddress.City": "Lehi"}},
		"test-message: {To: [+13105559999, '+13105559998']}":    {steps.TestMessage: {"To": "+13105559999,+13105559998"}},
		"test-message: {To: +13105559999}":                      {steps.TestMessage: {"To": "+13105559999"}},
		"account: {BillingAddress: null}":                       {steps.Account: {}},
		"message-route: {MessagePasswordToken: x}":              {steps.MessageRoute: {}},
		"provision: {PhoneNumber: +13105551234, TNID: unknown}": {},
	} {
		t.Run(input, func(t *testing.T) {
			g, err := read(t, input)
			require.NoError(t, err)
			require.Equal(t, want, g.Answers)
		})
	}
	for input, want := range map[string]string{
		"account: {BillingAddress: {Citty: Lehi}}":                            `a.yaml:1:28: unknown key "BillingAddress.Citty"`,
		"account: {BillingAddress: {City: a}, BillingAddress: {State: UT}}":   `a.yaml:1:38: "BillingAddress" is given twice`,
		"account: {BillingAddress: {City: a, City: b}}":                       `a.yaml:1:37: "BillingAddress.City" is given twice`,
		"account: {BillingAddress: {City: a}, BillingAddress.City: b}":        `a.yaml:1:38: "BillingAddress.City" is given twice`,
		"account: {BillingAddress: Lehi}":                                     `a.yaml:1:27: BillingAddress takes keys, not one value`,
		"account: {AccountType: MVNO}":                                        `"AccountType" is no key of account in edition 2026-04`,
		"provision: {PhoneNumber: +13105551234}":                              `"PhoneNumber" counts only beside "TNID" in edition 2026-04`,
		"provision: {PhoneNumber: +13105551234, TNID: T-1, ProductType: Any}": `"ProductType" cannot stand beside "TNID"`,
	} {
		t.Run(input, func(t *testing.T) {
			_, err := read(t, input)
			require.ErrorContains(t, err, want)
		})
	}
}
