package api

import (
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"
)

// Rule: what was marked is found again as its longest stretches, in whatever order
// and overlap it was marked.
func TestMask(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	for range 2000 {
		size := random.IntN(300)
		m, want := mask{size: size}, make([]bool, size)
		for range random.IntN(6) {
			from, to := random.IntN(size+2)-1, random.IntN(size+2)
			m.set(from, to)
			for i := max(from, 0); i < min(to, size); i++ {
				want[i] = true
			}
		}
		got := make([]bool, size)
		for from, to, ok := m.run(0); ok; from, to, ok = m.run(to) {
			require.Less(t, from, to)
			require.True(t, to == size || !want[to], "the stretch is whole")
			for i := from; i < to; i++ {
				got[i] = true
			}
		}
		require.Equal(t, want, got)
	}
}
