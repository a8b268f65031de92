package consensus_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tidemark-oracle/tidemark/consensus"
	"github.com/tidemark-oracle/tidemark/consensus/sim"
)

// ciSeeds is what CI runs of the simulator.
const ciSeeds = 20_000

// notebook is a disk that takes everything.
type notebook struct{ records []consensus.Record }

func (d *notebook) Append(records ...consensus.Record) error {
	d.records = append(d.records, records...)
	return nil
}

func (d *notebook) Records() []consensus.Record { return d.records }

// requireMutantFound asserts that the simulator finds the fault by the invariant.
func requireMutantFound(t *testing.T, fault func(*consensus.Core, consensus.Event), by sim.Invariant) {
	t.Helper()
	t.Parallel()
	subject := sim.Production()
	subject.NewDisk = func() sim.Disk { return &notebook{} }
	subject.NewMachine = func(config consensus.Config, records []consensus.Record) (sim.Machine, error) {
		core, err := consensus.New(config, records)
		return consensus.Mutant{Core: core, Break: fault}, err
	}
	others := 0
	for seed := uint64(1); seed <= ciSeeds; seed++ {
		r := sim.Run(sim.Generate(seed), subject, nil)
		if r.Violation == nil {
			continue
		}
		if r.Violation.Invariant != by {
			others++
			continue
		}
		small, shrunk := sim.Shrink(sim.Generate(seed), subject)
		require.NotNil(t, shrunk.Violation)
		require.Equal(t, by, shrunk.Violation.Invariant)
		t.Logf("found by seed %d of %d items, after %d seeds that found it by another invariant: %s\n%s", seed, len(small.Items), others, shrunk.Violation, small)
		return
	}
	t.Fatalf("%d seeds did not find it by %s, %d did by another invariant", ciSeeds, by, others)
}

func TestSimulatorFindsAQuorumThatIsOneTooSmall(t *testing.T) {
	requireMutantFound(t, consensus.BreakQuorum, sim.HonestCert)
}

func TestSimulatorFindsASecondDigestAfterARecomputation(t *testing.T) {
	requireMutantFound(t, consensus.BreakPromise, sim.OneDigest)
}

func TestSimulatorFindsObservationsWithoutABound(t *testing.T) {
	requireMutantFound(t, consensus.BreakBound, sim.Memory)
}
