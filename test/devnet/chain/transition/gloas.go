package transition

import (
	"fmt"

	"github.com/attestantio/go-eth2-client/spec/capella"
	"github.com/attestantio/go-eth2-client/spec/electra"
	"github.com/attestantio/go-eth2-client/spec/gloas"
	"github.com/attestantio/go-eth2-client/spec/phase0"
)

// SelfBuild is BUILDER_INDEX_SELF_BUILD: the proposer builds its payload itself.
const SelfBuild = gloas.BuilderIndex(1<<64 - 1)

// upgradeToGloas is upgrade_to_gloas. The network's builders are on board at once, in the place of those of pending deposits.
func (s *State) upgradeToGloas() error {
	spec, header := s.rules.spec, s.LatestExecutionPayloadHeader
	empty, err := s.rules.Root(EmptyRequests())
	if err != nil {
		return err
	}
	s.LatestExecutionPayloadHeader, s.LatestBlockHash = nil, header.BlockHash
	s.LatestExecutionPayloadBid = &gloas.ExecutionPayloadBid{BlockHash: header.BlockHash, GasLimit: header.GasLimit, ExecutionRequestsRoot: empty}
	s.ExecutionPayloadAvailability = make([]uint8, spec.SlotsPerHistoricalRoot/8)
	for i := range s.ExecutionPayloadAvailability {
		s.ExecutionPayloadAvailability[i] = 0xff
	}
	s.BuilderPendingPayments = noPayments(2 * spec.SlotsPerEpoch)
	for range spec.SlotsPerEpoch {
		s.PTCWindow = append(s.PTCWindow, make([]phase0.ValidatorIndex, spec.PTCSize))
	}
	first := s.epochStart(s.Epoch())
	s.PTCWindow = append(s.PTCWindow, s.timelinessCommittees(first, first+(1+spec.MinSeedLookahead)*spec.SlotsPerEpoch)...)
	for _, b := range s.rules.builders {
		s.addBuilder(b.PublicKey, b.Address, b.BalanceGwei)
	}
	return nil
}

// endGloasEpoch is what process_epoch (gloas) does last.
func (s *State) endGloasEpoch() {
	s.shiftLookahead()
	spec := s.rules.spec
	last := s.epochStart(s.Epoch() + spec.MinSeedLookahead + 1)
	s.PTCWindow = append(s.PTCWindow[spec.SlotsPerEpoch:], s.timelinessCommittees(last, last+spec.SlotsPerEpoch)...)
}

// timelinessCommittees stand where compute_ptc (gloas) draws: those who attest in a slot, in turn.
func (s *State) timelinessCommittees(first, end uint64) (all [][]phase0.ValidatorIndex) {
	spec := s.rules.spec
	for slot := first; slot < end; slot++ {
		var attesters []phase0.ValidatorIndex
		for i := slot % spec.SlotsPerEpoch; i < uint64(len(s.Validators)); i += spec.SlotsPerEpoch {
			if IsActive(s.Validators[i], slot/spec.SlotsPerEpoch) {
				attesters = append(attesters, phase0.ValidatorIndex(i))
			}
		}
		committee := make([]phase0.ValidatorIndex, spec.PTCSize)
		for i := range committee {
			if len(attesters) > 0 {
				committee[i] = attesters[i%len(attesters)]
			}
		}
		all = append(all, committee)
	}
	return all
}

// processGloasBlock is process_block (gloas).
func (s *State) processGloasBlock(b *Block, absent Absent) error {
	if err := s.processParentPayload(b); err != nil {
		return err
	}
	if err := s.processHeader(b); err != nil {
		return err
	}
	if s.isParentFull() {
		s.deductExpected()
	}
	if err := s.processBid(b.Bid); err != nil {
		return err
	}
	s.mixRandao(b.Body.RANDAOReveal)
	return s.processOperations(b, absent)
}

// processParentPayload is process_parent_execution_payload (gloas): with the bid that builds upon it, a payload is known to be included.
func (s *State) processParentPayload(b *Block) error {
	parent := s.LatestExecutionPayloadBid
	root, err := s.rules.Root(b.ParentRequests)
	if err != nil {
		return err
	}
	if b.Bid.ParentBlockHash != parent.BlockHash {
		if empty, err := s.rules.Root(EmptyRequests()); err != nil || root != empty {
			return fmt.Errorf("%w: it has requests of a payload that it does not build upon", ErrBlock)
		}
		return nil
	}
	if root != parent.ExecutionRequestsRoot {
		return fmt.Errorf("%w: the requests are not those of its parent's payload", ErrBlock)
	}
	s.applyParentPayload(b.ParentRequests)
	return nil
}

