package beacon

import "github.com/tidemark-oracle/tidemark/internal/beacon/state"

// Header is a beacon block header, whose HashTreeRoot is the root of its block. Source: consensus specs, phase 0, BeaconBlockHeader.
type Header = state.BlockHeader
