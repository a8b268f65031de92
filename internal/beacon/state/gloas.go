package state

import (
	"fmt"
	"math"
	"math/bits"
)

// Containers of Gloas. Source: consensus specs, gloas beacon-chain.md; Withdrawal is of Capella.
var (
	builderShape           = shape{48, 1, 20, 8, 8, 8}
	builderWithdrawalShape = shape{20, 8, 8}
	builderPaymentParts    = nested{shape{8}, builderWithdrawalShape, shape{8}}
	withdrawalShape        = shape{8, 8, 20, 8}
	commitmentShape        = shape{48}
	bidShape               = shape{32, 32, 32, 32, 20, 8, 8, 8, 8, 8, offsetSize, 32} // but for blob_kzg_commitments
)

// progressiveLists are the lists that Gloas made progressive.
var progressiveLists = map[string]bool{
	validatorsField: true, balancesField: true, "previous_epoch_participation": true, "current_epoch_participation": true, "inactivity_scores": true,
	pendingDepositsField: true, partialsField: true, "pending_consolidations": true,
}

// Fields that errors name too.
const (
	availabilityField = "execution_payload_availability"
	expectedField     = "payload_expected_withdrawals"
)

// gloasFields is Gloas' BeaconState, made of Fulu's: latest_block_hash in the place of the header, progressive lists, eight fields more.
func gloasFields(fulu []field, s Spec) []field {
	fields := make([]field, 0, len(fulu)+8)
	for _, f := range fulu {
		switch {
		case f.kind == execution:
			f = one("latest_block_hash", shape{32}, func(p *parser, b []byte) error { copy(p.state.LatestBlockHash[:], b); return nil })
		case progressiveLists[f.name]:
			f = progressive(f)
		}
		fields = append(fields, f)
	}
	epochs := 2 + s.MinSeedLookahead
	return append(fields,
		progressive(builderList()),
		one("next_withdrawal_builder_index", shape{8}, nil),
		field{name: availabilityField, kind: byteVector, width: 1, count: (s.SlotsPerHistoricalRoot + 7) / 8, visit: (*parser).checkAvailability},
		field{name: "builder_pending_payments", kind: elementVector, parts: builderPaymentParts, width: uint64(builderPaymentParts.size()), count: 2 * s.SlotsPerEpoch},
		progressive(list("builder_pending_withdrawals", builderWithdrawalShape, 0, nil)),
		field{name: "latest_execution_payload_bid", kind: payloadBid},
		progressive(list(expectedField, withdrawalShape, 0, (*parser).visitExpected)),
		field{name: "ptc_window", kind: elementVector, shape: shape{int(8 * s.PTCSize)}, width: 8 * s.PTCSize, count: epochs * s.SlotsPerEpoch},
	)
}

// builderList is scanned for keys that are to be proven.
func builderList() field {
	f := list(buildersField, builderShape, 0, nil)
	f.scan = (*scanner).builders
	return f
}

// builders scans a block of the builders for keys of Query.ProveKeys.
func (s *scanner) builders(data []byte, first uint64) error {
	for i, size := 0, builderShape.size(); i < len(data); i += size {
		if !s.watch.mayHave(data[i:]) {
			continue
		}
		known := s.watch.find([publicKeySize]byte(data[i:]))
		if known == nil || !known.prove {
			continue
		}
		if err := s.wantBuilder(known, data[i:][:publicKeySize], first+uint64(i/size)); err != nil {
			return err
		}
	}
	return nil
}

// progressive is the list without its limit: offsets of 32 bits and Query.MaxBytes bound it.
func progressive(f field) field {
	f.progressive, f.limit = true, maxListLimit
	return f
}

// checkAvailability refuses bits beyond Bitvector[SLOTS_PER_HISTORICAL_ROOT].
func (p *parser) checkAvailability(data []byte) error {
	used := p.spec.SlotsPerHistoricalRoot % 8
	if p.availability += uint64(len(data)); used == 0 || p.availability < p.spec.SlotsPerHistoricalRoot/8+1 {
		return nil
	}
	if last := data[len(data)-1]; last>>used != 0 {
		return p.src.fail(availabilityField, fmt.Errorf("%w: more than %d bits: the last byte is %08b", ErrMalformed, p.spec.SlotsPerHistoricalRoot, last))
	}
	return nil
}

// Fields of a withdrawal. A builder's stands under its index in builders, with bit 40 set (BUILDER_INDEX_FLAG).
const (
	withdrawalValidatorAt = 8
	withdrawalAmountAt    = 36
	builderIndexFlag      = 1 << 40

	// maxExpected bounds what is kept of the pool's before the root is known. No honest state comes near: a payload has 16 withdrawals on all networks.
	maxExpected = 1 << 16
)

// visitExpected takes the withdrawals of the pool's validators: deducted from their balances, not yet paid. Whose one is tells the index, never the address: to
// the pool's vault builders can withdraw as well.
func (p *parser) visitExpected(data []byte) error {
	for size := withdrawalShape.size(); len(data) >= size; data = data[size:] {
		p.state.ExpectedTotal++
		index, gwei := uint64At(data, withdrawalValidatorAt), uint64At(data, withdrawalAmountAt)
		if index >= builderIndexFlag || index > math.MaxUint32 || !p.scanner.inPool(uint32(index)) {
			continue
		}
		sum, carry := bits.Add64(p.state.InFlightGwei, gwei, 0)
		switch {
		case carry != 0:
			return p.src.fail(expectedField, fmt.Errorf("%w: they sum up to more than 64 bits", ErrMalformed))
		case len(p.state.InFlight) == maxExpected:
			return p.src.fail(expectedField, fmt.Errorf("%w: more than %d of the pool's", ErrTooLong, maxExpected))
		}
		p.state.InFlightGwei = sum
		p.state.InFlight = append(p.state.InFlight, ExpectedWithdrawal{Index: uint32(index), AmountGwei: gwei})
	}
	return nil
}
