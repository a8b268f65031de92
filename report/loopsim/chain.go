package loopsim

import "github.com/tidemark-oracle/tidemark/report"

// The network: mainnet as it is today.
const (
	registry        = 1_000_000
	totalActiveGwei = uint64(36_000_000e9)
	leastGwei       = uint64(32e9)
	largestGwei     = uint64(2048e9)
	entryChurnGwei  = uint64(256e9) // an epoch, before and after Gloas
	activationDelay = 8             // epochs from the deposit's application to activation: finality, then the seed lookahead
	finalityDelay   = 3             // epochs before a deposit can be applied
	vector          = 8192          // EPOCHS_PER_SLASHINGS_VECTOR
	far             = report.FarFutureEpoch
	firstEpoch      = 1 << 16 // of a simulation: validators of the beginning are old
)

func exitRules() report.ExitRules {
	return report.ExitRules{
		MinChurnGwei: 128e9, MaxChurnGwei: 256e9, ChurnQuotient: 1 << 16, ChurnQuotientGloas: 1 << 15, MaxSeedLookahead: 4, ShardCommitteePeriod: 256,
		MinActivationGwei: leastGwei, WithdrawalsPerPayload: 16, PendingPartialsLimit: 1 << 27,
	}
}

func consensusRules() report.ConsensusRules {
	return report.ConsensusRules{
		SecondsPerSlot: slotSeconds, SlotsPerEpoch: slotsPerEpoch, EffectiveBalanceIncrementGwei: ether, BaseRewardFactor: 64,
		EpochsPerSlashingsVector: vector, ProportionalSlashingMultiplier: 3, MinValidatorWithdrawabilityDelay: 256,
	}
}

// validator is one of the pool's. Its key is unproven until its first ether was applied and a proof given.
type validator struct {
	proven      bool
	balanceGwei uint64
	pendingGwei uint64 // in the queue of deposits
	activation  uint64 // epoch; far: not yet
	exit        uint64
	withdrawal  uint64
	slashed     bool
	penalised   bool   // the correlation penalty was taken
	asked       bool   // to leave, by a call
	sweptAt     uint64 // epoch in which the sweep comes by next; of one that leaves, after which it does
	openGwei    uint64 // asked for in part and neither paid nor dropped
}

func (v *validator) active(epoch uint64) bool { return v.activation <= epoch && epoch < v.exit }

// deposit, partial and call wait in queues.
type (
	deposit struct {
		key   int
		gwei  uint64
		epoch uint64 // in which it is applied
	}
	partial struct {
		key        int
		gwei       uint64
		withdrawal uint64 // epoch
	}
	call struct {
		key  int
		gwei uint64 // 0: the whole validator
	}
)

// chain is the beacon chain and the contract of EIP-7002, as far as the pool sees them.
type chain struct {
	facts      *facts
	rules      report.ExitRules
	epoch      uint64
	exits      report.ExitQueue
	entries    report.ExitQueue // of deposits: it works like that of exits
	validators []validator
	leaving    []int // that have an exit epoch and a balance
	deposits   []deposit
	partials   []partial
	contract   []call // of EIP-7002: handed over in the next epoch

	inFlightGwei  uint64
	vaultGwei     uint64
	askedHomeGwei uint64 // ever paid of what was asked for
	slashingsGwei uint64
	lostGwei      uint64 // since the last reference slot
	earnedGwei    uint64 // since the last reference slot
	lostEver      uint64 // until then
	earnedEver    uint64 // until then
	tipsEver      uint64 // and blocks: what came to the vault from the execution layer
}

func newChain(f *facts) *chain {
	c := &chain{facts: f, rules: exitRules()}
	c.epoch = firstEpoch
	c.exits = report.ExitQueue{EarliestEpoch: c.epoch + f.startExits}
	c.entries = report.ExitQueue{EarliestEpoch: c.epoch + f.startDeposits}
	r := newRandom(f.startGwei)
	for left := f.startGwei; left >= leastGwei; {
		gwei := leastGwei
		if f.compounding {
			gwei = min(left, r.spread(32, max(33, min(2000, f.startGwei/ether/20)))*ether) // keyBps: a twentieth of the pool
		}
		c.validators = append(c.validators, validator{proven: true, balanceGwei: gwei, exit: far, withdrawal: far, sweptAt: c.epoch + r.below(f.sweepEpochs)})
		left -= gwei
	}
	return c
}

func (c *chain) gloas() bool { return c.epoch-firstEpoch >= c.facts.gloasFrom }

// exitChurn is what may leave in an epoch.
func (c *chain) exitChurn() uint64 {
	return report.ExitChurn(totalActiveGwei, ether, c.rules, c.gloas())
}

