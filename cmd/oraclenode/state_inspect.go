package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"runtime/debug"
	"strconv"
	"strings"

	"github.com/ethereum/go-ethereum/common"

	"github.com/tidemark-oracle/tidemark/internal/cli"

	"github.com/spf13/cobra"

	"github.com/tidemark-oracle/tidemark/internal/beacon/state"
)

func newState(env environment) *cobra.Command {
	return cli.Group("state", "Look into beacon states", "Look into downloaded beacon states, offline.", newStateInspect(env))
}

type inspectFlags struct {
	file, fork, spec string
	credentials      *cli.HashList
	root             *common.Hash
	asJSON           bool
}

func newStateInspect(env environment) *cobra.Command {
	f := inspectFlags{credentials: cli.NewHashes()}
	fork := cli.ChoiceValue{Choices: forkNames()}
	cmd := &cobra.Command{
		Use:   "inspect --file FILE [--fork NAME] --spec NETWORK|FILE --credentials 0x… [--root 0x…]",
		Short: "Verify a downloaded beacon state and print its totals, offline",
		Long: `Read the SSZ bytes of a beacon state once, as a stream, and hash every one of them. Print what the state says about the registry, and about the pool with the
given withdrawal credentials. With --root, nothing is printed unless the state's hash-tree root is that one. Without it the root is computed and printed, but
compared with nothing: then the figures are only as good as the source of the file.

--spec names the network's parameters: mainnet, sepolia or hoodi, or a file, either YAML as in the consensus specs (configuration and preset together in one
file) or JSON as GET /eth/v1/config/spec answers. Without --fork the fork is the one that this network has at the state's slot.

Ends with status 0 if the state was read, 2 if the file is not the state it was said to be.`,
		Example: `  curl -H 'Accept: application/octet-stream' -o state.ssz http://localhost:5052/eth/v2/debug/beacon/states/finalized
  oraclenode state inspect --file state.ssz --spec mainnet \
    --credentials 0x010000000000000000000000b9d7934878b5fb9610b3fe8a5e441e8fad7e293f
  oraclenode state inspect --file state.ssz --fork gloas --spec spec.json --credentials 0x0100… --root 0x42… --json`,
		Args:                  cli.NoArguments,
		DisableFlagsInUseLine: true,
		RunE: cli.Work(func(cmd *cobra.Command, _ []string) error {
			f.fork = fork.Word
			return inspectState(cmd.Context(), env, f)
		}),
	}
	flags := cmd.Flags()
	flags.StringVar(&f.file, "file", "", "`FILE` with the state's SSZ bytes")
	cli.AddChoice(cmd, &fork, "fork", "fork of the state; without it what the network has at the state's slot")
	flags.StringVar(&f.spec, "spec", "", "network parameters: `mainnet|sepolia|hoodi|FILE`, YAML or JSON")
	flags.Var(f.credentials, "credentials", "withdrawal credentials of the pool, 32 bytes; what counts is the address in them, behind 0x01 or 0x02")
	flags.Var(cli.Hash(&f.root), "root", "hash-tree root that the state must have, 32 bytes")
	flags.BoolVar(&f.asJSON, "json", false, "print JSON")
	cli.MarkSetting(flags, "spec", "credentials")
	for _, name := range []string{"file", "spec", "credentials"} {
		cli.MustMark(cmd.MarkFlagRequired(name))
	}
	cli.MustMark(cmd.MarkFlagFilename("file", "ssz"))
	return cmd
}

func forkNames() []string {
	var names []string
	for _, f := range state.Forks() {
		names = append(names, f.String())
	}
	return names
}

// inspectGCPercent collects early: what is read is dropped at once, so that little time buys a small program.
const inspectGCPercent = 10

func inspectState(ctx context.Context, env environment, f inspectFlags) error {
	defer debug.SetGCPercent(debug.SetGCPercent(inspectGCPercent))
	spec, err := loadSpec(f.spec)
	if err != nil {
		return err
	}
	begin := env.now()
	s, err := readStateFile(ctx, env, f, spec)
	if err != nil {
		return err
	}
	i := inspection{state: s, spec: spec, credentials: f.credentials.Items, compared: f.root != nil, elapsed: env.now().Sub(begin)}
	if i.peakBytes, err = env.peakMemory(); err != nil && !errors.Is(err, errNoPeakMemory) {
		return err
	}
	return env.print(f.asJSON, i.json(), i.print)
}

func readStateFile(ctx context.Context, env environment, f inspectFlags, spec state.Spec) (*state.State, error) {
	file, err := os.Open(f.file)
	if err != nil {
		return nil, fmt.Errorf("open the state: %w", err)
	}
	defer file.Close()
	info, err := file.Stat()
	if err != nil {
		return nil, fmt.Errorf("open the state: %w", err)
	}
	if !info.Mode().IsRegular() {
		return nil, fmt.Errorf("open the state: %s is no regular file; its pending deposits, which come last, are read first: save the state to a file", f.file)
	}
	fork, err := f.forkOf(file, spec)
	if err != nil {
		return nil, classifyStateError(f.file, err)
	}
	bar := newProgress(env)
	defer bar.end()
	s, err := env.readState(ctx, file, info.Size(), fork, spec, f.root, state.Query{
		Credentials: f.credentials.Items,
		Progress:    func(done uint64) { bar.bytes("verifying", done, uint64(info.Size())) },
	})
	return s, classifyStateError(f.file, err)
}

// forkOf is the fork of --fork, or the one of the state's slot.
func (f inspectFlags) forkOf(file io.ReaderAt, spec state.Spec) (state.Fork, error) {
	if f.fork != "" {
		return state.ParseFork(f.fork)
	}
	return state.ForkOf(file, spec)
}

// classifyStateError makes a finding of an error in the bytes; a failure to read them is none.
func classifyStateError(name string, err error) error {
	if err == nil {
		return nil
	}
	wrapped := fmt.Errorf("%s: %w", name, err)
	if errors.As(err, new(*state.Error)) && !errors.Is(err, state.ErrRead) {
		return &cli.Outcome{Status: cli.ExitFindings, Err: wrapped}
	}
	return wrapped
}

// errNoPeakMemory: the system does not say how much memory the process used at most.
var errNoPeakMemory = errors.New("this system does not tell")

// peakMemory is the most memory, in bytes, that this process had resident so far. Only Linux tells.
func peakMemory() (uint64, error) {
	status, err := os.Open("/proc/self/status")
	if err != nil {
		return 0, errNoPeakMemory
	}
	defer status.Close()
	return parsePeakMemory(status)
}

// parsePeakMemory finds VmHWM in the text of proc_pid_status(5), whose kB are 1024 bytes.
func parsePeakMemory(status io.Reader) (uint64, error) {
	lines := bufio.NewScanner(status)
	for lines.Scan() {
		value, ok := strings.CutPrefix(lines.Text(), "VmHWM:")
		if !ok {
			continue
		}
		kibibytes, err := strconv.ParseUint(strings.TrimSpace(strings.TrimSuffix(value, "kB")), 10, 54)
		if err != nil {
			return 0, fmt.Errorf("peak memory: %w", err)
		}
		return kibibytes * 1024, nil
	}
	return 0, errNoPeakMemory
}
