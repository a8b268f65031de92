package manifest

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

// Version is the format of manifests.
const Version = 1

// DefaultSubmitStaggerSeconds is SubmitStaggerSeconds where nobody says otherwise: two minutes.
const DefaultSubmitStaggerSeconds = 120

// ErrInvalid: a manifest that cannot be read or cannot be true. It is wrapped with the key.
var ErrInvalid = errors.New("invalid network manifest")

// Manifest describes a network: what every node reads first.
type Manifest struct {
	Version            int            `yaml:"version"`
	Name               string         `yaml:"name"`
	ChainID            uint64         `yaml:"chainId"`
	DeploymentBlock    uint64         `yaml:"deploymentBlock"`
	GenesisForkVersion hexutil.Bytes  `yaml:"genesisForkVersion"`
	DepositContract    common.Address `yaml:"depositContract"`
	Schedule           Schedule       `yaml:"schedule"`
	// SubmitStaggerSeconds lie between one member's turn to submit a report and the next one's: the same for all members.
	SubmitStaggerSeconds uint64                 `yaml:"submitStaggerSeconds"`
	Rules                BeaconRules            `yaml:"rules"`
	States               States                 `yaml:"states"`
	Bounds               Bounds                 `yaml:"bounds"` // the pool's
	Contracts            Set                    `yaml:"contracts"`
	CodeHashes           map[string]common.Hash `yaml:"codeHashes"`
	BootstrapPeers       []string               `yaml:"bootstrapPeers"`
}

// Schedule is report.Schedule with the manifest's keys.
type Schedule struct {
	GenesisTime         uint64 `yaml:"genesisTime"`
	SecondsPerSlot      uint64 `yaml:"secondsPerSlot"`
	SlotsPerEpoch       uint64 `yaml:"slotsPerEpoch"`
	InitialEpoch        uint64 `yaml:"initialEpoch"`
	EpochsPerFrame      uint64 `yaml:"epochsPerFrame"`
	FinalityMarginSlots uint64 `yaml:"finalityMarginSlots"`
	CloseSlots          uint64 `yaml:"closeSlots"`
}

// BeaconRules are parameters of the beacon chain that decide when requests must wait (the bunker rule of a report). No state root vouches for them, so a manifest
// pins them: a beacon node that says otherwise is not used. When a fork changes one, the manifest changes with it. Source: consensus specs, presets.
type BeaconRules struct {
	EffectiveBalanceIncrementGwei    uint64 `yaml:"effectiveBalanceIncrementGwei"`
	BaseRewardFactor                 uint64 `yaml:"baseRewardFactor"`
	EpochsPerSlashingsVector         uint64 `yaml:"epochsPerSlashingsVector"`
	ProportionalSlashingMultiplier   uint64 `yaml:"proportionalSlashingMultiplier"`
	MinValidatorWithdrawabilityDelay uint64 `yaml:"minValidatorWithdrawabilityDelay"` // epochs
}

// missing names the first parameter that is not set; empty when all are.
func (r BeaconRules) missing() string {
	for _, p := range []struct {
		key   string
		value uint64
	}{
		{"effectiveBalanceIncrementGwei", r.EffectiveBalanceIncrementGwei}, {"baseRewardFactor", r.BaseRewardFactor},
		{"epochsPerSlashingsVector", r.EpochsPerSlashingsVector}, {"proportionalSlashingMultiplier", r.ProportionalSlashingMultiplier},
		{"minValidatorWithdrawabilityDelay", r.MinValidatorWithdrawabilityDelay},
	} {
		if p.value == 0 {
			return p.key
		}
	}
	return ""
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