// step lets an epoch pass, of a day with these facts.
func (c *chain) step(day *frameFacts, churnGwei uint64) {
	c.epoch++
	c.vaultGwei += c.inFlightGwei
	c.inFlightGwei = 0
	for _, a := range c.contract {
		c.take(a, churnGwei)
	}
	c.contract = c.contract[:0]
	if day.foreignExits > 0 {
		_, c.exits = c.exits.ExitEpoch(day.foreignExits/ether*(churnGwei/256), c.epoch, churnGwei, c.rules)
	}
	if day.foreignDeposits > 0 {
		_, c.entries = c.entries.ExitEpoch(day.foreignDeposits, c.epoch, entryChurnGwei, c.rules)
	}
	c.applyDeposits()
	c.payPartials()
	c.sweepLeaving()
}

// enter queues a deposit of the pool.
func (c *chain) enter(key int, gwei uint64) {
	var epoch uint64
	epoch, c.entries = c.entries.ExitEpoch(gwei, c.epoch+finalityDelay, entryChurnGwei, c.rules)
	c.validators[key].pendingGwei += gwei
	c.deposits = append(c.deposits, deposit{key, gwei, epoch})
}

func (c *chain) applyDeposits() {
	for len(c.deposits) > 0 && c.deposits[0].epoch <= c.epoch {
		d := c.deposits[0]
		c.deposits = c.deposits[1:]
		v := &c.validators[d.key]
		v.pendingGwei -= d.gwei
		v.balanceGwei += d.gwei
		if v.activation == far && v.exit == far && v.balanceGwei >= leastGwei {
			v.activation = c.epoch + activationDelay
		}
		if v.balanceGwei == d.gwei && v.exit != far { // it was paid out: the sweep will come by again
			v.sweptAt = c.epoch
			c.leaving = append(c.leaving, d.key)
		}
	}
}

// take is process_withdrawal_request of Electra.
func (c *chain) take(a call, churnGwei uint64) {
	v := &c.validators[a.key]
	if v.exit != far || v.activation > c.epoch || c.epoch-v.activation < c.rules.ShardCommitteePeriod {
		return
	}
	owed := c.owed(a.key)
	switch {
	case a.gwei == 0 && owed == 0:
		c.leave(a.key, churnGwei)
		v.asked = true
	case a.gwei > 0 && c.facts.compounding && v.balanceGwei > leastGwei+owed:
		gwei := min(a.gwei, v.balanceGwei-leastGwei-owed)
		var epoch uint64
		epoch, c.exits = c.exits.ExitEpoch(gwei, c.epoch, churnGwei, c.rules)
		c.partials = append(c.partials, partial{a.key, gwei, epoch + 256})
	}
}

// owed is get_pending_balance_to_withdraw.
func (c *chain) owed(key int) (gwei uint64) {
	for _, p := range c.partials {
		if p.key == key {
			gwei += p.gwei
		}
	}
	return gwei
}

func (c *chain) leave(key int, churnGwei uint64) {
	v := &c.validators[key]
	if v.exit != far {
		return
	}
	v.exit, c.exits = c.exits.ExitEpoch(effective(v.balanceGwei), c.epoch, churnGwei, c.rules)
	v.withdrawal, v.sweptAt = v.exit+256, 0
	c.leaving = append(c.leaving, key)
}

func (c *chain) payPartials() {
	for len(c.partials) > 0 && c.partials[0].withdrawal <= c.epoch {
		p := c.partials[0]
		c.partials = c.partials[1:]
		v := &c.validators[p.key]
		v.openGwei -= min(v.openGwei, p.gwei)
		if v.exit == far && v.balanceGwei > leastGwei {
			gwei := min(p.gwei, v.balanceGwei-leastGwei)
			v.balanceGwei -= gwei
			c.inFlightGwei += gwei
			c.askedHomeGwei += gwei
		}
	}
}

// sweepLeaving pays what has left half a round of the sweep after it could be: that is the mean, and luck would tell nothing of the formula.
func (c *chain) sweepLeaving() {
	kept := c.leaving[:0]
	for _, key := range c.leaving {
		v := &c.validators[key]
		if c.epoch < max(v.withdrawal, v.sweptAt)+c.facts.sweepEpochs/2 {
			kept = append(kept, key)
			continue
		}
		c.inFlightGwei += v.balanceGwei
		if v.asked && !v.slashed {
			c.askedHomeGwei += v.balanceGwei
		}
		v.balanceGwei, v.openGwei = 0, 0
	}
	c.leaving = kept
}

func effective(balanceGwei uint64) uint64 { return min(balanceGwei-balanceGwei%ether, largestGwei) }
