package difftest

import (
	"bytes"
	"context"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"testing"

	"github.com/attestantio/go-eth2-client/spec/fulu"
	"github.com/attestantio/go-eth2-client/spec/gloas"
	"github.com/attestantio/go-eth2-client/spec/phase0"
	"github.com/ethereum/go-ethereum/common"
	"github.com/stretchr/testify/require"

	"github.com/tidemark-oracle/tidemark/contracts/abi"
	"github.com/tidemark-oracle/tidemark/contracts/deploy"
	"github.com/tidemark-oracle/tidemark/contracts/manifest"
	"github.com/tidemark-oracle/tidemark/internal/beacon/state"
	"github.com/tidemark-oracle/tidemark/internal/blockproof"
	"github.com/tidemark-oracle/tidemark/internal/execution/events"
	"github.com/tidemark-oracle/tidemark/report"
	"github.com/tidemark-oracle/tidemark/test/localnet"
)

// withheldNet is a network whose beacon chain goes on while payloads are withheld.
type withheldNet struct {
	*localnet.Network
	t      testing.TB
	states map[common.Hash][]byte // serialized, by root: of the blocks whose state somebody reads
	gloas  uint64                 // first slot of the fork
}

// newWithheldNet has Gloas from an epoch on; frame 0's reference slot is the last one of epoch 9.
func newWithheldNet(t testing.TB, gloasEpoch uint64) *withheldNet {
	t.Helper()
	n, err := localnet.New(context.Background(), localnet.Options{
		Fixtures: "../test/fixtures", Log: slog.New(slog.DiscardHandler), Change: func(c *deploy.Config) { c.States.GloasForkEpoch = gloasEpoch },
	})
	require.NoError(t, err)
	require.NoError(t, n.FormCommittee(4))
	return &withheldNet{Network: n, t: t, states: map[common.Hash][]byte{}, gloas: n.States.GloasSlot(slotsPerEpoch)}
}

func (n *withheldNet) layouts() blockproof.Layouts {
	return blockproof.Layouts{GloasSlot: n.gloas, SlotsPerHistoricalRoot: n.States.SlotsPerHistoricalRoot}
}

// spec is the beacon chain's: a version for each fork, Gloas from its epoch on.
func (n *withheldNet) spec() state.Spec {
	s := state.Mainnet()
	for _, f := range state.Forks() {
		s.Activations[f-1] = state.Activation{Version: [4]byte{byte(f)}}
	}
	s.Activations[state.Gloas-1].Epoch = n.States.GloasForkEpoch
	return s
}

// remember makes the state of a block at slot, with go-eth2-client, that remembers the chain so far; it returns its root.
func (n *withheldNet) remember(slot uint64) common.Hash {
	n.t.Helper()
	r := rand.New(rand.NewPCG(slot, 4788))
	headers := n.Chain.BeaconHeaders()
	roots := make([]phase0.Root, n.States.SlotsPerHistoricalRoot)
	for at, i := uint64(0), 0; at < slot; at++ { // process_slot: a slot without a block has the root of the block before
		for i+1 < len(headers) && headers[i+1].Slot <= at {
			i++
		}
		roots[at%uint64(len(roots))] = phase0.Root(headers[i].Root())
	}
	fork := &phase0.Fork{CurrentVersion: phase0.Version{byte(state.Fulu)}}
	var whole interface {
		HashTreeRoot() ([32]byte, error)
		MarshalSSZ() ([]byte, error)
	}
	if slot >= n.gloas {
		fork.CurrentVersion[0] = byte(state.Gloas)
		s := randomState[gloas.BeaconState](r)
		s.Slot, s.Fork, s.BlockRoots, s.Slashings = phase0.Slot(slot), fork, roots, make([]phase0.Gwei, len(s.Slashings))
		s.Validators, s.Balances, s.PreviousEpochParticipation, s.CurrentEpochParticipation, s.InactivityScores = nil, nil, nil, nil, nil
		whole = s
	} else {
		s := randomState[fulu.BeaconState](r)
		s.Slot, s.Fork, s.BlockRoots, s.Slashings = phase0.Slot(slot), fork, roots, make([]phase0.Gwei, len(s.Slashings))
		s.Validators, s.Balances, s.PreviousEpochParticipation, s.CurrentEpochParticipation, s.InactivityScores = nil, nil, nil, nil, nil
		whole = s
	}
	root, err := whole.HashTreeRoot()
	require.NoError(n.t, err)
	n.states[root], err = whole.MarshalSSZ()
	require.NoError(n.t, err)
	return root
}

