//go:build secondopinion

package secondopinion_test

import (
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"
)

// States of every shape, written and hashed by the client's types, say to the reader what they say to the client.
func TestStatesOfOddShapesAreReadAsTheClientWroteThem(t *testing.T) {
	for _, c := range []struct {
		preset, fork string
		count        int
	}{
		{"minimal", "electra", 6}, {"minimal", "fulu", 6}, {"minimal", "gloas", 40},
		{"mainnet", "electra", 1}, {"mainnet", "fulu", 1}, {"mainnet", "gloas", 2},
	} {
		t.Run(c.preset+"/"+c.fork, func(t *testing.T) {
			t.Parallel()
			p := node(t, c.preset, "shapes.mjs", c.fork, strconv.Itoa(firstSeed(t)), strconv.Itoa(c.count))
			read := 0
			spec, _ := p.spec()
			for {
				var m made
				data, more := p.next(&m, func() int { return m.Bytes })
				if !more {
					break
				}
				t.Logf("seed %d: %d validators, %d pending, %d expected, %d bytes", m.Seed, m.Found.TotalValidators, m.Found.PendingTotal, m.Found.ExpectedTotal, m.Bytes)
				requireFound(t, spec, m, data)
				read++
			}
			require.Equal(t, c.count, read)
		})
	}
}
