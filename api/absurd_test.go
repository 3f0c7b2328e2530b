package api_test

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"telegent-setup/api"
)

// Rule: whatever a server sends, the call ends in good time and within bounded
// memory: as an answer, or as an error of the kind that the contract has for it.
func TestAbsurdAnswers(t *testing.T) {
	deep := func(n int) string { return strings.Repeat(`{"Data":`, n) + "1" + strings.Repeat("}", n) }
	for name, tc := range map[string]struct {
		serve http.HandlerFunc
		kind  api.Kind
	}{
		"larger than 16 MiB":      {body(`{"AccountId":"` + strings.Repeat("x", 17<<20) + `"}`), api.Unexpected},
		"larger, and never ends":  {endless, api.Unexpected},
		"a bomb of gzip":          {bomb, api.Unexpected},
		"broken JSON":             {body(`{"AccountId":"AID-1"`), api.Unexpected},
		"nothing":                 {body(``), api.Unexpected},
		"an ID that is an object": {body(`{"AccountId":{"a":1}}`), api.Unexpected},
		"an ID that is a list":    {body(`{"AccountId":["AID-1"]}`), api.Unexpected},
		"a list of everything":    {body(`[` + strings.Repeat(`{},`, 1<<18) + `{}]`), api.Unexpected},
		"nested deep":             {body(deep(100_000)), api.Unexpected},
		"nested deep in lists":    {body(strings.Repeat("[", 8<<20)), api.Unexpected},
		"errors nested deep":      {body(`{"error":` + deep(100_000) + `}`), api.Unexpected},
		"headers without an end":  {headers, api.Network},
		"cut in the middle":       {cutShort, api.Network},
	} {
		t.Run(name, func(t *testing.T) {
			server := httptest.NewServer(tc.serve)
			t.Cleanup(server.Close)
			base, err := api.ParseBaseURL(server.URL + "/v1.0")
			require.NoError(t, err)
			c := api.New(api.Options{BaseURL: base, UserAgent: "test", Timeout: 10 * time.Minute})
			t.Cleanup(c.Close)
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			answer, err := c.Do(t.Context(), api.CreateAccount(api.AccountRequest{}), api.NewSecret("tok-123"), api.Watch{})
			if err == nil {
				err = answer.Decode(&api.Account{})
			}
			runtime.ReadMemStats(&after)
			var e *api.Error
			require.ErrorAs(t, err, &e)
			require.Equal(t, tc.kind, e.Kind, "%.200v", err)
			require.True(t, e.Uncertain(), "it may have been carried out")
			require.LessOrEqual(t, len(e.Message), 2100)
			require.Less(t, after.TotalAlloc-before.TotalAlloc, uint64(400<<20), "all that was ever taken, not what is held at one time")
		})
	}
}

func body(text string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, text) }
}

func endless(w http.ResponseWriter, r *http.Request) {
	for block := bytes.Repeat([]byte("x"), 1<<20); r.Context().Err() == nil; {
		if _, err := w.Write(block); err != nil {
			return
		}
	}
}

// bomb is a small answer that unpacks to 20 MiB.
func bomb(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Encoding", "gzip")
	z, _ := gzip.NewWriterLevel(w, gzip.BestSpeed)
	block := bytes.Repeat([]byte(" "), 1<<20)
	for range 20 {
		_, _ = z.Write(block) // The client hangs up in the middle.
	}
	_ = z.Close()
}

func headers(w http.ResponseWriter, _ *http.Request) {
	conn, _, err := http.NewResponseController(w).Hijack()
	if err != nil {
		return
	}
	defer func() { _ = conn.Close() }()
	_, _ = io.WriteString(conn, "HTTP/1.1 200 OK\r\n")
	for i := 0; ; i++ {
		if _, err := fmt.Fprintf(conn, "X-Header-%d: %s\r\n", i, strings.Repeat("x", 1<<12)); err != nil {
			return
		}
	}
}

func cutShort(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Length", "100")
	_, _ = io.WriteString(w, `{"AccountId":`)
	panic(http.ErrAbortHandler)
}
