package network

import (
	"context"
	"encoding/binary"
	"fmt"
	"math/big"
	"math/rand/v2"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/crypto"

	"github.com/tidemark-oracle/tidemark/contracts/abi"
	"github.com/tidemark-oracle/tidemark/contracts/bindings"
	"github.com/tidemark-oracle/tidemark/internal/bls"
	"github.com/tidemark-oracle/tidemark/p2p"
	"github.com/tidemark-oracle/tidemark/report"
	"github.com/tidemark-oracle/tidemark/test/localnet"
)

const (
	depositGwei   = 32_000_000_000
	firstStakeEth = 100 // of each holder
	keyOffset     = 1_000_000
)

// random is a source for one purpose, the same for the same seed. Keys from it are known to everyone.
func (n *Network) random(purpose string, index int) *rand.ChaCha8 {
	seed := binary.BigEndian.AppendUint64([]byte("tidemark devnet "+purpose), n.config.Seed)
	return rand.NewChaCha8(crypto.Keccak256Hash(binary.BigEndian.AppendUint64(seed, uint64(index))))
}

// fundPool has the holders stake and the pool send the first deposits.
func (n *Network) fundPool(ctx context.Context) error {
	pool, registry := bindings.NewStakingPool(), bindings.NewOperatorRegistry()
	operator := n.Accounts.Operator
	calls := []Call{{
		From: n.Accounts.Owner, To: n.Manifest.Contracts.OperatorRegistry,
		Data: registry.PackAddOperator("operator", operator.Address, operator.Address, 1000),
	}}
	for _, h := range n.Holders {
		calls = append(calls, Call{
			From: h.Account, To: n.Manifest.Contracts.StakingPool, Wei: localnet.Ether(firstStakeEth), Data: pool.PackDeposit(h.Address, new(big.Int)),
		})
	}
	if err := n.perform(ctx, calls...); err != nil {
		return err
	}
	keys := make([]bindings.KeyInput, poolKeys)
	for i := range keys {
		key := localnet.NewKey(keyOffset + uint64(i))
		message := report.DepositSigningRoot([48]byte(key.PublicKey().Bytes()), n.Credentials(), depositGwei, [4]byte(n.Manifest.GenesisForkVersion))
		keys[i] = bindings.KeyInput{Pubkey: abi.PublicKey(key.PublicKey()), Signature: abi.Signature(key.Sign(message))}
	}
	add := Call{From: operator, To: n.Manifest.Contracts.OperatorRegistry, Data: registry.PackAddKeys(new(big.Int), keys), Gas: manyCallsGas}
	if err := n.perform(ctx, add); err != nil {
		return err
	}
	fund, err := n.DepositCall(ctx, poolValidators)
	if err != nil {
		return err
	}
	return n.perform(ctx, fund)
}

// Credentials are the withdrawal credentials of the pool's validators.
func (n *Network) Credentials() [32]byte {
	return report.CredentialsOf(n.Manifest.Contracts.WithdrawalVault)
}

// DepositCall has the pool send 32 ether to the deposit contract for each of the next keys.
func (n *Network) DepositCall(ctx context.Context, count int64) (Call, error) {
	selector := common.FromHex("0xc5f2892f") // get_deposit_root()
	root, err := Query(ctx, n, n.Manifest.DepositContract, nil, selector, func(b []byte) ([32]byte, error) { return common.BytesToHash(b), nil })
	if err != nil {
		return Call{}, err
	}
	registry := bindings.NewOperatorRegistry()
	keys, err := Query(ctx, n, n.Manifest.Contracts.OperatorRegistry, nil, registry.PackNextKeys(big.NewInt(count)), registry.UnpackNextKeys)
	if err != nil {
		return Call{}, err
	}
	return Call{
		From: n.Accounts.Keeper, To: n.Manifest.Contracts.StakingPool, Gas: manyCallsGas,
		Data: bindings.NewStakingPool().PackDepositToBeacon(big.NewInt(count), root, crypto.Keccak256Hash(keys)),
	}, nil
}

// formCommittee makes the members' keys, registers those that have a seat and admits them.
func (n *Network) formCommittee(ctx context.Context) error {
	var (
		register []Call
		ids      [][32]byte
		seated   = n.config.Seated
	)
	if seated == 0 {
		seated = n.config.Members
	}
	for i := range n.config.Members {
		m, err := n.newMember(i)
		if err != nil {
			return err
		}
		n.Members = append(n.Members, m)
		if i < seated {
			ids, register = append(ids, m.ID), append(register, n.RegisterCall(m))
		}
	}
	if err := n.perform(ctx, register...); err != nil {
		return err
	}
	return n.perform(ctx, n.AdmitCall(ids...))
}

// newMember makes a member's keys; it is in no contract and on no disk yet.
func (n *Network) newMember(i int) (*Member, error) {
	secret, err := bls.NewSecretKey(n.random("member", i))
	if err != nil {
		return nil, fmt.Errorf("make the key of member %d: %w", i, err)
	}
	identity, err := p2p.NewIdentity(n.random("identity", i))
	if err != nil {
		return nil, fmt.Errorf("make the identity of member %d: %w", i, err)
	}
	return &Member{
		Index: i, Owner: memberOwner(i), Submitter: memberSubmitter(i), Key: secret.PublicKey(), ID: crypto.Keccak256Hash(secret.PublicKey().Affine()),
		PeerID: p2p.PeerIDText(identity.PeerID()), identity: identity, secret: secret,
	}, nil
}

// RegisterCall makes a member a candidate, with its bond.
func (n *Network) RegisterCall(m *Member) Call {
	proof := m.secret.ProvePossession(big.NewInt(ChainID), n.Manifest.Contracts.OracleCommittee, m.Owner.Address)
	return Call{
		From: m.Owner, To: n.Manifest.Contracts.OracleCommittee, Wei: localnet.Ether(1), Gas: registerGas,
		Data: bindings.NewOracleCommittee().PackRegister(abi.PublicKey(m.Key), []byte(m.identity.PeerID()), abi.Signature(proof)),
	}
}

// AdmitCall makes candidates members from the next reference slot on.
func (n *Network) AdmitCall(ids ...[32]byte) Call {
	return Call{From: n.Accounts.Owner, To: n.Manifest.Contracts.OracleCommittee, Gas: manyCallsGas, Data: bindings.NewOracleCommittee().PackAdmit(ids)}
}

// EjectCall takes a member out of the committee at once.
func (n *Network) EjectCall(id [32]byte) Call {
	return Call{From: n.Accounts.Guardian, To: n.Manifest.Contracts.OracleCommittee, Data: bindings.NewOracleCommittee().PackEject(id)}
}
