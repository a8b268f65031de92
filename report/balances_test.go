package report

import (
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/common/hexutil"
	"github.com/ethereum/go-ethereum/crypto"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// slowTree is the definition of the tree word by word, level by level: its root and its sums.
func slowTree(list []BalanceLeaf) (root common.Hash, total Sums) {
	type node struct {
		hash common.Hash
		sums Sums
	}
	u64 := func(v uint64) []byte { return binary.BigEndian.AppendUint64(nil, v) }
	u32 := func(v uint32) []byte { return binary.BigEndian.AppendUint32(nil, v) }
	entry := func(n node) []byte {
		return slices.Concat(n.hash[:], u64(n.sums.BalanceGwei), u32(n.sums.Exited), u32(n.sums.Slashed), u64(n.sums.UnprovenGwei))
	}
	var level []node
	for _, l := range list {
		sums, flags := Sums{BalanceGwei: l.BalanceGwei}, byte(0)
		if l.Exited {
			flags, sums.Exited = flags+1, 1
		}
		if l.Slashed {
			flags, sums.Slashed = flags+2, 1
		}
		if l.Unproven {
			flags, sums.UnprovenGwei = flags+4, min(l.BalanceGwei, 1e9)
		}
		level = append(level, node{crypto.Keccak256Hash([]byte{0}, u64(l.ValidatorIndex), u64(l.BalanceGwei), []byte{flags}), sums})
	}
	for len(level) == 0 || len(level)&(len(level)-1) != 0 {
		level = append(level, node{})
	}
	for len(level) > 1 {
		var above []node
		for i := 0; i < len(level); i += 2 {
			l, r := level[i], level[i+1]
			above = append(above, node{crypto.Keccak256Hash([]byte{1}, entry(l), entry(r)), Sums{
				l.sums.BalanceGwei + r.sums.BalanceGwei, l.sums.Exited + r.sums.Exited, l.sums.Slashed + r.sums.Slashed, l.sums.UnprovenGwei + r.sums.UnprovenGwei,
			}})
		}
		level = above
	}
	return crypto.Keccak256Hash([]byte{2}, entry(level[0]), u32(uint32(len(list)))), level[0].sums
}

func drawBalances(t *rapid.T) []BalanceLeaf {
	indices := rapid.SliceOfNDistinct(rapid.Uint64Range(0, 1<<40), 0, 70, rapid.ID[uint64]).Draw(t, "indices")
	slices.Sort(indices)
	var list []BalanceLeaf
	for _, index := range indices {
		list = append(list, BalanceLeaf{index, rapid.Uint64Range(0, 1<<57).Draw(t, "gwei"), rapid.Bool().Draw(t, "exited"), rapid.Bool().Draw(t, "slashed"), rapid.Bool().Draw(t, "unproven")})
	}
	return list
}

// TestTheLayoutIsTheDocumentedOne holds the tree against bytes written by hand: docs/report.md shows the same.
func TestTheLayoutIsTheDocumentedOne(t *testing.T) {
	keccak := func(hex string) common.Hash {
		data, err := hexutil.Decode("0x" + strings.ReplaceAll(hex, " ", ""))
		require.NoError(t, err)
		return crypto.Keccak256Hash(data)
	}
	text := func(h common.Hash) string { return hex.EncodeToString(h[:]) }
	var tree BalanceTree
	require.Equal(t, keccak("02 "+text(common.Hash{})+" 0000000000000000 00000000 00000000 0000000000000000 00000000"), tree.Root(), "nobody")

	require.NoError(t, tree.Add(BalanceLeaf{ValidatorIndex: 5, BalanceGwei: 32_010_000_000}))
	left := keccak("00 0000000000000005 0000000773f1d680 00")
	const leftSums, rightSums = "0000000773f1d680 00000000 00000000 0000000000000000", "0000000773594000 00000001 00000001 0000000000000000"
	require.Equal(t, keccak("02 "+text(left)+leftSums+" 00000001"), tree.Root(), "one leaf is the top")

	require.NoError(t, tree.Add(BalanceLeaf{ValidatorIndex: 9, BalanceGwei: 32_000_000_000, Exited: true, Slashed: true}))
	right := keccak("00 0000000000000009 0000000773594000 03")
	node := keccak("01 " + text(left) + leftSums + text(right) + rightSums)
	require.Equal(t, keccak("02 "+text(node)+"0000000ee74b1680 00000001 00000001 0000000000000000 00000002"), tree.Root())
	require.Equal(t, Sums{BalanceGwei: 64_010_000_000, Exited: 1, Slashed: 1}, tree.Sums())
}

func TestTheStreamedTreeIsTheDefinedOne(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		list := drawBalances(t)
		var tree BalanceTree
		for i, b := range list {
			root, sums := slowTree(list[:i])
			require.Equal(t, root, tree.Root(), "of the first %d", i)
			require.Equal(t, sums, tree.Sums())
			require.EqualValues(t, i, tree.Count())
			require.NoError(t, tree.Add(b))
		}
		root, sums := slowTree(list)
		require.Equal(t, root, tree.Root())
		require.Equal(t, sums, tree.Sums())
	})
}

