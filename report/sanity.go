package report

import (
	"math/big"

	"github.com/holiman/uint256"
)

// Code says which bound a report breaks. The contracts use the same codes.
type Code uint8

// Codes in the order of the checks. Up to FinalizationTooYoung, a report contradicts what the contracts know and is never acceptable.
const (
	Sane Code = iota
	WithdrawalVaultAboveActual
	RewardsVaultAboveActual
	DepositedBelowLast
	DepositedAboveNow
	ExitedAboveValidators
	SlashedAboveValidators
	ValidatorsDecreased
	ExitedDecreased
	FinalizationBeyondDemand
	FinalizationTooYoung
	PendingAboveExpected
	ValidatorsTooFast
	ExitsTooFast
	CLGainTooHigh
	CLLossTooHigh
	LastReportFalse
)

// String is the name that the contracts and their documentation use.
func (c Code) String() string {
	names := [...]string{
		"OK", "WITHDRAWAL_VAULT_ABOVE_ACTUAL", "REWARDS_VAULT_ABOVE_ACTUAL", "DEPOSITED_BELOW_LAST", "DEPOSITED_ABOVE_NOW",
		"EXITED_ABOVE_VALIDATORS", "SLASHED_ABOVE_VALIDATORS", "VALIDATORS_DECREASED", "EXITED_DECREASED", "FINALIZATION_BEYOND_DEMAND",
		"FINALIZATION_TOO_YOUNG", "PENDING_ABOVE_EXPECTED", "VALIDATORS_TOO_FAST", "EXITS_TOO_FAST", "CL_GAIN_TOO_HIGH", "CL_LOSS_TOO_HIGH", "LAST_REPORT_FALSE",
	}
	if int(c) >= len(names) {
		return "UNKNOWN"
	}
	return names[c]
}

// Structural reports whether nobody can accept a report that breaks this bound.
func (c Code) Structural() bool { return c > Sane && c <= FinalizationTooYoung }

// Limits bound a report; all are parameters of a deployment. For a guardian they are the ceilings.
type Limits struct {
	AnnualGainBps uint32 // of the principal, parts per 10,000
	// Anyone may deposit to the pool's credentials: the most of the pool's bucket that one report takes, and, as a ceiling, what a guardian can
	// accept beyond the yearly rate.
	GiftMarginGwei        uint64
	LossWindowPcm         uint32 // sum of the last sixteen reports' losses that no guardian accepted, hundred-thousandths of the principal
	NewValidatorsPerEpoch uint32
	ExitsPerEpoch         uint32
	RequestMarginSeconds  uint32 // a request must be this much older than the reference slot
}

// LastReport is what the pool remembers of the last applied report.
type LastReport struct {
	RefSlot                uint64
	SilentCalls            uint16 // how often requests were finalized without a report since
	CLValidatorsGwei       uint64
	CLPendingGwei          uint64
	CLInFlightGwei         uint64
	UnprovenGwei           uint64
	Validators             uint32
	Exited                 uint32
	DepositedWei           uint256.Int
	WithdrawalVaultLeftWei uint256.Int // what the last report left in the vault of what it had seen there
	LossWindow             uint256.Int // sixteen lanes of 16 bits, newest lowest
	UnconfirmedGwei        uint64      // what that report lost beyond noise: the next one takes it back, up to this, or confirms it
	ConfirmedGwei          uint64      // losses confirmed in the last sixteen reports, which guardians may let come back
}

// CLWei is the pool's ether on the consensus layer at the last report, in wei, as Report.CLWei.
func (l LastReport) CLWei() *big.Int {
	return sub(sumWei(l.CLValidatorsGwei, l.CLPendingGwei, l.CLInFlightGwei), sumWei(l.UnprovenGwei))
}

// SanityInput is what the contracts themselves know when they check a report.
type SanityInput struct {
	SecondsPerSlot     uint64
	SlotsPerEpoch      uint64
	RefTimestamp       uint64 // time of the reference slot
	WithdrawalVaultWei *big.Int
	ELRewardsVaultWei  *big.Int
	DepositedWei       *big.Int
	LastRequestID      uint64
	LastFinalizedID    uint64
	FinalizeCreatedAt  uint64 // when request FinalizeUpTo was made, 0 when it does not exist
	BucketGwei         uint64 // what the pool's bucket holds at the reference slot
	LastFalse          bool   // the last applied report was proven false
	ByGuardian         bool   // a guardian accepts the report: the limits are the ceilings
}

// SanityResult is the first bound that a report breaks, or Sane. Bound is the most that Value may be, or the least for a decrease.
type SanityResult struct {
	Code         Code
	Value, Bound *big.Int
	Effect       SanityEffect
}

