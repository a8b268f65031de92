package report

import "fmt"

// FarFutureEpoch is FAR_FUTURE_EPOCH of the consensus spec: no such epoch is set.
const FarFutureEpoch = 1<<64 - 1

// ExitRules are the parameters of the network that decide how fast exits are, as the beacon node's spec endpoint names them.
type ExitRules struct {
	MinChurnGwei          uint64 // MIN_PER_EPOCH_CHURN_LIMIT_ELECTRA, an epoch
	MaxChurnGwei          uint64 // MAX_PER_EPOCH_ACTIVATION_EXIT_CHURN_LIMIT, an epoch; not needed from Gloas on
	ChurnQuotient         uint64 // CHURN_LIMIT_QUOTIENT; not needed from Gloas on
	ChurnQuotientGloas    uint64 // CHURN_LIMIT_QUOTIENT_GLOAS (EIP-8061); not needed before
	MaxSeedLookahead      uint64 // epochs
	ShardCommitteePeriod  uint64 // epochs that a validator must have been active before it can leave
	MinActivationGwei     uint64 // MIN_ACTIVATION_BALANCE: partial withdrawals leave as much
	WithdrawalsPerPayload uint64 // MAX_WITHDRAWALS_PER_PAYLOAD
	PendingPartialsLimit  uint64 // PENDING_PARTIAL_WITHDRAWALS_LIMIT; from Gloas on 0 for none
}

// ExitQueue is the state's queue of exits, whose validators leave in the order in which they asked: earliest_exit_epoch and exit_balance_to_consume.
type ExitQueue struct {
	EarliestEpoch        uint64 // in which the last one of it leaves
	BalanceToConsumeGwei uint64 // what else can leave in that epoch
}

// ExitChurn is how much can leave in an epoch, in gwei: get_activation_exit_churn_limit of Electra, get_exit_churn_limit of Gloas, which has no upper bound.
func ExitChurn(totalActiveGwei, incrementGwei uint64, rules ExitRules, gloas bool) uint64 {
	quotient := rules.ChurnQuotient
	if gloas {
		quotient = rules.ChurnQuotientGloas
	}
	churn := max(rules.MinChurnGwei, totalActiveGwei/quotient)
	churn -= churn % incrementGwei
	if gloas {
		return churn
	}
	return min(churn, rules.MaxChurnGwei)
}

// ExitEpoch is when so many gwei would leave whose exit is processed in epoch: compute_exit_epoch_and_update_churn of Electra. It returns the queue after it too.
func (q ExitQueue) ExitEpoch(gwei, epoch, churnGwei uint64, rules ExitRules) (uint64, ExitQueue) {
	earliest, left := epoch+1+rules.MaxSeedLookahead, churnGwei // compute_activation_exit_epoch
	if q.EarliestEpoch >= earliest {
		earliest, left = q.EarliestEpoch, q.BalanceToConsumeGwei
	}
	if gwei > left {
		more := (gwei-left-1)/churnGwei + 1
		earliest += more
		left += more * churnGwei
	}
	return earliest, ExitQueue{earliest, left - gwei}
}

// sweepEpochs is how long the sweep takes to come round: each validator of the registry is looked at once, and a payload pays so many.
func sweepEpochs(registry uint64, rules ExitRules, slotsPerEpoch uint64) uint64 {
	perEpoch := rules.WithdrawalsPerPayload * slotsPerEpoch
	return (registry + perEpoch - 1) / perEpoch
}

// full reports whether no more partial withdrawals can be pending.
func (r ExitRules) full(partials uint64) bool {
	return r.PendingPartialsLimit > 0 && partials >= r.PendingPartialsLimit
}

// check refuses parameters that no network has.
func (r ExitRules) check(gloas bool) error {
	for _, p := range []struct {
		name        string
		value, most uint64
		needed      bool
	}{
		{"least churn", r.MinChurnGwei, maxChurnGwei, true}, {"largest churn", r.MaxChurnGwei, maxChurnGwei, !gloas},
		{"churn quotient", r.ChurnQuotient, maxSlot, !gloas}, {"churn quotient of Gloas", r.ChurnQuotientGloas, maxSlot, gloas},
		{"seed lookahead", r.MaxSeedLookahead, maxSlotTerm, true}, {"shard committee period", r.ShardCommitteePeriod, maxSlot, true},
		{"least balance of activation", r.MinActivationGwei, maxChurnGwei, true}, {"withdrawals of a payload", r.WithdrawalsPerPayload, maxSlotTerm, true},
		{"limit of pending partial withdrawals", r.PendingPartialsLimit, maxSlot, !gloas},
	} {
		if p.needed && p.value == 0 || p.value > p.most {
			return fmt.Errorf("%w: the network's %s is %d", ErrInconsistentExits, p.name, p.value)
		}
	}
	return nil
}

// maxChurnGwei bounds amounts among the parameters: no network comes near, and sums of a few of them fit 64 bits.
const maxChurnGwei = 1 << 56
