package synth

// Sizes of Gloas' containers in bytes and the hashes to their roots.
const (
	builderSize, builderHashes       = 93, 7
	builderPayoutSize, payoutHashes  = 36, 3
	paymentSize, paymentHashes       = 52, 3 + payoutHashes
	withdrawalSize, withdrawalHashes = 44, 3
	bidFixed, bidFields              = 224, 12
	commitmentSize, commitmentHashes = 48, 1
	ptcRowHashes                     = ptcSize/4 - 1
	availabilityBytes                = slotsPerHistoricalRoot / 8

	// builderFlag marks the number of a builder where one of a validator can stand.
	builderFlag = 1 << 40
)

// progressive is the number of hashes over a progressive tree of leaves (EIP-7916), without that of a list's length.
func progressive(leaves uint64) uint64 {
	var total uint64
	for size := uint64(1); leaves > 0; size *= 4 {
		in := min(leaves, size)
		total += tree(in, size) + 1
		leaves -= in
	}
	return total
}

// progressiveContainer is the number of hashes over the roots of a progressive container's fields (EIP-7495).
func progressiveContainer(fields uint64) uint64 { return progressive(fields) + 1 }

// tree is the number of hashes over a list's tree, which is progressive in Gloas.
func (s *State) tree(leaves, limit uint64) uint64 {
	if s.fork == Gloas {
		return progressive(leaves)
	}
	return tree(leaves, limit)
}

// packed is tree for a list with a number of size bytes for each validator.
func (s *State) packed(count int, size uint64) uint64 {
	return s.tree((uint64(count)*size+31)/32, (registryLimit*size+31)/32)
}

// gloasFields are the fields that Gloas appended (consensus-specs, gloas beacon-chain.md).
func (s *State) gloasFields() []field {
	builders, payouts, expected := s.o.Builders, s.o.BuilderPendingWithdrawals, s.o.ExpectedWithdrawals
	grown := func(name string, count int, size, hashes uint64, write func(*output)) field {
		return list(name, count, size, uint64(count)*hashes+progressive(uint64(count)), write)
	}
	return []field{
		grown("builders", builders, builderSize, builderHashes, s.writeBuilders),
		fixed("next_withdrawal_builder_index", 8, 0, func(o *output) { o.uint64s(uint64(builders) / 2) }),
		fixed("execution_payload_availability", availabilityBytes, tree(availabilityBytes/32, availabilityBytes/32), func(o *output) {
			o.noise(s, streamFields+21, availabilityBytes)
		}),
		fixed("builder_pending_payments", pendingPayments*paymentSize, pendingPayments*paymentHashes+tree(pendingPayments, pendingPayments), s.writePayments),
		grown("builder_pending_withdrawals", payouts, builderPayoutSize, payoutHashes, func(o *output) {
			for i := range uint64(payouts) {
				s.writePayout(o, i)
			}
		}),
		s.bidField(),
		grown("payload_expected_withdrawals", expected, withdrawalSize, withdrawalHashes, s.writeExpected),
		fixed("ptc_window", ptcRows*ptcSize*8, ptcRows*ptcRowHashes+tree(ptcRows, ptcRows), s.writePTC),
	}
}

func (s *State) bidField() field {
	commitments := uint64(s.o.BlobCommitments)
	return field{
		name: "latest_execution_payload_bid", size: bidFixed + commitments*commitmentSize, variable: true,
		hashes: progressiveContainer(bidFields) + commitments*commitmentHashes + progressive(commitments) + 1, write: s.writeBid,
	}
}

func (s *State) writeBuilders(o *output) {
	for i := range uint64(s.o.Builders) {
		key := s.publicKey(1<<44 + i)
		o.bytes(key[:])
		o.byte(3)
		o.bytes(firstBytes(s.publicKey(1<<45 + i)))
		o.uint64s(100*gweiPerEther+s.draw(streamFields+22, i)%gweiPerEther, s.epoch-100, farFutureEpoch)
	}
}

func (s *State) writePayout(o *output, i uint64) {
	word := s.draw(streamFields+23, i)
	o.bytes(firstBytes(s.publicKey(1<<46 + i)))
	o.uint64s(word%gweiPerEther, word>>32%max(uint64(s.o.Builders), 1))
}

func (s *State) writePayments(o *output) {
	for i := range uint64(pendingPayments) {
		o.uint64s(s.draw(streamFields+24, i) >> 16)
		s.writePayout(o, 1<<20+i)
		o.uint64s(s.someValidator(s.draw(streamFields+25, i)))
	}
}

func (s *State) writeBid(o *output) {
	const from = streamFields + 26
	o.noise(s, streamFields+20, 32) // on latest_block_hash
	o.noise(s, from, 32)            // parent block root
	o.noise(s, from+1, 32)          // block hash
	o.noise(s, from+2, 32)          // previous randao
	o.noise(s, from+3, 20)          // fee recipient
	o.uint64s(60_000_000, 7, s.Slot(), gweiPerEther/20, 0)
	o.offset(bidFixed)
	o.noise(s, from+4, 32) // root of the execution requests
	o.noise(s, from+5, s.o.BlobCommitments*commitmentSize)
}

// writeExpected owes one of four to a builder, the others to validators, from the pool's first on.
func (s *State) writeExpected(o *output) {
	for i := range uint64(s.o.ExpectedWithdrawals) {
		word := s.draw(streamFields+32, i)
		index := s.someValidator(word >> 8)
		for s.o.PoolValidators > 0 && !s.InPool(int(index)) {
			index = s.someValidator(index + 1)
		}
		if i%4 == 3 {
			index = builderFlag | i
		}
		o.uint64s(90_000_000+i, index)
		o.bytes(s.o.PoolAddress[:])
		o.uint64s(word % (20 * gweiPerEther))
	}
}

func (s *State) writePTC(o *output) {
	for i := range uint64(ptcRows * ptcSize) {
		o.uint64s(s.someValidator(s.draw(streamFields+33, i)))
	}
}
