package events

import (
	"fmt"
	"slices"

	"github.com/ethereum/go-ethereum/accounts/abi"
	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"

	"github.com/tidemark-oracle/tidemark/contracts/bindings"
	"github.com/tidemark-oracle/tidemark/contracts/manifest"
	"github.com/tidemark-oracle/tidemark/report"
)

// kind is one event of one contract.
type kind struct {
	contract common.Address
	name     string
	topic    common.Hash
	decode   func(*types.Log) (Body, error)
}

// Selection says which events are wanted: those whose name it holds; nil for all.
type Selection []string

// Oracle selects what happens to reports and members, and what changes the rules: everything but deposits, which are many.
func Oracle() Selection {
	return Selection{
		"ReportAccepted", "ReportQuarantined", "QuarantineJudged", "EquivocationProven", "Paused", "Unpaused", "PauseEnds",
		"CommitteeChanged", "Registered", "Admitted", "Removed", "Skipped", "Ejected", "MemberSlashed", "BondAdded", "BondWithdrawn",
		"Rebased", "FinalizationSkipped", "FinalizedWithoutReport", "BunkerSet", "TermsSet", "LimitsSet",
		"Unrecognised", "LossUnconfirmed", "LossEnded", "ReportHeld", "RateFalse",
		"FalseBalanceProven", "FalseCommitmentProven",
	}
}

func (s Selection) has(name string) bool { return s == nil || slices.Contains(s, name) }

// filter is the contracts and topics of a selection.
func (r *Reader) filter(s Selection) (addresses []common.Address, topics []common.Hash) {
	for _, k := range r.kinds {
		if !s.has(k.name) {
			continue
		}
		if !slices.Contains(addresses, k.contract) {
			addresses = append(addresses, k.contract)
		}
		if !slices.Contains(topics, k.topic) {
			topics = append(topics, k.topic)
		}
	}
	return addresses, topics
}

// event decodes a log. ok is false for a log that is none of the selection. Errors: ErrWrongEvent.
func (r *Reader) event(l *types.Log, s Selection) (e Event, ok bool, err error) {
	if len(l.Topics) == 0 {
		return Event{}, false, nil
	}
	for _, k := range r.kinds {
		if k.contract != l.Address || k.topic != l.Topics[0] || !s.has(k.name) {
			continue
		}
		body, err := k.decode(l)
		if err != nil {
			return Event{}, false, fmt.Errorf("%w: %s in block %d, log %d: %w", ErrWrongEvent, k.name, l.BlockNumber, l.Index, err)
		}
		return Event{
			Contract: l.Address, Block: l.BlockNumber, BlockHash: l.BlockHash, TxHash: l.TxHash, TxIndex: l.TxIndex, LogIndex: l.Index, Body: body,
		}, true, nil
	}
	return Event{}, false, nil
}

// of makes a kind of a binding's unpacker.
func of[T any](contract common.Address, a abi.ABI, name string, unpack func(*types.Log) (*T, error), body func(*T) Body) kind {
	return kind{contract: contract, name: name, topic: a.Events[name].ID, decode: func(l *types.Log) (Body, error) {
		// The generated code takes data of any length behind the fields, and panics on none of it.
		raw, err := unpack(l)
		if err != nil {
			return nil, err
		}
		return body(raw), nil
	}}
}

// kinds are all events that are known here.
func kinds(set manifest.Set) []kind {
	return slices.Concat(oracleKinds(set.ReportOracle), committeeKinds(set.OracleCommittee), poolKinds(set.StakingPool),
		queueKinds(set.WithdrawalQueue), guardKinds(set.SanityChecker, set.BalanceChallenge))
}

