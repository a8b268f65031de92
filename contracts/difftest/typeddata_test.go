package difftest

import (
	"math/big"
	"testing"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/common/math"
	"github.com/ethereum/go-ethereum/signer/core/apitypes"
	"github.com/stretchr/testify/require"

	"github.com/tidemark-oracle/tidemark/report"
)

// Wallets hash typed data with apitypes: a report and a vote have the same digests there.
func TestDigestsAreEIP712AsWalletsComputeIt(t *testing.T) {
	domain := report.Domain{ChainID: big.NewInt(17000), Oracle: common.HexToAddress("0x1234567890123456789012345678901234567890")}
	r := report.Report{
		Version: 2, Committee: common.Hash{1}, RefSlot: 2, RefBlockRoot: common.Hash{3}, CLValidatorsGwei: 4, CLPendingGwei: 5, Validators: 6, Exited: 7,
		Slashed: 8, FinalizeUpTo: 12, Bunker: true, BalancesRoot: common.Hash{14},
		LastRefSlot: 15, CLInFlightGwei: 16, UnprovenGwei: 17, ExitGwei: 18, ExitsAskedGwei: 19, PendingRoot: common.Hash{20},
	}
	r.DepositedWei.SetUint64(9)
	r.WithdrawalVaultWei.SetUint64(10)
	r.ELRewardsVaultWei.SetAllOne().Rsh(&r.ELRewardsVaultWei, 128)

	data := apitypes.TypedData{
		Types: apitypes.Types{
			"EIP712Domain": {{Name: "name", Type: "string"}, {Name: "version", Type: "string"}, {Name: "chainId", Type: "uint256"}, {Name: "verifyingContract", Type: "address"}},
			"Report": {
				{Name: "version", Type: "uint16"}, {Name: "committee", Type: "bytes32"}, {Name: "refSlot", Type: "uint64"}, {Name: "lastRefSlot", Type: "uint64"},
				{Name: "refBlockRoot", Type: "bytes32"},
				{Name: "clValidatorsGwei", Type: "uint64"}, {Name: "clPendingGwei", Type: "uint64"}, {Name: "clInFlightGwei", Type: "uint64"},
				{Name: "unprovenGwei", Type: "uint64"}, {Name: "validators", Type: "uint32"}, {Name: "exited", Type: "uint32"},
				{Name: "slashed", Type: "uint32"}, {Name: "depositedWei", Type: "uint128"}, {Name: "withdrawalVaultWei", Type: "uint128"},
				{Name: "elRewardsVaultWei", Type: "uint128"}, {Name: "finalizeUpTo", Type: "uint64"}, {Name: "exitGwei", Type: "uint64"},
				{Name: "exitsAskedGwei", Type: "uint64"}, {Name: "bunker", Type: "bool"}, {Name: "balancesRoot", Type: "bytes32"}, {Name: "pendingRoot", Type: "bytes32"},
			},
			"Vote": {{Name: "committee", Type: "bytes32"}, {Name: "refSlot", Type: "uint64"}, {Name: "digest", Type: "bytes32"}},
		},
		PrimaryType: "Report",
		Domain: apitypes.TypedDataDomain{
			Name: "Tidemark", Version: "1", ChainId: (*math.HexOrDecimal256)(domain.ChainID), VerifyingContract: domain.Oracle.Hex(),
		},
		Message: apitypes.TypedDataMessage{
			"version": "2", "committee": r.Committee.Bytes(), "refSlot": "2", "refBlockRoot": r.RefBlockRoot.Bytes(), "clValidatorsGwei": "4", "clPendingGwei": "5",
			"validators": "6", "exited": "7", "slashed": "8", "depositedWei": "9", "withdrawalVaultWei": "10", "elRewardsVaultWei": r.ELRewardsVaultWei.Dec(),
			"finalizeUpTo": "12", "bunker": true, "balancesRoot": r.BalancesRoot.Bytes(),
			"lastRefSlot": "15", "clInFlightGwei": "16", "unprovenGwei": "17", "exitGwei": "18", "exitsAskedGwei": "19", "pendingRoot": r.PendingRoot.Bytes(),
		},
	}
	want, _, err := apitypes.TypedDataAndHash(data)
	require.NoError(t, err)
	digest := domain.Digest(r)
	require.Equal(t, common.BytesToHash(want), digest)

	data.PrimaryType = "Vote"
	data.Message = apitypes.TypedDataMessage{"committee": r.Committee.Bytes(), "refSlot": "2", "digest": digest.Bytes()}
	want, _, err = apitypes.TypedDataAndHash(data)
	require.NoError(t, err)
	require.Equal(t, common.BytesToHash(want), domain.VoteMessage(r.Committee, r.RefSlot, digest))
}
