package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"testing"

	"github.com/tidemark-oracle/tidemark/internal/cli"

	"github.com/ethereum/go-ethereum/common"
	"github.com/stretchr/testify/require"

	"github.com/tidemark-oracle/tidemark/internal/beacon/state"
)

const (
	poolCredentials01 = "0x010000000000000000000000b9d7934878b5fb9610b3fe8a5e441e8fad7e293f"
	poolCredentials02 = "0x020000000000000000000000b9d7934878b5fb9610b3fe8a5e441e8fad7e293f"
	sampleRoot        = "0x4242424242424242424242424242424242424242424242424242424242424242"
)

func sampleState() *state.State {
	pool, foreign := common.HexToHash(poolCredentials01), common.HexToHash("0x0100")
	deposit := func(key byte, credentials common.Hash, gwei uint64) state.PendingDeposit {
		return state.PendingDeposit{PublicKey: [48]byte{key}, Credentials: credentials, AmountGwei: gwei}
	}
	return &state.State{
		Root: common.HexToHash(sampleRoot), Fork: state.Electra, Slot: 12_345_678, GenesisTime: 1_606_824_023,
		GenesisValidatorsRoot: common.HexToHash("0x4b36"), Bytes: 308_123_456,
		LatestBlockHeader: state.BlockHeader{Slot: 12_345_677, ProposerIndex: 7, ParentRoot: common.Hash{3}, BodyRoot: common.Hash{4}},
		Finalized:         state.Checkpoint{Epoch: 385_800, Root: common.Hash{5}},
		LatestBlockHash:   common.Hash{6},
		Execution:         &state.ExecutionHeader{BlockHash: common.Hash{6}, StateRoot: common.Hash{7}, Number: 23_456_789, Timestamp: 1_754_972_147},
		TotalValidators:   2_200_000, TotalActiveGwei: 35_200_000_000_000_000, SlashingsGwei: 32_000_000_000, PendingTotal: 12_345,
		Pool: []state.Validator{
			{Index: 5, BalanceGwei: 32_000_000_001}, {Index: 1_000_000, Exited: true}, {Index: 2_000_000, Slashed: true, Exited: true, BalanceGwei: 31_000_000_000},
		},
		PoolActiveGwei: 32_000_000_000,
		PoolSlashed:    []state.SlashedValidator{{Index: 2_000_000, EffectiveBalanceGwei: 31_000_000_000, ExitEpoch: 385_000, WithdrawableEpoch: 393_192}},
		Pending: []state.PendingDeposit{
			deposit(1, foreign, 1_000_000_000),  // to the pool's validator, whoever pays
			deposit(2, pool, 32_000_000_000),    // a new key
			deposit(2, pool, 1),                 // again
			deposit(3, pool, 5_000_000_000),     // to somebody else's validator
			deposit(4, foreign, 64_000_000_000), // somebody else's new key
		},
		Registered: map[[48]byte]common.Hash{{1}: pool, {3}: foreign},
	}
}

// reading is a stateReader that notes what it was asked.
type reading struct {
	bytes []byte
	fork  state.Fork
	spec  state.Spec
	want  *common.Hash
	query state.Query
}

// answer reads everything and then answers s and err.
func (r *reading) answer(s *state.State, err error) stateReader {
	return func(_ context.Context, source io.ReaderAt, size int64, fork state.Fork, spec state.Spec, want *common.Hash, q state.Query) (*state.State, error) {
		data, readErr := io.ReadAll(io.NewSectionReader(source, 0, size))
		if readErr != nil {
			return nil, readErr
		}
		q.Progress(uint64(len(data)))
		*r = reading{data, fork, spec, want, q}
		return s, err
	}
}

func inspectArgs(t *testing.T, more ...string) []string {
	return append([]string{"state", "inspect", "--file", write(t, "state.ssz", "the bytes"), "--fork", "electra", "--spec", "mainnet",
		"--credentials", poolCredentials01, "--credentials", poolCredentials02}, more...)
}

func TestInspectVerifiesAndPrints(t *testing.T) {
	var asked reading
	r := program{read: asked.answer(sampleState(), nil)}.run(t, inspectArgs(t, "--root", sampleRoot)...)
	require.Equal(t, cli.ExitOK, r.status, r.err)
	require.Empty(t, r.err)
	golden(t, "inspect-verified.txt", r.out)

	require.Equal(t, []byte("the bytes"), asked.bytes)
	require.Equal(t, state.Electra, asked.fork)
	require.Equal(t, state.Mainnet(), asked.spec)
	require.Equal(t, common.HexToHash(sampleRoot), *asked.want)
	require.Equal(t, []common.Hash{common.HexToHash(poolCredentials01), common.HexToHash(poolCredentials02)}, asked.query.Credentials)
}

func TestInspectWithoutRootSaysThatNothingWasCompared(t *testing.T) {
	var asked reading
	p := program{read: asked.answer(sampleState(), nil)}
	r := p.run(t, inspectArgs(t)...)
	require.Equal(t, cli.ExitOK, r.status, r.err)
	require.Nil(t, asked.want)
	golden(t, "inspect-unverified.txt", r.out)

	r = p.run(t, inspectArgs(t, "--json")...)
	require.Equal(t, cli.ExitOK, r.status, r.err)
	require.Contains(t, r.out, `"verified": false`)
}

func TestInspectAsJSON(t *testing.T) {
	r := program{read: new(reading).answer(sampleState(), nil)}.run(t, inspectArgs(t, "--root", sampleRoot, "--json")...)
	require.Equal(t, cli.ExitOK, r.status, r.err)
	require.True(t, json.Valid([]byte(r.out)))
	golden(t, "inspect.json", r.out)
}

