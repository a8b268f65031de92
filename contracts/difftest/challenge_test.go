package difftest

import (
	"encoding/binary"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/attestantio/go-eth2-client/spec/gloas"
	"github.com/attestantio/go-eth2-client/spec/phase0"
	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/crypto"
	"github.com/stretchr/testify/require"

	"github.com/tidemark-oracle/tidemark/contracts/bindings"
	"github.com/tidemark-oracle/tidemark/report"
)

// judgedState is a state of some fork against which a report is judged: its root, the slot of its block, and proofs into it.
type judgedState struct {
	root       common.Hash
	headerSlot uint64
	validator  func(index int) [][32]byte
	balance    func(index int) balanceProof
}

// everyFork builds the state of these validators as each fork has it.
func everyFork(t *testing.T, r *rand.Rand, validators []*phase0.Validator, balances []phase0.Gwei) map[string]judgedState {
	t.Helper()
	all := map[string]judgedState{}
	for _, fork := range stateForks {
		root, tree := treeOf(t, fork.build(r, validators, balances))
		all[fork.name] = judgedState{
			root: root, headerSlot: gloasFrom - 1,
			validator: func(index int) [][32]byte {
				_, siblings := tree.branch(t, validatorsField, 40, index)
				return siblings
			},
			balance: func(index int) balanceProof {
				chunk, siblings := tree.branch(t, balancesField, 38, index/4)
				return balanceProof{Chunk: chunk, Branch: siblings}
			},
		}
	}
	state := randomState[gloas.BeaconState](r)
	state.Validators, state.Balances = validators, balances
	root, tree := gloasTreeOf(t, state)
	all["gloas"] = judgedState{
		root: root, headerSlot: gloasFrom,
		validator: func(index int) [][32]byte {
			_, siblings := tree.prove(t, elementNode(validatorsField, index))
			return siblings
		},
		balance: func(index int) balanceProof {
			chunk, siblings := tree.prove(t, elementNode(balancesField, index/4))
			return balanceProof{Chunk: chunk, Branch: siblings}
		},
	}
	return all
}

// proven is the last event of a challenge that convicted.
func (c *contract) proven(t *testing.T, name string) []any {
	t.Helper()
	logs := c.state.Logs()
	require.NotEmpty(t, logs)
	last := logs[len(logs)-1]
	require.Equal(t, c.abi.Events[name].ID, last.Topics[0], name)
	values, err := c.abi.Unpack(name, last.Data)
	require.NoError(t, err)
	return values
}

func TestBalancesAreProvenUnderStatesOfEveryFork(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	validators, balances := randomValidators(r, 11, 0, secretKey(t, "balances").PublicKey())
	for name, state := range everyFork(t, r, validators, balances) {
		t.Run(name, func(t *testing.T) {
			challenge := newChallenge(t)
			for i, balance := range balances {
				claim, anchor := loneClaim(uint64(i), uint64(balance), 0, state)
				proof := state.balance(i)
				challenge.callReverts(registryAdmin, "NothingWrong", "proveFalseBalance", anchor, claim, proof)
				claim, anchor = loneClaim(uint64(i), uint64(balance)+1, 0, state)
				challenge.call(registryAdmin, "proveFalseBalance", anchor, claim, proof)
				require.Equal(t, uint64(balance), challenge.proven(t, "FalseBalanceProven")[1], "actual balance")
			}
		})
	}
}

// TestFlagsAreProvenUnderStatesOfEveryFork: of all bytes that a leaf can have for its flags, the contract calls all but two false. The beacon state does not
// tell whose key is proven, so the flag for that is not judged.
func TestFlagsAreProvenUnderStatesOfEveryFork(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 8))
	validators, balances := randomValidators(r, 6, 0, secretKey(t, "flags").PublicKey())
	const refEpoch = gloasFrom/slotsPerEpoch + 3
	for i, v := range validators {
		v.ExitEpoch, v.Slashed = phase0.Epoch(refEpoch-1+i%3), i >= 3
	}
	for name, state := range everyFork(t, r, validators, balances) {
		t.Run(name, func(t *testing.T) {
			challenge := newChallenge(t)
			for i, v := range validators {
				proof := proofOf(i, v, state.validator(i))
				var seen uint8
				if v.ExitEpoch <= refEpoch {
					seen++
				}
				if v.Slashed {
					seen += 2
				}
				for _, said := range []uint8{0, 1, 2, 3, 4, 5, 6, 7, seen ^ 8, seen ^ 0x80, 0xff} {
					actual := seen | said&4
					claim, anchor := loneClaim(uint64(i), uint64(balances[i]), said, state)
					anchor.RefSlot = refEpoch*slotsPerEpoch + slotsPerEpoch - 1
					before := challenge.state.Snapshot()
					if said == actual {
						challenge.callReverts(registryAdmin, "NothingWrong", "proveFalseFlags", anchor, claim, v.PublicKey[:], proof)
						challenge.callReverts(registryAdmin, "NothingWrong", "proveMalformedLeaf", anchor, claim)
						continue
					}
					challenge.call(registryAdmin, "proveFalseFlags", anchor, claim, v.PublicKey[:], proof)
					require.Equal(t, []any{said, actual, registryAdmin}, challenge.proven(t, "FalseFlagsProven"))
					challenge.state.RevertToSnapshot(before)
				}
			}
		})
	}
}

