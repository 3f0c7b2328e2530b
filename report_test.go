//go:build !race

package main

import (
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"telegent-setup/api"
)

// stable takes out of a text what differs from run to run.
func stable(text string) string {
	for _, c := range [][2]string{
		{`"seconds":[0-9.e-]+`, `"seconds":0`},
		{` +\([0-9.]+ s\)`, ``},
		{`"state":"[^"]*"`, `"state":""`},
		{`(AID|MRID|CRID|TNID|TSUID|TMID|JNUOID)-[0-9a-f-]+`, `$1-*`},
		{`SETUP-[A-Z2-7]+`, `SETUP-*`},
		{`127\.0\.0\.1:\d+`, `HOST`},
	} {
		text = regexp.MustCompile(c[0]).ReplaceAllString(text, c[1])
	}
	return text
}

// reported writes a report and returns its path.
func (c *customer) reported() string {
	c.t.Helper()
	run := c.run(c.command("report", "--state", c.path()))
	require.Equal(c.t, 0, run.exit, run.err)
	return filepath.Join(c.dir, strings.TrimSpace(run.out))
}

// Rule: replaying a report says what the run said, and ends as it did, run by
// run; nothing is sent and no file is touched.
func TestAReplayIsTheRunAgain(t *testing.T) {
	t.Parallel()
	for _, edition := range api.Editions() {
		for _, fault := range []string{
			"message-route-required", "number-in-use", "email-exists", "unauthorized@account:2", "invalid-account", "soft-failure@account",
			"server-error@voice-route", "html@provision", "malformed@subscriber", "missing-id@account", "drop@provision", "refuse@message-route", "no-numbers",
		} {
			t.Run(fmt.Sprint(edition, " ", fault), func(t *testing.T) {
				t.Parallel()
				l := newLedger(t, edition, fault)
				c := newCustomer(t, edition, l.url)
				runs := []said{c.run(c.setUp()), c.run(c.setUp())}
				require.Contains(t, []int{4, 5}, runs[0].exit, runs[0].err)
				path := c.reported()
				asked, before := len(l.seen()), c.beside()
				for i, run := range runs {
					again := c.run(c.command("replay", path, "--run", fmt.Sprint(i+1), "--no-input", "--json"))
					require.Equal(t, run.out, again.out)
					require.Equal(t, run.exit, again.exit)
				}
				last := c.run(c.command("replay", path, "--no-input", "--json"))
				require.Equal(t, runs[1].out, last.out, "the last run, when none is named")
				require.Len(t, l.seen(), asked, "nothing is sent")
				require.Equal(t, before, c.beside())
			})
		}
	}
}

// Rule: without --json a replay reads as the run did.
func TestAReplayForPeopleReadsAsTheRunDid(t *testing.T) {
	t.Parallel()
	for _, fault := range []string{"number-in-use", "drop@subscriber"} {
		l := newLedger(t, api.Edition2025, fault)
		c := newCustomer(t, api.Edition2025, l.url)
		run := c.run(c.setUp("--json=false"))
		again := c.run(c.command("replay", c.reported()))
		command := regexp.MustCompile(`Go on with: .*`) // Its flags are not recorded.
		require.Equal(t, command.ReplaceAllString(stable(run.out), ""), command.ReplaceAllString(stable(again.out), ""))
		require.Equal(t, run.exit, again.exit)
		for line := range strings.Lines(again.err) {
			require.True(t, strings.HasPrefix(line, "Note: run 1 of 1") || strings.Contains(run.err, line), line)
		}
	}
}

// Rule: a run that was killed replays to 5 when a call may have arrived, else
// to 130, without an end that nobody saw.
func TestAReplayOfAKilledRun(t *testing.T) {
	t.Parallel()
	for call, exit := range map[string]int{"/v1.0/accounts/create": 5, "/v1.1/oauth/token": 130} {
		l := newLedger(t, api.Edition2025)
		c := newCustomer(t, api.Edition2025, l.url)
		called, dead := make(chan struct{}), make(chan struct{})
		l.instead(func(_ http.ResponseWriter, r *http.Request) bool {
			if r.URL.Path == call {
				close(called)
				<-dead
			}
			return r.URL.Path == call
		})
		cmd := c.setUp()
		wait := c.start(cmd)
		<-called
		require.NoError(t, cmd.Process.Kill())
		run := wait()
		close(dead)
		again := c.run(c.command("replay", c.reported(), "--no-input", "--json"))
		require.Equal(t, exit, again.exit)
		require.Equal(t, run.out, again.out)
		require.NotContains(t, again.out, `"end"`)
	}
}

