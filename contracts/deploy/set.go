package deploy

import (
	"math/big"

	"github.com/ethereum/go-ethereum/accounts/abi/bind/v2"
	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/crypto"

	"github.com/tidemark-oracle/tidemark/contracts/bindings"
	"github.com/tidemark-oracle/tidemark/contracts/manifest"
)

// predict gives the addresses that the deployer's next creations will have.
func predict(deployer common.Address, nonce uint64) (s manifest.Set) {
	for i, c := range s.All() {
		*c.Address = crypto.CreateAddress(deployer, nonce+uint64(i))
	}
	return s
}

// step is one creation: code, constructor arguments and the ether that goes with them.
type step struct {
	name    string
	address common.Address
	code    []byte
	args    []byte
	wei     *big.Int // nil for none
}

// steps gives the creations of a set in the order of Set.All.
func (c Config) steps(s manifest.Set) []step {
	creations := []struct {
		meta *bind.MetaData
		args []byte
	}{
		{&bindings.TimelockControllerMetaData, c.timelockArgs()},
		{&bindings.StakedEtherMetaData, bindings.NewStakedEther().PackConstructor(s.StakingPool)},
		{&bindings.PoolExtensionMetaData, bindings.NewPoolExtension().PackConstructor(c.pool(s))},
		{&bindings.StakingPoolMetaData, bindings.NewStakingPool().PackConstructor(c.pool(s), s.PoolExtension)},
		{&bindings.WithdrawalQueueMetaData, bindings.NewWithdrawalQueue().PackConstructor(
			s.Timelock, c.Roles.Pauser, c.Roles.Resumer, s.StakingPool, s.StakedEther, c.Queue.MinRequestWei, c.Queue.MaxRequestWei, seconds(c.MaxPauseSeconds))},
		{&bindings.WithdrawalVaultMetaData, bindings.NewWithdrawalVault().PackConstructor(s.Timelock, s.OperatorRegistry, s.StakingPool)},
		{&bindings.ELRewardsVaultMetaData, bindings.NewELRewardsVault().PackConstructor(s.StakingPool)},
		{&bindings.StateProofsMetaData, bindings.NewStateProofs().PackConstructor(
			s.Timelock, c.Schedule.GenesisTime, c.Schedule.SecondsPerSlot, c.States.SlotsPerHistoricalRoot, c.States.GloasSlot(c.Schedule.SlotsPerEpoch))},
		{&bindings.OperatorRegistryMetaData, bindings.NewOperatorRegistry().PackConstructor(
			s.Timelock, c.Roles.OperatorManager, c.Roles.ExitRequester, s.StakingPool, s.StakedEther, s.WithdrawalVault, c.GenesisForkVersion, s.Validators, common.Address{})},
		{&bindings.OracleCommitteeMetaData, bindings.NewOracleCommittee().PackConstructor(c.committee(s))},
		{&bindings.SanityCheckerMetaData, bindings.NewSanityChecker().PackConstructor(s.Timelock, bindings.Limits(c.Limits), bindings.Limits(c.Ceilings))},
		{&bindings.ReportOracleMetaData, bindings.NewReportOracle().PackConstructor(c.oracle(s))},
		{&bindings.BalanceChallengeMetaData, bindings.NewBalanceChallenge().PackConstructor(s.ReportOracle, s.WithdrawalVault, s.StateProofs, c.Schedule.SlotsPerEpoch)},
		{&bindings.WrappedStakedEtherMetaData, bindings.NewWrappedStakedEther().PackConstructor(s.StakedEther)},
		{&bindings.ValidatorsMetaData, bindings.NewValidators().PackConstructor(c.validators(s))},
	}
	steps := make([]step, 0, len(creations))
	for i, n := range s.All() {
		next := step{name: n.Name, address: *n.Address, code: common.FromHex(creations[i].meta.Bin), args: creations[i].args}
		if n.Address == &s.StakingPool {
			next.wei = c.Pool.BootstrapWei
		}
		steps = append(steps, next)
	}
	return steps
}

func (c Config) timelockArgs() []byte {
	return bindings.NewTimelockController().PackConstructor(seconds(c.Roles.TimelockDelaySeconds), c.Roles.TimelockProposers, c.Roles.TimelockExecutors, common.Address{})
}

