package deploy_test

import (
	"context"
	"fmt"
	"math/big"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/ethereum/go-ethereum"
	"github.com/ethereum/go-ethereum/accounts/abi/bind/v2"
	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/crypto"
	"github.com/stretchr/testify/require"

	"github.com/tidemark-oracle/tidemark/contracts/bindings"
	"github.com/tidemark-oracle/tidemark/contracts/deploy"
	"github.com/tidemark-oracle/tidemark/contracts/manifest"
)

func predicted(deployer common.Address, nonce uint64) common.Address {
	return crypto.CreateAddress(deployer, nonce)
}

// contract is a contract of a set.
type contract struct {
	name string
	at   common.Address
	meta *bind.MetaData
}

func contractsOf(s manifest.Set) []contract {
	return []contract{
		{"TimelockController", s.Timelock, &bindings.TimelockControllerMetaData},
		{"StakedEther", s.StakedEther, &bindings.StakedEtherMetaData},
		{"PoolExtension", s.PoolExtension, &bindings.PoolExtensionMetaData},
		{"StakingPool", s.StakingPool, &bindings.StakingPoolMetaData},
		{"WithdrawalQueue", s.WithdrawalQueue, &bindings.WithdrawalQueueMetaData},
		{"WithdrawalVault", s.WithdrawalVault, &bindings.WithdrawalVaultMetaData},
		{"ELRewardsVault", s.ELRewardsVault, &bindings.ELRewardsVaultMetaData},
		{"StateProofs", s.StateProofs, &bindings.StateProofsMetaData},
		{"OperatorRegistry", s.OperatorRegistry, &bindings.OperatorRegistryMetaData},
		{"OracleCommittee", s.OracleCommittee, &bindings.OracleCommitteeMetaData},
		{"SanityChecker", s.SanityChecker, &bindings.SanityCheckerMetaData},
		{"ReportOracle", s.ReportOracle, &bindings.ReportOracleMetaData},
		{"BalanceChallenge", s.BalanceChallenge, &bindings.BalanceChallengeMetaData},
		{"WrappedStakedEther", s.WrappedStakedEther, &bindings.WrappedStakedEtherMetaData},
		{"Validators", s.Validators, &bindings.ValidatorsMetaData},
	}
}

// publicImmutables are the names of all public immutables in the sources.
func publicImmutables(t *testing.T) map[string]bool {
	t.Helper()
	names := make(map[string]bool)
	declaration := regexp.MustCompile(`public immutable (\w+);`)
	require.NoError(t, filepath.WalkDir("../src", func(path string, entry os.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(path, ".sol") {
			return err
		}
		source, err := os.ReadFile(path)
		for _, match := range declaration.FindAllStringSubmatch(string(source), -1) {
			names[match[1]] = true
		}
		return err
	}))
	require.Greater(t, len(names), 20, "the sources are not where this test looks")
	return names
}

func TestADeploymentReadsEveryImmutableAndEveryRoleBack(t *testing.T) {
	n := deployed(t)
	b, auth, c := again(n)
	asked := make(map[string]bool)
	b.call = func(m ethereum.CallMsg, answer []byte) []byte {
		asked[fmt.Sprintf("%s %x", m.To, m.Data)] = true
		return answer
	}
	m, err := deployAgain(b, auth, c)
	require.NoError(t, err)
	wanted := publicImmutables(t)
	// What keeps private immutables.
	for _, view := range []string{"schedule", "ceilings", "asset"} {
		wanted[view] = true
	}
	seen, roles := make(map[string]bool), 0
	for _, contract := range contractsOf(m.Contracts) {
		parsed, err := contract.meta.ParseABI()
		require.NoError(t, err)
		for name, method := range parsed.Methods {
			if wanted[name] && len(method.Inputs) == 0 {
				seen[name] = true
				require.True(t, asked[fmt.Sprintf("%s %x", contract.at, method.ID)], "%s of %s is not read back", name, contract.name)
			}
			if _, controlled := parsed.Methods["hasRole"]; controlled && strings.HasSuffix(name, "_ROLE") {
				roles++
				id := crypto.Keccak256Hash([]byte(name))
				if name == "DEFAULT_ADMIN_ROLE" {
					id = common.Hash{}
				}
				call := bindings.NewStakingPool().PackHasRole(id, auth.From)
				require.True(t, asked[fmt.Sprintf("%s %x", contract.at, call)], "%s of %s is not asked for the deployer", name, contract.name)
			}
		}
	}
	for name := range wanted {
		require.True(t, seen[name], "no contract has %s", name)
	}
	for _, at := range []common.Address{m.Contracts.StakingPool, m.Contracts.PoolExtension} {
		require.True(t, asked[fmt.Sprintf("%s %x", at, bindings.NewStakingPool().PackBounds())], "the bounds of %s are not read back", at)
	}
	require.Greater(t, roles, 20)
}

func TestEachFalseAnswerIsNoticed(t *testing.T) {
	n := deployed(t)
	b, auth, c := again(n)
	calls := 0
	b.call = func(_ ethereum.CallMsg, answer []byte) []byte { calls++; return answer }
	_, err := deployAgain(b, auth, c)
	require.NoError(t, err)
	const preflight = 3 // whose answers' lengths count
	require.Greater(t, calls, 150)
	for lie := preflight; lie < calls; lie++ {
		b, i := &faultyChain{Backend: n.Chain}, -1
		b.call = func(_ ethereum.CallMsg, answer []byte) []byte {
			if i++; i == lie {
				answer = append([]byte(nil), answer...)
				answer[len(answer)-1] ^= 1
			}
			return answer
		}
		_, err := deployAgain(b, auth, c)
		require.ErrorIs(t, err, manifest.ErrWiring, "call %d", lie)
		require.ErrorIs(t, err, deploy.ErrStep)
	}
}

