package state_test

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"math/bits"
	"slices"
	"testing"

	"github.com/ethereum/go-ethereum/common"
	"github.com/stretchr/testify/require"

	"github.com/tidemark-oracle/tidemark/internal/beacon/state"
)

// listIndex is the generalized index of leaf i of the list at field: its contents are its left child, of 2^levels leaves or progressive (EIP-7916).
func listIndex(field uint64, levels int, progressive bool, i uint64) uint64 {
	if !progressive {
		return 2*field<<levels | i
	}
	node := 2 * field
	leaves := uint64(1)
	for i >= leaves {
		i -= leaves
		leaves *= 4
		node = 2*node + 1
	}
	return 2*node*leaves + i
}

// The root of each state is go-eth2-client's. Fields 11 and 12: 32+11 in 28 fields, 64+11 in 37 and 38, 358 in a progressive container.
func TestEveryValidatorAndBalanceIsProvenUnderItsState(t *testing.T) {
	fields := map[state.Fork]uint64{state.Deneb: 43, state.Electra: 75, state.Fulu: 75, state.Gloas: 358}
	for _, fork := range state.Forks() {
		for _, count := range []int{1, 2, 5, 6, 21, 22, 85, 86, 2047, 2048, 2049, 4200, 8300} {
			t.Run(fmt.Sprintf("%s/%d", fork, count), func(t *testing.T) {
				spec := smallSpec()
				want := newState(seeded(uint64(count)), fork, spec, counts{validators: count})
				data, root := encode(t, fork, spec, want)
				got := readTwice(t, data, fork, spec, root, state.Query{Credentials: poolCredentials, Prove: provenOf(uint64(count))})
				var indices []uint64
				for _, p := range got.Proofs {
					indices = append(indices, p.Index)
					v := want.Validators[p.Index]
					require.Equal(t, [48]byte(v.PublicKey), p.PublicKey)
					require.Equal(t, common.Hash(v.WithdrawalCredentials), p.WithdrawalCredentials)
					require.Equal(t, []any{uint64(v.EffectiveBalance), v.Slashed, uint64(v.ActivationEligibilityEpoch), uint64(v.ActivationEpoch), uint64(v.ExitEpoch), uint64(v.WithdrawableEpoch)},
						[]any{p.EffectiveBalanceGwei, p.Slashed, p.EligibilityEpoch, p.ActivationEpoch, p.ExitEpoch, p.WithdrawableEpoch})
					leaf, err := v.HashTreeRoot()
					require.NoError(t, err)
					requireProven(t, root, leaf, fields[fork], bits.Len64(spec.ValidatorRegistryLimit-1), fork >= state.Gloas, p.Index, p.Branch)
					require.Equal(t, uint64(want.Balances[p.Index]), p.BalanceGwei)
					require.Equal(t, p.BalanceGwei, binary.LittleEndian.Uint64(p.BalanceChunk[p.Index%4*8:]))
					requireProven(t, root, p.BalanceChunk, fields[fork]+1, bits.Len64(spec.ValidatorRegistryLimit/4-1), fork >= state.Gloas, p.Index/4, p.BalanceBranch)
				}
				var there []uint64
				for _, i := range provenOf(uint64(count)) {
					if i < uint64(count) {
						there = append(there, i)
					}
				}
				require.Equal(t, there, indices, "those that the registry has")

				keys := [][48]byte{{0xee}}
				for _, i := range there[1:] {
					keys = append(keys, [48]byte(want.Validators[i].PublicKey))
				}
				byKey := readTwice(t, data, fork, spec, root, state.Query{Prove: there[:1], ProveKeys: keys})
				require.Equal(t, got.Proofs, byKey.Proofs, "looked for by their keys")
			})
		}
	}
}

