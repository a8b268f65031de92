package state

import (
	"cmp"
	"fmt"
	"math"
	"math/bits"
	"slices"
	"sort"
	"sync"

	"github.com/ethereum/go-ethereum/common"

	"github.com/tidemark-oracle/tidemark/report"
)

// scanner takes from the registry and the balances what concerns the pool. Its methods run in several goroutines, on blocks in any order.
type scanner struct {
	vaults []common.Address
	epoch  uint64
	watch  *watch

	maxKept int // bounds leaving and compounding together

	scratch sync.Pool // *blockSums: where a block's are collected, so that only as many as there are are kept

	mu          sync.Mutex
	found       collected[Validator]
	leaving     collected[leaver]
	compounding collected[Compounding]
	activeGwei  uint64
	poolGwei    uint64
	sweptGwei   uint64
	pool        []Validator // in index order, once the registry is complete
	slashed     []SlashedValidator
	wanted      map[string][]uint64 // by list: indices of Query.ProveKeys
	exits       []ValidatorDetail   // those of leaving that have a balance, once balances are complete
}

// blockSums is what one block of the registry adds.
type blockSums struct {
	pool                 []Validator
	leaving              []leaver
	slashed              []SlashedValidator
	compounding          []Compounding
	activeGwei, poolGwei uint64
	sweptGwei            uint64 // of poolGwei, what has 0x01 credentials
	overflow             bool
}

// validators scans a block of the registry.
func (s *scanner) validators(data []byte, first uint64) error {
	scratch, _ := s.scratch.Get().(*blockSums)
	if scratch == nil {
		scratch = new(blockSums)
	}
	sums := blockSums{pool: scratch.pool[:0], leaving: scratch.leaving[:0], slashed: scratch.slashed[:0], compounding: scratch.compounding[:0]}
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
				sums.addPoolActive(v)
			}
			s.addPool(&sums, v, uint32(index))
		}
		if s.watch.mayHave(v) {
			if err := s.register(v, uint32(index)); err != nil {
				return err
			}
		}
	}
	err := s.merge(first, sums)
	*scratch = sums
	s.scratch.Put(scratch)
	return err
}

func (b *blockSums) addActive(gwei uint64) {
	sum, carry := bits.Add64(b.activeGwei, gwei, 0)
	b.activeGwei, b.overflow = sum, b.overflow || carry != 0
}

// addPoolActive adds an active validator of the pool to sums that are at most activeGwei, which is checked.
func (b *blockSums) addPoolActive(v []byte) {
	gwei := uint64At(v, effectiveAt)
	b.poolGwei += gwei
	if v[credentialsAt] != compoundingPrefix {
		b.sweptGwei += gwei
	}
}

func (s *scanner) addPool(sums *blockSums, v []byte, index uint32) {
	sums.pool = append(sums.pool, Validator{Index: index, Exited: uint64At(v, exitAt) <= s.epoch, Slashed: v[slashedAt] == 1})
	sums.addLeaving(v, index)
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
func (s *scanner) register(v []byte, index uint32) error {
	known := s.watch.find([publicKeySize]byte(v))
	if known == nil {
		return nil
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if known.prove && known.registered { // each match costs a branch, before the root is known
		return fmt.Errorf("%w: two validators have key %x", ErrMalformed, v[:publicKeySize])
	}
	known.registered, known.credentials = true, common.Hash(v[credentialsAt:effectiveAt])
	if known.asked != nil {
		*known.asked = detailOf(v, index)
	}
	if known.prove {
		s.wanted[validatorsField] = append(s.wanted[validatorsField], uint64(index))
	}
	return nil
}

// wantBuilder notes that a builder with a watched key is to be proven.
func (s *scanner) wantBuilder(known *watched, key []byte, index uint64) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if known.builder {
		return fmt.Errorf("%w: two builders have key %x", ErrMalformed, key)
	}
	known.builder = true
	s.wanted[buildersField] = append(s.wanted[buildersField], index)
	return nil
}

// proves says whether one of a list's elements, count from first on, is to be proven by its key, once they are scanned.
func (s *scanner) proves(list string, first, count uint64) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.ContainsFunc(s.wanted[list], func(i uint64) bool { return i >= first && i-first < count })
}

func (s *scanner) merge(first uint64, sums blockSums) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.found.add(first, sums.pool)
	s.poolGwei += sums.poolGwei
	s.sweptGwei += sums.sweptGwei
	total, carry := bits.Add64(s.activeGwei, sums.activeGwei, 0)
	if s.activeGwei = total; carry != 0 || sums.overflow {
		return fmt.Errorf("%w: effective balances sum up to more than 64 bits", ErrMalformed)
	}
	return s.keepLeaving(first, sums)
}

// finishRegistry puts the pool's validators in order.
func (s *scanner) finishRegistry() {
	s.pool = s.found.inOrder()
	slices.SortFunc(s.slashed, func(a, b SlashedValidator) int { return cmp.Compare(a.Index, b.Index) })
}

// finishBalances forgets those that left and were paid: in an old pool they are many.
func (s *scanner) finishBalances() { s.exits = s.withBalances(&s.leaving) }

// balances scans a block of balances for those of the pool. Blocks are disjoint, so no lock is needed.
func (s *scanner) balances(data []byte, first uint64) error {
	if first > math.MaxUint32 {
		return nil // the registry is bounded to 32 bits
	}
	// By index alone: other blocks' balances are written meanwhile.
	at := sort.Search(len(s.pool), func(i int) bool { return uint64(s.pool[i].Index) >= first })
	for ; at < len(s.pool); at++ {
		offset := (uint64(s.pool[at].Index) - first) * gweiSize
		if offset >= uint64(len(data)) {
			break
		}
		s.pool[at].BalanceGwei = uint64At(data, int(offset))
	}
	return nil
}
