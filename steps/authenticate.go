package steps

import "telegent-setup/api"

// authenticate proves the credentials (guide, Step 1).
func authenticate() Step {
	return Step{
		ID: Authenticate, Title: "Authenticate",
		Why: "All API calls require a Bearer token. Get yours first by authenticating with your credentials.",
		Forms: map[api.Edition]Form{
			api.Edition2025: {
				Fields: credentials(),
				Request: func(in Input) (api.Call, error) {
					return api.CreateToken(api.TokenRequest{
						AccountKey:    in.Answers["AccountKey"],
						AccountSecret: in.Secrets["AccountSecret"],
					}), nil
				},
			},
			api.Edition2026: {
				Fields: credentials(),
				Request: func(in Input) (api.Call, error) {
					return api.CreateEndpointToken(api.TokenRequest{
						AccountKey:    in.Answers["AccountKey"],
						AccountSecret: in.Secrets["AccountSecret"],
						APIEndpoint:   in.Endpoint,
					}), nil
				},
			},
		},
	}
}

func credentials() []Field {
	return []Field{
		{
			Key: "AccountKey", Label: "Account key", Check: identifier, Env: "TELEGENT_ACCOUNT_KEY",
			Help:   "From your Telegent representative.",
			Sample: "your-account-key-here", Ready: "sandbox-key",
		},
		{
			Key: "AccountSecret", Label: "Account secret", Kind: Secret, Env: "TELEGENT_ACCOUNT_SECRET",
			Help:   "Comes with the key. It is sent to the service, and never stored.",
			Sample: "your-account-secret-here", Ready: "sandbox-secret",
		},
	}
}
