package execution

import (
	"github.com/ethereum/go-ethereum/common"
	"github.com/holiman/uint256"

	"github.com/tidemark-oracle/tidemark/contracts/layout"
	"github.com/tidemark-oracle/tidemark/report"
)

// Values is what the contracts hold at one block, as far as a report needs it. All of it is proven.
type Values struct {
	Block BlockRef

	WithdrawalVaultWei uint256.Int // balance
	ELRewardsVaultWei  uint256.Int // balance

	BufferedWei  uint256.Int // ether that waits in the pool
	DepositedWei uint256.Int // cumulative, sent to the deposit contract; first ether of a key from its proof on
	// UnprovenCount is how many keys have had their first ether and are not proven.
	UnprovenCount uint8
	LastReportAt  uint64 // seconds; the deployment before the first report
	Last          report.LastReport
	PulledGwei    uint64 // from the withdrawal vault so far
	Head          Head
	Doubt         Doubt
	Terms         Terms

	TotalPooledWei uint256.Int // the token's
	TotalShares    uint256.Int // the token's

	Queue  Queue
	Limits report.Limits // the sanity checker's soft limits
}

// Terms are what the pool's owner sets.
type Terms struct {
	Treasury        common.Address
	FeeBps          uint16 // of profit, parts per 10,000
	OperatorsBps    uint16 // the operators' part of the fee, parts per 10,000
	NormalRewardBps uint32 // of consensus-layer ether a year, parts per 10,000
	NoisePcm        uint16 // a loss above it is more than noise, hundred-thousandths of the recognised ether
}

// Head is the pool's word of its newest round.
type Head struct {
	Round       uint64 // number of reports applied so far
	Flags       report.PoolFlags
	PausedUntil uint64 // of reports, in seconds
	HeldUntil   uint64 // of a held report, in seconds
	BucketGwei  uint64 // what the bucket held at the last report's reference slot
}

// Doubt is what casts doubt on the rate. What the last report lost and is not confirmed is Last.UnconfirmedGwei.
type Doubt struct {
	LowestHeldRate uint256.Int // wei for 1e18 shares, 0 for none
	Since          uint64      // seconds
	LossesInRow    uint8
}

// Queue is the head of the withdrawal queue.
type Queue struct {
	PauseFlag       bool        // a pause was begun and not ended by hand
	PausedUntil     uint64      // it ends by itself then, in seconds
	LockedWei       uint256.Int // for finalized requests
	LastRequestID   uint64      // 0 for none
	LastFinalizedID uint64      // 0 for none
	Falls           uint16      // of the rate so far, modulo 2^16
}

// Request is one withdrawal request. Sums run over all requests from the first to this one; request 0 does not exist and is all zero.
type Request struct {
	ID               uint64
	CumulativeWei    uint256.Int
	CumulativeShares uint256.Int
	CreatedAt        uint64 // seconds
	Claimed          bool
	Falls            uint16 // of the rate before it, modulo 2^16
}

func poolSlots() []common.Hash {
	return []common.Hash{
		slotAt(layout.StakingPoolRunningSlot), slotAt(layout.StakingPoolTreasurySlot), slotAt(layout.StakingPoolMoneySlot), slotAt(layout.StakingPoolLastSlot), slotAt(layout.StakingPoolLastMoreSlot),
		slotAt(layout.StakingPoolHeadSlot), slotAt(layout.StakingPoolLossWindowSlot), slotAt(layout.StakingPoolDoubtSlot), slotAt(layout.StakingPoolConfirmedSlot),
	}
}

// Each of these structs is one word: this does not compile when a field moves to another.
var _ = [1]struct{}{}[layout.StakingPoolRunningSlot^layout.StakingPoolRunningFeeBpsSlot|layout.StakingPoolRunningSlot^layout.StakingPoolRunningNoisePcmSlot|
	layout.StakingPoolMoneySlot^layout.StakingPoolMoneyBufferedWeiSlot|layout.StakingPoolMoneySlot^layout.StakingPoolMoneyAcceptedAtSlot|
	layout.StakingPoolLastSlot^layout.StakingPoolLastRefSlotSlot|layout.StakingPoolLastSlot^layout.StakingPoolLastExitedSlot|
	layout.StakingPoolLastMoreSlot^layout.StakingPoolLastMoreDepositedGweiSlot|layout.StakingPoolLastMoreSlot^layout.StakingPoolLastMoreSilentCallsSlot|
	layout.StakingPoolHeadSlot^layout.StakingPoolHeadRoundSlot|layout.StakingPoolHeadSlot^layout.StakingPoolHeadBucketGweiSlot|
	layout.StakingPoolDoubtSlot^layout.StakingPoolDoubtUnconfirmedGweiSlot|layout.StakingPoolDoubtSlot^layout.StakingPoolDoubtLossesInRowSlot|
	layout.StakingPoolConfirmedSlot^layout.StakingPoolConfirmedLossGweiSlot|layout.StakingPoolConfirmedSlot^layout.StakingPoolConfirmedRoundSlot]

