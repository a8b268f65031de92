package difftest

import (
	"crypto/sha256"
	"math/bits"
	"math/rand/v2"
	"reflect"
	"strconv"
	"strings"
	"testing"

	"github.com/attestantio/go-eth2-client/spec/deneb"
	"github.com/attestantio/go-eth2-client/spec/electra"
	"github.com/attestantio/go-eth2-client/spec/fulu"
	"github.com/attestantio/go-eth2-client/spec/phase0"
	"github.com/ethereum/go-ethereum/common"
	dynssz "github.com/pk910/dynamic-ssz"
	"github.com/pk910/dynamic-ssz/treeproof"
	"github.com/stretchr/testify/require"
)

// stateFork is a fork's beacon state: every other field is random, so that no two fields can be confused.
type stateFork struct {
	name  string
	build func(r *rand.Rand, validators []*phase0.Validator, balances []phase0.Gwei) any
}

var stateForks = []stateFork{
	{"electra", func(r *rand.Rand, v []*phase0.Validator, b []phase0.Gwei) any {
		s := randomState[electra.BeaconState](r)
		s.Validators, s.Balances = v, b
		return s
	}},
	{"fulu", func(r *rand.Rand, v []*phase0.Validator, b []phase0.Gwei) any {
		s := randomState[fulu.BeaconState](r)
		s.Validators, s.Balances = v, b
		return s
	}},
}

func denebState(r *rand.Rand, v []*phase0.Validator, b []phase0.Gwei) any {
	s := randomState[deneb.BeaconState](r)
	s.Validators, s.Balances = v, b
	return s
}

// stateTree is a beacon state's top: the roots of its fields, padded, and the trees of the two lists.
type stateTree struct {
	fields [][32]byte
	lists  map[int]*treeproof.Node
}

// Positions of the lists in the container, by the consensus specs.
const (
	validatorsField = 11
	balancesField   = 12
)

// treeOf returns the state's root as go-eth2-client computes it, and a tree with the same root. dynamic-ssz
// builds the subtrees; its tree of an execution payload header does not have the header's own root, so
// containers come in as the root that they compute themselves, and the top level is hashed here.
func treeOf(t *testing.T, state any) (common.Hash, stateTree) {
	t.Helper()
	root, err := state.(rooted).HashTreeRoot()
	require.NoError(t, err)
	node, err := dynssz.NewDynSsz(nil).GetTree(state)
	require.NoError(t, err)
	value := reflect.ValueOf(state).Elem()
	depth := bits.Len(uint(value.NumField() - 1))
	tree := stateTree{fields: make([][32]byte, 1<<depth), lists: map[int]*treeproof.Node{}}
	for i := range value.NumField() {
		field, err := node.Get(1<<depth + i)
		require.NoError(t, err)
		tree.fields[i] = [32]byte(field.Hash())
		if container, ok := value.Field(i).Interface().(rooted); ok {
			tree.fields[i], err = container.HashTreeRoot()
			require.NoError(t, err)
		}
		if i == validatorsField || i == balancesField {
			tree.lists[i] = field
		}
	}
	top := tree.fields
	for len(top) > 1 {
		top = parents(top)
	}
	require.Equal(t, root, top[0], "two implementations of the root")
	return root, tree
}

type rooted interface{ HashTreeRoot() ([32]byte, error) }

// branch returns leaf index of a list whose contents have 2**depth leaves, and its siblings up to the state, lowest first.
func (s stateTree) branch(t *testing.T, field, depth, index int) (leaf common.Hash, siblings [][32]byte) {
	t.Helper()
	proof, err := s.lists[field].Prove(2<<depth + index)
	require.NoError(t, err)
	for _, h := range proof.Hashes {
		siblings = append(siblings, [32]byte(h))
	}
	for level := s.fields; len(level) > 1; level = parents(level) {
		siblings = append(siblings, level[field^1])
		field /= 2
	}
	return common.Hash(proof.Leaf), siblings
}

func parents(level [][32]byte) [][32]byte {
	above := make([][32]byte, len(level)/2)
	for i := range above {
		above[i] = sha256.Sum256(append(level[2*i][:], level[2*i+1][:]...))
	}
	return above
}

// randomState fills a container: vectors to their length by tag, lists with up to three elements.
func randomState[T any](r *rand.Rand) *T {
	s := new(T)
	fill(r, reflect.ValueOf(s).Elem(), "")
	return s
}

// fill takes the lengths of vectors, the outermost first, joined by commas.
func fill(r *rand.Rand, v reflect.Value, sizes string) {
	switch v.Kind() {
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		fill(r, v.Elem(), "")
	case reflect.Struct:
		for i := range v.NumField() {
			fill(r, v.Field(i), v.Type().Field(i).Tag.Get("ssz-size"))
		}
	case reflect.Slice:
		outer, inner, _ := strings.Cut(sizes, ",")
		length, err := strconv.Atoi(outer)
		if err != nil {
			length = r.IntN(4)
		}
		v.Set(reflect.MakeSlice(v.Type(), length, length))
		for i := range length {
			fill(r, v.Index(i), inner)
		}
		if v.Type().Name() == "Bitvector4" {
			v.Index(0).SetUint(v.Index(0).Uint() & 0x0f)
		}
	case reflect.Array:
		for i := range v.Len() {
			fill(r, v.Index(i), "")
		}
	case reflect.Bool:
		v.SetBool(r.IntN(2) == 1)
	default:
		v.SetUint(r.Uint64() >> (64 - v.Type().Bits()))
	}
}