func TestEveryChangeOfABalanceChangesTheRoot(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		list := rapid.Custom(drawBalances).Filter(func(l []BalanceLeaf) bool { return len(l) > 0 }).Draw(t, "list")
		before, _ := slowTree(list)
		i := rapid.IntRange(0, len(list)-1).Draw(t, "which")
		richer, exited, slashed := list[i], list[i], list[i]
		richer.BalanceGwei++
		exited.Exited, slashed.Slashed = !exited.Exited, !slashed.Slashed
		for name, changed := range map[string][]BalanceLeaf{
			"balance": slices.Replace(slices.Clone(list), i, i+1, richer),
			"exit":    slices.Replace(slices.Clone(list), i, i+1, exited),
			"slashed": slices.Replace(slices.Clone(list), i, i+1, slashed),
			"absence": slices.Delete(slices.Clone(list), i, i+1),
			"another": append(slices.Clone(list), BalanceLeaf{ValidatorIndex: 1 << 41}),
		} {
			var tree BalanceTree
			for _, b := range changed {
				require.NoError(t, tree.Add(b))
			}
			require.NotEqual(t, before, tree.Root(), name)
		}
	})
}

func TestAProofShowsItsBalanceAndTheTotal(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		list := drawBalances(t)
		root, sums := slowTree(list)
		for i, b := range list {
			proof, got, err := ProveBalance(b.ValidatorIndex, slices.Values(list))
			require.NoError(t, err)
			require.Equal(t, root, got)
			require.Equal(t, BalanceProof{b, uint32(i), uint32(len(list)), proof.Steps}, proof)
			total, err := proof.Verify(root)
			require.NoError(t, err)
			require.Equal(t, sums, total)
		}
	})
}