// withhold lets the payloads of count blocks above the reference slot be withheld, with a missed slot behind every third; then payloads come again.
func (n *withheldNet) withhold(count int, missedBelow uint64) localnet.Frame {
	n.t.Helper()
	s := report.Schedule(n.Schedule)
	refSlot := s.NextRefSlot(n.Chain.Slot() + 1)
	n.Chain.NextBlock(refSlot - missedBelow - 1)
	n.Chain.NextBlock(refSlot - missedBelow)
	slot := refSlot
	for i := range count {
		if slot++; i%3 == 2 {
			slot++
		}
		stateRoot := common.Hash{byte(i), 7}
		if i == count-1 {
			stateRoot = n.remember(slot)
		}
		n.Chain.WithholdBlock(slot, stateRoot)
	}
	n.Chain.NextBlock(slot + 2)
	n.Chain.NextBlock(max(slot+3, refSlot+s.FinalityMarginSlots))
	f, err := n.FrameAt(refSlot)
	require.NoError(n.t, err)
	return f
}

// The rest is blockproof.Source.

func (n *withheldNet) ExecutedAbove(ctx context.Context, slot uint64) (blockproof.Executed, error) {
	head, err := n.Chain.HeaderByNumber(ctx, nil)
	require.NoError(n.t, err)
	found := blockproof.Executed{}
	for number := head.Number; number.Sign() > 0; number.Sub(number, common.Big1) {
		h, err := n.Chain.HeaderByNumber(ctx, number)
		require.NoError(n.t, err)
		at := (h.Time - n.Schedule.GenesisTime) / n.Schedule.SecondsPerSlot
		if at <= slot {
			break
		}
		found = blockproof.Executed{Slot: at, ParentRoot: *h.ParentBeaconRoot}
	}
	if found.Slot == 0 {
		return found, blockproof.ErrNotYet
	}
	return found, nil
}

func (n *withheldNet) Header(_ context.Context, root common.Hash) (state.BlockHeader, error) {
	for _, h := range n.Chain.BeaconHeaders() {
		if h.Root() == root {
			return state.BlockHeader(h), nil
		}
	}
	return state.BlockHeader{}, fmt.Errorf("no block %s", root)
}

func (n *withheldNet) BlockRoots(ctx context.Context, header state.BlockHeader) (*state.BlockRoots, error) {
	fork := state.Fulu
	if header.Slot >= n.gloas {
		fork = state.Gloas
	}
	s, err := state.Read(ctx, bytes.NewReader(n.states[header.StateRoot]), fork, n.spec(), &header.StateRoot, state.Query{BlockRoots: true})
	if err != nil {
		return nil, err
	}
	return s.BlockRoots, nil
}

func (n *withheldNet) find(f localnet.Frame) blockproof.Proof {
	n.t.Helper()
	p, err := blockproof.Find(context.Background(), n, blockproof.Reference{RefSlot: f.RefSlot, Root: f.Header.Root(), Header: state.BlockHeader(f.Header)}, n.layouts())
	require.NoError(n.t, err)
	return p
}

// forks are networks on which everything is before the fork, everything after it, and the fork right behind the reference slot.
var forks = map[string]uint64{"Fulu": manifest.UnknownEpoch, "Gloas": 9, "the fork behind the reference slot": 10}

