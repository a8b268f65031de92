package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"strings"

	"github.com/tidemark-oracle/tidemark/test/testnet"
	"github.com/tidemark-oracle/tidemark/test/testnet/deployment"
)

// tidemarkDir is in the network's own folder: it ends with the network.
func (s settings) tidemarkDir() string { return filepath.Join(s.networkDir(), "tidemark") }

// deployTidemark deploys the contracts on the network that runs, unless they are there, and prints what a member needs to join.
func deployTidemark(ctx context.Context, s settings, out io.Writer) error {
	ctx, cancel := context.WithTimeout(ctx, s.timeout)
	defer cancel()
	running, err := isRunning(s)
	if err != nil {
		return err
	}
	if !running {
		return errors.New("no network runs: make testnet starts one")
	}
	info, err := testnet.ReadInfo(s.networkDir())
	if err != nil {
		return err
	}
	manifest := filepath.Join(s.tidemarkDir(), deployment.ManifestFile)
	_, err = os.Stat(manifest)
	if errors.Is(err, fs.ErrNotExist) {
		err = deployAndWrite(ctx, s, info, out)
	}
	if err != nil {
		return err
	}
	fmt.Fprintf(out, `
Tidemark is deployed. A member joins with nothing but these:

manifest    %s
execution   %s
beacon      %s

owner       %s   the network's owner, with its password beside it
`, manifest, info.ExecutionURL, strings.Join(info.BeaconURLs(), "\nbeacon      "), filepath.Join(s.tidemarkDir(), deployment.OwnerFile))
	return nil
}

func deployAndWrite(ctx context.Context, s settings, info testnet.Info, out io.Writer) error {
	sender, err := deployment.NewSender(ctx, info)
	if err != nil {
		return err
	}
	defer sender.Close()
	m, err := deployment.Deploy(ctx, info, sender, deployment.Options{Log: slog.New(slog.NewTextHandler(out, nil))})
	if err != nil {
		return err
	}
	return deployment.Write(s.tidemarkDir(), m)
}
