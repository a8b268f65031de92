package events

import (
	"errors"
	"math/big"

	"github.com/ethereum/go-ethereum/common"

	"github.com/tidemark-oracle/tidemark/internal/execution"
	"github.com/tidemark-oracle/tidemark/report"
)

// Event is something that a contract of the set wrote into the chain.
type Event struct {
	Contract  common.Address
	Block     uint64
	BlockHash common.Hash
	TxHash    common.Hash
	TxIndex   uint
	LogIndex  uint // in the block
	Body      Body
}

// Before tells whether e happened before o on one chain.
func (e Event) Before(o Event) bool {
	return e.Block < o.Block || e.Block == o.Block && e.LogIndex < o.LogIndex
}

// Body is what an event says: a pointer to one of the types below.
type Body interface {
	EventName() string // as the contract calls it
}

// ReportAccepted: the report was applied (ReportOracle).
type ReportAccepted struct {
	RefSlot                 uint64
	Digest, Committee       common.Hash
	HeaderSlot              uint64 // of the reference block
	StateRoot, BalancesRoot common.Hash
}

// ReportQuarantined: the report is held, because Value passes Bound by rule Code (ReportOracle).
type ReportQuarantined struct {
	RefSlot      uint64
	Digest       common.Hash
	Code         report.Code
	Value, Bound *big.Int
	Until        *big.Int // guardians may judge until then, in seconds
	HeaderSlot   uint64   // of the reference block
	StateRoot    common.Hash
}

// QuarantineJudged: a guardian accepted or rejected the held report (ReportOracle).
type QuarantineJudged struct {
	RefSlot  uint64
	Digest   common.Hash
	Accepted bool
	Guardian common.Address
}

// EquivocationProven: a member signed two digests for one round (ReportOracle).
type EquivocationProven struct {
	Member, Committee common.Hash
	RefSlot           uint64
	DigestA, DigestB  common.Hash
}

// Paused: the contract takes no reports (ReportOracle), no deposits (StakingPool) or no requests (WithdrawalQueue).
type Paused struct{ Account common.Address }

// PauseEnds: a pause that begins in the same transaction ends by itself then, unless it is ended before (ReportOracle, WithdrawalQueue).
type PauseEnds struct{ UntilSeconds *big.Int }

// Unpaused: it goes on, before the pause ended by itself.
type Unpaused struct{ Account common.Address }

// CommitteeChanged: from FromRefSlot on, Count members with this digest answer (OracleCommittee).
type CommitteeChanged struct {
	FromRefSlot uint64
	Digest      common.Hash
	Count       *big.Int
}

// MemberRegistered: a key with its proof of possession is a candidate (OracleCommittee).
type MemberRegistered struct {
	ID      common.Hash // keccak256 of the key's 96 affine bytes
	Owner   common.Address
	Key     [4][32]byte // EIP-2537
	PeerID  []byte      // at most 64 bytes of anything
	BondWei *big.Int
}

// MemberAdmitted: the member answers from FromRefSlot on (OracleCommittee).
type MemberAdmitted struct {
	ID          common.Hash
	FromRefSlot uint64
}

// MemberRemoved: the member does not answer from FromRefSlot on (OracleCommittee).
type MemberRemoved struct {
	ID          common.Hash
	FromRefSlot uint64
}

// MemberSkipped: admitting or removing left the member as it was, because of the state that it is in (OracleCommittee).
type MemberSkipped struct {
	ID    common.Hash
	State uint8 // OracleCommittee.State
}

// MemberEjected: the member answers no more (OracleCommittee).
type MemberEjected struct{ ID common.Hash }

// MemberSlashed: the member signed two things, its bond is gone (OracleCommittee).
type MemberSlashed struct {
	ID                       common.Hash
	Reporter                 common.Address
	RewardWei, ToTreasuryWei *big.Int
}

// BondAdded: the bond grew to BondWei (OracleCommittee).
type BondAdded struct {
	ID      common.Hash
	BondWei *big.Int
}

// BondWithdrawn: the bond went back (OracleCommittee).
type BondWithdrawn struct {
	ID      common.Hash
	To      common.Address
	BondWei *big.Int
}

// Rebased: a report was applied to the pool and the token (StakingPool).
type Rebased struct {
	RefSlot                                       uint64
	PooledBeforeWei, SharesBefore, PooledAfterWei *big.Int
	SharesAfter                                   *big.Int
	CLChangeWei                                   *big.Int // may be negative
	FromWithdrawalsWei, FromRewardsWei            *big.Int
	LockWei, BurnShares                           *big.Int
	FeeWei, FeeShares                             *big.Int
}

