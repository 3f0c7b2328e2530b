package sandbox

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"syscall"
	"time"
)

// A webhook is called so often, until it answers 2xx in time.
const (
	webhookTries   = 3
	webhookPause   = time.Second // Between two tries.
	webhookTimeout = 5 * time.Second
)

// call makes the calls when their time has come.
func (s *Sandbox) call(calls []webhookCall) {
	for _, c := range calls {
		time.AfterFunc(c.at.Sub(s.now()), func() { s.try(c, webhookTries) })
	}
}

// try makes a call, and again later when it fails.
func (s *Sandbox) try(c webhookCall, tries int) {
	if tries--; c.arrives(s.webhooks) || tries == 0 {
		return
	}
	time.AfterFunc(webhookPause, func() { s.try(c, tries) })
}

// arrives makes a call, and says whether it was answered with 2xx.
func (c webhookCall) arrives(client *http.Client) bool {
	ctx, cancel := context.WithTimeout(context.Background(), webhookTimeout)
	defer cancel()
	r, err := c.request(ctx)
	if err != nil {
		return false
	}
	answer, err := client.Do(r)
	if err != nil {
		return false
	}
	_ = answer.Body.Close() // Its status is all that counts.
	return answer.StatusCode/100 == 2
}

// request is a call as the route wants it: POST carries the fields as JSON,
// GET in the query.
func (c webhookCall) request(ctx context.Context) (*http.Request, error) {
	r, err := http.NewRequestWithContext(ctx, cmp.Or(c.method, http.MethodPost), c.url, nil)
	if err != nil {
		return nil, err
	}
	if r.Method == http.MethodGet {
		query := r.URL.Query()
		for key, value := range c.body {
			query.Set(key, fmt.Sprint(value))
		}
		r.URL.RawQuery = query.Encode()
	} else {
		text := encode(c.body)
		r.Body, r.ContentLength = io.NopCloser(bytes.NewReader(text)), int64(len(text))
		r.Header.Set("Content-Type", jsonType)
	}
	r.Header.Set("User-Agent", "telegent-sandbox")
	switch c.authentication {
	case "Basic":
		r.SetBasicAuth(c.user, c.token)
	case "Bearer":
		r.Header.Set("Authorization", "Bearer "+c.token)
	}
	return r, nil
}

// webhookClient makes the calls. It follows no redirect, and without a
// transport of its own it connects to this machine only, whatever a name
// resolves to.
func webhookClient(through http.RoundTripper) *http.Client {
	if through == nil {
		dialer := net.Dialer{Timeout: webhookTimeout, Control: loopbackOnly}
		through = &http.Transport{DialContext: dialer.DialContext, DisableKeepAlives: true}
	}
	return &http.Client{
		Transport:     through,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
}

func loopbackOnly(_, address string, _ syscall.RawConn) error {
	host, _, err := net.SplitHostPort(address)
	if err != nil {
		return err
	}
	if ip := net.ParseIP(host); ip == nil || !ip.IsLoopback() {
		return fmt.Errorf("%s is not this machine", host)
	}
	return nil
}
