package api

import (
	"encoding/base64"
	"fmt"
	"io"
	"net/http"
	"unicode/utf8"

	"telegent-setup/api/text"
)

// Secret is a value that must reach the service and nothing else: an
// AccountSecret, a password, a bearer token. Every verb and every encoder
// prints it as text.Redacted; only this package opens it, to write a request.
type Secret struct{ value string }

// NewSecret wraps a value.
func NewSecret(value string) Secret { return Secret{value} }

// Empty says whether there is nothing to keep secret.
func (s Secret) Empty() bool { return s.value == "" }

// Len is the number of characters, so that a person sees that a paste arrived
// whole.
func (s Secret) Len() int { return utf8.RuneCountInString(s.value) }

// Problem says why the secret cannot be sent as it is, in words that follow its
// name; empty when it can.
func (s Secret) Problem() string { return text.Problem(s.value) }

// Equal compares two secrets.
func (s Secret) Equal(t Secret) bool { return s.value == t.value }

// String implements fmt.Stringer.
func (s Secret) String() string { return text.Redacted }

// Format implements fmt.Formatter, for all verbs.
func (s Secret) Format(f fmt.State, _ rune) { _, _ = io.WriteString(f, text.Redacted) }

// MarshalText implements encoding.TextMarshaler, which JSON, YAML and XML use.
func (s Secret) MarshalText() ([]byte, error) { return []byte(text.Redacted), nil }

// WebhookAuthentication is how the service proves itself to a webhook
// (MessageAuthenticationType and what belongs to it, edition 2026-04).
type WebhookAuthentication struct {
	Type     string // "None", "Basic" or "Bearer"; empty is None.
	Username string // Of Basic.
	Secret   Secret // The password of Basic, the token of Bearer.
}

// Authorize writes the header of a request to the webhook.
func (a WebhookAuthentication) Authorize(h http.Header) {
	switch a.Type {
	case "Basic":
		h.Set("Authorization", "Basic "+base64.StdEncoding.EncodeToString([]byte(a.Username+":"+a.Secret.value)))
	case "Bearer":
		h.Set("Authorization", "Bearer "+a.Secret.value)
	}
}
