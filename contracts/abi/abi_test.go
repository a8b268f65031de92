package abi_test

import (
	"context"
	"errors"
	"log/slog"
	"math/big"
	"reflect"
	"testing"

	"github.com/ethereum/go-ethereum/common"
	"github.com/stretchr/testify/require"

	"github.com/tidemark-oracle/tidemark/consensus"
	"github.com/tidemark-oracle/tidemark/contracts/abi"
	"github.com/tidemark-oracle/tidemark/contracts/bindings"
	"github.com/tidemark-oracle/tidemark/report"
	"github.com/tidemark-oracle/tidemark/test/localnet"
)

func TestSignersAreTheSameMembersInWords(t *testing.T) {
	bitmap := consensus.NewBitmap(600)
	members := []int{0, 7, 8, 255, 256, 511, 512, 599}
	for _, m := range members {
		bitmap.Set(m)
	}
	words := abi.Signers(bitmap)
	require.Len(t, words, 3)
	var found []int
	for m := range 768 {
		if words[m/256].Bit(m%256) == 1 {
			found = append(found, m)
		}
	}
	require.Equal(t, members, found)
	require.Empty(t, abi.Signers(nil))
}

func TestEveryFieldOfAReportGoesOnChain(t *testing.T) {
	r := report.Report{
		Version: 2, Committee: [32]byte{2}, RefSlot: 3, RefBlockRoot: [32]byte{4}, CLValidatorsGwei: 5, CLPendingGwei: 6, Validators: 7, Exited: 8,
		Slashed: 9, FinalizeUpTo: 10, Bunker: true, BalancesRoot: [32]byte{11},
		LastRefSlot: 15, CLInFlightGwei: 16, UnprovenGwei: 17, ExitGwei: 18, ExitsAskedGwei: 19, PendingRoot: [32]byte{20},
	}
	r.DepositedWei.SetUint64(12)
	r.WithdrawalVaultWei.SetUint64(13)
	r.ELRewardsVaultWei.SetUint64(14)
	written := abi.Report(r)
	fields := reflect.ValueOf(written)
	for i := range fields.NumField() {
		require.False(t, fields.Field(i).IsZero(), fields.Type().Field(i).Name)
	}
	require.Equal(t, reflect.TypeFor[report.Report]().NumField(), fields.NumField())
	require.Equal(t, [5]uint64{15, 16, 17, 18, 19}, [5]uint64{written.LastRefSlot, written.ClInFlightGwei, written.UnprovenGwei, written.ExitGwei, written.ExitsAskedGwei})
	require.Equal(t, [2][32]byte{{11}, {20}}, [2][32]byte{written.BalancesRoot, written.PendingRoot})
	require.Equal(t, big.NewInt(13), written.WithdrawalVaultWei)
}

func TestARevertIsNamedWithItsArguments(t *testing.T) {
	n, err := localnet.New(context.Background(), localnet.Options{Fixtures: "../test/fixtures", Log: slog.New(slog.DiscardHandler)})
	require.NoError(t, err)
	result, err := n.Send(n.Accounts.User, n.Contracts.StakingPool, nil, bindings.NewStakingPool().PackDeposit(n.Accounts.User.Address, new(big.Int)))
	require.NoError(t, err)
	require.Equal(t, "ZeroDeposit[]", abi.RevertName(result.Err))
	require.Empty(t, abi.RevertName(errors.New("other")))
	require.Empty(t, abi.DecodeRevert([]byte{1, 2, 3, 4}))
	require.Equal(t, `Error("why")`, abi.DecodeRevert(common.FromHex("0x08c379a0"+
		"0000000000000000000000000000000000000000000000000000000000000020"+
		"0000000000000000000000000000000000000000000000000000000000000003"+
		"7768790000000000000000000000000000000000000000000000000000000000")))
	require.Equal(t, `Panic("arithmetic underflow or overflow")`, abi.DecodeRevert(common.FromHex("0x4e487b71"+
		"0000000000000000000000000000000000000000000000000000000000000011")))
}
