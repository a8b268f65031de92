package main

import (
	"context"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// solc is the installed compiler, with the settings of the contracts as far as they matter here.
func solc(t *testing.T) *compiler {
	t.Helper()
	contracts, err := filepath.Abs("..")
	require.NoError(t, err)
	require.FileExists(t, filepath.Join(contracts, "node_modules", ".package-lock.json"), "run make setup")
	return &compiler{contracts, forgeSettings{
		Remappings: []string{"@openzeppelin/=node_modules/@openzeppelin/"}, EVMVersion: "prague", Optimizer: true, OptimizerRuns: 200,
	}}
}

// source is a contract around members, in src/Small.sol.
func source(members string) map[string]string {
	return map[string]string{"src/Small.sol": contract(members)}
}

func contract(members string) string {
	return `// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

contract Small {
    error Bad(uint256 value);
    event Seen(uint256 value);

    uint256 public total;
` + members + `
}
`
}

// found are all faults of sources.
func found(t *testing.T, c *compiler, sources map[string]string) []*mutant {
	t.Helper()
	trees, err := c.trees(context.Background(), sources)
	require.NoError(t, err)
	return mutantsOf(sources, trees)
}

// kinds holds for each kind of fault a function and the faults in it.
func kinds() map[string]struct {
	members string
	want    []string
} {
	return map[string]struct {
		members string
		want    []string
	}{
		"a comparison is turned or moved by one": {
			"function f(uint256 a, uint256 b) external pure returns (bool c) { c = a < b; }",
			[]string{"assignment removed: c = a < b; -> (removed)", "comparison: a < b -> a <= b", "comparison: a < b -> a >= b"},
		},
		"an equality is turned": {
			"function f(address a) external view returns (bool c) { c = a == msg.sender; }",
			[]string{"assignment removed: c = a == msg.sender; -> (removed)", "comparison: a == msg.sender -> a != msg.sender"},
		},
		"sums, products and logic are exchanged": {
			"function f(uint256 a, bool p, bool q) external pure returns (uint256, bool) { return (a + a - a * a / a, p && q || p); }",
			[]string{
				"default returned: return (a + a - a * a / a, p && q || p); -> return (0, false);",
				"arithmetic: a + a - a * a / a -> a + a + a * a / a",
				"arithmetic: a + a -> a - a", "arithmetic: a * a / a -> a * a * a", "arithmetic: a * a -> a / a",
				"logic: p && q || p -> p && q && p", "logic: p && q -> p || q",
			},
		},
		"a condition is negated": {
			"function f(bool p) external { if (p) delete total; else total += p ? total : total; }",
			[]string{
				"condition negated: p -> !(p)", "assignment removed: delete total; -> (removed)",
				"arithmetic: total += p ? total : total; -> total -= p ? total : total;",
				"assignment removed: total += p ? total : total; -> (removed)", "condition negated: p -> !(p)",
			},
		},
		"a check is removed, and what errors say stays": {
			"function f(uint256 a) external pure { if (a > a) revert Bad(a + 1); require(a != a, Bad(a + 2)); }",
			[]string{
				"check removed: a > a -> false", "comparison: a > a -> a >= a", "comparison: a > a -> a <= a",
				"check removed: require(a != a, Bad(a + 2)); -> (removed)", "comparison: a != a -> a == a",
			},
		},
		"calls and events are removed": {
			"function f(uint256 a) external { emit Seen(a); this.f(a); }",
			[]string{"event removed: emit Seen(a); -> (removed)", "call removed: this.f(a); -> (removed)"},
		},
		"functions of Math are exchanged and rounding is turned": {
			"function f(uint256 a) external pure returns (uint256 b) { b = Math.min(a, Math.ceilDiv(a, Math.mulDiv(a, a, Math.mulDiv(a, a, a, Math.Rounding.Floor)))); }",
			[]string{
				"assignment removed: b = Math.min(a, Math.ceilDiv(a, Math.mulDiv(a, a, Math.mulDiv(a, a, a, Math.Rounding.Floor)))); -> (removed)",
				"min and max: Math.min(a, Math.ceilDiv(a, Math.mulDiv(a, a, Math.mulDiv(a, a, a, Math.Rounding.Floor)))) -> " +
					"Math.max(a, Math.ceilDiv(a, Math.mulDiv(a, a, Math.mulDiv(a, a, a, Math.Rounding.Floor))))",
				"rounding: Math.ceilDiv(a, Math.mulDiv(a, a, Math.mulDiv(a, a, a, Math.Rounding.Floor))) -> " +
					"a / Math.mulDiv(a, a, Math.mulDiv(a, a, a, Math.Rounding.Floor))",
				"rounding: Math.mulDiv(a, a, Math.mulDiv(a, a, a, Math.Rounding.Floor)) -> " +
					"Math.mulDiv(a, a, Math.mulDiv(a, a, a, Math.Rounding.Floor), Math.Rounding.Ceil)",
				"rounding: Math.Rounding.Floor -> Math.Rounding.Ceil",
			},
		},
		"a number is moved by one inside all that solc computes with it": {
			"function f(uint256 a) external pure returns (uint256 b) { b = a + (1 << 40); b = 2 << a; b = 0; }",
			[]string{
				"assignment removed: b = a + (1 << 40); -> (removed)", "arithmetic: a + (1 << 40) -> a - (1 << 40)",
				"constant: (1 << 40) -> ((1 + 1) << 40)", "constant: (1 << 40) -> ((1 - 1) << 40)",
				"constant: (1 << 40) -> (1 << (40 + 1))", "constant: (1 << 40) -> (1 << (40 - 1))",
				"assignment removed: b = 2 << a; -> (removed)", "constant: 2 -> (2 + 1)", "constant: 2 -> (2 - 1)",
				"assignment removed: b = 0; -> (removed)", "constant: 0 -> (0 + 1)",
			},
		},
		"a declared constant is moved at its uses": {
			"uint64 internal constant C = 5 * 7; function f(uint256 a) external pure returns (uint256 b) { b = a - C; b = Small.C; }",
			[]string{
				"assignment removed: b = a - C; -> (removed)", "arithmetic: a - C -> a + C", "assignment removed: b = Small.C; -> (removed)",
				"constant: 5 * 7 -> 5 * 7 + 1", "constant: 5 * 7 -> 5 * 7 - 1",
			},
		},
		"a constant that solc must know stays": {
			"uint64 internal constant C = 5; uint64 internal constant D = C; uint256[D] public list;",
			[]string{},
		},
		"an immutable is left unset": {
			"uint256 immutable x; constructor() { x = 4; }",
			[]string{"assignment removed: x = 4; -> (removed)", "constant: 4 -> (4 + 1)", "constant: 4 -> (4 - 1)"},
		},
		"loops and unchecked code have faults, their heads keep their statements": {
			"function f(uint256 a) external { for (uint256 i = 0; i < a; ++i) { unchecked { total++; } } }",
			[]string{
				"constant: 0 -> (0 + 1)", "comparison: i < a -> i <= a", "comparison: i < a -> i >= a", "assignment removed: total++; -> (removed)",
			},
		},
	}
}

func TestEachKindOfFaultIsFoundAndCompiles(t *testing.T) {
	c := solc(t)
	// All at once: a start of the compiler takes a second.
	sources := map[string]string{}
	for name, kind := range kinds() {
		sources["src/"+name+".sol"] = contract(kind.members)
	}
	faults := found(t, c, sources)
	got := map[string][]string{}
	for _, f := range faults {
		got[f.File] = append(got[f.File], f.Operator+": "+f.Original+" -> "+f.Mutated)
	}
	for name, kind := range kinds() {
		require.ElementsMatch(t, kind.want, got["src/"+name+".sol"], name)
	}
	rewritten, _ := plant(sources, faults)
	for _, try := range []func(context.Context, map[string]string) ([]diagnostic, error){c.check, c.generate} {
		wrong, err := try(context.Background(), rewritten)
		require.NoError(t, err)
		for _, w := range wrong {
			t.Error(w.Formatted)
		}
	}
}

func TestLinesKeepTheirNumbers(t *testing.T) {
	c := solc(t)
	sources := source("function f(uint256 a) external { total = a\n + 1; }")
	faults := found(t, c, sources)
	rewritten, _ := plant(sources, faults)
	before, after := strings.Split(sources["src/Small.sol"], "\n"), strings.Split(rewritten["src/Small.sol"], "\n")
	require.Contains(t, before[9], "uint256 public total")
	require.Equal(t, before[9], after[9])
}

func TestAFaultInsideAnotherIsPlantedInItsOriginalOnly(t *testing.T) {
	c := solc(t)
	sources := source("function f(uint256 a, uint256 b) external pure returns (bool c) { c = a < b + a; }")
	faults := found(t, c, sources)
	rewritten, _ := plant(sources, faults)
	require.Equal(t, 1, strings.Count(rewritten["src/Small.sol"], "(b) - (a)"))
}

func TestOnlyContractsOfOursHaveFaults(t *testing.T) {
	for file, want := range map[string]bool{
		"src/Pool.sol": true, "src/lib/SSZ.sol": true, "src/devnet/Deposit.sol": false, "src/interfaces/Types.sol": false,
		"src/Imports.sol": false, "test/Pool.t.sol": false, "node_modules/solady/src/utils/LibBit.sol": false,
	} {
		require.Equal(t, want, mutable(file), file)
	}
}

func TestFaultsThatDoNotCompileAreDrawnAgain(t *testing.T) {
	c := solc(t)
	// A number in bytes32(0) cannot hold a switch: its type would be uint8.
	sources := source("function f(uint256 a) external pure returns (bytes32 b, uint256 c) { b = bytes32(0); c = a * a; }")
	faults := found(t, c, sources)
	drawn, err := draw(context.Background(), c, sources, faults, 1, len(faults)-1)
	require.NoError(t, err)
	require.Equal(t, 1, drawn.wrongType)
	require.Len(t, drawn.faults, len(faults)-1)
	again, err := draw(context.Background(), c, sources, faults, 1, len(faults)-1)
	require.NoError(t, err)
	require.Equal(t, drawn, again, "the seed decides")
}

func TestAnErrorIsBlamedOnTheFaultClosestToIt(t *testing.T) {
	where := []written{{span{10, 20}, &mutant{Line: 1}}, {span{30, 60}, &mutant{Line: 2}}, {span{40, 50}, &mutant{Line: 3}}}
	at := func(start, end int) diagnostic {
		c := diagnostic{Message: "Stack too deep."}
		c.Location.Start, c.Location.End = start, end
		return c
	}
	for name, try := range map[string]struct {
		complaint diagnostic
		line      int
	}{
		"the smallest around": {at(42, 44), 3}, "around": {at(32, 34), 2}, "the last before": {at(22, 24), 1}, "inside": {at(5, 25), 1},
	} {
		require.Equal(t, try.line, blamed(try.complaint, where)[0].Line, name)
	}
	require.Empty(t, blamed(at(1, 2), where))
}

func TestIdentitiesAreUniqueAndDoNotDependOnTheLine(t *testing.T) {
	c := solc(t)
	members := "function f(uint256 a) external { total += a; total += a; }"
	faults := found(t, c, source(members))
	moved := found(t, c, source("\n\n"+members))
	seen := map[string]bool{}
	for i, f := range faults {
		require.False(t, seen[f.identity()], f.identity())
		seen[f.identity()] = true
		require.Equal(t, f.identity(), moved[i].identity())
		require.Equal(t, f.Line+2, moved[i].Line)
	}
}
