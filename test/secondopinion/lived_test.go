//go:build secondopinion

package secondopinion_test

import (
	"encoding/hex"
	"runtime"
	"strconv"
	"strings"
	"testing"

	"github.com/ethereum/go-ethereum/common"
	"github.com/stretchr/testify/require"

	"github.com/tidemark-oracle/tidemark/internal/beacon/state"
	"github.com/tidemark-oracle/tidemark/report"
)

// lifeOf is the preset of a life, and how many slots it lasts: two epochs of Fulu and 21 of Gloas; in every fifth one so many that who was slashed is withdrawn too,
// 64 epochs later; in every tenth one epochs are mainnet's.
func lifeOf(seed int) (preset string, slots int) {
	switch {
	case seed%5 == 0:
		return "minimal", 800
	case seed%10 == 9:
		return "mainnet", 512
	}
	return "minimal", 184
}

// executed is what the execution layer has seen up to and with a block, by the book.
type executed struct {
	Hash          common.Hash
	Slot          uint64
	VaultGwei     int64
	IncomeGwei    int64 // of what went to the vault: not stake that came back
	DepositedGwei int64 // deposits that reach validators of the pool
}

// livedBlock is a block of a life: what the client and the book say of it.
type livedBlock struct {
	Fork string
	Slot uint64
	Root common.Hash
	Head executed // the newest execution block that the beacon block knows to be included
	Own  struct { // that of the beacon block itself
		executed
		Executed bool // it came, as only later blocks tell
	}
	ByAddressGwei                             int64 // of the withdrawals that its payload owes, those to the vault's address
	InitialGwei, EarnedGwei, ConsolidatedGwei int64
	Happened                                  map[string]int
	Bytes                                     int
}

// owned is what the pool owns by the book once this much has been seen of the execution layer. Both layers count once, wherever the ether is.
func (b livedBlock) owned(at executed) int64 {
	return b.InitialGwei + b.EarnedGwei + b.ConsolidatedGwei + at.IncomeGwei + at.DepositedGwei
}

// reading is what a report counts of one block's state.
type reading struct {
	block                         livedBlock
	state                         *state.State
	validators, pending, inFlight int64
}

// rules are ways to count the pool's ether. Only the first is right.
var rules = []struct {
	name string
	off  func(r reading, child *reading) int64 // how far it is off by the book
}{
	{"at the state's own latest block hash, with what is under way", func(r reading, _ *reading) int64 {
		return r.validators + r.pending + r.inFlight + r.block.Head.VaultGwei - r.block.owned(r.block.Head)
	}},
	{"without what is under way", func(r reading, _ *reading) int64 {
		return r.validators + r.pending + r.block.Head.VaultGwei - r.block.owned(r.block.Head)
	}},
	{"what is under way by address", func(r reading, _ *reading) int64 {
		return r.validators + r.pending + r.block.ByAddressGwei + r.block.Head.VaultGwei - r.block.owned(r.block.Head)
	}},
	{"at the payload of the block itself", func(r reading, _ *reading) int64 {
		at := r.block.Head
		if r.block.Own.Executed {
			at = r.block.Own.executed
		}
		return r.validators + r.pending + r.inFlight + at.VaultGwei - r.block.owned(at)
	}},
	{"at the child's execution block, with the child's pending deposits", func(r reading, child *reading) int64 {
		if child == nil {
			return 0
		}
		return r.validators + child.pending + child.block.Head.VaultGwei - r.block.owned(child.block.Head)
	}},
}

