package txmgr

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"slices"
	"time"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/common/hexutil"
	"github.com/ethereum/go-ethereum/core/types"

	"github.com/tidemark-oracle/tidemark/internal/keyfile"
)

const (
	storeVersion  = 1
	maxStoreBytes = 4 << 20
	maxAttempts   = 64  // nonces that wait at once
	maxVariants   = 256 // of one nonce: an eighth more each time leads from 1 wei to any cap in fewer
)

// variant is one transaction of a nonce.
type variant struct {
	Hash    common.Hash `json:"hash"`
	Cancels bool        `json:"cancels"` // it is a self-transfer
}

// inclusion is a variant in a block.
type inclusion struct {
	Hash        common.Hash  `json:"hash"`
	BlockNumber uint64       `json:"blockNumber"`
	BlockHash   common.Hash  `json:"blockHash"`
	Succeeded   bool         `json:"succeeded"`
	CostWei     *hexutil.Big `json:"costWei"`
}

// attempt is a nonce of the account that this sender has used, until what became of it is final.
type attempt struct {
	Nonce    uint64        `json:"nonce"`
	RefSlot  uint64        `json:"refSlot"`
	Digest   common.Hash   `json:"digest"`
	Variants []variant     `json:"variants"` // newest last
	Raw      hexutil.Bytes `json:"raw"`      // the newest variant
	SentAt   time.Time     `json:"sentAt"`   // when it was first sent
	Deadline time.Time     `json:"deadline"` // of the report
	Mined    *inclusion    `json:"mined,omitempty"`

	lostAt time.Time // since when its nonce is used and no receipt is found
}

func (a *attempt) newest() variant { return a.Variants[len(a.Variants)-1] }

// bidsFor tells whether the newest variant submits the report.
func (a *attempt) bidsFor(refSlot uint64, digest common.Hash) bool {
	return a.RefSlot == refSlot && a.Digest == digest && !a.newest().Cancels
}

// transaction is the newest variant.
func (a *attempt) transaction() (*types.Transaction, error) {
	tx := new(types.Transaction)
	if err := tx.UnmarshalBinary(a.Raw); err != nil {
		return nil, err
	}
	if tx.Hash() != a.newest().Hash || tx.Nonce() != a.Nonce || !tx.GasFeeCap().IsUint64() || !tx.GasTipCap().IsUint64() {
		return nil, errors.New("the transaction is not the newest variant")
	}
	return tx, nil
}

// stored is the file.
type stored struct {
	Version  int            `json:"version"`
	ChainID  uint64         `json:"chainId"`
	Oracle   common.Address `json:"oracle"`
	Account  common.Address `json:"account"`
	Attempts []*attempt     `json:"attempts"` // by nonce
}

// store keeps attempts on disk: they are there before their transactions leave.
type store struct {
	path string
	stored
}

// openStore reads the file, if there is one. Errors: ErrStore.
func openStore(path string, want stored) (*store, error) {
	s := &store{path: path, stored: want}
	b, err := keyfile.ReadPrivate(path, maxStoreBytes)
	if errors.Is(err, fs.ErrNotExist) {
		return s, nil
	}
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrStore, err)
	}
	found, err := parseStore(b)
	if err != nil {
		return nil, fmt.Errorf("%w: %s: %w: move it away; a transaction in flight is then replaced as a stranger's", ErrStore, path, err)
	}
	if found.ChainID != want.ChainID || found.Oracle != want.Oracle || found.Account != want.Account {
		return nil, fmt.Errorf("%w: %s is of account %s for oracle %s on chain %d: name another file for this account", ErrStore, path,
			found.Account, found.Oracle, found.ChainID)
	}
	s.Attempts = found.Attempts
	return s, nil
}

// parseStore reads and judges a file's content.
func parseStore(b []byte) (s stored, err error) {
	decoder := json.NewDecoder(bytes.NewReader(b))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&s); err != nil {
		return s, errors.New("it is not the JSON that this program writes")
	}
	if _, err := decoder.Token(); !errors.Is(err, io.EOF) {
		return s, errors.New("something follows the JSON")
	}
	if s.Version != storeVersion {
		return s, fmt.Errorf("its version is %d, not %d", s.Version, storeVersion)
	}
	if len(s.Attempts) > maxAttempts {
		return s, fmt.Errorf("it has %d attempts, more than %d", len(s.Attempts), maxAttempts)
	}
	for i, a := range s.Attempts {
		if a == nil || len(a.Variants) == 0 || len(a.Variants) > maxVariants || i > 0 && a.Nonce <= s.Attempts[i-1].Nonce {
			return s, fmt.Errorf("attempt %d is out of order or has no variant", i)
		}
		if a.Mined != nil && (a.Mined.CostWei == nil || a.Mined.CostWei.ToInt().Sign() < 0) {
			return s, fmt.Errorf("attempt %d is mined and has no cost", i)
		}
		if _, err := a.transaction(); err != nil {
			return s, fmt.Errorf("attempt %d: %w", i, err)
		}
	}
	return s, nil
}

// save writes the file; it is on the disk when save returns nil. Errors: ErrStore.
func (s *store) save() error {
	s.Version = storeVersion
	b, err := json.Marshal(s.stored)
	if err == nil {
		err = keyfile.ReplacePrivate(s.path, b)
	}
	if err != nil {
		return fmt.Errorf("%w: %w: nothing is sent that is not written down", ErrStore, err)
	}
	return nil
}

// at is the attempt at a nonce, or nil.
func (s *store) at(nonce uint64) *attempt {
	i, found := s.index(nonce)
	if !found {
		return nil
	}
	return s.Attempts[i]
}

func (s *store) index(nonce uint64) (int, bool) {
	return slices.BinarySearchFunc(s.Attempts, nonce, func(a *attempt, n uint64) int { return cmp.Compare(a.Nonce, n) })
}

// record adds a signed transaction as the newest variant of its nonce and saves. purpose says what it is for. When that fails the store is as before.
func (s *store) record(tx *types.Transaction, purpose attempt, cancels bool) error {
	raw, err := tx.MarshalBinary()
	if err != nil {
		return fmt.Errorf("%w: %w", ErrStore, err)
	}
	i, found := s.index(tx.Nonce())
	fresh := attempt{
		Nonce: tx.Nonce(), RefSlot: purpose.RefSlot, Digest: purpose.Digest, Deadline: purpose.Deadline, SentAt: purpose.SentAt, Raw: raw,
	}
	before := slices.Clone(s.Attempts)
	if found {
		fresh.Variants = slices.Clone(s.Attempts[i].Variants)
		s.Attempts[i] = &fresh
	} else {
		s.Attempts = slices.Insert(s.Attempts, i, &fresh)
	}
	fresh.Variants = append(fresh.Variants, variant{Hash: tx.Hash(), Cancels: cancels})
	if len(fresh.Variants) > maxVariants || len(s.Attempts) > maxAttempts {
		err = fmt.Errorf("%w: too many transactions are in flight at once", ErrStore)
	} else {
		err = s.save()
	}
	if err != nil {
		s.Attempts = before
	}
	return err
}

// drop forgets an attempt.
func (s *store) drop(nonce uint64) {
	if i, found := s.index(nonce); found {
		s.Attempts = slices.Delete(slices.Clone(s.Attempts), i, i+1)
	}
}
