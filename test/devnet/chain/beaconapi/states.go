package beaconapi

import (
	"fmt"
	"net/http"

	"github.com/attestantio/go-eth2-client/spec/electra"

	"github.com/tidemark-oracle/tidemark/test/devnet/chain/transition"
)

func (h *handler) stateOf(r *http.Request) (State, error) {
	id, err := ParseID(r.PathValue("id"))
	if err != nil {
		return State{}, err
	}
	return h.chain.State(id)
}

// decoded gives the state that the request names.
func (h *handler) decoded(r *http.Request) (State, *transition.State, error) {
	s, err := h.stateOf(r)
	if err != nil {
		return s, nil, err
	}
	state, err := h.chain.Rules().Decode(s.SSZ)
	return s, state, err
}

func (h *handler) state(w http.ResponseWriter, r *http.Request) {
	s, err := h.stateOf(r)
	if err != nil {
		writeError(w, err)
		return
	}
	fork := h.fork(s.Slot)
	writeEither(w, r, fork, func() ([]byte, error) { return s.SSZ, nil }, func() (any, error) {
		state, err := h.chain.Rules().Decode(s.SSZ)
		if err != nil {
			return nil, err
		}
		answer := about(s.Finalized, state.Container())
		answer["version"] = fork
		return answer, nil
	})
}

func (h *handler) stateRoot(r *http.Request) (any, error) {
	s, err := h.stateOf(r)
	if err != nil {
		return nil, err
	}
	return about(s.Finalized, object{"root": hexadecimal(s.Root[:])}), nil
}

func (h *handler) stateFork(r *http.Request) (any, error) {
	s, state, err := h.decoded(r)
	if err != nil {
		return nil, err
	}
	return about(s.Finalized, state.Fork), nil
}

func (h *handler) finality(r *http.Request) (any, error) {
	s, state, err := h.decoded(r)
	if err != nil {
		return nil, err
	}
	return about(s.Finalized, object{
		"previous_justified": state.PreviousJustifiedCheckpoint, "current_justified": state.CurrentJustifiedCheckpoint, "finalized": state.FinalizedCheckpoint,
	}), nil
}

func (h *handler) pendingDeposits(r *http.Request) (any, error) {
	s, state, err := h.decoded(r)
	if err != nil {
		return nil, err
	}
	deposits := state.PendingDeposits
	if deposits == nil {
		deposits = []*electra.PendingDeposit{}
	}
	answer := about(s.Finalized, deposits)
	answer["version"] = state.Version().String()
	return answer, nil
}

func (h *handler) validators(r *http.Request) (any, error) {
	s, state, err := h.decoded(r)
	if err != nil {
		return nil, err
	}
	all := make([]object, len(state.Validators))
	for i := range state.Validators {
		all[i] = validator(state, i)
	}
	return about(s.Finalized, all), nil
}

func (h *handler) oneValidator(r *http.Request) (any, error) {
	s, state, err := h.decoded(r)
	if err != nil {
		return nil, err
	}
	wanted := r.PathValue("validator_id")
	for i, v := range state.Validators {
		if text(uint64(i)) == wanted || hexadecimal(v.PublicKey[:]) == wanted {
			return about(s.Finalized, validator(state, i)), nil
		}
	}
	return nil, fmt.Errorf("validator %.100q: %w", wanted, ErrNotFound)
}

func validator(s *transition.State, i int) object {
	return object{"index": text(uint64(i)), "balance": text(uint64(s.Balances[i])), "status": status(s, i), "validator": s.Validators[i]}
}

// status is a validator's status by the Beacon API's validator status specification.
func status(s *transition.State, i int) string {
	const never = 1<<64 - 1
	v, epoch := s.Validators[i], s.Epoch()
	switch {
	case uint64(v.ActivationEpoch) > epoch && v.ActivationEligibilityEpoch == never:
		return "pending_initialized"
	case uint64(v.ActivationEpoch) > epoch:
		return "pending_queued"
	case uint64(v.ExitEpoch) > epoch && v.ExitEpoch == never:
		return "active_ongoing"
	case uint64(v.ExitEpoch) > epoch && v.Slashed:
		return "active_slashed"
	case uint64(v.ExitEpoch) > epoch:
		return "active_exiting"
	case uint64(v.WithdrawableEpoch) > epoch && v.Slashed:
		return "exited_slashed"
	case uint64(v.WithdrawableEpoch) > epoch:
		return "exited_unslashed"
	case s.Balances[i] > 0:
		return "withdrawal_possible"
	}
	return "withdrawal_done"
}
