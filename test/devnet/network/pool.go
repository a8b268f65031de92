package network

import (
	"context"
	"encoding/binary"
	"fmt"
	"math/big"
	"math/rand/v2"

	"github.com/ethereum/go-ethereum/crypto"

	"github.com/tidemark-oracle/tidemark/contracts/abi"
	"github.com/tidemark-oracle/tidemark/contracts/bindings"
	"github.com/tidemark-oracle/tidemark/internal/bls"
	"github.com/tidemark-oracle/tidemark/p2p"
	"github.com/tidemark-oracle/tidemark/test/devnet/keys"
	"github.com/tidemark-oracle/tidemark/test/localnet"
)

const (
	firstStakeEth = 100 // of each holder
	etherLimit    = 10_000
)

// random is a source for one purpose, the same for the same seed. Keys from it are known to everyone.
func (n *Network) random(purpose string, index int) *rand.ChaCha8 {
	seed := binary.BigEndian.AppendUint64([]byte("tidemark devnet "+purpose), n.config.Seed)
	return rand.NewChaCha8(crypto.Keccak256Hash(binary.BigEndian.AppendUint64(seed, uint64(index))))
}

// openPool has the holders stake, and an operator give a bond and its first keys.
func (n *Network) openPool(ctx context.Context) error {
	pool, registry, set := bindings.NewStakingPool(), bindings.NewOperatorRegistry(), n.Manifest.Contracts
	operator := n.Accounts.Operator
	calls := []Call{{
		From: n.Accounts.Owner, To: set.OperatorRegistry,
		Data: registry.PackAddOperator("operator", operator.Address, operator.Address, etherLimit, poolKeys),
	}}
	for _, h := range n.Holders {
		calls = append(calls, Call{
			From: h.Account, To: set.StakingPool, Wei: localnet.Ether(firstStakeEth), Data: pool.PackDeposit(h.Address, new(big.Int)),
		})
	}
	if err := n.perform(ctx, calls...); err != nil {
		return err
	}
	return n.perform(ctx,
		Call{From: operator, To: set.OperatorRegistry, Wei: localnet.Ether(poolKeys), Data: registry.PackAddBond(new(big.Int))},
		n.addKeysCall(false, 0, poolValidators), // their rewards are swept into the vault
	)
}

// addKeysCall has the operator give keys.
func (n *Network) addKeysCall(compounding bool, first, count uint64) Call {
	return Call{
		From: n.Accounts.Operator, To: n.Manifest.Contracts.OperatorRegistry, Gas: manyCallsGas,
		Data: bindings.NewOperatorRegistry().PackAddKeys(new(big.Int), compounding, keys.Inputs(n.Manifest, compounding, first, count)),
	}
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
