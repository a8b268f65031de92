package txmgr_test

import (
	"context"
	"errors"
	"log/slog"
	"math/big"
	"testing"
	"time"

	"github.com/ethereum/go-ethereum"
	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/crypto"
	"github.com/stretchr/testify/require"

	"github.com/tidemark-oracle/tidemark/contracts/bindings"
	"github.com/tidemark-oracle/tidemark/internal/execution/txmgr"
	"github.com/tidemark-oracle/tidemark/test/localnet"
)

func deployed(t *testing.T) (*localnet.Network, *txmgr.Client) {
	t.Helper()
	n, err := localnet.New(t.Context(), localnet.Options{Fixtures: "../../../contracts/test/fixtures", Log: slog.New(slog.DiscardHandler)})
	require.NoError(t, err)
	return n, txmgr.NewClient(n.Chain)
}

func signerOf(t *testing.T, a *localnet.Account) txmgr.Signer {
	t.Helper()
	s, err := txmgr.ParseKey([]byte(common.Bytes2Hex(crypto.FromECDSA(a.Key()))))
	require.NoError(t, err)
	return s
}

var fees = txmgr.Fees{MaxFeeWei: 100e9, TipWei: 1e9}

func pause(n *localnet.Network) txmgr.Call {
	return txmgr.Call{To: n.Contracts.StakingPool, Data: bindings.NewStakingPool().PackPause()}
}

func noSleep(context.Context, time.Duration) error { return errors.New("waited") }

func TestAPreparedCallIsSentAndItsCostIsBounded(t *testing.T) {
	n, client := deployed(t)
	p, err := client.Prepare(t.Context(), n.Accounts.Pauser.Address, pause(n), fees)
	require.NoError(t, err)
	var told common.Hash
	receipt, err := client.Send(t.Context(), signerOf(t, n.Accounts.Pauser), p, txmgr.Sending{Sent: func(h common.Hash) { told = h }, Sleep: noSleep})
	require.NoError(t, err)
	require.Equal(t, told, receipt.Hash)
	require.LessOrEqual(t, receipt.FeeWei.Cmp(p.MostWei()), 0)
	require.LessOrEqual(t, receipt.GasUsed, p.Gas)
	paused, err := client.View(t.Context(), n.Contracts.StakingPool, bindings.NewStakingPool().PackPaused())
	require.NoError(t, err)
	require.EqualValues(t, 1, paused[31])
}

func deposit(n *localnet.Network) txmgr.Call {
	data := bindings.NewStakingPool().PackDeposit(n.Accounts.User.Address, new(big.Int))
	return txmgr.Call{To: n.Contracts.StakingPool, ValueWei: localnet.Ether(1), Data: data}
}

func TestCallsThatDoNotDependOnEachOtherAreSentAtOnce(t *testing.T) {
	n, client := deployed(t)
	var sent []common.Hash
	w := txmgr.Sending{Sent: func(h common.Hash) { sent = append(sent, h) }, Sleep: noSleep}
	receipts, err := client.SendAll(t.Context(), signerOf(t, n.Accounts.User), []txmgr.Call{deposit(n), deposit(n), deposit(n)}, fees, w)
	require.NoError(t, err)
	require.Len(t, receipts, 3)
	for i, r := range receipts {
		require.Equal(t, sent[i], r.Hash)
	}
	mined, _, err := client.Nonces(t.Context(), n.Accounts.User.Address)
	require.NoError(t, err)
	require.EqualValues(t, 3, mined)
}

func TestWhatCannotBeSentEndsTheSendingAndTheRestIsAwaited(t *testing.T) {
	n, client := deployed(t)
	w := txmgr.Sending{Sleep: noSleep}
	receipts, err := client.SendAll(t.Context(), signerOf(t, n.Accounts.User), []txmgr.Call{deposit(n), pause(n), deposit(n)}, fees, w)
	require.ErrorIs(t, err, txmgr.ErrReverted)
	require.Len(t, receipts, 1)
	mined, _, err := client.Nonces(t.Context(), n.Accounts.User.Address)
	require.NoError(t, err)
	require.EqualValues(t, 1, mined, "nothing is sent after it")
}

