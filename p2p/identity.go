package p2p

import (
	"bytes"
	"encoding/base64"
	"errors"
	"fmt"
	"io"

	"github.com/libp2p/go-libp2p/core/crypto"
	"github.com/libp2p/go-libp2p/core/peer"

	"github.com/tidemark-oracle/tidemark/consensus"
	"github.com/tidemark-oracle/tidemark/internal/keyfile"
)

// ErrIdentity is returned for input that is no network identity or no usable peer id.
var ErrIdentity = errors.New("no network identity")

// Identity is the ed25519 key from which a node's peer id is derived. It authenticates connections and gossip. It holds no funds
// and signs no reports.
type Identity struct{ key crypto.PrivKey }

// NewIdentity makes a key. random must be unpredictable, as crypto/rand.Reader is.
func NewIdentity(random io.Reader) (*Identity, error) {
	key, _, err := crypto.GenerateEd25519Key(random)
	if err != nil {
		return nil, fmt.Errorf("make network identity: %w", err)
	}
	return &Identity{key}, nil
}

// ParseIdentity parses what Marshal returned, and nothing else. Errors: ErrIdentity.
func ParseIdentity(text []byte) (*Identity, error) {
	text = bytes.TrimSuffix(text, []byte("\n"))
	raw, err := base64.StdEncoding.Strict().DecodeString(string(text))
	if err != nil {
		// The decoder's error says where, which tells something about a secret.
		return nil, fmt.Errorf("%w: not base64", ErrIdentity)
	}
	key, err := crypto.UnmarshalPrivateKey(raw)
	if err != nil || key.Type() != crypto.Ed25519 {
		return nil, fmt.Errorf("%w: not an ed25519 key as libp2p writes it", ErrIdentity)
	}
	identity := &Identity{key}
	if again, err := identity.Marshal(); err != nil || !bytes.Equal(bytes.TrimSuffix(again, []byte("\n")), text) {
		return nil, fmt.Errorf("%w: written in an unusual way", ErrIdentity)
	}
	return identity, nil
}

// Marshal returns the secret key as text: libp2p's protobuf of it in base64, with a line break.
func (i *Identity) Marshal() ([]byte, error) {
	raw, err := crypto.MarshalPrivateKey(i.key)
	if err != nil {
		return nil, fmt.Errorf("write network identity: %w", err)
	}
	return append([]byte(base64.StdEncoding.EncodeToString(raw)), '\n'), nil
}

// PeerID is the binary peer id, as the contract keeps it.
func (i *Identity) PeerID() consensus.PeerID {
	id, err := peer.IDFromPrivateKey(i.key)
	if err != nil {
		return "" // impossible: every ed25519 key has one
	}
	return consensus.PeerID(id)
}

// PeerIDText is the text form of a peer id: 12D3Koo...
func PeerIDText(id consensus.PeerID) string { return peer.ID(id).String() }

// ParsePeerID parses the text form of a peer id. It must contain an ed25519 key; others cannot be members. Errors: ErrIdentity.
func ParsePeerID(text string) (consensus.PeerID, error) {
	if len(text) > maxAddressText {
		return "", fmt.Errorf("%w: peer id of %d bytes", ErrIdentity, len(text))
	}
	id, err := peer.Decode(text)
	if err != nil {
		return "", fmt.Errorf("%w: %q is no peer id", ErrIdentity, text)
	}
	if err := checkPeerID(consensus.PeerID(id)); err != nil {
		return "", err
	}
	return consensus.PeerID(id), nil
}

// checkPeerID refuses what no node of this software has as its id.
func checkPeerID(id consensus.PeerID) error {
	parsed, err := peer.IDFromBytes([]byte(id))
	if err != nil || len(id) > consensus.MaxPeerIDBytes {
		return fmt.Errorf("%w: %x is no peer id", ErrIdentity, string(id))
	}
	key, err := parsed.ExtractPublicKey()
	if err != nil || key.Type() != crypto.Ed25519 {
		return fmt.Errorf("%w: peer id %s does not contain an ed25519 key", ErrIdentity, parsed)
	}
	return nil
}

const maxIdentityFileBytes = 256

// CreateIdentityFile writes a new private file, see keyfile.CreatePrivate. Errors: keyfile.ErrExists, those of package os.
func CreateIdentityFile(path string, identity *Identity) error {
	text, err := identity.Marshal()
	if err != nil {
		return err
	}
	defer clear(text)
	if err := keyfile.CreatePrivate(path, text); err != nil {
		return fmt.Errorf("write network identity: %w", err)
	}
	return nil
}

// ReadIdentityFile refuses a file that others may read, that is no regular file or is too large. Errors: ErrIdentity, those of
// keyfile.ReadPrivate.
func ReadIdentityFile(path string) (*Identity, error) {
	text, err := keyfile.ReadPrivate(path, maxIdentityFileBytes)
	if err != nil {
		return nil, fmt.Errorf("read network identity: %w", err)
	}
	defer clear(text)
	identity, err := ParseIdentity(text)
	if err != nil {
		return nil, fmt.Errorf("read network identity %s: %w", path, err)
	}
	return identity, nil
}