func (c Config) pool(s manifest.Set) bindings.PoolBaseConfig {
	return bindings.PoolBaseConfig{
		Admin: s.Timelock, Oracle: s.ReportOracle, Pauser: c.Roles.Pauser, Resumer: c.Roles.Resumer,
		Wiring: bindings.PoolBaseWiring{
			Token: s.StakedEther, Queue: s.WithdrawalQueue, WithdrawalVault: s.WithdrawalVault, ElRewardsVault: s.ELRewardsVault,
			DepositContract: c.DepositContract,
		},
		Registry: s.OperatorRegistry,
		Terms: bindings.PoolBaseTerms{
			Treasury: c.Roles.Treasury, FeeBps: c.Pool.FeeBps, OperatorsBps: c.Pool.OperatorsBps, NormalRewardBps: c.Pool.NormalRewardBps,
			NoisePcm: c.Pool.NoisePcm,
		},
		Bounds:                  boundsOnChain(c.Pool.Bounds),
		Schedule:                bindings.Schedule(c.Schedule),
		StakeLimitWei:           c.Pool.StakeLimitWei,
		StakeLimitRefillSeconds: seconds(c.Pool.StakeLimitRefillSeconds),
		StartRefSlot:            c.startRefSlot(),
	}
}

func (c Config) validators(s manifest.Set) bindings.ValidatorBookConfig {
	return bindings.ValidatorBookConfig{
		Registry: s.OperatorRegistry, Pool: s.StakingPool, Token: s.StakedEther, DepositContract: c.DepositContract, StateProofs: s.StateProofs,
		WithdrawalVault: s.WithdrawalVault, SlotsPerEpoch: c.Schedule.SlotsPerEpoch,
		ProofPatienceSeconds: seconds(c.Staking.ProofPatienceSeconds), ForkQuietSeconds: seconds(c.Staking.ForkQuietSeconds),
		StockBps: c.Staking.StockBps, MinStock: c.Staking.MinStock, KeyBps: c.Staking.KeyBps,
	}
}

func (c Config) committee(s manifest.Set) bindings.OracleCommitteeConfig {
	return bindings.OracleCommitteeConfig{
		Admin: s.Timelock, Membership: c.Roles.Membership, Ejector: c.Roles.Ejector, Slasher: s.ReportOracle, Treasury: c.Roles.Treasury,
		MinBondWei: c.Bonds.MinBondWei, UnbondingSeconds: c.Bonds.UnbondingSeconds, ReporterRewardBps: c.Bonds.ReporterRewardBps,
		Schedule: bindings.Schedule(c.Schedule),
	}
}

func (c Config) oracle(s manifest.Set) bindings.ReportOracleConfig {
	return bindings.ReportOracleConfig{
		Admin: s.Timelock, Guardian: c.Roles.Guardian, Pauser: c.Roles.Pauser, Resumer: c.Roles.Resumer, Challenge: s.BalanceChallenge,
		Pool: s.StakingPool, Queue: s.WithdrawalQueue, Committee: s.OracleCommittee, Sanity: s.SanityChecker, StateProofs: s.StateProofs,
		WithdrawalVault: s.WithdrawalVault, ElRewardsVault: s.ELRewardsVault, QuarantineSeconds: c.QuarantineSeconds, MaxPauseSeconds: c.MaxPauseSeconds,
	}
}

func boundsOnChain(b manifest.Bounds) bindings.PoolBaseBounds {
	return bindings.PoolBaseBounds{
		MaxFeeBps: b.MaxFeeBps, MaxNormalRewardBps: b.MaxNormalRewardBps, MaxNoisePcm: b.MaxNoisePcm, MaxRiseBps: b.MaxRiseBps,
		BucketGwei: new(big.Int).SetUint64(b.BucketGwei), BucketRefillSeconds: seconds(b.BucketRefillSeconds),
		MinReportSeconds: seconds(b.MinReportSeconds), StaleAfterSeconds: seconds(b.StaleAfterSeconds), DoubtAfterSeconds: seconds(b.DoubtAfterSeconds), ReserveBps: b.ReserveBps,
	}
}

func seconds(n uint64) *big.Int { return new(big.Int).SetUint64(n) }
