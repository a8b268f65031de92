package snapshot_test

import (
	"net/http"
	"reflect"
	"testing"

	"github.com/attestantio/go-eth2-client/spec/electra"
	"github.com/attestantio/go-eth2-client/spec/gloas"
	"github.com/attestantio/go-eth2-client/spec/phase0"
	"github.com/stretchr/testify/require"

	"github.com/tidemark-oracle/tidemark/internal/beacon/state"
)

// gloasState is the state with the fields of Gloas, its execution block named by the hash alone.
func (w *world) gloasState(b *electra.BeaconState) any {
	g := &gloas.BeaconState{
		LatestBlockHash: b.LatestExecutionPayloadHeader.BlockHash, LatestExecutionPayloadBid: &gloas.ExecutionPayloadBid{},
		ExecutionPayloadAvailability: make([]byte, w.spec.SlotsPerHistoricalRoot/8),
		ProposerLookahead:            make([]phase0.ValidatorIndex, (1+w.spec.MinSeedLookahead)*w.spec.SlotsPerEpoch),
	}
	for range 2 * w.spec.SlotsPerEpoch {
		g.BuilderPendingPayments = append(g.BuilderPendingPayments, &gloas.BuilderPendingPayment{Withdrawal: &gloas.BuilderPendingWithdrawal{}})
	}
	for range (2 + w.spec.MinSeedLookahead) * w.spec.SlotsPerEpoch {
		g.PTCWindow = append(g.PTCWindow, make([]phase0.ValidatorIndex, w.spec.PTCSize))
	}
	to, from := reflect.ValueOf(g).Elem(), reflect.ValueOf(b).Elem()
	for i := range to.NumField() {
		if field := from.FieldByName(to.Type().Field(i).Name); field.IsValid() {
			to.Field(i).Set(field)
		}
	}
	g.Fork = &phase0.Fork{CurrentVersion: phase0.Version{7}}
	return g
}

// A Gloas state verifies, but it has no state root to prove the contracts against.
func TestAGloasStateIsReadAndNotReportedOn(t *testing.T) {
	w := newWorld(t)
	w.spec.Activations[state.Fulu-1].Epoch, w.spec.Activations[state.Gloas-1].Epoch = 0, 0
	w.as = w.gloasState
	w.seal(0, w.usual)
	node := newBeaconNode(t, w)
	node.handle(statePath, func(r http.ResponseWriter, _ *http.Request) { writeState(r, "gloas", w.data) })
	got, err := w.builder(node).Compute(t.Context(), w.refSlot)
	require.Nil(t, got)
	require.ErrorIs(t, err, state.ErrNoExecutionHeader)
	require.ErrorContains(t, err, w.block.Hash.Hex())
}
