package manifest

import (
	"slices"

	"github.com/ethereum/go-ethereum/common"
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
	StateProofs        common.Address `yaml:"stateProofs"`
	OperatorRegistry   common.Address `yaml:"operatorRegistry"`
	OracleCommittee    common.Address `yaml:"oracleCommittee"`
	SanityChecker      common.Address `yaml:"sanityChecker"`
	ReportOracle       common.Address `yaml:"reportOracle"`
	BalanceChallenge   common.Address `yaml:"balanceChallenge"`
	WrappedStakedEther common.Address `yaml:"wrappedStakedEther"`
	Validators         common.Address `yaml:"validators"`
}

// Contract is a contract of a set.
type Contract struct {
	Name    string          // in Solidity
	Address *common.Address // in the set

	key string // in the manifest
}

// All lists the contracts in the order of deployment.
func (s *Set) All() []Contract {
	return []Contract{
		{"TimelockController", &s.Timelock, "timelock"},
		{"StakedEther", &s.StakedEther, "stakedEther"},
		{"PoolExtension", &s.PoolExtension, "poolExtension"},
		{"StakingPool", &s.StakingPool, "stakingPool"},
		{"WithdrawalQueue", &s.WithdrawalQueue, "withdrawalQueue"},
		{"WithdrawalVault", &s.WithdrawalVault, "withdrawalVault"},
		{"ELRewardsVault", &s.ELRewardsVault, "elRewardsVault"},
		{"StateProofs", &s.StateProofs, "stateProofs"},
		{"OperatorRegistry", &s.OperatorRegistry, "operatorRegistry"},
		{"OracleCommittee", &s.OracleCommittee, "oracleCommittee"},
		{"SanityChecker", &s.SanityChecker, "sanityChecker"},
		{"ReportOracle", &s.ReportOracle, "reportOracle"},
		{"BalanceChallenge", &s.BalanceChallenge, "balanceChallenge"},
		{"WrappedStakedEther", &s.WrappedStakedEther, "wrappedStakedEther"},
		{"Validators", &s.Validators, "validators"},
	}
}

// Controlled lists the contracts with roles.
func (s *Set) Controlled() []Contract {
	return slices.DeleteFunc(s.All(), func(c Contract) bool {
		return slices.Contains([]string{"StakedEther", "WrappedStakedEther", "ELRewardsVault", "BalanceChallenge", "Validators"}, c.Name)
	})
}
