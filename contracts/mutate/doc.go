// Command mutate plants faults in the contracts and finds which of them the Solidity tests notice.
//
//	sources ─► solc's syntax tree ─► every possible fault ─► a sample ─► one build ─► a run of the tests for each fault
//
// The installed forge (1.7.1) has no mutation testing of its own: `forge test --help` names no such option.
//
// A build takes minutes, so all sampled faults are compiled in at once, each behind a switch, in a copy of the project:
//
//	if (Mutant.on(17) ? a <= b : a < b) revert Late();
//	{ if (Mutant.on(18)) {} else total += x; }
//
// The fault that is on is the one whose number the address of the block's producer holds. Forge takes that address from its environment
// (FOUNDRY_BLOCK_COINBASE), so no test has to change, nothing is stored or called, and constructors see it too. Pure functions may ask
// since the function that reads it is cast to pure. The contracts and tests must not read block.coinbase themselves.
//
// A constant cannot hold a switch: its uses do, in the tests too. What tells two faults apart does not depend on their line, so that
// results and the reasons in equivalent.txt survive changes elsewhere in a file.
//
// Each fault first meets the suites of the folder that speaks most of its file, then all others, with few fuzz and invariant runs; one
// that lives meets everything once more with the runs of foundry.toml. A run that takes five times
// the processor time of one without fault is a kill.
package main
