package difftest

import (
	"math"
	"math/big"
	"slices"
	"testing"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/crypto"
	"github.com/stretchr/testify/require"

	"github.com/tidemark-oracle/tidemark/contracts/bindings"
	"github.com/tidemark-oracle/tidemark/report"
)

// balances draws validators in index order, whose sum fits 64 bits.
func (d dice) balances(count int) []report.BalanceLeaf {
	list := make([]report.BalanceLeaf, count)
	next := d.Uint64N(1000)
	for i := range list {
		list[i] = report.BalanceLeaf{
			ValidatorIndex: next, BalanceGwei: pick(d, 0, 1, 32e9, 2048e9, d.Uint64N(math.MaxUint64/uint64(count))), Exited: d.IntN(3) == 0, Slashed: d.IntN(3) == 0,
			Unproven: d.IntN(3) == 0,
		}
		next += 1 + pick(d, 0, 1, d.Uint64N(1e6))
	}
	return list
}

// newChallenge is a balance challenge for which every anchor is one.
func newChallenge(t *testing.T) *contract {
	t.Helper()
	c := newChain(t)
	c.answerYes(registryOracle)
	states := c.deploy(&bindings.StateProofsMetaData, registryAdmin, uint64(0), uint64(12), uint64(8192), uint64(gloasFrom))
	return c.deploy(&bindings.BalanceChallengeMetaData, registryOracle, registryVault, states.address, uint64(slotsPerEpoch))
}

// path is a proof as the contract takes it.
func path(p report.BalanceProof) bindings.SumPath {
	out := bindings.SumPath{Position: uint64(p.Position), Sums: bindings.Sums{BalanceGwei: p.BalanceGwei}, Count: p.Count}
	if p.Exited {
		out.Sums.Exited = 1
	}
	if p.Slashed {
		out.Sums.Slashed = 1
	}
	if p.Unproven {
		out.Sums.UnprovenGwei = unprovenPart(p.BalanceGwei)
	}
	sums := out.Sums
	for _, s := range p.Steps {
		sibling := bindings.Sums(s.SiblingSums)
		sums.BalanceGwei += sibling.BalanceGwei
		sums.Exited += sibling.Exited
		sums.Slashed += sibling.Slashed
		sums.UnprovenGwei += sibling.UnprovenGwei
		out.Steps = append(out.Steps, bindings.SumStep{SiblingHash: s.SiblingHash, Sibling: sibling, Parent: sums})
	}
	return out
}

// claim is what a report says of a validator, as the contract takes it.
func claim(p report.BalanceProof) bindings.ClaimedLeaf {
	return bindings.ClaimedLeaf{ValidatorIndex: p.ValidatorIndex, BalanceGwei: p.BalanceGwei, Flags: flags(p.BalanceLeaf), Path: path(p)}
}

// TestTheContractFindsEveryBalanceUnderTheRoot asks for a fault in an honest tree: the contract says that there is none only when leaf, path, sums,
// count and root are what it computes itself.
func TestTheContractFindsEveryBalanceUnderTheRoot(t *testing.T) {
	challenge, d := newChallenge(t), newDice(5)
	for _, count := range []int{1, 2, 3, 4, 5, 7, 8, 9, 16, 17, 31, 33, 64, 100} {
		list := d.balances(count)
		for _, b := range list {
			proof, root, err := report.ProveBalance(b.ValidatorIndex, slices.Values(list))
			require.NoError(t, err)
			anchor := bindings.ReportAnchor{BalancesRoot: root}
			challenge.callReverts(common.Address{1}, "NothingWrong", "proveBrokenSums", anchor, leaf(b), path(proof))
			challenge.callReverts(common.Address{1}, "NothingWrong", "proveMalformedLeaf", anchor, claim(proof))
			challenge.callReverts(common.Address{1}, "NothingWrong", "provePadding", anchor, leaf(b), path(proof))
		}
	}
}

func TestTheContractRefusesWhatTheRootDoesNotCommitTo(t *testing.T) {
	challenge, d := newChallenge(t), newDice(6)
	list := d.balances(21)
	for i, b := range list {
		proof, root, err := report.ProveBalance(b.ValidatorIndex, slices.Values(list))
		require.NoError(t, err)
		for name, change := range map[string]func(p *report.BalanceProof){
			"another balance":   func(p *report.BalanceProof) { p.BalanceGwei++ },
			"another exit":      func(p *report.BalanceProof) { p.Exited = !p.Exited },
			"another slashing":  func(p *report.BalanceProof) { p.Slashed = !p.Slashed },
			"another mark":      func(p *report.BalanceProof) { p.Unproven = !p.Unproven },
			"another index":     func(p *report.BalanceProof) { p.ValidatorIndex++ },
			"another place":     func(p *report.BalanceProof) { p.Position ^= 1 },
			"another count":     func(p *report.BalanceProof) { p.Count++ },
			"another neighbour": func(p *report.BalanceProof) { p.Steps[i%len(p.Steps)].SiblingHash[0] ^= 1 },
			"another sum":       func(p *report.BalanceProof) { p.Steps[i%len(p.Steps)].SiblingSums.BalanceGwei++ },
			"more exited":       func(p *report.BalanceProof) { p.Steps[i%len(p.Steps)].SiblingSums.Exited++ },
			"more slashed":      func(p *report.BalanceProof) { p.Steps[i%len(p.Steps)].SiblingSums.Slashed++ },
			"more unproven":     func(p *report.BalanceProof) { p.Steps[i%len(p.Steps)].SiblingSums.UnprovenGwei++ },
		} {
			altered := proof
			altered.Steps = append([]report.BalanceStep(nil), proof.Steps...)
			change(&altered)
			challenge.callReverts(common.Address{1}, "NotCommitted", "proveBrokenSums", bindings.ReportAnchor{BalancesRoot: root}, leaf(altered.BalanceLeaf), path(altered))
			_, err := altered.Verify(root)
			require.ErrorIs(t, err, report.ErrNotCommitted, name)
		}
	}
}

