package deploy

import (
	"bytes"
	"errors"
	"fmt"
	"math/big"
	"strings"
	"time"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/common/hexutil"
	"go.yaml.in/yaml/v3"

	"github.com/tidemark-oracle/tidemark/report"
)

const manifestVersion = 1

// DefaultSubmitStaggerSeconds is SubmitStaggerSeconds where nobody says otherwise: two minutes.
const DefaultSubmitStaggerSeconds = 120

// ErrManifest: a manifest that cannot be read or cannot be true. It is wrapped with the key.
var ErrManifest = errors.New("invalid network manifest")

// Manifest describes a network: what every node reads first.
type Manifest struct {
	Version            int              `yaml:"version"`
	Name               string           `yaml:"name"`
	ChainID            uint64           `yaml:"chainId"`
	DeploymentBlock    uint64           `yaml:"deploymentBlock"`
	GenesisForkVersion hexutil.Bytes    `yaml:"genesisForkVersion"`
	DepositContract    common.Address   `yaml:"depositContract"`
	Schedule           ManifestSchedule `yaml:"schedule"`
	// SubmitStaggerSeconds lie between one member's turn to submit a report and the next one's: the same for all members.
	SubmitStaggerSeconds uint64                 `yaml:"submitStaggerSeconds"`
	Rules                BeaconRules            `yaml:"rules"`
	Bounds               Bounds                 `yaml:"bounds"` // the pool's
	Contracts            Set                    `yaml:"contracts"`
	CodeHashes           map[string]common.Hash `yaml:"codeHashes"`
	BootstrapPeers       []string               `yaml:"bootstrapPeers"`
}

// ManifestSchedule is report.Schedule with the manifest's keys.
type ManifestSchedule struct {
	GenesisTime         uint64 `yaml:"genesisTime"`
	SecondsPerSlot      uint64 `yaml:"secondsPerSlot"`
	SlotsPerEpoch       uint64 `yaml:"slotsPerEpoch"`
	InitialEpoch        uint64 `yaml:"initialEpoch"`
	EpochsPerFrame      uint64 `yaml:"epochsPerFrame"`
	FinalityMarginSlots uint64 `yaml:"finalityMarginSlots"`
	CloseSlots          uint64 `yaml:"closeSlots"`
}

func newManifest(c Config, chainID uint64, set Set) *Manifest {
	stagger := c.SubmitStaggerSeconds
	if stagger == 0 {
		stagger = DefaultSubmitStaggerSeconds
	}
	return &Manifest{
		Version: manifestVersion, Name: c.Name, ChainID: chainID, GenesisForkVersion: c.GenesisForkVersion[:],
		DepositContract: c.DepositContract, Schedule: ManifestSchedule(c.Schedule), SubmitStaggerSeconds: stagger, Rules: c.Rules, Bounds: c.Pool.Bounds, Contracts: set,
		CodeHashes: make(map[string]common.Hash), BootstrapPeers: append([]string{}, c.BootstrapPeers...),
	}
}

// Domain is the EIP-712 domain of the network's oracle.
func (m *Manifest) Domain() report.Domain {
	return report.Domain{ChainID: new(big.Int).SetUint64(m.ChainID), Oracle: m.Contracts.ReportOracle}
}

// SubmitStagger is the time between one member's turn to submit a report and the next one's.
func (m *Manifest) SubmitStagger() time.Duration {
	return time.Duration(m.SubmitStaggerSeconds) * time.Second
}

// Encode writes the manifest as YAML.
func (m *Manifest) Encode() ([]byte, error) {
	var b bytes.Buffer
	var document yaml.Node
	encoder := yaml.NewEncoder(&b)
	encoder.SetIndent(2)
	if err := document.Encode(m); err != nil {
		return nil, fmt.Errorf("encode the manifest: %w", err)
	}
	quoteHexadecimal(&document)
	if err := errors.Join(encoder.Encode(&document), encoder.Close()); err != nil {
		return nil, fmt.Errorf("encode the manifest: %w", err)
	}
	return b.Bytes(), nil
}

// quoteHexadecimal keeps other YAML readers from taking addresses and hashes for numbers.
func quoteHexadecimal(n *yaml.Node) {
	if n.Kind == yaml.ScalarNode && strings.HasPrefix(n.Value, "0x") {
		n.Style = yaml.DoubleQuotedStyle
	}
	for _, child := range n.Content {
		quoteHexadecimal(child)
	}
}
