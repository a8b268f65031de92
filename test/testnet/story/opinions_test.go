//go:build testnet && linux

package story

import (
	"fmt"
	"math/big"
	"net/http"
	"strconv"

	"github.com/attestantio/go-eth2-client/spec/deneb"
	"github.com/attestantio/go-eth2-client/spec/electra"
	"github.com/attestantio/go-eth2-client/spec/fulu"
	"github.com/attestantio/go-eth2-client/spec/phase0"
	"github.com/ethereum/go-ethereum/common"
	dynssz "github.com/pk910/dynamic-ssz"
	"github.com/stretchr/testify/require"

	"github.com/tidemark-oracle/tidemark/contracts/abi"
	"github.com/tidemark-oracle/tidemark/contracts/bindings"
	"github.com/tidemark-oracle/tidemark/internal/snapshot"
	"github.com/tidemark-oracle/tidemark/test/testnet"
)

// compare holds a report against what the nodes say themselves at its block.
func (c *chain) compare(result *snapshot.Result) {
	c.compareWithNode(result)
	c.compareWithLibrary(result)
	c.compareWithCalls(result)
}

// compareWithNode adds up the node's own answer about validators.
func (c *chain) compareWithNode(result *snapshot.Result) {
	r := result.Report
	epoch := r.RefSlot / c.network.SlotsPerEpoch
	var gwei uint64
	var count, exited, slashed uint32
	for _, v := range c.ours(c.validators(strconv.FormatUint(result.Reference.Slot, 10))) {
		gwei += v.Balance
		count++
		if v.Validator.ExitEpoch <= epoch {
			exited++
		}
		if v.Validator.Slashed {
			slashed++
		}
	}
	require.Equal(c, gwei, r.CLValidatorsGwei)
	require.Equal(c, [3]uint32{count, exited, slashed}, [3]uint32{r.Validators, r.Exited, r.Slashed})
}

// compareWithLibrary decodes and hashes the same state with go-eth2-client.
func (c *chain) compareWithLibrary(result *snapshot.Result) {
	data, fork := c.stateAt(result.Reference.Slot)
	require.Equal(c, c.forkAt(result.Reference.Slot), fork)
	if fork == string(testnet.Gloas) {
		c.compareGloas(data, result)
		return
	}
	s := new(electra.BeaconState)
	root := c.decode(c.library(), data, s, fork)
	require.Equal(c, result.Reference.StateRoot, common.Hash(root))
	require.Equal(c, uint64(len(data)), result.State.Bytes)
	require.Equal(c, uint64(len(s.Validators)), result.State.TotalValidators)

	c.compareBalances(result, s.Validators, s.Balances, s.PendingDeposits)
	requireExecution(c, s.LatestExecutionPayloadHeader, result)
}

// stateAt is the state of a slot in SSZ, and the name of its fork.
func (c *chain) stateAt(slot uint64) (data []byte, fork string) {
	return c.request(http.MethodGet, fmt.Sprintf("/eth/v2/debug/beacon/states/%d", slot), "application/octet-stream", nil)
}

// compareBalances adds up what a decoded state says of the pool's validators and their pending deposits.
func (c *chain) compareBalances(result *snapshot.Result, validators []*phase0.Validator, balances []phase0.Gwei, pending []*electra.PendingDeposit) {
	var validatorsGwei, pendingGwei uint64
	known := make(map[[48]byte]bool)
	for i, v := range validators {
		if c.isOurs(v.WithdrawalCredentials) {
			validatorsGwei += uint64(balances[i])
			known[v.PublicKey] = true
		}
	}
	for _, d := range pending { // of this network all are valid, and none is foreign and ours
		if known[d.Pubkey] || c.isOurs(d.WithdrawalCredentials) {
			pendingGwei += uint64(d.Amount)
		}
	}
	require.Equal(c, validatorsGwei, result.Report.CLValidatorsGwei)
	require.Equal(c, pendingGwei, result.Report.CLPendingGwei)
	c.compareUnproven(result, validators, balances, pending)
}

