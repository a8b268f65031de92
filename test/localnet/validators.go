package localnet

import (
	"fmt"
	"math/big"

	"github.com/ethereum/go-ethereum/common"

	"github.com/tidemark-oracle/tidemark/contracts/abi"
	"github.com/tidemark-oracle/tidemark/contracts/bindings"
	"github.com/tidemark-oracle/tidemark/contracts/layout"
	"github.com/tidemark-oracle/tidemark/contracts/manifest"
	"github.com/tidemark-oracle/tidemark/internal/bls"
	"github.com/tidemark-oracle/tidemark/report"
	"github.com/tidemark-oracle/tidemark/test/evm"
)

const (
	firstGwei   = report.FirstGwei
	etherLimit  = 1_000_000 // of the operator
	quota       = 128
	mostTopUps  = 16  // of one call
	freshOffset = 160 // bits, of what is fresh in the pool's word of money
	freshBits   = 56
)

// AddOperator registers an operator whose manager and reward recipient is the operator account, gives it a bond for every key that may wait for its proof, and
// count 0x01 keys with real deposit signatures. Keys are numbered from first.
func (n *Network) AddOperator(first uint64, count int) error {
	registry := bindings.NewOperatorRegistry()
	add := registry.PackAddOperator("operator", n.Accounts.Operator.Address, n.Accounts.Operator.Address, etherLimit, quota)
	if _, err := n.Must(n.Accounts.Owner, n.Contracts.OperatorRegistry, nil, add); err != nil {
		return fmt.Errorf("add an operator: %w", err)
	}
	if _, err := n.Must(n.Accounts.Operator, n.Contracts.OperatorRegistry, Ether(quota), registry.PackAddBond(new(big.Int))); err != nil {
		return fmt.Errorf("add its bond: %w", err)
	}
	if count == 0 {
		return nil
	}
	if _, err := n.Must(n.Accounts.Operator, n.Contracts.OperatorRegistry, nil, n.AddKeysData(first, count)); err != nil {
		return fmt.Errorf("add keys: %w", err)
	}
	return nil
}

// AddKeysData is the call that gives the first operator count 0x01 keys with real deposit signatures, numbered from first.
func (n *Network) AddKeysData(first uint64, count int) []byte { return n.addKeys(first, count, false) }

// AddCompoundingKeysData is AddKeysData for 0x02 keys.
func (n *Network) AddCompoundingKeysData(first uint64, count int) []byte {
	return n.addKeys(first, count, true)
}

func (n *Network) addKeys(first uint64, count int, compounding bool) []byte {
	keys := make([]bindings.KeyInput, 0, count)
	for i := range uint64(count) {
		keys = append(keys, KeyInput(n.Manifest, PoolKey(first+i), compounding))
	}
	return bindings.NewOperatorRegistry().PackAddKeys(new(big.Int), compounding, keys)
}

// PoolKey is the i-th key that an operator gives: the same on every run, and known to everyone.
func PoolKey(i uint64) *bls.SecretKey { return NewKey(1_000_000 + i) }

// KeyInput is a key as OperatorRegistry.addKeys takes it, with the signature of its first deposit: to 0x02 credentials, or 0x01.
func KeyInput(m *manifest.Manifest, key *bls.SecretKey, compounding bool) bindings.KeyInput {
	public := key.PublicKey()
	root := report.DepositSigningRoot([48]byte(public.Bytes()), credentials(m, compounding), firstGwei, [4]byte(m.GenesisForkVersion))
	return bindings.KeyInput{Pubkey: abi.PublicKey(public), Signature: abi.Signature(key.Sign(root))}
}

func credentials(m *manifest.Manifest, compounding bool) common.Hash {
	if compounding {
		return report.CompoundingCredentialsOf(m.Contracts.WithdrawalVault)
	}
	return report.CredentialsOf(m.Contracts.WithdrawalVault)
}

// FundValidators adds an operator with count keys: each gets its first ether, is proven, and gets the rest of 32 ether. It takes two slots.
func (n *Network) FundValidators(count int) error {
	if err := n.AddOperator(0, count); err != nil {
		return err
	}
	if err := n.Predeposit(count); err != nil {
		return err
	}
	if err := n.ProveKeys(0, count); err != nil {
		return err
	}
	return n.TopUp(count)
}

// Predeposit sends the first ether to the next count keys.
func (n *Network) Predeposit(count int) error {
	n.AgeBuffer()
	book := bindings.NewValidators()
	if _, err := n.Must(n.Accounts.Keeper, n.Contracts.Validators, nil, book.PackPredeposit(uint8(count))); err != nil { // count: a quota at most
		return fmt.Errorf("send the first ether: %w", err)
	}
	return nil
}

