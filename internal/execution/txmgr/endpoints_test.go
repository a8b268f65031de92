package txmgr_test

import (
	"encoding/json"
	"testing"

	"github.com/ethereum/go-ethereum/common"
	"github.com/stretchr/testify/require"

	"github.com/tidemark-oracle/tidemark/internal/execution"
	"github.com/tidemark-oracle/tidemark/internal/execution/txmgr"
	"github.com/tidemark-oracle/tidemark/test/localnet"
)

func TestInsufficientFundsNameTheAccountAndWhatItNeeds(t *testing.T) {
	w := newWorld(t)
	c := w.config()
	poor := signer(t, "poor")
	c.Signer = poor
	s := w.sender(c)
	require.NoError(t, s.Submit(w.job(w.frame())))
	s.Step(t.Context())
	require.Equal(t, txmgr.CodeFunds, s.State().Code)
	require.Contains(t, s.State().Why, poor.Address().Hex())
	require.Contains(t, s.State().Why, "needs up to 0.00")
	require.Contains(t, s.State().LowFunds, poor.Address().Hex())
	w.send(account("user"), poor.Address(), localnet.Ether(1), nil)
	s.Step(t.Context())
	require.Equal(t, txmgr.CodeSent, s.State().Code, s.State().Why)
}

func TestEndpointsThatAreDownDoNotStopTheSubmission(t *testing.T) {
	w := newWorld(t)
	c := w.config()
	c.Nodes = append([]*execution.Node{w.node("http://127.0.0.1:1")}, c.Nodes...)
	s := w.sender(c)
	require.NoError(t, s.Submit(w.job(w.frame())))
	s.Step(t.Context())
	require.Equal(t, txmgr.CodeSent, s.State().Code, s.State().Why)
	w.stepUntil(s, txmgr.CodeDone)

	c = w.config()
	c.Nodes = []*execution.Node{w.node("http://user:secret@127.0.0.1:1/key")}
	s = w.sender(c)
	require.NoError(t, s.Submit(w.job(w.frame())))
	s.Step(t.Context())
	require.Equal(t, txmgr.CodeNoEndpoint, s.State().Code)
	require.NotContains(t, s.State().Why, "secret")
	require.NotContains(t, s.State().Why, "key")
}

func TestEndpointThatLiesAboutTheNonceDoesNotStopTheSubmission(t *testing.T) {
	for name, nonce := range map[string]string{"too low": "0x0", "too high": "0x7", "huge": "0xffffffffffffffff"} {
		for _, first := range []bool{true, false} {
			t.Run(name, func(t *testing.T) {
				w := newWorld(t)
				w.stranger(0, 1e9, 60e9)
				w.slots(1) // the nonce is 1
				p := w.proxy()
				p.on("eth_getTransactionCount", says(nonce))
				p.on("eth_sendRawTransaction", says(common.Hash{}))
				c := w.config()
				if first {
					c.Nodes = append([]*execution.Node{p.node()}, c.Nodes...)
				} else {
					c.Nodes = append(c.Nodes, p.node())
				}
				s := w.sender(c)
				refSlot := w.frame()
				require.NoError(t, s.Submit(w.job(refSlot)))
				for range 20 {
					s.Step(t.Context())
					w.slots(1)
				}
				require.Equal(t, refSlot, w.reported(), s.State().Why)
			})
		}
	}
}

func TestReceiptIsBelievedFromTheCanonicalChainOnly(t *testing.T) {
	w := newWorld(t)
	p := w.proxy()
	c := w.config()
	c.Nodes = append(c.Nodes, p.node(), w.node(w.ExecutionURL()))
	p.on("eth_getTransactionReceipt", func(params []json.RawMessage, _ json.RawMessage) (any, string) {
		return map[string]any{
			"transactionHash": params[0], "blockHash": common.Hash{9}, "blockNumber": "0x1", "status": "0x1", "gasUsed": "0x5208", "effectiveGasPrice": "0x1",
		}, ""
	})
	s := w.sender(c)
	refSlot := w.frame()
	require.NoError(t, s.Submit(w.job(refSlot)))
	s.Step(t.Context())
	w.emptySlots(1)
	s.Step(t.Context())
	require.Nil(t, s.State().Included)
	require.Zero(t, s.State().SpentWei.Sign())
	w.stepUntil(s, txmgr.CodeDone)
	require.Equal(t, refSlot, w.reported())
}
