package wizard

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"telegent-setup/api"
	"telegent-setup/state"
	"telegent-setup/steps"
	"telegent-setup/steps/report"
)

// A report is written only after its content was shown, as a new file that only
// the owner reads; its path can be copied, and the way back leads to the
// failure.
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
		d.sees("The service refused this step")
		require.Equal(t, steps.Account, d.m.next, "a report changes nothing")
	})
}

// reports are the reports in the working directory.
func (d *driver) reports() []string {
	d.t.Helper()
	files, err := filepath.Glob(filepath.Join(d.m.dir, "telegent-setup-report-*.json"))
	require.NoError(d.t, err)
	return files
}

// A report that cannot be written ends nothing: the screen says why, and how to
// write it elsewhere.
func TestAReportThatCannotBeWritten(t *testing.T) {
	play(t, stage{faults: []string{"drop@account"}}, func(d *driver) {
		d.submit(steps.Account)
		d.m.dir = filepath.Join(d.m.dir, "not there")
		d.slowly("5")
		d.keys("enter")
		d.sees("no such file or directory", "telegent-setup report -o FILE", "Write a support report?")
		d.m.report = func() (report.Report, error) { return report.Report{}, report.ErrNoSetup }
		d.keys("esc")
		d.slowly("5")
		d.sees("There is nothing to report yet", "It may have gone through anyway")
		require.False(t, d.quit)
	})
}

// An empty refusal is told by its status, where the service has no words.
func TestAStatusWithoutWords(t *testing.T) {
	play(t, stage{}, func(d *driver) {
		f := &steps.Failure{Step: steps.Account, Title: "The service refused this step.", HTTPStatus: 403, Solution: "Do this."}
		d.m.show(newFail(d.m.scene, f, nil))
		d.sees("The service answered HTTP 403 (Forbidden).")
		f.Message = "No."
		d.m.show(newFail(d.m.scene, f, nil))
		d.sees("The service said (HTTP 403): No.")
		d.misses("answered")
	})
}

// The link to the QR code of an eSIM can be followed and copied, and is nowhere
// without one.
func TestQRCode(t *testing.T) {
	const link = "https://esim.example.com/TNID-a1b2c3d4-e5f6-7890-abcd-ef1234567801.png"
	play(t, stage{edition: api.Edition2026}, func(d *driver) {
		d.submit(steps.Provision)
		d.pass(time.Minute)
		d.submit(steps.TestMessage)
		d.sees("QR code of the eSIM " + link)
		require.Contains(t, d.m.View().Content, "\x1b]8;;"+link)
		d.keys("e")
		require.Equal(t, link, d.copied)
		d.m.visit(steps.Provision)
		d.sees("QR code of the eSIM " + link)
	})
	play(t, stage{}, func(d *driver) {
		d.submit(steps.TestMessage)
		d.misses("QR code")
	})
}

// An ID that the service does not know is taken all the same, with a warning;
// one that it knows is said to be known. Without a way to look nothing is asked.
func TestAnIDThatWasEnteredIsLookedUp(t *testing.T) {
	for name, c := range map[string]struct {
		edition api.Edition
		id      string
		says    string
		calls   int
	}{
		"known":           {api.Edition2026, "", "The service knows it.", 1},
		"not known":       {api.Edition2026, "MRID-mistyped", "! The service does not know this ID.", 1},
		"cannot be asked": {api.Edition2025, "MRID-mistyped", "MRID-mistyped", 0},
	} {
		t.Run(name, func(t *testing.T) {
			play(t, stage{edition: c.edition}, func(d *driver) {
				d.to(steps.VoiceRoute)
				id := c.id
				if id == "" {
					id = d.m.saved[steps.MRID]
				}
				before := len(d.wire.sent())
				d.m.apply(openAction{newAdopt(d.m.scene, steps.MessageRoute)})
				d.keys(`"`+id+`"`, "enter")
				d.pass(time.Second)
				require.Equal(t, id, d.m.saved[steps.MRID])
				require.Equal(t, state.Done, d.m.status(steps.MessageRoute).Status)
				d.sees(c.says)
				require.Len(t, d.wire.sent(), before+c.calls)
			})
		})
	}
}

// Esc while an ID is looked up keeps the ID, and asks no more.
func TestEscStopsLooking(t *testing.T) {
	play(t, stage{edition: api.Edition2026}, func(d *driver) {
		d.to(steps.VoiceRoute)
		d.wire.stuck = true
		d.m.apply(openAction{newAdopt(d.m.scene, steps.VoiceRoute)})
		d.keys(`"CRID-mine"`, "enter")
		d.at(steps.VoiceRoute, &work{})
		d.sees("The ID is saved. Esc stops asking.")
		d.keys("esc")
		require.Equal(t, "CRID-mine", d.m.saved[steps.CRID])
		d.at(steps.Availability, &ask{})
	})
}

// Looking from the overview tells each step apart, and changes nothing.
func TestLookingFromTheOverview(t *testing.T) {
	play(t, stage{edition: api.Edition2026}, func(d *driver) {
		d.to(steps.Availability)
		_, err := d.m.runner.Adopt(steps.VoiceRoute, steps.Answers{"CallRouteId": "CRID-mistyped", "VoiceRouteId": "CRID-mistyped"})
		require.NoError(t, err)
		d.m.refresh()
		disk := d.everythingOnDisk()
		d.keys("ctrl+o", "down", "c")
		d.sees("! The service does not know everything.", "Create Account · not checked", "Create Message Route · found", "Create Voice Route · not found")
		require.Equal(t, disk, d.everythingOnDisk())
		require.Equal(t, steps.Availability, d.m.next)
	})
	play(t, stage{}, func(d *driver) {
		d.to(steps.Availability)
		calls := len(d.wire.calls)
		d.keys("ctrl+o", "c")
		d.sees("Edition 2025-12 of the API has no way to look: nothing was checked.", "Create Message Route · not checked")
		require.Len(t, d.wire.calls, calls)
	})
	play(t, stage{edition: api.Edition2026}, func(d *driver) {
		d.to(steps.Availability)
		d.wire.down = true
		d.keys("ctrl+o", "c")
		d.pass(time.Minute)
		d.sees("! Nothing answers at the address of the service", "Create Message Route · not checked")
	})
}

// A number typed the local way is offered in E.164; it is taken with a key, and
// never unasked.
func TestALocalNumberIsOffered(t *testing.T) {
	play(t, stage{}, func(d *driver) {
		d.to(steps.TestMessage)
		d.keys("ctrl+u", `"310-555-9999"`)
		d.sees("ctrl+e takes +13105559999")
		d.keys("tab")
		require.Equal(t, "310-555-9999", d.value("To"))
		d.sees("is it +13105559999?")
		d.keys("shift+tab", "ctrl+e")
		require.Equal(t, "+13105559999", d.value("To"))
		d.misses("ctrl+e takes")
		d.misses("is it")
		d.keys(`"0"`)
		require.Equal(t, "+131055599990", d.value("To"), "the cursor is behind it")
	})
}

// Where the locale knows ASCII alone, nothing else is on any screen; where it
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
				d.at(steps.Account, &work{})
				look()
				d.pass(4 * time.Second)
				look()
				require.Contains(t, d.wire.body[1], "Söhne")
			})
		})
	}
}
