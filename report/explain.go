package report

import (
	"fmt"
	"math/big"

	"github.com/tidemark-oracle/tidemark/internal/format"
)

// Line explains one number to whoever runs a node.
type Line struct {
	Field    string `json:"field"`    // EIP-712 name, or the words of what stands behind the field above
	Value    string `json:"value"`    // with its unit
	Sentence string `json:"sentence"` // where it comes from and how it was computed
}

// explanation collects lines about one report.
type explanation struct {
	s       Snapshot
	c       Computed
	pending pendingTotals
	lines   []Line
}

// explain says of every field of the report where it comes from.
func explain(s Snapshot, c Computed, pending pendingTotals) []Line {
	e := &explanation{s: s, c: c, pending: pending}
	e.block()
	e.consensusLayer()
	e.executionLayer()
	e.queue()
	e.bunker()
	e.commitment()
	e.effect()
	e.sanity()
	return e.lines
}

func (e *explanation) add(field, value, sentence string, args ...any) {
	e.lines = append(e.lines, Line{field, value, fmt.Sprintf(sentence, args...)})
}

func (e *explanation) block() {
	r, b := e.c.Report, e.s.Block
	e.add("version", fmt.Sprint(r.Version), "Format of the report; no other one is read or written.")
	e.add("committee", r.Committee.Hex(), "Digest of the committee that is in force for this reference slot, with its schedule, as the committee contract gives it.")
	e.add("refSlot", fmt.Sprintf("slot %d", r.RefSlot), "The report speaks of this slot, which began at %s (timestamp %d), in epoch %d.",
		format.Unix(b.RefTimestamp), b.RefTimestamp, r.RefSlot/e.s.Consensus.Rules.SlotsPerEpoch)
	e.add("lastRefSlot", e.basis(), "The pool's last report at the reference block. The oracle refuses this report once another one is in force, or once requests were finalized without one.")
	missed := "the reference slot itself"
	if b.Slot < r.RefSlot {
		missed = fmt.Sprintf("there is no block in the %s from there to the reference slot", format.Plural(r.RefSlot-b.Slot, "slot"))
	}
	e.add("refBlockRoot", r.RefBlockRoot.Hex(), "Root of the last beacon block at or before the reference slot, in slot %d (%s). "+
		"Its state has root %s and its execution block is number %d, %s.", b.Slot, missed, b.StateRoot, b.ExecutionNumber, b.ExecutionHash)
}

// basis names the report that this one is computed on.
func (e *explanation) basis() string {
	last := e.s.Execution.Last
	if last.SilentCalls == 0 {
		return fmt.Sprintf("slot %d", last.RefSlot)
	}
	return fmt.Sprintf("slot %d and %s without a report", last.RefSlot, format.Plural(uint64(last.SilentCalls), "finalization"))
}

func (e *explanation) consensusLayer() {
	r, p := e.c.Report, e.pending
	epoch := r.RefSlot / e.s.Consensus.Rules.SlotsPerEpoch
	e.add("clValidatorsGwei", gwei(r.CLValidatorsGwei), "Sum of the actual balances of the %s whose withdrawal credentials name the pool's vault, read from the beacon state.",
		format.Plural(uint64(r.Validators), "validator"))
	e.add("clPendingGwei", gwei(r.CLPendingGwei), "Sum of %s that the beacon chain has seen but not applied yet. Making a new validator of the pool: %d; going to one that it has or will have: %d%s.%s%s",
		format.Plural(uint64(p.counted), "pending deposit"), p.newKeys, p.counted-p.newKeys, giftNote(p.foreign), lossNote(p.diagnostics.FrontRun), burnNote(p.diagnostics.Lost))
	e.add("clInFlightGwei", gwei(r.CLInFlightGwei), "Withdrawals that are deducted from the pool's validators and wait for the execution payload that pays them to the vault. It is 0 before Gloas: until then a withdrawal is deducted and paid in the same block.")
	e.add("unprovenGwei", gwei(r.UnprovenGwei), "How much of the two sums of validators and pending deposits is first ether of keys that are not proven: %s at the execution block, %s of it on pending deposits. It stands at par in the pool's own book, so it is no part of any comparison over time.",
		format.Plural(uint64(len(e.s.Consensus.Unproven)), "key"), gwei(p.first.pendingGwei))
	e.add("validators", format.Plural(uint64(r.Validators), "validator"), "Number of validators in the beacon state with the pool's withdrawal credentials, whether they wait, work, left or were slashed.")
	e.add("exited", format.Plural(uint64(r.Exited), "validator"), "Of them, those whose exit epoch is %d, the reference slot's, or earlier.", epoch)
	e.add("slashed", format.Plural(uint64(r.Slashed), "validator"), "Of them, those that the beacon state marks as slashed.")
}

