package beaconapi

import (
	"encoding/hex"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/attestantio/go-eth2-client/spec/phase0"
)

// ErrID: a text that names no block or state.
var ErrID = errors.New("neither a slot, a root nor one of head, genesis, justified, finalized")

// Kind is how an ID names a block or state.
type Kind uint8

// Kinds of the Beacon API's block_id and state_id.
const (
	Head Kind = iota
	AtGenesis
	Justified
	Finalized
	AtSlot
	AtRoot
)

// ID names a block or a state.
type ID struct {
	Kind Kind
	Slot uint64      // of AtSlot
	Root phase0.Root // of AtRoot: a block's or a state's
}

// ParseID reads a block_id or state_id. Errors: ErrID.
func ParseID(text string) (ID, error) {
	switch text {
	case "head":
		return ID{Kind: Head}, nil
	case "genesis":
		return ID{Kind: AtGenesis}, nil
	case "justified":
		return ID{Kind: Justified}, nil
	case "finalized":
		return ID{Kind: Finalized}, nil
	}
	if digits, isHex := strings.CutPrefix(text, "0x"); isHex {
		root, err := hex.DecodeString(digits)
		if err != nil || len(root) != len(phase0.Root{}) {
			return ID{}, fmt.Errorf("%.80q: %w", text, ErrID)
		}
		return ID{Kind: AtRoot, Root: phase0.Root(root)}, nil
	}
	slot, err := strconv.ParseUint(text, 10, 64)
	if err != nil || text != strconv.FormatUint(slot, 10) {
		return ID{}, fmt.Errorf("%.80q: %w", text, ErrID)
	}
	return ID{Kind: AtSlot, Slot: slot}, nil
}