// FinalizationSkipped: requests wait for a later report (StakingPool).
type FinalizationSkipped struct {
	UpTo                   uint64
	Reason                 report.Skip
	DemandWei, BufferedWei *big.Int
}

// FinalizedWithoutReport: requests were finalized because no report came for long (StakingPool).
type FinalizedWithoutReport struct {
	UpTo                uint64
	LockWei, BurnShares *big.Int
	Rate                *big.Int // wei for 1e18 shares
	BroughtHomeWei      *big.Int // from the withdrawal vault, before it
}

// Unrecognised: so much ether is booked after the report and waits to be recognised by later ones (StakingPool).
type Unrecognised struct {
	RefSlot   uint64
	AmountWei *big.Int
}

// LossUnconfirmed: the report lost more than noise; the next one takes it back or confirms it (StakingPool).
type LossUnconfirmed struct {
	RefSlot  uint64
	LostGwei *big.Int
}

// LossEnded: what the report before lost was taken back in part, and the rest is confirmed (StakingPool).
type LossEnded struct {
	RefSlot                     uint64
	RegainedGwei, ConfirmedGwei *big.Int
}

// ReportHeld: a certified report is held; deposits wait for the next applied one (StakingPool).
type ReportHeld struct {
	RefSlot      uint64
	Rate         *big.Int // wei for 1e18 shares
	UntilSeconds *big.Int
}

// RateFalse: the pool's last report was proven false (StakingPool).
type RateFalse struct{ RefSlot uint64 }

// BunkerSet: losses are in progress, or no longer (StakingPool).
type BunkerSet struct{ Bunker bool }

// TermsSet: the pool's terms changed (StakingPool).
type TermsSet struct {
	Treasury             common.Address
	FeeBps, OperatorsBps uint16
	NormalRewardBps      uint32
	NoisePcm             uint16
}

// Deposited: someone staked (StakingPool).
type Deposited struct {
	Sender, To        common.Address
	AmountWei, Shares *big.Int
}

// KeyOpened: the first ether of a key left the buffer (Validators).
type KeyOpened struct {
	KeyID     uint64
	Place     uint8 // in the set of unproven keys
	PublicKey []byte
}

// KeyProven: a key is the pool's own, and its first ether counts as deposited (Validators).
type KeyProven struct{ KeyID, ValidatorIndex uint64 }

// KeyGiven: a key withdraws to the vault, but is not as the pool deposited it; its first ether counts as deposited (Validators).
type KeyGiven struct {
	KeyID, ValidatorIndex uint64
	WithdrawalCredentials common.Hash
}

// KeyForeign: a key withdraws to somebody else; the operator's bond has paid its first ether into the buffer (Validators).
type KeyForeign struct {
	KeyID, ValidatorIndex uint64
	WithdrawalCredentials common.Hash
}

// KeyToppedUp: ether of the buffer went to a proven key (Validators).
type KeyToppedUp struct{ KeyID, AmountGwei, NetGwei uint64 }

// Skimmed: ether that was nobody's is in the buffer; later reports recognise it (StakingPool).
type Skimmed struct{ AmountWei *big.Int }

// Settled: all payouts of a batch are counted, and what it needs not went to the buffer (WithdrawalQueue).
type Settled struct{ Batch, SurplusWei *big.Int }

// LimitsSet: the sanity checker's soft limits changed (SanityChecker).
type LimitsSet struct{ Limits report.Limits }

// FalseBalanceProven: a report's commitment holds a balance that the beacon state contradicts (BalanceChallenge).
type FalseBalanceProven struct {
	RefSlot, ValidatorIndex, ClaimedGwei, ActualGwei uint64
	Challenger                                       common.Address
}

// FalseFlagsProven: a report's commitment says something else of a validator's exit or slashing than the beacon state (BalanceChallenge).
type FalseFlagsProven struct {
	RefSlot, ValidatorIndex uint64
	Claimed, Actual         uint8 // bit 0 exited, bit 1 slashed
	Challenger              common.Address
}

// OmissionProven: a report's commitment left out a validator of the pool (BalanceChallenge).
type OmissionProven struct {
	RefSlot, ValidatorIndex uint64
	Challenger              common.Address
}

