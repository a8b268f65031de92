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

	BufferedWei       uint256.Int // ether that waits in the pool
	DepositedWei      uint256.Int // cumulative, sent to the deposit contract
	PendingBurnShares uint256.Int // of finalized requests, not burned yet
	LastReportAt      uint64      // seconds; the deployment before the first report
	Bunker            bool        // the last report saw losses in progress
	Last              report.LastReport
	Terms             Terms

	TotalPooledWei uint256.Int // the token's
	TotalShares    uint256.Int // the token's

	Queue  Queue
	Limits report.Limits // the sanity checker's soft limits
}

// Terms are the pool's fee and cap.
type Terms struct {
	Treasury             common.Address
	FeeBps               uint16 // of profit, parts per 10,000
	OperatorsBps         uint16 // the operators' part of the fee, parts per 10,000
	MaxPositiveRebasePpb uint32 // largest rise of the share rate by a report, parts per 1e9
}

// Queue is the head of the withdrawal queue.
type Queue struct {
	Paused          bool
	LockedWei       uint256.Int // for finalized requests
	LastRequestID   uint64      // 0 for none
	LastFinalizedID uint64      // 0 for none
}

// Request is one withdrawal request. Sums run over all requests from the first to this one; request 0 does not exist and is all zero.
type Request struct {
	ID               uint64
	CumulativeWei    uint256.Int
	CumulativeShares uint256.Int
	CreatedAt        uint64 // seconds
	Claimed          bool
}

func poolSlots() []common.Hash {
	return []common.Hash{
		slotAt(layout.StakingPoolBufferedWeiSlot), slotAt(layout.StakingPoolDepositedWeiSlot), slotAt(layout.StakingPoolLastReportAtSlot),
		slotAt(layout.StakingPoolBunkerSlot), slotAt(layout.StakingPoolPendingBurnSharesSlot),
		slotAt(layout.StakingPoolLastRefSlotSlot), slotAt(layout.StakingPoolLastClValidatorsGweiSlot),
		slotAt(layout.StakingPoolLastClPendingGweiSlot), slotAt(layout.StakingPoolLastValidatorsSlot),
		slotAt(layout.StakingPoolLastExitedSlot), slotAt(layout.StakingPoolLastDepositedWeiSlot),
		slotAt(layout.StakingPoolLastWithdrawalVaultLeftWeiSlot), slotAt(layout.StakingPoolLastLossWindowSlot),
		slotAt(layout.StakingPoolTermsTreasurySlot), slotAt(layout.StakingPoolTermsFeeBpsSlot),
		slotAt(layout.StakingPoolTermsOperatorsBpsSlot), slotAt(layout.StakingPoolTermsMaxPositiveRebasePpbSlot),
	}
}

// setPool takes the pool's words.
func (v *Values) setPool(w words) {
	v.BufferedWei = w.at(layout.StakingPoolBufferedWeiSlot).wei(layout.StakingPoolBufferedWeiOffset, layout.StakingPoolBufferedWeiBytes)
	v.DepositedWei = w.at(layout.StakingPoolDepositedWeiSlot).wei(layout.StakingPoolDepositedWeiOffset, layout.StakingPoolDepositedWeiBytes)
	v.LastReportAt = w.at(layout.StakingPoolLastReportAtSlot).uint64(layout.StakingPoolLastReportAtOffset, layout.StakingPoolLastReportAtBytes)
	v.Bunker = w.at(layout.StakingPoolBunkerSlot).bool(layout.StakingPoolBunkerOffset, layout.StakingPoolBunkerBytes)
	v.PendingBurnShares = w.at(layout.StakingPoolPendingBurnSharesSlot).wei(
		layout.StakingPoolPendingBurnSharesOffset, layout.StakingPoolPendingBurnSharesBytes)
	v.setLast(w)
	v.Terms = Terms{
		Treasury: w.at(layout.StakingPoolTermsTreasurySlot).address(layout.StakingPoolTermsTreasuryOffset, layout.StakingPoolTermsTreasuryBytes),
		FeeBps:   w.at(layout.StakingPoolTermsFeeBpsSlot).uint16(layout.StakingPoolTermsFeeBpsOffset, layout.StakingPoolTermsFeeBpsBytes),
		OperatorsBps: w.at(layout.StakingPoolTermsOperatorsBpsSlot).uint16(
			layout.StakingPoolTermsOperatorsBpsOffset, layout.StakingPoolTermsOperatorsBpsBytes),
		MaxPositiveRebasePpb: w.at(layout.StakingPoolTermsMaxPositiveRebasePpbSlot).uint32(
			layout.StakingPoolTermsMaxPositiveRebasePpbOffset, layout.StakingPoolTermsMaxPositiveRebasePpbBytes),
	}
}

