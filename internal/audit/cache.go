package audit

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"math/big"
	"reflect"

	"github.com/ethereum/go-ethereum/common"

	"github.com/tidemark-oracle/tidemark/contracts/manifest"
	"github.com/tidemark-oracle/tidemark/internal/execution/events"
)

// MaxCacheBytes bounds a cache file: decades of daily reports.
const MaxCacheBytes = 256 << 20

// cacheVersion changes with the form of the file and with the checks.
const cacheVersion = 2

// Cache is what earlier audits of one network have read and checked: final parts only. It saves reading; whoever can write the file can forge its
// contents, so it belongs where only the auditor writes. It is for one goroutine.
type Cache struct {
	network  string
	last     uint64 // block up to which events were read, from the deployment on; 0: none
	lastHash common.Hash
	found    []events.Event
	checked  map[string]CheckedReport
}

// CheckedReport is a report with its findings.
type CheckedReport struct {
	Report   Report    `json:"report"`
	Findings []Finding `json:"findings"`
}

// unfinished reports whether another audit may find more: something could not be checked, or beacon nodes are there now.
func (j CheckedReport) unfinished(computes bool) bool {
	for _, c := range j.Report.Checks {
		if c.State == NotChecked || c.State == Skipped && computes && c.Name == checkConsensus {
			return true
		}
	}
	return false
}

// cacheJSON is the file's first line; the second is its SHA-256 in hexadecimal.
type cacheJSON struct {
	Version  int                      `json:"version"`
	Network  string                   `json:"network"`
	Last     uint64                   `json:"lastBlock"`
	LastHash common.Hash              `json:"lastBlockHash"`
	Events   []events.Event           `json:"events"`
	Checked  map[string]CheckedReport `json:"judged"`
}

// NewCache is an empty cache of a network.
func NewCache(m *manifest.Manifest) *Cache {
	return &Cache{network: networkID(m), checked: make(map[string]CheckedReport)}
}

// networkID binds a cache to everything in the manifest that an audit depends on.
func networkID(m *manifest.Manifest) string {
	text := fmt.Sprintf("%d %d %v %+v", m.ChainID, m.DeploymentBlock, m.Schedule, m.Contracts)
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:])
}

func (c *Cache) belongs(m *manifest.Manifest) error {
	if c.network != networkID(m) {
		return fmt.Errorf("%w: it is of another network or deployment", ErrCache)
	}
	return nil
}

// extend takes the events up to a final block.
func (c *Cache) extend(last events.Block, found []events.Event) {
	c.last, c.lastHash = last.Number, last.Hash
	c.found = append(c.found, found...)
}

func (c *Cache) clear() {
	c.last, c.lastHash, c.found, c.checked = 0, common.Hash{}, nil, make(map[string]CheckedReport)
}

// Write writes the cache.
func (c *Cache) Write(w io.Writer) error {
	body, err := json.Marshal(cacheJSON{cacheVersion, c.network, c.last, c.lastHash, c.found, c.checked})
	if err != nil {
		return fmt.Errorf("write the cache: %w", err)
	}
	sum := sha256.Sum256(body)
	if _, err := fmt.Fprintf(w, "%s\n%x\n", body, sum); err != nil {
		return fmt.Errorf("write the cache: %w", err)
	}
	return nil
}

// ReadCache reads what Write writes, of at most MaxCacheBytes. The sum finds damage, not forgery. Errors: ErrCache.
func ReadCache(r io.Reader, m *manifest.Manifest) (*Cache, error) {
	data, err := io.ReadAll(io.LimitReader(r, MaxCacheBytes+1))
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrCache, err)
	}
	if len(data) > MaxCacheBytes {
		return nil, fmt.Errorf("%w: it is larger than %d bytes", ErrCache, MaxCacheBytes)
	}
	body, rest, _ := bytes.Cut(data, []byte("\n"))
	if sum := sha256.Sum256(body); string(rest) != hex.EncodeToString(sum[:])+"\n" {
		return nil, fmt.Errorf("%w: it is damaged, its sum is another", ErrCache)
	}
	return parseCache(body, m)
}

// parseCache reads the part under the sum.
func parseCache(body []byte, m *manifest.Manifest) (*Cache, error) {
	var raw cacheJSON
	decoder := json.NewDecoder(bytes.NewReader(body))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&raw); err != nil {
		return nil, fmt.Errorf("%w: %w", ErrCache, err)
	}
	if raw.Version != cacheVersion {
		return nil, fmt.Errorf("%w: it is of version %d, this program writes %d", ErrCache, raw.Version, cacheVersion)
	}
	c := &Cache{network: raw.Network, last: raw.Last, lastHash: raw.LastHash, found: raw.Events, checked: raw.Checked}
	if c.checked == nil {
		c.checked = make(map[string]CheckedReport)
	}
	if err := c.belongs(m); err != nil {
		return nil, err
	}
	for i, e := range c.found {
		if e.Body == nil || e.Block > c.last || e.Block < m.DeploymentBlock || i > 0 && !c.found[i-1].Before(e) {
			return nil, fmt.Errorf("%w: its events are out of order", ErrCache)
		}
		if !wellFormed(e.Body) {
			return nil, fmt.Errorf("%w: an event lacks a number", ErrCache)
		}
	}
	return c, nil
}

// wellFormed tells whether a body from a file has all its numbers: a log's always has.
func wellFormed(body any) bool {
	v := reflect.ValueOf(body)
	if v.Kind() != reflect.Pointer || v.IsNil() {
		return false
	}
	v = v.Elem()
	for i := range v.NumField() {
		if number, ok := v.Field(i).Interface().(*big.Int); ok && (number == nil || number.BitLen() > 256) {
			return false
		}
	}
	return true
}
