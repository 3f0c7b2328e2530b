package wizard

import (
	"time"

	"github.com/stretchr/testify/require"

	"telegent-setup/api"
	"telegent-setup/api/sandbox/sandboxtest"
	"telegent-setup/steps"
	"telegent-setup/testdata/issues"
)

// view is a way to some screens.
type view struct {
	stage stage
	act   func(d *driver, freeze func(d *driver, name string))
}

// formOf is the ready form of a step in the sandbox.
func formOf(step, name string) view {
	return view{act: func(d *driver, freeze func(*driver, string)) {
		d.to(step)
		freeze(d, name)
	}}
}

// failing meets a fault of the sandbox at a step.
func failing(step, name string, faults ...string) view {
	return view{stage: stage{faults: faults}, act: func(d *driver, freeze func(*driver, string)) {
		d.submit(step)
		d.pass(time.Second)
		freeze(d, name)
	}}
}

// views are the ways to every screen that testdata/screens shows.
var views = map[string]view{
	"welcome": {act: func(d *driver, freeze func(*driver, string)) {
		freeze(d, "00-start.welcome")
		d.keys("?")
		freeze(d, "00-start.help")
		d.keys("esc", "enter", "enter")
		freeze(d, "00-start.plan")
		d.keys("ctrl+o")
		freeze(d, "00-start.overview")
	}},
	"live": {stage: stage{live: true}, act: func(d *driver, freeze func(*driver, string)) {
		freeze(d, "00-start.welcome-live")
		d.keys("enter")
		freeze(d, "01-authenticate.form-live")
		d.keys(`"DID-1"`, "enter", `"a secret of mine"`)
		freeze(d, "01-authenticate.form-typed")
		d.keys("enter")
		d.pass(time.Second)
		freeze(d, "01-authenticate.failed-unauthorized")
		d.slowly("enter")
		freeze(d, "01-authenticate.form-fix")
	}},
	"live walk": {stage: stage{live: true, areas: true}, act: func(d *driver, freeze func(*driver, string)) {
		d.livingTo(steps.Account)
		freeze(d, "02-account.form-live")
		d.keys("enter", "enter", `"nobody"`, "enter", "enter")
		freeze(d, "02-account.form-problems")
	}},
	"live number": {stage: stage{live: true, areas: true}, act: func(d *driver, freeze func(*driver, string)) {
		d.livingTo(steps.VoiceRoute)
		freeze(d, "04-voice-route.offer-live")
		d.keys("enter", "up", `"801"`, "ctrl+s")
		freeze(d, "05-availability.list-areas")
		d.keys("enter")
		freeze(d, "06-provision.form-no-number")
		d.keys("up", "right", "right", "enter")
		freeze(d, "06-provision.no-number")
	}},
	"environment": {
		stage: stage{live: true, given: func(g *steps.Given) {
			g.Secrets["AccountSecret"] = api.NewSecret("0123456789012345678901234567890123456789")
			g.Answers[steps.Authenticate] = steps.Answers{"AccountKey": "DID-1"}
			g.Environs[steps.Authenticate] = map[string]bool{"AccountKey": true, "AccountSecret": true}
		}},
		act: func(d *driver, freeze func(*driver, string)) {
			d.keys("enter")
			freeze(d, "01-authenticate.form-environment")
		},
	},
	"answers file": {
		stage: stage{live: true, given: func(g *steps.Given) {
			g.Answers[steps.Account] = steps.Answers{"AccountName": "Ada Ltd", "BillingEmail": "nobody"}
			g.Answers[steps.Provision] = steps.Answers{"PhoneNumber": "+13105551234"}
			g.Skip[steps.VoiceRoute] = true
		}},
		act: func(d *driver, freeze func(*driver, string)) {
			d.keys("enter", `"sandbox-key"`, "enter", `"sandbox-secret"`, "enter")
			freeze(d, "01-authenticate.plan-file")
		},
	},
	"authenticate": formOf(steps.Authenticate, "01-authenticate.form"),
	"signing in": {stage: stage{faults: []string{"slow@authenticate"}}, act: func(d *driver, freeze func(*driver, string)) {
		d.to(steps.Authenticate)
		d.accept()
		freeze(d, "01-authenticate.work")
	}},
	"account": {act: func(d *driver, freeze func(*driver, string)) {
		d.to(steps.Account)
		d.keys("down", "down", "down", "down", "down")
		freeze(d, "02-account.form")
		d.keys("ctrl+r")
		freeze(d, "02-account.request")
		d.keys("esc", "down", "down", "right", "enter")
		freeze(d, "02-account.adopt")
		d.keys("enter")
		freeze(d, "02-account.adopt-problem")
	}},
	"account work": {stage: stage{faults: []string{"slow@account"}}, act: func(d *driver, freeze func(*driver, string)) {
		d.submit(steps.Account)
		d.pass(1300 * time.Millisecond)
		freeze(d, "02-account.work")
		d.keys("enter")
		d.pass(4 * time.Second)
		freeze(d, "03-message-route.form-press-enter")
	}},
	"account waiting": {stage: stage{faults: []string{"rate-limit@account:5"}}, act: func(d *driver, freeze func(*driver, string)) {
		d.submit(steps.Account)
		d.pass(200 * time.Millisecond)
		freeze(d, "02-account.work-rate-limit")
		d.pass(time.Minute)
		freeze(d, "02-account.failed-rate-limit")
	}},
	"account unknown": {stage: stage{faults: []string{"drop@account"}}, act: func(d *driver, freeze func(*driver, string)) {
		d.submit(steps.Account)
		freeze(d, "02-account.unknown")
		d.slowly("3")
		freeze(d, "02-account.resend")
	}},
	"account missing id": failing(steps.Account, "02-account.unknown-missing-id", "missing-id@account"),
	"account refused":    failing(steps.Account, "02-account.failed-refused", "soft-failure@account"),
	"account token":      failing(steps.Account, "02-account.failed-unauthorized", "unauthorized@account:2"),
	"account network": {act: func(d *driver, freeze func(*driver, string)) {
		d.to(steps.Account)
		d.wire.down = true
		d.accept()
		d.pass(time.Minute)
		freeze(d, "02-account.failed-network")
	}},
	"not confirmed": {stage: stage{edition: api.Edition2026}, act: func(d *driver, freeze func(*driver, string)) {
		d.to(steps.MessageRoute)
		d.keys("right", "enter", `"MRID-mistyped"`, "enter")
		d.pass(time.Second)
		freeze(d, "03-message-route.unconfirmed")
		d.slowly("y")
		freeze(d, "04-voice-route.offer-2026-unconfirmed")
	}},
	"found": {stage: stage{edition: api.Edition2026}, act: func(d *driver, freeze func(*driver, string)) {
		d.to(steps.VoiceRoute)
		d.keys("ctrl+o", "3")
		d.slowly("3")
		freeze(d, "03-message-route.adopt-2026")
		d.keys("down", "down", "enter")
		d.pass(time.Second)
		freeze(d, "03-message-route.list-found")
	}},
	"looked for": {stage: stage{faults: []string{"drop@message-route"}}, act: func(d *driver, freeze func(*driver, string)) {
		d.submit(steps.MessageRoute)
		freeze(d, "03-message-route.unknown")
		d.slowly("enter")
		d.pass(15 * time.Second)
		freeze(d, "03-message-route.list-look-up")
	}},
	"message route": {act: func(d *driver, freeze func(*driver, string)) {
		d.to(steps.MessageRoute)
		freeze(d, "03-message-route.form")
		d.keys("esc")
		freeze(d, "02-account.step")
		d.slowly("4")
		freeze(d, "02-account.redo")
	}},
	"voice route": {act: func(d *driver, freeze func(*driver, string)) {
		d.to(steps.MessageRoute)
		d.accept()
		freeze(d, "04-voice-route.offer")
		d.keys("enter")
		freeze(d, "04-voice-route.form")
		d.keys("esc")
		d.to(steps.VoiceRoute)
		d.keys("right", "right", "right", "enter")
		freeze(d, "05-availability.form-no-voice")
		d.keys("esc")
		freeze(d, "04-voice-route.step-skipped")
	}},
	"availability": {act: func(d *driver, freeze func(*driver, string)) {
		d.to(steps.Availability)
		freeze(d, "05-availability.form")
		d.accept()
		freeze(d, "05-availability.list")
		d.keys(`"011"`, "down")
		freeze(d, "05-availability.list-filter")
		d.keys("enter")
		freeze(d, "06-provision.form")
		d.accept()
		d.pass(time.Second)
		freeze(d, "06-provision.confirm")
	}},
	"many areas": {stage: stage{live: true, areas: true, many: 25_000}, act: func(d *driver, freeze func(*driver, string)) {
		d.livingTo(steps.Availability)
		d.keys("ctrl+s", "down", "pgdown")
		freeze(d, "05-availability.list-many")
		d.keys(`"^80 ngp-2$"`)
		freeze(d, "05-availability.list-many-filter")
	}},
	"given number": {stage: stage{live: true, given: func(g *steps.Given) {
		g.Answers[steps.Provision] = steps.Answers{"PhoneNumber": "+13105559876"}
	}}, act: func(d *driver, freeze func(*driver, string)) {
		d.keys("enter", `"sandbox-key"`, "enter", `"sandbox-secret"`, "enter", "2")
		d.keys(`"Ada"`, "down", "down", `"a@example.com"`, "enter", `"b@example.com"`, "enter", `"https://example.com/m"`, "ctrl+s", "enter", "up", `"801"`, "ctrl+s")
		freeze(d, "05-availability.list-given-missing")
	}},
	"no numbers":            failing(steps.Availability, "05-availability.failed-no-numbers", "no-numbers"),
	"number in use":         failing(steps.Provision, "06-provision.failed-number-in-use", "number-in-use"),
	"message route missing": messageRouteMissing,
	"taken number": {stage: stage{faults: []string{"number-in-use"}}, act: func(d *driver, freeze func(*driver, string)) {
		d.submit(steps.Provision)
		d.pass(time.Second)
		d.slowly("enter")
		freeze(d, "05-availability.list-taken")
	}},
	"provision unknown": {stage: stage{faults: []string{"drop@provision"}}, act: func(d *driver, freeze func(*driver, string)) {
		d.submit(steps.Provision)
		freeze(d, "06-provision.unknown")
		d.slowly("3", "2")
		freeze(d, "06-provision.unknown-arrived")
		d.slowly("2")
		freeze(d, "06-provision.adopt")
	}},
	"subscriber": formOf(steps.Subscriber, "07-subscriber.form"),
	"password": {stage: stage{live: true}, act: func(d *driver, freeze func(*driver, string)) {
		d.livingTo(steps.Provision)
		d.accept()
		d.pass(time.Second)
		d.slowly("enter")
		d.keys(`"Ada"`, "down", `"ada@example.com"`, "down", `"Tr0ub4dor&3"`, "enter", `"Tr0ub4dor&2"`, "enter")
		freeze(d, "07-subscriber.form-password-twice")
	}},
	"email exists":    failing(steps.Subscriber, "07-subscriber.failed-email-exists", "email-exists"),
	"invalid account": failing(steps.Subscriber, "07-subscriber.failed-invalid-account", "invalid-account"),
	"exchange": {stage: stage{faults: []string{"email-exists"}}, act: func(d *driver, freeze func(*driver, string)) {
		d.submit(steps.Subscriber)
		d.slowly("2")
		freeze(d, "07-subscriber.exchange")
	}},
	"test message": {act: func(d *driver, freeze func(*driver, string)) {
		d.to(steps.TestMessage)
		freeze(d, "08-test-message.form")
		d.accept()
		d.pass(time.Second)
		freeze(d, "08-test-message.confirm")
		d.slowly("enter")
		d.pass(2 * time.Minute)
		freeze(d, "09-end.finished")
	}},
	"delivery": {stage: stage{faults: []string{"no-reply"}}, act: func(d *driver, freeze func(*driver, string)) {
		d.submit(steps.TestMessage)
		d.pass(5 * time.Second)
		freeze(d, "08-test-message.delivery")
		d.keys("enter")
		freeze(d, "09-end.finished-no-reply")
	}},
	"undelivered": {stage: stage{faults: []string{"undelivered"}}, act: func(d *driver, freeze func(*driver, string)) {
		d.submit(steps.TestMessage)
		d.pass(2 * time.Minute)
		freeze(d, "09-end.finished-undelivered")
		d.keys("2")
		freeze(d, "09-end.arrival")
	}},
	"message unknown": failing(steps.TestMessage, "08-test-message.unknown", "drop@test-message"),
	"second edition": {stage: stage{edition: api.Edition2026}, act: func(d *driver, freeze func(*driver, string)) {
		d.to(steps.Account)
		freeze(d, "02-account.form-2026")
		d.to(steps.MessageRoute)
		freeze(d, "03-message-route.form-2026")
		d.to(steps.VoiceRoute)
		freeze(d, "04-voice-route.form-2026")
		d.to(steps.Provision)
		freeze(d, "06-provision.form-2026")
		d.accept()
		d.slowly("enter")
		d.pass(300 * time.Millisecond)
		freeze(d, "06-provision.work-2026")
		d.pass(time.Minute)
		freeze(d, "07-subscriber.form-2026")
		d.to(steps.TestMessage)
		freeze(d, "08-test-message.form-2026")
	}},
	"second edition, done": {stage: stage{edition: api.Edition2026}, act: func(d *driver, freeze func(*driver, string)) {
		d.submit(steps.TestMessage)
		d.pass(3 * time.Minute)
		freeze(d, "09-end.finished-2026")
		d.keys("e")
		freeze(d, "09-end.esim-2026")
		d.keys("esc", "ctrl+o", "c")
		d.pass(time.Second)
		freeze(d, "09-end.overview-2026")
		d.keys("6")
		freeze(d, "06-provision.step-2026")
	}},
	"live end": {stage: stage{live: true}, act: func(d *driver, freeze func(*driver, string)) {
		d.livingTo(steps.Provision)
		d.accept()
		d.pass(time.Second)
		d.slowly("enter")
		d.keys(`"Ada"`, "down", `"ada@example.com"`, "down", `"Tr0ub4dor&3"`, "enter", `"Tr0ub4dor&3"`, "ctrl+s")
		d.keys(`"(310) 555-9999"`, "enter")
		freeze(d, "08-test-message.form-offer")
		d.keys("enter", "ctrl+s")
		d.pass(time.Second)
		d.slowly("enter")
		d.pass(3 * time.Minute)
		freeze(d, "09-end.finished-live")
		d.keys("t")
		freeze(d, "09-end.text-live")
	}},
	"webhook": {stage: stage{live: true}, act: func(d *driver, freeze func(*driver, string)) {
		d.livingTo(steps.MessageRoute)
		d.m.checker.Resolver = nowhere{}
		d.keys(`"https://hooks.example.com/m"`, "up", "up", "right", "right", "enter")
		freeze(d, "03-message-route.webhook")
	}},
	"report": {stage: stage{faults: []string{"soft-failure@account"}}, act: func(d *driver, freeze func(*driver, string)) {
		d.submit(steps.Account)
		d.slowly("2")
		freeze(d, "02-account.report")
		d.keys("enter")
		freeze(d, "02-account.report-written")
	}},
	"gateway":               failing(steps.Account, "02-account.unknown-html", "html@account"),
	"wrong edition":         meeting("wrong edition", "01-authenticate.failed-wrong-edition"),
	"no connection":         meeting("no connection", "01-authenticate.failed-network"),
	"page at sign-in":       meeting("page in the way of signing in", "01-authenticate.failed-html"),
	"no token":              meeting("no token", "01-authenticate.failed-unexpected-answer"),
	"token scope":           meeting("token scope", "02-account.failed-token-scope"),
	"redirect":              meeting("redirected", "02-account.failed-redirect"),
	"never answered":        meeting("never answered", "02-account.unknown-timeout"),
	"search breaks":         meeting("search breaks", "05-availability.failed-server-error"),
	"search hangs":          meeting("search hangs", "05-availability.failed-timeout"),
	"search cut":            meeting("search cut", "05-availability.failed-network"),
	"page at the search":    meeting("page in the way of the search", "05-availability.failed-html"),
	"type mismatch":         meeting("type mismatch", "06-provision.failed-type-mismatch"),
	"broken JSON":           meeting("broken JSON", "06-provision.unknown-unexpected-answer"),
	"number not in account": meeting("number not in account", "07-subscriber.failed-number-not-in-account"),
	"server error":          meeting("server error", "07-subscriber.unknown-server-error"),
	"looking is not possible": {stage: stage{faults: []string{"no-lookup:9"}}, act: func(d *driver, freeze func(*driver, string)) {
		d.to(steps.VoiceRoute)
		d.keys("ctrl+o", "c")
		d.pass(time.Second)
		freeze(d, "04-voice-route.overview-not-checked")
	}},
	"ascii": {stage: stage{environ: []string{"LC_ALL=C"}, faults: []string{"number-in-use"}}, act: func(d *driver, freeze func(*driver, string)) {
		freeze(d, "00-start.welcome-ascii")
		d.to(steps.Provision)
		freeze(d, "06-provision.form-ascii")
		d.submit(steps.Provision)
		d.pass(time.Second)
		freeze(d, "06-provision.failed-ascii")
	}},
	"replay": {stage: stage{faults: []string{"number-in-use"}}, act: func(d *driver, freeze func(*driver, string)) {
		d.submit(steps.Provision)
		d.replay(steps.ExitRefused)
		freeze(d, "10-replay.start")
		d.keys("end", "left", "left")
		freeze(d, "10-replay.form")
		d.keys("right")
		freeze(d, "10-replay.failed-number-in-use")
		d.keys("r")
		freeze(d, "10-replay.calls")
		d.keys("esc", "end")
		freeze(d, "10-replay.end")
	}},
	"second edition, live": {stage: stage{edition: api.Edition2026, live: true}, act: func(d *driver, freeze func(*driver, string)) {
		d.keys("enter", `"sandbox-key"`, "enter", `"sandbox-secret"`, "enter")
		freeze(d, "02-account.form-2026-live")
	}},
	"resume": {act: func(d *driver, freeze func(*driver, string)) {
		d.to(steps.Provision)
		d = d.again()
		freeze(d, "00-start.welcome-resume")
		d.keys("enter")
		freeze(d, "00-start.plan-resume")
		d.keys("2", "ctrl+o")
		freeze(d, "06-provision.overview")
	}},
}

