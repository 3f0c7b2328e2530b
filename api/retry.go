package api

import (
	"context"
	"errors"
	"math"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// Only what cannot have been carried out is sent again (CONTRACT.md, Talking
// to the service).
const (
	triesThrottled = 5                 // After 429, in all.
	triesConnect   = 3                 // Without a connection, in all.
	longestWait    = 120 * time.Second // A longer Retry-After is not waited for.
)

// send sends a call until it is answered or may not be tried again.
func (c *Client) send(ctx context.Context, x exchange) (Answer, error) {
	throttled, unconnected := 0, 0
	for try := 1; ; try++ {
		if err := c.keepPace(ctx, x.watch); err != nil {
			return Answer{}, err
		}
		if x.watch.Calling != nil {
			x.watch.Calling(try)
		}
		answer, failed := c.once(ctx, x)
		if failed == nil {
			return answer, nil
		}
		// Each delay is twice the one before, without jitter: a countdown is true.
		var reason string
		var delay time.Duration
		switch {
		case failed.Kind == Throttled:
			reason, delay = "rate limit", retryDelay(answer.Header, time.Second<<throttled)
			throttled++
		case failed.Kind == NotConnected && failed.Reason != Untrusted && failed.Reason != ProxyFailed:
			reason, delay = "connection", 300*time.Millisecond<<unconnected
			unconnected++
		}
		if reason == "" || throttled == triesThrottled || unconnected == triesConnect || delay > longestWait {
			return answer, failed
		}
		if err := pause(ctx, x.watch, reason, delay); err != nil {
			return Answer{}, err
		}
	}
}

// Retry-After dates count within these bounds: one long past tells of a clock that is
// wrong, and no wait is longer than a number of seconds can be.
const (
	longestPast       = 24 * time.Hour
	longestRetryAfter = math.MaxInt32 * time.Second
)

// retryDelay is how long to wait after a 429: what the service asks for, as seconds
// or as an HTTP date, else otherwise.
func retryDelay(h http.Header, otherwise time.Duration) time.Duration {
	after := strings.TrimSpace(h.Get("Retry-After"))
	if n, err := strconv.ParseFloat(after, 64); (err == nil || errors.Is(err, strconv.ErrRange)) && n >= 0 {
		return time.Duration(math.Ceil(min(n, longestRetryAfter.Seconds()))) * time.Second
	}
	at, err := http.ParseTime(after)
	if err != nil || time.Since(at) > longestPast {
		return otherwise
	}
	return min(max(0, time.Until(at)), longestRetryAfter)
}

// keepPace waits until a request may leave.
func (c *Client) keepPace(ctx context.Context, watch Watch) error {
	r := c.pace.Reserve()
	delay := r.Delay()
	if delay == 0 {
		return nil
	}
	if err := pause(ctx, watch, "pace", delay); err != nil {
		r.Cancel()
		return err
	}
	return nil
}

// pause waits, and says until when.
func pause(ctx context.Context, watch Watch, reason string, delay time.Duration) error {
	if watch.Waiting != nil {
		watch.Waiting(reason, time.Now().Add(delay))
	}
	timer := time.NewTimer(delay)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return &Error{Kind: Canceled, Err: ctx.Err()}
	}
}