// setPool takes the pool's words.
func (v *Values) setPool(w words) {
	money, terms := w.at(layout.StakingPoolMoneySlot), w.at(layout.StakingPoolRunningSlot)
	v.BufferedWei = money.wei(layout.StakingPoolMoneyBufferedWeiOffset, layout.StakingPoolMoneyBufferedWeiBytes)
	v.DepositedWei = money.gweiAsWei(layout.StakingPoolMoneyDepositedGweiOffset, layout.StakingPoolMoneyDepositedGweiBytes)
	v.LastReportAt = money.uint64(layout.StakingPoolMoneyAcceptedAtOffset, layout.StakingPoolMoneyAcceptedAtBytes)
	v.Terms = Terms{
		Treasury:        w.at(layout.StakingPoolTreasurySlot).address(layout.StakingPoolTreasuryOffset, layout.StakingPoolTreasuryBytes),
		FeeBps:          terms.uint16(layout.StakingPoolRunningFeeBpsOffset, layout.StakingPoolRunningFeeBpsBytes),
		OperatorsBps:    terms.uint16(layout.StakingPoolRunningOperatorsBpsOffset, layout.StakingPoolRunningOperatorsBpsBytes),
		NormalRewardBps: terms.uint32(layout.StakingPoolRunningNormalRewardBpsOffset, layout.StakingPoolRunningNormalRewardBpsBytes),
		NoisePcm:        terms.uint16(layout.StakingPoolRunningNoisePcmOffset, layout.StakingPoolRunningNoisePcmBytes),
	}
	v.UnprovenCount = terms.uint8(layout.StakingPoolRunningUnprovenKeysOffset, layout.StakingPoolRunningUnprovenKeysBytes)
	v.setHead(w.at(layout.StakingPoolHeadSlot))
	v.setLast(w)
	v.setDoubt(w.at(layout.StakingPoolDoubtSlot), w.at(layout.StakingPoolConfirmedSlot))
}

func (v *Values) setHead(w word) {
	v.Head = Head{
		Round:       w.uint64(layout.StakingPoolHeadRoundOffset, layout.StakingPoolHeadRoundBytes),
		Flags:       report.PoolFlags(w.uint8(layout.StakingPoolHeadFlagsOffset, layout.StakingPoolHeadFlagsBytes)),
		PausedUntil: w.uint64(layout.StakingPoolHeadPausedUntilOffset, layout.StakingPoolHeadPausedUntilBytes),
		HeldUntil:   w.uint64(layout.StakingPoolHeadHeldUntilOffset, layout.StakingPoolHeadHeldUntilBytes),
		BucketGwei:  w.uint64(layout.StakingPoolHeadBucketGweiOffset, layout.StakingPoolHeadBucketGweiBytes),
	}
}

// setLast takes what the pool remembers of the last report.
func (v *Values) setLast(w words) {
	last, more := w.at(layout.StakingPoolLastSlot), w.at(layout.StakingPoolLastMoreSlot)
	v.Last = report.LastReport{
		RefSlot:          last.uint64(layout.StakingPoolLastRefSlotOffset, layout.StakingPoolLastRefSlotBytes),
		CLValidatorsGwei: last.uint64(layout.StakingPoolLastClValidatorsGweiOffset, layout.StakingPoolLastClValidatorsGweiBytes),
		CLPendingGwei:    last.uint64(layout.StakingPoolLastClPendingGweiOffset, layout.StakingPoolLastClPendingGweiBytes),
		UnprovenGwei:     last.uint64(layout.StakingPoolLastUnprovenGweiOffset, layout.StakingPoolLastUnprovenGweiBytes),
		Validators:       last.uint32(layout.StakingPoolLastValidatorsOffset, layout.StakingPoolLastValidatorsBytes),
		Exited:           last.uint32(layout.StakingPoolLastExitedOffset, layout.StakingPoolLastExitedBytes),
		DepositedWei:     more.gweiAsWei(layout.StakingPoolLastMoreDepositedGweiOffset, layout.StakingPoolLastMoreDepositedGweiBytes),
		WithdrawalVaultLeftWei: more.gweiAsWei(
			layout.StakingPoolLastMoreWithdrawalVaultLeftGweiOffset, layout.StakingPoolLastMoreWithdrawalVaultLeftGweiBytes),
		CLInFlightGwei: more.uint64(layout.StakingPoolLastMoreClInFlightGweiOffset, layout.StakingPoolLastMoreClInFlightGweiBytes),
		SilentCalls:    more.uint16(layout.StakingPoolLastMoreSilentCallsOffset, layout.StakingPoolLastMoreSilentCallsBytes),
	}
	if v.Head.Flags.Has(report.FlagLosses) {
		v.Last.LossWindow = w.at(layout.StakingPoolLossWindowSlot).wei(0, common.HashLength) // fills its slot
	}
	v.PulledGwei = more.uint64(layout.StakingPoolLastMorePulledGweiOffset, layout.StakingPoolLastMorePulledGweiBytes)
}