// The root of each state is go-eth2-client's; builders are field 38.
func TestBuildersAreProvenByTheirKeys(t *testing.T) {
	spec := smallSpec()
	for _, count := range []int{1, 2, 5, 6, 21, 22, 85, 86, 2134} {
		want := newState(seeded(uint64(count)), state.Gloas, spec, counts{validators: 3, builders: count})
		data, root := encode(t, state.Gloas, spec, want)
		keys := [][48]byte{[48]byte(want.Validators[1].PublicKey), {0xee}}
		at := provenOf(uint64(count))
		at = at[:slices.IndexFunc(at, func(i uint64) bool { return i >= uint64(count) })]
		for _, i := range at {
			keys = append(keys, [48]byte(want.Builders[i].PublicKey))
		}
		got := readTwice(t, data, state.Gloas, spec, root, state.Query{ProveKeys: keys})
		require.Len(t, got.Proofs, 1, "a key is a validator's or a builder's")
		require.Len(t, got.Builders, len(at))
		for n, p := range got.Builders {
			b := want.Builders[at[n]]
			require.Equal(t, []any{at[n], [48]byte(b.PublicKey), b.Version, common.Address(b.ExecutionAddress), uint64(b.Balance), uint64(b.DepositEpoch), uint64(b.WithdrawableEpoch)},
				[]any{p.Index, p.PublicKey, p.Version, p.ExecutionAddress, p.BalanceGwei, p.DepositEpoch, p.WithdrawableEpoch})
			leaf, err := b.HashTreeRoot()
			require.NoError(t, err)
			requireProven(t, root, leaf, 2961, 0, true, p.Index, p.Branch)
		}
	}
	want := newState(seeded(1), state.Fulu, spec, counts{validators: 3})
	data, root := encode(t, state.Fulu, spec, want)
	require.Empty(t, readTwice(t, data, state.Fulu, spec, root, state.Query{ProveKeys: [][48]byte{{1}}}).Builders)
}

// Before the root is compared a lying node's state can have anything.
func TestAKeyThatIsThereTwiceIsRefused(t *testing.T) {
	spec := smallSpec()
	for name, change := range map[string]func(*everyState){
		"two validators": func(s *everyState) { s.Validators[2].PublicKey = s.Validators[0].PublicKey },
		"two builders":   func(s *everyState) { s.Builders[2].PublicKey = s.Builders[0].PublicKey },
	} {
		made := newState(seeded(1), state.Gloas, spec, counts{validators: 3, builders: 3})
		change(made)
		data, root := encode(t, state.Gloas, spec, made)
		keys := [][48]byte{[48]byte(made.Validators[0].PublicKey), [48]byte(made.Builders[0].PublicKey)}
		_, err := state.Read(t.Context(), bytes.NewReader(data), state.Gloas, spec, &root, state.Query{ProveKeys: keys})
		require.ErrorIs(t, err, state.ErrMalformed)
		require.ErrorContains(t, err, name+" have key")
	}
}

func requireProven(t *testing.T, root, leaf common.Hash, field uint64, levels int, progressive bool, at uint64, branch []common.Hash) {
	t.Helper()
	index := listIndex(field, levels, progressive, at)
	require.Len(t, branch, bits.Len64(index)-1)
	require.Equal(t, root, rootAbove(leaf, index, branch), "leaf %d of field %d", at, field)
}

// provenOf are the ends, borders of blocks and of subtrees, and two that no registry here has.
func provenOf(count uint64) (indices []uint64) {
	seen := map[uint64]bool{}
	for _, i := range []uint64{0, 1, 3, 4, 5, 20, 21, 84, 85, 2047, 2048, 2049, count - 2, count - 1, count, 1 << 30} {
		if i < 1<<31 && !seen[i] {
			seen[i] = true
			indices = append(indices, i)
		}
	}
	slices.Sort(indices)
	return indices
}

func TestAnUnusableListOfValidatorsToProveIsRefused(t *testing.T) {
	spec := smallSpec()
	data, root := encode(t, state.Gloas, spec, newState(seeded(8), state.Gloas, spec, counts{validators: 3}))
	for name, prove := range map[string][]uint64{"unordered": {2, 1}, "twice": {1, 1}, "too many": make([]uint64, 257)} {
		_, err := state.Read(t.Context(), bytes.NewReader(data), state.Gloas, spec, &root, state.Query{Prove: prove})
		require.ErrorIs(t, err, state.ErrQuery, name)
	}
}
