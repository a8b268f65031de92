package snapshot_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/attestantio/go-eth2-client/spec/electra"
	"github.com/ethereum/go-ethereum/common"

	"github.com/tidemark-oracle/tidemark/internal/beacon"
	"github.com/tidemark-oracle/tidemark/internal/beacon/state"
)

// beaconNode is a beacon node over HTTP. Tests change its answers with handle.
type beaconNode struct {
	*httptest.Server
	genesis, spec  string
	headers        []beacon.Header // of its chain, in order
	finalizedEpoch uint64
	slotsPerEpoch  uint64
	states         map[uint64][]byte // SSZ by slot
	pending        string            // JSON

	mu       sync.Mutex
	handlers map[string]http.HandlerFunc // by the path's beginning
	asked    []string
}

func newBeaconNode(t testing.TB, w *world) *beaconNode {
	t.Helper()
	n := &beaconNode{
		genesis: fmt.Sprintf(`{"data":{"genesis_time":"%d","genesis_validators_root":"%s","genesis_fork_version":"%s"}}`,
			w.Schedule.GenesisTime, common.Hash{0xee}, w.GenesisForkVersion),
		spec: specJSON(specValues(w)), headers: w.headers, finalizedEpoch: w.finalizedEpoch, slotsPerEpoch: w.spec.SlotsPerEpoch,
		states: map[uint64][]byte{w.header.Slot: w.data}, pending: pendingJSON(w.state), handlers: make(map[string]http.HandlerFunc),
	}
	n.Server = httptest.NewServer(n)
	t.Cleanup(n.Server.Close)
	return n
}

// handle replaces the answers to paths with this beginning.
func (n *beaconNode) handle(prefix string, h http.HandlerFunc) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.handlers[prefix] = h
}

// requests counts those whose path begins with prefix.
func (n *beaconNode) requests(prefix string) (count int) {
	n.mu.Lock()
	defer n.mu.Unlock()
	for _, path := range n.asked {
		if strings.HasPrefix(path, prefix) {
			count++
		}
	}
	return count
}

const (
	statePath   = "/eth/v2/debug/beacon/states/"
	headersPath = "/eth/v1/beacon/headers/"
	specPath    = "/eth/v1/config/spec"
	syncingPath = "/eth/v1/node/syncing"
	pendingEnd  = "/pending_deposits"
)

func (n *beaconNode) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	path := r.URL.Path
	n.mu.Lock()
	n.asked = append(n.asked, path)
	var h http.HandlerFunc
	for prefix, other := range n.handlers {
		if strings.HasPrefix(path, prefix) {
			h = other
		}
	}
	n.mu.Unlock()
	switch {
	case h != nil:
		h(w, r)
	case path == "/eth/v1/beacon/genesis":
		writeJSON(w, n.genesis)
	case path == specPath:
		writeJSON(w, n.spec)
	case path == syncingPath:
		writeJSON(w, `{"data":{"head_slot":"1","sync_distance":"0","is_syncing":false,"is_optimistic":false,"el_offline":false}}`)
	case path == "/eth/v1/beacon/states/head/finality_checkpoints":
		checkpoint := fmt.Sprintf(`{"epoch":"%d","root":"%s"}`, n.finalizedEpoch, n.finalized().HashTreeRoot())
		writeJSON(w, `{"execution_optimistic":false,"finalized":false,"data":{"previous_justified":`+checkpoint+`,"current_justified":`+checkpoint+`,"finalized":`+checkpoint+`}}`)
	case strings.HasPrefix(path, headersPath):
		n.serveHeader(w, strings.TrimPrefix(path, headersPath))
	case strings.HasPrefix(path, statePath):
		n.serveState(w, strings.TrimPrefix(path, statePath))
	case strings.HasSuffix(path, pendingEnd):
		writeJSON(w, n.pending)
	default:
		http.NotFound(w, r)
	}
}

// finalized is the block of the finalized checkpoint.
func (n *beaconNode) finalized() (last beacon.Header) {
	for _, h := range n.headers {
		if h.Slot <= n.finalizedEpoch*n.slotsPerEpoch {
			last = h
		}
	}
	return last
}

func (n *beaconNode) serveHeader(w http.ResponseWriter, id string) {
	for _, h := range n.headers {
		if id == strconv.FormatUint(h.Slot, 10) || id == h.HashTreeRoot().Hex() {
			writeJSON(w, headerJSON(h, h.Slot <= n.finalized().Slot, false))
			return
		}
	}
	http.Error(w, `{"code":404,"message":"not found"}`, http.StatusNotFound)
}

func headerJSON(h beacon.Header, finalized, optimistic bool) string {
	return fmt.Sprintf(`{"execution_optimistic":%v,"finalized":%v,"data":{"root":"%s","canonical":true,"header":{"message":{"slot":"%d","proposer_index":"%d",`+
		`"parent_root":"%s","state_root":"%s","body_root":"%s"},"signature":"0x"}}}`, optimistic, finalized, h.HashTreeRoot(), h.Slot, h.ProposerIndex, h.ParentRoot, h.StateRoot, h.BodyRoot)
}