// TestOmissionsAreProvenUnderStatesOfEveryFork leaves out one validator after the other of the tree that Go builds: its neighbours there convict.
func TestOmissionsAreProvenUnderStatesOfEveryFork(t *testing.T) {
	r := rand.New(rand.NewPCG(9, 10))
	validators, balances := randomValidators(r, 12, 0, secretKey(t, "omissions").PublicKey())
	var pool []report.BalanceLeaf
	for i, v := range validators {
		if i%4 == 3 {
			continue // foreign
		}
		v.WithdrawalCredentials, balances[i] = credentials(), phase0.Gwei(r.Uint64N(64e9))
		pool = append(pool, report.BalanceLeaf{ValidatorIndex: uint64(i), BalanceGwei: uint64(balances[i])})
	}
	for name, state := range everyFork(t, r, validators, balances) {
		t.Run(name, func(t *testing.T) {
			challenge := newChallenge(t)
			for omitted, missing := range pool {
				told := slices.Concat(pool[:omitted], pool[omitted+1:])
				claims, root := claimsOf(t, told)
				anchor := reportAnchor{HeaderSlot: state.headerSlot, StateRoot: state.root, BalancesRoot: root, Digest: root}
				index := int(missing.ValidatorIndex)
				proof := proofOf(index, validators[index], state.validator(index))
				beside := claims[max(omitted-1, 0):min(omitted+1, len(told))]
				_, gas := challenge.call(registryAdmin, "proveOmission", anchor, beside, validators[index].PublicKey[:], proof)
				t.Logf("proveOmission between %d leaves: %d gas", len(beside), gas)
				require.Equal(t, []any{registryAdmin}, challenge.proven(t, "OmissionProven"))
				foreign := proofOf(3, validators[3], state.validator(3))
				challenge.callReverts(registryAdmin, "NothingWrong", "proveOmission", anchor, claims[2:4], validators[3].PublicKey[:], foreign)
			}
			claims, root := claimsOf(t, pool)
			anchor := reportAnchor{HeaderSlot: state.headerSlot, StateRoot: state.root, BalancesRoot: root, Digest: root}
			for i := range len(claims) - 1 {
				for index, v := range validators {
					challenge.callReverts(registryAdmin, "NothingWrong", "proveOmission", anchor, claims[i:i+2], v.PublicKey[:], proofOf(index, v, state.validator(index)))
				}
				challenge.callReverts(registryAdmin, "NothingWrong", "proveDisorder", anchor, claims[i], claims[i+1])
			}
		})
	}
}

// claimsOf opens every leaf of the tree that Go builds.
func claimsOf(t *testing.T, list []report.BalanceLeaf) (claims []bindings.ClaimedLeaf, root common.Hash) {
	t.Helper()
	for _, b := range list {
		proof, r, err := report.ProveBalance(b.ValidatorIndex, slices.Values(list))
		require.NoError(t, err)
		claims, root = append(claims, claim(proof)), r
	}
	return claims, root
}

// loneClaim is a report's tree of one leaf, hashed here from its definition.
func loneClaim(index, balanceGwei uint64, flags uint8, state judgedState) (bindings.ClaimedLeaf, reportAnchor) {
	counted := bindings.Sums{BalanceGwei: balanceGwei, Exited: uint32(flags & 1), Slashed: uint32(flags >> 1 & 1)}
	if flags&4 != 0 {
		counted.UnprovenGwei = unprovenPart(balanceGwei)
	}
	leaf := leafHash(index, balanceGwei, flags)
	root := crypto.Keccak256Hash([]byte{2}, leaf[:], sums(counted), []byte{0, 0, 0, 1})
	return bindings.ClaimedLeaf{ValidatorIndex: index, BalanceGwei: balanceGwei, Flags: flags, Path: bindings.SumPath{Sums: counted, Count: 1}},
		reportAnchor{HeaderSlot: state.headerSlot, StateRoot: state.root, BalancesRoot: root, Digest: root}
}

func be64(v uint64) []byte { return binary.BigEndian.AppendUint64(nil, v) }

func be32(v uint32) []byte { return binary.BigEndian.AppendUint32(nil, v) }
