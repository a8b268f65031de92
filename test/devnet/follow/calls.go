package follow

import (
	"fmt"
	"math/big"

	"github.com/ethereum/go-ethereum/accounts/abi"
	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"

	"github.com/tidemark-oracle/tidemark/contracts/bindings"
	"github.com/tidemark-oracle/tidemark/report"
	"github.com/tidemark-oracle/tidemark/test/devnet/ledger"
	"github.com/tidemark-oracle/tidemark/test/devnet/network"
)

// call is a transaction to a contract of the set.
type call struct {
	from    common.Address
	tx      *types.Transaction
	receipt *types.Receipt
	ok      bool   // it did not revert
	method  string // "StakingPool.deposit"; empty: of no interest
	args    []any
}

// wei is the i-th argument, an amount.
func (c call) wei(i int) *big.Int { return c.args[i].(*big.Int) }

func (c call) address(i int) common.Address { return c.args[i].(common.Address) }

// calls reads the transactions to the set's contracts.
type calls struct {
	network   *network.Network
	contracts map[common.Address]contract
}

type contract struct {
	name string
	abi  *abi.ABI
}

func newCalls(n *network.Network) (*calls, error) {
	c := &calls{network: n, contracts: make(map[common.Address]contract)}
	set := n.Manifest.Contracts
	for _, known := range []struct {
		at   common.Address
		name string
		abi  func() (*abi.ABI, error)
	}{
		{set.StakingPool, "StakingPool", bindings.StakingPoolMetaData.ParseABI}, {set.StakedEther, "StakedEther", bindings.StakedEtherMetaData.ParseABI},
		{set.WrappedStakedEther, "WrappedStakedEther", bindings.WrappedStakedEtherMetaData.ParseABI},
		{set.WithdrawalQueue, "WithdrawalQueue", bindings.WithdrawalQueueMetaData.ParseABI},
		{set.ReportOracle, "ReportOracle", bindings.ReportOracleMetaData.ParseABI},
		{set.OracleCommittee, "OracleCommittee", bindings.OracleCommitteeMetaData.ParseABI},
	} {
		parsed, err := known.abi()
		if err != nil {
			return nil, fmt.Errorf("read the interface of %s: %w", known.name, err)
		}
		c.contracts[known.at] = contract{known.name, parsed}
	}
	return c, nil
}

// terms are those of the deployment, for a new ledger.
func (c *calls) terms() ledger.Terms {
	d, set := c.network.DeployConfig(), c.network.Manifest.Contracts
	return ledger.Terms{
		FeeBps: d.Pool.FeeBps, OperatorsBps: d.Pool.OperatorsBps, NormalRewardBps: d.Pool.NormalRewardBps, NoisePcm: d.Pool.NoisePcm,
		MaxRiseBps: d.Pool.Bounds.MaxRiseBps, ReserveBps: d.Pool.Bounds.ReserveBps, AnnualGainBps: d.Limits.AnnualGainBps,
		BucketWei:            new(big.Int).Mul(new(big.Int).SetUint64(d.Pool.Bounds.BucketGwei), big.NewInt(1e9)),
		BucketRefillSeconds:  d.Pool.Bounds.BucketRefillSeconds,
		RequestMarginSeconds: uint64(d.Limits.RequestMarginSeconds), FeeAccount: set.OperatorRegistry,
		Queue: set.WithdrawalQueue, Wrapper: set.WrappedStakedEther, StartSeconds: startSeconds(d.Schedule),
	}
}

// startSeconds is the time of one frame before the first reference slot: the pool counts the first report's elapsed time from there.
func startSeconds(s report.Schedule) uint64 {
	first := s.RefSlot(0)
	return s.TimeOf(first - min(first, s.FrameSlots()))
}

// decode fills in the method and its arguments.
func (c *calls) decode(to *call) error {
	known, ok := c.contracts[*to.tx.To()]
	data := to.tx.Data()
	if !ok || len(data) < 4 {
		return nil
	}
	method, err := known.abi.MethodById(data[:4])
	if err != nil {
		return nil // Not one of the contract's: it reverted.
	}
	if to.args, err = method.Inputs.Unpack(data[4:]); err != nil {
		return nil
	}
	to.method = known.name + "." + method.Name
	return nil
}
