package execution_test

import (
	"context"
	"encoding/binary"
	"encoding/json"
	"math/big"
	"testing"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/crypto"
	"github.com/ethereum/go-ethereum/params"
	"github.com/stretchr/testify/require"

	"github.com/tidemark-oracle/tidemark/contracts/bindings"
	"github.com/tidemark-oracle/tidemark/internal/execution"
	"github.com/tidemark-oracle/tidemark/test/evm"
	"github.com/tidemark-oracle/tidemark/test/fakes/executionnode"
)

// queueChain is a chain with the contract of EIP-7002 and nothing else.
type queueChain struct {
	t    *testing.T
	ch   *evm.Chain
	node *executionnode.Node
}

const queueChainID = 7

func newQueueChain(t *testing.T, change func(*evm.Config)) queueChain {
	t.Helper()
	c := evm.Config{ChainID: queueChainID, GenesisTime: 1_700_000_000, SecondsPerSlot: 12}
	change(&c)
	ch, err := evm.New(c)
	require.NoError(t, err)
	return queueChain{t, ch, executionnode.New(queueChainID)}
}

// ask lets an account, named by its key, ask for a withdrawal as the vault does.
func (q queueChain) ask(from byte, key [48]byte, gwei uint64) {
	q.t.Helper()
	secret, err := crypto.ToECDSA(crypto.Keccak256([]byte{from}))
	require.NoError(q.t, err)
	address := crypto.PubkeyToAddress(secret.PublicKey)
	q.ch.AddBalance(address, big.NewInt(1e18))
	nonce, err := q.ch.PendingNonceAt(context.Background(), address)
	require.NoError(q.t, err)
	tx, err := types.SignNewTx(secret, types.LatestSignerForChainID(big.NewInt(queueChainID)), &types.DynamicFeeTx{
		ChainID: big.NewInt(queueChainID), Nonce: nonce, Gas: 1_000_000, To: &params.WithdrawalQueueAddress, Value: big.NewInt(1e6),
		Data: binary.BigEndian.AppendUint64(key[:], gwei),
	})
	require.NoError(q.t, err)
	result, err := q.ch.Execute(tx, nil)
	require.NoError(q.t, err)
	require.NoError(q.t, result.Err)
}

func accountOf(key byte) common.Address {
	secret, err := crypto.ToECDSA(crypto.Keccak256([]byte{key}))
	if err != nil {
		panic(err)
	}
	return crypto.PubkeyToAddress(secret.PublicKey)
}

// held reads what the contract holds from an account after the newest block.
func (q queueChain) held(from byte, urls ...string) ([]execution.ExitRequest, error) {
	q.t.Helper()
	header, err := q.node.Seal(q.ch)
	require.NoError(q.t, err)
	if len(urls) == 0 {
		urls = []string{serve(q.t, q.node)}
	}
	c, err := execution.NewClient(options(queueChainID, urls...))
	require.NoError(q.t, err)
	found, served, err := c.ExitRequests(context.Background(), blockOf(header), accountOf(from))
	if err == nil {
		require.Contains(q.t, urls, served)
	}
	return found, err
}

// numberedKey is told from others in both of its words.
func numberedKey(i int) (key [48]byte) {
	binary.BigEndian.PutUint64(key[:], uint64(i)+1)
	binary.BigEndian.PutUint64(key[40:], ^uint64(i))
	return key
}

// What is read must be what the contract itself hands over, block by block, whoever else asks.
func TestExitRequestsAreThoseThatTheContractWillHandOver(t *testing.T) {
	const vault, other = 1, 2
	q := newQueueChain(t, func(*evm.Config) {})
	q.ch.NextBlock(1)
	var want []execution.ExitRequest
	for i := range 60 { // more than a block hands over, in more than one page of proofs
		if i%5 == 3 {
			q.ask(other, numberedKey(i), 7)
			continue
		}
		gwei := uint64(i) * 1_000_000_007
		q.ask(vault, numberedKey(i), gwei)
		want = append(want, execution.ExitRequest{PublicKey: numberedKey(i), AmountGwei: gwei})
	}
	for slot := uint64(2); len(want) > 0; slot++ {
		got, err := q.held(vault)
		require.NoError(t, err)
		require.Equal(t, want, got, "before slot %d", slot)
		before := len(q.ch.Requests())
		q.ch.NextBlock(slot)
		for _, r := range q.ch.Requests()[before:] {
			for data := r.Data; r.Type == 1 && len(data) > 0; data = data[76:] {
				if common.BytesToAddress(data[:20]) == accountOf(vault) {
					require.Equal(t, want[0].PublicKey, [48]byte(data[20:]))
					require.Equal(t, want[0].AmountGwei, binary.LittleEndian.Uint64(data[68:]))
					want = want[1:]
				}
			}
		}
	}
	got, err := q.held(vault)
	require.NoError(t, err)
	require.Empty(t, got, "all are handed over")
}

