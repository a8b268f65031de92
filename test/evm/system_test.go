package evm

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"math/big"
	"os"
	"strings"
	"testing"

	"github.com/attestantio/go-eth2-client/spec/phase0"
	"github.com/ethereum/go-ethereum"
	"github.com/ethereum/go-ethereum/accounts/abi"
	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/params"
	"github.com/holiman/uint256"
	"github.com/stretchr/testify/require"
)

func uint256Of(v uint64) *uint256.Int { return uint256.NewInt(v) }

func TestABlockKnowsTheHashOfItsParent(t *testing.T) {
	ch, ctx := newChain(t), context.Background()
	ch.NextBlock(2)
	ch.NextBlock(5)
	first, err := ch.HeaderByNumber(ctx, big.NewInt(1))
	require.NoError(t, err)
	newest, err := ch.HeaderByNumber(ctx, nil)
	require.NoError(t, err)
	require.Equal(t, first.Hash(), newest.ParentHash)
	answer, err := ch.CallContract(ctx, ethereum.CallMsg{To: &params.HistoryStorageAddress, Data: common.BigToHash(big.NewInt(1)).Bytes()}, nil)
	require.NoError(t, err)
	require.Equal(t, first.Hash(), common.BytesToHash(answer), "EIP-2935")
}

// withdrawalFee asks EIP-7002 for the price of a request.
func withdrawalFee(t *testing.T, ch *Chain) *big.Int {
	t.Helper()
	answer, err := ch.CallContract(context.Background(), ethereum.CallMsg{To: &params.WithdrawalQueueAddress}, nil)
	require.NoError(t, err)
	return new(big.Int).SetBytes(answer)
}

func TestABlockHandsItsWithdrawalRequestsOverWhenItEnds(t *testing.T) {
	ch := newChain(t)
	s := newSender(t, ch)
	ch.NextBlock(4)
	input := append(make([]byte, 48), binary.BigEndian.AppendUint64(nil, 5)...)
	input[0] = 0xaa
	require.NoError(t, s.send(params.WithdrawalQueueAddress, withdrawalFee(t, ch), input).Err)
	require.Empty(t, ch.Requests(), "the block is still open")
	snapshot := ch.Snapshot()
	ch.NextBlock(6)
	requests := ch.Requests()
	require.Len(t, requests, 1)
	require.Equal(t, uint64(4), requests[0].Slot)
	require.Equal(t, byte(1), requests[0].Type)
	want := append(append(s.address().Bytes(), input[:48]...), binary.LittleEndian.AppendUint64(nil, 5)...)
	require.Equal(t, want, requests[0].Data)
	require.Empty(t, snapshot.Requests())
}

func TestManyWithdrawalRequestsRaiseTheirFeeUntilTheQueueIsShort(t *testing.T) {
	ch := newChain(t)
	s := newSender(t, ch)
	require.Equal(t, int64(1), withdrawalFee(t, ch).Int64())
	for range 60 {
		require.NoError(t, s.send(params.WithdrawalQueueAddress, big.NewInt(1), make([]byte, 56)).Err)
	}
	ch.NextBlock(1)
	require.Greater(t, withdrawalFee(t, ch).Int64(), int64(10))
	require.Error(t, s.send(params.WithdrawalQueueAddress, big.NewInt(1), make([]byte, 56)).Err)
	for slot := uint64(2); slot < 40; slot++ {
		ch.NextBlock(slot)
	}
	require.Equal(t, int64(1), withdrawalFee(t, ch).Int64())
}

const depositABI = `[
	{"type":"function","name":"deposit","stateMutability":"payable","inputs":[{"name":"pubkey","type":"bytes"},
	 {"name":"withdrawal_credentials","type":"bytes"},{"name":"signature","type":"bytes"},{"name":"deposit_data_root","type":"bytes32"}],"outputs":[]},
	{"type":"function","name":"get_deposit_root","stateMutability":"view","inputs":[],"outputs":[{"type":"bytes32"}]}]`

func fixture(t *testing.T, name string) []byte {
	t.Helper()
	text, err := os.ReadFile("../../contracts/test/fixtures/" + name + ".hex")
	require.NoError(t, err, "run `make fixtures` first")
	code, err := hex.DecodeString(strings.TrimPrefix(strings.TrimSpace(string(text)), "0x"))
	require.NoError(t, err)
	return code
}

// listRoot is the hash-tree root of a List[DepositData, 2**32], from its definition: leaves padded with zeros, mixed with their number.
func listRoot(leaves []common.Hash) common.Hash {
	zero := common.Hash{}
	for range depositTreeDepth {
		if len(leaves)%2 == 1 {
			leaves = append(leaves, zero)
		}
		var above []common.Hash
		for i := 0; i < len(leaves); i += 2 {
			above = append(above, sha256.Sum256(append(leaves[i].Bytes(), leaves[i+1].Bytes()...)))
		}
		leaves, zero = above, sha256.Sum256(append(zero.Bytes(), zero.Bytes()...))
	}
	if len(leaves) == 0 {
		return zero
	}
	return leaves[0]
}

func mixInLength(root common.Hash, length uint64) common.Hash {
	var chunk [32]byte
	binary.LittleEndian.PutUint64(chunk[:], length)
	return sha256.Sum256(append(root.Bytes(), chunk[:]...))
}

// logsOf are the logs of one contract: since Amsterdam there are those of transfers, too.
func logsOf(r *Result, at common.Address) (logs []*types.Log) {
	for _, l := range r.Receipt.Logs {
		if l.Address == at {
			logs = append(logs, l)
		}
	}
	return logs
}

func TestTheDepositContractAtAChosenAddressHasTheRootOfTheListOfDeposits(t *testing.T) {
	at := common.HexToAddress("0x4242424242424242424242424242424242424242")
	ch, err := New(Config{
		ChainID: 7, GenesisTime: 1_700_000_000, SecondsPerSlot: 12,
		Code:    map[common.Address][]byte{at: fixture(t, "deposit_contract_runtime")},
		Storage: map[common.Address]map[common.Hash]common.Hash{at: DepositContractStorage()},
	})
	require.NoError(t, err)
	s := newSender(t, ch)
	contract, err := abi.JSON(strings.NewReader(depositABI))
	require.NoError(t, err)
	var leaves []common.Hash
	for i := range byte(6) {
		ask, err := contract.Pack("get_deposit_root")
		require.NoError(t, err)
		answer, err := ch.CallContract(context.Background(), ethereum.CallMsg{To: &at, Data: ask}, nil)
		require.NoError(t, err)
		require.Equal(t, mixInLength(listRoot(leaves), uint64(len(leaves))), common.BytesToHash(answer), "after %d deposits", i)

		data := phase0.DepositData{PublicKey: phase0.BLSPubKey{1, i}, WithdrawalCredentials: make([]byte, 32), Amount: 32_000_000_000, Signature: phase0.BLSSignature{2, i}}
		root, err := data.HashTreeRoot()
		require.NoError(t, err)
		call, err := contract.Pack("deposit", data.PublicKey[:], data.WithdrawalCredentials, data.Signature[:], root)
		require.NoError(t, err)
		result := s.send(at, new(big.Int).Mul(big.NewInt(32), big.NewInt(1e18)), call)
		require.NoError(t, result.Err)
		require.Len(t, logsOf(result, at), 1)
		leaves = append(leaves, root)
	}
}