// grants are the roles that the chain's events say accounts hold on a set.
func grants(t *testing.T, b deploy.Backend, s manifest.Set) map[string]bool {
	t.Helper()
	held := make(map[string]bool)
	names := map[common.Hash]string{{}: "DEFAULT_ADMIN_ROLE"}
	at := make(map[common.Address]string)
	for _, contract := range contractsOf(s) {
		at[contract.at] = contract.name
		parsed, err := contract.meta.ParseABI()
		require.NoError(t, err)
		for name := range parsed.Methods {
			if strings.HasSuffix(name, "_ROLE") && name != "DEFAULT_ADMIN_ROLE" {
				names[crypto.Keccak256Hash([]byte(name))] = name
			}
		}
	}
	logs, err := b.FilterLogs(t.Context(), ethereum.FilterQuery{Topics: [][]common.Hash{{
		crypto.Keccak256Hash([]byte("RoleGranted(bytes32,address,address)")),
		crypto.Keccak256Hash([]byte("RoleRevoked(bytes32,address,address)")),
		crypto.Keccak256Hash([]byte("RoleAdminChanged(bytes32,bytes32,bytes32)")),
	}}})
	require.NoError(t, err)
	for _, l := range logs {
		if at[l.Address] == "" {
			continue
		}
		require.Equal(t, crypto.Keccak256Hash([]byte("RoleGranted(bytes32,address,address)")), l.Topics[0], "roles are granted once and stay")
		require.NotEmpty(t, names[l.Topics[1]])
		held[fmt.Sprintf("%s %s %s", at[l.Address], names[l.Topics[1]], common.BytesToAddress(l.Topics[2][:]))] = true
	}
	return held
}

func TestRolesAreHeldAsConfiguredAndByNobodyElse(t *testing.T) {
	n := deployed(t)
	s, a := n.Contracts, n.Accounts
	want := make(map[string]bool)
	grant := func(contract, role string, account common.Address) {
		want[fmt.Sprintf("%s %s %s", contract, role, account)] = true
	}
	for _, contract := range []string{
		"TimelockController", "PoolExtension", "StakingPool", "WithdrawalQueue", "WithdrawalVault", "StateProofs", "OperatorRegistry", "OracleCommittee", "SanityChecker", "ReportOracle",
	} {
		grant(contract, "DEFAULT_ADMIN_ROLE", s.Timelock)
	}
	for _, contract := range []string{"PoolExtension", "StakingPool", "WithdrawalQueue", "ReportOracle"} {
		grant(contract, "PAUSER_ROLE", a.Pauser.Address)
		grant(contract, "RESUMER_ROLE", a.Resumer.Address)
	}
	for _, role := range []string{"PROPOSER_ROLE", "CANCELLER_ROLE", "EXECUTOR_ROLE"} {
		grant("TimelockController", role, a.Owner.Address)
	}
	for _, half := range []string{"PoolExtension", "StakingPool"} {
		grant(half, "ORACLE_ROLE", s.ReportOracle)
	}
	grant("WithdrawalVault", "EXIT_ROLE", s.OperatorRegistry)
	grant("OperatorRegistry", "OPERATOR_MANAGER_ROLE", a.Owner.Address)
	grant("OperatorRegistry", "EXIT_ROLE", a.Owner.Address)
	grant("OracleCommittee", "MEMBERSHIP_ROLE", a.Owner.Address)
	grant("OracleCommittee", "EJECTOR_ROLE", a.Guardian.Address)
	grant("OracleCommittee", "SLASHER_ROLE", s.ReportOracle)
	grant("ReportOracle", "GUARDIAN_ROLE", a.Guardian.Address)
	held := grants(t, n.Chain, s)
	require.Equal(t, want, held)
	for grant := range held {
		require.NotContains(t, grant, a.Deployer.Address.Hex())
	}
}

func TestAnotherStakeLimitThanTheConfiguredOneIsNoticed(t *testing.T) {
	n := deployed(t)
	b, auth, c := again(n)
	_, err := deployAgain(&otherLogs{b}, auth, c)
	require.ErrorIs(t, err, manifest.ErrWiring)
	require.ErrorContains(t, err, "stake limit")
}

// otherLogs is a chain whose receipts say 1 where the stake limit's refill time stands.
type otherLogs struct{ *faultyChain }

func (b *otherLogs) TransactionReceipt(ctx context.Context, hash common.Hash) (*types.Receipt, error) {
	receipt, err := b.faultyChain.TransactionReceipt(ctx, hash)
	if err != nil {
		return nil, err
	}
	changed := *receipt
	changed.Logs = nil
	for _, l := range receipt.Logs {
		l := *l
		if l.Topics[0] == crypto.Keccak256Hash([]byte("StakeLimitSet(uint256,uint256)")) {
			l.Data = append(l.Data[:32:32], common.BigToHash(big.NewInt(1)).Bytes()...)
		}
		changed.Logs = append(changed.Logs, &l)
	}
	return &changed, nil
}
