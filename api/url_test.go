package api

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestUserInfoAndQueryValuesAreHidden(t *testing.T) {
	for in, want := range map[string]string{
		"no URL at all":                        "no URL at all",
		"https://h/p":                          "https://h/p",
		"https://u:pw@h/p?key=val&b=c#top":     "https://[redacted]@h/p?key=[redacted]&b=[redacted]#top",
		"https://u:p'w@h/p?k=it's&b=c":         "https://[redacted]@h/p?k=[redacted]&b=[redacted]",
		"https://u:p@w@h/p":                    "https://[redacted]@h/p",
		`https://u:p"w@h/p`:                    "https://[redacted]@h/p",
		"https://a/,https://u:pw@h/":           "https://a/,https://[redacted]@h/",
		`https://h/p?k=a"b\c`:                  "https://h/p?k=[redacted]",
		"https://h/p?bare":                     "https://h/p?[redacted]",
		"https://h/p?k=&b":                     "https://h/p?k=&[redacted]",
		"https://h/p?a=https://x:y@z/?q=1":     "https://h/p?a=[redacted]",
		"see https://u:pw@h, or http://x/?a=b": "see https://[redacted]@h, or http://x/?a=[redacted]",
		"curl 'https://h/o?OrderId=7' \\\n -X": "curl 'https://h/o?OrderId=[redacted]' \\\n -X",
		`{"u":"https://h/p?k=v&x=y","n":1}`:    `{"u":"https://h/p?k=[redacted]&x=[redacted]","n":1}`,
		`{"u":"https://u:p@h/p","n":"a@b"}`:    `{"u":"https://[redacted]@h/p","n":"a@b"}`,
		"sip:alice@h":                          "sip:alice@h",
		"sip:alice:pw@h;transport=tls":         "sip:[redacted]@h;transport=tls",
		"a SIPS:alice:p'w@h":                   "a SIPS:[redacted]@h",
		"gossip:alice:pw@h":                    "gossip:alice:pw@h",
		"https://a/http://u:p@h/?q=1":          "https://a/http://[redacted]@h/?q=[redacted]",
		"https://a/sip:u:p@h?q=1 sip:u:p?w@h":  "https://a/sip:[redacted]@h?q=[redacted] sip:[redacted]@h",
	} {
		require.Equal(t, want, HideURLs(in), "%q", in)
	}
}

func TestAPasswordInAURLIsFound(t *testing.T) {
	for in, want := range map[string]bool{
		"https://h/p@x":         false,
		"a@b":                   false,
		"sip:alice@h":           false,
		"https://u:pw@h/":       true,
		"https://token@h/":      true,
		"https://u:it's@h/":     true,
		`https://u:it"s@h/`:     true,
		"https://u:p w@h/":      true,
		"https://u:pa/ss@h/":    true,
		"sip:alice:secret@h":    true,
		"look: https://u:p@h/x": true,
	} {
		require.Equal(t, want, HasUserInfo(in), "%q", in)
	}
}

func TestARequestIsRecordedWithoutWhatItsURLsHide(t *testing.T) {
	for _, hidden := range []string{`it's-hidden`, `qu"oted-hidden`, `back\slash-hidden`, `%27-hidden`, `ünïcode-hidden`} {
		var got Exchange
		echo, err := json.Marshal(map[string]string{"RouteUrl": "https://hook.example/x?sig=" + hidden})
		require.NoError(t, err)
		c := newTestClient(t, testBase, reply(200, string(echo)))
		_, err = c.Do(t.Context(), CreateMessageRoute(MessageRouteRequest{RouteURL: "https://hook.example/x?sig=" + hidden}), NewSecret("tok-123"), Watch{Exchanged: func(x Exchange) { got = x }})
		require.NoError(t, err)
		all, err := json.Marshal(got)
		require.NoError(t, err)
		require.NotContains(t, string(all), "hidden")
		require.Contains(t, got.Curl, "sig=[redacted]")
		require.Contains(t, string(got.Request), "sig=[redacted]")
		require.Contains(t, got.Answer, "sig=[redacted]")
	}
}

func TestARequestIsRecordedWithoutPersonalValues(t *testing.T) {
	var got Exchange
	c := newTestClient(t, testBase, reply(200, `{}`))
	_, err := c.Do(t.Context(), OrderNumber(OrderRequest{ICCID: "8901260"}), NewSecret("tok-123"), Watch{Exchanged: func(x Exchange) { got = x }})
	require.NoError(t, err)
	all, err := json.Marshal(got)
	require.NoError(t, err)
	require.NotContains(t, string(all), "8901260")
	require.Contains(t, got.Curl, `"ICCID": "[redacted]"`)
}

func TestUserInfo(t *testing.T) {
	for in, want := range map[string][]string{
		"https://me:p4ss@hook.example/x":  {"p4ss"},
		"https://me:p%404ss@hook.example": {"p%404ss", "p@4ss"},
		"https://t0ken-of-9@hook.example": {"t0ken-of-9"},
		"https://admin@hook.example":      nil,
		"sip:me:p4ss@host":                {"p4ss"},
		"sip:me@host":                     nil,
		"https://hook.example/a@b":        nil,
		"plain text":                      nil,
	} {
		var got []string
		for _, s := range UserInfo(in) {
			got = append(got, s.value)
		}
		require.Equal(t, want, got, in)
	}
}
