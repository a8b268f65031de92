package deploy

import (
	"math/big"

	"github.com/ethereum/go-ethereum/accounts/abi/bind/v2"
	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/crypto"

	"github.com/tidemark-oracle/tidemark/contracts/bindings"
	"github.com/tidemark-oracle/tidemark/report"
)

// Set is the addresses of the contracts.
type Set struct {
	Timelock           common.Address `yaml:"timelock"`
	StakedEther        common.Address `yaml:"stakedEther"`
	PoolExtension      common.Address `yaml:"poolExtension"` // the pool runs its code
	StakingPool        common.Address `yaml:"stakingPool"`
	WithdrawalQueue    common.Address `yaml:"withdrawalQueue"`
	WithdrawalVault    common.Address `yaml:"withdrawalVault"`
	ELRewardsVault     common.Address `yaml:"elRewardsVault"`
	OperatorRegistry   common.Address `yaml:"operatorRegistry"`
	OracleCommittee    common.Address `yaml:"oracleCommittee"`
	SanityChecker      common.Address `yaml:"sanityChecker"`
	ReportOracle       common.Address `yaml:"reportOracle"`
	BalanceChallenge   common.Address `yaml:"balanceChallenge"`
	WrappedStakedEther common.Address `yaml:"wrappedStakedEther"`
}

// named is a contract's name, its key in the manifest and its address.
type named struct {
	name, key string
	address   *common.Address
}

// all lists the contracts in the order of deployment.
func (s *Set) all() []named {
	return []named{
		{"TimelockController", "timelock", &s.Timelock},
		{"StakedEther", "stakedEther", &s.StakedEther},
		{"PoolExtension", "poolExtension", &s.PoolExtension},
		{"StakingPool", "stakingPool", &s.StakingPool},
		{"WithdrawalQueue", "withdrawalQueue", &s.WithdrawalQueue},
		{"WithdrawalVault", "withdrawalVault", &s.WithdrawalVault},
		{"ELRewardsVault", "elRewardsVault", &s.ELRewardsVault},
		{"OperatorRegistry", "operatorRegistry", &s.OperatorRegistry},
		{"OracleCommittee", "oracleCommittee", &s.OracleCommittee},
		{"SanityChecker", "sanityChecker", &s.SanityChecker},
		{"ReportOracle", "reportOracle", &s.ReportOracle},
		{"BalanceChallenge", "balanceChallenge", &s.BalanceChallenge},
		{"WrappedStakedEther", "wrappedStakedEther", &s.WrappedStakedEther},
	}
}

