package fault_test

import (
	"crypto/rand"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tidemark-oracle/tidemark/consensus"
	"github.com/tidemark-oracle/tidemark/p2p"
	"github.com/tidemark-oracle/tidemark/report"
	"github.com/tidemark-oracle/tidemark/test/devnet/fault"
)

func peer(t testing.TB) consensus.PeerID {
	t.Helper()
	identity, err := p2p.NewIdentity(rand.Reader)
	require.NoError(t, err)
	return identity.PeerID()
}

func TestFaultsBeginAndEndAsTheLinesSay(t *testing.T) {
	var s fault.State
	a, b := peer(t), peer(t)
	lines := strings.Join([]string{fault.PlantDifference(5).String(), fault.CutOff(a, b).String()}, "\n")
	require.NoError(t, s.Listen(strings.NewReader(lines)))
	r := report.Report{CLValidatorsGwei: 100}
	s.Tamper(&r)
	require.Equal(t, uint64(105), r.CLValidatorsGwei)
	require.Equal(t, []consensus.PeerID{a, b}, s.Blocked())

	require.NoError(t, s.Listen(strings.NewReader(fault.Heal().String()+"\n"+fault.CutOff().String()+"\n")))
	s.Tamper(&r)
	require.Equal(t, uint64(105), r.CLValidatorsGwei)
	require.Empty(t, s.Blocked())
}

func TestLinesThatAreNoCommandsEndTheListening(t *testing.T) {
	for _, line := range []string{"", "explode", "heal now", "plant-difference", "plant-difference -1", "plant-difference 0", "cut-off nobody",
		"plant-difference 99999999999", strings.Repeat("x", 1<<14)} {
		var s fault.State
		require.Error(t, s.Listen(strings.NewReader(line+"\n")), line)
	}
}

func FuzzParse(f *testing.F) {
	f.Add(fault.PlantDifference(7).String())
	f.Add(fault.Heal().String())
	f.Add(fault.CutOff(peer(f)).String())
	f.Add("cut-off")
	f.Fuzz(func(t *testing.T, line string) {
		c, err := fault.Parse(line)
		if err != nil {
			require.ErrorIs(t, err, fault.ErrCommand)
			return
		}
		again, err := fault.Parse(c.String())
		require.NoError(t, err)
		require.Equal(t, c, again)
	})
}
