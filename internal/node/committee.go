package node

import (
	"context"
	"errors"
	"fmt"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/crypto"

	"github.com/tidemark-oracle/tidemark/consensus"
	"github.com/tidemark-oracle/tidemark/contracts/bindings"
	"github.com/tidemark-oracle/tidemark/internal/bls"
	"github.com/tidemark-oracle/tidemark/internal/execution"
	"github.com/tidemark-oracle/tidemark/internal/execution/events"
)

// errCommittee: the contract's answers do not make a committee.
var errCommittee = errors.New("the execution node's answers about the committee contradict each other: distrust it")

// maxKnownMembers bounds the list of members.
const maxKnownMembers = 4096

// memberCache remembers members by identifier: key and peer id are bound to it for ever. The identifier vouches for the key, but for the peer id nothing does.
type memberCache struct {
	*parts
	known map[common.Hash]consensus.Member
	frame uint64 // reference slot of the frame in which they were read
}

// committee completes what the contract named with keys and peer ids. The digest must be that of the keys.
func (b *memberCache) committee(ctx context.Context, at events.Block, named events.Committee) (consensus.Committee, error) {
	committee := consensus.Committee{Digest: named.Digest}
	keys := make([][]byte, 0, len(named.Members))
	for _, id := range named.Members {
		m, err := b.member(ctx, at, id)
		if err != nil {
			return consensus.Committee{}, err
		}
		public, err := bls.ParsePublicKey(m.Key[:])
		if err != nil {
			return consensus.Committee{}, err
		}
		committee.Members, keys = append(committee.Members, m), append(keys, public.Affine())
	}
	want := b.committeeDigest(keys)
	if want != named.Digest {
		return consensus.Committee{}, fmt.Errorf("%w: digest %s, but the members' is %s", errCommittee, named.Digest, want)
	}
	return committee, committee.Validate()
}

func (b *memberCache) member(ctx context.Context, at events.Block, id common.Hash) (consensus.Member, error) {
	if m, have := b.known[id]; have {
		return m, nil
	}
	var m consensus.Member
	_, err := b.execution.Ask(ctx, "member "+id.Hex(), func(ctx context.Context, ask execution.Asker) (err error) {
		m, err = readMember(ctx, ask, b.manifest.Contracts.OracleCommittee, at, id)
		return err
	})
	if err != nil {
		return m, err
	}
	if len(b.known) >= maxKnownMembers {
		clear(b.known)
	}
	b.known[id] = m
	return m, nil
}

func readMember(ctx context.Context, ask execution.Asker, contract common.Address, at events.Block, id common.Hash) (m consensus.Member, err error) {
	binding := bindings.NewOracleCommittee()
	read, err := execution.View(ctx, ask, at.Hash, contract, binding.PackMember(id), binding.UnpackMember)
	if err != nil {
		return m, err
	}
	var point []byte
	for _, word := range read.Key {
		point = append(point, word[:]...)
	}
	key, err := bls.ParseEIP2537PublicKey(point)
	if err != nil {
		return m, fmt.Errorf("%w: key of member %s: %w", execution.ErrMalformed, id, err)
	}
	if crypto.Keccak256Hash(key.Affine()) != id {
		return m, fmt.Errorf("%w: member %s has another key", errCommittee, id)
	}
	if len(read.PeerId) == 0 || len(read.PeerId) > consensus.MaxPeerIDBytes {
		return m, fmt.Errorf("%w: member %s has a peer id of %d bytes", errCommittee, id, len(read.PeerId))
	}
	return consensus.Member{Key: consensus.Key(key.Bytes()), Peer: consensus.PeerID(read.PeerId)}, nil
}
