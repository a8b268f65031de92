package execution

import (
	"context"
	"errors"
	"fmt"
	"math/big"
	"slices"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/crypto"

	"github.com/tidemark-oracle/tidemark/contracts/layout"
	"github.com/tidemark-oracle/tidemark/report"
)

// KeyLength is the length of a member's key, in bytes: x and y of the affine point, 48 bytes each, big-endian.
const KeyLength = 96

// How contracts/src/lib/KeySets.sol writes a set as code. They are constants of a library, so no storage layout tells them; a wrong one could
// not pass, because the digest is recomputed. Code begins with a zero byte (SSTORE2). The head names the accounts of the chunks, which hold the keys.
const (
	maxMembers      = 250 // MAX_MEMBERS
	maxChunkMembers = 32  // KeyDrafts.CHUNK_MEMBERS
	digestAt        = 1
	chunksAt        = 1 + 160 // CHUNKS_OFFSET
	chunkEntry      = common.AddressLength + 1
)

// Committee is who answers for a reference slot, as a block has it. It is proven: storage words of the committee contract, then code of the
// account that they name, and of those that it names. A member that is ejected after the block changes the digest that the contract accepts.
type Committee struct {
	RefSlot uint64
	Digest  common.Hash // OracleCommittee.digestAt(RefSlot)
	Members []Member    // in the order of a certificate's bits
}

// Member is one of a committee.
type Member struct {
	ID  common.Hash     // keccak256 of the key
	Key [KeyLength]byte // BLS12-381 public key, affine
}

// keySet is a set as it was read.
type keySet struct {
	digest  common.Hash
	members []Member
}

// setRef is the storage word of a set.
type setRef struct {
	head        common.Address
	count       int
	fromRefSlot uint64
}

func committeeSlots() []common.Hash {
	return []common.Hash{
		slotAt(layout.OracleCommitteeActiveHeadSlot), slotAt(layout.OracleCommitteeActiveCountSlot), slotAt(layout.OracleCommitteeActiveFromRefSlotSlot),
		slotAt(layout.OracleCommitteeStagedHeadSlot), slotAt(layout.OracleCommitteeStagedCountSlot), slotAt(layout.OracleCommitteeStagedFromRefSlotSlot),
	}
}

// sets decodes the two sets that the contract keeps.
func (p *Pool) sets() (active, staged setRef) {
	w := p.setWords
	active = setRef{
		head:  w.at(layout.OracleCommitteeActiveHeadSlot).address(layout.OracleCommitteeActiveHeadOffset, layout.OracleCommitteeActiveHeadBytes),
		count: int(w.at(layout.OracleCommitteeActiveCountSlot).uint16(layout.OracleCommitteeActiveCountOffset, layout.OracleCommitteeActiveCountBytes)),
		fromRefSlot: w.at(layout.OracleCommitteeActiveFromRefSlotSlot).uint64(
			layout.OracleCommitteeActiveFromRefSlotOffset, layout.OracleCommitteeActiveFromRefSlotBytes),
	}
	staged = setRef{
		head:  w.at(layout.OracleCommitteeStagedHeadSlot).address(layout.OracleCommitteeStagedHeadOffset, layout.OracleCommitteeStagedHeadBytes),
		count: int(w.at(layout.OracleCommitteeStagedCountSlot).uint16(layout.OracleCommitteeStagedCountOffset, layout.OracleCommitteeStagedCountBytes)),
		fromRefSlot: w.at(layout.OracleCommitteeStagedFromRefSlotSlot).uint64(
			layout.OracleCommitteeStagedFromRefSlotOffset, layout.OracleCommitteeStagedFromRefSlotBytes),
	}
	return active, staged
}

// setAt is the set that answers for a reference slot: the rule of CommitteeSets._setAt.
func (p *Pool) setAt(refSlot uint64) setRef {
	active, staged := p.sets()
	if staged.head == (common.Address{}) || staged.fromRefSlot > refSlot {
		return active
	}
	return staged
}

// Committee proves who answers for a reference slot, as the block has it. Errors: ErrCommittee, and those of the endpoints; ErrPruned when the
// block was not captured in time.
func (p *Pool) Committee(ctx context.Context, refSlot uint64) (Committee, error) {
	ref := p.setAt(refSlot)
	if ref.count == 0 {
		return Committee{}, fmt.Errorf("%w: nobody answers for reference slot %d: admit members first", ErrCommittee, refSlot)
	}
	set, err := p.keySet(ctx, ref)
	if err != nil {
		return Committee{}, fmt.Errorf("committee of reference slot %d: %w", refSlot, err)
	}
	return Committee{RefSlot: refSlot, Digest: set.digest, Members: append([]Member(nil), set.members...)}, nil
}

