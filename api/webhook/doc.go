// Package webhook is the other direction of the API: what the service sends to
// a customer's own webhook. It looks at a webhook as the service would meet it
// (Checker), receives what the service sends (Receiver), and sends it as the
// service does (Sender).
//
// No schema of delivery reports is public, so it is strict in writing, to the
// names that are documented, and reads any shape (guide, message webhooks).
//
// From the rest of the program the package imports api and api/text, and nothing else.
package webhook
