package loopsim

// normalPpb is what an ether earns in a day when all validators do their duty, in parts per billion: 2.8 % a year.
const normalPpb = 76_712

// earn gives validators a day's rewards and sweeps those that do not compound. Tips and blocks go to the vault at once.
func (c *chain) earn(day *frameFacts) {
	for i := range c.validators {
		v := &c.validators[i]
		if !v.active(c.epoch) {
			continue
		}
		gwei := effective(v.balanceGwei) / ether * normalPpb * day.participation / 1000
		v.balanceGwei += gwei
		c.earnedGwei += gwei
		if !c.facts.compounding {
			c.sweep(v)
		}
	}
	tips := c.earnedGwei * c.facts.rewardsVault / 1000
	c.vaultGwei += tips
	c.tipsEver += tips
	c.penalise()
}

// sweep pays what a validator has above the least balance when the sweep has come by.
func (c *chain) sweep(v *validator) {
	if c.epoch < v.sweptAt {
		return
	}
	v.sweptAt += c.facts.sweepEpochs
	if v.balanceGwei > leastGwei {
		c.inFlightGwei += v.balanceGwei - leastGwei
		v.balanceGwei = leastGwei
	}
}

// slash slashes so many validators of the pool, with others of the network.
func (c *chain) slash(day *frameFacts, churnGwei uint64) {
	c.slashingsGwei = day.networkSlashings
	for i, left := 0, day.slashed; i < len(c.validators) && left > 0; i++ {
		v := &c.validators[(i+len(c.validators)/2)%len(c.validators)]
		if v.slashed || !v.active(c.epoch) {
			continue
		}
		left--
		c.leave((i+len(c.validators)/2)%len(c.validators), churnGwei)
		v.slashed, v.withdrawal = true, max(v.withdrawal, c.epoch+vector)
		c.lose(v, effective(v.balanceGwei)/4096)
	}
}

// penalise takes correlation penalties half-way to the withdrawal.
func (c *chain) penalise() {
	for _, key := range c.leaving {
		if v := &c.validators[key]; v.slashed && !v.penalised && c.epoch > v.withdrawal-vector/2 {
			v.penalised = true
			c.lose(v, c.penalty(v))
		}
	}
}

// penalty is the correlation penalty of a slashed validator.
func (c *chain) penalty(v *validator) uint64 {
	perIncrement := min(c.slashingsGwei*3, totalActiveGwei) / (totalActiveGwei / ether)
	return min(perIncrement*(effective(v.balanceGwei)/ether), v.balanceGwei)
}

// openPenalties are those that are still to come, and the epoch of the first slashing among them.
func (c *chain) openPenalties() (gwei, since uint64) {
	since = far
	for _, key := range c.leaving {
		if v := &c.validators[key]; v.slashed && !v.penalised {
			gwei += c.penalty(v)
			since = min(since, v.withdrawal-vector)
		}
	}
	return gwei, since
}

func (c *chain) lose(v *validator, gwei uint64) {
	gwei = min(gwei, v.balanceGwei)
	v.balanceGwei -= gwei
	c.lostGwei += gwei
}

// totals are the ether of the pool's validators and pending deposits, and the effective balances of active ones.
func (c *chain) totals() (allGwei, activeGwei uint64) {
	for i := range c.validators {
		v := &c.validators[i]
		allGwei += v.balanceGwei + v.pendingGwei
		if v.active(c.epoch) {
			activeGwei += effective(v.balanceGwei)
		}
	}
	return allGwei + c.inFlightGwei + c.vaultGwei, activeGwei
}
