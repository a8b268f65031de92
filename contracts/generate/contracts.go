package main

// deployed names the contracts of the network, in the order of docs/contracts.md.
func deployed() []string {
	return []string{
		"StakedEther",
		"WrappedStakedEther",
		"StakingPool",
		"PoolExtension",
		"WithdrawalQueue",
		"WithdrawalVault",
		"ELRewardsVault",
		"OperatorRegistry",
		"Validators",
		"OracleCommittee",
		"SanityChecker",
		"ReportOracle",
		"BalanceChallenge",
		"StateProofs",
		"TimelockController",
	}
}

// testOnly names the contracts that Go tests deploy and no network ever does; they live in contracts/test.
func testOnly() []string {
	return []string{"MathHarness", "EcdsaQuorum"}
}

// devnetOnly names the contracts that only the devnet puts on its chain; they live in contracts/src/devnet.
func devnetOnly() []string {
	return []string{"DevnetDepositContract"}
}

// proven names the contracts whose storage is read by execution proofs.
func proven() []string {
	return []string{"StakedEther", "StakingPool", "WithdrawalQueue", "OracleCommittee", "SanityChecker", "ReportOracle", "Validators"}
}

// extended names the contract that runs another one's code on its own storage, and that other one.
func extended() (contract, extension string) { return "StakingPool", "PoolExtension" }
