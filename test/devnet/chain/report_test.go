package chain_test

import (
	"math"
	"math/big"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tidemark-oracle/tidemark/contracts/bindings"
	"github.com/tidemark-oracle/tidemark/test/devnet/chain/transition"
	"github.com/tidemark-oracle/tidemark/test/localnet"
)

// TestReportsAreWhatTheLedgerHolds leads deposits of the pool from the contract through the queue of pending deposits into the registry, twice for each key, and
// the rewards of their validators through the sweep into the vault; reports are computed over HTTP by what members read with.
func TestReportsAreWhatTheLedgerHolds(t *testing.T) {
	p := deployPool(t, nil)
	p.formCommittee(4)
	p.stake(200)
	advanceTo(t, p.Chain, p.schedule.RefSlot(0)-8) // each of six transactions takes a slot
	require.NoError(t, p.staking().Open(t.Context(), 3))

	opened := p.report(p.schedule.RefSlot(0)).Report
	require.Equal(t, [2]uint64{3e9, 3e9}, [2]uint64{opened.CLPendingGwei, opened.UnprovenGwei}, "the first deposits are not pending")
	require.Zero(t, opened.Validators)
	require.Zero(t, p.schedule.RefSlot(0)-p.accountedSlot(opened.RefBlockRoot))

	validators := p.report(p.schedule.RefSlot(1)).Report
	require.Equal(t, [3]uint64{3e9, 0, 3e9}, [3]uint64{validators.CLValidatorsGwei, validators.CLPendingGwei, validators.UnprovenGwei})
	require.NoError(t, p.staking().Prove(t.Context(), 3))
	refSlot := p.schedule.NextRefSlot(p.Slot() + 2)
	advanceTo(t, p.Chain, refSlot-2) // the state of the reference slot does not know its own block's payload
	require.NoError(t, p.staking().TopUp(t.Context(), 3))

	toppedUp := p.report(refSlot).Report
	require.Equal(t, [3]uint64{3e9, 3 * 31e9, 0}, [3]uint64{toppedUp.CLValidatorsGwei, toppedUp.CLPendingGwei, toppedUp.UnprovenGwei})
	require.Equal(t, uint32(3), toppedUp.Validators)
	complete := p.report(p.schedule.NextRefSlot(p.Slot())).Report
	require.Equal(t, [2]uint64{3 * 32e9, 0}, [2]uint64{complete.CLValidatorsGwei, complete.CLPendingGwei})

	rewarded := p.report(p.schedule.NextRefSlot(p.Slot() + 2*p.schedule.FrameSlots())).Report
	require.Positive(t, rewarded.WithdrawalVaultWei.Sign(), "no excess was swept into the vault")
	require.False(t, rewarded.Bunker)
}

// TestExitThroughTheVaultIsPaidOut asks for an exit as the pool does, by EIP-7002: the chain must take the request out of the payload and pay the whole
// balance to the vault when the validator is withdrawable.
func TestExitThroughTheVaultIsPaidOut(t *testing.T) {
	p := deployPool(t, nil)
	p.formCommittee(4)
	p.stake(100)
	p.fund(2)
	p.report(p.schedule.RefSlot(1))
	ours := p.ours()
	require.Len(t, ours, 2)
	p.untilActive(ours[0])

	const keyID = 0 // operator 0, key 0
	p.send(p.accounts.Owner, p.manifest.Contracts.OperatorRegistry, localnet.Ether(1), bindings.NewOperatorRegistry().PackRequestExits([]uint64{keyID}))
	advance(t, p.Chain, 1) // the block that builds upon the request's payload
	s, err := p.State(p.Slot())
	require.NoError(t, err)
	leaving := s.Validators[ours[0]]
	require.NotEqual(t, uint64(math.MaxUint64), uint64(leaving.ExitEpoch), "the request did not reach the validator")

	refSlot := p.schedule.NextRefSlot(uint64(leaving.WithdrawableEpoch)*p.schedule.SlotsPerEpoch + 2*p.schedule.SlotsPerEpoch)
	result := p.report(refSlot).Report
	require.Equal(t, [2]uint32{2, 1}, [2]uint32{result.Validators, result.Exited})
	require.GreaterOrEqual(t, result.WithdrawalVaultWei.ToBig().Cmp(localnet.Ether(32)), 0, "the stake is not in the vault")
	require.Less(t, result.CLValidatorsGwei, uint64(33e9), "the exited validator still has its balance")
}

