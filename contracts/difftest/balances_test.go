package difftest

import (
	"encoding/binary"
	"math"
	"math/big"
	"testing"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/crypto"
	"github.com/stretchr/testify/require"

	"github.com/tidemark-oracle/tidemark/contracts/bindings"
	"github.com/tidemark-oracle/tidemark/report"
)

// poolBalance is a validator of the pool and what it has.
type poolBalance struct{ index, gwei uint64 }

// balances draws validators in index order, whose sum fits 64 bits.
func (d dice) balances(count int) []poolBalance {
	list := make([]poolBalance, count)
	next := d.Uint64N(1000)
	for i := range list {
		list[i] = poolBalance{next, pick(d, 0, 1, 32e9, 2048e9, d.Uint64N(math.MaxUint64/uint64(count)))}
		next += 1 + pick(d, 0, 1, d.Uint64N(1e6))
	}
	return list
}

func all(list []poolBalance) func(func(uint64, uint64) bool) {
	return func(yield func(uint64, uint64) bool) {
		for _, b := range list {
			if !yield(b.index, b.gwei) {
				return
			}
		}
	}
}

// newChallenge is a balance challenge for which every anchor is one.
func newChallenge(t *testing.T) *contract {
	t.Helper()
	c := newChain(t)
	c.answerYes(registryOracle)
	states := c.deploy(&bindings.StateProofsMetaData, registryAdmin, uint64(0), uint64(12), uint64(8192), uint64(gloasFrom))
	return c.deploy(&bindings.BalanceChallengeMetaData, registryOracle, registryVault, states.address)
}

// path is a proof as the contract takes it.
func path(p report.BalanceProof) bindings.SumPath {
	out := bindings.SumPath{Position: uint64(p.Position), Sum: p.BalanceGwei, Count: p.Count}
	sum := p.BalanceGwei
	for _, s := range p.Steps {
		sum += s.SiblingSumGwei
		out.Steps = append(out.Steps, bindings.SumStep{SiblingHash: s.SiblingHash, SiblingSum: s.SiblingSumGwei, ParentSum: sum})
	}
	return out
}

// TestTheContractFindsEveryBalanceUnderTheRoot asks for a fault in an honest tree: the contract says that there is none only when leaf, path, sums,
// count and root are what it computes itself.
func TestTheContractFindsEveryBalanceUnderTheRoot(t *testing.T) {
	challenge, d := newChallenge(t), newDice(5)
	for _, count := range []int{1, 2, 3, 4, 5, 7, 8, 9, 16, 17, 31, 33, 64, 100} {
		list := d.balances(count)
		for _, b := range list {
			proof, root, err := report.ProveBalance(b.index, all(list))
			require.NoError(t, err)
			anchor := bindings.ReportAnchor{BalancesRoot: root}
			challenge.callReverts(common.Address{1}, "NothingWrong", "proveBrokenSums", anchor, leaf(b), path(proof))
		}
	}
}

func TestTheContractRefusesWhatTheRootDoesNotCommitTo(t *testing.T) {
	challenge, d := newChallenge(t), newDice(6)
	list := d.balances(21)
	for i, b := range list {
		proof, root, err := report.ProveBalance(b.index, all(list))
		require.NoError(t, err)
		for name, change := range map[string]func(b *poolBalance, p *report.BalanceProof){
			"another balance": func(b *poolBalance, p *report.BalanceProof) { b.gwei, p.BalanceGwei = b.gwei+1, p.BalanceGwei+1 },
			"another index": func(b *poolBalance, p *report.BalanceProof) {
				b.index, p.ValidatorIndex = b.index+1, p.ValidatorIndex+1
			},
			"another place":     func(_ *poolBalance, p *report.BalanceProof) { p.Position ^= 1 },
			"another count":     func(_ *poolBalance, p *report.BalanceProof) { p.Count++ },
			"another neighbour": func(_ *poolBalance, p *report.BalanceProof) { p.Steps[i%len(p.Steps)].SiblingHash[0] ^= 1 },
			"another sum":       func(_ *poolBalance, p *report.BalanceProof) { p.Steps[i%len(p.Steps)].SiblingSumGwei++ },
		} {
			changed, altered := b, proof
			altered.Steps = append([]report.BalanceStep(nil), proof.Steps...)
			change(&changed, &altered)
			challenge.callReverts(common.Address{1}, "NotCommitted", "proveBrokenSums", bindings.ReportAnchor{BalancesRoot: root}, leaf(changed), path(altered))
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
	quiet := bindings.Report{DepositedWei: new(big.Int), WithdrawalVaultWei: new(big.Int), ElRewardsVaultWei: new(big.Int)}
	challenge.callReverts(common.Address{1}, "NothingWrong", "proveWrongTotal", anchor, quiet, common.Hash{}, uint64(0), uint32(0))
}

// leaf is the hash that the tree starts from, written out once more.
func leaf(b poolBalance) common.Hash {
	data := binary.BigEndian.AppendUint64([]byte{0}, b.index)
	return crypto.Keccak256Hash(binary.BigEndian.AppendUint64(data, b.gwei))
}
