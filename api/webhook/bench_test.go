package webhook_test

import (
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"telegent-setup/api/webhook"
)

const (
	benchClients  = 50
	benchRequests = 10_000
)

// p99 sends the requests from all clients at once, and gives the time within
// which 99 of 100 were answered.
func p99(b *testing.B, url string) time.Duration {
	b.Helper()
	client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: benchClients}}
	defer client.CloseIdleConnections()
	took := make([]time.Duration, benchRequests)
	var group sync.WaitGroup
	for c := range benchClients {
		group.Go(func() {
			for i := c; i < benchRequests; i += benchClients {
				start := time.Now()
				resp, err := client.Post(url, "application/json", strings.NewReader(`{"MessageId":"TMID-1","From":"+13105559999","To":"+18015550111","Text":"Hello!"}`))
				if err != nil {
					b.Error(err)
					return
				}
				_, _ = io.Copy(io.Discard, resp.Body)
				_ = resp.Body.Close()
				took[i] = time.Since(start)
			}
		})
	}
	group.Wait()
	slices.Sort(took)
	return took[benchRequests*99/100]
}

// 10,000 requests from 50 connections to a receiver that writes JSON, against a
// bare handler that reads the body and answers. Every request is a line.
func BenchmarkReceiver(b *testing.B) {
	bare := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_, _ = io.Copy(io.Discard, r.Body)
		w.WriteHeader(http.StatusOK)
	}))
	b.Cleanup(bare.Close)
	var ours, theirs time.Duration
	for b.Loop() {
		out := newWatched(benchRequests)
		r := receive(b, webhook.ReceiverOptions{Out: out})
		theirs += p99(b, bare.URL)
		ours += p99(b, r.url)
		<-out.complete
		require.NoError(b, r.end())
		require.Len(b, lines(b, out.String()), benchRequests)
	}
	b.ReportMetric(float64(ours)/float64(theirs), "p99-ratio")
	b.ReportMetric(float64(ours.Milliseconds())/float64(b.N), "p99-ms")
	b.ReportMetric(0, "ns/op") // A time of this machine says nothing.
}
