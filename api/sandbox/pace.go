package sandbox

import "time"

// The rate limit of the standard tier (guide, Rate Limits).
const (
	paceLimit  = 50
	paceWindow = time.Minute
)

// pace counts the requests of the last minute, oldest first.
type pace []time.Time

// admit lets a request in, or says how long it must wait. Requests that are
// turned away do not count, so that the wait it names is the whole wait.
func (p *pace) admit(now time.Time) time.Duration {
	for len(*p) > 0 && now.Sub((*p)[0]) >= paceWindow {
		*p = (*p)[1:]
	}
	if len(*p) >= paceLimit {
		return paceWindow - now.Sub((*p)[0])
	}
	*p = append(*p, now)
	return 0
}