func TestSlashingPutsTheReportIntoBunker(t *testing.T) {
	p := deployPool(t, nil)
	p.formCommittee(4)
	p.stake(100)
	p.fund(3)
	calm := p.report(p.schedule.RefSlot(1)).Report
	require.False(t, calm.Bunker)
	ours := p.ours()
	p.untilActive(ours[0])
	before, err := p.State(p.Slot())
	require.NoError(t, err)
	require.NoError(t, p.Slash(ours[0]))
	advance(t, p.Chain, 1)

	after, err := p.State(p.Slot())
	require.NoError(t, err)
	slashed := after.Validators[ours[0]]
	require.True(t, slashed.Slashed)
	require.Equal(t, after.Epoch()+p.Spec().EpochsPerSlashingsVector, uint64(slashed.WithdrawableEpoch))
	require.Equal(t, slashed.EffectiveBalance, after.Slashings[after.Epoch()%p.Spec().EpochsPerSlashingsVector])
	initial := uint64(slashed.EffectiveBalance) / p.Spec().MinSlashingPenaltyQuotientElectra
	require.Equal(t, uint64(before.Balances[ours[0]])-initial, uint64(after.Balances[ours[0]]))
	require.ErrorIs(t, p.Slash(ours[0]), transition.ErrNotSlashable)

	result := p.report(p.schedule.NextRefSlot(p.Slot())).Report
	require.Equal(t, uint32(1), result.Slashed)
	require.True(t, result.Bunker)

	// The correlation penalty comes in the middle of the slashings vector: three times the slashed part of all stake.
	charged := (uint64(slashed.WithdrawableEpoch) - p.Spec().EpochsPerSlashingsVector/2 + 1) * p.schedule.SlotsPerEpoch
	advanceTo(t, p.Chain, charged-1)
	last, err := p.State(p.Slot())
	require.NoError(t, err)
	active := uint64(0)
	for _, v := range last.Validators {
		if transition.IsActive(v, last.Epoch()) {
			active += uint64(v.EffectiveBalance)
		}
	}
	advance(t, p.Chain, 1)
	next, err := p.State(p.Slot())
	require.NoError(t, err)
	increments := uint64(last.Validators[ours[0]].EffectiveBalance) / 1e9
	penalty := 3 * uint64(slashed.EffectiveBalance) / (active / 1e9) * increments
	base := increments * (64e9 / new(big.Int).Sqrt(new(big.Int).SetUint64(active)).Uint64())
	attestations := base*14/64 + base*26/64 // a slashed validator's never count: source and target of one epoch
	require.Equal(t, penalty+attestations, uint64(last.Balances[ours[0]]-next.Balances[ours[0]]))
	calmAgain := p.report(p.schedule.NextRefSlot(charged + p.schedule.FrameSlots())).Report
	require.Equal(t, uint32(1), calmAgain.Slashed)
}

func TestMissedReferenceSlotIsReportedByTheBlockBefore(t *testing.T) {
	p := deployPool(t, nil)
	p.formCommittee(4)
	refSlot := p.schedule.RefSlot(1)
	p.Miss(refSlot-1, refSlot+1)
	result := p.report(refSlot)
	require.Equal(t, refSlot-2, result.Reference.Slot)
	require.Equal(t, refSlot+2, result.Reference.ChildSlot)
}

func TestWholeEpochMissedAroundTheReferenceSlot(t *testing.T) {
	p := deployPool(t, nil)
	p.formCommittee(4)
	p.stake(100)
	p.fund(2)
	refSlot := p.schedule.RefSlot(2)
	p.Miss(refSlot-3, refSlot+4) // the reference slot's epoch and the next
	result := p.report(refSlot)
	require.Equal(t, refSlot-4, result.Reference.Slot)
	require.Equal(t, refSlot+5, result.Reference.ChildSlot)
	require.Equal(t, uint32(2), result.Report.Validators)
	p.report(p.schedule.RefSlot(3))
}

// untilActive lets slots pass until a validator may exit.
func (p *pool) untilActive(index uint64) {
	p.Helper()
	for limit := p.Slot() + 64; ; advance(p.T, p.Chain, 1) {
		require.Less(p, p.Slot(), limit, "validator %d does not become active", index)
		s, err := p.State(p.Slot())
		require.NoError(p, err)
		if epoch := s.Validators[index].ActivationEpoch; epoch != math.MaxUint64 {
			advanceTo(p.T, p.Chain, max(p.Slot(), (uint64(epoch)+p.Spec().ShardCommitteePeriod)*p.schedule.SlotsPerEpoch))
			return
		}
	}
}

func TestFeesOfTransactionsReachTheRewardsVault(t *testing.T) {
	p := deployPool(t, nil)
	p.SetFeeRecipient(p.manifest.Contracts.ELRewardsVault)
	p.formCommittee(4)
	result := p.report(p.schedule.RefSlot(0)).Report
	require.Positive(t, result.ELRewardsVaultWei.Sign())
}
