package main

import (
	"fmt"
	"math"
	"math/bits"
	"strings"
	"time"

	"github.com/ethereum/go-ethereum/common"
	"github.com/holiman/uint256"

	"github.com/tidemark-oracle/tidemark/internal/beacon/state"
	"github.com/tidemark-oracle/tidemark/internal/format"
	"github.com/tidemark-oracle/tidemark/report"
)

// inspection is a state that was read, and how.
type inspection struct {
	state       *state.State
	spec        state.Spec
	credentials []common.Hash
	compared    bool // the root is the one of --root
	elapsed     time.Duration
	peakBytes   uint64 // 0: the system does not tell
}

// poolTotals sums up the pool's validators and pending deposits.
type poolTotals struct {
	balanceGwei     uint256.Int // sums have room: what is not verified may hold any amounts
	exited, slashed uint64
	topUps, newKeys uint64      // pending for the pool's validators, and with the pool's credentials for keys without a validator
	topUpsGwei      uint256.Int // of topUps
	newKeysGwei     uint256.Int // of newKeys
}

func (i inspection) totals() poolTotals {
	var t poolTotals
	for _, v := range i.state.Pool {
		addGwei(&t.balanceGwei, v.BalanceGwei)
		if v.Exited {
			t.exited++
		}
		if v.Slashed {
			t.slashed++
		}
	}
	for _, d := range i.state.Pending {
		owner, registered := i.state.Registered[d.PublicKey]
		switch {
		case registered && i.isPool(owner):
			t.topUps++
			addGwei(&t.topUpsGwei, d.AmountGwei)
		case !registered && i.isPool(d.Credentials):
			t.newKeys++
			addGwei(&t.newKeysGwei, d.AmountGwei)
		}
	}
	return t
}

// etherOfGwei is a sum of gwei in ether, exactly.
func etherOfGwei(gwei *uint256.Int) string {
	return format.Exact(gwei.ToBig(), format.GweiDecimals) + " ETH"
}

func addGwei(sum *uint256.Int, gwei uint64) { sum.AddUint64(sum, gwei) }

func (i inspection) isPool(credentials common.Hash) bool {
	for _, c := range i.credentials {
		if report.WithdrawsTo(credentials[:], report.VaultOf(c)) {
			return true
		}
	}
	return false
}

func (i inspection) print(s *sheet) {
	if i.compared {
		s.line("Verified: the state's hash-tree root is the one of --root.")
	} else {
		s.line("NOT VERIFIED: the root below was computed from the file, and compared with nothing.\nGive the state root of a block that you trust as --root.")
	}
	i.printState(s)
	i.printRegistry(s)
	i.printPool(s)
	s.title("Reading")
	s.row("bytes", format.Bytes(i.state.Bytes))
	s.row("time", format.Seconds(i.elapsed))
	if i.peakBytes == 0 {
		s.row("peak memory", "not known: "+errNoPeakMemory.Error())
	} else {
		s.row("peak memory", format.Bytes(i.peakBytes))
	}
}

func (i inspection) printState(s *sheet) {
	st := i.state
	s.title("State")
	s.row("root", st.Root.Hex())
	s.row("fork", st.Fork.String())
	s.row("slot", fmt.Sprintf("%s, epoch %s", format.Count(st.Slot), format.Count(st.Slot/i.spec.SlotsPerEpoch)))
	s.row("time of the slot", format.Unix(i.slotTime()))
	s.row("genesis validators root", st.GenesisValidatorsRoot.Hex())
	s.row("last block", fmt.Sprintf("slot %s\n%s", format.Count(st.LatestBlockHeader.Slot), st.BlockRoot().Hex()))
	s.row("finalized checkpoint", fmt.Sprintf("epoch %s\n%s", format.Count(st.Finalized.Epoch), st.Finalized.Root.Hex()))
	printExecution(s, st)
}

// printExecution shows the header of the execution block, or what a state of Gloas has in its place.
func printExecution(s *sheet, st *state.State) {
	if header := st.Execution; header != nil {
		s.row("execution block", fmt.Sprintf("number %s, %s\n%s", format.Count(header.Number), format.Unix(header.Timestamp), header.BlockHash.Hex()))
		s.row("execution state root", header.StateRoot.Hex())
		return
	}
	s.row("latest execution block", st.LatestBlockHash.Hex()+"\nits number, time and state root are not in the state")
	if bid := st.Bid; bid != nil {
		s.row("payload bid", fmt.Sprintf("slot %s, on %s\n%s", format.Count(bid.Slot), bid.ParentBlockHash.Hex(), bid.BlockHash.Hex()))
	}
}

// slotTime is when the state's slot begins, in seconds; the greatest number if no number has it.
func (i inspection) slotTime() uint64 {
	high, since := bits.Mul64(i.state.Slot, i.spec.SecondsPerSlot)
	at, carry := bits.Add64(i.state.GenesisTime, since, 0)
	if high+carry > 0 {
		return math.MaxUint64
	}
	return at
}

func (i inspection) printRegistry(s *sheet) {
	st := i.state
	s.title("Registry")
	s.row("validators", format.Count(st.TotalValidators))
	s.row("active effective balance", format.EtherOfGwei(st.TotalActiveGwei))
	s.row("recent slashings", format.EtherOfGwei(st.SlashingsGwei))
	s.row("pending deposits", format.Count(st.PendingTotal))
}

func (i inspection) printPool(s *sheet) {
	t := i.totals()
	s.title("Pool")
	labels := make([]string, 0, len(i.credentials))
	for _, c := range i.credentials {
		labels = append(labels, c.Hex())
	}
	s.row("withdrawal credentials", strings.Join(labels, "\n"))
	s.row("validators", fmt.Sprintf("%s, of them %s exited, %s slashed", format.Count(uint64(len(i.state.Pool))), format.Count(t.exited), format.Count(t.slashed)))
	s.row("balance", etherOfGwei(&t.balanceGwei))
	s.row("active effective balance", format.EtherOfGwei(i.state.PoolActiveGwei))
	s.row("pending for its validators", fmt.Sprintf("%s, %s", format.Plural(t.topUps, "deposit"), etherOfGwei(&t.topUpsGwei)))
	s.row("pending for new keys", fmt.Sprintf("%s, %s; signatures not checked here", format.Plural(t.newKeys, "deposit"), etherOfGwei(&t.newKeysGwei)))
	if i.state.Fork >= state.Gloas {
		s.row("expected withdrawals", fmt.Sprintf("%s of %s in the state, %s; deducted above, not paid yet",
			format.Count(uint64(len(i.state.InFlight))), format.Count(i.state.ExpectedTotal), format.EtherOfGwei(i.state.InFlightGwei)))
	}
	for _, v := range i.state.PoolSlashed {
		s.row("slashed validator", fmt.Sprintf("index %s, effective balance %s, exit epoch %s, withdrawable epoch %s",
			format.Count(uint64(v.Index)), format.EtherOfGwei(v.EffectiveBalanceGwei), format.Count(v.ExitEpoch), format.Count(v.WithdrawableEpoch)))
	}
}