func (e *explanation) executionLayer() {
	r, last := e.c.Report, e.s.Execution.Last
	deposits := sub(r.DepositedWei.ToBig(), last.DepositedWei.ToBig())
	e.add("depositedWei", wei(r.DepositedWei.ToBig()), "All ether that the pool ever sent to the deposit contract, proven from the pool's storage; %s of it since the last report, of slot %d.",
		format.Ether(deposits), last.RefSlot)
	e.add("withdrawalVaultWei", wei(r.WithdrawalVaultWei.ToBig()), "Balance of the withdrawal vault, proven from the execution state. The last report left %s of it there.",
		format.Ether(last.WithdrawalVaultLeftWei.ToBig()))
	e.add("elRewardsVaultWei", wei(r.ELRewardsVaultWei.ToBig()), "Balance of the vault for tips and block rewards, proven from the execution state.")
}

func (e *explanation) queue() {
	r, q, out := e.c.Report, e.s.Execution.Queue, e.c.Rebase
	value := "0 (none)"
	if r.FinalizeUpTo > 0 {
		value = fmt.Sprintf("request %d", r.FinalizeUpTo)
	}
	waiting := q.LastRequestID - q.LastFinalizedID
	available := add(e.s.Execution.BufferedWei.ToBig(), add(out.FromWithdrawalsWei, out.FromRewardsWei))
	var why string
	switch {
	case waiting == 0:
		why = "No withdrawal request waits."
	case e.s.queuePaused():
		why = fmt.Sprintf("The queue is paused until %s, with %s waiting.", format.Unix(q.PausedUntil), format.Plural(waiting, "request"))
	case out.BeyondNoise && e.s.Execution.Doubt.LossesInRow < MaxLossesInRow:
		why = fmt.Sprintf("This report loses more than noise: the %s wait until the next one confirms the loss or takes it back.", format.Plural(waiting, "waiting request"))
	case e.s.Execution.TotalShares.IsZero() || out.RebasedPooledWei.Sign() == 0:
		why = fmt.Sprintf("The pool has no ether or no shares, so there is no rate to pay the %s at.", format.Plural(waiting, "waiting request"))
	case r.FinalizeUpTo == 0:
		why = fmt.Sprintf("None of the %s after request %d can be paid: it would have to be made by %s and fit into the %s in the buffer and from the vaults.",
			format.Plural(waiting, "waiting request"), q.LastFinalizedID, format.Unix(e.notAfter()), format.Ether(available))
	default:
		why = fmt.Sprintf("Of the %s after request %d, the last one that was made by %s and up to which all can be paid: they lock %s of the %s in the buffer and from the vaults. "+
			"One report finalizes at most %d, no two between which the rate fell, and none that is paid its shares with a first one that is paid its value.",
			format.Plural(waiting, "waiting request"), q.LastFinalizedID, format.Unix(e.notAfter()), format.Ether(out.LockWei), format.Ether(available), MaxRequestsPerReport)
	}
	e.add("finalizeUpTo", value, "%s", why)
	e.add("exitGwei", gwei(r.ExitGwei), "Ether that exits must bring home for the requests that wait. It is 0 until exits follow demand.")
	e.add("exitsAskedGwei", gwei(r.ExitsAskedGwei), "Ether of all exits that were ever asked for. It is 0 until exits follow demand.")
}

