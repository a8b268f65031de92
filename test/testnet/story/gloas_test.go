//go:build testnet && linux

package story

import (
	"context"
	"testing"
	"time"

	"github.com/attestantio/go-eth2-client/spec/gloas"
	"github.com/ethereum/go-ethereum"
	"github.com/ethereum/go-ethereum/common"
	dynssz "github.com/pk910/dynamic-ssz"
	"github.com/stretchr/testify/require"

	"github.com/tidemark-oracle/tidemark/internal/snapshot"
	"github.com/tidemark-oracle/tidemark/test/testnet"
)

// Frames of the life of an oracle set on a network whose states a consensus client's own transition makes: one in Fulu, one over the fork, one with payloads
// withheld from one that pays the vault up to that of the reference slot itself. Before them members' keepers bring the pool's ether to its keys. In the one over the fork the payload of the reference block's child comes too late, so that
// EIP-4788 never learns the block's root.
func TestFramesOverTheForkToGloas(t *testing.T) {
	ctx, cancel := context.WithTimeout(t.Context(), 40*time.Minute)
	defer cancel()
	s := begin(ctx, t)
	require.Equal(t, testnet.Gloas, s.network.Fork)
	s.form(s.chain)
	stop := s.record()
	s.stake()
	fork, frame := s.network.GloasEpoch*s.network.SlotsPerEpoch, s.schedule.FrameSlots()
	over := s.schedule.NextRefSlot(fork)
	first := over - frame
	require.Less(t, s.headSlot(), first, "the committee has formed before the last reference slot of Fulu")
	require.NoError(t, s.network.Payload(ctx, over+1, testnet.Late))
	for s.headSlot() < first-frame { // the first frame of all may pass while members start
		refSlot := s.schedule.NextRefSlot(s.headSlot())
		require.NoError(t, s.network.WaitSlot(ctx, refSlot+1))
		if x := s.awaitReport(refSlot); x != nil {
			s.accepted = append(s.accepted, x)
			s.checkReport(x)
		}
	}
	for _, refSlot := range []uint64{first, over, over + frame} {
		if refSlot == over { // in the frame that the fork is in
			s.requestWithdrawal(3)
		}
		if refSlot > over {
			require.NoError(t, s.network.WithholdOwed(ctx, s.manifest.Contracts.WithdrawalVault, refSlot))
		}
		require.NoError(t, s.network.WaitSlot(ctx, refSlot+1))
		x := s.awaitReport(refSlot)
		require.NotNil(t, x, "reference slot %d was not reported", refSlot)
		s.accepted = append(s.accepted, x)
		s.checkReport(x)
		require.Equal(t, refSlot == over, len(x.Proof.Above) > 0, "headers bridge what EIP-4788 did not learn")
	}
	s.claimWhenPossible()
	stop()
	s.print()
	s.stopMembers()
	s.requireWithheld(over + frame)
	require.Positive(t, s.accepted[len(s.accepted)-1].Report.CLInFlightGwei, "the vault was owed something")
	require.True(t, s.seen.rewards, "no rewards reached the holders")
	require.True(t, s.seen.exited, "no report had the exited validator")
	require.True(t, s.seen.finalized, "no report finalized a withdrawal request")
	s.recompute(t)
	s.checkSignatures(t)
}

// requireWithheld: the payload of the slot's block was never executed.
func (s *story) requireWithheld(slot uint64) {
	data, fork := s.stateAt(slot)
	require.Equal(s, string(testnet.Gloas), fork)
	state := decodeGloas(s.T, s.library(), data)
	require.NotEqual(s, state.LatestBlockHash, state.LatestExecutionPayloadBid.BlockHash)
	_, err := s.sender.Client.HeaderByHash(s.ctx, common.Hash(state.LatestExecutionPayloadBid.BlockHash))
	require.ErrorIs(s, err, ethereum.NotFound)
}

func decodeGloas(t *testing.T, ds *dynssz.DynSsz, data []byte) *gloas.BeaconState {
	s := new(gloas.BeaconState)
	require.NoError(t, ds.UnmarshalSSZ(s, data))
	return s
}

// compareGloas decodes and hashes the same state with go-eth2-client.
func (c *chain) compareGloas(data []byte, result *snapshot.Result) {
	ds := c.library()
	s := decodeGloas(c.T, ds, data)
	root, err := ds.HashTreeRoot(s)
	require.NoError(c, err)
	require.Equal(c, result.Reference.StateRoot, common.Hash(root))
	require.Equal(c, uint64(len(data)), result.State.Bytes)
	require.Equal(c, uint64(len(s.Validators)), result.State.TotalValidators)
	require.Equal(c, common.Hash(s.LatestBlockHash), result.State.LatestBlockHash)
	c.compareBalances(result, s.Validators, s.Balances, s.PendingDeposits)
	var inFlightGwei uint64
	for _, w := range s.PayloadExpectedWithdrawals {
		if uint64(w.ValidatorIndex) < uint64(len(s.Validators)) && c.isOurs(s.Validators[w.ValidatorIndex].WithdrawalCredentials) {
			inFlightGwei += uint64(w.Amount)
		}
	}
	require.Equal(c, inFlightGwei, result.Report.CLInFlightGwei)
}