// setLast takes what the pool remembers of the last report.
func (v *Values) setLast(w words) {
	v.Last = report.LastReport{
		RefSlot: w.at(layout.StakingPoolLastRefSlotSlot).uint64(layout.StakingPoolLastRefSlotOffset, layout.StakingPoolLastRefSlotBytes),
		CLValidatorsGwei: w.at(layout.StakingPoolLastClValidatorsGweiSlot).uint64(
			layout.StakingPoolLastClValidatorsGweiOffset, layout.StakingPoolLastClValidatorsGweiBytes),
		CLPendingGwei: w.at(layout.StakingPoolLastClPendingGweiSlot).uint64(
			layout.StakingPoolLastClPendingGweiOffset, layout.StakingPoolLastClPendingGweiBytes),
		Validators: w.at(layout.StakingPoolLastValidatorsSlot).uint32(
			layout.StakingPoolLastValidatorsOffset, layout.StakingPoolLastValidatorsBytes),
		Exited: w.at(layout.StakingPoolLastExitedSlot).uint32(layout.StakingPoolLastExitedOffset, layout.StakingPoolLastExitedBytes),
		DepositedWei: w.at(layout.StakingPoolLastDepositedWeiSlot).wei(
			layout.StakingPoolLastDepositedWeiOffset, layout.StakingPoolLastDepositedWeiBytes),
		WithdrawalVaultLeftWei: w.at(layout.StakingPoolLastWithdrawalVaultLeftWeiSlot).wei(
			layout.StakingPoolLastWithdrawalVaultLeftWeiOffset, layout.StakingPoolLastWithdrawalVaultLeftWeiBytes),
		LossWindow: w.at(layout.StakingPoolLastLossWindowSlot).wei(0, common.HashLength), // fills its slot
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
		slotAt(layout.WithdrawalQueuePausedSlot), slotAt(layout.WithdrawalQueueLockedWeiSlot),
		slotAt(layout.WithdrawalQueueLastRequestIdSlot), slotAt(layout.WithdrawalQueueLastFinalizedIdSlot),
	}
}

func (v *Values) setQueue(w words) {
	v.Queue = Queue{
		Paused: w.at(layout.WithdrawalQueuePausedSlot).bool(layout.WithdrawalQueuePausedOffset, layout.WithdrawalQueuePausedBytes),
		LockedWei: w.at(layout.WithdrawalQueueLockedWeiSlot).wei(
			layout.WithdrawalQueueLockedWeiOffset, layout.WithdrawalQueueLockedWeiBytes),
		LastRequestID: w.at(layout.WithdrawalQueueLastRequestIdSlot).uint64(
			layout.WithdrawalQueueLastRequestIdOffset, layout.WithdrawalQueueLastRequestIdBytes),
		LastFinalizedID: w.at(layout.WithdrawalQueueLastFinalizedIdSlot).uint64(
			layout.WithdrawalQueueLastFinalizedIdOffset, layout.WithdrawalQueueLastFinalizedIdBytes),
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
	layout.WithdrawalQueueRequestsElementCreatedAtSlot|layout.WithdrawalQueueRequestsElementClaimedSlot]

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
	}
}
