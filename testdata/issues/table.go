package issues

import "telegent-setup/api"

// The guide's solutions, as they stand (API.md, Common issues).
const (
	checkToken   = "Check that your Bearer token is correct and included in the Authorization header."
	createRoute  = "You must create a Message Route (Step 3) before provisioning numbers. Message routes are required for ALL subscribers."
	chooseOther  = "The number you selected was claimed by another user. Check availability again and select a different number."
	uniqueEmail  = "Each subscriber email must be unique across the entire platform. Try a different email address."
	rightAccount = "Make sure you're using the AccountId returned from the account creation step (Step 2)."
	givenAccount = "Make sure you're using the correct AccountId provided by your Telegent representative."
	fiftyAMinute = "Standard tier: 50 requests per minute. Enterprise tier: contact support for custom limits."
	p2pOnly      = "iot numbers are p2p only; use mvno for a2p."
	knownOpen    = "This is a known open issue of the service. Open a support ticket with the TransactionLogId, the AccountId, the TNID and the exact request body."
)

// What helps with the rest.
const (
	checkSecret  = "Check both; your Telegent representative can renew them."
	nothingSent  = "Nothing was sent, so nothing was created. Check that you are online, and that --base-url is right. The service may be down for a moment; try again."
	enterTheID   = "Look for it at the service, or enter the ID if you have it or can ask support@telegent.com for it; send again only if you are sure that nothing was created."
	lookAtPhone  = "Look at the phone: if the message arrived, this step is done; if it did not, send it again."
	probablyMade = "It was probably created. Ask support@telegent.com for the ID, then enter it here."
	notOneOfThem = "This is not one of the documented issues. Read the service's words, check the answers, and try again; else write to support@telegent.com."
	tryNetwork   = "Check the network, then try again."
	webPage      = "A network that wants you to sign in first (a hotel, an airport), a proxy, or a wrong --base-url may be in the way. Open any web page in a browser, then try again."
	otherEdition = "Check --base-url. If it is right, the server speaks the other edition: switch to it here, or start again with --edition 2025-12 or --edition 2026-04."
	orderAgain   = "Read the service's words. Order again with other answers, or ask Telegent support with the OrderId."
	askForRights = "Every endpoint needs its own token; a new one for this endpoint was asked for, and was not accepted either. Check with your Telegent representative that your AccountKey may use this endpoint."
	moreTime     = "Check the network, then try again. --timeout gives it more time."
	waitAMinute  = "Wait a minute, then try again. If it goes on, write to support@telegent.com."
	checkBaseURL = "Check --base-url, and write to support@telegent.com if it is right."
	elsewhere    = "Redirects are not followed, since they could carry your token to another server. Check --base-url, or sign in to this network in a browser first."
)

// Server stands for the address of the service in a title.
const Server = "http://SERVER"

// Elsewhere is where a redirect points.
const Elsewhere = "https://wifi.example/login"

const page = `<html><head><title>Hotel WiFi</title></head><body>Please sign in.</body></html>`

// All lists the cases.
func All() []Case {
	return append(append(refusals(), unanswered()...), unclear()...)
}

// refusals are complete answers that refuse: nothing was carried out.
func refusals() []Case {
	badAccount := Answer{Status: 400, Body: `{"StatusCode":400,"Message":"Invalid AccountId"}`}
	invalid := func(step string) Case {
		return Case{Name: "invalid account at " + step, Step: step, Edition: api.Edition2026, Answer: badAccount, Issue: "invalid-account",
			Title: "The service does not know this AccountId.", Solution: givenAccount, Choice: "Enter the right AccountId", FixStep: "account", Exit: 4}
	}
	return []Case{
		{Name: "token refused", Step: "account", Fault: "unauthorized@account:2", Issue: "unauthorized",
			Title: "The service did not accept the bearer token.", Solution: checkToken, Choice: "Sign in again", FixStep: "authenticate", Exit: 4},
		{Name: "secret refused", Step: "authenticate", Fault: "unauthorized@authenticate", Issue: "unauthorized",
			Title: "The service did not accept this AccountKey and AccountSecret.", Solution: checkSecret, Quote: checkToken, Choice: "Enter the AccountSecret again", FixStep: "authenticate", Exit: 4},
		{Name: "message route required", Step: "provision", Fault: "message-route-required", Issue: "message-route-required",
			Title: "The number needs a message route.", Solution: createRoute, Choice: "Create a message route", FixStep: "message-route", Exit: 4},
		{Name: "number in use", Step: "provision", Fault: "number-in-use", Issue: "number-in-use",
			Title: "This phone number is taken.", Solution: chooseOther, Choice: "Choose another number", FixStep: "availability", Exit: 4},
		{Name: "email exists", Step: "subscriber", Fault: "email-exists", Issue: "email-exists",
			Title: "This email address belongs to another subscriber.", Solution: uniqueEmail, Choice: "Change the email address", FixStep: "subscriber", Exit: 4},
		{Name: "invalid account", Step: "subscriber", Edition: api.Edition2025, Fault: "invalid-account", Issue: "invalid-account",
			Title: "The service does not know this AccountId.", Solution: rightAccount, Choice: "Enter the right AccountId", FixStep: "account", Exit: 4},
		invalid("message-route"), invalid("voice-route"), invalid("provision"), invalid("subscriber"),
		{Name: "rate limit", Step: "account", Answer: Answer{Status: 429, Body: `{"Message":"Too many requests"}`, Hits: 5}, Issue: "rate-limit",
			Title: "Too many requests in one minute.", Solution: fiftyAMinute, Choice: "Wait, then send again", FixStep: "account", Exit: 4},
		{Name: "token scope", Step: "account", Edition: api.Edition2026, Answer: Answer{Status: 403, Body: `{"Message":"Forbidden"}`, Hits: 2}, Issue: "token-scope",
			Title: "The service says that the token is for another endpoint.", Solution: askForRights, Choice: "Sign in again", FixStep: "authenticate", Exit: 4},
		{Name: "type mismatch", Step: "provision", Answer: Answer{Status: 422, Body: `{"error":"NumberType and MessageType mismatch"}`}, Issue: "type-mismatch",
			Title: "NumberType and MessageType do not go together.", Solution: p2pOnly, Choice: "Change the message type", FixStep: "provision", Exit: 4},
		{Name: "number not in account", Step: "subscriber", Answer: Answer{Status: 400, Body: `{"Message":"Phone number does not belong to account","TransactionLogId":"TL-7"}`}, Issue: "number-not-in-account",
			Title: "The service says that this number does not belong to the account.", Solution: knownOpen, Choice: "Try again", FixStep: "subscriber", Exit: 4},
		{Name: "wrong edition", Step: "authenticate", Answer: Answer{Status: 404, Body: `{"Message":"Not found"}`}, Issue: "wrong-edition",
			Title: "This server has no sign-in at the address of this edition of the API.", Solution: otherEdition, Choice: "Try again", FixStep: "authenticate", Exit: 4},
		{Name: "no numbers", Step: "availability", Fault: "no-numbers", Issue: "no-numbers",
			Title: "No numbers are available there.", Solution: "Try another area code or zip code, or leave both empty to see what there is.", Choice: "Search elsewhere", FixStep: "availability", Exit: 4},
		{Name: "refused with 200", Step: "account", Fault: "soft-failure@account", Issue: "refused",
			Title: "The service refused this step.", Solution: notOneOfThem, Choice: "Try again", FixStep: "account", Exit: 4},
		{Name: "problem details", Step: "account", Fault: "problem-details@account", Issue: "refused",
			Title: "The service refused this step.", Solution: notOneOfThem, Choice: "Try again", FixStep: "account", Exit: 4},
		{Name: "order failed", Step: "provision", Fault: "order-failed", Issue: "order-failed",
			Title: "The order was not carried out: no number was assigned.", Solution: orderAgain, Choice: "Try again", FixStep: "provision", Exit: 4},
		{Name: "redirected", Step: "account", Answer: Answer{Status: 307}, Issue: "refused",
			Title: "The server sends this call elsewhere: " + Elsewhere, Solution: elsewhere, Choice: "Try again", FixStep: "account", Exit: 4},
	}
}