func (n *beaconNode) serveState(w http.ResponseWriter, id string) {
	slot, err := strconv.ParseUint(id, 10, 64)
	data, have := n.states[slot]
	if err != nil || !have {
		http.Error(w, `{"code":404,"message":"not found"}`, http.StatusNotFound)
		return
	}
	writeState(w, "electra", data)
}

func writeState(w http.ResponseWriter, fork string, data []byte) {
	w.Header().Set("Content-Type", "application/octet-stream")
	w.Header().Set("Eth-Consensus-Version", fork)
	_, _ = w.Write(data) // the client may be gone
}

func writeJSON(w http.ResponseWriter, body string) {
	w.Header().Set("Content-Type", "application/json")
	_, _ = fmt.Fprint(w, body) // the client may be gone
}

// specValues is what the spec endpoint says of the world's network.
func specValues(w *world) map[string]string {
	s, number := w.spec, func(v uint64) string { return strconv.FormatUint(v, 10) }
	values := map[string]string{
		"SECONDS_PER_SLOT": number(s.SecondsPerSlot), "SLOTS_PER_EPOCH": number(s.SlotsPerEpoch), "DEPOSIT_CHAIN_ID": number(w.ChainID),
		"DEPOSIT_CONTRACT_ADDRESS": w.DepositContract.Hex(), "SLOTS_PER_HISTORICAL_ROOT": number(s.SlotsPerHistoricalRoot),
		"EPOCHS_PER_HISTORICAL_VECTOR": number(s.EpochsPerHistoricalVector), "EPOCHS_PER_SLASHINGS_VECTOR": number(s.EpochsPerSlashingsVector),
		"EPOCHS_PER_ETH1_VOTING_PERIOD": number(s.EpochsPerEth1VotingPeriod), "SYNC_COMMITTEE_SIZE": number(s.SyncCommitteeSize), "MIN_SEED_LOOKAHEAD": number(s.MinSeedLookahead),
		"HISTORICAL_ROOTS_LIMIT": number(s.HistoricalRootsLimit), "VALIDATOR_REGISTRY_LIMIT": number(s.ValidatorRegistryLimit),
		"PENDING_DEPOSITS_LIMIT": number(s.PendingDepositsLimit), "PENDING_PARTIAL_WITHDRAWALS_LIMIT": number(s.PendingPartialWithdrawalsLimit),
		"PENDING_CONSOLIDATIONS_LIMIT": number(s.PendingConsolidationsLimit), "EFFECTIVE_BALANCE_INCREMENT": number(s.EffectiveBalanceIncrementGwei),
		"BASE_REWARD_FACTOR": number(s.BaseRewardFactor), "MIN_VALIDATOR_WITHDRAWABILITY_DELAY": number(s.MinValidatorWithdrawabilityDelay),
		"PROPORTIONAL_SLASHING_MULTIPLIER_BELLATRIX": number(s.ProportionalSlashingMultiplier), "PTC_SIZE": number(s.PTCSize),
		"MIN_PER_EPOCH_CHURN_LIMIT_ELECTRA": "128000000000", "MAX_PER_EPOCH_ACTIVATION_EXIT_CHURN_LIMIT": "256000000000", "CHURN_LIMIT_QUOTIENT": "65536",
		"CHURN_LIMIT_QUOTIENT_GLOAS": "32768", "MAX_SEED_LOOKAHEAD": "4", "SHARD_COMMITTEE_PERIOD": "8", "MIN_ACTIVATION_BALANCE": "32000000000",
		"MAX_WITHDRAWALS_PER_PAYLOAD": "16",
	}
	for _, f := range state.Forks() {
		name := strings.ToUpper(f.String())
		values[name+"_FORK_EPOCH"], values[name+"_FORK_VERSION"] = number(s.Activations[f-1].Epoch), fmt.Sprintf("%#x", s.Activations[f-1].Version)
	}
	return values
}

func specJSON(values map[string]string) string {
	text, err := json.Marshal(map[string]any{"data": values})
	if err != nil {
		panic(err)
	}
	return string(text)
}

// pendingJSON is the node's list of a state's pending deposits.
func pendingJSON(b *electra.BeaconState) string {
	entries := make([]map[string]string, len(b.PendingDeposits))
	for i, d := range b.PendingDeposits {
		entries[i] = map[string]string{
			"pubkey": fmt.Sprintf("%#x", d.Pubkey[:]), "withdrawal_credentials": fmt.Sprintf("%#x", d.WithdrawalCredentials),
			"amount": strconv.FormatUint(uint64(d.Amount), 10), "signature": fmt.Sprintf("%#x", d.Signature[:]), "slot": strconv.FormatUint(uint64(d.Slot), 10),
		}
	}
	text, err := json.Marshal(map[string]any{"data": entries})
	if err != nil {
		panic(err)
	}
	return string(text)
}
