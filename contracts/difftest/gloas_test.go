package difftest

import (
	"fmt"
	"math"
	"math/rand/v2"
	"reflect"
	"testing"

	"github.com/attestantio/go-eth2-client/spec/gloas"
	"github.com/attestantio/go-eth2-client/spec/phase0"
	"github.com/ethereum/go-ethereum/common"
	dynssz "github.com/pk910/dynamic-ssz"
	"github.com/pk910/dynamic-ssz/treeproof"
	"github.com/stretchr/testify/require"

	"github.com/tidemark-oracle/tidemark/contracts/bindings"
)

// gloasFrom is where the table of newStates has Gloas begin.
const gloasFrom = 100 * slotsPerEpoch

// gloasTree is the tree of a Gloas state as dynamic-ssz builds it. Branches come by walking down from the root, which knows no generalized index of an element.
type gloasTree struct{ root *treeproof.Node }

func gloasTreeOf(t *testing.T, state *gloas.BeaconState) (common.Hash, gloasTree) {
	t.Helper()
	root, err := state.HashTreeRoot()
	require.NoError(t, err)
	node, err := dynssz.NewDynSsz(nil).GetTree(state)
	require.NoError(t, err)
	require.Equal(t, root[:], node.Hash(), "two implementations of the root")
	return root, gloasTree{node}
}

// prove is a node with its siblings up to the root, lowest first.
func (g gloasTree) prove(t *testing.T, index int) (leaf common.Hash, siblings [][32]byte) {
	t.Helper()
	proof, err := g.root.Prove(index)
	require.NoError(t, err)
	for _, h := range proof.Hashes {
		siblings = append(siblings, [32]byte(h))
	}
	return common.Hash(proof.Leaf), siblings
}

// childNode finds leaf i below the node of a progressive tree, as EIP-7916 says it: to the left a whole tree of so many leaves, to the right the rest.
func childNode(node, i, leaves int) int {
	if i >= leaves {
		return childNode(2*node+1, i-leaves, 4*leaves)
	}
	node *= 2
	for ; leaves > 1; leaves /= 4 {
		node = 4*node + i/(leaves/4)
		i %= leaves / 4
	}
	return node
}

// fieldNode is the node of a field of the state: its fields are left of the active ones.
func fieldNode(i int) int { return childNode(2, i, 1) }

// elementNode is the node of chunk i of a progressive list in a field: contents are left of the length.
func elementNode(f, i int) int { return childNode(2*fieldNode(f), i, 1) }

func newStates(t *testing.T) *contract {
	t.Helper()
	return newChain(t).deploy(&bindings.StateProofsMetaData, registryAdmin, uint64(0), uint64(12), uint64(8192), uint64(gloasFrom))
}

func TestFieldsOfGloasStandWhereTheSpecificationPublishesThem(t *testing.T) {
	state := randomState[gloas.BeaconState](rand.New(rand.NewPCG(1, 7732)))
	_, tree := gloasTreeOf(t, state)
	current, err := state.CurrentSyncCommittee.HashTreeRoot()
	require.NoError(t, err)
	next, err := state.NextSyncCommittee.HashTreeRoot()
	require.NoError(t, err)
	bid, err := state.LatestExecutionPayloadBid.HashTreeRoot()
	require.NoError(t, err)
	// light-client/sync-protocol.md of the consensus specs, and indices that follow in the same way.
	for name, c := range map[string]struct {
		index int
		root  common.Hash
	}{
		"FINALIZED_ROOT_GINDEX_GLOAS":         {735, common.Hash(state.FinalizedCheckpoint.Root)},
		"CURRENT_SYNC_COMMITTEE_GINDEX_GLOAS": {2945, current},
		"NEXT_SYNC_COMMITTEE_GINDEX_GLOAS":    {2946, next},
		"latest_block_hash":                   {2947, common.Hash(state.LatestBlockHash)},
		"latest_execution_payload_bid":        {2966, bid},
	} {
		leaf, _ := tree.prove(t, c.index)
		require.Equal(t, c.root, leaf, name)
	}
	require.Equal(t, []int{352, 358, 359, 2957, 2967}, []int{fieldNode(5), fieldNode(validatorsField), fieldNode(balancesField), fieldNode(34), fieldNode(44)})
}

