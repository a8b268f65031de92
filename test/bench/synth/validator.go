package synth

// Validator is all that a state says of one validator. Epochs that are not known yet are the far future epoch, 1<<64 - 1.
type Validator struct {
	PublicKey            [48]byte
	Credentials          [32]byte
	EffectiveBalanceGwei uint64
	Slashed              bool
	EligibilityEpoch     uint64
	ActivationEpoch      uint64
	ExitEpoch            uint64
	WithdrawableEpoch    uint64
	BalanceGwei          uint64
}

// Validator returns validator i of the registry.
func (s *State) Validator(i int) Validator {
	v := s.life(i)
	v.PublicKey = s.publicKey(uint64(i))
	return v
}

// InPool reports whether validator i has the pool's credentials.
func (s *State) InPool(i int) bool {
	pool, all := uint64(s.o.PoolValidators), uint64(s.o.Validators)
	return uint64(i)*pool/all != (uint64(i)+1)*pool/all
}

// life is a validator without its public key.
func (s *State) life(i int) Validator {
	v := Validator{Credentials: s.credentials(i), ExitEpoch: farFutureEpoch, WithdrawableEpoch: farFutureEpoch}
	s.enter(i, &v)
	s.leave(i, &v)
	s.fund(i, &v)
	return v
}

// credentials of two in a thousand foreign validators look like the pool's and are not. One in ten of the pool's has bytes between prefix and address, which
// nobody looks at.
func (s *State) credentials(i int) [32]byte {
	word := s.draw(streamCredentials, uint64(i))
	compounding := byte(1)
	if s.fork != Deneb && word%4 == 0 {
		compounding = 2
	}
	if s.InPool(i) {
		c := addressCredentials(compounding, s.o.PoolAddress)
		if word>>32%10 == 0 {
			c[1+word>>40%11] = byte(word >> 48)
		}
		return c
	}
	switch word >> 32 % 1000 {
	case 0:
		return addressCredentials(0, s.o.PoolAddress)
	case 1:
		return addressCredentials(3, s.o.PoolAddress)
	}
	owner := s.publicKey(1<<41 + uint64(i)/8) // who runs several validators has them in a row
	if word>>16%100 < 3 {
		c := [32]byte(owner[:32])
		c[0] = 0 // a BLS key's hash
		return c
	}
	return addressCredentials(compounding, [20]byte(owner[:20]))
}

// enter sets the epochs of the way in: one in a hundred is of genesis, one in five hundred still waits.
func (s *State) enter(i int, v *Validator) {
	all := s.o.Validators
	switch {
	case i < all/100:
		return
	case i >= all-all/500:
		v.ActivationEpoch, v.EligibilityEpoch = farFutureEpoch, s.epoch-3
		if i >= all-all/1000 {
			v.EligibilityEpoch = farFutureEpoch
		}
		return
	}
	v.ActivationEpoch = uint64(i) * (s.epoch - 16) / uint64(all)
	waited := 5 + mix(v.ActivationEpoch/3)%40
	v.EligibilityEpoch = v.ActivationEpoch - min(waited, v.ActivationEpoch)
}

// leave sets exit and slashing.
func (s *State) leave(i int, v *Validator) {
	const minStay, exitDelay, slashedDelay = 256, 256, 8192
	if v.ActivationEpoch >= s.epoch-2*minStay {
		return
	}
	window := s.epoch - v.ActivationEpoch - minStay
	run := s.draw(streamExit, uint64(i)/16)
	slashing := s.draw(streamSlashing, uint64(i))
	switch {
	case slashing%2000 == 0:
		at := v.ActivationEpoch + minStay + slashing>>32%window
		if slashing>>16%2 == 0 {
			at = s.epoch - slashing>>32%min(window, slashedDelay/2)
		}
		v.Slashed, v.ExitEpoch, v.WithdrawableEpoch = true, at+5, at+slashedDelay
	case run%100 < uint64(s.o.ExitedPercent):
		v.ExitEpoch = v.ActivationEpoch + minStay + run>>32%window + uint64(i)%16/6
		if run>>16%64 == 0 {
			v.ExitEpoch = s.epoch + 1 + run>>32%64
		}
		v.WithdrawableEpoch = v.ExitEpoch + exitDelay
	}
}

// fund sets the balances. Who is withdrawable has been swept, but for one in a hundred.
func (s *State) fund(i int, v *Validator) {
	word := s.draw(streamBalance, uint64(i))
	rewards := word >> 40 % 20_000_000
	switch {
	case v.WithdrawableEpoch <= s.epoch:
		if word%100 == 0 {
			v.BalanceGwei = rewards
		}
		return
	case v.Slashed:
		v.EffectiveBalanceGwei = 31 * gweiPerEther
	case v.Credentials[0] == 2 && word%3 == 0:
		v.EffectiveBalanceGwei = (32 + word>>8%2017) * gweiPerEther
	case word%100 == 1:
		v.EffectiveBalanceGwei = 31 * gweiPerEther
	default:
		v.EffectiveBalanceGwei = 32 * gweiPerEther
	}
	v.BalanceGwei = v.EffectiveBalanceGwei + rewards
	if word>>32%64 == 0 {
		v.BalanceGwei -= 40_000_000
	}
}

func (v *Validator) activeAt(epoch uint64) bool {
	return v.ActivationEpoch <= epoch && epoch < v.ExitEpoch
}

// participation flags of the previous and the current epoch, and the inactivity score.
func (s *State) duties(i int) (previous, current byte, score uint64) {
	v := s.life(i)
	if !v.activeAt(s.epoch) {
		return 0, 0, 0
	}
	word := s.draw(streamParticipation, uint64(i))
	previous, current = 7, 7
	if word%100 < 2 {
		previous = byte(word >> 8 % 8)
	}
	if word>>16%100 < 4 {
		current = byte(word >> 24 % 8)
	}
	if points := s.draw(streamScore, uint64(i)); points%500 == 0 {
		score = points >> 32 % 300
	}
	return previous, current, score
}
