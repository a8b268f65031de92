package synth

import (
	"encoding/hex"
	"fmt"
	"io"
	"strconv"
)

// WriteValidatorsJSON writes what GET /eth/v1/beacon/states/{state_id}/validators answers for the state (Beacon APIs, getStateValidators).
func (s *State) WriteValidatorsJSON(w io.Writer) error {
	out := newOutput(w)
	out.bytes([]byte(`{"execution_optimistic":false,"finalized":true,"data":[`))
	line := make([]byte, 0, 1024)
	for i := range s.o.Validators {
		v := s.Validator(i)
		line = line[:0]
		if i > 0 {
			line = append(line, ',')
		}
		line = appendJSON(line, i, &v, s.epoch)
		out.bytes(line)
	}
	out.bytes([]byte("]}"))
	if err := out.flush(); err != nil {
		return fmt.Errorf("write validators of synthetic %s state as JSON: %w", s.fork, err)
	}
	return nil
}

func appendJSON(b []byte, index int, v *Validator, epoch uint64) []byte {
	number := func(name string, value uint64) {
		b = append(b, name...)
		b = strconv.AppendUint(b, value, 10)
		b = append(b, `",`...)
	}
	number(`{"index":"`, uint64(index))
	number(`"balance":"`, v.BalanceGwei)
	b = append(b, `"status":"`...)
	b = append(b, v.status(epoch)...)
	b = append(b, `","validator":{"pubkey":"0x`...)
	b = hex.AppendEncode(b, v.PublicKey[:])
	b = append(b, `","withdrawal_credentials":"0x`...)
	b = hex.AppendEncode(b, v.Credentials[:])
	b = append(b, `",`...)
	number(`"effective_balance":"`, v.EffectiveBalanceGwei)
	b = append(b, `"slashed":`...)
	b = strconv.AppendBool(b, v.Slashed)
	b = append(b, ',')
	number(`"activation_eligibility_epoch":"`, v.EligibilityEpoch)
	number(`"activation_epoch":"`, v.ActivationEpoch)
	number(`"exit_epoch":"`, v.ExitEpoch)
	b = append(b, `"withdrawable_epoch":"`...)
	b = strconv.AppendUint(b, v.WithdrawableEpoch, 10)
	return append(b, `"}}`...)
}

// status names the validator's state as the Beacon API does.
func (v *Validator) status(epoch uint64) string {
	switch {
	case v.ActivationEpoch > epoch && v.EligibilityEpoch == farFutureEpoch:
		return "pending_initialized"
	case v.ActivationEpoch > epoch:
		return "pending_queued"
	case v.ExitEpoch == farFutureEpoch:
		return "active_ongoing"
	case epoch < v.ExitEpoch && v.Slashed:
		return "active_slashed"
	case epoch < v.ExitEpoch:
		return "active_exiting"
	case epoch < v.WithdrawableEpoch && v.Slashed:
		return "exited_slashed"
	case epoch < v.WithdrawableEpoch:
		return "exited_unslashed"
	case v.BalanceGwei > 0:
		return "withdrawal_possible"
	}
	return "withdrawal_done"
}
