//go:build testnet && linux

package story

import (
	"math/big"

	"github.com/ethereum/go-ethereum/common"
	"github.com/stretchr/testify/require"

	"github.com/tidemark-oracle/tidemark/contracts/bindings"
	"github.com/tidemark-oracle/tidemark/test/localnet"
)

// firstKeys are the operator's at first.
const firstKeys = 3

// stake puts the holder's ether into the pool and registers an operator with keys. Whom the ether reaches is the keepers' work.
func (s *story) stake() {
	s.addTransaction(s.send(s.manifest.Contracts.StakingPool, localnet.Ether(200), bindings.NewStakingPool().PackDeposit(s.holder, new(big.Int))), "the holder stakes 200 ether")
	s.addOperator()
	s.addTransaction(s.addKeys(0, firstKeys), "the operator adds %d keys", firstKeys)
}

// requestWithdrawal asks for some of the holder's ether back.
func (s *story) requestWithdrawal(ether int64) {
	amount := localnet.Ether(ether)
	s.send(s.manifest.Contracts.StakedEther, nil, bindings.NewStakedEther().PackApprove(s.manifest.Contracts.WithdrawalQueue, amount))
	receipt := s.send(s.manifest.Contracts.WithdrawalQueue, nil, bindings.NewWithdrawalQueue().PackRequest([]*big.Int{amount}, s.holder))
	s.requested++
	s.addTransaction(receipt, "the holder requests %d ether back", ether)
}

// claimWhenPossible takes out what reports have finalized; the ether must arrive.
func (s *story) claimWhenPossible() {
	queue := bindings.NewWithdrawalQueue()
	for s.claimed < s.requested {
		id := big.NewInt(s.claimed + 1)
		batches, err := queue.UnpackBatchCount(s.call(s.manifest.Contracts.WithdrawalQueue, queue.PackBatchCount(), nil))
		require.NoError(s, err)
		if batches.Sign() == 0 {
			return
		}
		data, err := s.sender.Call(s.ctx, s.manifest.Contracts.WithdrawalQueue, queue.PackBatchOf(id), nil)
		if err != nil {
			return // It is in no batch yet.
		}
		batch, err := queue.UnpackBatchOf(data)
		require.NoError(s, err)
		purse := common.BigToAddress(new(big.Int).Add(big.NewInt(0x7157000), id)) // an account that has nothing else
		receipt := s.send(s.manifest.Contracts.WithdrawalQueue, nil, queue.PackClaim([]*big.Int{id}, []*big.Int{batch}, purse))
		paid, err := s.sender.Client.BalanceAt(s.ctx, purse, receipt.BlockNumber)
		require.NoError(s, err)
		require.Positive(s, paid.Sign(), "a finalized request was paid nothing")
		s.claimed++
		s.addTransaction(receipt, "the holder is paid %s ether for request %d", decimal(paid, 18, 9), id)
	}
}
