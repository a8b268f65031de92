package execution

import (
	"context"
	"fmt"
	"slices"
	"sync"

	"github.com/ethereum/go-ethereum/common"

	"github.com/tidemark-oracle/tidemark/contracts/layout"
	"github.com/tidemark-oracle/tidemark/contracts/manifest"
	"github.com/tidemark-oracle/tidemark/report"
)

// Reader reads the contracts of one manifest. It is safe for concurrent use.
type Reader struct {
	client   *Client
	manifest *manifest.Manifest
}

// NewReader makes a reader. The client must be for the manifest's chain. Errors: ErrConfig.
func NewReader(c *Client, m *manifest.Manifest) (*Reader, error) {
	if c.options.ChainID != m.ChainID {
		return nil, fmt.Errorf("%w: the client is for chain %d, the manifest for chain %d", ErrConfig, c.options.ChainID, m.ChainID)
	}
	return &Reader{client: c, manifest: m}, nil
}

// Block reads the header of a block hash, which must hash to it. Errors: those of Client.Block.
func (r *Reader) Block(ctx context.Context, hash common.Hash) (BlockRef, error) {
	return r.client.Block(ctx, hash)
}

// Source says which endpoint served a verified read.
type Source struct {
	What     string
	Endpoint string
}

// Pool is the pool and its contracts at one block. Values are there at once; requests and committees are read, and proven, when they are asked for,
// and then kept. So are unproven keys, and what waits in the contract of EIP-7002. It is safe for concurrent use.
type Pool struct {
	Values

	reader *Reader

	mu         sync.Mutex
	requests   map[uint64]Request
	keySets    map[common.Address]keySet
	setWords   words // of the committee contract: the key sets in force and staged
	queueProof contract
	exits      exitRequests
	unproven   unprovenKeys
	sources    []Source
}

// contract is one of the set, as the manifest has it.
type contract struct {
	name    string
	address common.Address
}

// Pool proves everything that a report needs at a block, except single requests and the committee. Errors: ErrWrongCode, and those of the
// endpoints, all of which have been asked.
func (r *Reader) Pool(ctx context.Context, block BlockRef) (*Pool, error) {
	set := r.manifest.Contracts
	p := &Pool{reader: r, requests: make(map[uint64]Request), keySets: make(map[common.Address]keySet)}
	p.Block = block
	p.queueProof = contract{"WithdrawalQueue", set.WithdrawalQueue}
	reads := []struct {
		contract contract
		slots    []common.Hash
		set      func(*Account)
	}{
		{contract{"StakingPool", set.StakingPool}, poolSlots(), func(a *Account) { p.setPool(a.Words) }},
		{contract{"StakedEther", set.StakedEther}, tokenSlots(), func(a *Account) { p.setToken(a.Words) }},
		{p.queueProof, queueSlots(), func(a *Account) { p.setQueue(a.Words) }},
		{contract{"WithdrawalVault", set.WithdrawalVault}, nil, func(a *Account) { p.WithdrawalVaultWei = a.BalanceWei }},
		{contract{"ELRewardsVault", set.ELRewardsVault}, nil, func(a *Account) { p.ELRewardsVaultWei = a.BalanceWei }},
		{contract{"SanityChecker", set.SanityChecker}, sanitySlots(), func(a *Account) { p.setLimits(a.Words) }},
		{contract{"OracleCommittee", set.OracleCommittee}, committeeSlots(), func(a *Account) { p.setWords = a.Words }},
	}
	for _, read := range reads {
		account, err := p.prove(ctx, read.contract, read.slots)
		if err != nil {
			return nil, err
		}
		read.set(account)
	}
	return p, nil
}

// prove reads an account of the set and checks its code hash against the manifest.
func (p *Pool) prove(ctx context.Context, c contract, slots []common.Hash) (*Account, error) {
	slices.SortFunc(slots, common.Hash.Cmp)
	account, served, err := p.reader.client.Account(ctx, p.Block, c.address, slices.Compact(slots))
	if err != nil {
		return nil, fmt.Errorf("%s: %w", c.name, err)
	}
	if want := p.reader.manifest.CodeHashes[c.name]; account.CodeHash != want {
		return nil, fmt.Errorf("%s at %s, block %d: %w: its code hash is %s, the manifest says %s",
			c.name, c.address, p.Block.Number, ErrWrongCode, account.CodeHash, want)
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.sources = append(p.sources, Source{What: c.name, Endpoint: served})
	return account, nil
}

// Sources says who served what so far, in order.
func (p *Pool) Sources() []Source {
	p.mu.Lock()
	defer p.mu.Unlock()
	return slices.Clone(p.sources)
}

// Request proves one withdrawal request. Request 0 is all zero: what the sums begin with. Errors: ErrUnknownRequest, and those of the endpoints;
// ErrPruned when the block was not captured in time.
func (p *Pool) Request(ctx context.Context, id uint64) (Request, error) {
	if err := p.readRequests(ctx, id, id); err != nil {
		return Request{}, err
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.requests[id], nil
}

// readRequests proves and keeps the requests from first to last that are not kept yet.
func (p *Pool) readRequests(ctx context.Context, first, last uint64) error {
	if last > p.Queue.LastRequestID {
		return fmt.Errorf("%w: %d, the last one at block %d is %d", ErrUnknownRequest, last, p.Block.Number, p.Queue.LastRequestID)
	}
	var ids []uint64
	var slots []common.Hash
	p.mu.Lock()
	for id := first; id <= last; id++ {
		if _, have := p.requests[id]; !have {
			ids, slots = append(ids, id), append(slots, elementSlot(layout.WithdrawalQueueRequestsSlot, id))
		}
	}
	p.mu.Unlock()
	if len(ids) == 0 {
		return nil
	}
	account, err := p.prove(ctx, p.queueProof, slices.Clone(slots))
	if err != nil {
		return fmt.Errorf("withdrawal requests %d to %d: %w", first, last, err)
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	for i, id := range ids {
		p.requests[id] = requestOf(id, word(account.Words[slots[i]]))
	}
	return nil
}

// schedule is the manifest's, which the committee's digest holds.
func (r *Reader) schedule() report.Schedule { return report.Schedule(r.manifest.Schedule) }
