package api

import (
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"
)

// Rule: what was found is given as its longest stretches, in whatever order and
// overlap it was found.
func TestSpans(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	for range 2000 {
		size := random.IntN(300)
		var found spans
		want := make([]bool, size)
		for range random.IntN(6) {
			from := random.IntN(size + 1)
			to := from + random.IntN(size-from+1)
			if from == to {
				continue
			}
			found = append(found, span{from, to})
			for i := from; i < to; i++ {
				want[i] = true
			}
		}
		got := make([]bool, size)
		for _, s := range found.merged() {
			require.Less(t, s.from, s.to)
			require.True(t, s.to == size || !want[s.to], "the stretch is whole")
			for i := s.from; i < s.to; i++ {
				require.False(t, got[i], "they are in order")
				got[i] = true
			}
		}
		require.Equal(t, want, got)
	}
}
