package steps

import "telegent-setup/api"

// The keys of the credentials.
const (
	accountKey = "AccountKey"
	secretKey  = "AccountSecret"
)

// authenticate proves the credentials (guide, Step 1). In edition 2026-04 the
// body also names the endpoint that the token is for.
func authenticate() *Step {
	fields := []Field{
		{
			Key: accountKey, Label: "Account key", Format: Identifier, Env: "TELEGENT_ACCOUNT_KEY",
			Help:   "From your Telegent representative.",
			Sample: "your-account-key-here", Ready: "sandbox-key",
		},
		{
			Key: secretKey, Label: "Account secret", Kind: Secret, Env: "TELEGENT_ACCOUNT_SECRET", Variable: "TELEGENT_ACCOUNT_SECRET",
			Help:   "Comes with the key. It is sent to the service, and never stored.",
			Sample: "your-account-secret-here", Ready: "sandbox-secret",
		},
	}
	return &Step{
		ID: Authenticate, Title: "Authenticate", Doing: "Signing in", Button: "Sign in",
		Why:    "All API calls require a Bearer token. Get yours first by authenticating with your credentials.",
		Issues: []Issue{wrongCredentials, wrongEdition},
		Forms: map[api.Edition]*Form{
			api.Edition2025: {Path: "../v1.1/oauth/token", Fields: fields},
			api.Edition2026: {Path: "/oauth2/tokens", Fields: fields},
		},
	}
}
