package synth

import "encoding/binary"

// Sizes of containers in bytes and the hashes to their roots.
const (
	forkSize, forkHashes               = 16, 3
	headerSize, headerHashes           = 112, 6
	eth1DataSize, eth1DataHashes       = 72, 3
	checkpointSize, checkpointHashes   = 40, 1
	validatorSize, validatorHashes     = 121, 8
	summarySize, summaryHashes         = 64, 1
	committeeSize, committeeHashes     = (syncCommitteeSize + 1) * 48, 2*syncCommitteeSize + 1
	payloadFixed, payloadHashes        = 584, 28
	extraData                          = "tidemark"
	historicalRoots                    = 758 // mainnet's list ended with Capella
	mainnetGenesisTime, secondsPerSlot = 1_606_824_023, 12
)

func (s *State) denebFields() []field {
	n := s.o.Validators
	root := func(name string, from stream) field {
		return fixed(name, 32, 0, func(o *output) { o.noise(s, streamFields+from, 32) })
	}
	roots := func(name string, from stream, count uint64) field {
		return fixed(name, count*32, tree(count, count), func(o *output) { o.noise(s, streamFields+from, int(count)*32) })
	}
	number := func(name string, value uint64) field {
		return fixed(name, 8, 0, func(o *output) { o.uint64s(value) })
	}
	checkpoint := func(name string, from stream, epoch uint64) field {
		return fixed(name, checkpointSize, checkpointHashes, func(o *output) {
			o.uint64s(epoch)
			o.noise(s, streamFields+from, 32)
		})
	}
	flags := func(name string, write func(*output)) field {
		return list(name, n, 1, s.packed(n, 1), write)
	}
	return []field{
		number("genesis_time", mainnetGenesisTime),
		root("genesis_validators_root", 1),
		number("slot", s.Slot()),
		fixed("fork", forkSize, forkHashes, s.writeFork),
		fixed("latest_block_header", headerSize, headerHashes, s.writeHeader),
		roots("block_roots", 2, slotsPerHistoricalRoot),
		roots("state_roots", 3, slotsPerHistoricalRoot),
		list("historical_roots", historicalRoots, 32, tree(historicalRoots, historicalRootsLimit), func(o *output) { o.noise(s, streamFields+4, historicalRoots*32) }),
		fixed("eth1_data", eth1DataSize, eth1DataHashes, func(o *output) { s.writeETH1Data(o, 0) }),
		list("eth1_data_votes", s.o.ETH1Votes, eth1DataSize, uint64(s.o.ETH1Votes)*eth1DataHashes+tree(uint64(s.o.ETH1Votes), eth1VotesLimit), s.writeETH1Votes),
		number("eth1_deposit_index", s.depositIndex()),
		list("validators", n, validatorSize, uint64(n)*validatorHashes+s.tree(uint64(n), registryLimit), s.writeValidators),
		list("balances", n, 8, s.packed(n, 8), s.writeBalances),
		roots("randao_mixes", 5, epochsPerHistoricalVec),
		fixed("slashings", epochsPerSlashingsVector*8, packed(epochsPerSlashingsVector, 8, epochsPerSlashingsVector), s.writeSlashings),
		flags("previous_epoch_participation", s.writePreviousFlags),
		flags("current_epoch_participation", s.writeCurrentFlags),
		fixed("justification_bits", 1, 0, func(o *output) { o.byte(0b1111) }),
		checkpoint("previous_justified_checkpoint", 6, s.epoch-2),
		checkpoint("current_justified_checkpoint", 7, s.epoch-1),
		checkpoint("finalized_checkpoint", 6, s.epoch-2),
		list("inactivity_scores", n, 8, s.packed(n, 8), s.writeScores),
		fixed("current_sync_committee", committeeSize, committeeHashes, func(o *output) { o.noise(s, streamFields+8, committeeSize) }),
		fixed("next_sync_committee", committeeSize, committeeHashes, func(o *output) { o.noise(s, streamFields+9, committeeSize) }),
		s.executionField(),
		number("next_withdrawal_index", 90_000_000),
		number("next_withdrawal_validator_index", uint64(n)/2),
		list("historical_summaries", s.o.HistoricalSummaries, summarySize,
			uint64(s.o.HistoricalSummaries)*summaryHashes+tree(uint64(s.o.HistoricalSummaries), historicalRootsLimit),
			func(o *output) { o.noise(s, streamFields+10, s.o.HistoricalSummaries*summarySize) }),
	}
}

