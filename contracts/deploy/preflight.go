package deploy

import (
	"bytes"
	"context"
	"errors"
	"fmt"

	"github.com/ethereum/go-ethereum"
	"github.com/ethereum/go-ethereum/accounts/abi/bind/v2"
	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/crypto"
	"github.com/ethereum/go-ethereum/params"

	"github.com/tidemark-oracle/tidemark/contracts/abi"
	"github.com/tidemark-oracle/tidemark/contracts/manifest"
)

// ErrChain: the chain cannot carry the set, or is not the one that the configuration is for.
var ErrChain = errors.New("wrong chain")

// ability is something that the chain must answer for the set to work on it.
type ability struct {
	what        string
	at          common.Address
	input       []byte
	answerBytes int
}

// preflight finds what would stop the deployment or make it useless before anything is sent, and gives the chain's id.
// Errors: ErrConfig, ErrChain.
func preflight(ctx context.Context, backend Backend, auth *bind.TransactOpts, c Config) (chainID uint64, err error) {
	if field := c.Roles.heldBy(auth.From); field != "" {
		return 0, invalid(field, "is the deployer, who must hold no role: deploy from another account")
	}
	if auth.NoSend {
		return 0, fmt.Errorf("%w: the account is told not to send (NoSend): its transactions would be waited for in vain", ErrConfig)
	}
	id, err := backend.ChainID(ctx)
	if err != nil {
		return 0, fmt.Errorf("read the chain id: %w", err)
	}
	if !id.IsUint64() || id.Sign() == 0 {
		return 0, fmt.Errorf("%w: chain id %s is zero or not in 64 bits", ErrChain, id)
	}
	if key, why := newManifest(c, id.Uint64(), manifest.Set{}).Fault(); why != nil {
		return 0, fmt.Errorf("%w: %s %w", ErrConfig, key, why)
	}
	if err := checkClock(ctx, backend, c); err != nil {
		return 0, err
	}
	for _, a := range abilities(c) {
		answer, err := backend.CallContract(ctx, ethereum.CallMsg{To: &a.at, Data: a.input}, nil)
		if err != nil {
			return 0, fmt.Errorf("%w: %s at %s: %w", ErrChain, a.what, a.at, abi.NameRevert(err))
		}
		if len(answer) != a.answerBytes {
			return 0, fmt.Errorf("%w: %s at %s answers with %d bytes, not %d", ErrChain, a.what, a.at, len(answer), a.answerBytes)
		}
	}
	return id.Uint64(), nil
}

// checkClock wants the newest block to begin with a slot of the schedule. A genesis block may have any timestamp.
func checkClock(ctx context.Context, backend Backend, c Config) error {
	head, err := backend.HeaderByNumber(ctx, nil)
	if err != nil {
		return fmt.Errorf("read the newest header: %w", err)
	}
	s := c.Schedule
	if head.Number.Sign() > 0 && (head.Time < s.GenesisTime || (head.Time-s.GenesisTime)%s.SecondsPerSlot != 0) {
		return fmt.Errorf("%w: block %s has timestamp %d, which begins no slot: is Schedule.GenesisTime %d or Schedule.SecondsPerSlot %d of another network?",
			ErrChain, head.Number, head.Time, s.GenesisTime, s.SecondsPerSlot)
	}
	return nil
}

func abilities(c Config) []ability {
	const g1AddInputBytes, g1AddOutputBytes = 256, 128
	rootOf := crypto.Keccak256([]byte("get_deposit_root()"))[:4]
	return []ability{
		{"the deposit contract (DepositContract)", c.DepositContract, rootOf, 32},
		{"addition in G1 (EIP-2537, Prague)", common.BytesToAddress([]byte{0x0b}), bytes.Repeat([]byte{0}, g1AddInputBytes), g1AddOutputBytes},
		{"the withdrawal requests contract (EIP-7002)", params.WithdrawalQueueAddress, nil, 32},
	}
}
