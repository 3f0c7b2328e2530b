// Package sandbox is the Telegent service in a box: an http.Handler that
// answers as the service does, in one of the two editions, and that fails on
// request. A setup can be rehearsed against it from the first call to the last
// without an account, without a network and at no cost, with any HTTP client:
// it checks what the service checks and knows nothing of this program.
//
// It takes the credentials Key and Secret, and keeps what is created (in a
// file when Options.Data names one). Passwords and tokens are never kept
// there: those of a subscriber are forgotten at once, those of webhooks when
// the sandbox ends.
//
// From the rest of the program the package imports the name of the edition, what is
// this machine, the
// cleaning of text and the calling of webhooks, and nothing else, so that a
// wrong request cannot be read back as right.
package sandbox
