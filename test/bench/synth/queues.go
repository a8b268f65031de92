package synth

// Sizes of the queues' elements in bytes and the hashes to their roots.
const (
	depositSize, depositHashes             = 192, 10
	partialSize, partialHashes             = 24, 3
	consolidationSize, consolidationHashes = 16, 1
)

func (s *State) electraFields() []field {
	deposits, partials, consolidations := s.o.PendingDeposits, s.o.PendingPartialWithdrawals, s.o.PendingConsolidations
	var numbers []field
	for _, n := range []struct {
		name  string
		value uint64
	}{
		{"deposit_requests_start_index", s.depositIndex()},
		{"deposit_balance_to_consume", 12 * gweiPerEther},
		{"exit_balance_to_consume", 100 * gweiPerEther},
		{"earliest_exit_epoch", s.epoch + 70},
		{"consolidation_balance_to_consume", 64 * gweiPerEther},
		{"earliest_consolidation_epoch", s.epoch + 90},
	} {
		numbers = append(numbers, fixed(n.name, 8, 0, func(o *output) { o.uint64s(n.value) }))
	}
	return append(numbers,
		list("pending_deposits", deposits, depositSize, uint64(deposits)*depositHashes+s.tree(uint64(deposits), pendingDepositsLimit), s.writeDeposits),
		list("pending_partial_withdrawals", partials, partialSize, uint64(partials)*partialHashes+s.tree(uint64(partials), pendingPartialsLimit), s.writePartials),
		list("pending_consolidations", consolidations, consolidationSize,
			uint64(consolidations)*consolidationHashes+s.tree(uint64(consolidations), pendingConsolidations), s.writeConsolidations),
	)
}

// Deposit is a pending deposit.
type Deposit struct {
	PublicKey   [48]byte
	Credentials [32]byte
	AmountGwei  uint64
	Signature   [96]byte
	Slot        uint64
}

// Deposit returns pending deposit i. Two of five top up a validator of the registry, one repeats a new key with other credentials, the rest are new;
// of the new ones a third has the pool's credentials.
func (s *State) Deposit(i int) Deposit {
	word := s.draw(streamQueue, uint64(i))
	const newKeys = 1 << 40
	d := Deposit{AmountGwei: 32 * gweiPerEther, Slot: s.Slot() - 7200 + uint64(i)*7000/uint64(s.o.PendingDeposits)}
	key := newKeys + uint64(i)
	d.Credentials = addressCredentials(1+byte(word>>8%2), [20]byte(firstBytes(s.publicKey(1<<42+uint64(i)))))
	switch {
	case word%5 < 2 && s.o.Validators > 0:
		validator := int(word >> 32 % uint64(s.o.Validators))
		key, d.AmountGwei, d.Credentials = uint64(validator), gweiPerEther*(1+word>>16%32), s.credentials(validator)
	case word%5 == 2 && i > 0:
		key = newKeys + uint64(i) - 1
	case word>>16%3 == 0:
		d.Credentials = addressCredentials(1+byte(word>>8%2), s.o.PoolAddress)
	}
	d.PublicKey = s.publicKey(key)
	first, second := s.publicKey(1<<43+2*uint64(i)), s.publicKey(1<<43+2*uint64(i)+1)
	copy(d.Signature[:], first[:])
	copy(d.Signature[48:], second[:])
	return d
}

func firstBytes(key [48]byte) []byte { return key[:20] }

func (s *State) writeDeposits(o *output) {
	for i := range s.o.PendingDeposits {
		d := s.Deposit(i)
		o.bytes(d.PublicKey[:])
		o.bytes(d.Credentials[:])
		o.uint64s(d.AmountGwei)
		o.bytes(d.Signature[:])
		o.uint64s(d.Slot)
	}
}

// someValidator is an index of the registry; zero when it is empty.
func (s *State) someValidator(word uint64) uint64 { return word % uint64(max(s.o.Validators, 1)) }

func (s *State) writePartials(o *output) {
	for i := range uint64(s.o.PendingPartialWithdrawals) {
		word := s.draw(streamFields+40, i)
		o.uint64s(s.someValidator(word), gweiPerEther*(1+word>>40%64), s.epoch+20+i/8)
	}
}

func (s *State) writeConsolidations(o *output) {
	for i := range uint64(s.o.PendingConsolidations) {
		word := s.draw(streamFields+41, i)
		o.uint64s(s.someValidator(word), s.someValidator(word>>20))
	}
}

func (s *State) writeLookahead(o *output) {
	for i := range uint64(proposerLookahead) {
		o.uint64s(s.someValidator(s.draw(streamFields+42, i)))
	}
}