// notAfter is when a request must have been made to be finalized.
func (e *explanation) notAfter() uint64 {
	at := e.s.Block.RefTimestamp - min(e.s.Block.RefTimestamp, uint64(e.s.Execution.Queue.RequestMarginSeconds))
	if before := e.c.Bunker.BeforeTimestamp; e.c.Bunker.Bunker {
		at = min(at, before-min(before, 1))
	}
	return at
}

func (e *explanation) bunker() {
	b := e.c.Bunker
	sentence := "Nothing was lost since the last report and the penalties to come are at most what a frame earns."
	switch {
	case b.Bunker && b.BeforeTimestamp == 0:
		sentence = "Losses are in progress, and a slashing among them has no known date: no request is finalized until its penalty has come."
	case b.Bunker:
		sentence = fmt.Sprintf("Losses are in progress: only requests from before %s are finalized, and no ether goes to the beacon chain.", format.Unix(b.BeforeTimestamp))
	}
	e.add("bunker", yesNo(b.Bunker), "%s", sentence)
	e.add("consensus-layer change", wei(b.ChangeWei), "Validators, pending deposits, withdrawals in flight and withdrawal vault now, less validators, pending deposits and withdrawals in flight of the last report, "+
		"deposits since, and what the last report left in the withdrawal vault. Bunker when negative.")
	e.add("penalties to come", gwei(b.PenaltyGwei), "What slashed validators of the pool will lose half-way to their withdrawal, by the slashings of the whole network so far. Bunker when above the next line.")
	e.add("normal reward of a frame", gwei(b.NormalRewardGwei), "What the pool's active validators, %s of effective balance, earn in %s when all do their duty.",
		format.EtherOfGwei(e.s.Consensus.PoolActiveGwei), format.Plural(e.s.EpochsPerFrame, "epoch"))
}

func (e *explanation) commitment() {
	r := e.c.Report
	e.add("balancesRoot", r.BalancesRoot.Hex(), "Commitment to index, balance, exit and slashing of each of the %s: anyone can prove a false one.", format.Plural(uint64(r.Validators), "validator"))
	e.add("pendingRoot", r.PendingRoot.Hex(), "Commitment to the pool's pending deposits. It is 0 until they are committed to.")
	e.add("digest", e.c.Digest.Hex(), "Identifies this report for the oracle contract %s on chain %s: members vote for it.", e.s.Domain.Oracle, e.s.Domain.ChainID)
}

func (e *explanation) effect() {
	x, out := e.s.Execution, e.c.Rebase
	e.add("pooled ether after", wei(out.PooledWei), "From %s, if the pool does not change before the report is applied: the consensus layer %s, %s come from the withdrawal vault, %s from the rewards vault, %s are locked for requests.",
		format.Ether(x.TotalPooledWei.ToBig()), gainedOrLost(out.CLChangeWei), format.Ether(out.FromWithdrawalsWei), format.Ether(out.FromRewardsWei), format.Ether(out.LockWei))
	e.bound()
	e.loss()
	e.add("shares after", out.Shares.String()+" shares", "From %s shares: %s are burned for finalized requests and %s minted as the fee of %s, "+
		"which is due on what the consensus layer earned, up to %d/10000 of it a year, and on the rewards vault.",
		x.TotalShares.Dec(), out.BurnShares, out.FeeShares, format.Ether(out.FeeWei), x.Terms.NormalRewardBps)
}