// SanityEffect is what the pool records when it applies a report that passed. It is meaningless for a report that breaks a bound.
type SanityEffect struct {
	LossWindow    uint256.Int // after the report
	BucketGwei    uint64      // gain beyond the yearly rate: taken from the pool's bucket
	ConfirmedGwei uint64      // confirmed losses that came back by a guardian's word
	ByGuardian    bool        // its gain does not use the bucket
}

const (
	yearSeconds = 365 * 24 * 60 * 60
	pcm         = 100_000
	lanes       = 16
	laneMax     = 1<<16 - 1
)

// CheckSanity checks a report whose RefSlot is above last.RefSlot. It is the same function as Sanity.check in Solidity.
func CheckSanity(limits Limits, last LastReport, r Report, in SanityInput) SanityResult {
	for _, rules := range []func(Limits, LastReport, Report, SanityInput) (Code, *big.Int, *big.Int){structure, growth} {
		if code, value, bound := rules(limits, last, r, in); code != Sane {
			return SanityResult{Code: code, Value: value, Bound: bound}
		}
	}
	v := earnings(limits, last, r, in)
	if v.Code == Sane && in.LastFalse && !in.ByGuardian {
		v.Code, v.Value, v.Bound = LastReportFalse, unsigned(r.RefSlot), unsigned(last.RefSlot)
	}
	return v
}

func structure(limits Limits, last LastReport, r Report, in SanityInput) (Code, *big.Int, *big.Int) {
	deposited := r.DepositedWei.ToBig()
	ripeAt := in.FinalizeCreatedAt + uint64(limits.RequestMarginSeconds)
	for _, rule := range []struct {
		code         Code
		broken       bool
		value, bound *big.Int
	}{
		{WithdrawalVaultAboveActual, r.WithdrawalVaultWei.ToBig().Cmp(in.WithdrawalVaultWei) > 0, r.WithdrawalVaultWei.ToBig(), in.WithdrawalVaultWei},
		{RewardsVaultAboveActual, r.ELRewardsVaultWei.ToBig().Cmp(in.ELRewardsVaultWei) > 0, r.ELRewardsVaultWei.ToBig(), in.ELRewardsVaultWei},
		{DepositedBelowLast, deposited.Cmp(last.DepositedWei.ToBig()) < 0, deposited, last.DepositedWei.ToBig()},
		{DepositedAboveNow, deposited.Cmp(in.DepositedWei) > 0, deposited, in.DepositedWei},
		{ExitedAboveValidators, r.Exited > r.Validators, unsigned(uint64(r.Exited)), unsigned(uint64(r.Validators))},
		{SlashedAboveValidators, r.Slashed > r.Validators, unsigned(uint64(r.Slashed)), unsigned(uint64(r.Validators))},
		{ValidatorsDecreased, r.Validators < last.Validators, unsigned(uint64(r.Validators)), unsigned(uint64(last.Validators))},
		{ExitedDecreased, r.Exited < last.Exited, unsigned(uint64(r.Exited)), unsigned(uint64(last.Exited))},
		{FinalizationBeyondDemand, r.FinalizeUpTo > in.LastRequestID, unsigned(r.FinalizeUpTo), unsigned(in.LastRequestID)},
		{FinalizationTooYoung, r.FinalizeUpTo > in.LastFinalizedID && ripeAt > in.RefTimestamp, unsigned(ripeAt), unsigned(in.RefTimestamp)},
	} {
		if rule.broken {
			return rule.code, rule.value, rule.bound
		}
	}
	return Sane, nil, nil
}

func growth(limits Limits, last LastReport, r Report, in SanityInput) (Code, *big.Int, *big.Int) {
	newDepositsGwei := div(sub(r.DepositedWei.ToBig(), last.DepositedWei.ToBig()), big.NewInt(WeiPerGwei))
	expectedGwei := add(add(unsigned(last.CLPendingGwei), newDepositsGwei), add(unsigned(r.UnprovenGwei), unsigned(giftGwei(limits, in))))
	if pending := unsigned(r.CLPendingGwei); pending.Cmp(expectedGwei) > 0 {
		return PendingAboveExpected, pending, expectedGwei
	}
	elapsedEpochs := divUp(unsigned(r.RefSlot-last.RefSlot), unsigned(in.SlotsPerEpoch))
	for _, rule := range []struct {
		code     Code
		grown    uint32
		perEpoch uint32
	}{
		{ValidatorsTooFast, r.Validators - last.Validators, limits.NewValidatorsPerEpoch},
		{ExitsTooFast, r.Exited - last.Exited, limits.ExitsPerEpoch},
	} {
		bound := mul(unsigned(uint64(rule.perEpoch)), elapsedEpochs)
		if grown := unsigned(uint64(rule.grown)); grown.Cmp(bound) > 0 {
			return rule.code, grown, bound
		}
	}
	return Sane, nil, nil
}