// unanswered are calls that created nothing and brought no usable answer.
func unanswered() []Case {
	return []Case{
		{Name: "no connection", Step: "authenticate", Down: true, Issue: "network",
			Title: "Nothing answers at " + Server + ": the connection was refused.", Solution: nothingSent, Choice: "Try again", FixStep: "authenticate", Exit: 5},
		{Name: "search cut", Step: "availability", Fault: "refuse@availability", Issue: "network",
			Title: "The connection to " + Server + " broke before the answer was complete.", Solution: tryNetwork, Choice: "Try again", FixStep: "availability", Exit: 5},
		{Name: "search hangs", Step: "availability", Fault: "hang@availability", Issue: "timeout",
			Title: "The service did not answer in time.", Solution: moreTime, Choice: "Try again", FixStep: "availability", Exit: 5},
		{Name: "search breaks", Step: "availability", Fault: "server-error@availability", Issue: "server-error",
			Title: "The service has a fault of its own.", Solution: waitAMinute, Choice: "Try again", FixStep: "availability", Exit: 5},
		{Name: "page in the way of the search", Step: "availability", Answer: Answer{Status: 200, Body: page}, Issue: "unexpected-answer",
			Title: "A web page came back instead of an answer of the API.", Solution: webPage, Choice: "Try again", FixStep: "availability", Exit: 4},
		{Name: "page in the way of signing in", Step: "authenticate", Answer: Answer{Status: 200, Body: page}, Issue: "unexpected-answer",
			Title: "A web page came back instead of an answer of the API.", Solution: webPage, Choice: "Try again", FixStep: "authenticate", Exit: 4},
		{Name: "no token", Step: "authenticate", Answer: Answer{Status: 200, Body: `{"hello":"world"}`}, Issue: "unexpected-answer",
			Title: "The answer is not one that this program can read.", Solution: checkBaseURL, Choice: "Try again", FixStep: "authenticate", Exit: 4},
	}
}

// unclear are creating calls of which nobody knows what became.
func unclear() []Case {
	at := func(name, step, fault, issue, title, solution string) Case {
		return Case{Name: name, Step: step, Fault: fault, Issue: issue, Title: title, Solution: solution, Choice: "Look for it at the service", FixStep: step, Unknown: true, Exit: 5}
	}
	return []Case{
		at("cut after it was carried out", "account", "drop@account", "network", "The connection to "+Server+" broke before the answer was complete.", enterTheID),
		at("cut before it was carried out", "message-route", "refuse@message-route", "network", "The connection to "+Server+" broke before the answer was complete.", enterTheID),
		at("never answered", "account", "hang@account", "timeout", "The service did not answer in time.", enterTheID),
		at("server error", "subscriber", "server-error@subscriber", "server-error", "The service has a fault of its own.", enterTheID),
		at("gateway's page", "provision", "html@provision", "server-error", "The service has a fault of its own.", enterTheID),
		at("broken JSON", "provision", "malformed@provision", "unexpected-answer", "The answer is not one that this program can read.", enterTheID),
		at("no ID", "account", "missing-id@account", "missing-id", "The service said yes, but its answer holds no ID.", probablyMade),
		at("message lost", "test-message", "drop@test-message", "network", "The connection to "+Server+" broke before the answer was complete. The message may have been sent.", lookAtPhone),
	}
}