func oracleKinds(at common.Address) []kind {
	b := bindings.NewReportOracle()
	a := b.GetABI()
	return []kind{
		of(at, a, "ReportAccepted", b.UnpackReportAcceptedEvent, func(e *bindings.ReportOracleReportAccepted) Body {
			return &ReportAccepted{e.RefSlot, e.Digest, e.Committee, e.StateRoot, e.BalancesRoot}
		}),
		of(at, a, "ReportQuarantined", b.UnpackReportQuarantinedEvent, func(e *bindings.ReportOracleReportQuarantined) Body {
			return &ReportQuarantined{e.RefSlot, e.Digest, report.Code(e.Code), e.Value, e.Bound, e.Until, e.StateRoot}
		}),
		of(at, a, "QuarantineJudged", b.UnpackQuarantineJudgedEvent, func(e *bindings.ReportOracleQuarantineJudged) Body {
			return &QuarantineJudged{e.RefSlot, e.Digest, e.Accepted, e.Guardian}
		}),
		of(at, a, "EquivocationProven", b.UnpackEquivocationProvenEvent, func(e *bindings.ReportOracleEquivocationProven) Body {
			return &EquivocationProven{e.Member, e.Committee, e.RefSlot, e.DigestA, e.DigestB}
		}),
		of(at, a, "Paused", b.UnpackPausedEvent, func(e *bindings.ReportOraclePaused) Body { return &Paused{e.Account} }),
		of(at, a, "Unpaused", b.UnpackUnpausedEvent, func(e *bindings.ReportOracleUnpaused) Body { return &Unpaused{e.Account} }),
		of(at, a, "PauseEnds", b.UnpackPauseEndsEvent, func(e *bindings.ReportOraclePauseEnds) Body { return &PauseEnds{e.Until} }),
	}
}

func queueKinds(at common.Address) []kind {
	b := bindings.NewWithdrawalQueue()
	a := b.GetABI()
	return []kind{
		of(at, a, "Settled", b.UnpackSettledEvent, func(e *bindings.WithdrawalQueueSettled) Body { return &Settled{e.Batch, e.SurplusWei} }),
		of(at, a, "Paused", b.UnpackPausedEvent, func(e *bindings.WithdrawalQueuePaused) Body { return &Paused{e.Account} }),
		of(at, a, "Unpaused", b.UnpackUnpausedEvent, func(e *bindings.WithdrawalQueueUnpaused) Body { return &Unpaused{e.Account} }),
		of(at, a, "PauseEnds", b.UnpackPauseEndsEvent, func(e *bindings.WithdrawalQueuePauseEnds) Body { return &PauseEnds{e.Until} }),
	}
}

func committeeKinds(at common.Address) []kind {
	b := bindings.NewOracleCommittee()
	a := b.GetABI()
	return []kind{
		of(at, a, "CommitteeChanged", b.UnpackCommitteeChangedEvent, func(e *bindings.OracleCommitteeCommitteeChanged) Body {
			return &CommitteeChanged{e.FromRefSlot, e.Digest, e.Count}
		}),
		of(at, a, "Registered", b.UnpackRegisteredEvent, func(e *bindings.OracleCommitteeRegistered) Body {
			return &MemberRegistered{e.Id, e.Owner, e.Key, e.PeerId, e.BondWei}
		}),
		of(at, a, "Admitted", b.UnpackAdmittedEvent, func(e *bindings.OracleCommitteeAdmitted) Body { return &MemberAdmitted{e.Id, e.FromRefSlot} }),
		of(at, a, "Removed", b.UnpackRemovedEvent, func(e *bindings.OracleCommitteeRemoved) Body { return &MemberRemoved{e.Id, e.FromRefSlot} }),
		of(at, a, "Skipped", b.UnpackSkippedEvent, func(e *bindings.OracleCommitteeSkipped) Body { return &MemberSkipped{e.Id, e.State} }),
		of(at, a, "Ejected", b.UnpackEjectedEvent, func(e *bindings.OracleCommitteeEjected) Body { return &MemberEjected{e.Id} }),
		of(at, a, "MemberSlashed", b.UnpackMemberSlashedEvent, func(e *bindings.OracleCommitteeMemberSlashed) Body {
			return &MemberSlashed{e.Id, e.Reporter, e.RewardWei, e.ToTreasuryWei}
		}),
		of(at, a, "BondAdded", b.UnpackBondAddedEvent, func(e *bindings.OracleCommitteeBondAdded) Body { return &BondAdded{e.Id, e.BondWei} }),
		of(at, a, "BondWithdrawn", b.UnpackBondWithdrawnEvent, func(e *bindings.OracleCommitteeBondWithdrawn) Body {
			return &BondWithdrawn{e.Id, e.To, e.BondWei}
		}),
	}
}