// compareUnproven adds up the first ether of the keys that the contracts name: of each at most one ether, on its validator, then on its pending deposits.
func (c *chain) compareUnproven(result *snapshot.Result, validators []*phase0.Validator, balances []phase0.Gwei, pending []*electra.PendingDeposit) {
	header, err := c.sender.Client.HeaderByHash(c.ctx, result.State.LatestBlockHash)
	require.NoError(c, err)
	book := bindings.NewValidators()
	named, err := book.UnpackUnprovenKeys(c.call(c.manifest.Contracts.Validators, book.PackUnprovenKeys(), header.Number))
	require.NoError(c, err)
	var sum uint64
	for at := 0; at < len(named.Pubkeys); at += 48 {
		key, held := [48]byte(named.Pubkeys[at:]), uint64(0)
		for i, v := range validators {
			if v.PublicKey == key && c.isOurs(v.WithdrawalCredentials) {
				held += uint64(balances[i])
			}
		}
		for _, d := range pending {
			if d.Pubkey == key && c.isOurs(d.WithdrawalCredentials) {
				held += uint64(d.Amount)
			}
		}
		sum += min(held, 1_000_000_000)
	}
	require.Equal(c, sum, result.Report.UnprovenGwei)
}

// forkAt names the fork of a slot.
func (c *chain) forkAt(slot uint64) string {
	if c.network.Fork == testnet.Gloas && slot/c.network.SlotsPerEpoch < c.network.GloasEpoch {
		return string(testnet.Fulu)
	}
	return string(c.network.Fork)
}

// library is dynamic-ssz with the network's parameters.
func (c *chain) library() *dynssz.DynSsz {
	specs := make(map[string]any)
	for key, text := range c.spec() {
		if number, err := strconv.ParseUint(text, 10, 64); err == nil {
			specs[key] = number
		}
	}
	return dynssz.NewDynSsz(specs)
}

// decode decodes a state as its fork's type, hashes it, and gives the fields that all forks up to Fulu have.
func (c *chain) decode(ds *dynssz.DynSsz, data []byte, common *electra.BeaconState, fork string) [32]byte {
	var s any = common
	if fork == string(testnet.Fulu) {
		s = new(fulu.BeaconState)
	}
	require.NoError(c, ds.UnmarshalSSZ(s, data))
	root, err := ds.HashTreeRoot(s)
	require.NoError(c, err)
	if s, later := s.(*fulu.BeaconState); later {
		common.Validators, common.Balances, common.PendingDeposits = s.Validators, s.Balances, s.PendingDeposits
		common.LatestExecutionPayloadHeader = s.LatestExecutionPayloadHeader
	}
	return root
}

func requireExecution(c *chain, header *deneb.ExecutionPayloadHeader, result *snapshot.Result) {
	require.Equal(c, common.Hash(header.BlockHash), result.State.Execution.BlockHash)
	require.Equal(c, common.Hash(header.StateRoot), result.State.Execution.StateRoot)
	require.Equal(c, header.BlockNumber, result.State.Execution.Number)
}

// compareWithCalls asks the execution node at the block without proofs.
func (c *chain) compareWithCalls(result *snapshot.Result) {
	header, err := c.sender.Client.HeaderByHash(c.ctx, result.State.LatestBlockHash)
	require.NoError(c, err)
	r, block := result.Report, header.Number
	for address, reported := range map[common.Address]*big.Int{
		c.manifest.Contracts.WithdrawalVault: r.WithdrawalVaultWei.ToBig(), c.manifest.Contracts.ELRewardsVault: r.ELRewardsVaultWei.ToBig(),
	} {
		wei, err := c.sender.Client.BalanceAt(c.ctx, address, block)
		require.NoError(c, err)
		require.Zero(c, wei.Cmp(reported), "vault %s", address)
	}
	pool, committee, oracle := bindings.NewStakingPool(), bindings.NewOracleCommittee(), bindings.NewReportOracle()
	deposited, err := pool.UnpackDepositedWei(c.call(c.manifest.Contracts.StakingPool, pool.PackDepositedWei(), block))
	require.NoError(c, err)
	require.Zero(c, deposited.Cmp(r.DepositedWei.ToBig()))
	digest, err := committee.UnpackDigestAt(c.call(c.manifest.Contracts.OracleCommittee, committee.PackDigestAt(r.RefSlot), block))
	require.NoError(c, err)
	require.Equal(c, common.Hash(digest), r.Committee)
	onChain, err := oracle.UnpackDigest(c.call(c.manifest.Contracts.ReportOracle, oracle.PackDigest(abi.Report(r)), nil))
	require.NoError(c, err)
	require.Equal(c, common.Hash(onChain), result.Digest)
}
