// Package api is the client of the Telegent API: it makes the calls that it is
// handed as data, and has what every call shares: the base URL, the bearer token,
// retries, pace, redaction and the reading of answers.
//
// It is strict in writing, to the letter of the guide, and liberal in reading:
// answers come bare or in an envelope, keys in any letter case, numbers as
// strings and strings as numbers, refusals with HTTP 200.
//
// The package imports nothing of this program but api/text, which is below it.
package api
