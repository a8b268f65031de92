package consensus

// maxOwed bounds the records that wait for a journal that takes none: more evidence than a committee can give in two rounds.
const maxOwed = 2*MaxMembers + 8

// persist gives a record to the journal in this Ready. If that fails, takeBack runs.
func (c *Core) persist(record Record, takeBack func()) {
	c.out.Persist = append(c.out.Persist, record)
	c.onFailure(takeBack)
}

// onFailure registers what to take back if this Ready's records do not become durable, since then nothing of it leaves.
func (c *Core) onFailure(takeBack func()) { c.undo = append(c.undo, takeBack) }

// mayPersist is false for a while after a failed write.
func (c *Core) mayPersist() bool { return c.now >= c.retryAt }

// owe gives a record to the journal as soon as it takes it, whatever becomes of the round.
func (c *Core) owe(record Record) bool {
	if len(c.owed) >= maxOwed {
		return false
	}
	c.owed = append(c.owed, record)
	return true
}

func (c *Core) settleDebts() {
	if len(c.owed) == 0 || !c.mayPersist() {
		return
	}
	debts := c.owed
	c.owed = nil
	c.out.Persist = append(c.out.Persist, debts...)
	c.onFailure(func() { c.owed = append(debts, c.owed...) })
}

// persistFailed takes back what the last Ready took for granted. A later Ready tries again.
func (c *Core) persistFailed(e PersistFailed) {
	for _, takeBack := range c.undo {
		takeBack()
	}
	c.retryAt, c.refused = c.now.After(c.config.Timing.RetryEvery), true
	if r := c.newest(); r != nil {
		r.resendAt = c.now // What was to be said was not.
		c.alarm(r, AlarmJournal, -1, "a record could not be made durable, nothing was sent or signed: "+shorten(e.Why))
	}
}

// saveCertificates gives certificates to the journal, and those that were made here to all.
func (c *Core) saveCertificates() {
	if !c.mayPersist() {
		return
	}
	for _, r := range c.rounds {
		for _, held := range []*heldCertificate{r.certificate, r.conflict} {
			if held == nil || held.recorded {
				continue
			}
			held.recorded = true
			c.persist(CertificateRecord{*held.certificate, c.clock.shown(held.seenAt)}, func() { held.recorded = false })
			if held.made {
				c.send("", held.certificate)
			}
		}
	}
}
