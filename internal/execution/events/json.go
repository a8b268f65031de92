package events

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"sync"

	"github.com/ethereum/go-ethereum/common"

	"github.com/tidemark-oracle/tidemark/contracts/manifest"
)

// errUnknownEvent: no contract of the set has such an event.
var errUnknownEvent = errors.New("no event of that name")

// eventJSON is Event as a file keeps it.
type eventJSON struct {
	Name      string          `json:"name"`
	Contract  common.Address  `json:"contract"`
	Block     uint64          `json:"block"`
	BlockHash common.Hash     `json:"blockHash"`
	TxHash    common.Hash     `json:"transaction"`
	TxIndex   uint            `json:"transactionIndex"`
	LogIndex  uint            `json:"logIndex"`
	Body      json.RawMessage `json:"body"`
}

// MarshalJSON writes an event with its name.
func (e Event) MarshalJSON() ([]byte, error) {
	if e.Body == nil {
		return nil, errUnknownEvent
	}
	body, err := json.Marshal(e.Body)
	if err != nil {
		return nil, err
	}
	return json.Marshal(eventJSON{e.Body.EventName(), e.Contract, e.Block, e.BlockHash, e.TxHash, e.TxIndex, e.LogIndex, body})
}

// UnmarshalJSON reads what MarshalJSON writes.
func (e *Event) UnmarshalJSON(data []byte) error {
	var raw eventJSON
	if err := strictly(data, &raw); err != nil {
		return err
	}
	body := newBody(raw.Name)
	if body == nil {
		return fmt.Errorf("%w: %q", errUnknownEvent, raw.Name)
	}
	if err := strictly(raw.Body, body); err != nil {
		return fmt.Errorf("event %s: %w", raw.Name, err)
	}
	*e = Event{raw.Contract, raw.Block, raw.BlockHash, raw.TxHash, raw.TxIndex, raw.LogIndex, body}
	return nil
}

func strictly(data []byte, into any) error {
	decoder := json.NewDecoder(bytes.NewReader(data))
	decoder.DisallowUnknownFields()
	return decoder.Decode(into)
}

// newBody is an empty body of that name, nil for an unknown one.
func newBody(name string) Body {
	body, known := bodies()[name]
	if !known {
		return nil
	}
	return reflect.New(body).Interface().(Body)
}

// bodies are the types of all bodies by name.
var bodies = sync.OnceValue(func() map[string]reflect.Type {
	found := make(map[string]reflect.Type)
	for _, k := range kinds(manifest.Set{}) {
		found[k.event.RawName] = k.body
	}
	return found
})
