package deploy

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"math/big"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/common/hexutil"
	"go.yaml.in/yaml/v3"

	"github.com/tidemark-oracle/tidemark/report"
)

const (
	manifestVersion   = 1
	maxManifestBytes  = 1 << 20
	maxBootstrapPeers = 64
	maxPeerLength     = 512
)

// ErrManifest: a manifest that cannot be read or cannot be true. It is wrapped with the key.
var ErrManifest = errors.New("invalid network manifest")

// Manifest describes a network: what every node reads first.
type Manifest struct {
	Version            int                    `yaml:"version"`
	Name               string                 `yaml:"name"`
	ChainID            uint64                 `yaml:"chainId"`
	DeploymentBlock    uint64                 `yaml:"deploymentBlock"`
	GenesisForkVersion hexutil.Bytes          `yaml:"genesisForkVersion"`
	DepositContract    common.Address         `yaml:"depositContract"`
	Schedule           ManifestSchedule       `yaml:"schedule"`
	Contracts          Set                    `yaml:"contracts"`
	CodeHashes         map[string]common.Hash `yaml:"codeHashes"`
	BootstrapPeers     []string               `yaml:"bootstrapPeers"`
}

// ManifestSchedule is report.Schedule with the manifest's keys.
type ManifestSchedule struct {
	GenesisTime         uint64 `yaml:"genesisTime"`
	SecondsPerSlot      uint64 `yaml:"secondsPerSlot"`
	SlotsPerEpoch       uint64 `yaml:"slotsPerEpoch"`
	InitialEpoch        uint64 `yaml:"initialEpoch"`
	EpochsPerFrame      uint64 `yaml:"epochsPerFrame"`
	FinalityMarginSlots uint64 `yaml:"finalityMarginSlots"`
}

func newManifest(c Config, chainID *big.Int, set Set) *Manifest {
	return &Manifest{
		Version: manifestVersion, Name: c.Name, ChainID: chainID.Uint64(), GenesisForkVersion: c.GenesisForkVersion[:],
		DepositContract: c.DepositContract, Schedule: ManifestSchedule(c.Schedule), Contracts: set,
		CodeHashes: make(map[string]common.Hash), BootstrapPeers: c.BootstrapPeers,
	}
}

// Domain is the EIP-712 domain of the network's oracle.
func (m *Manifest) Domain() report.Domain {
	return report.Domain{ChainID: new(big.Int).SetUint64(m.ChainID), Oracle: m.Contracts.ReportOracle}
}

// Encode writes the manifest as YAML.
func (m *Manifest) Encode() ([]byte, error) {
	var b bytes.Buffer
	encoder := yaml.NewEncoder(&b)
	encoder.SetIndent(2)
	if err := errors.Join(encoder.Encode(m), encoder.Close()); err != nil {
		return nil, fmt.Errorf("encode the manifest: %w", err)
	}
	return b.Bytes(), nil
}

// DecodeManifest reads a manifest of at most 1 MiB. Unknown keys and impossible values are refused, naming the key. Errors: ErrManifest.
func DecodeManifest(r io.Reader) (*Manifest, error) {
	data, err := io.ReadAll(io.LimitReader(r, maxManifestBytes+1))
	if err != nil {
		return nil, fmt.Errorf("read the manifest: %w", err)
	}
	if len(data) > maxManifestBytes {
		return nil, fmt.Errorf("%w: larger than %d bytes", ErrManifest, maxManifestBytes)
	}
	decoder := yaml.NewDecoder(bytes.NewReader(data))
	decoder.KnownFields(true)
	var m Manifest
	if err := decoder.Decode(&m); err != nil {
		return nil, fmt.Errorf("%w: %w", ErrManifest, err)
	}
	if err := decoder.Decode(new(yaml.Node)); !errors.Is(err, io.EOF) {
		return nil, fmt.Errorf("%w: more than one document", ErrManifest)
	}
	return &m, m.validate()
}

func (m *Manifest) validate() error {
	switch {
	case m.Version != manifestVersion:
		return fmt.Errorf("%w: version: %d is not %d", ErrManifest, m.Version, manifestVersion)
	case m.ChainID == 0:
		return fmt.Errorf("%w: chainId: is missing", ErrManifest)
	case len(m.GenesisForkVersion) != 4:
		return fmt.Errorf("%w: genesisForkVersion: %d bytes are not 4", ErrManifest, len(m.GenesisForkVersion))
	case m.DepositContract == (common.Address{}):
		return fmt.Errorf("%w: depositContract: is missing", ErrManifest)
	case len(m.BootstrapPeers) > maxBootstrapPeers:
		return fmt.Errorf("%w: bootstrapPeers: more than %d", ErrManifest, maxBootstrapPeers)
	}
	for i, peer := range m.BootstrapPeers {
		if peer == "" || len(peer) > maxPeerLength {
			return fmt.Errorf("%w: bootstrapPeers[%d]: is empty or longer than %d", ErrManifest, i, maxPeerLength)
		}
	}
	if err := report.Schedule(m.Schedule).Validate(); err != nil {
		return fmt.Errorf("%w: schedule: %w", ErrManifest, err)
	}
	return m.validateContracts()
}

func (m *Manifest) validateContracts() error {
	seen := make(map[common.Address]string)
	all := m.Contracts.all()
	for _, n := range all {
		if *n.address == (common.Address{}) {
			return fmt.Errorf("%w: contracts: the address of %s is missing", ErrManifest, n.name)
		}
		if other, twice := seen[*n.address]; twice {
			return fmt.Errorf("%w: contracts: %s and %s have one address", ErrManifest, other, n.name)
		}
		seen[*n.address] = n.name
		if m.CodeHashes[n.name] == (common.Hash{}) {
			return fmt.Errorf("%w: codeHashes: %s is missing", ErrManifest, n.name)
		}
	}
	if len(m.CodeHashes) != len(all) {
		return fmt.Errorf("%w: codeHashes: a contract that is not of the set", ErrManifest)
	}
	return nil
}
