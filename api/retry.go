package api

import (
	"context"
	"errors"
	"math"
	"net/http"
	"strconv"
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
		var reason string
		var delay time.Duration
		switch {
		case failed == nil:
			return answer, nil
		case failed.Kind == Throttled:
			throttled++
			reason, delay = "rate limit", failed.wait(answer.Header, doubled(time.Second, throttled))
			if throttled == triesThrottled || delay > longestWait {
				return answer, failed
			}
		case failed.Kind == NotConnected && failed.Reason != Untrusted && failed.Reason != ProxyFailed:
			unconnected++
			reason, delay = "connection", doubled(300*time.Millisecond, unconnected)
			if unconnected == triesConnect {
				return answer, failed
			}
		default:
			return answer, failed
		}
		if err := rest(ctx, x.watch, reason, delay); err != nil {
			return Answer{}, err
		}
	}
}

// doubled is the delay after so many failures in a row, from 1: each is twice
// the one before. It has no jitter, so that a countdown is true.
func doubled(first time.Duration, failures int) time.Duration { return first << (failures - 1) }

// wait is how long to wait after a 429: what the service asks for, as seconds
// or as an HTTP date, else otherwise.
func (e *Error) wait(h http.Header, otherwise time.Duration) time.Duration {
	after := h.Get("Retry-After")
	if n, err := strconv.ParseUint(after, 10, 64); err == nil || errors.Is(err, strconv.ErrRange) {
		e.RetryAfter = time.Duration(min(n, math.MaxInt32)) * time.Second
	} else if at, err := http.ParseTime(after); err == nil {
		e.RetryAfter = max(0, time.Until(at))
	} else {
		return otherwise
	}
	return e.RetryAfter
}

// keepPace waits until a request may leave.
func (c *Client) keepPace(ctx context.Context, watch Watch) error {
	r := c.pace.Reserve()
	delay := r.Delay()
	if delay == 0 {
		return nil
	}
	if err := rest(ctx, watch, "pace", delay); err != nil {
		r.Cancel()
		return err
	}
	return nil
}

// rest waits, and says until when.
func rest(ctx context.Context, watch Watch, reason string, delay time.Duration) error {
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
