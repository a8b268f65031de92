package faults

import (
	"encoding/json"
	"math/big"
	"net/http"
	"strings"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/common/hexutil"
)

// FalseBalance adds one wei to the balance of an account wherever the node states it: eth_getBalance and eth_getProof.
func FalseBalance(account common.Address) Fault {
	return answers(func(c call, result json.RawMessage) (any, bool) {
		if !c.about(account) {
			return nil, false
		}
		switch c.Method {
		case "eth_getBalance":
			return raised(result)
		case "eth_getProof":
			return changed(result, "balance", raised)
		}
		return nil, false
	})
}

// FalseProof spoils one byte of every account's Merkle proof.
func FalseProof() Fault {
	return answers(func(c call, result json.RawMessage) (any, bool) {
		if c.Method != "eth_getProof" {
			return nil, false
		}
		return changed(result, "accountProof", func(field json.RawMessage) (any, bool) {
			var nodes []hexutil.Bytes
			if json.Unmarshal(field, &nodes) != nil || len(nodes) == 0 {
				return nil, false
			}
			last := nodes[len(nodes)-1]
			if len(last) == 0 {
				return nil, false
			}
			last[len(last)-1] ^= 1
			return nodes, true
		})
	})
}

// call is a JSON-RPC request.
type call struct {
	ID     json.RawMessage `json:"id"`
	Method string          `json:"method"`
	Params []any           `json:"params"`
}

// about reports whether the first parameter is the account.
func (c call) about(account common.Address) bool {
	if len(c.Params) == 0 {
		return false
	}
	text, _ := c.Params[0].(string)
	return strings.EqualFold(text, account.Hex())
}

// answers makes a fault of a change to the result of single calls, also of those in a batch.
func answers(change func(call, json.RawMessage) (any, bool)) Fault {
	return func(x *Exchange) bool {
		calls, batch := decode[call](x.Request)
		results, _ := decode[map[string]json.RawMessage](x.Body)
		if x.Status != http.StatusOK || len(results) == 0 {
			return false
		}
		byID := make(map[string]call)
		for _, c := range calls {
			byID[string(c.ID)] = c
		}
		lied := false
		for _, r := range results {
			c, asked := byID[string(r["id"])]
			if !asked || r["result"] == nil {
				continue
			}
			other, did := change(c, r["result"])
			if !did {
				continue
			}
			text, err := json.Marshal(other)
			if err != nil {
				return false
			}
			r["result"], lied = text, true
		}
		if !lied {
			return false
		}
		var all any = results
		if !batch {
			all = results[0]
		}
		body, err := json.Marshal(all)
		if err != nil {
			return false
		}
		x.Body = body
		return true
	}
}

// decode reads one object or a batch of them; nothing when it is neither.
func decode[T any](text []byte) (list []T, batch bool) {
	if json.Unmarshal(text, &list) == nil {
		return list, true
	}
	var one T
	if json.Unmarshal(text, &one) != nil {
		return nil, false
	}
	return []T{one}, false
}

// changed replaces a member of an object.
func changed(object json.RawMessage, member string, change func(json.RawMessage) (any, bool)) (any, bool) {
	var fields map[string]json.RawMessage
	if json.Unmarshal(object, &fields) != nil {
		return nil, false
	}
	other, did := change(fields[member])
	if !did {
		return nil, false
	}
	text, err := json.Marshal(other)
	if err != nil {
		return nil, false
	}
	fields[member] = text
	return fields, true
}

// raised is a quantity and one more.
func raised(quantity json.RawMessage) (any, bool) {
	var value hexutil.Big
	if json.Unmarshal(quantity, &value) != nil {
		return nil, false
	}
	return (*hexutil.Big)(new(big.Int).Add(value.ToInt(), big.NewInt(1))), true
}