func TestTheReferenceBlockIsProvenHoweverManyPayloadsAreWithheld(t *testing.T) {
	for name, epoch := range forks {
		for _, c := range []struct {
			withheld    int
			links       int
			branch      bool
			missedBelow uint64 // slots without a block, up to the reference slot
		}{
			{0, 0, false, 0}, {0, 0, false, 3}, {1, 1, false, 0}, {2, 2, false, 1}, {4, 4, false, 2}, {5, 1, true, 0}, {6, 1, true, 2}, {180, 1, true, 1},
		} {
			t.Run(fmt.Sprintf("%s/%d withheld, %d missed", name, c.withheld, c.missedBelow), func(t *testing.T) {
				n := newWithheldNet(t, epoch)
				f := n.withhold(c.withheld, c.missedBelow)
				require.Equal(t, f.RefSlot-c.missedBelow, f.Header.Slot)
				p := n.find(f)
				require.Len(t, p.Above, c.links)
				require.Equal(t, c.branch, len(p.Branch) > 0)
				r, err := n.QuietReport(f)
				require.NoError(t, err)
				certificate, err := n.Certify(r)
				require.NoError(t, err)
				data := localnet.SubmitData(r, certificate, abi.BlockProof(p))
				read, err := events.DecodeSubmission(data)
				require.NoError(t, err, "an auditor reads it")
				require.Equal(t, p, read.Proof)
				result, err := n.Must(n.Accounts.User, n.Contracts.ReportOracle, nil, data)
				require.NoError(t, err)
				t.Logf("%d links, branch of %d: submit %d gas, %d bytes of calldata", len(p.Above), len(p.Branch), result.Receipt.GasUsed, len(data))
				again := refused(t, n.Network, r, certificate, abi.BlockProof(p))
				require.Contains(t, again, "AlreadyReported", "whoever is second gains nothing")
			})
		}
	}
}

// Each proof that is spoiled in one place is refused by contract and program for the same reason.
func TestSpoiledBlockProofsAreRefusedAlike(t *testing.T) {
	reasons := map[string]error{
		"WrongHeader": blockproof.ErrHeader, "WrongSlotOrder": blockproof.ErrSlotOrder, "LinkOutOfOrder": blockproof.ErrSlotOrder, "WrongLink": blockproof.ErrLink,
		"WrongLinkCount": blockproof.ErrLinkCount, "BlockRootNotInState": blockproof.ErrBranch, "BlockRootOutOfReach": blockproof.ErrBranch, "BranchLength": blockproof.ErrBranch,
		"WrongChildSlot": nil, "BeaconRootUnknown": nil, // EIP-4788's word
	}
	spoil := map[string]func(p *blockproof.Proof){
		"slot":            func(p *blockproof.Proof) { p.Header.Slot-- },
		"later slot":      func(p *blockproof.Proof) { p.Header.Slot += 50 },
		"proposer":        func(p *blockproof.Proof) { p.Header.ProposerIndex++ },
		"state":           func(p *blockproof.Proof) { p.Header.StateRoot[31] ^= 1 },
		"child":           func(p *blockproof.Proof) { p.ChildSlot++ },
		"child too low":   func(p *blockproof.Proof) { p.ChildSlot = p.Header.Slot },
		"child without":   func(p *blockproof.Proof) { p.ChildSlot-- },
		"one link less":   func(p *blockproof.Proof) { p.Above = p.Above[:max(len(p.Above), 1)-1] },
		"first link lost": func(p *blockproof.Proof) { p.Above = p.Above[min(len(p.Above), 1):] },
		"one link more":   func(p *blockproof.Proof) { p.Above = append(p.Above, state.BlockHeader{Slot: p.ChildSlot - 1}) },
		"many links":      func(p *blockproof.Proof) { p.Above = make([]state.BlockHeader, 5) },
		"link's slot":     func(p *blockproof.Proof) { last(p).Slot++ },
		"link's parent":   func(p *blockproof.Proof) { last(p).ParentRoot[0] ^= 1 },
		"link's state":    func(p *blockproof.Proof) { last(p).StateRoot[0] ^= 1 },
		"low link":        func(p *blockproof.Proof) { last(p).Slot = p.Header.Slot },
		"no branch":       func(p *blockproof.Proof) { p.Branch = nil },
		"short branch":    func(p *blockproof.Proof) { p.Branch = p.Branch[:max(len(p.Branch), 1)-1] },
		"long branch":     func(p *blockproof.Proof) { p.Branch = append(p.Branch, common.Hash{}) },
		"low sibling":     func(p *blockproof.Proof) { sibling(p, 0)[0] ^= 1 },
		"high sibling":    func(p *blockproof.Proof) { sibling(p, 18)[0] ^= 1 },
	}
	seen := map[string]bool{}
	for name, epoch := range forks {
		for _, withheld := range []int{0, 1, 4, 5} {
			n := newWithheldNet(t, epoch)
			f := n.withhold(withheld, 1)
			good := n.find(f)
			r, err := n.QuietReport(f)
			require.NoError(t, err)
			certificate, err := n.Certify(r)
			require.NoError(t, err)
			for what, change := range spoil {
				p := good
				p.Above, p.Branch = append([]state.BlockHeader(nil), good.Above...), append([]common.Hash(nil), good.Branch...)
				if change(&p); fmt.Sprint(p) == fmt.Sprint(good) {
					continue // there is nothing to spoil here
				}
				t.Run(fmt.Sprintf("%s/%d withheld/%s", name, withheld, what), func(t *testing.T) {
					said := refused(t, n.Network, r, certificate, abi.BlockProof(p))
					reason, _, _ := bytes.Cut([]byte(said), []byte("["))
					want, known := reasons[string(reason)]
					require.True(t, known, said)
					seen[string(reason)] = true
					_, err := p.Newest(f.RefSlot, f.Header.Root(), n.layouts())
					require.ErrorIs(t, err, want, said)
				})
			}
			_, err = n.Must(n.Accounts.User, n.Contracts.ReportOracle, nil, localnet.SubmitData(r, certificate, abi.BlockProof(good)))
			require.NoError(t, err, "nothing else was wrong")
		}
	}
	for reason := range reasons {
		require.True(t, seen[reason], "no proof was refused by %s", reason)
	}
}

