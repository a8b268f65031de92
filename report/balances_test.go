package report

import (
	"encoding/binary"
	"fmt"
	"iter"
	"maps"
	"math"
	"slices"
	"testing"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/crypto"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

type balance struct{ index, gwei uint64 }

// slowTree is the definition of the tree word by word, level by level: its root and its sum.
func slowTree(list []balance) (root common.Hash, sumGwei uint64) {
	type node struct {
		hash common.Hash
		sum  uint64
	}
	u64 := func(v uint64) []byte { return binary.BigEndian.AppendUint64(nil, v) }
	var level []node
	for _, b := range list {
		level = append(level, node{crypto.Keccak256Hash([]byte{0}, u64(b.index), u64(b.gwei)), b.gwei})
	}
	for len(level) == 0 || len(level)&(len(level)-1) != 0 {
		level = append(level, node{})
	}
	for len(level) > 1 {
		var above []node
		for i := 0; i < len(level); i += 2 {
			l, r := level[i], level[i+1]
			above = append(above, node{crypto.Keccak256Hash([]byte{1}, l.hash[:], u64(l.sum), r.hash[:], u64(r.sum)), l.sum + r.sum})
		}
		level = above
	}
	count := binary.BigEndian.AppendUint32(nil, uint32(len(list)))
	return crypto.Keccak256Hash([]byte{2}, level[0].hash[:], u64(level[0].sum), count), level[0].sum
}

func drawBalances(t *rapid.T) []balance {
	indices := rapid.SliceOfNDistinct(rapid.Uint64Range(0, 1<<40), 0, 70, rapid.ID[uint64]).Draw(t, "indices")
	slices.Sort(indices)
	var list []balance
	for _, index := range indices {
		list = append(list, balance{index, rapid.Uint64Range(0, 1<<57).Draw(t, "gwei")})
	}
	return list
}

func pairs(list []balance) iter.Seq2[uint64, uint64] {
	return func(yield func(uint64, uint64) bool) {
		for _, b := range list {
			if !yield(b.index, b.gwei) {
				return
			}
		}
	}
}

func TestTheStreamedTreeIsTheDefinedOne(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		list := drawBalances(t)
		var tree BalanceTree
		for i, b := range list {
			root, sum := slowTree(list[:i])
			require.Equal(t, root, tree.Root(), "of the first %d", i)
			require.Equal(t, sum, tree.SumGwei())
			require.EqualValues(t, i, tree.Count())
			require.NoError(t, tree.Add(b.index, b.gwei))
		}
		root, sum := slowTree(list)
		require.Equal(t, root, tree.Root())
		require.Equal(t, sum, tree.SumGwei())
	})
}

func TestEveryChangeOfABalanceChangesTheRoot(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		list := rapid.Custom(drawBalances).Filter(func(l []balance) bool { return len(l) > 0 }).Draw(t, "list")
		before, _ := slowTree(list)
		i := rapid.IntRange(0, len(list)-1).Draw(t, "which")
		for name, changed := range map[string][]balance{
			"balance": slices.Replace(slices.Clone(list), i, i+1, balance{list[i].index, list[i].gwei + 1}),
			"absence": slices.Delete(slices.Clone(list), i, i+1),
			"another": append(slices.Clone(list), balance{1 << 41, 0}),
		} {
			var tree BalanceTree
			for _, b := range changed {
				require.NoError(t, tree.Add(b.index, b.gwei))
			}
			require.NotEqual(t, before, tree.Root(), name)
		}
	})
}

func TestAProofShowsItsBalanceAndTheTotal(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		list := drawBalances(t)
		root, sum := slowTree(list)
		for i, b := range list {
			proof, got, err := ProveBalance(b.index, pairs(list))
			require.NoError(t, err)
			require.Equal(t, root, got)
			require.Equal(t, BalanceProof{b.index, b.gwei, uint32(i), uint32(len(list)), proof.Steps}, proof)
			total, err := proof.Verify(root)
			require.NoError(t, err)
			require.Equal(t, sum, total)
		}
	})
}

