package txmgr

import (
	"context"
	"crypto/ecdsa"
	"encoding/json"
	"math/big"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/common/hexutil"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/crypto"
	"github.com/stretchr/testify/require"
)

func signedAt(t testing.TB, nonce uint64, tip int64) *types.Transaction {
	key, err := crypto.ToECDSA(crypto.Keccak256([]byte("store")))
	require.NoError(t, err)
	to := common.Address{1}
	tx, err := NewKeySigner(key).Sign(context.Background(), &types.DynamicFeeTx{
		ChainID: big.NewInt(1337), Nonce: nonce, To: &to, Value: new(big.Int), Gas: 21_000, GasTipCap: big.NewInt(tip), GasFeeCap: big.NewInt(2e9), Data: []byte{1, 2},
	})
	require.NoError(t, err)
	return tx
}

func identity() stored {
	return stored{Version: storeVersion, ChainID: 1337, Oracle: common.Address{2}, Account: common.Address{3}}
}

func written(t testing.TB) *store {
	s, err := openStore(filepath.Join(t.TempDir(), "submissions.json"), identity())
	require.NoError(t, err)
	purpose := attempt{RefSlot: 7, Digest: common.Hash{8}, SentAt: time.Unix(1_700_000_000, 0).UTC(), Deadline: time.Unix(1_700_001_000, 0).UTC()}
	require.NoError(t, s.record(signedAt(t, 5, 1e9), purpose, false))
	require.NoError(t, s.record(signedAt(t, 3, 1e9), purpose, false))
	require.NoError(t, s.record(signedAt(t, 5, 2e9), purpose, true))
	return s
}

func TestFileOfOwnTransactionsIsReadAsItWasWritten(t *testing.T) {
	s := written(t)
	again, err := openStore(s.path, identity())
	require.NoError(t, err)
	require.Equal(t, s.stored, again.stored)
	require.Equal(t, uint64(3), again.Attempts[0].Nonce)
	require.Len(t, again.at(5).Variants, 2)
	require.True(t, again.at(5).newest().Cancels)
	require.False(t, again.at(5).bidsFor(7, common.Hash{8}))
	require.True(t, again.at(3).bidsFor(7, common.Hash{8}))
	info, err := os.Stat(s.path)
	require.NoError(t, err)
	require.Equal(t, os.FileMode(0o600), info.Mode())
	again.drop(5)
	require.Nil(t, again.at(5))
	require.NotNil(t, again.at(3))
}

func TestFileThatIsNotTheAccountsOrWasChangedIsRefused(t *testing.T) {
	s := written(t)
	other := identity()
	other.Account = common.Address{4}
	_, err := openStore(s.path, other)
	require.ErrorIs(t, err, ErrStore)
	whole, err := os.ReadFile(s.path)
	require.NoError(t, err)
	require.NoError(t, os.Chmod(s.path, 0o644))
	_, err = openStore(s.path, identity())
	require.ErrorIs(t, err, ErrStore, "open to others")
	require.NoError(t, os.Chmod(s.path, 0o600))
	for what, content := range map[string][]byte{
		"cut off": whole[:len(whole)-1], "two": append(append([]byte{}, whole...), whole...), "empty": {}, "another version": []byte(`{"version":2}`),
	} {
		require.NoError(t, os.WriteFile(s.path, content, 0o600))
		_, err := openStore(s.path, identity())
		require.ErrorIs(t, err, ErrStore, what)
	}
	var form stored
	require.NoError(t, json.Unmarshal(whole, &form))
	form.Attempts[0].Raw[20] ^= 1
	changed, err := json.Marshal(form)
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(s.path, changed, 0o600))
	_, err = openStore(s.path, identity())
	require.ErrorIs(t, err, ErrStore)
}

func TestTransactionThatCannotBeWrittenDownIsNotRemembered(t *testing.T) {
	s := written(t)
	s.path = filepath.Join(t.TempDir(), "no such folder", "file")
	require.ErrorIs(t, s.record(signedAt(t, 9, 1e9), attempt{RefSlot: 8}, false), ErrStore)
	require.Nil(t, s.at(9))
	require.ErrorIs(t, s.record(signedAt(t, 5, 4e9), attempt{RefSlot: 8}, false), ErrStore)
	require.Len(t, s.at(5).Variants, 2)
	require.Equal(t, uint64(7), s.at(5).RefSlot)
}

func viewAt(nonce uint64, head block, balance int64) *view {
	return &view{nonce: nonce, head: head, balanceWei: big.NewInt(balance)}
}