func TestAChangedProofDoesNotVerify(t *testing.T) {
	list := []BalanceLeaf{{1, 10, false, false, false}, {2, 20, true, false, false}, {3, 30, false, true, false}, {5, 50, true, true, false}, {8, 80, false, false, false}}
	for _, b := range list {
		proof, root, err := ProveBalance(b.ValidatorIndex, slices.Values(list))
		require.NoError(t, err)
		changes := map[string]func(*BalanceProof){
			"index":         func(p *BalanceProof) { p.ValidatorIndex++ },
			"balance":       func(p *BalanceProof) { p.BalanceGwei++ },
			"exit":          func(p *BalanceProof) { p.Exited = !p.Exited },
			"slashing":      func(p *BalanceProof) { p.Slashed = !p.Slashed },
			"place":         func(p *BalanceProof) { p.Position ^= 1 },
			"place outside": func(p *BalanceProof) { p.Position += 5 },
			"count":         func(p *BalanceProof) { p.Count++ },
			"no count":      func(p *BalanceProof) { p.Count = 0 },
			"shorter":       func(p *BalanceProof) { p.Steps = p.Steps[:2] },
			"longer":        func(p *BalanceProof) { p.Steps = append(p.Steps, BalanceStep{}) },
			"overflow":      func(p *BalanceProof) { p.Steps[2].SiblingSums.BalanceGwei = math.MaxUint64 },
		}
		for level := range proof.Steps {
			changes[fmt.Sprintf("hash %d", level)] = func(p *BalanceProof) { p.Steps[level].SiblingHash[31] ^= 1 }
			changes[fmt.Sprintf("sum %d", level)] = func(p *BalanceProof) { p.Steps[level].SiblingSums.BalanceGwei++ }
			changes[fmt.Sprintf("exited %d", level)] = func(p *BalanceProof) { p.Steps[level].SiblingSums.Exited++ }
			changes[fmt.Sprintf("slashed %d", level)] = func(p *BalanceProof) { p.Steps[level].SiblingSums.Slashed++ }
			changes[fmt.Sprintf("unproven %d", level)] = func(p *BalanceProof) { p.Steps[level].SiblingSums.UnprovenGwei++ }
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

// Each sum that a proof claims can overflow by itself: parents are hashed with what fits, so only the check stops a proof of too much.
func TestAProofWhoseSumsOverflowDoesNotVerify(t *testing.T) {
	leaf := BalanceLeaf{ValidatorIndex: 4, BalanceGwei: 1, Exited: true, Slashed: true}
	for name, sibling := range map[string]Sums{
		"balance": {BalanceGwei: math.MaxUint64}, "exited": {Exited: math.MaxUint32}, "slashed": {Slashed: math.MaxUint32},
	} {
		parent, fits := parentOf(leaf.node(), sumNode{sums: sibling})
		require.False(t, fits, name)
		_, err := BalanceProof{leaf, 0, 2, []BalanceStep{{SiblingSums: sibling}}}.Verify(parent.root(2))
		require.ErrorIs(t, err, ErrNotCommitted, name)
		require.ErrorContains(t, err, "overflow", name)
	}
	_, fits := Sums{UnprovenGwei: math.MaxUint64}.plus(Sums{UnprovenGwei: 1})
	require.False(t, fits)
}

func TestValidatorsComeInOrder(t *testing.T) {
	add := func(tree *BalanceTree, index, gwei uint64) error {
		return tree.Add(BalanceLeaf{ValidatorIndex: index, BalanceGwei: gwei})
	}
	var tree BalanceTree
	require.NoError(t, add(&tree, 0, 5), "index 0 is one")
	require.NoError(t, add(&tree, 7, 5))
	before := tree.Root()
	require.ErrorIs(t, add(&tree, 7, 5), ErrBalanceOrder)
	require.ErrorIs(t, add(&tree, 6, 5), ErrBalanceOrder)
	require.ErrorIs(t, add(&tree, 8, math.MaxUint64-9), ErrBalanceOverflow)
	require.Equal(t, before, tree.Root(), "unchanged")
	require.NoError(t, add(&tree, 8, math.MaxUint64-10))
	require.EqualValues(t, uint64(math.MaxUint64), tree.Sums().BalanceGwei)

	full := BalanceTree{count: math.MaxUint32}
	require.ErrorIs(t, add(&full, 1, 1), ErrBalanceOverflow)

	_, _, err := ProveBalance(4, slices.Values([]BalanceLeaf{{ValidatorIndex: 3, BalanceGwei: 1}}))
	require.ErrorIs(t, err, ErrUnknownValidator)
	_, _, err = ProveBalance(4, slices.Values([]BalanceLeaf{{ValidatorIndex: 4}, {ValidatorIndex: 4}}))
	require.ErrorIs(t, err, ErrBalanceOrder)
}

func TestAReportMustSayWhatItsTreeSays(t *testing.T) {
	var tree BalanceTree
	require.NoError(t, tree.Add(BalanceLeaf{ValidatorIndex: 3, BalanceGwei: 30, Exited: true, Unproven: true}))
	require.NoError(t, tree.Add(BalanceLeaf{ValidatorIndex: 4, BalanceGwei: 40, Exited: true, Slashed: true}))
	r := Report{CLValidatorsGwei: 70, Validators: 2, Exited: 2, Slashed: 1, UnprovenGwei: 30, BalancesRoot: tree.Root()}
	require.NoError(t, tree.Committed(r))
	more := r
	more.UnprovenGwei++ // on a pending deposit
	require.NoError(t, tree.Committed(more))
	for name, change := range map[string]func(*Report){
		"sum": func(r *Report) { r.CLValidatorsGwei++ }, "count": func(r *Report) { r.Validators-- }, "root": func(r *Report) { r.BalancesRoot[0]++ },
		"exited": func(r *Report) { r.Exited-- }, "slashed": func(r *Report) { r.Slashed++ }, "unproven": func(r *Report) { r.UnprovenGwei-- },
	} {
		changed := r
		change(&changed)
		require.ErrorIs(t, tree.Committed(changed), ErrWrongCommitment, name)
	}
}