// TestTheRootOfNoValidatorsIsTheContracts opens the root that says nothing: one padding leaf, sum 0, count 0.
func TestTheRootOfNoValidatorsIsTheContracts(t *testing.T) {
	challenge := newChallenge(t)
	var tree report.BalanceTree
	anchor := bindings.ReportAnchor{BalancesRoot: tree.Root(), Digest: common.BigToHash(big.NewInt(1))}
	challenge.callReverts(common.Address{1}, "NothingWrong", "proveBrokenSums", anchor, common.Hash{}, bindings.SumPath{})
	challenge.callReverts(common.Address{1}, "NothingWrong", "provePadding", anchor, common.Hash{}, bindings.SumPath{})
	quiet := bindings.Report{DepositedWei: new(big.Int), WithdrawalVaultWei: new(big.Int), ElRewardsVaultWei: new(big.Int)}
	challenge.callReverts(common.Address{1}, "NothingWrong", "proveWrongTotal", anchor, quiet, common.Hash{}, bindings.Sums{}, uint32(0))
}

// TestTheContractsTotalsAreTheTrees opens the root of each tree: the contract finds nothing wrong only in a report whose totals are Go's sums.
func TestTheContractsTotalsAreTheTrees(t *testing.T) {
	challenge, d := newChallenge(t), newDice(8)
	for count := 1; count < 12; count++ {
		list := d.balances(count)
		list[0].BalanceGwei, list[0].Unproven = 1, true
		var tree report.BalanceTree
		for _, b := range list {
			require.NoError(t, tree.Add(b))
		}
		proof, root, err := report.ProveBalance(list[0].ValidatorIndex, slices.Values(list))
		require.NoError(t, err)
		top := leaf(list[0])
		steps := path(proof)
		below := steps.Sums
		for _, s := range steps.Steps {
			top, below = crypto.Keccak256Hash([]byte{1}, top[:], sums(below), s.SiblingHash[:], sums(s.Sibling)), s.Parent
		}
		require.Equal(t, bindings.Sums(tree.Sums()), below)
		anchor := bindings.ReportAnchor{BalancesRoot: root, Digest: common.BigToHash(big.NewInt(1))}
		said := bindings.Report{
			DepositedWei: new(big.Int), WithdrawalVaultWei: new(big.Int), ElRewardsVaultWei: new(big.Int),
			ClValidatorsGwei: below.BalanceGwei, Exited: below.Exited, Slashed: below.Slashed, UnprovenGwei: below.UnprovenGwei,
			Validators: uint32(count),
		}
		challenge.callReverts(common.Address{1}, "NothingWrong", "proveWrongTotal", anchor, said, top, below, uint32(count))
		more := said
		more.UnprovenGwei++ // on a pending deposit, which is in no tree
		challenge.callReverts(common.Address{1}, "NothingWrong", "proveWrongTotal", anchor, more, top, below, uint32(count))
		for name, lie := range map[string]func(r *bindings.Report){
			"balances": func(r *bindings.Report) { r.ClValidatorsGwei++ }, "exited": func(r *bindings.Report) { r.Exited++ },
			"slashed": func(r *bindings.Report) { r.Slashed++ }, "unproven": func(r *bindings.Report) { r.UnprovenGwei-- },
			"validators": func(r *bindings.Report) { r.Validators++ },
		} {
			t.Run(name, func(t *testing.T) {
				lies := said
				lie(&lies)
				before := challenge.state.Snapshot()
				challenge.call(common.Address{1}, "proveWrongTotal", anchor, lies, top, below, uint32(count))
				challenge.state.RevertToSnapshot(before)
			})
		}
	}
}

// leaf is the hash that the tree starts from, written out once more.
func leaf(b report.BalanceLeaf) common.Hash {
	return leafHash(b.ValidatorIndex, b.BalanceGwei, flags(b))
}

func leafHash(index, balanceGwei uint64, flags uint8) common.Hash {
	return crypto.Keccak256Hash([]byte{0}, be64(index), be64(balanceGwei), []byte{flags})
}

func flags(b report.BalanceLeaf) (flags uint8) {
	if b.Exited {
		flags++
	}
	if b.Slashed {
		flags += 2
	}
	if b.Unproven {
		flags += 4
	}
	return flags
}

// unprovenPart is what an unproven leaf counts of its balance as first ether.
func unprovenPart(balanceGwei uint64) uint64 { return min(balanceGwei, 1_000_000_000) }

// sums are the bytes behind a node's hash, written out once more.
func sums(s bindings.Sums) []byte {
	return slices.Concat(be64(s.BalanceGwei), be32(s.Exited), be32(s.Slashed), be64(s.UnprovenGwei))
}
