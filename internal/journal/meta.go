package journal

import (
	"encoding/json"
	"fmt"

	"github.com/ethereum/go-ethereum/common"

	"github.com/tidemark-oracle/tidemark/consensus"
)

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