// applyParentPayload is apply_parent_execution_payload (gloas).
func (s *State) applyParentPayload(requests *Requests) {
	parent := s.LatestExecutionPayloadBid
	s.processRequests(requests.Deposits, requests.Withdrawals)
	s.processBuilderRequests(requests)
	s.settleParentPayment()
	at := uint64(parent.Slot) % s.rules.spec.SlotsPerHistoricalRoot
	s.ExecutionPayloadAvailability[at/8] |= 1 << (at % 8)
	s.LatestBlockHash = parent.BlockHash
}

// forgetAvailability is the last step of process_slot (gloas): the payload of the slot that begins is not there yet.
func (s *State) forgetAvailability() {
	at := (uint64(s.Slot) + 1) % s.rules.spec.SlotsPerHistoricalRoot
	s.ExecutionPayloadAvailability[at/8] &^= 1 << (at % 8)
}

// isParentFull is whether the latest payload that was bid for is known to be included.
func (s *State) isParentFull() bool {
	return s.LatestBlockHash == s.LatestExecutionPayloadBid.BlockHash
}

// deductExpected is process_withdrawals (gloas) upon a full parent: what the next payload must pay leaves the balances at once.
func (s *State) deductExpected() {
	w := s.expected()
	s.deduct(w)
	s.PayloadExpectedWithdrawals = w.found
	s.BuilderPendingWithdrawals = s.BuilderPendingWithdrawals[w.builderPayments:]
	if count := uint64(len(s.Builders)); count > 0 {
		s.NextWithdrawalBuilderIndex = gloas.BuilderIndex((uint64(s.NextWithdrawalBuilderIndex) + w.buildersSwept) % count)
	}
}

// NextPayload is what a payload of the state's slot is built upon, and what it must pay: prepare_execution_payload (gloas, validator). The requests are those
// of the payload that the latest block bid for, when that is delivered; nil when it is withheld. Before Gloas they do not count. The state is not changed.
func (s *State) NextPayload(delivered *Requests) (parent phase0.Hash32, withdrawals []*capella.Withdrawal, err error) {
	if s.fork < Gloas {
		return s.LatestExecutionHash(), s.ExpectedWithdrawals(), nil
	}
	if delivered == nil {
		return s.LatestBlockHash, s.PayloadExpectedWithdrawals, nil
	}
	next, err := s.copy()
	if err != nil {
		return parent, nil, err
	}
	next.applyParentPayload(delivered)
	return next.LatestBlockHash, next.ExpectedWithdrawals(), nil
}

// processBid is process_execution_payload_bid (gloas) without signatures and blob limits.
func (s *State) processBid(bid *gloas.ExecutionPayloadBid) error {
	switch {
	case bid.Slot != s.Slot:
		return fmt.Errorf("%w: its bid is for slot %d", ErrBlock, bid.Slot)
	case bid.ParentBlockHash != s.LatestBlockHash:
		return fmt.Errorf("%w: its bid builds upon %s, the latest payload is %s", ErrBlock, bid.ParentBlockHash, s.LatestBlockHash)
	case bid.ParentBlockRoot != s.LatestBlockHeader.ParentRoot:
		return fmt.Errorf("%w: its bid is for the parent %s", ErrBlock, bid.ParentBlockRoot)
	case bid.PrevRandao != s.PrevRandao():
		return fmt.Errorf("%w: its bid's prevRandao is %x", ErrBlock, bid.PrevRandao)
	case bid.BuilderIndex == SelfBuild && bid.Value != 0:
		return fmt.Errorf("%w: its proposer pays itself %d gwei", ErrBlock, bid.Value)
	case bid.BuilderIndex != SelfBuild:
		if err := s.CheckBid(uint64(bid.BuilderIndex), uint64(bid.Value)); err != nil {
			return fmt.Errorf("%w: %w", ErrBlock, err)
		}
	}
	s.recordPayment(bid)
	s.LatestExecutionPayloadBid = bid
	return nil
}

// Requests are what a payload asks of the consensus layer.
type Requests = gloas.ExecutionRequests

// EmptyRequests are the requests of a payload that has none.
func EmptyRequests() *Requests {
	return &Requests{
		Deposits: []*electra.DepositRequest{}, Withdrawals: []*electra.WithdrawalRequest{}, Consolidations: []*electra.ConsolidationRequest{},
		BuilderDeposits: []*gloas.BuilderDepositRequest{}, BuilderExits: []*gloas.BuilderExitRequest{},
	}
}
