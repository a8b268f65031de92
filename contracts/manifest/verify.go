package manifest

import (
	"context"
	"crypto/sha256"
	"fmt"
	"slices"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/crypto"

	"github.com/tidemark-oracle/tidemark/contracts/bindings"
	"github.com/tidemark-oracle/tidemark/report"
)

// Verify reads the set back from the chain: chain id, code, how the contracts are wired, their schedule, the layouts of beacon states and the
// roles that they hold on each other, and the pool's bounds. A node calls it at start. Errors: ErrWiring, naming contract and field.
func (m *Manifest) Verify(ctx context.Context, chain Chain) error {
	chainID, err := chain.ChainID(ctx)
	if err != nil {
		return fmt.Errorf("read the chain id: %w", err)
	}
	if !chainID.IsUint64() || chainID.Uint64() != m.ChainID {
		return fmt.Errorf("%w: the node is on chain %s, the manifest is of chain %d: use a node of that chain", ErrWiring, chainID, m.ChainID)
	}
	for _, c := range m.Contracts.All() {
		code, err := chain.CodeAt(ctx, *c.Address, nil)
		if err != nil {
			return fmt.Errorf("read the code of %s: %w", c.Name, err)
		}
		if got := common.Hash(crypto.Keccak256(code)); got != m.CodeHashes[c.Name] {
			return fmt.Errorf("%w: the code of %s at %s has hash %s, the manifest says %s", ErrWiring, c.Name, c.Address, got, m.CodeHashes[c.Name])
		}
	}
	return Check(ctx, chain, slices.Concat(m.wiring(), m.bounds(), m.roles(), m.schedules(), m.states(), m.beaconChain()))
}

// wiring lists whom each contract must know.
func (m *Manifest) wiring() []Fact {
	s := m.Contracts
	token, pool, queue := bindings.NewStakedEther(), bindings.NewStakingPool(), bindings.NewWithdrawalQueue()
	vault, rewards, registry := bindings.NewWithdrawalVault(), bindings.NewELRewardsVault(), bindings.NewOperatorRegistry()
	book := bindings.NewValidators()
	oracle, wrapper, challenge := bindings.NewReportOracle(), bindings.NewWrappedStakedEther(), bindings.NewBalanceChallenge()
	known := NewFact
	facts := []Fact{
		known("StakedEther", s.StakedEther, "pool", token.PackPool(), s.StakingPool),
		known("StakingPool", s.StakingPool, "extension", pool.PackExtension(), s.PoolExtension),
		known("StakingPool", s.StakingPool, "registry", pool.PackRegistry(), s.OperatorRegistry),
		known("WithdrawalQueue", s.WithdrawalQueue, "pool", queue.PackPool(), s.StakingPool),
		known("WithdrawalQueue", s.WithdrawalQueue, "token", queue.PackToken(), s.StakedEther),
		known("WithdrawalVault", s.WithdrawalVault, "pool", vault.PackPool(), s.StakingPool),
		known("ELRewardsVault", s.ELRewardsVault, "pool", rewards.PackPool(), s.StakingPool),
		known("OperatorRegistry", s.OperatorRegistry, "pool", registry.PackPool(), s.StakingPool),
		known("OperatorRegistry", s.OperatorRegistry, "stakedEther", registry.PackStakedEther(), s.StakedEther),
		known("OperatorRegistry", s.OperatorRegistry, "withdrawalVault", registry.PackWithdrawalVault(), s.WithdrawalVault),
		known("OperatorRegistry", s.OperatorRegistry, "validators", registry.PackValidators(), s.Validators),
		known("Validators", s.Validators, "registry", book.PackRegistry(), s.OperatorRegistry),
		known("Validators", s.Validators, "pool", book.PackPool(), s.StakingPool),
		known("Validators", s.Validators, "token", book.PackToken(), s.StakedEther),
		known("Validators", s.Validators, "withdrawalVault", book.PackWithdrawalVault(), s.WithdrawalVault),
		known("Validators", s.Validators, "depositContract", book.PackDepositContract(), m.DepositContract),
		known("ReportOracle", s.ReportOracle, "pool", oracle.PackPool(), s.StakingPool),
		known("ReportOracle", s.ReportOracle, "queue", oracle.PackQueue(), s.WithdrawalQueue),
		known("ReportOracle", s.ReportOracle, "committee", oracle.PackCommittee(), s.OracleCommittee),
		known("ReportOracle", s.ReportOracle, "sanity", oracle.PackSanity(), s.SanityChecker),
		known("ReportOracle", s.ReportOracle, "withdrawalVault", oracle.PackWithdrawalVault(), s.WithdrawalVault),
		known("ReportOracle", s.ReportOracle, "elRewardsVault", oracle.PackElRewardsVault(), s.ELRewardsVault),
		known("ReportOracle", s.ReportOracle, "challenge", oracle.PackChallenge(), s.BalanceChallenge),
		known("BalanceChallenge", s.BalanceChallenge, "oracle", challenge.PackOracle(), s.ReportOracle),
		known("BalanceChallenge", s.BalanceChallenge, "withdrawalVault", challenge.PackWithdrawalVault(), s.WithdrawalVault),
		known("WrappedStakedEther", s.WrappedStakedEther, "asset", wrapper.PackAsset(), s.StakedEther),
	}
	// The extension's code knows the others by itself: the pool runs it with what was compiled into it.
	for _, half := range []Contract{{"StakingPool", &s.StakingPool, ""}, {"PoolExtension", &s.PoolExtension, ""}} {
		facts = append(facts,
			known(half.Name, *half.Address, "token", pool.PackToken(), s.StakedEther),
			known(half.Name, *half.Address, "queue", pool.PackQueue(), s.WithdrawalQueue),
			known(half.Name, *half.Address, "withdrawalVault", pool.PackWithdrawalVault(), s.WithdrawalVault),
			known(half.Name, *half.Address, "elRewardsVault", pool.PackElRewardsVault(), s.ELRewardsVault),
			known(half.Name, *half.Address, "depositContract", pool.PackDepositContract(), m.DepositContract),
		)
	}
	return facts
}