// confirmedRounds is PoolBook.CONFIRMED_ROUNDS: for so many reports a confirmed loss may come back by a guardian's word.
const confirmedRounds = 16

// setDoubt takes the doubts and the confirmed losses. The head must have been taken before: without its flag a word holds what an earlier doubt left there.
func (v *Values) setDoubt(doubt, confirmed word) {
	if !v.Head.Flags.Has(report.FlagDoubt) {
		doubt = word{}
	}
	if !v.Head.Flags.Has(report.FlagLosses) {
		confirmed = word{}
	}
	v.Doubt = Doubt{
		LowestHeldRate: doubt.wei(layout.StakingPoolDoubtLowestHeldRateOffset, layout.StakingPoolDoubtLowestHeldRateBytes),
		Since:          doubt.uint64(layout.StakingPoolDoubtSinceOffset, layout.StakingPoolDoubtSinceBytes),
		LossesInRow:    doubt.uint8(layout.StakingPoolDoubtLossesInRowOffset, layout.StakingPoolDoubtLossesInRowBytes),
	}
	v.Last.UnconfirmedGwei = doubt.uint64(layout.StakingPoolDoubtUnconfirmedGweiOffset, layout.StakingPoolDoubtUnconfirmedGweiBytes)
	if round := confirmed.uint64(layout.StakingPoolConfirmedRoundOffset, layout.StakingPoolConfirmedRoundBytes); v.Head.Round < round+confirmedRounds {
		v.Last.ConfirmedGwei = confirmed.uint64(layout.StakingPoolConfirmedLossGweiOffset, layout.StakingPoolConfirmedLossGweiBytes)
	}
}

func tokenSlots() []common.Hash {
	return []common.Hash{slotAt(layout.StakedEtherTotalsPooledWeiSlot), slotAt(layout.StakedEtherTotalsSharesSlot)}
}

func (v *Values) setToken(w words) {
	v.TotalPooledWei = w.at(layout.StakedEtherTotalsPooledWeiSlot).wei(
		layout.StakedEtherTotalsPooledWeiOffset, layout.StakedEtherTotalsPooledWeiBytes)
	v.TotalShares = w.at(layout.StakedEtherTotalsSharesSlot).wei(layout.StakedEtherTotalsSharesOffset, layout.StakedEtherTotalsSharesBytes)
}

func queueSlots() []common.Hash {
	return []common.Hash{
		slotAt(layout.WithdrawalQueuePausedSlot), slotAt(layout.WithdrawalQueuePauseOfUntilSlot), slotAt(layout.WithdrawalQueueLockedWeiSlot),
		slotAt(layout.WithdrawalQueueLastRequestIdSlot), slotAt(layout.WithdrawalQueueLastFinalizedIdSlot), slotAt(layout.WithdrawalQueueFallsSlot),
	}
}

