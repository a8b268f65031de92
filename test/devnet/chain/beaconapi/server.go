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
	fork        = "electra"
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

// writeEither gives SSZ to who accepts it, else JSON.
func writeEither(w http.ResponseWriter, r *http.Request, ssz func() ([]byte, error), value func() (any, error)) {
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
