package execution

import "github.com/ethereum/go-ethereum/common"

// Captured tells whether a block is kept.
func (c *Capture) Captured(hash common.Hash) bool { return c.kept(hash) != nil }