// giftGwei is what may come beyond the yearly rate. Without a guardian it is never more than the bucket holds.
func giftGwei(limits Limits, in SanityInput) uint64 {
	if in.ByGuardian {
		return limits.GiftMarginGwei
	}
	return min(limits.GiftMarginGwei, in.BucketGwei)
}

// earnings judges gain and loss. A sweep moves ether from validators by way of what is in flight into the vault: only all together earn or lose.
func earnings(limits Limits, last LastReport, r Report, in SanityInput) SanityResult {
	principal := add(last.CLWei(), sub(r.DepositedWei.ToBig(), last.DepositedWei.ToBig()))
	nowWei := add(r.CLWei(), r.WithdrawalVaultWei.ToBig())
	change := sub(nowWei, add(principal, last.WithdrawalVaultLeftWei.ToBig()))

	v := SanityResult{Value: new(big.Int), Bound: new(big.Int), Effect: SanityEffect{ByGuardian: in.ByGuardian}}
	lane := uint64(0)
	switch change.Sign() {
	case 1:
		if bound := gainBound(&v.Effect, limits, last, r, in, principal, change); change.Cmp(bound) > 0 {
			v.Code, v.Value, v.Bound = CLGainTooHigh, change, bound
			return v
		}
	case -1:
		lane = lossLane(new(big.Int).Neg(change), principal)
	}
	v.Effect.LossWindow.Lsh(&last.LossWindow, 16)
	if !in.ByGuardian { // a loss that guardians accept does not count again
		v.Effect.LossWindow.Or(&v.Effect.LossWindow, uint256.NewInt(lane))
	}
	if sum := windowSum(v.Effect.LossWindow); lane > 0 && sum > uint64(limits.LossWindowPcm) {
		v.Code, v.Value, v.Bound = CLLossTooHigh, unsigned(sum), unsigned(uint64(limits.LossWindowPcm))
	}
	return v
}

// gainBound is the most that the consensus layer may have gained, and notes what a gain takes: of the bucket, or, when a guardian accepts it, of the
// confirmed losses.
func gainBound(judged *SanityEffect, limits Limits, last LastReport, r Report, in SanityInput, principalWei, gainWei *big.Int) *big.Int {
	elapsedSeconds := mul(unsigned(r.RefSlot-last.RefSlot), unsigned(in.SecondsPerSlot))
	yearly := mul(principalWei, unsigned(uint64(limits.AnnualGainBps)))
	// A loss that is not confirmed may come back.
	freeWei := add(div(mul(yearly, elapsedSeconds), bpsOfAYear), sumWei(last.UnconfirmedGwei))
	boundWei := add(freeWei, sumWei(giftGwei(limits, in)))
	if !in.ByGuardian {
		judged.BucketGwei = beyondGwei(gainWei, freeWei)
		return boundWei
	}
	// Ether that arrived in the vault is there for certain: no report counts more than is there.
	boundWei = add(boundWei, atLeastZero(sub(r.WithdrawalVaultWei.ToBig(), last.WithdrawalVaultLeftWei.ToBig())))
	judged.ConfirmedGwei = beyondGwei(gainWei, boundWei)
	return add(boundWei, sumWei(last.ConfirmedGwei))
}

// beyondGwei is what a gain exceeds the free part by, rounded up, saturating.
func beyondGwei(gainWei, freeWei *big.Int) uint64 {
	beyond := divUp(atLeastZero(sub(gainWei, freeWei)), big.NewInt(WeiPerGwei))
	if !beyond.IsUint64() {
		return 1<<64 - 1
	}
	return beyond.Uint64()
}

// lossLane is a loss in hundred-thousandths of the principal, rounded up, saturating at 16 bits.
func lossLane(lossWei, principalWei *big.Int) uint64 {
	if principalWei.Sign() == 0 {
		return laneMax
	}
	return smaller(big.NewInt(laneMax), divUp(mul(lossWei, big.NewInt(pcm)), principalWei)).Uint64()
}

func windowSum(window uint256.Int) (sum uint64) {
	for i := range lanes {
		sum += window[i/4] >> (16 * (i % 4)) & laneMax
	}
	return sum
}

func unsigned(v uint64) *big.Int { return new(big.Int).SetUint64(v) }
