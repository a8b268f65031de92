package state

import (
	"cmp"
	"fmt"
	"math"
	"math/bits"
	"slices"
	"sync"

	"github.com/ethereum/go-ethereum/common"

	"github.com/tidemark-oracle/tidemark/report"
)

// scanner takes from the registry and the balances what concerns the pool. Its methods run in several goroutines, on blocks in any order.
type scanner struct {
	vaults []common.Address
	epoch  uint64
	watch  *watch

	scratch sync.Pool // *[]Validator: where a block's are collected, so that only as many as there are are kept

	mu         sync.Mutex
	found      []foundBlock
	activeGwei uint64
	poolGwei   uint64
	pool       []Validator // in index order, once the registry is complete
	slashed    []SlashedValidator
}

// foundBlock are the pool's validators of one block of the registry.
type foundBlock struct {
	first uint64
	pool  []Validator
}

// blockSums is what one block of the registry adds.
type blockSums struct {
	pool                 []Validator
	slashed              []SlashedValidator
	activeGwei, poolGwei uint64
	overflow             bool
}

// validators scans a block of the registry.
func (s *scanner) validators(data []byte, first uint64) error {
	scratch, _ := s.scratch.Get().(*[]Validator)
	if scratch == nil {
		scratch = new([]Validator)
	}
	sums := blockSums{pool: (*scratch)[:0]}
	for i := 0; i < len(data); i += validatorSize {
		v := data[i:][:validatorSize]
		index := first + uint64(i/validatorSize)
		if v[slashedAt] > 1 {
			return fmt.Errorf("%w: slashed of validator %d is %d, not a boolean", ErrMalformed, index, v[slashedAt])
		}
		effectiveGwei := uint64At(v, effectiveAt)
		active := uint64At(v, activationAt) <= s.epoch && s.epoch < uint64At(v, exitAt)
		if active {
			sums.addActive(effectiveGwei)
		}
		if s.isPool(v[credentialsAt:effectiveAt]) {
			if active {
				sums.poolGwei += effectiveGwei // at most activeGwei, which is checked
			}
			s.addPool(&sums, v, uint32(index))
		}
		if s.watch.mayHave(v) {
			s.register(v)
		}
	}
	err := s.merge(first, sums)
	*scratch = sums.pool
	s.scratch.Put(scratch)
	return err
}

func (b *blockSums) addActive(gwei uint64) {
	sum, carry := bits.Add64(b.activeGwei, gwei, 0)
	b.activeGwei, b.overflow = sum, b.overflow || carry != 0
}

func (s *scanner) addPool(sums *blockSums, v []byte, index uint32) {
	exitEpoch, slashed := uint64At(v, exitAt), v[slashedAt] == 1
	sums.pool = append(sums.pool, Validator{Index: index, Exited: exitEpoch <= s.epoch, Slashed: slashed})
	if slashed {
		sums.slashed = append(sums.slashed, SlashedValidator{
			Index: index, EffectiveBalanceGwei: uint64At(v, effectiveAt), ExitEpoch: exitEpoch, WithdrawableEpoch: uint64At(v, withdrawAt),
		})
	}
}

func (s *scanner) isPool(credentials []byte) bool {
	for i := range s.vaults {
		if report.WithdrawsTo(credentials, s.vaults[i]) {
			return true
		}
	}
	return false
}

// inPool reports whether the validator is one of the pool's, once the registry is complete.
func (s *scanner) inPool(index uint32) bool {
	_, found := slices.BinarySearchFunc(s.pool, index, func(v Validator, index uint32) int { return cmp.Compare(v.Index, index) })
	return found
}

// vaultsOf are the addresses that withdrawal credentials name, each once.
func vaultsOf(credentials []common.Hash) []common.Address {
	var vaults []common.Address
	for _, c := range credentials {
		if vault := report.VaultOf(c); !slices.Contains(vaults, vault) {
			vaults = append(vaults, vault)
		}
	}
	return vaults
}

// register notes that a watched key is in the registry.
func (s *scanner) register(v []byte) {
	known := s.watch.find([publicKeySize]byte(v))
	if known == nil {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	known.registered, known.credentials = true, common.Hash(v[credentialsAt:effectiveAt])
}

func (s *scanner) merge(first uint64, sums blockSums) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(sums.pool) > 0 {
		s.found = append(s.found, foundBlock{first, slices.Clone(sums.pool)})
	}
	s.slashed = append(s.slashed, sums.slashed...)
	s.poolGwei += sums.poolGwei
	total, carry := bits.Add64(s.activeGwei, sums.activeGwei, 0)
	if s.activeGwei = total; carry != 0 || sums.overflow {
		return fmt.Errorf("%w: effective balances sum up to more than 64 bits", ErrMalformed)
	}
	return nil
}

// finishRegistry puts what the blocks held in order.
func (s *scanner) finishRegistry() {
	slices.SortFunc(s.found, func(a, b foundBlock) int { return cmp.Compare(a.first, b.first) })
	count := 0
	for _, b := range s.found {
		count += len(b.pool)
	}
	s.pool = make([]Validator, 0, count)
	for i, b := range s.found {
		s.pool = append(s.pool, b.pool...)
		s.found[i].pool = nil
	}
	s.found = nil
	slices.SortFunc(s.slashed, func(a, b SlashedValidator) int { return cmp.Compare(a.Index, b.Index) })
}

// balances scans a block of balances for those of the pool. Blocks are disjoint, so no lock is needed.
func (s *scanner) balances(data []byte, first uint64) error {
	if first > math.MaxUint32 {
		return nil // the registry is bounded to 32 bits
	}
	at, _ := slices.BinarySearchFunc(s.pool, uint32(first), func(v Validator, index uint32) int { return cmp.Compare(v.Index, index) })
	for ; at < len(s.pool); at++ {
		offset := (uint64(s.pool[at].Index) - first) * gweiSize
		if offset >= uint64(len(data)) {
			break
		}
		s.pool[at].BalanceGwei = uint64At(data, int(offset))
	}
	return nil
}