// life reads every state of a chain that a client's own state transition lives.
func life(t *testing.T, seed int) []reading {
	preset, slots := lifeOf(seed)
	p := node(t, preset, "live.mjs", strconv.Itoa(seed), strconv.Itoa(slots))
	spec, values := p.spec()
	version, err := hex.DecodeString(strings.TrimPrefix(values["GENESIS_FORK_VERSION"], "0x"))
	require.NoError(t, err)
	verify := report.NewDepositVerifier([4]byte(version))
	var all []reading
	for {
		var b livedBlock
		data, more := p.next(&b, func() int { return b.Bytes })
		if !more {
			return all
		}
		fork, err := state.ParseFork(b.Fork)
		require.NoError(t, err)
		s := read(t, data, fork, spec, b.Root)
		require.Equal(t, b.Slot, s.Slot)
		require.Equal(t, b.Head.Hash, s.LatestBlockHash, "slot %d", b.Slot)
		require.Equal(t, fork == state.Fulu, b.Head.Slot == b.Slot, "in Gloas the newest execution block is one from before the slot %d", b.Slot)
		r := counted(t, spec, s, verify)
		all = append(all, reading{block: b, state: s, validators: int64(r.CLValidatorsGwei), pending: int64(r.CLPendingGwei), inFlight: int64(r.CLInFlightGwei)})
	}
}

// A report on any block counts every gwei of the pool once, on whichever layer it is, by a book that knows what happened and nothing of the state's queues. The same
// book shows that other ways to count are wrong.
func TestReportsOnLivedStatesCountEveryGweiOnce(t *testing.T) {
	if runtime.GOOS != "linux" || runtime.GOARCH != "amd64" {
		t.Skip("the client's library of BLS signatures is published for Linux on amd64 only")
	}
	for seed := firstSeed(t); seed < firstSeed(t)+seeds(t); seed++ {
		t.Run(strconv.Itoa(seed), func(t *testing.T) {
			t.Parallel()
			all := life(t, seed)
			wrong := make([]int, len(rules))
			for i, r := range all {
				var child *reading
				if i+1 < len(all) {
					child = &all[i+1]
				}
				require.Zero(t, rules[0].off(r, child), "slot %d: %+v validators %d pending %d in flight %d", r.block.Slot, r.block, r.validators, r.pending, r.inFlight)
				for k, rule := range rules {
					if rule.off(r, child) != 0 {
						wrong[k]++
					}
				}
			}
			requireEventful(t, all)
			for k, rule := range rules {
				t.Logf("%s: off in %d of %d states", rule.name, wrong[k], len(all))
				if k > 0 {
					require.Greater(t, wrong[k], len(all)/20, "the life must be one that shows it: %s", rule.name)
				}
			}
		})
	}
}

// requireEventful looks for what a life should have had. What is rare is asked of the first one only.
func requireEventful(t *testing.T, all []reading) {
	t.Helper()
	var fulu, gloas, missed, inARow, longest, builders, emptied int
	for i, r := range all {
		if r.block.Fork == "fulu" {
			fulu++
			continue
		}
		gloas++
		if i > 0 {
			missed += int(r.block.Slot-all[i-1].block.Slot) - 1
		}
		if inARow++; r.block.Own.Executed {
			inARow = 0
		}
		longest = max(longest, inARow)
		if r.block.ByAddressGwei > r.inFlight {
			builders++
		}
		for _, v := range r.state.Pool {
			if v.Exited && v.BalanceGwei < 1e9 { // rewards of a sync committee may go on
				emptied++
			}
		}
	}
	first, last := all[0], all[len(all)-1]
	t.Logf("%d blocks of Fulu, %d of Gloas; %d slots missed, %d payloads withheld in a row, %d states with a builder's withdrawal to the vault; %d validators, then %d; %d slashed; %+v",
		fulu, gloas, missed, longest, builders, len(first.state.Pool), len(last.state.Pool), len(last.state.PoolSlashed), last.block.Happened)
	require.Positive(t, fulu)
	require.GreaterOrEqual(t, gloas, 80)
	require.Positive(t, missed)
	require.Positive(t, builders)
	require.Positive(t, emptied)
	require.Greater(t, len(last.state.Pool), len(first.state.Pool), "deposits made validators")
	require.Len(t, last.block.Happened, 13, "every kind of request")
	if t.Name() == "TestReportsOnLivedStatesCountEveryGweiOnce/1" {
		require.GreaterOrEqual(t, longest, 3)
		require.Positive(t, last.block.ConsolidatedGwei)
		require.NotEmpty(t, last.state.PoolSlashed)
	}
}