// messageRouteMissing goes from a refused order to the step that mends it.
var messageRouteMissing = view{
	stage: stage{faults: []string{"message-route-required"}},
	act: func(d *driver, freeze func(*driver, string)) {
		d.submit(steps.Provision)
		d.pass(time.Second)
		freeze(d, "06-provision.failed-message-route-required")
		d.slowly("enter")
		freeze(d, "03-message-route.redo-fix")
	},
}

// meeting is the view of a case, in the first edition in which it can occur.
func meeting(name, screen string) view {
	for _, c := range issues.All() {
		if c.Name == name {
			return view{stage: stage{edition: c.Editions()[0]}, act: func(d *driver, freeze func(*driver, string)) {
				meet(d, c)
				freeze(d, screen)
			}}
		}
	}
	panic("no case is called " + name)
}

// meet brings up the failure of a case.
func meet(d *driver, c issues.Case) {
	d.t.Helper()
	service, err := c.Service(d.stage.edition)
	require.NoError(d.t, err)
	d.wire.next = sandboxtest.Transport{Handler: service}
	if d.stage.edition == api.Edition2026 && (c.Step == steps.Subscriber || c.Step == steps.TestMessage) {
		d.submit(steps.Provision)
		d.pass(time.Minute) // The order is asked for.
	}
	d.to(c.Step)
	d.wire.down = c.Down
	d.submit(c.Step)
	d.pass(time.Minute)
}