// Rule: report says before it writes what is in it; it is a private file, takes
// no other's place, and - is standard output.
func TestAReportSaysWhatIsInIt(t *testing.T) {
	t.Parallel()
	l := newLedger(t, api.Edition2025, "email-exists")
	c := newCustomer(t, api.Edition2025, l.url)
	c.ends(4)
	path := c.reported()
	require.Regexp(t, `telegent-setup-report-\d{8}-\d{6}\.json$`, path)
	info, err := os.Stat(path)
	require.NoError(t, err)
	require.Equal(t, os.FileMode(0o600), info.Mode().Perm())
	require.Less(t, info.Size(), int64(64<<10))
	run := c.run(c.command("report", "--state", c.path(), "-o", "-"))
	require.Contains(t, run.err, "AccountKey sandbox-key")
	require.Contains(t, run.err, "7 calls")
	require.Contains(t, run.err, "Left out: tokens, AccountSecret, passwords")
	var report struct {
		Runs []struct {
			Events []struct{ Event, Curl, Answer string }
		}
	}
	require.NoError(t, json.Unmarshal([]byte(run.out), &report))
	require.Contains(t, report.Runs[0].Events[1].Curl, "$TELEGENT_ACCOUNT_SECRET")
	again := c.run(c.command("report", "--state", c.path(), "-o", path))
	require.Equal(t, 2, again.exit)
	require.Contains(t, again.err, "not overwritten")
	again = c.run(c.command("report", "--state", c.path(), "-o", "missing/dir.json"))
	require.Equal(t, 1, again.exit)
}

// Rule: what cannot be reported or replayed says so, with its exit status.
func TestNoReportAndNoReplay(t *testing.T) {
	t.Parallel()
	c := newCustomer(t, api.Edition2025, nobody+"/v1.0")
	damaged := c.write("damaged.json", "{")
	for _, x := range []struct {
		args []string
		exit int
		says string
	}{
		{[]string{"report", "--state", "nothing.json"}, 1, "no setup to report on yet"},
		{[]string{"report", "--state", damaged}, 6, "cannot be used"},
		{[]string{"report", "more"}, 2, "unknown command"},
		{[]string{"replay"}, 2, "replay FILE"},
		{[]string{"replay", "nothing.json"}, 1, "nothing.json"},
		{[]string{"replay", damaged}, 2, "cannot be read as JSON"},
		{[]string{"replay", "."}, 2, "is a directory"},
		{[]string{"replay", c.write("answers.json", `{"account":{}}`)}, 2, "no report of telegent-setup"},
		{[]string{"replay", c.write("none.json", `{"report":1,"state":{"version":1}}`)}, 2, "there is no run 0"},
		{[]string{"replay", c.write("none.json", `{"report":1,"state":{"version":1}}`), "--run", "-1"}, 2, "there is no run -1"},
	} {
		run := c.run(c.command(x.args...))
		require.Equal(t, x.exit, run.exit, "%s: %s", x.args, run.err)
		require.Contains(t, run.err, x.says)
		require.Empty(t, run.out)
	}
}

// Rule: the printed answers of a run, carried out against a service that knows
// nothing, make the same calls.
func TestPrintedAnswersRepeatTheRun(t *testing.T) {
	t.Parallel()
	for edition, answers := range map[api.Edition]string{
		api.Edition2025: `
account: {AccountName: "Ada: #1, \"quoted\" & 'co'", BillingEmail: b@example.com, AdminEmail: ada@example.com, AccountType: "1e5"}
message-route: {RouteName: 01234, RouteUrl: "https://example.com/messages?a=1&b=%20#x", RouteType: GET, DeliveryReports: false}
voice-route: skip
availability: {AreaCode: 801, ZipCode: 01234}
provision: {PhoneNumber: +13105551234}
subscriber: {Name: "yes", Email: john@example.com, Role: Manager}
test-message: {To: +13105559999, Message: "Two\nlines: ü # \"\n\n- end "}
`,
		api.Edition2026: `
account: {AccountName: "null", AccountAdmin: ada@example.com, BillingAddress: {Street1: "1 Main, rear", Street2: "#5", City: Lehi, State: UT, Zip: 01234}}
message-route: {RouteName: R, MessageUrl: "https://example.com/messages", CallbackMessageUrl: "https://example.com/reports"}
voice-route: {RouteName: V, RouteType: Trunk, TrunkUri1: "sip:sip.example.com", TrunkTransport1: TLS, TrunkEnabled1: false}
availability: {AreaCode: 310}
provision: {ZipCode: 84043, ProductType: Sms+Data+Voice, DataEnabled: true}
subscriber: {Name: John Smith, Email: john@example.com}
test-message: {To: [+13105559999, +13105559998], Body: "Hello!"}
`,
	} {
		t.Run(string(edition), func(t *testing.T) {
			t.Parallel()
			first := newCustomer(t, edition, "")
			text := "authenticate: {AccountKey: sandbox-key}" + answers
			want := first.bodies(edition, text)
			printed := first.run(first.command("status", "--print-answers", "--state", first.path()))
			require.Equal(t, 0, printed.exit, printed.err)
			second := newCustomer(t, edition, "")
			require.Equal(t, want, second.bodies(edition, printed.out), printed.out)
			reprinted := second.run(second.command("status", "--print-answers", "--state", second.path()))
			require.Equal(t, printed.out, reprinted.out)
		})
	}
}

// bodies sets up with these answers against a service of its own, and returns
// what was sent.
func (c *customer) bodies(edition api.Edition, answers string) []string {
	c.t.Helper()
	l := newLedger(c.t, edition)
	c.ends(0, "--base-url", l.url, "--answers", c.write("answers.yaml", answers))
	all := l.sent()
	for i, call := range all {
		all[i] = stable(call)
	}
	return all
}
