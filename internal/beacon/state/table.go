package state

// kind is how a field's bytes are laid out and hashed.
type kind uint8

const (
	container     kind = iota // one element of a shape
	byteVector                // bytes in chunks, whose number the preset gives
	byteList                  // bytes in chunks, with a length: lists of integers, flags and roots
	elementList               // list of elements of a shape
	elementVector             // as many of them as the preset says
	validators                // the registry
	execution                 // the execution payload header, itself of variable size
	payloadBid                // the execution payload bid, too
	syncCommittee             // keys and their aggregate
)

// field is one field of a BeaconState.
type field struct {
	name         string
	kind         kind
	shape        shape  // of elements
	parts        nested // of elements that hold containers themselves: in the place of shape
	width        uint64 // bytes of one element
	count        uint64 // of elements in a vector
	limit        uint64 // of elements in a list
	perValidator bool   // a list with one element for each validator
	progressive  bool   // a list of EIP-7916

	keep func(p *parser, data []byte) error // of a container: takes what the pool needs
	// visit sees the elements of a list or vector in order, block by block; scan sees the blocks too, but in any order and in several
	// goroutines. first is the index of the block's first element.
	visit func(p *parser, data []byte) error
	scan  func(s *scanner, data []byte, first uint64) error
}

func (f field) variable() bool {
	switch f.kind {
	case byteList, elementList, validators, execution, payloadBid:
		return true
	}
	return false
}

// fixedSize is the field's size in the fixed part: its own, or that of its offset.
func (f field) fixedSize() uint64 {
	switch {
	case f.variable():
		return offsetSize
	case f.kind == syncCommittee:
		return (f.count + 1) * publicKeySize
	}
	return f.width * f.count
}

const (
	offsetSize          = 4
	extraDataOffsetSize = 4
	publicKeySize       = 48
	validatorSize       = 121
	gweiSize            = 8

	pendingDepositsField = "pending_deposits"
	validatorsField      = "validators"
	balancesField        = "balances"
	buildersField        = "builders"
)

// fieldsOf is the BeaconState of a fork: phase0 with the changes of each fork up to it, in SSZ order.
func fieldsOf(fork Fork, s Spec) []field {
	fields := []field{
		one("genesis_time", shape{8}, func(p *parser, b []byte) error { p.state.GenesisTime = uint64At(b, 0); return nil }),
		one("genesis_validators_root", shape{32}, func(p *parser, b []byte) error { copy(p.state.GenesisValidatorsRoot[:], b); return nil }),
		one("slot", shape{8}, func(p *parser, b []byte) error { p.state.Slot = uint64At(b, 0); return nil }),
		one("fork", forkShape, (*parser).checkFork),
		one("latest_block_header", headerShape, (*parser).keepHeader),
		{name: "block_roots", kind: byteVector, width: 32, count: s.SlotsPerHistoricalRoot, visit: (*parser).keepBlockRoots},
		vector("state_roots", 32, s.SlotsPerHistoricalRoot),
		{name: "historical_roots", kind: byteList, width: 32, limit: s.HistoricalRootsLimit},
		one("eth1_data", eth1DataShape, nil),
		list("eth1_data_votes", eth1DataShape, s.EpochsPerEth1VotingPeriod*s.SlotsPerEpoch, nil),
		one("eth1_deposit_index", shape{8}, func(p *parser, b []byte) error { p.state.Eth1DepositIndex = uint64At(b, 0); return nil }),
		{name: validatorsField, kind: validators, shape: validatorShape, width: validatorSize, limit: s.ValidatorRegistryLimit, scan: (*scanner).validators},
		perValidator(balancesField, gweiSize, s, (*scanner).balances),
		vector("randao_mixes", 32, s.EpochsPerHistoricalVector),
		{name: "slashings", kind: byteVector, width: gweiSize, count: s.EpochsPerSlashingsVector, visit: (*parser).sumSlashings},
		perValidator("previous_epoch_participation", 1, s, nil),
		perValidator("current_epoch_participation", 1, s, nil),
		one("justification_bits", shape{1}, (*parser).checkJustificationBits),
		one("previous_justified_checkpoint", checkpointShape, nil),
		one("current_justified_checkpoint", checkpointShape, nil),
		one("finalized_checkpoint", checkpointShape, (*parser).keepFinalized),
		perValidator("inactivity_scores", 8, s, nil),
		{name: "current_sync_committee", kind: syncCommittee, count: s.SyncCommitteeSize},
		{name: "next_sync_committee", kind: syncCommittee, count: s.SyncCommitteeSize},
		{name: "latest_execution_payload_header", kind: execution},
		one("next_withdrawal_index", shape{8}, nil),
		one("next_withdrawal_validator_index", shape{8}, nil),
		list("historical_summaries", summaryShape, s.HistoricalRootsLimit, nil),
	}
	if fork >= Electra {
		fields = append(fields, electraFields(s)...)
	}
	if fork >= Fulu {
		fields = append(fields, vector("proposer_lookahead", 8, (s.MinSeedLookahead+1)*s.SlotsPerEpoch))
	}
	if fork >= Gloas {
		fields = gloasFields(fields, s)
	}
	return fields
}

// electraFields are the fields that Electra appended.
func electraFields(s Spec) []field {
	return []field{
		one("deposit_requests_start_index", shape{8}, func(p *parser, b []byte) error { p.state.DepositRequestsStartIndex = uint64At(b, 0); return nil }),
		number("deposit_balance_to_consume", func(s *State) *uint64 { return &s.Churn.DepositBalanceToConsumeGwei }),
		number("exit_balance_to_consume", func(s *State) *uint64 { return &s.Churn.ExitBalanceToConsumeGwei }),
		number("earliest_exit_epoch", func(s *State) *uint64 { return &s.Churn.EarliestExitEpoch }),
		number("consolidation_balance_to_consume", func(s *State) *uint64 { return &s.Churn.ConsolidationBalanceToConsumeGwei }),
		number("earliest_consolidation_epoch", func(s *State) *uint64 { return &s.Churn.EarliestConsolidationEpoch }),
		list(pendingDepositsField, pendingDepositShape, s.PendingDepositsLimit, (*parser).visitPending),
		list(partialsField, partialShape, s.PendingPartialWithdrawalsLimit, (*parser).visitPartials),
		list("pending_consolidations", consolidationShape, s.PendingConsolidationsLimit, nil),
	}
}

func one(name string, s shape, keep func(*parser, []byte) error) field {
	return field{name: name, kind: container, shape: s, width: uint64(s.size()), count: 1, keep: keep}
}

// number is an integer that is kept.
func number(name string, to func(*State) *uint64) field {
	return one(name, shape{8}, func(p *parser, b []byte) error { *to(p.state) = uint64At(b, 0); return nil })
}

func vector(name string, width, count uint64) field {
	return field{name: name, kind: byteVector, width: width, count: count}
}

func list(name string, s shape, limit uint64, visit func(*parser, []byte) error) field {
	return field{name: name, kind: elementList, shape: s, width: uint64(s.size()), limit: limit, visit: visit}
}

func perValidator(name string, width uint64, s Spec, scan func(*scanner, []byte, uint64) error) field {
	return field{name: name, kind: byteList, width: width, limit: s.ValidatorRegistryLimit, perValidator: true, scan: scan}
}