// keySet reads a set, or gives the one that was kept.
func (p *Pool) keySet(ctx context.Context, ref setRef) (keySet, error) {
	p.mu.Lock()
	set, have := p.keySets[ref.head]
	p.mu.Unlock()
	if have {
		return set, nil
	}
	keys, digest, err := p.readKeys(ctx, ref)
	if err != nil {
		return keySet{}, err
	}
	m := p.reader.manifest
	if got := report.CommitteeDigest(new(big.Int).SetUint64(m.ChainID), m.Contracts.OracleCommittee, p.reader.schedule(), keys); got != digest {
		return keySet{}, fmt.Errorf("%w: its digest is %s, members and schedule of the manifest give %s: correct the manifest's schedule",
			ErrCommittee, digest, got)
	}
	set = keySet{digest: digest, members: make([]Member, len(keys))}
	for i, key := range keys {
		set.members[i] = Member{ID: crypto.Keccak256Hash(key), Key: [KeyLength]byte(key)}
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.keySets[ref.head] = set
	return set, nil
}

// readKeys takes digest and chunks from the head's code, and the keys from theirs.
func (p *Pool) readKeys(ctx context.Context, ref setRef) (keys [][]byte, digest common.Hash, err error) {
	if ref.count > maxMembers {
		return nil, digest, fmt.Errorf("%w: %d members are more than %d", ErrCommittee, ref.count, maxMembers)
	}
	head, err := p.blob(ctx, ref.head)
	if err != nil {
		return nil, digest, err
	}
	chunks, err := chunksIn(head, ref.count)
	if err != nil {
		return nil, digest, err
	}
	for _, c := range chunks {
		code, err := p.blob(ctx, c.account)
		if err != nil {
			return nil, digest, err
		}
		of, err := keysIn(code, c.members)
		if err != nil {
			return nil, digest, err
		}
		keys = append(keys, of...)
	}
	return keys, common.Hash(head[digestAt : digestAt+common.HashLength]), nil
}

var errNotASet = errors.New("the account's code is not a set of keys")

// keyChunk is an account whose code holds the keys of some members.
type keyChunk struct {
	account common.Address
	members int
}

// chunksIn cuts the chunks of count members out of a head's code, which must end with them.
func chunksIn(code []byte, count int) ([]keyChunk, error) {
	if len(code) < chunksAt || code[0] != 0 || (len(code)-chunksAt)%chunkEntry != 0 {
		return nil, fmt.Errorf("%w: %w", ErrCommittee, errNotASet)
	}
	var chunks []keyChunk
	for rest := code[chunksAt:]; len(rest) > 0; rest = rest[chunkEntry:] {
		c := keyChunk{common.BytesToAddress(rest[:common.AddressLength]), int(rest[common.AddressLength])}
		if c.members == 0 || c.members > maxChunkMembers {
			return nil, fmt.Errorf("%w: a chunk of %d members: %w", ErrCommittee, c.members, errNotASet)
		}
		chunks = append(chunks, c)
		count -= c.members
	}
	if count != 0 {
		return nil, fmt.Errorf("%w: the chunks have not as many members as the set: %w", ErrCommittee, errNotASet)
	}
	return chunks, nil
}

// keysIn cuts the keys out of a chunk's code, which must end with them.
func keysIn(code []byte, count int) ([][]byte, error) {
	if len(code) != 1+count*KeyLength || code[0] != 0 {
		return nil, fmt.Errorf("%w: %w", ErrCommittee, errNotASet)
	}
	keys := make([][]byte, count)
	for i := range keys {
		keys[i] = code[1+i*KeyLength : 1+(i+1)*KeyLength]
	}
	return keys, nil
}

// blob proves an account's code hash and reads the code.
func (p *Pool) blob(ctx context.Context, address common.Address) ([]byte, error) {
	account, served, err := p.reader.client.Account(ctx, p.Block, address, nil)
	if err != nil {
		return nil, err
	}
	if account.CodeHash == types.EmptyCodeHash {
		return nil, fmt.Errorf("%w: %s: %w", ErrCommittee, address, errNotASet)
	}
	p.mu.Lock()
	if s := (Source{What: "keys of the committee", Endpoint: served}); !slices.Contains(p.sources, s) {
		p.sources = append(p.sources, s)
	}
	p.mu.Unlock()
	return p.reader.client.Code(ctx, p.Block, address, account.CodeHash)
}
