//go:build testnet && linux

package story

import (
	"math/big"

	"github.com/ethereum/go-ethereum"
	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/stretchr/testify/require"

	"github.com/tidemark-oracle/tidemark/contracts/bindings"
)

// noteKeepers tells what somebody has done for the pool since the last look: nobody that holds a role does any of it.
func (s *story) noteKeepers() {
	head, err := s.reader.Head(s.ctx)
	require.NoError(s, err)
	if head.Number < s.keysFrom {
		return
	}
	logs, err := s.sender.Client.FilterLogs(s.ctx, ethereum.FilterQuery{
		FromBlock: new(big.Int).SetUint64(s.keysFrom), ToBlock: new(big.Int).SetUint64(head.Number), Addresses: []common.Address{s.manifest.Contracts.Validators},
	})
	require.NoError(s, err)
	s.keysFrom = head.Number + 1
	for i := range logs {
		s.noteKeeper(&logs[i])
	}
}

func (s *story) noteKeeper(l *types.Log) {
	block, err := s.reader.BlockByNumber(s.ctx, l.BlockNumber)
	require.NoError(s, err)
	book, slot := bindings.NewValidators(), s.slotOf(block)
	require.NotEqual(s, s.sender.Address, s.senderOf(l.TxHash), "the account that holds roles has done what anybody may do")
	if e, err := book.UnpackKeyOpenedEvent(l); err == nil {
		s.opened++
		s.addNote(slot, "key %d gets its first ether", e.KeyId)
		return
	}
	if e, err := book.UnpackKeyProvenEvent(l); err == nil {
		s.addNote(slot, "key %d is proven: validator %d", e.KeyId, e.ValidatorIndex)
		return
	}
	if e, err := book.UnpackKeyToppedUpEvent(l); err == nil {
		s.toppedUp[e.KeyId] = true
		s.addNote(slot, "key %d gets %s ether more", e.KeyId, decimal(new(big.Int).SetUint64(e.AmountGwei), 9, 3))
		return
	}
	require.FailNow(s, "the book of validators tells what nobody has done", "%v", l.Topics)
}

// senderOf is the account of a transaction.
func (c *chain) senderOf(hash common.Hash) common.Address {
	tx, _, err := c.sender.Client.TransactionByHash(c.ctx, hash)
	require.NoError(c, err)
	from, err := types.Sender(types.LatestSignerForChainID(tx.ChainId()), tx)
	require.NoError(c, err)
	return from
}
