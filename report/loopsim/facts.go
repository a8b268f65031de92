package loopsim

// The chain's times. A frame is a day.
const (
	frameEpochs   = 225
	slotsPerEpoch = 32
	slotSeconds   = 12
	ether         = uint64(1e9) // in gwei
)

// flow is ether that people bring or ask for, in gwei, at an epoch.
type flow struct {
	epoch uint64
	gwei  uint64
}

// frameFacts is what happens to a pool in a frame, whatever the pool does.
type frameFacts struct {
	deposits, requests []flow // in order
	foreignExits       uint64 // gwei an epoch that others queue for exit
	foreignDeposits    uint64 // gwei an epoch that others queue for entry
	slashed            uint64 // validators of the pool that are slashed at the frame's middle
	networkSlashings   uint64 // gwei that the network then has slashed lately
	acceptedAfter      uint64 // epochs from the reference slot to the report's acceptance; frameEpochs or more: there is none
	awakeAfter         uint64 // epochs from the reference slot from which on a keeper is awake; frameEpochs: nobody is in this frame
	participation      uint64 // of the normal reward, parts per thousand
}

// facts are all that happens, and the world in which it does.
type facts struct {
	compounding   bool
	surges        bool   // others leave faster than may, for days: the queue of exits grows by more than a day a day
	startGwei     uint64 // the pool at the beginning
	gloasFrom     uint64 // epoch of the fork
	sweepEpochs   uint64 // in which the sweep really comes round; never more than over all validators
	rewardsVault  uint64 // parts per thousand of consensus rewards that tips and blocks bring
	frames        []frameFacts
	startExits    uint64 // epochs of exits that are queued at the beginning
	startDeposits uint64 // epochs of deposits that are queued at the beginning
}

// draw makes the facts of a seed.
func draw(seed uint64, frames int) *facts {
	r := newRandom(seed)
	f := &facts{
		compounding: seed%3 != 0, surges: seed%2 == 0, sweepEpochs: r.between(600, registry/(16*slotsPerEpoch)), rewardsVault: r.between(100, 400),
		startExits: r.below(14 * frameEpochs), startDeposits: r.below(21 * frameEpochs), frames: make([]frameFacts, frames),
	}
	f.startGwei = r.spread(3_000, 60_000) * ether
	if f.compounding {
		f.startGwei = r.spread(3_000, 300_000) * ether
	}
	switch last := uint64(frames) * frameEpochs; r.below(3) {
	case 1:
		f.gloasFrom = last / 2
	case 2:
		f.gloasFrom = last
	}
	people, others := newPeople(r, f.startGwei), &others{random: r, surges: f.surges}
	asleep := false
	for i := range f.frames {
		day := &f.frames[i]
		people.live(uint64(i), day)
		others.live(day)
		day.participation = r.between(960, 1000)
		day.acceptedAfter = r.between(4, 12)
		if r.chance(100) {
			day.acceptedAfter = r.between(12, 150) // the first turns failed
		}
		if r.chance(8) && i > 0 && f.frames[i-1].acceptedAfter < frameEpochs {
			day.acceptedAfter = frameEpochs // no report
		}
		switch {
		case r.chance(50) && !asleep:
			day.awakeAfter = frameEpochs
		case r.chance(200):
			day.awakeAfter = r.below(frameEpochs)
		}
		asleep = day.awakeAfter == frameEpochs
	}
	return f
}

// others are the rest of the network.
type others struct {
	*random
	surges                     bool
	exitsLeft, exitsRate       uint64 // frames that the present rate lasts, gwei an epoch
	depositsLeft, depositsRate uint64
}

// live lets others queue for exit and entry: for weeks less than may leave, then more, so that queues of weeks come and go.
func (o *others) live(day *frameFacts) {
	if o.exitsLeft == 0 {
		o.exitsLeft, o.exitsRate = o.between(5, 60), o.between(0, 240)*ether
		if o.surges && o.chance(250) {
			o.exitsLeft, o.exitsRate = o.between(3, 14), o.between(256, 640)*ether
		}
	}
	if o.depositsLeft == 0 {
		o.depositsLeft, o.depositsRate = o.between(5, 60), o.between(0, 250)*ether
		if o.chance(300) {
			o.depositsLeft, o.depositsRate = o.between(3, 20), o.between(256, 640)*ether
		}
	}
	o.exitsLeft--
	o.depositsLeft--
	day.foreignExits, day.foreignDeposits = o.exitsRate, o.depositsRate
	if o.chance(3) {
		day.slashed, day.networkSlashings = o.between(1, 3), o.spread(32, 300_000)*ether
	}
}