// AgeBuffer makes what was deposited usable at once, as the next report does: tests that are not about this need no report before.
func (n *Network) AgeBuffer() {
	word := evm.Word{At: n.Contracts.StakingPool, Slot: common.BigToHash(big.NewInt(layout.StakingPoolMoneySlot))}
	fresh := new(big.Int).Lsh(new(big.Int).Sub(new(big.Int).Lsh(common.Big1, freshBits), common.Big1), freshOffset)
	n.Chain.SetStorage(word, common.BigToHash(new(big.Int).AndNot(n.Chain.StorageAt(word).Big(), fresh)))
}

// ProveKeys proves count 0x01 keys of the first operator, from first on: they are in the beacon state as the pool deposited them.
func (n *Network) ProveKeys(first uint64, count int) error {
	records := make([]bindings.ValidatorProof, count)
	for i := range records {
		records[i] = n.FreshRecord()
	}
	proofs, err := n.KeyProofs(first, records)
	if err != nil {
		return err
	}
	for i, proof := range proofs {
		prove := bindings.NewValidators().PackProveKey(first+uint64(i), proof)
		if _, err := n.Must(n.Accounts.Keeper, n.Contracts.Validators, nil, prove); err != nil {
			return fmt.Errorf("prove key %d: %w", first+uint64(i), err)
		}
	}
	return nil
}

// FreshRecord is the validator that the first deposit of a 0x01 key makes.
func (n *Network) FreshRecord() bindings.ValidatorProof {
	return n.OpenedValidator(0, false).ValidatorProof
}

// KeyProofs makes a block in whose beacon state the first operator's keys, from first on, have these records, and the block above it. It takes two slots.
func (n *Network) KeyProofs(first uint64, records []bindings.ValidatorProof) ([]bindings.KeyProof, error) {
	validators := make([]BeaconValidator, len(records))
	for i, record := range records {
		validators[i] = BeaconValidator{PublicKey: PoolKey(first + uint64(i)).PublicKey().Bytes(), ValidatorProof: record}
	}
	origin, proven, err := n.SealState(validators)
	if err != nil {
		return nil, err
	}
	proofs := make([]bindings.KeyProof, len(proven))
	for i, proof := range proven {
		proofs[i] = bindings.KeyProof{Origin: origin, Validator: proof}
	}
	return proofs, nil
}

// OpenedValidator is the validator that the pool's first ether makes of the operator's i-th key.
func (n *Network) OpenedValidator(i uint64, compounding bool) BeaconValidator {
	return BeaconValidator{PublicKey: PoolKey(i).PublicKey().Bytes(), ValidatorProof: bindings.ValidatorProof{
		WithdrawalCredentials: credentials(n.Manifest, compounding), EffectiveBalanceGwei: firstGwei,
		ActivationEligibilityEpoch: farFuture, ActivationEpoch: farFuture, ExitEpoch: farFuture, WithdrawableEpoch: farFuture,
	}}
}

// SealState makes a beacon block whose state has these validators, and one above it, and gives what proves the block and each validator. It takes two slots.
func (n *Network) SealState(validators []BeaconValidator) (origin bindings.BlockProof, proofs []bindings.ValidatorProof, err error) {
	root, proofs := stateOf(validators)
	slot := n.Chain.Slot() + 1
	n.Chain.NextBlockWithState(slot, root)
	n.Chain.NextBlock(slot + 1)
	header, child, err := n.Chain.BlockAt(slot)
	if err != nil {
		return origin, nil, err
	}
	return bindings.BlockProof{ChildSlot: child, Header: bindings.BeaconHeader{
		Slot: header.Slot, ProposerIndex: header.ProposerIndex, ParentRoot: header.ParentRoot, StateRoot: header.StateRoot, BodyRoot: header.BodyRoot,
	}}, proofs, nil
}

// TopUp brings the next count proven keys to 32 ether.
func (n *Network) TopUp(count int) error {
	for ; count > 0; count -= mostTopUps {
		topUp := bindings.NewValidators().PackTopUp(big.NewInt(int64(min(count, mostTopUps))), nil)
		if _, err := n.Must(n.Accounts.Keeper, n.Contracts.Validators, nil, topUp); err != nil {
			return fmt.Errorf("top up: %w", err)
		}
	}
	return nil
}

// DepositRoot is the deposit contract's root.
func (n *Network) DepositRoot() (common.Hash, error) {
	selector := common.FromHex("0xc5f2892f") // get_deposit_root()
	return Query(n, n.DepositContract, selector, func(b []byte) (common.Hash, error) { return common.BytesToHash(b), nil })
}
