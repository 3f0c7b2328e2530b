package steps

import "telegent-setup/api"

// secretKey and accountKey are the credentials.
const (
	accountKey = "AccountKey"
	secretKey  = "AccountSecret"
)

// Keep takes a secret for the field with this key. It is redacted from now on
// wherever an answer echoes it, and never written.
func (r *Runner) Keep(key string, s api.Secret) {
	r.client.Redactor().Add(s)
	r.mu.Lock()
	defer r.mu.Unlock()
	if key == secretKey && !s.Equal(r.secrets[key]) {
		clear(r.tokens)
	}
	r.secrets[key] = s
}

// Kept returns the secret kept for a field; Empty when there is none.
func (r *Runner) Kept(key string) api.Secret {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.secrets[key]
}

// readySecrets keeps the sandbox's own for every secret that was not given.
func (r *Runner) readySecrets() {
	for _, step := range All() {
		for _, f := range r.Form(step.ID).Fields {
			if f.Kind == Secret && r.Kept(f.Key).Empty() {
				r.Keep(f.Key, api.NewSecret(f.ready()))
			}
		}
	}
}

// Redactor takes the secrets of this run out of what is kept of it.
func (r *Runner) Redactor() *api.Redactor { return r.client.Redactor() }
