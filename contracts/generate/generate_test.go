package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

const tokenABI = `[
	{"type":"function","name":"pair","inputs":[],"outputs":[{"name":"a","type":"uint256"},{"name":"b","type":"uint256"}],"stateMutability":"view"},
	{"type":"error","name":"Empty","inputs":[{"name":"id","type":"uint64"}]}]`

func artifactJSON(abi, code, notice string) []byte {
	return []byte(`{"abi":` + abi + `,"bytecode":{"object":"` + code + `","linkReferences":{}},
		"userdoc":{"errors":{"Empty(uint64)":[{"notice":"` + notice + `"}]}},"devdoc":{}}`)
}

func parsed(t *testing.T, name, notice string) artifact {
	t.Helper()
	a, err := parseArtifact(name, artifactJSON(tokenABI, "0x6000", notice))
	require.NoError(t, err)
	return a
}

func TestArtifactsThatCannotBeDeployedAreRefused(t *testing.T) {
	for reason, data := range map[string][]byte{
		"no deployable code": artifactJSON(tokenABI, "0x", "x"),
		"external library":   []byte(`{"abi":[],"bytecode":{"object":"0x60__$00$__","linkReferences":{"src/L.sol":{}}}}`),
		"parse the artifact": []byte(`{`),
	} {
		_, err := parseArtifact("Token", data)
		require.ErrorContains(t, err, reason)
	}
}

func TestListedContractMustExistOnce(t *testing.T) {
	out := t.TempDir()
	_, err := loadArtifacts(out, []string{"Token"})
	require.ErrorContains(t, err, "no contract of this name")
	for i, folder := range []string{"A.sol", "B.sol"} {
		require.NoError(t, os.Mkdir(filepath.Join(out, folder), 0o755))
		require.NoError(t, os.WriteFile(filepath.Join(out, folder, "Token.json"), artifactJSON(tokenABI, "0x6000", "x"), 0o600))
		_, err = loadArtifacts(out, []string{"Token"})
		if i == 0 {
			require.NoError(t, err)
		}
	}
	require.ErrorContains(t, err, "compiled from 2 files")
}

func TestResultsOfEqualMethodsGetTheirContractsNames(t *testing.T) {
	source, err := bindings("bindings", []artifact{parsed(t, "Token", "x"), parsed(t, "Pool", "x")})
	require.NoError(t, err)
	for _, want := range []string{
		"type TokenPairOutput struct", "type PoolPairOutput struct",
		"func (token *Token) UnpackPair(data []byte) (TokenPairOutput, error)",
		"func (pool *Pool) UnpackPair(data []byte) (PoolPairOutput, error)",
	} {
		require.Equal(t, 1, strings.Count(string(source), want), want)
	}
	require.NotContains(t, string(source), "type PairOutput")
}

func TestBindingsDoNotDependOnTheOrderOfContracts(t *testing.T) {
	a, b := parsed(t, "Token", "x"), parsed(t, "Pool", "x")
	one, err := bindings("bindings", []artifact{a, b})
	require.NoError(t, err)
	other, err := bindings("bindings", []artifact{b, a})
	require.NoError(t, err)
	require.Equal(t, string(one), string(other))
}

func TestErrorWithoutCauseIsRefused(t *testing.T) {
	_, err := errorRows([]artifact{parsed(t, "Token", "")})
	require.ErrorContains(t, err, "Empty(uint64) of Token has no @notice")
}

func TestErrorsOfOneCauseShareARowOfTheTable(t *testing.T) {
	rows, err := errorRows([]artifact{parsed(t, "Token", "No such id | name."), parsed(t, "Pool", "No such id | name."), parsed(t, "Vault", "Gone.")})
	require.NoError(t, err)
	document, err := withErrors([]byte("head\n"+errorsBegin+"\nold\n"+errorsEnd+"\ntail\n"), rows)
	require.NoError(t, err)
	require.Equal(t, "head\n"+errorsBegin+`
| error | selector | contracts | cause |
|---|---|---|---|
| `+"`Empty(uint64)` | `0xff62e332` | Vault | Gone. |\n"+
		"| `Empty(uint64)` | `0xff62e332` | Token, Pool | No such id \\| name. |\n"+
		errorsEnd+"\ntail\n", string(document))
}

func TestDocumentWithoutMarksIsRefused(t *testing.T) {
	for _, document := range []string{"", errorsBegin, errorsEnd, errorsEnd + errorsBegin} {
		_, err := withErrors([]byte(document), nil)
		require.ErrorContains(t, err, "missing")
	}
}

func TestLayoutCountsNestedMembersFromTheVariable(t *testing.T) {
	c := artifact{name: "Pool", StorageLayout: storageLayout{
		Storage: []storageVariable{{"_limit", "3", 0, "t_limit"}, {"_open", "5", 2, "t_bool"}, {"_byId", "6", 0, "t_map"}},
		Types: map[string]storageType{
			"t_limit":   {Encoding: "inplace", Label: "struct Limit", NumberOfBytes: "64", Members: []storageVariable{{"maxWei", "1", 16, "t_uint128"}}},
			"t_uint128": {Encoding: "inplace", Label: "uint128", NumberOfBytes: "16"},
			"t_bool":    {Encoding: "inplace", Label: "bool", NumberOfBytes: "1"},
			"t_map":     {Encoding: "mapping", Label: "mapping(uint256 => struct Limit)", NumberOfBytes: "32", Value: "t_limit"},
		},
	}}
	source, err := layoutSource([]artifact{c})
	require.NoError(t, err)
	text := strings.Join(strings.Fields(string(source)), " ")
	for _, want := range []string{
		"PoolLimitSlot = 3", "PoolLimitMaxWeiSlot = 4 PoolLimitMaxWeiOffset = 16 PoolLimitMaxWeiBytes = 16",
		"PoolOpenSlot = 5 PoolOpenOffset = 2 PoolOpenBytes = 1", "PoolByIdSlot = 6", "PoolByIdElementMaxWeiSlot = 1",
	} {
		require.Contains(t, text, want)
	}
	c.StorageLayout.Storage[0].Type = "t_unknown"
	_, err = layoutSource([]artifact{c})
	require.ErrorContains(t, err, "t_unknown")
}
