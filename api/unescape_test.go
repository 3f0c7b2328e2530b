package api

import (
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"
)

func read(n *notation, text string) string {
	b, _ := n.read([]byte(text))
	return string(b)
}

// Rule: each notation is read to the letter, and what is no escape stands for
// itself.
func TestNotationsAreRead(t *testing.T) {
	for _, tc := range []struct {
		notation
		in, want string
	}{
		{inJSON, `a\u005A\u005a\"\\\/\n\'`, "aZZ\"\\/\n'"},
		{inJSON, `\ud83d\uDE00 \ud83d \ud83dx`, "😀 \uFFFD \uFFFDx"},
		{inJSON, `\\u005a \u00 \q \`, `\u005a \u00 \q \`},
		{inJSON, `plain`, `plain`},
		{inURL, `a%5A%5a+%2B%zz%4`, `aZZ +%zz%4`},
		{inURL, `%255a`, `%5a`},
		{inURL, `a+b`, `a b`},
		{inHTML, `&amp;&lt;&#90;&#0090;&#x5a;&#X5A;&eacute;&commat;&euro;`, `&<ZZZZé@€`},
		{inHTML, `&amp &; &#; &#x; &#xd800; &#1114112; &nosuch; &&amp;`, `&amp &; &#; &#x; &#xd800; &#1114112; &nosuch; &&`},
		{inHTML, `&amp;lt;`, `&lt;`},
		{printable, "=5A=5a=\r\nb=\nc=3D=x=", "ZZbc==x="},
	} {
		require.Equal(t, tc.want, read(&tc.notation, tc.in), "%q", tc.in)
	}
}

// Rule: what is marked in a reading is marked in the text that it was read from,
// each escape as a whole.
func TestSourceOfAReading(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 4))
	pieces := []string{"a", "bc", `\n`, `\u00e9`, `\\`, "%41", "%C3", "+", "=3D", "=\n", "&amp;", "&#233;", "é", " "}
	for range 3000 {
		var text, want []byte // And for each byte of the reading, which piece it is of.
		var piece []int
		n := &readings[random.IntN(len(readings))].notation
		starts := []int{}
		for range random.IntN(12) {
			p := pieces[random.IntN(len(pieces))]
			at, e := n.next([]byte(p), 0)
			if at == 0 && e.width == len(p) {
				starts = append(starts, len(text))
				text = append(text, p...)
				for range len(e.value) {
					piece = append(piece, len(starts)-1)
				}
				continue
			}
			for _, c := range []byte(p) {
				starts = append(starts, len(text))
				text = append(text, c)
				piece = append(piece, len(starts)-1)
			}
		}
		out, changed := n.read(text)
		if !changed {
			continue
		}
		if len(out) != len(piece) {
			continue // Pieces that made an escape together.
		}
		want = make([]byte, len(text))
		from := random.IntN(len(out) + 1)
		to := from + random.IntN(len(out)-from+1)
		for i := from; i < to; i++ {
			end := len(text)
			if piece[i]+1 < len(starts) {
				end = starts[piece[i]+1]
			}
			for j := starts[piece[i]]; j < end; j++ {
				want[j] = 1
			}
			if i+1 < to { // What reads as nothing between two marked bytes.
				for j := end; j < starts[piece[i+1]]; j++ {
					want[j] = 1
				}
			}
		}
		var found spans
		if from < to {
			found = spans{{from, to}}
		}
		got := make([]byte, len(text))
		for _, s := range n.source(text, found) {
			for j := s.from; j < s.to; j++ {
				got[j] = 1
			}
		}
		require.Equal(t, want, got, "%q %d-%d", text, from, to)
	}
}