func (v *Values) setQueue(w words) {
	v.Queue = Queue{
		PauseFlag: w.at(layout.WithdrawalQueuePausedSlot).bool(layout.WithdrawalQueuePausedOffset, layout.WithdrawalQueuePausedBytes),
		PausedUntil: w.at(layout.WithdrawalQueuePauseOfUntilSlot).uint64(
			layout.WithdrawalQueuePauseOfUntilOffset, layout.WithdrawalQueuePauseOfUntilBytes),
		LockedWei: w.at(layout.WithdrawalQueueLockedWeiSlot).wei(
			layout.WithdrawalQueueLockedWeiOffset, layout.WithdrawalQueueLockedWeiBytes),
		LastRequestID: w.at(layout.WithdrawalQueueLastRequestIdSlot).uint64(
			layout.WithdrawalQueueLastRequestIdOffset, layout.WithdrawalQueueLastRequestIdBytes),
		LastFinalizedID: w.at(layout.WithdrawalQueueLastFinalizedIdSlot).uint64(
			layout.WithdrawalQueueLastFinalizedIdOffset, layout.WithdrawalQueueLastFinalizedIdBytes),
		Falls: w.at(layout.WithdrawalQueueFallsSlot).uint16(layout.WithdrawalQueueFallsOffset, layout.WithdrawalQueueFallsBytes),
	}
}

func sanitySlots() []common.Hash {
	return []common.Hash{
		slotAt(layout.SanityCheckerLimitsAnnualGainBpsSlot), slotAt(layout.SanityCheckerLimitsGiftMarginGweiSlot),
		slotAt(layout.SanityCheckerLimitsLossWindowPcmSlot), slotAt(layout.SanityCheckerLimitsNewValidatorsPerEpochSlot),
		slotAt(layout.SanityCheckerLimitsExitsPerEpochSlot), slotAt(layout.SanityCheckerLimitsRequestMarginSecondsSlot),
	}
}

func (v *Values) setLimits(w words) {
	v.Limits = report.Limits{
		AnnualGainBps: w.at(layout.SanityCheckerLimitsAnnualGainBpsSlot).uint32(
			layout.SanityCheckerLimitsAnnualGainBpsOffset, layout.SanityCheckerLimitsAnnualGainBpsBytes),
		GiftMarginGwei: w.at(layout.SanityCheckerLimitsGiftMarginGweiSlot).uint64(
			layout.SanityCheckerLimitsGiftMarginGweiOffset, layout.SanityCheckerLimitsGiftMarginGweiBytes),
		LossWindowPcm: w.at(layout.SanityCheckerLimitsLossWindowPcmSlot).uint32(
			layout.SanityCheckerLimitsLossWindowPcmOffset, layout.SanityCheckerLimitsLossWindowPcmBytes),
		NewValidatorsPerEpoch: w.at(layout.SanityCheckerLimitsNewValidatorsPerEpochSlot).uint32(
			layout.SanityCheckerLimitsNewValidatorsPerEpochOffset, layout.SanityCheckerLimitsNewValidatorsPerEpochBytes),
		ExitsPerEpoch: w.at(layout.SanityCheckerLimitsExitsPerEpochSlot).uint32(
			layout.SanityCheckerLimitsExitsPerEpochOffset, layout.SanityCheckerLimitsExitsPerEpochBytes),
		RequestMarginSeconds: w.at(layout.SanityCheckerLimitsRequestMarginSecondsSlot).uint32(
			layout.SanityCheckerLimitsRequestMarginSecondsOffset, layout.SanityCheckerLimitsRequestMarginSecondsBytes),
	}
}

// A request is one word: this does not compile when one of its fields moves to another.
var _ = [1]struct{}{}[layout.WithdrawalQueueRequestsElementCumulativeWeiSlot|layout.WithdrawalQueueRequestsElementCumulativeSharesSlot|
	layout.WithdrawalQueueRequestsElementCreatedAtSlot|layout.WithdrawalQueueRequestsElementClaimedSlot|layout.WithdrawalQueueRequestsElementFallsSlot]

// requestOf decodes the word of a request.
func requestOf(id uint64, w word) Request {
	return Request{
		ID: id,
		CumulativeWei: w.wei(
			layout.WithdrawalQueueRequestsElementCumulativeWeiOffset, layout.WithdrawalQueueRequestsElementCumulativeWeiBytes),
		CumulativeShares: w.wei(
			layout.WithdrawalQueueRequestsElementCumulativeSharesOffset, layout.WithdrawalQueueRequestsElementCumulativeSharesBytes),
		CreatedAt: w.uint64(layout.WithdrawalQueueRequestsElementCreatedAtOffset, layout.WithdrawalQueueRequestsElementCreatedAtBytes),
		Claimed:   w.bool(layout.WithdrawalQueueRequestsElementClaimedOffset, layout.WithdrawalQueueRequestsElementClaimedBytes),
		Falls:     w.uint16(layout.WithdrawalQueueRequestsElementFallsOffset, layout.WithdrawalQueueRequestsElementFallsBytes),
	}
}