func TestWhatWouldFailIsNotPrepared(t *testing.T) {
	n, client := deployed(t)
	_, err := client.Prepare(t.Context(), n.Accounts.User.Address, pause(n), fees)
	require.ErrorIs(t, err, txmgr.ErrReverted)
	require.ErrorContains(t, err, "AccessControlUnauthorizedAccount")
	require.ErrorIs(t, client.Try(t.Context(), n.Accounts.User.Address, pause(n)), txmgr.ErrReverted)
	require.NoError(t, client.Try(t.Context(), n.Accounts.Pauser.Address, pause(n)))

	poor := pause(n)
	poor.ValueWei = localnet.Ether(5_000_000)
	_, err = client.Prepare(t.Context(), n.Accounts.Pauser.Address, poor, fees)
	require.ErrorIs(t, err, txmgr.ErrFunds)
	_, err = client.Prepare(t.Context(), n.Accounts.Pauser.Address, pause(n), txmgr.Fees{MaxFeeWei: 1e9, TipWei: 2e9})
	require.ErrorIs(t, err, txmgr.ErrFees)
}

func TestACallThatFailsInItsBlockIsAnErrorWithTheReason(t *testing.T) {
	n, client := deployed(t)
	p, err := client.Prepare(t.Context(), n.Accounts.Pauser.Address, pause(n), fees)
	require.NoError(t, err)
	_, err = n.Must(n.Accounts.Pauser, n.Contracts.StakingPool, nil, pause(n).Data)
	require.NoError(t, err)
	p.Nonce++
	_, err = client.Send(t.Context(), signerOf(t, n.Accounts.Pauser), p, txmgr.Sending{Sleep: noSleep})
	require.ErrorIs(t, err, txmgr.ErrReverted)
	require.ErrorContains(t, err, "EnforcedPause")
}

// forgetful is a node that takes transactions and never includes them.
type forgetful struct {
	txmgr.Chain
	mined uint64
}

func (f *forgetful) SendTransaction(context.Context, *types.Transaction) error { return nil }

func (f *forgetful) TransactionReceipt(context.Context, common.Hash) (*types.Receipt, error) {
	return nil, ethereum.NotFound
}

func (f *forgetful) NonceAt(context.Context, common.Address, *big.Int) (uint64, error) {
	return f.mined, nil
}

func TestATransactionThatIsReplacedIsNotWaitedForForEver(t *testing.T) {
	n, client := deployed(t)
	p, err := client.Prepare(t.Context(), n.Accounts.Pauser.Address, pause(n), fees)
	require.NoError(t, err)
	node := &forgetful{Chain: n.Chain, mined: p.Nonce}
	looks := 0
	_, err = txmgr.NewClient(node).Send(t.Context(), signerOf(t, n.Accounts.Pauser), p, txmgr.Sending{Sleep: func(context.Context, time.Duration) error {
		if looks++; looks == 2 {
			node.mined++
		}
		return nil
	}})
	require.ErrorIs(t, err, txmgr.ErrReplaced)
	require.Equal(t, 2, looks)
	_, err = txmgr.NewClient(node).Send(t.Context(), signerOf(t, n.Accounts.User), p, txmgr.Sending{Sleep: noSleep})
	require.ErrorIs(t, err, txmgr.ErrSigner, "signed by another account")
}

// changing is a signer that signs something else than it is asked to.
type changing struct {
	txmgr.Signer
	change func(*types.DynamicFeeTx)
}

func (c changing) Sign(ctx context.Context, tx *types.DynamicFeeTx) (*types.Transaction, error) {
	other := *tx
	c.change(&other)
	return c.Signer.Sign(ctx, &other)
}

func TestWhatASignerChangedIsNotSent(t *testing.T) {
	n, client := deployed(t)
	pauser := n.Accounts.Pauser
	p, err := client.Prepare(t.Context(), pauser.Address, pause(n), fees)
	require.NoError(t, err)
	for name, change := range map[string]func(*types.DynamicFeeTx){
		"recipient": func(tx *types.DynamicFeeTx) { tx.To = &common.Address{1} },
		"value":     func(tx *types.DynamicFeeTx) { tx.Value = big.NewInt(1) },
		"data":      func(tx *types.DynamicFeeTx) { tx.Data = nil },
		"nonce":     func(tx *types.DynamicFeeTx) { tx.Nonce++ },
		"fee":       func(tx *types.DynamicFeeTx) { tx.GasFeeCap = big.NewInt(1e18) },
	} {
		t.Run(name, func(t *testing.T) {
			_, err := client.Send(t.Context(), changing{signerOf(t, pauser), change}, p, txmgr.Sending{Sleep: noSleep})
			require.ErrorIs(t, err, txmgr.ErrSigner)
			mined, _, err := client.Nonces(t.Context(), pauser.Address)
			require.NoError(t, err)
			require.Equal(t, p.Nonce, mined)
		})
	}
}
