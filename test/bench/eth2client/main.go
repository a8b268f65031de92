package main

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"os"

	apiv1 "github.com/attestantio/go-eth2-client/api/v1"
	"github.com/attestantio/go-eth2-client/spec/deneb"
	"github.com/attestantio/go-eth2-client/spec/electra"
	"github.com/attestantio/go-eth2-client/spec/fulu"
	"github.com/attestantio/go-eth2-client/spec/gloas"
	"github.com/attestantio/go-eth2-client/spec/phase0"

	"github.com/tidemark-oracle/tidemark/test/bench/outcome"
)

func main() {
	var credentials outcome.Credentials
	decode := flag.String("decode", "state", "what the file holds: state (SSZ) or validators (JSON)")
	fork := flag.String("fork", "electra", "fork of the state")
	flag.Var(&credentials, "credentials", "the pool's withdrawal credentials")
	flag.Parse()
	found, err := run(*decode, *fork, flag.Arg(0), credentials)
	if err == nil {
		err = found.Print(os.Stdout)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "eth2client:", err)
		os.Exit(1)
	}
}

var errUnknown = errors.New("unknown")

func run(decode, fork, path string, pool outcome.Credentials) (outcome.Outcome, error) {
	content, err := os.ReadFile(path)
	if err != nil {
		return outcome.Outcome{}, fmt.Errorf("read input: %w", err)
	}
	switch decode {
	case "state":
		return decodeState(content, fork, pool)
	case "validators":
		return decodeValidators(content, pool)
	}
	return outcome.Outcome{}, fmt.Errorf("-decode %q: %w, choose state or validators", decode, errUnknown)
}

// sszState is what the states of all forks can do.
type sszState interface {
	UnmarshalSSZ([]byte) error
	HashTreeRoot() ([32]byte, error)
}

// registry returns an empty state of the fork and the way to its validators and balances.
func registry(fork string) (sszState, func() ([]*phase0.Validator, []phase0.Gwei), error) {
	switch fork {
	case "deneb":
		s := new(deneb.BeaconState)
		return s, func() ([]*phase0.Validator, []phase0.Gwei) { return s.Validators, s.Balances }, nil
	case "electra":
		s := new(electra.BeaconState)
		return s, func() ([]*phase0.Validator, []phase0.Gwei) { return s.Validators, s.Balances }, nil
	case "fulu":
		s := new(fulu.BeaconState)
		return s, func() ([]*phase0.Validator, []phase0.Gwei) { return s.Validators, s.Balances }, nil
	case "gloas":
		s := new(gloas.BeaconState)
		return s, func() ([]*phase0.Validator, []phase0.Gwei) { return s.Validators, s.Balances }, nil
	}
	return nil, nil, fmt.Errorf("fork %q: %w, choose deneb, electra, fulu or gloas", fork, errUnknown)
}

func decodeState(content []byte, fork string, pool outcome.Credentials) (outcome.Outcome, error) {
	state, lists, err := registry(fork)
	if err != nil {
		return outcome.Outcome{}, err
	}
	if err := state.UnmarshalSSZ(content); err != nil {
		return outcome.Outcome{}, fmt.Errorf("decode %s state: %w", fork, err)
	}
	root, err := state.HashTreeRoot()
	if err != nil {
		return outcome.Outcome{}, fmt.Errorf("hash %s state: %w", fork, err)
	}
	validators, balances := lists()
	found := outcome.Outcome{Root: "0x" + hex.EncodeToString(root[:]), Validators: uint64(len(validators))}
	for i, v := range validators {
		if pool.Has(v.WithdrawalCredentials) {
			found.PoolValidators++
			found.PoolGwei += uint64(balances[i])
		}
	}
	return found, nil
}

// decodeValidators follows decodeJSONResponse and Validators of go-eth2-client's package http.
func decodeValidators(content []byte, pool outcome.Credentials) (outcome.Outcome, error) {
	parts := map[string]json.RawMessage{}
	if err := json.NewDecoder(bytes.NewReader(content)).Decode(&parts); err != nil {
		return outcome.Outcome{}, fmt.Errorf("parse answer: %w", err)
	}
	var list []*apiv1.Validator
	if err := json.Unmarshal(parts["data"], &list); err != nil {
		return outcome.Outcome{}, fmt.Errorf("decode validators: %w", err)
	}
	byIndex := map[phase0.ValidatorIndex]*apiv1.Validator{}
	for _, v := range list {
		byIndex[v.Index] = v
	}
	found := outcome.Outcome{Validators: uint64(len(byIndex))}
	for _, v := range byIndex {
		if pool.Has(v.Validator.WithdrawalCredentials) {
			found.PoolValidators++
			found.PoolGwei += uint64(v.Balance)
		}
	}
	return found, nil
}
