// Command cmd starts the network of package testnet in the background, deploys Tidemark on it, and stops it:
//
//	testnet up   -dir DIR -binaries DIR   starts it, waits until it is finalized, prints where it answers
//	testnet deploy -dir DIR               deploys Tidemark on it, writes manifest and owner to DIR/network/tidemark
//	testnet down -dir DIR                 stops it; does nothing when it does not run
//	testnet run  -dir DIR -binaries DIR   runs it in the foreground until a signal; up starts this
//
// A network that runs holds a lock on DIR/lock, which ends with its process: that, and not the number of
// the process written in the file, is how up and down know that it runs. DIR/network is the network's
// own folder, which up replaces and run wants empty; DIR/run.log is what the run in the background has to say.
package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"path/filepath"
	"syscall"
	"time"

	"github.com/tidemark-oracle/tidemark/test/testnet"
)

const usage = "usage: testnet up|deploy|down|run -dir DIR [-binaries DIR] [-fork FORK] [-transition DIR] [-extra-validators N] [-timeout DURATION]"

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := run(ctx, os.Args[1:], os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "testnet:", err)
		os.Exit(1)
	}
}

// settings are the command line.
type settings struct {
	dir, binaries   string
	transition      string
	extraValidators uint
	timeout         time.Duration
	fork            string
}

func (s settings) networkDir() string { return filepath.Join(s.dir, "network") }
func (s settings) logFile() string    { return filepath.Join(s.dir, "run.log") }
func (s settings) lockFile() string   { return filepath.Join(s.dir, "lock") }

func run(ctx context.Context, arguments []string, out io.Writer) error {
	if len(arguments) == 0 {
		return fmt.Errorf("no command given\n%s", usage)
	}
	var s settings
	flags := flag.NewFlagSet("testnet "+arguments[0], flag.ContinueOnError)
	flags.StringVar(&s.dir, "dir", "", "folder that the network is kept in")
	flags.StringVar(&s.binaries, "binaries", "", "folder with geth, beacon-chain, prysmctl and validator")
	flags.StringVar(&s.fork, "fork", string(testnet.Electra), "newest fork of the network: electra, fulu or gloas")
	flags.StringVar(&s.transition, "transition", filepath.Join("test", "secondopinion", "beaconnode"), "folder with the beacon node of a network of gloas")
	flags.UintVar(&s.extraValidators, "extra-validators", 8, "for how many keys after those of the genesis a validator client waits")
	flags.DurationVar(&s.timeout, "timeout", 15*time.Minute, "how long up waits for finality, and deploy for its transactions")
	if err := flags.Parse(arguments[1:]); err != nil {
		return err
	}
	if s.dir == "" || flags.NArg() > 0 {
		return fmt.Errorf("no folder given, or too many arguments\n%s", usage)
	}
	switch arguments[0] {
	case "up":
		return up(ctx, s, out)
	case "deploy":
		return deployTidemark(ctx, s, out)
	case "down":
		return down(ctx, s, out)
	case "run":
		return host(ctx, s, out)
	}
	return fmt.Errorf("unknown command %q\n%s", arguments[0], usage)
}

// describe prints what a user of the network needs.
func describe(out io.Writer, info testnet.Info) {
	second, from := "", ""
	if len(info.BeaconURLs()) > 1 {
		second = fmt.Sprintf("beacon      %s   the same chain; it is final without this node\n", info.SecondBeaconURL)
	}
	if info.Fork == testnet.Gloas {
		from = fmt.Sprintf(", from epoch %d on", info.GloasEpoch)
	}
	fmt.Fprintf(out, `
execution   %s   JSON-RPC, archive, chain %d
beacon      %s   Beacon API
%sdeposits    %s   deposit contract
account     %s   funded, key 0x%s
genesis     %d   slots of %d s, %d in an epoch, Electra from epoch %d on; the newest fork is %s%s
logs        %s
`, info.ExecutionURL, info.ChainID, info.BeaconURL, second, info.DepositContract, info.Account, info.AccountKey,
		info.GenesisTime, info.SecondsPerSlot, info.SlotsPerEpoch, info.ElectraEpoch, info.Fork, from, info.Logs)
}
