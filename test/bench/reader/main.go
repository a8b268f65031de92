package main

import (
	"context"
	"encoding/hex"
	"errors"
	"flag"
	"fmt"
	"io"
	"net/http"
	"os"
	"strings"

	"github.com/ethereum/go-ethereum/common"

	"github.com/tidemark-oracle/tidemark/internal/beacon/state"
	"github.com/tidemark-oracle/tidemark/test/bench/outcome"
	"github.com/tidemark-oracle/tidemark/test/bench/synth"
)

func main() {
	var credentials, root outcome.Credentials
	fork := flag.String("fork", "electra", "fork of the state")
	flag.Var(&credentials, "credentials", "the pool's withdrawal credentials")
	flag.Var(&root, "root", "root that the state must have")
	hint := flag.String("hint", "", "over HTTP: file with the keys of the pending deposits, made when it does not exist; without it a state with pending deposits is read twice")
	flag.Parse()
	found, err := run(context.Background(), input{*fork, flag.Arg(0), *hint}, credentials, root)
	if err == nil {
		err = found.Print(os.Stdout)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "reader:", err)
		os.Exit(1)
	}
}

var errStatus = errors.New("unexpected HTTP status")

// input is what is read, and the hint for it.
type input struct{ fork, source, hint string }

func run(ctx context.Context, in input, credentials, roots outcome.Credentials) (outcome.Outcome, error) {
	fork, err := state.ParseFork(in.fork)
	if err != nil {
		return outcome.Outcome{}, err
	}
	var want *common.Hash
	if len(roots) > 0 {
		want = (*common.Hash)(&roots[0])
	}
	query := state.Query{}
	for _, c := range credentials {
		query.Credentials = append(query.Credentials, common.Hash(c))
	}
	read, err := readSource(ctx, in, fork, want, query)
	if err != nil {
		return outcome.Outcome{}, err
	}
	found := outcome.Outcome{Root: "0x" + hex.EncodeToString(read.Root[:]), Validators: read.TotalValidators, PoolValidators: uint64(len(read.Pool))}
	for _, v := range read.Pool {
		found.PoolGwei += v.BalanceGwei
	}
	return found, nil
}

// spec is mainnet's, with Gloas from where the synthetic states have it.
func spec() state.Spec {
	s := state.Mainnet()
	s.Activations[state.Gloas-1].Epoch = synth.GloasEpoch
	return s
}

func readSource(ctx context.Context, in input, fork state.Fork, want *common.Hash, query state.Query) (*state.State, error) {
	if strings.HasPrefix(in.source, "http://") {
		return readHTTP(ctx, in, fork, want, query)
	}
	file, err := os.Open(in.source)
	if err != nil {
		return nil, fmt.Errorf("open state: %w", err)
	}
	defer file.Close()
	info, err := file.Stat()
	if err != nil {
		return nil, fmt.Errorf("open state: %w", err)
	}
	return state.ReadAt(ctx, file, info.Size(), fork, spec(), want, query)
}

// readHTTP reads once with the hint of the file, or twice and keeps the hint in it.
func readHTTP(ctx context.Context, in input, fork state.Fork, want *common.Hash, query state.Query) (_ *state.State, err error) {
	if query.Hint, err = loadHint(in.hint); err != nil {
		return nil, err
	}
	read, err := readAnswer(ctx, in.source, fork, want, query)
	var incomplete *state.HintError
	if !errors.As(err, &incomplete) {
		return read, err
	}
	if err := saveHint(in.hint, incomplete.Keys); err != nil {
		return nil, err
	}
	query.Hint = incomplete.Keys
	return readAnswer(ctx, in.source, fork, want, query)
}

func readAnswer(ctx context.Context, url string, fork state.Fork, want *common.Hash, query state.Query) (*state.State, error) {
	body, err := request(ctx, url)
	if err != nil {
		return nil, err
	}
	defer body.Close()
	return state.Read(ctx, body, fork, spec(), want, query)
}

func request(ctx context.Context, url string) (io.ReadCloser, error) {
	asked, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return nil, fmt.Errorf("request state: %w", err)
	}
	asked.Header.Set("Accept", "application/octet-stream")
	asked.Header.Set("Accept-Encoding", "identity")
	answer, err := http.DefaultClient.Do(asked)
	if err != nil {
		return nil, fmt.Errorf("request state: %w", err)
	}
	if answer.StatusCode != http.StatusOK {
		answer.Body.Close()
		return nil, fmt.Errorf("request state: %w %s", errStatus, answer.Status)
	}
	return answer.Body, nil
}
