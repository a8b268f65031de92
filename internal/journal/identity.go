package journal

import (
	"encoding/json"
	"fmt"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/common/hexutil"

	"github.com/tidemark-oracle/tidemark/consensus"
	"github.com/tidemark-oracle/tidemark/report"
)

// Identity is what a journal is bound to for ever: one key on one oracle of one chain.
type Identity struct {
	ChainID uint64
	Oracle  common.Address // ReportOracle
	Key     consensus.Key  // the member's BLS public key
}

// NewIdentity is the identity of a member's journal. Errors: ErrInvalid (a chain id beyond 64 bits, or a part that is zero).
func NewIdentity(domain report.Domain, key consensus.Key) (Identity, error) {
	if domain.ChainID == nil || !domain.ChainID.IsUint64() {
		return Identity{}, fmt.Errorf("%w: chain id %v, want one of 64 bits", ErrInvalid, domain.ChainID)
	}
	i := Identity{ChainID: domain.ChainID.Uint64(), Oracle: domain.Oracle, Key: key}
	return i, i.validate()
}

func (i Identity) validate() error {
	if i.ChainID == 0 || i.Oracle == (common.Address{}) || i.Key == (consensus.Key{}) {
		return fmt.Errorf("%w: identity %v: chain id, oracle address and key must all be set", ErrInvalid, i)
	}
	return nil
}

func (i Identity) check(want Identity) error {
	if i == want {
		return nil
	}
	return fmt.Errorf("%w: it holds %v; wanted is %v", ErrIdentity, i, want)
}

// String names chain, oracle and key.
func (i Identity) String() string {
	return fmt.Sprintf("chain %d, oracle %s, key %s", i.ChainID, i.Oracle.Hex(), hexutil.Encode(i.Key[:]))
}

// hexKey and hexSignature are written as 0x and hexadecimal digits.
type (
	hexKey       consensus.Key
	hexSignature consensus.Signature
)

func (k hexKey) MarshalText() ([]byte, error) { return hexutil.Bytes(k[:]).MarshalText() }

func (k *hexKey) UnmarshalText(text []byte) error {
	return hexutil.UnmarshalFixedText("public key", text, k[:])
}

func (s hexSignature) MarshalText() ([]byte, error) { return hexutil.Bytes(s[:]).MarshalText() }

func (s *hexSignature) UnmarshalText(text []byte) error {
	return hexutil.UnmarshalFixedText("signature", text, s[:])
}

// schemaVersion is raised when the stored forms change.
const schemaVersion = 1

var metaKey = []byte("journal")

// meta is what a journal says of itself.
type meta struct {
	Schema  int            `json:"schema"`
	ChainID uint64         `json:"chainId,string"`
	Oracle  common.Address `json:"oracle"`
	Key     hexKey         `json:"key"`
	Retired bool           `json:"retired"`
}

func newMeta(i Identity) meta {
	return meta{Schema: schemaVersion, ChainID: i.ChainID, Oracle: i.Oracle, Key: hexKey(i.Key)}
}

func (m meta) identity() Identity {
	return Identity{ChainID: m.ChainID, Oracle: m.Oracle, Key: consensus.Key(m.Key)}
}

func (m meta) validate() error { return m.identity().validate() }

func (t transaction) setMeta(m meta) error {
	payload, err := encode(m)
	if err != nil {
		return err
	}
	return t.set(metaBucket, metaKey, payload)
}

// meta reads what the journal says of itself, and refuses a file that is no journal or of another schema. Errors: ErrCorrupt, ErrSchema.
func (t transaction) meta() (meta, error) {
	for _, bucket := range append(recordBuckets(), metaBucket) {
		if t.tx.Bucket([]byte(bucket)) == nil {
			return meta{}, fmt.Errorf("%w: there is no bucket %q: not a journal, or a damaged one", ErrCorrupt, bucket)
		}
	}
	payload, err := unseal(metaBucket, metaKey, t.tx.Bucket([]byte(metaBucket)).Get(metaKey))
	if err != nil {
		return meta{}, err
	}
	return decodeMeta(payload)
}

// decodeMeta reads the schema first: others have other members. Errors: ErrCorrupt, ErrSchema.
func decodeMeta(payload []byte) (meta, error) {
	var version struct{ Schema int }
	if err := json.Unmarshal(payload, &version); err == nil && version.Schema != schemaVersion {
		return meta{}, fmt.Errorf("%w: it has %d, this program %d", ErrSchema, version.Schema, schemaVersion)
	}
	m, err := decode[meta](payload)
	if err != nil {
		return meta{}, fmt.Errorf("%w: %w", ErrCorrupt, err)
	}
	return m, nil
}