// executionField is the header of the execution block, from Gloas on its hash.
func (s *State) executionField() field {
	if s.fork == Gloas {
		return fixed("latest_block_hash", 32, 0, func(o *output) { o.noise(s, streamFields+20, 32) })
	}
	return field{name: "latest_execution_payload_header", size: payloadFixed + uint64(len(extraData)), variable: true, hashes: payloadHashes, write: s.writePayloadHeader}
}

func (s *State) depositIndex() uint64 { return uint64(s.o.Validators) + 1000 }

func (s *State) writeFork(o *output) {
	o.bytes(s.facts.previous[:])
	o.bytes(s.facts.current[:])
	o.uint64s(s.facts.epoch)
}

// writeHeader leaves the state root zero, as it is after a block.
func (s *State) writeHeader(o *output) {
	o.uint64s(s.Slot(), 0)
	o.noise(s, streamFields+11, 32)
	o.bytes(make([]byte, 32))
	o.noise(s, streamFields+12, 32)
}

func (s *State) writeETH1Data(o *output, vote int) {
	o.noise(s, streamFields+1000+stream(vote), 32)
	o.uint64s(s.depositIndex())
	o.noise(s, streamFields+10_000+stream(vote), 32)
}

func (s *State) writeETH1Votes(o *output) {
	for i := range s.o.ETH1Votes {
		s.writeETH1Data(o, i/8)
	}
}

func (s *State) writeValidators(o *output) {
	var encoded [validatorSize]byte
	for i := range s.o.Validators {
		v := s.Validator(i)
		copy(encoded[:48], v.PublicKey[:])
		copy(encoded[48:80], v.Credentials[:])
		binary.LittleEndian.PutUint64(encoded[80:], v.EffectiveBalanceGwei)
		encoded[88] = 0
		if v.Slashed {
			encoded[88] = 1
		}
		binary.LittleEndian.PutUint64(encoded[89:], v.EligibilityEpoch)
		binary.LittleEndian.PutUint64(encoded[97:], v.ActivationEpoch)
		binary.LittleEndian.PutUint64(encoded[105:], v.ExitEpoch)
		binary.LittleEndian.PutUint64(encoded[113:], v.WithdrawableEpoch)
		o.bytes(encoded[:])
	}
}

func (s *State) writeBalances(o *output) {
	for i := range s.o.Validators {
		v := s.life(i)
		o.uint64s(v.BalanceGwei)
	}
}

func (s *State) writePreviousFlags(o *output) {
	for i := range s.o.Validators {
		previous, _, _ := s.duties(i)
		o.byte(previous)
	}
}

func (s *State) writeCurrentFlags(o *output) {
	for i := range s.o.Validators {
		_, current, _ := s.duties(i)
		o.byte(current)
	}
}

func (s *State) writeScores(o *output) {
	for i := range s.o.Validators {
		_, _, score := s.duties(i)
		o.uint64s(score)
	}
}

// writeSlashings writes one epoch in 64 with up to four slashed validators.
func (s *State) writeSlashings(o *output) {
	for i := range uint64(epochsPerSlashingsVector) {
		word, gwei := s.draw(streamFields+13, i), uint64(0)
		if word%64 == 0 {
			gwei = (1 + word>>8%4) * 32 * gweiPerEther
		}
		o.uint64s(gwei)
	}
}

func (s *State) writePayloadHeader(o *output) {
	const from = streamFields + 14
	o.noise(s, from, 32)   // parent hash
	o.noise(s, from+1, 20) // fee recipient
	o.noise(s, from+2, 32) // state root
	o.noise(s, from+3, 32) // receipts root
	o.noise(s, from+4, 256)
	o.noise(s, from+5, 32) // previous randao
	o.uint64s(s.Slot()*9/10, 45_000_000, 20_000_000, mainnetGenesisTime+s.Slot()*secondsPerSlot)
	o.offset(payloadFixed)
	o.uint64s(1_500_000_000, 0, 0, 0) // base fee
	o.noise(s, from+6, 32)            // block hash
	o.noise(s, from+7, 32)            // transactions root
	o.noise(s, from+8, 32)            // withdrawals root
	o.uint64s(6*131_072, 0)
	o.bytes([]byte(extraData))
}
