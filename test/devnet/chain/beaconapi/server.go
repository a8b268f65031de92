// Package beaconapi answers the part of the standard Beacon API that the oracle and its tests ask, from a chain in the same process.
//
//	GET /eth/v1/beacon/genesis                                GET /eth/v1/config/spec
//	GET /eth/v1/beacon/headers/{block_id}                     GET /eth/v1/config/deposit_contract
//	GET /eth/v1/beacon/blocks/{block_id}/root                 GET /eth/v1/node/syncing, health, version
//	GET /eth/v2/beacon/blocks/{block_id}              (SSZ)   GET /eth/v1/events?topics=head,head_v2,finalized_checkpoint,chain_reorg
//	GET /eth/v1/beacon/states/{state_id}/root, fork, finality_checkpoints, validators[/{index or key}], pending_deposits
//	GET /eth/v2/debug/beacon/states/{state_id}        (SSZ)
//
// Blocks and states come as SSZ or JSON, by the Accept header. Nothing is written and nobody is authenticated: it belongs on loopback.
// Source: ethereum/beacon-APIs.
package beaconapi

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"strings"
)

const (
	mediaJSON   = "application/json"
	mediaSSZ    = "application/octet-stream"
	mediaEvents = "text/event-stream"
)

// handler answers from a chain.
type handler struct {
	chain   Chain
	version string
}

// New makes the API of a chain; version is what the node calls itself.
func New(chain Chain, version string) http.Handler {
	h := &handler{chain: chain, version: version}
	mux := http.NewServeMux()
	for pattern, answer := range map[string]func(*http.Request) (any, error){
		"/eth/v1/beacon/genesis":                               h.genesis,
		"/eth/v1/config/spec":                                  h.spec,
		"/eth/v1/config/deposit_contract":                      h.depositContract,
		"/eth/v1/node/syncing":                                 h.syncing,
		"/eth/v1/node/version":                                 h.nodeVersion,
		"/eth/v1/beacon/headers/{id}":                          h.header,
		"/eth/v1/beacon/blocks/{id}/root":                      h.blockRoot,
		"/eth/v1/beacon/states/{id}/root":                      h.stateRoot,
		"/eth/v1/beacon/states/{id}/fork":                      h.stateFork,
		"/eth/v1/beacon/states/{id}/finality_checkpoints":      h.finality,
		"/eth/v1/beacon/states/{id}/validators":                h.validators,
		"/eth/v1/beacon/states/{id}/validators/{validator_id}": h.oneValidator,
		"/eth/v1/beacon/states/{id}/pending_deposits":          h.pendingDeposits,
	} {
		mux.HandleFunc("GET "+pattern, func(w http.ResponseWriter, r *http.Request) { writeAnswer(w, r, answer) })
	}
	mux.HandleFunc("GET /eth/v1/node/health", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusOK) })
	mux.HandleFunc("GET /eth/v2/beacon/blocks/{id}", h.block)
	mux.HandleFunc("GET /eth/v2/debug/beacon/states/{id}", h.state)
	mux.HandleFunc("GET /eth/v1/events", h.events)
	mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		writeError(w, fmt.Errorf("%s: %w", r.URL.Path, ErrNotFound))
	})
	return mux
}

// object is a JSON object.
type object map[string]any

func data(of any) object { return object{"data": of} }

func writeAnswer(w http.ResponseWriter, r *http.Request, answer func(*http.Request) (any, error)) {
	value, err := answer(r)
	if err != nil {
		writeError(w, err)
		return
	}
	writeJSON(w, http.StatusOK, value)
}

// writeError gives the error as the API writes it.
func writeError(w http.ResponseWriter, err error) {
	status := http.StatusInternalServerError
	switch {
	case errors.Is(err, ErrNotFound):
		status = http.StatusNotFound
	case errors.Is(err, ErrID), errors.Is(err, errTopic):
		status = http.StatusBadRequest
	}
	writeJSON(w, status, object{"code": status, "message": err.Error()})
}

func writeJSON(w http.ResponseWriter, status int, value any) {
	body, err := json.Marshal(value)
	if err != nil {
		http.Error(w, "encode the answer: "+err.Error(), http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", mediaJSON)
	w.Header().Set("Content-Length", strconv.Itoa(len(body)))
	w.WriteHeader(status)
	_, _ = w.Write(body) // The client went away: there is nobody to tell.
}

// fork names the fork of a slot.
func (h *handler) fork(slot uint64) string {
	spec := h.chain.Rules().Spec()
	return spec.ForkAt(slot / spec.SlotsPerEpoch).String()
}

// writeEither gives SSZ to who accepts it, else JSON, of a fork.
func writeEither(w http.ResponseWriter, r *http.Request, fork string, ssz func() ([]byte, error), value func() (any, error)) {
	w.Header().Set("Eth-Consensus-Version", fork)
	w.Header().Set("Vary", "Accept")
	if !strings.Contains(r.Header.Get("Accept"), mediaSSZ) {
		writeAnswer(w, r, func(*http.Request) (any, error) { return value() })
		return
	}
	body, err := ssz()
	if err != nil {
		writeError(w, err)
		return
	}
	w.Header().Set("Content-Type", mediaSSZ)
	w.Header().Set("Content-Length", strconv.Itoa(len(body)))
	_, _ = w.Write(body)
}

func text(n uint64) string { return strconv.FormatUint(n, 10) }

func hexadecimal(b []byte) string { return fmt.Sprintf("%#x", b) }

func (h *handler) genesis(*http.Request) (any, error) {
	g, version := h.chain.Genesis(), h.chain.Rules().Spec().GenesisForkVersion
	return data(object{
		"genesis_time": text(g.Time), "genesis_validators_root": hexadecimal(g.ValidatorsRoot[:]), "genesis_fork_version": hexadecimal(version[:]),
	}), nil
}

func (h *handler) spec(*http.Request) (any, error) { return data(h.chain.Rules().Spec().Values()), nil }

func (h *handler) depositContract(*http.Request) (any, error) {
	spec := h.chain.Rules().Spec()
	return data(object{"chain_id": text(spec.DepositChainID), "address": hexadecimal(spec.DepositContract[:])}), nil
}

func (h *handler) nodeVersion(*http.Request) (any, error) {
	return data(object{"version": h.version}), nil
}

// syncing is never syncing: missed slots leave the head behind, but nothing is to be had from others.
func (h *handler) syncing(*http.Request) (any, error) {
	slot, head := h.chain.Clock()
	return data(object{
		"head_slot": text(head), "sync_distance": text(slot - head), "is_syncing": false, "is_optimistic": false, "el_offline": false,
	}), nil
}