// FalseCommitmentProven: a report contradicts its own commitment (BalanceChallenge).
type FalseCommitmentProven struct {
	RefSlot    uint64
	Digest     common.Hash
	Fault      uint8
	Challenger common.Address
}

func (*ReportAccepted) EventName() string         { return "ReportAccepted" }
func (*ReportQuarantined) EventName() string      { return "ReportQuarantined" }
func (*QuarantineJudged) EventName() string       { return "QuarantineJudged" }
func (*EquivocationProven) EventName() string     { return "EquivocationProven" }
func (*Paused) EventName() string                 { return "Paused" }
func (*Unpaused) EventName() string               { return "Unpaused" }
func (*CommitteeChanged) EventName() string       { return "CommitteeChanged" }
func (*MemberRegistered) EventName() string       { return "Registered" }
func (*MemberAdmitted) EventName() string         { return "Admitted" }
func (*MemberRemoved) EventName() string          { return "Removed" }
func (*MemberSkipped) EventName() string          { return "Skipped" }
func (*MemberEjected) EventName() string          { return "Ejected" }
func (*MemberSlashed) EventName() string          { return "MemberSlashed" }
func (*BondAdded) EventName() string              { return "BondAdded" }
func (*BondWithdrawn) EventName() string          { return "BondWithdrawn" }
func (*Rebased) EventName() string                { return "Rebased" }
func (*FinalizationSkipped) EventName() string    { return "FinalizationSkipped" }
func (*FinalizedWithoutReport) EventName() string { return "FinalizedWithoutReport" }
func (*PauseEnds) EventName() string              { return "PauseEnds" }
func (*Unrecognised) EventName() string           { return "Unrecognised" }
func (*LossUnconfirmed) EventName() string        { return "LossUnconfirmed" }
func (*LossEnded) EventName() string              { return "LossEnded" }
func (*ReportHeld) EventName() string             { return "ReportHeld" }
func (*RateFalse) EventName() string              { return "RateFalse" }
func (*Settled) EventName() string                { return "Settled" }
func (*BunkerSet) EventName() string              { return "BunkerSet" }
func (*TermsSet) EventName() string               { return "TermsSet" }
func (*Deposited) EventName() string              { return "Deposited" }
func (*KeyOpened) EventName() string              { return "KeyOpened" }
func (*KeyProven) EventName() string              { return "KeyProven" }
func (*KeyGiven) EventName() string               { return "KeyGiven" }
func (*KeyForeign) EventName() string             { return "KeyForeign" }
func (*KeyToppedUp) EventName() string            { return "KeyToppedUp" }
func (*Skimmed) EventName() string                { return "Skimmed" }
func (*LimitsSet) EventName() string              { return "LimitsSet" }
func (*FalseBalanceProven) EventName() string     { return "FalseBalanceProven" }
func (*FalseFlagsProven) EventName() string       { return "FalseFlagsProven" }
func (*OmissionProven) EventName() string         { return "OmissionProven" }
func (*FalseCommitmentProven) EventName() string  { return "FalseCommitmentProven" }

// Errors of this package besides those of package execution.
var (
	// ErrNotFound: no such transaction or receipt.
	ErrNotFound = errors.New("the node does not know the transaction: wait until it is synced, or name another endpoint")
	// ErrNotSubmission: the bytes are no call of ReportOracle.submit in its one encoding.
	ErrNotSubmission = errors.New("not a call of ReportOracle.submit")
	// ErrWrongEvent: a log is not what the contracts write.
	ErrWrongEvent = errors.New("the log is not what the contract writes: distrust the endpoint")
	// ErrInconsistent: answers of one endpoint contradict each other or the header.
	ErrInconsistent = errors.New("the node contradicts itself: distrust the endpoint")
	// ErrFinalizedChanged: an endpoint's chain leaves out a block that was final.
	ErrFinalizedChanged = errors.New("the node's chain contradicts a block that was final: check that it is on the right fork")
	// ErrRange: the end of a range lies before its beginning.
	ErrRange = errors.New("the last block lies before the first")
)

// mayShrink tells whether an endpoint may serve a smaller range of logs.
func mayShrink(err error) bool {
	return errors.Is(err, execution.ErrRefused) || errors.Is(err, execution.ErrTooLarge) || errors.Is(err, execution.ErrTimeout) ||
		errors.Is(err, execution.ErrUnreachable)
}
