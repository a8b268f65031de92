package events

import (
	"context"
	"log/slog"
	"math/big"
	"testing"

	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/params"
	"github.com/stretchr/testify/require"

	"github.com/tidemark-oracle/tidemark/contracts/bindings"
	"github.com/tidemark-oracle/tidemark/test/evm"
	"github.com/tidemark-oracle/tidemark/test/localnet"
)

// livedUnder is a block with a deposit and a report that pulls both vaults, and the reader of its contracts.
func livedUnder(t *testing.T, fork evm.Fork) (*Reader, []Receipt) {
	t.Helper()
	n, err := localnet.New(context.Background(), localnet.Options{Fixtures: "../../../contracts/test/fixtures", Log: slog.New(slog.DiscardHandler), Fork: fork})
	require.NoError(t, err)
	require.NoError(t, n.FormCommittee(4))
	user := n.Accounts.User
	deposit := bindings.NewStakingPool().PackDeposit(user.Address, new(big.Int))
	_, err = n.Must(user, n.Contracts.StakingPool, localnet.Ether(100_000), deposit)
	require.NoError(t, err)
	n.Chain.AddBalance(n.Contracts.WithdrawalVault, localnet.Ether(1))
	n.Chain.AddBalance(n.Contracts.ELRewardsVault, localnet.Ether(1))
	frame, err := n.OpenFrame()
	require.NoError(t, err)
	r, err := n.QuietReport(frame)
	require.NoError(t, err)

	paid, err := n.Must(user, n.Contracts.StakingPool, localnet.Ether(2), deposit)
	require.NoError(t, err)
	submitted, err := n.Submit(r, frame)
	require.NoError(t, err)
	var receipts []Receipt
	for _, result := range []*evm.Result{paid, submitted} {
		receipts = append(receipts, Receipt{TxHash: result.Receipt.TxHash, logs: result.Receipt.Logs})
	}
	return &Reader{manifest: n.Manifest, kinds: kinds(n.Contracts)}, receipts
}

// EIP-7708 (Amsterdam): every transfer of ether is a log, of the topic that tokens' transfers have. They stand between the contracts' events.
func TestTransfersOfEtherAreNoEventsAndMoveTheOthersUp(t *testing.T) {
	var everything Selection
	before, receipts := livedUnder(t, evm.Osaka)
	want, err := before.EventsIn(receipts, everything)
	require.NoError(t, err)
	require.NotEmpty(t, want)

	now, receipts := livedUnder(t, evm.Amsterdam)
	var logs []*types.Log
	transfers := 0
	for _, receipt := range receipts {
		for _, l := range receipt.logs {
			require.EqualValues(t, len(logs), l.Index, "counted over the block")
			logs = append(logs, l)
			if l.Address == params.SystemAddress {
				transfers++
			}
		}
	}
	require.Equal(t, 3, transfers, "the deposit's, and one of each vault")
	require.Equal(t, params.SystemAddress, logs[0].Address, "the first log of the block is none of ours")

	got, err := now.EventsIn(receipts, everything)
	require.NoError(t, err)
	require.Len(t, got, len(want))
	moved := false
	for i, e := range got {
		require.Equal(t, want[i].Body.EventName(), e.Body.EventName())
		require.Equal(t, want[i].Contract, e.Contract)
		require.Equal(t, e.Contract, logs[e.LogIndex].Address, "the place in the block")
		require.GreaterOrEqual(t, e.LogIndex, want[i].LogIndex)
		moved = moved || e.LogIndex > want[i].LogIndex
	}
	require.True(t, moved)

	// The transfer of a deposit taken for ours by whoever looks at topics only.
	_, isEvent, err := now.event(logs[0], everything)
	require.NoError(t, err)
	require.False(t, isEvent)
	_, err = bindings.NewStakedEther().UnpackTransferEvent(logs[0])
	require.NoError(t, err, "it has the shape of a token's transfer: the address tells them apart")
}