// predict gives the addresses that the deployer's next creations will have.
func predict(deployer common.Address, nonce uint64) (s Set) {
	for i, c := range s.all() {
		*c.address = crypto.CreateAddress(deployer, nonce+uint64(i))
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

// steps gives the creations in the order of Set.all.
func (s Set) steps(c Config) []step {
	creations := []struct {
		meta *bind.MetaData
		args []byte
	}{
		{&bindings.TimelockControllerMetaData, s.timelockArgs(c)},
		{&bindings.StakedEtherMetaData, bindings.NewStakedEther().PackConstructor(s.StakingPool)},
		{&bindings.PoolExtensionMetaData, bindings.NewPoolExtension().PackConstructor(s.poolConfig(c))},
		{&bindings.StakingPoolMetaData, bindings.NewStakingPool().PackConstructor(s.poolConfig(c), s.PoolExtension)},
		{&bindings.WithdrawalQueueMetaData, bindings.NewWithdrawalQueue().PackConstructor(
			s.Timelock, c.Roles.Pauser, c.Roles.Resumer, s.StakingPool, s.StakedEther, c.Queue.MinRequestWei, c.Queue.MaxRequestWei, seconds(c.MaxPauseSeconds))},
		{&bindings.WithdrawalVaultMetaData, bindings.NewWithdrawalVault().PackConstructor(s.Timelock, s.OperatorRegistry, s.StakingPool)},
		{&bindings.ELRewardsVaultMetaData, bindings.NewELRewardsVault().PackConstructor(s.StakingPool)},
		{&bindings.OperatorRegistryMetaData, bindings.NewOperatorRegistry().PackConstructor(
			s.Timelock, c.Roles.OperatorManager, c.Roles.ExitRequester, s.StakingPool, s.StakedEther, s.WithdrawalVault, c.GenesisForkVersion, c.Schedule.SlotsPerEpoch,
			common.Address{})},
		{&bindings.OracleCommitteeMetaData, bindings.NewOracleCommittee().PackConstructor(s.committeeConfig(c))},
		{&bindings.SanityCheckerMetaData, bindings.NewSanityChecker().PackConstructor(s.Timelock, bindings.Limits(c.Limits), bindings.Limits(c.Ceilings))},
		{&bindings.ReportOracleMetaData, bindings.NewReportOracle().PackConstructor(s.oracleConfig(c))},
		{&bindings.BalanceChallengeMetaData, bindings.NewBalanceChallenge().PackConstructor(s.ReportOracle, s.WithdrawalVault)},
		{&bindings.WrappedStakedEtherMetaData, bindings.NewWrappedStakedEther().PackConstructor(s.StakedEther)},
	}
	steps := make([]step, 0, len(creations))
	for i, n := range s.all() {
		next := step{name: n.name, address: *n.address, code: common.FromHex(creations[i].meta.Bin), args: creations[i].args}
		if n.address == &s.StakingPool {
			next.wei = c.Pool.BootstrapWei
		}
		steps = append(steps, next)
	}
	return steps
}

func (s Set) timelockArgs(c Config) []byte {
	return bindings.NewTimelockController().PackConstructor(seconds(c.Roles.TimelockDelaySeconds), c.Roles.TimelockProposers, c.Roles.TimelockExecutors, common.Address{})
}

func (s Set) poolConfig(c Config) bindings.PoolBaseConfig {
	return bindings.PoolBaseConfig{
		Admin: s.Timelock, Oracle: s.ReportOracle, Depositor: c.Roles.Depositor, Pauser: c.Roles.Pauser, Resumer: c.Roles.Resumer,
		Wiring: bindings.PoolBaseWiring{
			Token: s.StakedEther, Queue: s.WithdrawalQueue, WithdrawalVault: s.WithdrawalVault, ElRewardsVault: s.ELRewardsVault,
			DepositContract: c.DepositContract,
		},
		Registry: s.OperatorRegistry,
		Terms: bindings.PoolBaseTerms{
			Treasury: c.Roles.Treasury, FeeBps: c.Pool.FeeBps, OperatorsBps: c.Pool.OperatorsBps, NormalRewardBps: c.Pool.NormalRewardBps,
			NoisePcm: c.Pool.NoisePcm,
		},
		Bounds:                  c.Pool.Bounds.onChain(),
		Schedule:                onChain(c.Schedule),
		StakeLimitWei:           c.Pool.StakeLimitWei,
		StakeLimitRefillSeconds: seconds(c.Pool.StakeLimitRefillSeconds),
		StartRefSlot:            c.startRefSlot(),
	}
}

func (s Set) committeeConfig(c Config) bindings.OracleCommitteeConfig {
	return bindings.OracleCommitteeConfig{
		Admin: s.Timelock, Membership: c.Roles.Membership, Ejector: c.Roles.Ejector, Slasher: s.ReportOracle, Treasury: c.Roles.Treasury,
		MinBondWei: c.Bonds.MinBondWei, UnbondingSeconds: c.Bonds.UnbondingSeconds, ReporterRewardBps: c.Bonds.ReporterRewardBps,
		Schedule: onChain(c.Schedule),
	}
}

func (s Set) oracleConfig(c Config) bindings.ReportOracleConfig {
	return bindings.ReportOracleConfig{
		Admin: s.Timelock, Guardian: c.Roles.Guardian, Pauser: c.Roles.Pauser, Resumer: c.Roles.Resumer, Challenge: s.BalanceChallenge,
		Pool: s.StakingPool, Queue: s.WithdrawalQueue, Committee: s.OracleCommittee, Sanity: s.SanityChecker,
		WithdrawalVault: s.WithdrawalVault, ElRewardsVault: s.ELRewardsVault, QuarantineSeconds: c.QuarantineSeconds, MaxPauseSeconds: c.MaxPauseSeconds,
	}
}

func (b Bounds) onChain() bindings.PoolBaseBounds {
	return bindings.PoolBaseBounds{
		MaxFeeBps: b.MaxFeeBps, MaxNormalRewardBps: b.MaxNormalRewardBps, MaxNoisePcm: b.MaxNoisePcm, MaxRiseBps: b.MaxRiseBps,
		BucketGwei: new(big.Int).SetUint64(b.BucketGwei), BucketRefillSeconds: seconds(b.BucketRefillSeconds),
		MinReportSeconds: seconds(b.MinReportSeconds), StaleAfterSeconds: seconds(b.StaleAfterSeconds), DoubtAfterSeconds: seconds(b.DoubtAfterSeconds),
	}
}

func seconds(n uint64) *big.Int { return new(big.Int).SetUint64(n) }

func onChain(s report.Schedule) bindings.Schedule { return bindings.Schedule(s) }
