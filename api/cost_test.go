package api

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"strings"
	"testing"
	"time"
)

// crafted are answers that were made to take long, each of about so many bytes.
func crafted(size int) map[string][]byte {
	fill := func(s string) []byte { return bytes.Repeat([]byte(s), size/len(s)) }
	join := func(parts ...[]byte) []byte { return bytes.Join(parts, nil) }
	one := []byte("\\n%41&amp;=3D+\\u0041")
	list := func(member string) []byte { return join([]byte("["), fill(member+","), []byte("1]")) }
	return map[string][]byte{
		"letters": fill("a"), "the beginning of secrets": fill("eyJhbGciOiJIUzI1NiI"), "secrets": fill("s3cret=%+&\"é! "), "words": fill("abc "),
		"every escape once": join(one, fill("a")), "every escape": fill(string(one)), "words and escapes": join(one, fill("abc ")),
		"backslashes": fill(`\`), "quotes": fill(`\"`), "codes": fill(`\u0041`), "signs": fill("%"), "percent": fill("%41"),
		"ampersands": fill("&"), "entities": fill("&amp;"), "wrong entities": join(one, fill("&abcd;")), "printable": fill("=3D"), "equals": fill("="),
		"strings": list(`"é"`), "escapes": list(`"\n"`), "objects": list(`{"é":1}`), "tokens": list(`{"token":"x"}`), "numbers": list("-1"),
		"one string": join([]byte(`["`), fill(`\n`), []byte(`"]`)), "brackets": fill("["),
		"URLs": fill("http://a:b@c/d?e=f "), "schemes": fill("http://"), "queries": join([]byte("http://"), fill("a?b&c")), "SIP": fill("sip:a:"),
		"terminal strings": fill("\x1b]"), "terminal controls": fill("\x1b[3"), "activation codes": fill("LPA:1$"), "digits": fill("8901"), "names": fill("iccid=1"), "half names": fill("token:"),
	}
}

// What it takes to make any answer safe and to record it, as a multiple of reading
// its bytes one by one, and of half of it: 2 is linear.
func BenchmarkCraftedAnswers(b *testing.B) {
	r := &Redactor{}
	for i, s := range []string{`s3cret=%+&"é!`, "abc", strings.Repeat("a", 20) + "b"} {
		r.Add(NewSecret(s))
		for j := range 5 {
			r.Add(NewSecret("eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9." + base64.RawURLEncoding.EncodeToString(bytes.Repeat(fmt.Append(nil, i, j), 200))))
		}
	}
	took := func(body []byte) time.Duration {
		start := time.Now()
		_ = recordBody(safe(body, r))
		return time.Since(start)
	}
	const size = 4 << 20
	halves := crafted(size / 2)
	for name, body := range crafted(size) {
		b.Run(name, func(b *testing.B) {
			var whole, half, bare time.Duration
			for b.Loop() {
				whole += took(body)
				half += took(halves[name])
				start := time.Now()
				sum := byte(0)
				for _, c := range body {
					sum += c
				}
				bare += time.Since(start)
				_ = sum
			}
			b.ReportMetric(float64(whole)/float64(bare), "bare-ratio")
			b.ReportMetric(float64(whole)/float64(half), "growth")
			b.ReportMetric(0, "ns/op") // A time of this machine says nothing.
		})
	}
}
