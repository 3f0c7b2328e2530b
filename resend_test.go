//go:build !race

package main

import (
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"telegent-setup/api"
	"telegent-setup/state"
	"telegent-setup/steps"
)

// Rule: what a run that was cut may have bought is not bought again, though another
// was asked for and refused in between; a later run that is told nothing sends
// nothing. What the service then has already is no reason to ask for another.
func TestNothingIsBoughtTwiceBehindARefusal(t *testing.T) {
	t.Parallel()
	for step, answers := range map[string][2]string{
		steps.Provision:  {"provision: {PhoneNumber: +13105551234}", "provision: {PhoneNumber: +13105551235}"},
		steps.Subscriber: {"subscriber: {Name: John Smith, Email: john@example.com}", "subscriber: {Name: John Smith, Email: other@example.com}"},
	} {
		t.Run(step, func(t *testing.T) {
			t.Parallel()
			l := newLedger(t, api.Edition2025, "drop@"+step)
			c := newCustomer(t, api.Edition2025, l.url)
			all := allAnswers(api.Edition2025)
			require.Contains(t, all, answers[0])
			c.ends(5)
			require.Equal(t, 1, l.counts()[step])

			l.instead(func(w http.ResponseWriter, r *http.Request) bool {
				if creates(r.Method+" "+r.URL.Path) != step {
					return false
				}
				w.WriteHeader(http.StatusUnprocessableEntity)
				_, _ = io.WriteString(w, `{"Message":"This is not possible today"}`)
				return true
			})
			c.write("answers.yaml", strings.Replace(all, answers[0], answers[1], 1))
			require.Equal(t, "unknown", c.ends(5, "--resend").step(t, step).Status)
			require.Equal(t, state.Sent, c.file().Steps[step].Status)

			l.instead(nil)
			asked := l.asked(step)
			require.Equal(t, "unknown", c.ends(5).step(t, step).Status, "told nothing")
			require.Equal(t, asked, l.asked(step))

			c.write("answers.yaml", all)
			got := c.ends(5, "--resend")
			require.Equal(t, "unknown", got.step(t, step).Status)
			require.NotContains(t, got.step(t, step).Solution, "different")
			require.Equal(t, 1, l.counts()[step])
			c.ends(0, "--find")
			require.Equal(t, 1, l.counts()[step])
			require.Equal(t, l.holds(), c.ids())
			printed := c.run(c.command("status", "--print-answers", "--state", c.path()))
			require.Contains(t, printed.out, map[string]string{steps.Provision: `PhoneNumber: "+13105551234"`, steps.Subscriber: "SubscriberId: " + c.ids()["SubscriberId"]}[step])
			require.NotContains(t, printed.out, "other@example.com", "the answers are those of what is in use")
		})
	}
}
