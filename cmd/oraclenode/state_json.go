package main

import (
	"github.com/ethereum/go-ethereum/common"

	"github.com/tidemark-oracle/tidemark/internal/beacon/state"
)

// inspectionJSON has every integer as a decimal string, as the Beacon API and reports do.
type inspectionJSON struct {
	Verified bool         `json:"verified"` // the root was compared with --root
	State    stateJSON    `json:"state"`
	Registry registryJSON `json:"registry"`
	Pool     poolJSON     `json:"pool"`
	Reading  readingJSON  `json:"reading"`
}

type stateJSON struct {
	Root                  common.Hash    `json:"root"`
	Fork                  string         `json:"fork"`
	Slot                  uint64         `json:"slot,string"`
	GenesisTime           uint64         `json:"genesisTime,string"`
	GenesisValidatorsRoot common.Hash    `json:"genesisValidatorsRoot"`
	Block                 blockJSON      `json:"block"`
	FinalizedEpoch        uint64         `json:"finalizedEpoch,string"`
	FinalizedRoot         common.Hash    `json:"finalizedRoot"`
	LatestBlockHash       common.Hash    `json:"latestBlockHash"`     // of the execution layer
	Execution             *executionJSON `json:"execution,omitempty"` // absent from Gloas on
	Bid                   *bidJSON       `json:"bid,omitempty"`       // absent before Gloas
}

type blockJSON struct {
	Slot uint64      `json:"slot,string"`
	Root common.Hash `json:"root"`
}

type executionJSON struct {
	BlockHash common.Hash `json:"blockHash"`
	StateRoot common.Hash `json:"stateRoot"`
	Number    uint64      `json:"number,string"`
	Timestamp uint64      `json:"timestamp,string"`
}

type bidJSON struct {
	Slot            uint64      `json:"slot,string"`
	ParentBlockHash common.Hash `json:"parentBlockHash"`
	ParentBlockRoot common.Hash `json:"parentBlockRoot"`
	BlockHash       common.Hash `json:"blockHash"`
	BuilderIndex    uint64      `json:"builderIndex,string"`
}

type registryJSON struct {
	Validators      uint64 `json:"validators,string"`
	ActiveGwei      uint64 `json:"activeEffectiveBalanceGwei,string"`
	SlashingsGwei   uint64 `json:"recentSlashingsGwei,string"`
	PendingDeposits uint64 `json:"pendingDeposits,string"`
}

type poolJSON struct {
	Credentials        []common.Hash `json:"withdrawalCredentials"`
	Validators         uint64        `json:"validators,string"`
	Exited             uint64        `json:"exited,string"`
	Slashed            uint64        `json:"slashed,string"`
	BalanceGwei        string        `json:"balanceGwei"`
	ActiveGwei         uint64        `json:"activeEffectiveBalanceGwei,string"`
	PendingTopUps      uint64        `json:"pendingTopUps,string"`
	PendingTopUpsGwei  string        `json:"pendingTopUpsGwei"`
	PendingNewKeys     uint64        `json:"pendingNewKeys,string"` // signatures are not checked
	PendingNewKeysGwei string        `json:"pendingNewKeysGwei"`
	InFlight           uint64        `json:"expectedWithdrawals,string"` // 0 before Gloas
	InFlightGwei       uint64        `json:"expectedWithdrawalsGwei,string"`
}

type readingJSON struct {
	Bytes           uint64 `json:"bytes,string"`
	Milliseconds    int64  `json:"milliseconds,string"`
	PeakMemoryBytes uint64 `json:"peakMemoryBytes,string,omitempty"` // absent where the system does not tell
}

func (i inspection) json() inspectionJSON {
	st, t := i.state, i.totals()
	return inspectionJSON{
		Verified: i.compared,
		State: stateJSON{
			Root: st.Root, Fork: st.Fork.String(), Slot: st.Slot, GenesisTime: st.GenesisTime, GenesisValidatorsRoot: st.GenesisValidatorsRoot,
			Block:          blockJSON{Slot: st.LatestBlockHeader.Slot, Root: st.BlockRoot()},
			FinalizedEpoch: st.Finalized.Epoch, FinalizedRoot: st.Finalized.Root,
			LatestBlockHash: st.LatestBlockHash, Execution: jsonExecution(st), Bid: jsonBid(st),
		},
		Registry: registryJSON{Validators: st.TotalValidators, ActiveGwei: st.TotalActiveGwei, SlashingsGwei: st.SlashingsGwei, PendingDeposits: st.PendingTotal},
		Pool: poolJSON{
			Credentials: i.credentials, Validators: uint64(len(st.Pool)), Exited: t.exited, Slashed: t.slashed,
			BalanceGwei: t.balanceGwei.Dec(), ActiveGwei: st.PoolActiveGwei,
			PendingTopUps: t.topUps, PendingTopUpsGwei: t.topUpsGwei.Dec(), PendingNewKeys: t.newKeys, PendingNewKeysGwei: t.newKeysGwei.Dec(),
			InFlight: uint64(len(st.InFlight)), InFlightGwei: st.InFlightGwei,
		},
		Reading: readingJSON{Bytes: st.Bytes, Milliseconds: i.elapsed.Milliseconds(), PeakMemoryBytes: i.peakBytes},
	}
}

func jsonExecution(st *state.State) *executionJSON {
	header := st.Execution
	if header == nil {
		return nil
	}
	return &executionJSON{BlockHash: header.BlockHash, StateRoot: header.StateRoot, Number: header.Number, Timestamp: header.Timestamp}
}

func jsonBid(st *state.State) *bidJSON {
	if st.Bid == nil {
		return nil
	}
	return &bidJSON{Slot: st.Bid.Slot, ParentBlockHash: st.Bid.ParentBlockHash, ParentBlockRoot: st.Bid.ParentBlockRoot, BlockHash: st.Bid.BlockHash, BuilderIndex: st.Bid.BuilderIndex}
}