func TestEveryElementOfGloasListsOfEveryLengthIsProven(t *testing.T) {
	states := newStates(t)
	for _, n := range []int{0, 1, 2, 4, 5, 6, 20, 21, 22, 84, 85, 86} {
		t.Run(fmt.Sprintf("%d validators", n), func(t *testing.T) {
			r := rand.New(rand.NewPCG(uint64(n), 7916))
			state := randomState[gloas.BeaconState](r)
			state.Validators, state.Balances = make([]*phase0.Validator, n), make([]phase0.Gwei, n)
			for i := range n {
				state.Validators[i], state.Balances[i] = randomState[phase0.Validator](r), phase0.Gwei(r.Uint64())
			}
			root, tree := gloasTreeOf(t, state)
			for i, v := range state.Validators {
				leaf, siblings := tree.prove(t, elementNode(validatorsField, i))
				want, err := v.HashTreeRoot()
				require.NoError(t, err)
				require.Equal(t, common.Hash(want), leaf, "the leaf is the validator")
				states.call(registryAdmin, "requireValidator", root, uint64(gloasFrom), v.PublicKey[:], proofOf(i, v, siblings))
				states.callReverts(registryAdmin, "BranchLength", "requireValidator", root, uint64(gloasFrom-1), v.PublicKey[:], proofOf(i, v, siblings))
				chunk, siblings := tree.prove(t, elementNode(balancesField, i/4))
				require.Equal(t, uint64(state.Balances[i]), provenBalance(states, root, i, balanceProof{Chunk: chunk, Branch: siblings}))
			}
			length, siblings := tree.prove(t, 2*fieldNode(balancesField)+1)
			absent := balanceProof{BeyondEnd: true, Chunk: length, Branch: siblings}
			for _, i := range []int{n, n + 1, 4 * n, 1 << 39, 1 << 40, math.MaxInt64} {
				if i >= n {
					require.Zero(t, provenBalance(states, root, i, absent), "validator %d", i)
				}
			}
			if n > 0 {
				states.callReverts(registryAdmin, "NotBeyondEnd", "provenBalance", root, uint64(gloasFrom), uint64(n-1), absent)
			}
		})
	}
}

func provenBalance(states *contract, root common.Hash, i int, proof balanceProof) uint64 {
	out, _ := states.call(registryAdmin, "provenBalance", root, uint64(gloasFrom), uint64(i), proof)
	return out[0].(uint64)
}

// largeState has the shape of a Gloas state with so many elements in its two lists; validators are their roots, other fields are any roots.
func largeState(n int) any {
	var fields []reflect.StructField
	for i := range 46 {
		f := reflect.StructField{Name: fmt.Sprintf("F%d", i), Type: reflect.TypeFor[phase0.Root](), Tag: reflect.StructTag(fmt.Sprintf(`ssz-index:"%d" ssz-size:"32"`, i))}
		switch i {
		case validatorsField:
			f.Type, f.Tag = reflect.TypeFor[[]phase0.Root](), reflect.StructTag(fmt.Sprintf(`ssz-index:"%d" ssz-type:"progressive-list" ssz-size:"?,32"`, i))
		case balancesField:
			f.Type, f.Tag = reflect.TypeFor[[]phase0.Gwei](), reflect.StructTag(fmt.Sprintf(`ssz-index:"%d" ssz-type:"progressive-list"`, i))
		}
		fields = append(fields, f)
	}
	state := reflect.New(reflect.StructOf(fields))
	for i := range fields {
		if f := state.Elem().Field(i); f.Kind() == reflect.Array {
			f.Index(0).SetUint(uint64(i + 1))
		} else {
			f.Set(reflect.MakeSlice(f.Type(), n, n))
		}
	}
	return state.Interface()
}

// Subtrees end behind 349,525 and 1,398,101 elements.
func TestElementsOfGloasListsOfMillionsAreProven(t *testing.T) {
	const n = 1_500_001
	states, state := newStates(t), largeState(n)
	roots := reflect.ValueOf(state).Elem().Field(validatorsField).Interface().([]phase0.Root)
	balances := reflect.ValueOf(state).Elem().Field(balancesField).Interface().([]phase0.Gwei)
	r := rand.New(rand.NewPCG(15, 7916))
	chosen := map[int]*phase0.Validator{}
	for _, i := range []int{0, 21_845, 87_381, 349_524, 349_525, 1_000_000, 1_398_100, 1_398_101, n - 1} {
		chosen[i] = randomState[phase0.Validator](r)
		root, err := chosen[i].HashTreeRoot()
		require.NoError(t, err)
		roots[i] = root
	}
	for i := range n {
		balances[i] = phase0.Gwei(32e9 + i)
		if chosen[i] == nil {
			roots[i] = phase0.Root{1, byte(i), byte(i >> 8), byte(i >> 16)}
		}
	}
	root, err := dynssz.NewDynSsz(nil).HashTreeRoot(state)
	require.NoError(t, err)
	node, err := dynssz.NewDynSsz(nil).GetTree(state)
	require.NoError(t, err)
	require.Equal(t, root[:], node.Hash())
	tree := gloasTree{node}
	depths := map[int]int{0: 10, 349_524: 37, 1_000_000: 40, 1_398_101: 43}
	for i, v := range chosen {
		_, siblings := tree.prove(t, elementNode(validatorsField, i))
		if want, ok := depths[i]; ok {
			require.Len(t, siblings, want, "validator %d", i)
		}
		_, gas := states.call(registryAdmin, "requireValidator", root, uint64(gloasFrom), v.PublicKey[:], proofOf(i, v, siblings))
		t.Logf("validator %d: %d levels, %d gas", i, len(siblings), gas)
		siblings[len(siblings)/2][0] ^= 1
		states.callReverts(registryAdmin, "NotInState", "requireValidator", root, uint64(gloasFrom), v.PublicKey[:], proofOf(i, v, siblings))
		chunk, siblings := tree.prove(t, elementNode(balancesField, i/4))
		require.Equal(t, uint64(balances[i]), provenBalance(states, root, i, balanceProof{Chunk: chunk, Branch: siblings}))
	}
}