func TestAChainWithoutTheContractHoldsNoExitRequests(t *testing.T) {
	q := newQueueChain(t, func(c *evm.Config) { c.Code = map[common.Address][]byte{params.WithdrawalQueueAddress: {}} })
	got, err := q.held(1)
	require.NoError(t, err)
	require.Empty(t, got)
}

func TestAQueueThatEIP7002CannotHaveIsRefused(t *testing.T) {
	word := func(v uint64) common.Hash { return common.BigToHash(new(big.Int).SetUint64(v)) }
	huge := common.Hash{0: 1}
	for name, c := range map[string]struct {
		head, tail common.Hash
		text       string
	}{
		"too long":              {word(5), word(5 + 4097), "4097 requests wait"},
		"backwards":             {word(6), word(5), "from 6 to 5"},
		"a tail of 256 bits":    {word(0), huge, "from 0 to"},
		"both of 256 bits":      {huge, huge, "from"},
		"words would overflow":  {word(1<<63 - 1), word(1 << 63), "to 9223372036854775808"},
		"another contract's":    {word(0), word(0), "its code hash is"},
		"at the bound, nothing": {word(0), word(4096), ""},
	} {
		t.Run(name, func(t *testing.T) {
			q := newQueueChain(t, func(cfg *evm.Config) {
				cfg.Storage = map[common.Address]map[common.Hash]common.Hash{params.WithdrawalQueueAddress: {word(2): c.head, word(3): c.tail}}
				if name == "another contract's" {
					cfg.Code = map[common.Address][]byte{params.WithdrawalQueueAddress: {0xfe}}
				}
			})
			got, err := q.held(1)
			require.Empty(t, got)
			if c.text == "" {
				require.NoError(t, err, "nobody's requests are not the pool's")
				return
			}
			require.ErrorIs(t, err, execution.ErrExitRequests)
			require.ErrorContains(t, err, c.text)
		})
	}
}

func TestALieAboutExitRequestsIsNotBelieved(t *testing.T) {
	q := newQueueChain(t, func(*evm.Config) {})
	q.ch.NextBlock(1)
	q.ask(1, numberedKey(1), 5)
	lying := serve(t, q.node.Lying(func(method string, result json.RawMessage) json.RawMessage {
		if method != "eth_getProof" {
			return result
		}
		var p executionnode.Proof
		require.NoError(t, json.Unmarshal(result, &p))
		p.StorageProof[len(p.StorageProof)-1].Value.ToInt().SetUint64(0) // the queue is empty, the amount nothing
		altered, err := json.Marshal(p)
		require.NoError(t, err)
		return altered
	}))
	_, err := q.held(1, lying)
	require.ErrorIs(t, err, execution.ErrProof)
	got, err := q.held(1, lying, serve(t, q.node))
	require.NoError(t, err)
	require.Equal(t, []execution.ExitRequest{{PublicKey: numberedKey(1), AmountGwei: 5}}, got)
}

// A full node has dropped the state when the report is computed.
func TestCapturedExitRequestsNeedNoNodeAnyMore(t *testing.T) {
	w := newWorld(t)
	require.NoError(t, w.FormCommittee(4))
	w.stake(200)
	require.NoError(t, w.FundValidators(2))
	registry := bindings.NewOperatorRegistry()
	_, err := w.Must(w.Accounts.Operator, w.Contracts.OperatorRegistry, big.NewInt(1e6), registry.PackRequestExits([]uint64{1}))
	require.NoError(t, err)
	block, reader := w.seal(), w.reader(serve(t, w.node))
	fresh, err := reader.Pool(context.Background(), block)
	require.NoError(t, err)
	want, err := fresh.ExitRequests(context.Background())
	require.NoError(t, err)
	require.Len(t, want, 1)
	require.Zero(t, want[0].AmountGwei, "the whole validator")

	c := newCapture(t, reader, 2)
	require.NoError(t, c.Add(context.Background(), block.Hash))
	w.node.Keep(1)
	w.advance(1)
	kept, err := c.Pool(context.Background(), block)
	require.NoError(t, err)
	got, err := kept.ExitRequests(context.Background())
	require.NoError(t, err)
	require.Equal(t, want, got)
}