func TestAChangedProofDoesNotVerify(t *testing.T) {
	list := []balance{{1, 10}, {2, 20}, {3, 30}, {5, 50}, {8, 80}}
	for _, b := range list {
		proof, root, err := ProveBalance(b.index, pairs(list))
		require.NoError(t, err)
		changes := map[string]func(*BalanceProof){
			"index":         func(p *BalanceProof) { p.ValidatorIndex++ },
			"balance":       func(p *BalanceProof) { p.BalanceGwei++ },
			"place":         func(p *BalanceProof) { p.Position ^= 1 },
			"place outside": func(p *BalanceProof) { p.Position += 5 },
			"count":         func(p *BalanceProof) { p.Count++ },
			"no count":      func(p *BalanceProof) { p.Count = 0 },
			"shorter":       func(p *BalanceProof) { p.Steps = p.Steps[:2] },
			"longer":        func(p *BalanceProof) { p.Steps = append(p.Steps, BalanceStep{}) },
			"overflow":      func(p *BalanceProof) { p.Steps[2].SiblingSumGwei = math.MaxUint64 },
		}
		for level := range proof.Steps {
			changes[fmt.Sprintf("hash %d", level)] = func(p *BalanceProof) { p.Steps[level].SiblingHash[31] ^= 1 }
			changes[fmt.Sprintf("sum %d", level)] = func(p *BalanceProof) { p.Steps[level].SiblingSumGwei++ }
		}
		for name, change := range changes {
			changed := proof
			changed.Steps = slices.Clone(proof.Steps)
			change(&changed)
			_, err := changed.Verify(root)
			require.ErrorIs(t, err, ErrNotCommitted, name)
		}
		_, err = proof.Verify(common.Hash{})
		require.ErrorIs(t, err, ErrNotCommitted)
	}
}

func TestValidatorsComeInOrder(t *testing.T) {
	var tree BalanceTree
	require.NoError(t, tree.Add(0, 5), "index 0 is one")
	require.NoError(t, tree.Add(7, 5))
	before := tree.Root()
	require.ErrorIs(t, tree.Add(7, 5), ErrBalanceOrder)
	require.ErrorIs(t, tree.Add(6, 5), ErrBalanceOrder)
	require.ErrorIs(t, tree.Add(8, math.MaxUint64-9), ErrBalanceOverflow)
	require.Equal(t, before, tree.Root(), "unchanged")
	require.NoError(t, tree.Add(8, math.MaxUint64-10))
	require.EqualValues(t, uint64(math.MaxUint64), tree.SumGwei())

	full := BalanceTree{count: math.MaxUint32}
	require.ErrorIs(t, full.Add(1, 1), ErrBalanceOverflow)

	_, _, err := ProveBalance(4, maps.All(map[uint64]uint64{3: 1}))
	require.ErrorIs(t, err, ErrUnknownValidator)
	_, _, err = ProveBalance(4, pairs([]balance{{4, 1}, {4, 1}}))
	require.ErrorIs(t, err, ErrBalanceOrder)
}

func TestAReportMustSayWhatItsTreeSays(t *testing.T) {
	var tree BalanceTree
	require.NoError(t, tree.Add(3, 30))
	require.NoError(t, tree.Add(4, 40))
	r := Report{CLValidatorsGwei: 70, Validators: 2, BalancesRoot: tree.Root()}
	require.NoError(t, tree.Committed(r))
	for name, change := range map[string]func(*Report){
		"sum": func(r *Report) { r.CLValidatorsGwei++ }, "count": func(r *Report) { r.Validators-- }, "root": func(r *Report) { r.BalancesRoot[0]++ },
	} {
		changed := r
		change(&changed)
		require.ErrorIs(t, tree.Committed(changed), ErrWrongCommitment, name)
	}
}