// bounds lists what must bound the pool for ever.
func (m *Manifest) bounds() []Fact {
	b, pool := m.Bounds, bindings.NewStakingPool()
	want := words(
		b.MaxFeeBps, b.MaxNormalRewardBps, b.MaxNoisePcm, b.MaxRiseBps, b.BucketGwei, b.BucketRefillSeconds, b.MinReportSeconds, b.StaleAfterSeconds, b.DoubtAfterSeconds,
		b.ReserveBps)
	return []Fact{
		{"StakingPool", m.Contracts.StakingPool, "bounds", pool.PackBounds(), want},
		{"PoolExtension", m.Contracts.PoolExtension, "bounds", pool.PackBounds(), want},
	}
}

// schedules lists the schedule that committee, oracle, pool, registry and challenge must have.
func (m *Manifest) schedules() []Fact {
	s := m.Schedule
	want := words(s.GenesisTime, s.SecondsPerSlot, s.SlotsPerEpoch, s.InitialEpoch, s.EpochsPerFrame, s.FinalityMarginSlots, s.CloseSlots)
	return []Fact{
		{"OracleCommittee", m.Contracts.OracleCommittee, "schedule", bindings.NewOracleCommittee().PackSchedule(), want},
		{"ReportOracle", m.Contracts.ReportOracle, "schedule", bindings.NewReportOracle().PackSchedule(), want},
		{"StakingPool", m.Contracts.StakingPool, "schedule", bindings.NewStakingPool().PackSchedule(), want},
		{"PoolExtension", m.Contracts.PoolExtension, "schedule", bindings.NewStakingPool().PackSchedule(), want},
		{"Validators", m.Contracts.Validators, "slotsPerEpoch", bindings.NewValidators().PackSlotsPerEpoch(), words(s.SlotsPerEpoch)},
		{"BalanceChallenge", m.Contracts.BalanceChallenge, "slotsPerEpoch", bindings.NewBalanceChallenge().PackSlotsPerEpoch(), words(s.SlotsPerEpoch)},
	}
}

// beaconChain lists what pool and registry must say to the beacon chain: withdrawals go to the vault, deposit signatures are of this network.
func (m *Manifest) beaconChain() []Fact {
	vault, registry := m.Contracts.WithdrawalVault, bindings.NewOperatorRegistry()
	return []Fact{
		{"OperatorRegistry", m.Contracts.OperatorRegistry, "withdrawalCredentials (0x01)", registry.PackWithdrawalCredentials(false), words(report.CredentialsOf(vault))},
		{"OperatorRegistry", m.Contracts.OperatorRegistry, "withdrawalCredentials (0x02)", registry.PackWithdrawalCredentials(true), words(report.CompoundingCredentialsOf(vault))},
		{"OperatorRegistry", m.Contracts.OperatorRegistry, "depositDomain (of genesisForkVersion)", registry.PackDepositDomain(), words(depositDomain(m.GenesisForkVersion))},
	}
}

// depositDomain is compute_domain(DOMAIN_DEPOSIT) of the network (consensus specs, phase 0).
func depositDomain(genesisForkVersion []byte) (domain common.Hash) {
	var forkData [64]byte // current_version, and no genesis_validators_root
	copy(forkData[:], genesisForkVersion)
	root := sha256.Sum256(forkData[:])
	domain[0] = 3 // DOMAIN_DEPOSIT_TYPE
	copy(domain[4:], root[:28])
	return domain
}

// roles lists the roles that the contracts must hold on each other, and the timelock on all.
func (m *Manifest) roles() []Fact {
	s := m.Contracts
	facts := []Fact{
		HasRole("StakingPool", s.StakingPool, "ORACLE_ROLE", s.ReportOracle, true),
		HasRole("OracleCommittee", s.OracleCommittee, "SLASHER_ROLE", s.ReportOracle, true),
		HasRole("WithdrawalVault", s.WithdrawalVault, "EXIT_ROLE", s.OperatorRegistry, true),
	}
	for _, c := range s.Controlled() {
		facts = append(facts, HasRole(c.Name, *c.Address, AdminRole, s.Timelock, true))
	}
	return facts
}
