//go:build testnet

package reports

import (
	"context"
	"fmt"
	"log/slog"
	"math/big"
	"testing"
	"time"

	"github.com/ethereum/go-ethereum"
	"github.com/ethereum/go-ethereum/accounts/abi/bind/v2"
	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/crypto"
	"github.com/ethereum/go-ethereum/ethclient"
	"github.com/stretchr/testify/require"

	"github.com/tidemark-oracle/tidemark/beacon"
	"github.com/tidemark-oracle/tidemark/bls"
	"github.com/tidemark-oracle/tidemark/contracts/bindings"
	"github.com/tidemark-oracle/tidemark/contracts/deploy"
	"github.com/tidemark-oracle/tidemark/contracts/localnet"
	"github.com/tidemark-oracle/tidemark/report"
	"github.com/tidemark-oracle/tidemark/testnet"
)

// depositGwei is what a validator is funded with.
const depositGwei = 32_000_000_000

// chain is the real network with the contracts on it. One account holds every role but the members'.
type chain struct {
	*testing.T
	ctx      context.Context
	network  *testnet.Network
	client   *ethclient.Client
	account  *bind.TransactOpts
	manifest *deploy.Manifest
	members  []*bls.SecretKey
}

// send sends a transaction of the account and waits until it is mined; it must succeed.
func (c *chain) send(to common.Address, wei *big.Int, data []byte) *types.Receipt {
	c.Helper()
	if wei == nil {
		wei = new(big.Int)
	}
	from := c.account.From
	gas, err := c.client.EstimateGas(c.ctx, ethereum.CallMsg{From: from, To: &to, Value: wei, Data: data})
	require.NoError(c, err, "%s", deploy.RevertName(err))
	nonce, err := c.client.PendingNonceAt(c.ctx, from)
	require.NoError(c, err)
	tip, feeCap := big.NewInt(1e9), big.NewInt(100e9)
	unsigned := types.NewTx(&types.DynamicFeeTx{
		ChainID: new(big.Int).SetUint64(c.network.ChainID), Nonce: nonce, To: &to, Value: wei, Data: data, Gas: gas + gas/4, GasTipCap: tip, GasFeeCap: feeCap,
	})
	signed, err := c.account.Signer(from, unsigned)
	require.NoError(c, err)
	require.NoError(c, c.client.SendTransaction(c.ctx, signed))
	receipt, err := bind.WaitMined(c.ctx, c.client, signed.Hash())
	require.NoError(c, err)
	require.Equal(c, types.ReceiptStatusSuccessful, receipt.Status)
	return receipt
}

// deploy puts the contracts on the chain, with the first frame to be opened in one epoch.
func (c *chain) deploy() {
	key, err := testnet.Key()
	require.NoError(c, err)
	c.account = bind.NewKeyedTransactor(key, new(big.Int).SetUint64(c.network.ChainID))
	slot := uint64(time.Since(c.network.SlotStart(0))/time.Second) / c.network.SecondsPerSlot
	deployer := localnet.NewAccount("deployer").Auth(new(big.Int).SetUint64(c.network.ChainID))
	deployer.Context, deployer.GasLimit = c.ctx, 0
	c.send(deployer.From, localnet.Ether(100), nil)
	c.manifest, err = deploy.Deploy(c.ctx, c.client, deployer, c.config(slot/c.network.SlotsPerEpoch+4), slog.New(slog.NewTextHandler(c.Output(), nil)))
	require.NoError(c, err)
}

// config fits a network whose validators earn their stake many times a year.
func (c *chain) config(initialEpoch uint64) deploy.Config {
	me := c.account.From
	limits := report.Limits{AnnualGainBps: 1_000_000_000, GiftMarginGwei: 1_000e9, LossWindowPcm: 20_000, NewValidatorsPerEpoch: 64, ExitsPerEpoch: 64, RequestMarginSeconds: 24}
	config := localnet.DefaultConfig(localnet.Accounts{
		Deployer: localnet.NewAccount("deployer"), Owner: localnet.NewAccount("owner"), Guardian: localnet.NewAccount("guardian"), Pauser: localnet.NewAccount("pauser"),
		Resumer: localnet.NewAccount("resumer"), Depositor: localnet.NewAccount("depositor"), Operator: localnet.NewAccount("operator"), User: localnet.NewAccount("user"),
		Treasury: localnet.NewAccount("treasury").Address,
	})
	config.Schedule = report.Schedule{
		GenesisTime: c.network.GenesisTime, SecondsPerSlot: c.network.SecondsPerSlot, SlotsPerEpoch: c.network.SlotsPerEpoch,
		InitialEpoch: initialEpoch, EpochsPerFrame: epochsPerFrame, FinalityMarginSlots: 2 * c.network.SlotsPerEpoch,
	}
	config.DepositContract, config.Limits, config.Ceilings = c.network.DepositContract, limits, limits
	config.Roles.Depositor, config.Roles.Membership, config.Roles.OperatorManager = me, me, me
	config.Pool.MaxPositiveRebasePpb, config.Pool.MaxPositiveRebaseCeilingPpb = 1_000_000_000, 1_000_000_000
	config.GenesisForkVersion, config.Rules = c.genesisForkVersion(), c.rules()
	return config
}

