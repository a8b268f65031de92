package secondopinion_test

import (
	"encoding/json"
	"math/big"
	"os"
	"strconv"
	"strings"
	"testing"

	"github.com/ethereum/go-ethereum/common"
	"github.com/stretchr/testify/require"
)

// path says what a generalized index leads to, as the client names it: a field, or a field and an element, `length` or a part of it.
type path struct {
	Path   string
	Gindex *big.Int
}

// branchesFile is what branches.mjs wrote. Solidity tests can read it as well.
type branchesFile struct {
	States []struct {
		Fork   string
		Slot   uint64
		Length uint64 // of every list
		Root   common.Hash
		Proofs []struct {
			path
			Leaf   common.Hash
			Branch []common.Hash // from below
		}
	}
	Indices []path
}

func readBranches(t *testing.T) (f branchesFile) {
	t.Helper()
	text, err := os.ReadFile("testdata/branches.json")
	require.NoError(t, err)
	require.NoError(t, json.Unmarshal(text, &f))
	require.Len(t, f.States, 10)
	require.Greater(t, len(f.Indices), 46)
	return f
}

// Fields of Gloas that proofs lead to, by number in the container. Source: consensus specs, gloas beacon-chain.md.
var gloasFields = map[string]uint64{
	"blockRoots": 5, "validators": 11, "balances": 12, "finalizedCheckpoint": 20, "currentSyncCommittee": 22, "nextSyncCommittee": 23, "latestBlockHash": 24,
	"pendingDeposits": 34, "latestExecutionPayloadBid": 43, "payloadExpectedWithdrawals": 44,
}

const blockRoots = 8192

// gloasIndex is the generalized index by the rules of EIP-7495 and EIP-7916, nil for a field that no proof leads to.
func gloasIndex(t *testing.T, path string) *big.Int {
	t.Helper()
	name, rest, inside := strings.Cut(path, "/")
	number, known := gloasFields[name]
	if !known {
		return nil
	}
	field := fieldIndex(number)
	switch {
	case !inside:
		return field
	case rest == "root": // of a checkpoint: its second field
		return field.Add(field.Lsh(field, 1), big.NewInt(1))
	case rest == "length":
		return field.Add(field.Lsh(field, 1), big.NewInt(1))
	}
	if name == "blockRoots" {
		return vectorIndex(t, field, rest)
	}
	return elementIndex(field, leafOf(t, name, rest))
}

// vectorIndex is the index of an element of block_roots, the same way below its field in every fork.
func vectorIndex(t *testing.T, field *big.Int, element string) *big.Int {
	t.Helper()
	return field.Add(field.Mul(field, big.NewInt(blockRoots)), new(big.Int).SetUint64(leafOf(t, "blockRoots", element)))
}

// leafOf is the leaf of a list that an element is in: four balances share one.
func leafOf(t *testing.T, list, element string) uint64 {
	t.Helper()
	leaf, err := strconv.ParseUint(element, 10, 64)
	require.NoError(t, err, list)
	if list == "balances" {
		leaf /= 4
	}
	return leaf
}

// Lists of Fulu are as deep as their limits: so many leaves.
var fuluLeaves = map[string]uint{"validators": 40, "balances": 38, "pendingDeposits": 27}

// fuluIndex is the generalized index in a state of up to 64 fields with limited lists, as contracts have it today.
func fuluIndex(t *testing.T, path string) *big.Int {
	t.Helper()
	name, rest, _ := strings.Cut(path, "/")
	field := new(big.Int).SetUint64(64 + gloasFields[name])
	switch {
	case path == "latestExecutionPayloadHeader/stateRoot":
		return big.NewInt((64+24)*32 + 2)
	case rest == "length":
		return field.Add(field.Lsh(field, 1), big.NewInt(1))
	}
	if name == "blockRoots" {
		return vectorIndex(t, field, rest)
	}
	return field.Add(field.Lsh(field, 1+fuluLeaves[name]), new(big.Int).SetUint64(leafOf(t, name, rest)))
}

func TestBranchesOfTheClientFollowTheRulesOfProgressiveTrees(t *testing.T) {
	proofs := make(map[string]int)
	for _, s := range readBranches(t).States {
		for _, p := range s.Proofs {
			require.Len(t, p.Branch, p.Gindex.BitLen()-1, "%s of %d: one sibling a level", p.Path, s.Length)
			require.Equal(t, s.Root, rootOfBranch(p.Leaf, p.Branch, p.Gindex), "%s of %d", p.Path, s.Length)
			want := gloasIndex
			if s.Fork == "fulu" {
				want = fuluIndex
			}
			require.Equal(t, want(t, p.Path).String(), p.Gindex.String(), "%s of %d", p.Path, s.Length)
			if strings.HasSuffix(p.Path, "/length") {
				require.Equal(t, lengthLeaf(s.Length), p.Leaf, p.Path)
			}
			p.Leaf[7]++
			require.NotEqual(t, s.Root, rootOfBranch(p.Leaf, p.Branch, p.Gindex), "another leaf has another root")
			name, _, _ := strings.Cut(p.Path, "/")
			proofs[s.Fork+" "+name]++
		}
	}
	for _, name := range []string{"validators", "balances", "pendingDeposits", "payloadExpectedWithdrawals"} {
		require.Equal(t, 8+1+6*2, proofs["gloas "+name], "%s: the length in all states, the only element, or the first and the last one", name)
	}
	require.Equal(t, 8, proofs["gloas latestBlockHash"])
	require.Equal(t, 8, proofs["gloas blockRoots"])
}

// lengthLeaf is the leaf that mix_in_length puts beside a list.
func lengthLeaf(length uint64) (leaf common.Hash) {
	for i := range 8 {
		leaf[i] = byte(length >> (8 * i))
	}
	return leaf
}

func TestGeneralizedIndicesOfTheClientAreThoseOfTheRules(t *testing.T) {
	client, compared := make(map[string]uint64), 0
	for _, p := range readBranches(t).Indices {
		client[p.Path] = p.Gindex.Uint64()
		if want := gloasIndex(t, p.Path); want != nil {
			require.Equal(t, want.String(), p.Gindex.String(), p.Path)
			compared++
		}
	}
	require.Equal(t, len(gloasFields)+1+4*8, compared)
	// Published in the consensus specs (gloas, light client): the finalized root and the sync committees.
	require.EqualValues(t, 735, client["finalizedCheckpoint/root"])
	require.EqualValues(t, 2945, client["currentSyncCommittee"])
	require.EqualValues(t, 2946, client["nextSyncCommittee"])
	// By hand, from the picture of the tree.
	require.EqualValues(t, 358, client["validators"])
	require.EqualValues(t, 359, client["balances"])
	require.EqualValues(t, 2947, client["latestBlockHash"])
	require.EqualValues(t, 2957, client["pendingDeposits"])
	require.EqualValues(t, 2966, client["latestExecutionPayloadBid"])
	require.EqualValues(t, 2967, client["payloadExpectedWithdrawals"])
}
