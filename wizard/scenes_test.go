package wizard

import (
	"time"

	"telegent-setup/api"
	"telegent-setup/steps"
)

// scenes are the ways to every screen that testdata/screens shows.
var scenes = map[string]sight{
	"welcome": {act: func(d *driver, hang func(*driver, string)) {
		hang(d, "00-start.welcome")
		d.keys("?")
		hang(d, "00-start.help")
		d.keys("esc", "ctrl+o")
		hang(d, "00-start.overview")
	}},
	"live": {stage: stage{live: true}, act: func(d *driver, hang func(*driver, string)) {
		hang(d, "00-start.welcome-live")
		d.keys("enter")
		hang(d, "01-authenticate.ask-live")
		d.keys(`"DID-1"`, "enter", `"a secret of mine"`)
		hang(d, "01-authenticate.ask-typed")
		d.keys("enter")
		d.pass(time.Second)
		hang(d, "01-authenticate.fail-unauthorized")
		d.slowly("enter")
		hang(d, "01-authenticate.ask-fix")
	}},
	"live walk": {stage: stage{live: true, areas: true}, act: func(d *driver, hang func(*driver, string)) {
		d.livingTo(steps.Account)
		hang(d, "02-account.ask-live")
		d.keys("enter", "enter", `"nobody"`, "enter", "enter")
		hang(d, "02-account.ask-problems")
	}},
	"live number": {stage: stage{live: true, areas: true}, act: func(d *driver, hang func(*driver, string)) {
		d.livingTo(steps.VoiceRoute)
		hang(d, "04-voice-route.offer-live")
		d.keys("enter", `"801"`, "enter", "enter", "enter", "enter", "enter")
		hang(d, "05-availability.results-areas")
		d.keys("enter")
		hang(d, "06-provision.ask-no-number")
		d.keys("down", "down", "down", "down", "right", "right")
		hang(d, "06-provision.ask-no-number-button")
		d.keys("enter")
		hang(d, "06-provision.no-number")
	}},
	"environment": {
		stage: stage{
			live: true, environ: []string{"TELEGENT_ACCOUNT_KEY=DID-1", "TELEGENT_ACCOUNT_SECRET=0123456789012345678901234567890123456789"},
			secrets: map[string]string{"AccountSecret": "0123456789012345678901234567890123456789"},
			given:   map[string]steps.Answers{steps.Authenticate: {"AccountKey": "DID-1"}},
		},
		act: func(d *driver, hang func(*driver, string)) {
			d.keys("enter")
			hang(d, "01-authenticate.ask-environment")
		},
	},
	"authenticate": sandboxTo(steps.Authenticate, "01-authenticate.ask"),
	"signing in": {stage: stage{faults: []string{"slow@authenticate"}}, act: func(d *driver, hang func(*driver, string)) {
		d.to(steps.Authenticate)
		d.accept()
		hang(d, "01-authenticate.work")
	}},
	"account": {act: func(d *driver, hang func(*driver, string)) {
		d.to(steps.Account)
		hang(d, "02-account.ask")
		d.keys("ctrl+r")
		hang(d, "02-account.request")
		d.keys("esc", "down", "down", "down", "down", "right", "enter")
		hang(d, "02-account.adopt")
	}},
	"account work": {stage: stage{faults: []string{"slow@account"}}, act: func(d *driver, hang func(*driver, string)) {
		d.submit(steps.Account)
		d.pass(1100 * time.Millisecond)
		hang(d, "02-account.work")
	}},
	"account waiting": {stage: stage{faults: []string{"rate-limit@account:5"}}, act: func(d *driver, hang func(*driver, string)) {
		d.submit(steps.Account)
		d.pass(200 * time.Millisecond)
		hang(d, "02-account.work-rate-limit")
		d.pass(time.Minute)
		hang(d, "02-account.fail-rate-limit")
	}},
	"account unknown": {stage: stage{faults: []string{"drop@account"}}, act: func(d *driver, hang func(*driver, string)) {
		d.submit(steps.Account)
		hang(d, "02-account.unknown")
		d.slowly("3")
		hang(d, "02-account.unknown-sure")
	}},
	"account missing id": failing(steps.Account, "02-account.unknown-missing-id", "missing-id@account"),
	"account refused":    failing(steps.Account, "02-account.fail-refused", "soft-failure@account"),
	"account token":      failing(steps.Account, "02-account.fail-unauthorized", "unauthorized@account:2"),
	"account network": {act: func(d *driver, hang func(*driver, string)) {
		d.to(steps.Account)
		d.wire.down = true
		d.accept()
		d.pass(time.Minute)
		hang(d, "02-account.fail-network")
	}},
	"message route": {act: func(d *driver, hang func(*driver, string)) {
		d.to(steps.MessageRoute)
		hang(d, "03-message-route.ask")
		d.keys("esc")
		hang(d, "02-account.detail")
		d.slowly("3")
		hang(d, "02-account.redo")
	}},
	"voice route": {act: func(d *driver, hang func(*driver, string)) {
		d.to(steps.MessageRoute)
		d.accept()
		hang(d, "04-voice-route.offer")
		d.keys("enter")
		hang(d, "04-voice-route.ask")
		d.keys("down", "down", "down", "right", "right", "right", "enter")
		hang(d, "05-availability.ask-no-voice")
		d.keys("esc")
		hang(d, "04-voice-route.detail-skipped")
	}},
	"availability": {act: func(d *driver, hang func(*driver, string)) {
		d.to(steps.Availability)
		hang(d, "05-availability.ask")
		d.accept()
		hang(d, "05-availability.results")
		d.keys(`"011"`, "down")
		hang(d, "05-availability.results-filter")
		d.keys("enter")
		hang(d, "06-provision.ask")
		d.accept()
		d.pass(time.Second)
		hang(d, "06-provision.confirm")
	}},
	"many areas": {stage: stage{live: true, areas: true, many: 25_000}, act: func(d *driver, hang func(*driver, string)) {
		d.livingTo(steps.Availability)
		d.keys("enter", "enter", "enter", "enter", "enter", "down", "pgdown")
		hang(d, "05-availability.results-many")
	}},
	"no numbers":            failing(steps.Availability, "05-availability.fail-no-numbers", "no-numbers"),
	"number in use":         failing(steps.Provision, "06-provision.fail-number-in-use", "number-in-use"),
	"message route missing": messageRouteMissing,
	"provision unknown": {stage: stage{faults: []string{"drop@provision"}}, act: func(d *driver, hang func(*driver, string)) {
		d.submit(steps.Provision)
		hang(d, "06-provision.unknown")
		d.slowly("3")
		d.slowly("2")
		hang(d, "06-provision.unknown-arrived")
		d.slowly("enter")
		hang(d, "06-provision.adopt")
	}},
	"subscriber":      sandboxTo(steps.Subscriber, "07-subscriber.ask"),
	"email exists":    failing(steps.Subscriber, "07-subscriber.fail-email-exists", "email-exists"),
	"invalid account": failing(steps.Subscriber, "07-subscriber.fail-invalid-account", "invalid-account"),
	"exchange": {stage: stage{faults: []string{"email-exists"}}, act: func(d *driver, hang func(*driver, string)) {
		d.submit(steps.Subscriber)
		d.slowly("3")
		hang(d, "07-subscriber.exchange")
	}},
	"test message": {act: func(d *driver, hang func(*driver, string)) {
		d.to(steps.TestMessage)
		hang(d, "08-test-message.ask")
		d.accept()
		d.pass(time.Second)
		hang(d, "08-test-message.confirm")
		d.slowly("enter")
		hang(d, "09-end.done")
		d.keys("2")
		hang(d, "09-end.not-arrived")
	}},
	"message unknown": failing(steps.TestMessage, "08-test-message.unknown", "drop@test-message"),
	"second edition": {stage: stage{edition: api.Edition2026}, act: func(d *driver, hang func(*driver, string)) {
		d.to(steps.Account)
		hang(d, "02-account.ask-2026")
		d.to(steps.MessageRoute)
		hang(d, "03-message-route.ask-2026")
		d.to(steps.VoiceRoute)
		hang(d, "04-voice-route.ask-2026")
		d.to(steps.Provision)
		hang(d, "06-provision.ask-2026")
		d.accept()
		d.slowly("enter")
		d.pass(300 * time.Millisecond)
		hang(d, "06-provision.work-2026")
		d.pass(time.Minute)
		hang(d, "07-subscriber.ask-2026")
		d.to(steps.TestMessage)
		hang(d, "08-test-message.ask-2026")
	}},
	"second edition, done": {stage: stage{edition: api.Edition2026}, act: func(d *driver, hang func(*driver, string)) {
		d.submit(steps.Provision)
		d.pass(time.Minute)
		d.submit(steps.TestMessage)
		hang(d, "09-end.done-2026")
		d.keys("ctrl+o", "c")
		hang(d, "09-end.overview-2026")
		d.keys("6")
		hang(d, "06-provision.detail-2026")
	}},
	"second edition, an ID that is not there": {stage: stage{edition: api.Edition2026}, act: func(d *driver, hang func(*driver, string)) {
		d.to(steps.MessageRoute)
		d.m.apply(openAction{newAdopt(d.m.scene, steps.MessageRoute)})
		d.keys(`"MRID-mistyped"`)
		hang(d, "03-message-route.adopt-2026")
		d.keys("enter")
		d.pass(time.Second)
		hang(d, "04-voice-route.offer-2026-not-found")
	}},
	"report": {stage: stage{faults: []string{"soft-failure@account"}}, act: func(d *driver, hang func(*driver, string)) {
		d.submit(steps.Account)
		d.slowly("2")
		hang(d, "02-account.report")
		d.keys("enter")
		hang(d, "02-account.report-written")
	}},
	"gateway":               failing(steps.Account, "02-account.unknown-html", "html@account"),
	"wrong edition":         meeting("wrong edition", "01-authenticate.fail-wrong-edition"),
	"no connection":         meeting("no connection", "01-authenticate.fail-network"),
	"page at sign-in":       meeting("page in the way of signing in", "01-authenticate.fail-html"),
	"no token":              meeting("no token", "01-authenticate.fail-unexpected-answer"),
	"token scope":           meeting("token scope", "02-account.fail-token-scope"),
	"redirect":              meeting("redirected", "02-account.fail-redirect"),
	"never answered":        meeting("never answered", "02-account.unknown-timeout"),
	"search breaks":         meeting("search breaks", "05-availability.fail-server-error"),
	"search hangs":          meeting("search hangs", "05-availability.fail-timeout"),
	"search cut":            meeting("search cut", "05-availability.fail-network"),
	"page at the search":    meeting("page in the way of the search", "05-availability.fail-html"),
	"type mismatch":         meeting("type mismatch", "06-provision.fail-type-mismatch"),
	"broken JSON":           meeting("broken JSON", "06-provision.unknown-unexpected-answer"),
	"number not in account": meeting("number not in account", "07-subscriber.fail-number-not-in-account"),
	"server error":          meeting("server error", "07-subscriber.unknown-server-error"),
	"looking is not possible": {act: func(d *driver, hang func(*driver, string)) {
		d.to(steps.VoiceRoute)
		d.keys("ctrl+o", "c")
		hang(d, "04-voice-route.overview-not-checked")
	}},
	"offer": {act: func(d *driver, hang func(*driver, string)) {
		d.to(steps.TestMessage)
		d.keys("ctrl+u", `"(310) 555-9999"`)
		hang(d, "08-test-message.ask-offer")
	}},
	"ascii": {stage: stage{environ: []string{"LC_ALL=C"}, faults: []string{"number-in-use"}}, act: func(d *driver, hang func(*driver, string)) {
		hang(d, "00-start.welcome-ascii")
		d.to(steps.Provision)
		hang(d, "06-provision.ask-ascii")
		d.submit(steps.Provision)
		d.pass(time.Second)
		hang(d, "06-provision.fail-ascii")
	}},
	"replay": {stage: stage{faults: []string{"number-in-use"}}, act: func(d *driver, hang func(*driver, string)) {
		d.m.runner.Begin()
		d.submit(steps.Provision)
		d.replay(steps.ExitRefused)
		hang(d, "10-replay.start")
		d.keys("end", "left", "left")
		hang(d, "10-replay.ask")
		d.keys("right")
		hang(d, "10-replay.fail-number-in-use")
		d.keys("r")
		hang(d, "10-replay.calls")
		d.keys("esc", "end")
		hang(d, "10-replay.end")
	}},
	"second edition, live": {stage: stage{edition: api.Edition2026, live: true}, act: func(d *driver, hang func(*driver, string)) {
		d.keys("enter", `"sandbox-key"`, "enter", `"sandbox-secret"`, "enter")
		hang(d, "02-account.ask-2026-live")
	}},
	"resume": {act: func(d *driver, hang func(*driver, string)) {
		d.to(steps.Provision)
		d = d.again()
		hang(d, "00-start.welcome-resume")
		d.keys("enter")
		hang(d, "06-provision.ask-resume")
		d.keys("ctrl+o")
		hang(d, "06-provision.overview")
	}},
}

// messageRouteMissing goes from a refused order to the step that mends it.
var messageRouteMissing = sight{
	stage: stage{faults: []string{"message-route-required"}},
	act: func(d *driver, hang func(*driver, string)) {
		d.submit(steps.Provision)
		d.pass(time.Second)
		hang(d, "06-provision.fail-message-route-required")
		d.slowly("enter")
		hang(d, "03-message-route.redo-fix")
	},
}
