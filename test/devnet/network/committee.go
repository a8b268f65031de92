package network

import (
	"context"
	"fmt"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/crypto"

	"github.com/tidemark-oracle/tidemark/consensus"
	"github.com/tidemark-oracle/tidemark/contracts/bindings"
	"github.com/tidemark-oracle/tidemark/internal/bls"
	"github.com/tidemark-oracle/tidemark/p2p"
)

// Committee is who answers for a reference slot, by the contract's newest word.
func (n *Network) Committee(ctx context.Context, refSlot uint64) (consensus.Committee, error) {
	contract := bindings.NewOracleCommittee()
	named, err := Query(ctx, n, n.Manifest.Contracts.OracleCommittee, nil, contract.PackCommitteeAt(refSlot), contract.UnpackCommitteeAt)
	if err != nil {
		return consensus.Committee{}, err
	}
	c := consensus.Committee{Digest: named.Digest}
	for _, id := range named.Ids {
		m := n.memberOf(id)
		if m == nil {
			return c, fmt.Errorf("member %x of slot %d is none of the devnet's", id, refSlot)
		}
		c.Members = append(c.Members, consensus.Member{Key: consensus.Key(m.Key.Bytes()), Peer: m.identity.PeerID()})
	}
	return c, nil
}

func (n *Network) memberOf(id common.Hash) *Member {
	for _, m := range n.Members {
		if m.ID == id {
			return m
		}
	}
	return nil
}

// NetworkID names the devnet's peer-to-peer network, as its members do: keccak256(chain id as 32 bytes ‖ ReportOracle).
func (n *Network) NetworkID() common.Hash {
	oracle := n.Manifest.Contracts.ReportOracle
	return crypto.Keccak256Hash(common.LeftPadBytes(n.Manifest.Domain().ChainID.Bytes(), 32), oracle[:])
}

// Peers are the peer ids of all that have a home.
func (n *Network) Peers() []consensus.PeerID {
	peers := make([]consensus.PeerID, len(n.Members))
	for i, m := range n.Members {
		peers[i] = m.identity.PeerID()
	}
	return peers
}

// Stranger is an identity that is no member's, the same for the same seed.
func (n *Network) Stranger(purpose string) (*p2p.Identity, error) {
	identity, err := p2p.NewIdentity(n.random(purpose, 0))
	if err != nil {
		return nil, fmt.Errorf("make the identity of the %s: %w", purpose, err)
	}
	return identity, nil
}

// Identity is the member's on the network, for who takes its place.
func (m *Member) Identity() *p2p.Identity { return m.identity }

// Sign signs with the member's key whatever its journal would say, for who takes its place.
func (m *Member) Sign(message common.Hash) bls.Signature { return m.secret.Sign(message) }
