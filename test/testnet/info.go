package testnet

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/common/hexutil"
)

const (
	infoFile     = "network.json"
	maxInfoBytes = 1 << 16
)

// Info says where a network answers and what is in it. Start leaves it in the network's folder as network.json, for
// programs that use a network they have not started.
type Info struct {
	// ExecutionURL answers JSON-RPC (eth, net, web3, debug, txpool); the node is an archive.
	ExecutionURL string `json:"executionUrl"`
	// BeaconURL answers the standard Beacon API. Most validators depend on this node.
	BeaconURL string `json:"beaconUrl"`
	// SecondBeaconURL is the other beacon node's: the chain goes on without it.
	SecondBeaconURL string `json:"secondBeaconUrl"`
	// Fork is the network's newest one.
	Fork Fork `json:"fork"`
	// GenesisTime is when slot 0 begins, in Unix seconds.
	GenesisTime     uint64         `json:"genesisTime"`
	SecondsPerSlot  uint64         `json:"secondsPerSlot"`
	SlotsPerEpoch   uint64         `json:"slotsPerEpoch"`
	ElectraEpoch    uint64         `json:"electraEpoch"`
	GloasEpoch      uint64         `json:"gloasEpoch"` // the largest number without that fork
	ChainID         uint64         `json:"chainId"`
	DepositContract common.Address `json:"depositContract"`
	// GenesisForkVersion, 4 bytes, is the one that deposits are signed for.
	GenesisForkVersion hexutil.Bytes `json:"genesisForkVersion"`
	// FeeRecipient receives the priority fees of every block.
	FeeRecipient common.Address `json:"feeRecipient"`
	// Account is funded at genesis; AccountKey is its private key in hex, the one that Key returns.
	Account    common.Address `json:"account"`
	AccountKey string         `json:"accountKey"`
	// ConfigFile is the consensus layer's configuration, GenesisStateFile its genesis state in SSZ.
	ConfigFile       string `json:"configFile"`
	GenesisStateFile string `json:"genesisStateFile"`
	// Logs is the folder with one log file for each client.
	Logs string `json:"logs"`
}

// BeaconURLs are those of the beacon nodes: a network of Gloas has one.
func (i Info) BeaconURLs() []string { return slices.Compact([]string{i.BeaconURL, i.SecondBeaconURL}) }

// ReadInfo returns the description that a network left in its folder; it says nothing about whether the network still
// runs. The error wraps fs.ErrNotExist while the network is not ready.
func ReadInfo(dir string) (Info, error) {
	file, err := os.Open(filepath.Join(dir, infoFile))
	if err != nil {
		return Info{}, fmt.Errorf("read the network's description: %w", err)
	}
	defer file.Close()
	info, err := parseInfo(io.LimitReader(file, maxInfoBytes))
	if err != nil {
		return Info{}, fmt.Errorf("read the network's description in %s: %w", dir, err)
	}
	return info, nil
}

func parseInfo(r io.Reader) (Info, error) {
	decoder := json.NewDecoder(r)
	decoder.DisallowUnknownFields()
	var info Info
	if err := decoder.Decode(&info); err != nil {
		return Info{}, err
	}
	if info.ExecutionURL == "" || info.BeaconURL == "" || info.SecondBeaconURL == "" || info.SecondsPerSlot == 0 || info.SlotsPerEpoch == 0 {
		return Info{}, errors.New("an endpoint or a length of time is missing")
	}
	if len(info.GenesisForkVersion) != 4 {
		return Info{}, fmt.Errorf("the genesis fork version has %d bytes, want 4", len(info.GenesisForkVersion))
	}
	return info, nil
}

// write leaves the description in dir in one step: a reader sees all of it or none.
func (i Info) write(dir string) error {
	text, err := json.MarshalIndent(i, "", "  ")
	if err != nil {
		return fmt.Errorf("write the network's description: %w", err)
	}
	unfinished := filepath.Join(dir, infoFile+".new")
	if err := os.WriteFile(unfinished, append(text, '\n'), 0o644); err != nil {
		return fmt.Errorf("write the network's description: %w", err)
	}
	if err := os.Rename(unfinished, filepath.Join(dir, infoFile)); err != nil {
		return fmt.Errorf("write the network's description: %w", err)
	}
	return nil
}