// bound says what of the ether that is booked the share rate may not have yet, and why.
func (e *explanation) bound() {
	x, out, seconds := e.s.Execution, e.c.Rebase, e.s.elapsedSeconds()
	e.add("unrecognised ether after", wei(sub(out.BookedWei, out.PooledWei)), "What the pool has booked above the ether that its share rate counts; %s before. It belongs to all holders, and later reports let it in: "+
		"the rate rises by at most %d/10000 a year, here of the %d seconds since slot %d, by what comes back of an unconfirmed loss, and by what the bucket gives.",
		format.Ether(sub(x.BookedWei(), x.TotalPooledWei.ToBig())), x.Bounds.MaxRiseBps, seconds, x.Last.RefSlot)
	e.add("bucket", gwei(e.s.bucketGwei()), "What gains beyond the yearly rates could take at the reference slot, of at most %s: %s after the last report, and it fills in %d seconds. "+
		"The share rate takes %s of it, the consensus layer's gain %s; the larger of the two is taken.",
		format.EtherOfGwei(x.Bounds.BucketGwei), format.EtherOfGwei(x.Head.BucketGwei), x.Bounds.BucketRefillSeconds, format.Ether(out.BucketUsedWei), format.EtherOfGwei(e.c.Sanity.Effect.BucketGwei))
}

// loss says what this report loses, and what becomes of the last one's loss.
func (e *explanation) loss() {
	x, out := e.s.Execution, e.c.Rebase
	verdict := "not more than noise"
	if out.BeyondNoise {
		verdict = "more than noise: it stays unconfirmed, and deposits wait, until the next report takes it back or confirms it"
	}
	e.add("loss", wei(out.LostWei), "Fall of the ether that the share rate counts; noise is %d/100000 of it. This is %s. Reports in a row before this one that lost more than noise: %d.",
		x.Terms.NoisePcm, verdict, x.Doubt.LossesInRow)
	unconfirmedWei := sumWei(x.Last.UnconfirmedGwei)
	e.add("regained loss", wei(out.RegainedWei), "Of the %s that the last report lost beyond noise, what comes back now; the other %s are confirmed.",
		format.Ether(unconfirmedWei), format.Ether(sub(unconfirmedWei, out.RegainedWei)))
}

func gainedOrLost(changeWei *big.Int) string {
	if changeWei.Sign() < 0 {
		return "lost or paid out " + format.Ether(new(big.Int).Neg(changeWei))
	}
	return "gained " + format.Ether(changeWei)
}

func giftNote(foreign int) string {
	if foreign == 0 {
		return ""
	}
	return fmt.Sprintf(", of which with other credentials, which do not matter then: %d", foreign)
}

func lossNote(frontRun []FrontRunDeposit) string {
	if len(frontRun) == 0 {
		return ""
	}
	return fmt.Sprintf(" %s with the pool's credentials not counted: another validator was first with the key.", format.Plural(uint64(len(frontRun)), "deposit"))
}

func burnNote(lost []PendingDeposit) string {
	if len(lost) == 0 {
		return ""
	}
	return fmt.Sprintf(" %s with the pool's credentials not counted: the signature is invalid and the beacon chain burns the ether.", format.Plural(len(lost), "deposit"))
}

// gwei writes an amount exactly, and in ether.
func gwei(v uint64) string { return fmt.Sprintf("%d gwei (%s)", v, format.EtherOfGwei(v)) }

// wei writes an amount exactly, and in ether.
func wei(v *big.Int) string { return fmt.Sprintf("%s wei (%s)", v, format.Ether(v)) }

func yesNo(b bool) string {
	if b {
		return "yes"
	}
	return "no"
}

// sanity says what the contracts will make of the report.
func (e *explanation) sanity() {
	switch v := e.c.Sanity; {
	case v.Code == Sane:
		e.add("sanity", "within the limits", "The contracts' sanity checks, judged at the reference block, would accept this report at once.")
	case v.Code == LastReportFalse:
		e.add("sanity", v.Code.String(), "The last report, of slot %s, was proven false: the contracts would quarantine this one until a guardian accepts it.", v.Bound)
	case v.Code.Structural():
		e.add("sanity", v.Code.String(), "The contracts would never accept this report: the value is %s and the bound %s. Something that was read contradicts what the contracts know.", v.Value, v.Bound)
	default:
		e.add("sanity", v.Code.String(), "The contracts would quarantine this report until a guardian judges it: the value is %s and the bound %s.", v.Value, v.Bound)
	}
}
