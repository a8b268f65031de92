package events

import (
	"fmt"
	"reflect"
	"slices"

	"github.com/ethereum/go-ethereum/accounts/abi"
	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"

	"github.com/tidemark-oracle/tidemark/contracts/bindings"
	"github.com/tidemark-oracle/tidemark/contracts/manifest"
)

// kind is one event of one contract.
type kind struct {
	contract common.Address
	event    abi.Event
	body     reflect.Type // a struct: the event's parameters in their order, or the fields of its one parameter
}

// Selection says which events are wanted: those whose name it holds; nil for all.
type Selection []string

// Oracle selects what happens to reports and members, and what changes the rules: everything but deposits, which are many.
func Oracle() Selection {
	return Selection{
		"ReportAccepted", "ReportQuarantined", "QuarantineJudged", "EquivocationProven", "Paused", "Unpaused", "PauseEnds",
		"CommitteeChanged", "Registered", "Admitted", "Removed", "Skipped", "Ejected", "MemberSlashed", "BondAdded", "BondWithdrawn",
		"Rebased", "FinalizationSkipped", "FinalizedWithoutReport", "BunkerSet", "TermsSet", "LimitsSet",
		"Unrecognised", "LossUnconfirmed", "LossEnded", "ReportHeld", "RateFalse",
		"FalseBalanceProven", "FalseFlagsProven", "OmissionProven", "FalseCommitmentProven",
	}
}

func (s Selection) has(name string) bool { return s == nil || slices.Contains(s, name) }

// filter is the contracts and topics of a selection.
func (r *Reader) filter(s Selection) (addresses []common.Address, topics []common.Hash) {
	for _, k := range r.kinds {
		if !s.has(k.event.RawName) {
			continue
		}
		if !slices.Contains(addresses, k.contract) {
			addresses = append(addresses, k.contract)
		}
		if !slices.Contains(topics, k.event.ID) {
			topics = append(topics, k.event.ID)
		}
	}
	return addresses, topics
}

// event decodes a log. ok is false for a log that is none of the selection. Errors: ErrWrongEvent.
func (r *Reader) event(l *types.Log, s Selection) (e Event, ok bool, err error) {
	if len(l.Topics) == 0 {
		return Event{}, false, nil
	}
	for _, k := range r.kinds {
		if k.contract != l.Address || k.event.ID != l.Topics[0] || !s.has(k.event.RawName) {
			continue
		}
		body, err := k.decode(l)
		if err != nil {
			return Event{}, false, fmt.Errorf("%w: %s in block %d, log %d: %w", ErrWrongEvent, k.event.RawName, l.BlockNumber, l.Index, err)
		}
		return Event{
			Contract: l.Address, Block: l.BlockNumber, BlockHash: l.BlockHash, TxHash: l.TxHash, TxIndex: l.TxIndex, LogIndex: l.Index, Body: body,
		}, true, nil
	}
	return Event{}, false, nil
}

// kinds are all events that are known here.
func kinds(set manifest.Set) []kind {
	return slices.Concat(
		kindsOf(set.ReportOracle, bindings.NewReportOracle().GetABI(), new(ReportAccepted), new(ReportQuarantined), new(QuarantineJudged),
			new(EquivocationProven), new(Paused), new(Unpaused), new(PauseEnds)),
		kindsOf(set.OracleCommittee, bindings.NewOracleCommittee().GetABI(), new(CommitteeChanged), new(MemberRegistered), new(MemberAdmitted),
			new(MemberRemoved), new(MemberSkipped), new(MemberEjected), new(MemberSlashed), new(BondAdded), new(BondWithdrawn)),
		kindsOf(set.StakingPool, bindings.NewStakingPool().GetABI(), new(Rebased), new(FinalizationSkipped), new(FinalizedWithoutReport),
			new(Unrecognised), new(LossUnconfirmed), new(LossEnded), new(ReportHeld), new(RateFalse), new(BunkerSet), new(TermsSet), new(Deposited),
			new(Skimmed), new(Paused), new(Unpaused)),
		kindsOf(set.Validators, bindings.NewValidators().GetABI(), new(KeyOpened), new(KeyProven), new(KeyGiven), new(KeyForeign), new(KeyToppedUp)),
		kindsOf(set.WithdrawalQueue, bindings.NewWithdrawalQueue().GetABI(), new(Settled), new(Paused), new(Unpaused), new(PauseEnds)),
		kindsOf(set.SanityChecker, bindings.NewSanityChecker().GetABI(), new(LimitsSet)),
		kindsOf(set.BalanceChallenge, bindings.NewBalanceChallenge().GetABI(), new(FalseBalanceProven), new(FalseFlagsProven), new(OmissionProven),
			new(FalseCommitmentProven)),
	)
}

func kindsOf(contract common.Address, a abi.ABI, bodies ...Body) []kind {
	all := make([]kind, len(bodies))
	for i, body := range bodies {
		all[i] = kind{contract: contract, event: a.Events[body.EventName()], body: reflect.TypeOf(body).Elem()}
	}
	return all
}

// decode reads a log of this kind. A test holds the bodies' fields against the contracts' parameters.
func (k kind) decode(l *types.Log) (Body, error) {
	values, err := k.parameters(l)
	if err != nil {
		return nil, err
	}
	body := reflect.New(k.body)
	if k.isParameter() {
		body.Elem().Set(reflect.ValueOf(values[0]).Convert(k.body))
	} else {
		for i, value := range values {
			field := body.Elem().Field(i)
			field.Set(reflect.ValueOf(value).Convert(field.Type()))
		}
	}
	return body.Interface().(Body), nil
}

// isParameter tells whether the body is the event's one parameter itself, and not a struct of parameters.
func (k kind) isParameter() bool {
	return len(k.event.Inputs) == 1 && k.event.Inputs[0].Type.GetType().ConvertibleTo(k.body)
}

// parameters are what a log says, in the order of the event's declaration. Data of any length may stand behind them, as the generated code lets it.
func (k kind) parameters(l *types.Log) ([]any, error) {
	data, err := k.event.Inputs.Unpack(l.Data)
	if err != nil {
		return nil, err
	}
	var indexed abi.Arguments
	for _, input := range k.event.Inputs {
		if input.Indexed {
			indexed = append(indexed, input)
		}
	}
	topics := make(map[string]any, len(indexed))
	if err := abi.ParseTopicsIntoMap(topics, indexed, l.Topics[1:]); err != nil {
		return nil, err
	}
	values := make([]any, 0, len(k.event.Inputs))
	for _, input := range k.event.Inputs {
		if input.Indexed {
			values = append(values, topics[input.Name])
		} else {
			values, data = append(values, data[0]), data[1:]
		}
	}
	return values, nil
}
