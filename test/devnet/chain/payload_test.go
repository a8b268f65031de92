package chain

import (
	"testing"

	"github.com/ethereum/go-ethereum/beacon/engine"
	"github.com/stretchr/testify/require"

	"github.com/tidemark-oracle/tidemark/test/devnet/chain/geth"
)

// FuzzRequests: no requests of an execution node may make their reading panic, and none may be dropped.
func FuzzRequests(f *testing.F) {
	f.Add([]byte{0}, []byte{1})
	f.Add(make([]byte, 1+depositRequestBytes), append([]byte{withdrawalRequest}, make([]byte, 2*withdrawalRequestBytes)...))
	f.Add(append([]byte{consolidationRequest}, make([]byte, consolidationBytes)...), []byte{9})
	f.Add(append([]byte{builderDepositRequest}, make([]byte, builderDepositBytes)...), append([]byte{builderExitRequest}, make([]byte, builderExitBytes)...))
	f.Fuzz(func(t *testing.T, one, other []byte) {
		all, err := requestsOf(&geth.Payload{Data: &engine.ExecutableData{}, Requests: [][]byte{one, other}})
		if err != nil {
			require.ErrorIs(t, err, ErrPayload)
			return
		}
		size := 2 + len(all.Deposits)*depositRequestBytes + len(all.Withdrawals)*withdrawalRequestBytes + len(all.Consolidations)*consolidationBytes +
			len(all.BuilderDeposits)*builderDepositBytes + len(all.BuilderExits)*builderExitBytes
		require.Equal(t, len(one)+len(other), size)
	})
}
