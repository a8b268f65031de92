package testnet

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"time"

	"github.com/ethereum/go-ethereum/common"
)

const (
	requestTimeout = 30 * time.Second
	maxAnswerBytes = 1 << 20
)

// errNotFound is the node's answer 404.
var errNotFound = errors.New("the beacon node has no such thing")

// Checkpoint is the first block of an epoch.
type Checkpoint struct {
	Epoch uint64
	Root  common.Hash
}

// Status is how far the chain is, as the beacon node sees it.
type Status struct {
	HeadSlot             uint64
	Justified, Finalized Checkpoint
}

// Status asks the beacon node how far the chain is.
func (i Info) Status(ctx context.Context) (Status, error) {
	var head struct {
		Data struct {
			Header struct {
				Message struct {
					Slot decimal `json:"slot"`
				} `json:"message"`
			} `json:"header"`
		} `json:"data"`
	}
	if err := i.get(ctx, "/eth/v1/beacon/headers/head", &head); err != nil {
		return Status{}, err
	}
	type checkpoint struct {
		Epoch decimal     `json:"epoch"`
		Root  common.Hash `json:"root"`
	}
	var checkpoints struct {
		Data struct {
			Justified checkpoint `json:"current_justified"`
			Finalized checkpoint `json:"finalized"`
		} `json:"data"`
	}
	if err := i.get(ctx, "/eth/v1/beacon/states/head/finality_checkpoints", &checkpoints); err != nil {
		return Status{}, err
	}
	justified, finalized := checkpoints.Data.Justified, checkpoints.Data.Finalized
	return Status{
		HeadSlot:  uint64(head.Data.Header.Message.Slot),
		Justified: Checkpoint{Epoch: uint64(justified.Epoch), Root: justified.Root},
		Finalized: Checkpoint{Epoch: uint64(finalized.Epoch), Root: finalized.Root},
	}, nil
}

// Spec asks the beacon node for the parameters of the network, those whose values are strings.
func (i Info) Spec(ctx context.Context) (map[string]string, error) {
	var answer struct {
		Data map[string]any `json:"data"`
	}
	if err := i.get(ctx, "/eth/v1/config/spec", &answer); err != nil {
		return nil, err
	}
	values := make(map[string]string, len(answer.Data))
	for name, value := range answer.Data {
		if text, ok := value.(string); ok {
			values[name] = text
		}
	}
	return values, nil
}

// beacon returns the description with the node, 0 or 1, as the one that is asked.
func (i Info) beacon(node int) Info {
	if node == 1 {
		i.BeaconURL = i.SecondBeaconURL
	}
	return i
}

// duty is which validator is to propose the block of a slot.
type duty struct{ slot, validator uint64 }

// duties returns the proposers of an epoch, the current or the next one.
func (i Info) duties(ctx context.Context, epoch uint64) ([]duty, error) {
	var answer struct {
		Data []struct {
			Validator decimal `json:"validator_index"`
			Slot      decimal `json:"slot"`
		} `json:"data"`
	}
	if err := i.get(ctx, fmt.Sprintf("/eth/v1/validator/duties/proposer/%d", epoch), &answer); err != nil {
		return nil, err
	}
	duties := make([]duty, 0, len(answer.Data))
	for _, d := range answer.Data {
		duties = append(duties, duty{slot: uint64(d.Slot), validator: uint64(d.Validator)})
	}
	return duties, nil
}

// hasBlock reports whether the canonical chain has a block in the slot.
func (i Info) hasBlock(ctx context.Context, slot uint64) (bool, error) {
	var header struct{}
	err := i.get(ctx, fmt.Sprintf("/eth/v1/beacon/headers/%d", slot), &header)
	if errors.Is(err, errNotFound) {
		return false, nil
	}
	return err == nil, err
}

// get asks the beacon node and decodes its answer.
func (i Info) get(ctx context.Context, path string, answer any) error {
	ctx, cancel := context.WithTimeout(ctx, requestTimeout)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, i.BeaconURL+path, nil)
	if err != nil {
		return fmt.Errorf("ask the beacon node for %s: %w", path, err)
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return fmt.Errorf("ask the beacon node for %s: %w", path, err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(io.LimitReader(response.Body, maxAnswerBytes))
	if err != nil {
		return fmt.Errorf("read the beacon node's answer to %s: %w", path, err)
	}
	switch response.StatusCode {
	case http.StatusOK:
	case http.StatusNotFound:
		return fmt.Errorf("%s: %w", path, errNotFound)
	default:
		return fmt.Errorf("the beacon node answers %s with status %d: %.200s", path, response.StatusCode, body)
	}
	if err := json.Unmarshal(body, answer); err != nil {
		return fmt.Errorf("decode the beacon node's answer to %s: %w", path, err)
	}
	return nil
}

// decimal is a number as the Beacon API writes it: a decimal string.
type decimal uint64

func (d *decimal) UnmarshalText(text []byte) error {
	value, err := strconv.ParseUint(string(text), 10, 64)
	*d = decimal(value)
	return err
}