// formCommittee registers and admits members, whose bonds the account pays.
func (c *chain) formCommittee(size int) {
	committee, chainID := bindings.NewOracleCommittee(), new(big.Int).SetUint64(c.network.ChainID)
	var ids [][32]byte
	for i := range size {
		key := localnet.NewKey(uint64(i))
		proof := key.ProvePossession(chainID, c.manifest.Contracts.OracleCommittee, c.account.From)
		register := committee.PackRegister(localnet.PublicKeyWords(key.PublicKey()), fmt.Appendf(nil, "member %d", i), localnet.SignaturePoint(proof))
		c.send(c.manifest.Contracts.OracleCommittee, localnet.Ether(1), register)
		c.members = append(c.members, key)
		ids = append(ids, crypto.Keccak256Hash(key.PublicKey().Affine()))
	}
	c.send(c.manifest.Contracts.OracleCommittee, nil, committee.PackAdmit(ids))
}

// addKeys gives the operator registry validator keys of the network's extra ones, with deposit signatures that it verifies.
func (c *chain) addKeys(count uint32) {
	registry := bindings.NewOperatorRegistry()
	c.send(c.manifest.Contracts.OperatorRegistry, nil, registry.PackAddOperator("operator", c.account.From, c.account.From, 1000))
	var credentials [32]byte
	credentials[0] = 1
	copy(credentials[12:], c.manifest.Contracts.WithdrawalVault[:])
	var keys []bindings.KeyInput
	for i := range count {
		key := c.validatorKey(i)
		message := report.DepositSigningRoot([48]byte(key.PublicKey().Bytes()), credentials, depositGwei, [4]byte(c.manifest.GenesisForkVersion))
		keys = append(keys, bindings.KeyInput{Pubkey: localnet.PublicKeyWords(key.PublicKey()), Signature: localnet.SignaturePoint(key.Sign(message))})
	}
	c.send(c.manifest.Contracts.OperatorRegistry, nil, registry.PackAddKeys(new(big.Int), keys))
}

// validatorKey is the i-th key that an extra validator client works for.
func (c *chain) validatorKey(i uint32) *bls.SecretKey {
	secret := testnet.ValidatorSecret(testnet.Validators + i)
	key, err := bls.ParseSecretKey(secret[:])
	require.NoError(c, err)
	return key
}

// fund sends ether from the pool's buffer to the deposit contract for count validators.
func (c *chain) fund(count int64) {
	root := c.call(c.network.DepositContract, common.FromHex("0xc5f2892f"), nil) // get_deposit_root()
	c.send(c.manifest.Contracts.StakingPool, nil, bindings.NewStakingPool().PackDepositToBeacon(big.NewInt(count), [32]byte(root)))
}

func (c *chain) call(to common.Address, data []byte, block *big.Int) []byte {
	c.Helper()
	answer, err := c.client.CallContract(c.ctx, ethereum.CallMsg{To: &to, Data: data}, block)
	require.NoError(c, err)
	return answer
}

// submit certifies a report by all members and submits it; it must be accepted.
func (c *chain) submit(r report.Report, reference beacon.ReferenceBlock) {
	c.Helper()
	domain := c.manifest.Domain()
	message := domain.VoteMessage(r.Committee, r.RefSlot, domain.Digest(r))
	var signatures []bls.Signature
	signers := new(big.Int)
	for i, key := range c.members {
		signatures = append(signatures, key.Sign(message))
		signers.SetBit(signers, i, 1)
	}
	aggregate, err := bls.Aggregate(signatures)
	require.NoError(c, err)
	certificate := bindings.Certificate{Signers: []*big.Int{signers}, Signature: localnet.SignaturePoint(aggregate)}
	receipt := c.send(c.manifest.Contracts.ReportOracle, nil, localnet.SubmitData(r, certificate, bindings.BlockProof{
		ChildSlot: reference.ChildSlot, Slot: reference.Slot, ProposerIndex: reference.ProposerIndex,
		ParentRoot: reference.ParentRoot, StateRoot: reference.StateRoot, BodyRoot: reference.BodyRoot,
	}))
	pool := bindings.NewStakingPool()
	last, err := pool.UnpackLastReport(c.call(c.manifest.Contracts.StakingPool, pool.PackLastReport(), receipt.BlockNumber))
	require.NoError(c, err)
	require.Equal(c, r.RefSlot, last.RefSlot, "the report was not accepted; it may be in quarantine")
}
