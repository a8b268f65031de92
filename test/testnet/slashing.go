package testnet

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"

	"github.com/attestantio/go-eth2-client/spec/electra"
	"github.com/attestantio/go-eth2-client/spec/phase0"
	"github.com/ethereum/go-ethereum/common"

	"github.com/tidemark-oracle/tidemark/internal/bls"
)

// DoubleVote has a validator vote twice for the same target epoch, once for the head of the chain and once for the block before it, and hands the two
// signed votes to the beacon node as the proof that they are. A proposer puts the proof into a block within a few slots, and the validator is slashed
// (consensus specs, phase 0, is_slashable_attestation_data). The chain must be in Electra.
func (i Info) DoubleVote(ctx context.Context, validator uint64, key *bls.SecretKey) error {
	data, parent, err := i.headVote(ctx)
	if err != nil {
		return fmt.Errorf("prepare a double vote of validator %d: %w", validator, err)
	}
	domain, err := i.attesterDomain(ctx)
	if err != nil {
		return fmt.Errorf("prepare a double vote of validator %d: %w", validator, err)
	}
	other := *data
	other.BeaconBlockRoot = parent
	proof := new(electra.AttesterSlashing)
	for _, vote := range []struct {
		data *phase0.AttestationData
		into **electra.IndexedAttestation
	}{{data, &proof.Attestation1}, {&other, &proof.Attestation2}} {
		root, err := vote.data.HashTreeRoot()
		if err != nil {
			return fmt.Errorf("hash a vote: %w", err)
		}
		signing, err := (&phase0.SigningData{ObjectRoot: root, Domain: domain}).HashTreeRoot()
		if err != nil {
			return fmt.Errorf("hash a vote: %w", err)
		}
		*vote.into = &electra.IndexedAttestation{
			AttestingIndices: []uint64{validator}, Data: vote.data, Signature: phase0.BLSSignature(key.Sign(signing).Bytes()),
		}
	}
	body, err := json.Marshal(proof)
	if err != nil {
		return fmt.Errorf("encode the proof of a double vote: %w", err)
	}
	return i.post(ctx, "/eth/v2/beacon/pool/attester_slashings", body)
}

// headVote is what an honest validator would vote now, and the root of the block before the head.
func (i Info) headVote(ctx context.Context) (data *phase0.AttestationData, parent phase0.Root, err error) {
	var head struct {
		Data struct {
			Root   common.Hash `json:"root"`
			Header struct {
				Message struct {
					Slot   decimal     `json:"slot"`
					Parent common.Hash `json:"parent_root"`
				} `json:"message"`
			} `json:"header"`
		} `json:"data"`
	}
	if err := i.get(ctx, "/eth/v1/beacon/headers/head", &head); err != nil {
		return nil, parent, err
	}
	status, err := i.Status(ctx)
	if err != nil {
		return nil, parent, err
	}
	slot := uint64(head.Data.Header.Message.Slot)
	message := &phase0.AttestationData{
		Slot: phase0.Slot(slot), BeaconBlockRoot: phase0.Root(head.Data.Root),
		Source: &phase0.Checkpoint{Epoch: phase0.Epoch(status.Justified.Epoch), Root: phase0.Root(status.Justified.Root)},
		Target: &phase0.Checkpoint{Epoch: phase0.Epoch(slot / i.SlotsPerEpoch), Root: phase0.Root(head.Data.Root)},
	}
	return message, phase0.Root(head.Data.Header.Message.Parent), nil
}

// attesterDomain is the domain of votes, DOMAIN_BEACON_ATTESTER, in the fork of the head.
func (i Info) attesterDomain(ctx context.Context) (domain phase0.Domain, err error) {
	var fork struct {
		Data struct {
			Current hexVersion `json:"current_version"`
		} `json:"data"`
	}
	if err := i.get(ctx, "/eth/v1/beacon/states/head/fork", &fork); err != nil {
		return domain, err
	}
	var genesis struct {
		Data struct {
			Root common.Hash `json:"genesis_validators_root"`
		} `json:"data"`
	}
	if err := i.get(ctx, "/eth/v1/beacon/genesis", &genesis); err != nil {
		return domain, err
	}
	data := phase0.ForkData{CurrentVersion: phase0.Version(fork.Data.Current), GenesisValidatorsRoot: phase0.Root(genesis.Data.Root)}
	root, err := data.HashTreeRoot()
	if err != nil {
		return domain, fmt.Errorf("hash the fork: %w", err)
	}
	domain[0] = 1
	copy(domain[4:], root[:28])
	return domain, nil
}

// hexVersion is a fork version as the Beacon API writes it.
type hexVersion [4]byte

func (v *hexVersion) UnmarshalText(text []byte) error {
	b := common.FromHex(string(text))
	if len(b) != len(v) {
		return fmt.Errorf("%.20q is no fork version", text)
	}
	copy(v[:], b)
	return nil
}

// post hands something to the beacon node.
func (i Info) post(ctx context.Context, path string, body []byte) error {
	ctx, cancel := context.WithTimeout(ctx, requestTimeout)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, i.BeaconURL+path, bytes.NewReader(body))
	if err != nil {
		return fmt.Errorf("send to %s: %w", path, err)
	}
	request.Header.Set("Content-Type", "application/json")
	request.Header.Set("Eth-Consensus-Version", "electra")
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return fmt.Errorf("send to %s: %w", path, err)
	}
	defer response.Body.Close()
	answer, err := io.ReadAll(io.LimitReader(response.Body, maxAnswerBytes))
	if err != nil {
		return fmt.Errorf("read the beacon node's answer to %s: %w", path, err)
	}
	if response.StatusCode != http.StatusOK {
		return fmt.Errorf("the beacon node answers %s with status %d: %.300s", path, response.StatusCode, answer)
	}
	return nil
}
