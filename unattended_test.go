//go:build !race

package main

import (
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"telegent-setup/api"
	"telegent-setup/steps"
)

// Rule: in the later edition the area of the search is that of the order, where the
// order has none of its own.
func TestTheAreaOfTheSearchIsOrdered(t *testing.T) {
	t.Parallel()
	for name, x := range map[string]struct{ provision, area, zip string }{
		"none of its own": {"{ProductType: Sms-Only}", "801", "84043"},
		"one of its own":  {"{AreaCode: 310, ProductType: Sms-Only}", "310", ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			l := newLedger(t, api.Edition2026)
			c := newCustomer(t, api.Edition2026, l.url)
			answers := strings.Replace(allAnswers(api.Edition2026), "availability: {AreaCode: 801}", "availability: {AreaCode: 801, ZipCode: 84043}", 1)
			c.write("answers.yaml", strings.Replace(answers, "{AreaCode: 801, ProductType: Sms-Only}", x.provision, 1))
			c.ends(0)
			sent := l.sent()
			ordered := sent[slices.IndexFunc(sent, func(call string) bool { return strings.HasPrefix(call, "POST /v1.0/numbers/provision ") })]
			require.Contains(t, ordered, `"AreaCode":"`+x.area+`"`)
			if x.zip != "" {
				require.Contains(t, ordered, `"ZipCode":"`+x.zip+`"`)
			} else {
				require.NotContains(t, ordered, "84043")
			}
		})
	}
}

// Rule: unattended too, an ID that does not begin as its kind does is told of, and
// taken; IDs that were swapped are named as what they look like.
func TestAdoptingWarnsOfPrefixes(t *testing.T) {
	t.Parallel()
	l := newLedger(t, api.Edition2025)
	c := newCustomer(t, api.Edition2025, l.url)
	c.write("answers.yaml", `
authenticate: {AccountKey: sandbox-key}
account: {AccountId: MRID-1}
message-route: {MessageRouteId: AID-1}
voice-route: {CallRouteId: 12345}
provision: {PhoneNumber: +13105551234, TNID: TNID-1}
subscriber: {SubscriberId: tsuid-1}
test-message: {MessageId: TMID-1}
`)
	got := c.ends(0)
	for _, says := range []string{
		"AccountId MRID-1: IDs of this kind usually begin with AID-; this one looks like the Message route ID (MRID).",
		"MessageRouteId AID-1: IDs of this kind usually begin with MRID-; this one looks like the Account ID",
		"CallRouteId 12345: IDs of this kind usually begin with CRID-.",
	} {
		require.Contains(t, got.err, says)
	}
	require.Equal(t, 3, strings.Count(got.err, "IDs of this kind"), got.err)
	require.Equal(t, "MRID-1", c.ids()["AccountId"])
	for _, step := range []string{steps.Account, steps.TestMessage} {
		require.Zero(t, l.asked(step))
	}
}
