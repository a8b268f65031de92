package state

import (
	"context"
	"fmt"
	"io"
	"runtime"
	"slices"

	"github.com/ethereum/go-ethereum/common"
)

// DefaultMaxBytes bounds a state: more than fifty million validators.
const DefaultMaxBytes = 8 << 30

// DefaultMaxPending bounds what a reading keeps of pending deposits before the root has matched: some 200 MB. Each deposit is of one ether at least, so an honest
// state is far below it.
const DefaultMaxPending = 1 << 20

// Query says what to look for in a state, and within which bounds.
type Query struct {
	Credentials []common.Hash          // of the pool; only the address in them counts, see report.WithdrawsTo; none: nothing is the pool's
	Epoch       *uint64                // at which exits and activity are judged; nil for the state's own
	Hint        []PendingKey           // keys of pending deposits, as far as known; checked against the state
	Progress    func(bytesRead uint64) // may be nil
	BlockRoots  bool                   // keep block_roots, to prove one
	Prove       []uint64               // validators to prove, by index, in ascending order
	Workers     int                    // goroutines that hash; 0 for one a processor
	MaxBytes    uint64                 // 0 for DefaultMaxBytes
	MaxPending  int                    // pending deposits to keep, and keys of such that the hint may lack; 0 for DefaultMaxPending
	MaxKept     int                    // validators of the pool that leave or compound, and pending partial withdrawals, to keep; 0 for DefaultMaxKept

	// Asked are keys of validators of which a withdrawal was asked (EIP-7002): State.Asked says which of them are the pool's.
	Asked [][publicKeySize]byte
	// ProveKeys are validators and builders to prove by key; with Prove at most 256.
	ProveKeys [][publicKeySize]byte
}

// Read reads one state of fork from r in one pass and verifies it: want is the state root of the block that it belongs to. With want nil the root is computed and
// compared with nothing. Nothing is returned unless everything has matched. ctx is looked at between blocks of input: r must end its waiting itself.
//
// Errors: an *Error that wraps one of this package's sentinels; ErrSpec, ErrQuery, ErrUnknownFork; a *HintError when the state is genuine and its pending deposits
// have keys that q.Hint lacks: read again with its keys.
func Read(ctx context.Context, r io.Reader, fork Fork, spec Spec, want *common.Hash, q Query) (*State, error) {
	if err := spec.check(fork); err != nil {
		return nil, err
	}
	if err := q.checkProve(); err != nil {
		return nil, err
	}
	if err := checkHasher(); err != nil {
		return nil, err
	}
	p := newParser(ctx, r, fork, spec, q)
	defer p.crew.stop()
	root, err := p.root()
	if err != nil {
		return nil, err
	}
	if want != nil && *want != root {
		return nil, p.src.fail("hash-tree root", fmt.Errorf("%w: the state has %s, the block %s", ErrWrongRoot, root, *want))
	}
	if len(p.missing) > 0 {
		return nil, &HintError{Keys: p.completeHint()}
	}
	return p.finish(root), nil
}

func newParser(ctx context.Context, r io.Reader, fork Fork, spec Spec, q Query) *parser {
	if q.Workers <= 0 {
		q.Workers = runtime.GOMAXPROCS(0)
	}
	if q.MaxBytes == 0 {
		q.MaxBytes = DefaultMaxBytes
	}
	if q.MaxPending <= 0 {
		q.MaxPending = DefaultMaxPending
	}
	if q.MaxKept <= 0 {
		q.MaxKept = DefaultMaxKept
	}
	zero, w := newZeroHashes(), newWatch(q.Hint, q.Asked, q.ProveKeys)
	s := &scanner{vaults: vaultsOf(q.Credentials), watch: w, maxKept: q.MaxKept, wanted: map[string][]uint64{validatorsField: slices.Clone(q.Prove)}}
	return &parser{
		src: source{ctx: ctx, r: r, most: q.MaxBytes, progress: q.Progress}, spec: spec, query: q, watch: w,
		missing: make(map[[publicKeySize]byte]bool), hasher: &hasher{zero: zero}, scanner: s, crew: newCrew(q.Workers, zero, s),
		begun: make(map[string]map[uint64]proven),
		state: &State{Fork: fork, DepositRequestsStartIndex: farFuture},
	}
}

// finish completes the result of a state that has been verified.
func (p *parser) finish(root common.Hash) *State {
	s := p.state
	s.Root, s.Bytes, s.Epoch = root, p.src.offset, p.scanner.epoch
	s.TotalActiveGwei = max(p.scanner.activeGwei, p.spec.EffectiveBalanceIncrementGwei)
	s.Pool, s.PoolActiveGwei, s.PoolSweptGwei = p.scanner.pool, p.scanner.poolGwei, p.scanner.sweptGwei
	s.PoolSlashed, s.Leaving, s.Compounding = p.scanner.slashed, p.scanner.exits, p.scanner.compounding.inOrder()
	s.Registered, s.Asked, s.askedKeys = p.registeredOfPending(), p.askedOf(), p.query.Asked
	return s
}
