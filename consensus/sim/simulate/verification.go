package main

import (
	"crypto/rand"
	"fmt"
	"syscall"
	"time"

	"github.com/tidemark-oracle/tidemark/consensus"
	"github.com/tidemark-oracle/tidemark/internal/bls"
)

const (
	verifiedVotes = 1_000
	attempts      = 15 // of which the quickest counts: a busy machine only makes it slower
)

// verification is what many votes cost, and what they must cost at least.
type verification struct{ votes, floor time.Duration }

func (v verification) ratio() float64 { return float64(v.votes) / float64(v.floor) }

// measureVerification verifies votes as the core does, and as cheaply as can be: each signature read, one check of the sum.
func measureVerification() (verification, error) {
	message := [32]byte{1, 2, 3}
	var keys []bls.PublicKey
	var encoded []consensus.Key
	var members []int
	var signatures []consensus.Signature
	for i := range verifiedVotes {
		secret, err := bls.NewSecretKey(rand.Reader)
		if err != nil {
			return verification{}, fmt.Errorf("make key %d: %w", i, err)
		}
		keys = append(keys, secret.PublicKey())
		encoded = append(encoded, consensus.Key(secret.PublicKey().Bytes()))
		members = append(members, i)
		signatures = append(signatures, consensus.Signature(secret.Sign(message).Bytes()))
	}
	prepared, err := consensus.BLSVerifier{}.Prepare(encoded)
	if err != nil {
		return verification{}, fmt.Errorf("read the keys: %w", err)
	}
	best := verification{votes: time.Hour, floor: time.Hour}
	for range attempts {
		began := processorTime()
		if _, bad, err := prepared.AggregateVotes(members, signatures, message); err != nil || len(bad) > 0 {
			return verification{}, fmt.Errorf("aggregate good votes, %d of them bad: %w", len(bad), err)
		}
		best.votes = min(best.votes, processorTime()-began)
		took, err := floor(keys, signatures, message)
		if err != nil {
			return verification{}, err
		}
		best.floor = min(best.floor, took)
	}
	return best, nil
}

func floor(keys []bls.PublicKey, signatures []consensus.Signature, message [32]byte) (time.Duration, error) {
	began := processorTime()
	parsed := make([]bls.Signature, len(signatures))
	for i := range signatures {
		var err error
		if parsed[i], err = bls.ParseSignature(signatures[i][:]); err != nil {
			return 0, fmt.Errorf("read signature %d: %w", i, err)
		}
	}
	sum, err := bls.Aggregate(parsed)
	if err != nil {
		return 0, fmt.Errorf("add signatures: %w", err)
	}
	if !sum.FastAggregateVerify(keys, message) {
		return 0, fmt.Errorf("the aggregate of %d good votes does not verify", len(keys))
	}
	return processorTime() - began, nil
}

// processorTime is what this process has used: what others do on the machine is not in it.
func processorTime() time.Duration {
	var usage syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &usage); err != nil {
		return 0
	}
	return time.Duration(usage.Utime.Nano() + usage.Stime.Nano())
}