func TestInspectEndsWithFindingsWhenTheFileIsNotThatState(t *testing.T) {
	for _, verdict := range []error{state.ErrWrongRoot, state.ErrTruncated, state.ErrOffset, state.ErrWrongFork, state.ErrTooLong} {
		err := &state.Error{Field: "balances", Offset: 42, Err: verdict}
		args := inspectArgs(t, "--root", sampleRoot)
		r := program{read: new(reading).answer(nil, err)}.run(t, args...)
		require.Equal(t, result{cli.ExitFindings, "", fmt.Sprintf("oraclenode: %s: %v\n", args[3], err)}, r)
	}
}

func TestInspectEndsWithAnErrorWhenItCouldNotRead(t *testing.T) {
	err := &state.Error{Field: "balances", Offset: 42, Err: fmt.Errorf("%w: disk", state.ErrRead)}
	r := program{read: new(reading).answer(nil, err)}.run(t, inspectArgs(t)...)
	require.Equal(t, cli.ExitError, r.status)
	require.Contains(t, r.err, "disk")

	r = program{}.run(t, "state", "inspect", "--file", "absent.ssz", "--fork", "fulu", "--spec", "mainnet", "--credentials", poolCredentials01)
	require.Equal(t, result{cli.ExitError, "", "oraclenode: open the state: open absent.ssz: no such file or directory\n"}, r)
}

func TestInspectRefusesWhatIsNoFile(t *testing.T) {
	r := program{}.run(t, inspectArgs(t, "--file", t.TempDir())...)
	require.Equal(t, cli.ExitError, r.status)
	require.Contains(t, r.err, "is no regular file")
}

func TestInspectShowsProgressOnATerminalOnly(t *testing.T) {
	var asked reading
	require.Empty(t, program{read: asked.answer(sampleState(), nil)}.run(t, inspectArgs(t)...).err)

	drawn := newDrawing("verifying")
	answer := asked.answer(sampleState(), nil)
	waiting := func(ctx context.Context, r io.ReaderAt, size int64, fork state.Fork, spec state.Spec, want *common.Hash, q state.Query) (*state.State, error) {
		s, err := answer(ctx, r, size, fork, spec, want, q)
		return s, errors.Join(err, drawn.wait(ctx))
	}
	r := program{read: waiting, terminal: true, errOut: drawn}.run(t, inspectArgs(t)...)
	require.Equal(t, cli.ExitOK, r.status)
	require.NotContains(t, r.out, "\x1b", "the result has no control sequences")
}

func TestInspectFailsWithoutProgressLeftOver(t *testing.T) {
	r := program{read: new(reading).answer(nil, &state.Error{Err: state.ErrWrongRoot}), terminal: true}.run(t, inspectArgs(t)...)
	require.Equal(t, cli.ExitFindings, r.status)
	require.Contains(t, r.err, "hash-tree root differs")
}

func TestInspectRefusesWrongFlags(t *testing.T) {
	for _, c := range []struct {
		more []string
		want string
	}{
		{[]string{"--fork", "capella"}, `--fork is "capella": want one of deneb, electra, fulu, gloas`},
		{[]string{"--root", "0x12"}, `--root is "0x12": want 0x and 64 hexadecimal digits`},
		{[]string{"--credentials", "0x" + poolCredentials01[4:] + "zz"}, "want 0x and 64 hexadecimal digits"},
		{[]string{"--credentials", poolCredentials01}, "given twice"},
		{[]string{"more"}, `takes flags only, got "more"`},
	} {
		r := program{}.run(t, inspectArgs(t, c.more...)...)
		require.Equal(t, cli.ExitUsage, r.status, c.more)
		require.Contains(t, r.err, c.want)
	}
	r := program{}.run(t, "state", "inspect", "--fork", "fulu")
	require.Equal(t, cli.ExitUsage, r.status)
	require.Contains(t, r.err, `"credentials", "file", "spec" not set`)
}

func TestInspectTakesNetworkParametersFromFiles(t *testing.T) {
	for _, file := range []string{"spec.yaml", "spec.json"} {
		var asked reading
		r := program{read: asked.answer(sampleState(), nil)}.run(t, inspectArgs(t, "--spec", "testdata/"+file)...)
		require.Equal(t, cli.ExitOK, r.status, r.err)
		require.Equal(t, uint64(8), asked.spec.SlotsPerEpoch, file)
		require.Contains(t, r.out, "12,345,678, epoch 1,543,209\n")
	}
	for _, c := range []struct{ content, want string }{
		{"SLOTS_PER_EPOCH: 32\n", "is missing"},
		{"SLOTS_PER_EPOCH: 32\nSLOTS_PER_EPOCH: 8\n", "line 2: SLOTS_PER_EPOCH twice"},
		{"- a\n", errSpecFile.Error()},
		{"", errSpecFile.Error()},
		{"{}", "the JSON has no member data"},
		{`{"data":`, errSpecFile.Error()},
	} {
		r := program{}.run(t, inspectArgs(t, "--spec", write(t, "spec", c.content))...)
		require.Equal(t, cli.ExitError, r.status)
		require.Contains(t, r.err, c.want)
	}
	r := program{}.run(t, inspectArgs(t, "--spec", "minnet")...)
	require.Equal(t, cli.ExitError, r.status)
	require.Contains(t, r.err, "open minnet")
}

func FuzzSpecFile(f *testing.F) {
	for _, name := range []string{"testdata/spec.yaml", "testdata/spec.json"} {
		data, err := os.ReadFile(name)
		require.NoError(f, err)
		f.Add(data)
	}
	f.Add([]byte("a: &a [*a]\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		values, err := parseSpecFile(data)
		if err != nil {
			require.ErrorIs(t, err, errSpecFile)
			require.Nil(t, values)
		}
	})
}
