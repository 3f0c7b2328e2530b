package wizard

import (
	"context"
	"fmt"
	"net"
	"net/netip"
	"os"
	"path/filepath"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"
	"github.com/stretchr/testify/require"

	"telegent-setup/api"
	"telegent-setup/steps"
	"telegent-setup/steps/report"
)

// Rule: a report is written only after its content was shown, as a new file that only
// the owner reads; its path can be copied, and the way back leads to the failure.
func TestWriteAReport(t *testing.T) {
	play(t, stage{faults: []string{"soft-failure@account"}}, func(d *driver) {
		d.submit(steps.Account)
		d.sees("2 Write a support report")
		d.slowly("2")
		d.sees("Write a support report?", "Left out Tokens, AccountSecret, passwords", "1 run with 2 calls", "~/work")
		require.Empty(t, d.reports())
		d.keys("enter")
		files := d.reports()
		require.Len(t, files, 1)
		d.sees("The report is written", filepath.Base(files[0]), "Nothing has been sent")
		info, err := os.Stat(files[0])
		require.NoError(t, err)
		require.Equal(t, os.FileMode(0o600), info.Mode().Perm())
		d.keys("c")
		require.Equal(t, files[0], d.copied)
		d.keys("esc")
		d.at(steps.FailedPrompt, steps.Account)
	})
}

// reports are the reports in the working directory.
func (d *driver) reports() []string {
	d.t.Helper()
	files, err := filepath.Glob(filepath.Join(d.m.dir, "telegent-setup-report-*.json"))
	require.NoError(d.t, err)
	return files
}

// Rule: a report that cannot be written ends nothing: the screen says why, and how to
// write it elsewhere.
func TestAReportThatCannotBeWritten(t *testing.T) {
	play(t, stage{faults: []string{"drop@account"}}, func(d *driver) {
		d.submit(steps.Account)
		d.m.dir = filepath.Join(d.m.dir, "not there")
		d.slowly("4")
		d.keys("enter")
		d.sees("no such file or directory", "telegent-setup report -o FILE", "Write a support report?")
		d.m.report = func() (report.Report, error) { return report.Report{}, report.ErrNoSetup }
		d.keys("esc")
		d.slowly("4")
		d.sees("There is nothing to report yet")
		d.at(steps.UnknownPrompt, steps.Account)
	})
}

// Rule: the eSIM is a QR code, and its text for those who type, where the terminal
// has colours and room; without an eSIM nothing is said of one.
func TestTheESIM(t *testing.T) {
	play(t, stage{edition: api.Edition2026}, func(d *driver) {
		d.submit(steps.TestMessage)
		d.pass(3 * time.Minute)
		d.keys("e")
		d.sees("LPA:1$", "▀▀▀▀▀▀▀")
		d.keys("c")
		require.Contains(t, d.copied, "LPA:1$")
		d.send(tea.WindowSizeMsg{Width: 40, Height: 12})
		require.Contains(t, d.screen(), "larger window")
		d.send(tea.ColorProfileMsg{Profile: colorprofile.ASCII})
		d.sees("needs black and white")
	})
	play(t, stage{}, func(d *driver) {
		d.submit(steps.TestMessage)
		d.onward()
		d.misses("QR code")
	})
}

// Rule: where the locale knows ASCII alone, nothing else is on any screen; where it
// names UTF-8 or nothing, the signs are the usual ones.
func TestASCII(t *testing.T) {
	for locale, only := range map[string]bool{
		"LC_ALL=C": true, "LANG=POSIX": true, "LC_CTYPE=en_US.ISO-8859-1": true, "LANG=": false, "LC_ALL=C.UTF-8": false, "LANG=de_DE.utf8": false,
	} {
		t.Run(locale, func(t *testing.T) {
			play(t, stage{environ: []string{locale}, live: true, faults: []string{"slow@account"}}, func(d *driver) {
				look := func() {
					v := d.m.View()
					if only {
						require.NotRegexp(t, `[^\x00-\x7f]`, v.Content+v.WindowTitle)
					}
				}
				require.Equal(t, !only, len([]rune(d.screen())) < len(d.screen()))
				look()
				d.livingTo(steps.Account)
				d.keys(`"Söhne"`)
				look()
				d.keys("enter", "enter", `"a@example.com"`, "enter", `"b@example.com"`, "enter")
				d.works(steps.Account)
				look()
				d.pass(4 * time.Second)
				look()
				require.Contains(t, d.wire.body[1], "Söhne")
			})
		})
	}
}

// nowhere knows no name, and leads nowhere.
type nowhere struct{ waits bool }

// LookupNetIP implements webhook.Resolver.
func (n nowhere) LookupNetIP(ctx context.Context, _, host string) ([]netip.Addr, error) {
	if n.waits {
		<-ctx.Done()
		return nil, ctx.Err()
	}
	return nil, &net.DNSError{Err: "no such host", Name: host, IsNotFound: true}
}

// Rule: the webhook of a form is looked at as it is typed, esc stops that, and the
// form is there again afterwards with all that was typed.
func TestCheckTheWebhook(t *testing.T) {
	for _, waits := range []bool{false, true} {
		t.Run(fmt.Sprint(waits), func(t *testing.T) {
			play(t, stage{live: true}, func(d *driver) {
				d.livingTo(steps.MessageRoute)
				d.m.checker.Resolver = nowhere{waits}
				d.keys(`"https://hooks.example.com/m"`, "up", "up", "right", "right", "enter")
				d.sees("Your webhook, as the service would meet it", "https://hooks.example.com/m")
				if waits {
					d.sees("Looking at it")
					d.keys("esc")
					d.sees("Stopped.")
				} else {
					d.sees("hooks.example.com", "is not reachable from here")
				}
				bar := d.m.View().ProgressBar
				require.True(t, bar == nil || bar.State != tea.ProgressBarIndeterminate, "nothing is under way any more")
				d.keys("esc")
				d.at(steps.FormPrompt, steps.MessageRoute)
				require.Equal(t, "https://hooks.example.com/m", d.value("RouteUrl"))
			})
		})
	}
}