// last is the newest header above, or one that is not there.
func last(p *blockproof.Proof) *state.BlockHeader {
	if len(p.Above) == 0 {
		return new(state.BlockHeader)
	}
	return &p.Above[len(p.Above)-1]
}

func sibling(p *blockproof.Proof, i int) *common.Hash {
	if i >= len(p.Branch) {
		return new(common.Hash)
	}
	return &p.Branch[i]
}

// While payloads are withheld there is nothing to submit with: the member waits for the next one that comes.
func TestWithoutAnExecutedPayloadThereIsNothingToProveWith(t *testing.T) {
	n := newWithheldNet(t, 9)
	s := report.Schedule(n.Schedule)
	refSlot := s.NextRefSlot(n.Chain.Slot() + 1)
	n.Chain.NextBlock(refSlot)
	for slot := refSlot + 1; slot < refSlot+30; slot++ {
		n.Chain.WithholdBlock(slot, common.Hash{1})
	}
	header := state.BlockHeader(n.Chain.BeaconHeaders()[1])
	require.Equal(t, refSlot, header.Slot)
	reference := blockproof.Reference{RefSlot: refSlot, Root: header.HashTreeRoot(), Header: header}
	_, err := blockproof.Find(t.Context(), n, reference, n.layouts())
	require.ErrorIs(t, err, blockproof.ErrNotYet)
	n.Chain.WithholdBlock(refSlot+30, n.remember(refSlot+30))
	n.Chain.NextBlock(refSlot + 31)
	p, err := blockproof.Find(t.Context(), n, reference, n.layouts())
	require.NoError(t, err)
	require.Equal(t, refSlot+31, p.ChildSlot)
	require.Len(t, p.Branch, 21)
}

var _ blockproof.Source = (*withheldNet)(nil)

// A member whose beacon node is on another chain than its execution node is told so, and submits nothing.
func TestABlockOfAnotherChainIsNotProven(t *testing.T) {
	for _, withheld := range []int{0, 1, 4, 5, 40} {
		n := newWithheldNet(t, 9)
		f := n.withhold(withheld, 0)
		header := state.BlockHeader(f.Header)
		header.ProposerIndex++
		_, err := blockproof.Find(t.Context(), n, blockproof.Reference{RefSlot: f.RefSlot, Root: header.HashTreeRoot(), Header: header}, n.layouts())
		require.ErrorIs(t, err, blockproof.ErrOtherChain, "%d withheld", withheld)
	}
}