func TestMostEndpointsAreBelievedAndOfATieTheLowerNonceFirst(t *testing.T) {
	now := time.Unix(1_700_000_000, 0)
	head := func(age uint64, base uint64) block { return block{time: 1_700_000_000 - age, baseFeeWei: base} }
	b := majorityOf([]*view{viewAt(9, head(0, 5), 1), viewAt(4, head(12, 7), 3), viewAt(4, head(0, 6), 2)}, now, 0)
	require.Equal(t, uint64(4), b.nonce)
	require.False(t, b.disputed)
	require.Equal(t, [2]uint64{5, 7}, [2]uint64{b.minBaseWei, b.maxBaseWei})
	require.Equal(t, int64(3), b.balanceWei.Int64())

	tie := []*view{viewAt(9, head(0, 5), 1), viewAt(4, head(0, 5), 1)}
	require.Equal(t, uint64(4), majorityOf(tie, now, 0).nonce)
	require.Equal(t, uint64(9), majorityOf(tie, now, 1).nonce)
	require.Equal(t, uint64(4), majorityOf(tie, now, 2).nonce)
	require.True(t, majorityOf(tie, now, 0).disputed)

	behind := []*view{viewAt(3, head(200, 5), 1), viewAt(3, head(200, 5), 1), viewAt(4, head(0, 5), 1)}
	require.Equal(t, uint64(4), majorityOf(behind, now, 0).nonce, "two that are behind do not outvote one that is not")
	ahead := []*view{viewAt(8, block{time: 1_800_000_000}, 1), viewAt(4, head(0, 5), 1)}
	require.Equal(t, uint64(4), majorityOf(ahead, now, 0).nonce, "a head from the future is nobody's")
	require.False(t, majorityOf(ahead, now, 1).disputed)
}

func TestReportIsInWhenMoreThanHalfSaySo(t *testing.T) {
	in, out := &view{atHead: reading{reported: 7}}, &view{atHead: reading{reported: 6}}
	held := &view{atHead: reading{reported: 6, quarantined: common.Hash{1}}}
	require.True(t, (&majority{views: []*view{in, in, out}}).has(7, common.Hash{1}))
	require.False(t, (&majority{views: []*view{in, out}}).has(7, common.Hash{1}), "a tie goes to action")
	require.True(t, (&majority{views: []*view{in, held, out}}).has(7, common.Hash{1}))
	require.False(t, (&majority{views: []*view{held}}).has(7, common.Hash{2}))
}

func FuzzStore(f *testing.F) {
	b, err := json.Marshal(written(f).stored)
	require.NoError(f, err)
	f.Add(b)
	f.Add([]byte(`{"version":1,"attempts":[{"variants":[{}],"mined":{}}]}`))
	f.Fuzz(func(t *testing.T, b []byte) {
		s, err := parseStore(b)
		if err != nil {
			return
		}
		for _, a := range s.Attempts {
			_, err := a.bid()
			require.NoError(t, err)
			if a.Mined != nil {
				outcomeOf(a)
			}
		}
	})
}

func FuzzSignedTransaction(f *testing.F) {
	raw, err := signedAt(f, 1, 1e9).MarshalBinary()
	require.NoError(f, err)
	text, err := json.Marshal(hexutil.Bytes(raw))
	require.NoError(f, err)
	f.Add(text)
	f.Add([]byte(`{"raw":` + string(text) + `}`))
	key, err := crypto.ToECDSA(crypto.Keccak256([]byte("store")))
	require.NoError(f, err)
	account, to := crypto.PubkeyToAddress(key.PublicKey), common.Address{1}
	asked := &types.DynamicFeeTx{
		ChainID: big.NewInt(1337), Nonce: 1, To: &to, Value: new(big.Int), Gas: 21_000, GasTipCap: big.NewInt(1e9), GasFeeCap: big.NewInt(2e9), Data: []byte{1, 2},
	}
	want := types.NewLondonSigner(asked.ChainID).Hash(types.NewTx(asked))
	f.Fuzz(func(t *testing.T, b []byte) {
		tx, err := parseSigned(b)
		if err != nil {
			require.ErrorIs(t, err, ErrSigner)
			return
		}
		if checkSigned(tx, asked, account) == nil {
			require.Equal(t, want, types.NewLondonSigner(asked.ChainID).Hash(tx))
		}
	})
}

func FuzzReceipt(f *testing.F) {
	f.Add([]byte(`{"transactionHash":"0x0000000000000000000000000000000000000000000000000000000000000000","blockHash":"0x0000000000000000000000000000000000000000000000000000000000000001","blockNumber":"0x1","status":"0x1","gasUsed":"0x5208","effectiveGasPrice":"0x1"}`))
	f.Add([]byte(`null`))
	f.Fuzz(func(t *testing.T, b []byte) {
		var r *receipt
		if json.Unmarshal(b, &r) != nil || r == nil {
			return
		}
		found, err := r.inclusion(common.Hash{})
		if err == nil {
			require.LessOrEqual(t, found.CostWei.ToInt().BitLen(), 75)
			require.GreaterOrEqual(t, found.CostWei.ToInt().Sign(), 0)
		}
	})
}

// NewKeySigner signs with a key that is in memory already.
func NewKeySigner(key *ecdsa.PrivateKey) *KeySigner {
	return &KeySigner{key: key, address: crypto.PubkeyToAddress(key.PublicKey)}
}
