package faults

import (
	"encoding/binary"
	"encoding/json"
	"net/http"
	"strings"

	"github.com/ethereum/go-ethereum/common"
)

const (
	statePrefix  = "/eth/v2/debug/beacon/states/"
	finalityPath = "/eth/v1/beacon/states/head/finality_checkpoints"
	forkHeader   = "Eth-Consensus-Version"
)

// balancesAt is where a state says where its balances begin: after genesis time and root, slot, fork, latest block header, two vectors of 8192 roots, the
// offset of the historical roots, the eth1 data, the offset of its votes, the deposit index, and the offset of the validators (consensus specs, phase 0,
// BeaconState; the same in every fork since).
const balancesAt = 8 + 32 + 8 + 16 + 112 + 2*8192*32 + 4 + 72 + 4 + 8 + 4

// isState tells an answer that is a state in SSZ.
func isState(x *Exchange) bool {
	return x.Status == http.StatusOK && strings.HasPrefix(x.Path, statePrefix) && strings.HasPrefix(x.Header.Get("Content-Type"), "application/octet-stream")
}

// FlipBalance adds or takes one Gwei from the balance of a validator in every state.
func FlipBalance(validator uint64) Fault {
	return func(x *Exchange) bool {
		if !isState(x) || len(x.Body) < balancesAt+4 {
			return false
		}
		at := uint64(binary.LittleEndian.Uint32(x.Body[balancesAt:])) + 8*validator
		if at >= uint64(len(x.Body)) {
			return false
		}
		x.Body[at] ^= 1
		return true
	}
}

// WrongFork says of every state that it is another fork's.
func WrongFork(fork string) Fault {
	return func(x *Exchange) bool {
		if !isState(x) {
			return false
		}
		x.Header.Set(forkHeader, fork)
		return true
	}
}

// Truncate leaves out the last part of every state, whose length the answer gives accordingly.
func Truncate() Fault {
	return func(x *Exchange) bool {
		if !isState(x) {
			return false
		}
		x.Body = x.Body[:len(x.Body)/2]
		return true
	}
}

// OldFinality answers with the newest finalized epoch and an old root: a block that is final, but long past.
func OldFinality(old common.Hash) Fault {
	return func(x *Exchange) bool {
		if x.Path != finalityPath || x.Status != http.StatusOK {
			return false
		}
		var answer map[string]any
		if json.Unmarshal(x.Body, &answer) != nil {
			return false
		}
		data, _ := answer["data"].(map[string]any)
		finalized, _ := data["finalized"].(map[string]any)
		if finalized == nil || finalized["root"] == old.Hex() {
			return false
		}
		finalized["root"] = old.Hex()
		body, err := json.Marshal(answer)
		if err != nil {
			return false
		}
		x.Body = body
		return true
	}
}
