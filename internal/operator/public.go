package operator

import (
	"errors"
	"io/fs"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/common/hexutil"
	"github.com/ethereum/go-ethereum/crypto"

	"github.com/tidemark-oracle/tidemark/internal/bls"
	"github.com/tidemark-oracle/tidemark/internal/execution/txmgr"
	"github.com/tidemark-oracle/tidemark/internal/keyfile"
	"github.com/tidemark-oracle/tidemark/p2p"
)

// Public is what may be known of a member's keys. Parts whose files are not there are empty.
type Public struct {
	Key       string          `json:"key,omitempty"`      // BLS public key, compressed, hexadecimal
	MemberID  *common.Hash    `json:"memberId,omitempty"` // keccak256 of the key: how the contract names the member
	PeerID    string          `json:"peerId,omitempty"`
	Submitter *common.Address `json:"submitter,omitempty"`
}

// MemberID is how the committee contract names the member that has a key.
func MemberID(key bls.PublicKey) common.Hash { return crypto.Keccak256Hash(key.Affine()) }

// ReadPublic reads the public halves of the keys that are there; no password is needed. Errors: those of the files; no error when one is not there.
func ReadPublic(h Home) (Public, error) {
	var p Public
	keystore, err := keyfile.Read(h.Keystore)
	if err == nil {
		p.setKey(keystore.PublicKey())
	} else if !errors.Is(err, fs.ErrNotExist) {
		return p, err
	}
	identity, err := p2p.ReadIdentityFile(h.Identity)
	if err == nil {
		p.PeerID = p2p.PeerIDText(identity.PeerID())
	} else if !errors.Is(err, fs.ErrNotExist) {
		return p, err
	}
	address, err := ReadSubmitterAddress(h)
	if err == nil {
		p.Submitter = &address
	} else if !errors.Is(err, fs.ErrNotExist) {
		return p, err
	}
	return p, nil
}

func (p *Public) setKey(key bls.PublicKey) {
	id := MemberID(key)
	p.Key, p.MemberID = hexutil.Encode(key.Bytes()), &id
}

// ReadSubmitterAddress is the address in the submitter's keystore. Errors: those of package txmgr and of keyfile.ReadPrivate.
func ReadSubmitterAddress(h Home) (common.Address, error) {
	file, err := keyfile.ReadPrivate(h.Submitter, txmgr.MaxKeystoreBytes)
	if err != nil {
		return common.Address{}, describe("read the submitter's keystore", h.Submitter, err)
	}
	address, err := txmgr.KeystoreAddress(file)
	if err != nil {
		return common.Address{}, describe("read the submitter's keystore", h.Submitter, err)
	}
	return address, nil
}
