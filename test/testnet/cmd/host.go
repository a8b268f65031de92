package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"

	"github.com/tidemark-oracle/tidemark/test/testnet"
)

// host runs the network until the context ends or a client fails.
func host(ctx context.Context, s settings, out io.Writer) error {
	if s.extraValidators > 1<<16 {
		return fmt.Errorf("%d extra validators are too many", s.extraValidators)
	}
	held, err := lockFolder(s)
	if err != nil {
		return err
	}
	defer held.Close()
	if err := writePID(held); err != nil {
		return err
	}
	network, err := testnet.Start(ctx, testnet.Options{
		Dir: s.networkDir(), Binaries: s.binaries, Fork: testnet.Fork(s.fork), ExtraValidators: uint32(s.extraValidators), Transition: s.transition,
		Log: slog.New(slog.NewTextHandler(out, nil)),
	})
	if err != nil {
		return err
	}
	select {
	case <-ctx.Done():
		return network.Stop()
	case <-network.Done():
		return errors.Join(network.Err(), network.Stop())
	}
}