func poolKinds(at common.Address) []kind {
	b := bindings.NewStakingPool()
	a := b.GetABI()
	return []kind{
		of(at, a, "Rebased", b.UnpackRebasedEvent, func(e *bindings.StakingPoolRebased) Body {
			return &Rebased{
				e.RefSlot, e.PooledBeforeWei, e.SharesBefore, e.PooledAfterWei, e.SharesAfter, e.ClChangeWei, e.FromWithdrawalsWei, e.FromRewardsWei,
				e.LockWei, e.BurnShares, e.FeeWei, e.FeeShares,
			}
		}),
		of(at, a, "FinalizationSkipped", b.UnpackFinalizationSkippedEvent, func(e *bindings.StakingPoolFinalizationSkipped) Body {
			return &FinalizationSkipped{e.UpTo, report.Skip(e.Reason), e.DemandWei, e.BufferedWei}
		}),
		of(at, a, "FinalizedWithoutReport", b.UnpackFinalizedWithoutReportEvent, func(e *bindings.StakingPoolFinalizedWithoutReport) Body {
			return &FinalizedWithoutReport{e.UpTo, e.LockWei, e.BurnShares, e.Rate, e.BroughtHomeWei}
		}),
		of(at, a, "Unrecognised", b.UnpackUnrecognisedEvent, func(e *bindings.StakingPoolUnrecognised) Body {
			return &Unrecognised{e.RefSlot, e.WeiAmount}
		}),
		of(at, a, "LossUnconfirmed", b.UnpackLossUnconfirmedEvent, func(e *bindings.StakingPoolLossUnconfirmed) Body {
			return &LossUnconfirmed{e.RefSlot, e.LostGwei}
		}),
		of(at, a, "LossEnded", b.UnpackLossEndedEvent, func(e *bindings.StakingPoolLossEnded) Body {
			return &LossEnded{e.RefSlot, e.RegainedGwei, e.ConfirmedGwei}
		}),
		of(at, a, "ReportHeld", b.UnpackReportHeldEvent, func(e *bindings.StakingPoolReportHeld) Body { return &ReportHeld{e.RefSlot, e.Rate, e.Until} }),
		of(at, a, "RateFalse", b.UnpackRateFalseEvent, func(e *bindings.StakingPoolRateFalse) Body { return &RateFalse{e.RefSlot} }),
		of(at, a, "BunkerSet", b.UnpackBunkerSetEvent, func(e *bindings.StakingPoolBunkerSet) Body { return &BunkerSet{e.Bunker} }),
		of(at, a, "TermsSet", b.UnpackTermsSetEvent, func(e *bindings.StakingPoolTermsSet) Body {
			return &TermsSet{e.Terms.Treasury, e.Terms.FeeBps, e.Terms.OperatorsBps, e.Terms.NormalRewardBps, e.Terms.NoisePcm}
		}),
		of(at, a, "Deposited", b.UnpackDepositedEvent, func(e *bindings.StakingPoolDeposited) Body {
			return &Deposited{e.Sender, e.To, e.WeiAmount, e.Shares}
		}),
		of(at, a, "ValidatorFunded", b.UnpackValidatorFundedEvent, func(e *bindings.StakingPoolValidatorFunded) Body {
			return &ValidatorFunded{e.Pubkey, e.WeiAmount}
		}),
		of(at, a, "Skimmed", b.UnpackSkimmedEvent, func(e *bindings.StakingPoolSkimmed) Body { return &Skimmed{e.WeiAmount} }),
		of(at, a, "Paused", b.UnpackPausedEvent, func(e *bindings.StakingPoolPaused) Body { return &Paused{e.Account} }),
		of(at, a, "Unpaused", b.UnpackUnpausedEvent, func(e *bindings.StakingPoolUnpaused) Body { return &Unpaused{e.Account} }),
	}
}

func guardKinds(sanity, challenge common.Address) []kind {
	s, c := bindings.NewSanityChecker(), bindings.NewBalanceChallenge()
	return []kind{
		of(sanity, s.GetABI(), "LimitsSet", s.UnpackLimitsSetEvent, func(e *bindings.SanityCheckerLimitsSet) Body {
			return &LimitsSet{report.Limits(e.Limits)}
		}),
		of(challenge, c.GetABI(), "FalseBalanceProven", c.UnpackFalseBalanceProvenEvent, func(e *bindings.BalanceChallengeFalseBalanceProven) Body {
			return &FalseBalanceProven{e.RefSlot, e.ValidatorIndex, e.ClaimedGwei, e.ActualGwei, e.Challenger}
		}),
		of(challenge, c.GetABI(), "FalseCommitmentProven", c.UnpackFalseCommitmentProvenEvent, func(e *bindings.BalanceChallengeFalseCommitmentProven) Body {
			return &FalseCommitmentProven{e.RefSlot, e.Digest, e.Fault, e.Challenger}
		}),
	}
}
