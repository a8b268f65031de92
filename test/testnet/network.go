package testnet

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"time"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/crypto"
)

var (
	// ErrBinaryMissing says that the folder of programs lacks one: make testnet-clients builds them.
	ErrBinaryMissing = errors.New("program missing; make testnet-clients builds it")
	// ErrDirNotEmpty says that the network's folder holds something already: give a new one.
	ErrDirNotEmpty = errors.New("the network's folder is not empty")
	// ErrStopped is why waiting ends on a network that Stop has stopped.
	ErrStopped = errors.New("the network was stopped")
)

const (
	// defaultGenesisDelay is about twice what the clients take to start on two busy cores; a client that is late
	// misses the first slots, and finality comes an epoch later.
	defaultGenesisDelay = 15 * time.Second
	maxExtraValidators  = 1024
	// grace is how long a client may take to end after Stop has asked it to.
	grace = 40 * time.Second
)

// Options says how a network is to be.
type Options struct {
	// Dir is the folder for data and logs. It is created; it must be empty.
	Dir string
	// Binaries is the folder with geth, beacon-chain, prysmctl and validator; the last three of Fulu are in its subfolder fulu.
	Binaries string
	// Fork is the network's newest one. Empty: Electra.
	Fork Fork
	// GenesisDelay is the time from Start to slot 0, in which the clients start. Zero: 15 seconds.
	GenesisDelay time.Duration
	// FeeRecipient receives the priority fees of every block. Zero: the funded account.
	FeeRecipient common.Address
	// ExtraValidators is for how many keys from ValidatorSecret(Validators) on a third validator client works. They are
	// not in the genesis: they begin when someone has deposited for them. At most 1024.
	ExtraValidators uint32
	// Transition is the folder with the beacon node that a network of Gloas has: test/secondopinion/beaconnode, with its modules installed.
	Transition string
	// Log receives what the network does. Nil: nothing.
	Log *slog.Logger
}

// Network is a network that runs. Its methods may be called at the same time.
type Network struct {
	Info
	log     *slog.Logger
	life    context.Context // ends with the cause when a client fails or Stop is called
	end     context.CancelCauseFunc
	stop    sync.Once
	stopErr error
	missing sync.Mutex // held while a slot is made to be missed

	guard   sync.Mutex // held while a client is started or stopped, for clients
	clients []*client  // in the order of their first start
}

// Start starts a network and returns when both nodes answer, before its genesis. ctx bounds the start only: the network
// runs until Stop. On an error nothing is left running. Errors wrap ErrBinaryMissing, ErrDirNotEmpty, or an *ExitError.
func Start(ctx context.Context, o Options) (*Network, error) {
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	if o.GenesisDelay == 0 {
		o.GenesisDelay = defaultGenesisDelay
	}
	if err := o.check(); err != nil {
		return nil, fmt.Errorf("start the network: %w", err)
	}
	n := newNetwork(o.Log)
	if err := n.start(ctx, o); err != nil {
		return nil, errors.Join(fmt.Errorf("start the network: %w", err), n.Stop())
	}
	return n, nil
}

func newNetwork(log *slog.Logger) *Network {
	n := &Network{log: log}
	n.life, n.end = context.WithCancelCause(context.Background())
	return n
}

func (o *Options) check() error {
	if o.ExtraValidators > maxExtraValidators {
		return fmt.Errorf("%d extra validators are asked for, at most %d are possible", o.ExtraValidators, maxExtraValidators)
	}
	if o.GenesisDelay < 0 {
		return fmt.Errorf("the genesis delay %v is negative", o.GenesisDelay)
	}
	o.Fork = cmp.Or(o.Fork, Electra)
	shape, err := o.Fork.shape()
	if err != nil {
		return err
	}
	programs := []string{"geth", "beacon-chain", "prysmctl", "validator"}
	if o.Fork == Gloas {
		programs = programs[:1]
	}
	for _, name := range programs {
		path := shape.binary(o.Binaries, name)
		if info, err := os.Stat(path); err != nil || info.IsDir() {
			return fmt.Errorf("%s: %w", path, ErrBinaryMissing)
		}
	}
	for _, folder := range []*string{&o.Dir, &o.Binaries, &o.Transition} {
		absolute, err := filepath.Abs(*folder)
		if err != nil {
			return err
		}
		*folder = absolute
	}
	entries, err := os.ReadDir(o.Dir)
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		return err
	}
	if len(entries) > 0 {
		return fmt.Errorf("%s: %w", o.Dir, ErrDirNotEmpty)
	}
	return nil
}

func (n *Network) start(ctx context.Context, o Options) error {
	ctx, cancel := n.bounded(ctx)
	defer cancel()
	p, err := newPlan(o)
	if err != nil {
		return err
	}
	key, err := Key()
	if err != nil {
		return err
	}
	genesisTime := uint64(time.Now().Add(o.GenesisDelay).Unix())
	var files genesisFiles
	if o.Fork == Gloas {
		files, err = p.writeGloas(genesisTime, key)
	} else {
		files, err = p.shape.writeGenesis(ctx, p.binary("prysmctl"), o.Dir, genesisTime, key)
	}
	if err != nil {
		return err
	}
	n.log.Info("genesis written", "genesisTime", genesisTime, "dir", o.Dir)
	n.Info = Info{
		ExecutionURL: p.url(p.ports.execution), BeaconURL: p.url(p.ports.beacons[0].http), SecondBeaconURL: p.url(p.ports.beacons[1].http),
		GenesisTime: genesisTime, Fork: o.Fork, GloasEpoch: p.shape.gloasEpoch, SecondsPerSlot: p.shape.secondsPerSlot, SlotsPerEpoch: p.shape.slotsPerEpoch, ElectraEpoch: p.shape.electraEpoch,
		ChainID: ChainID, GenesisForkVersion: common.FromHex(genesisForkVersion), DepositContract: common.HexToAddress(depositContractAddress),
		Account: crypto.PubkeyToAddress(key.PublicKey), AccountKey: common.Bytes2Hex(crypto.FromECDSA(key)),
		ConfigFile: files.config, GenesisStateFile: files.state, Logs: p.logs(),
	}
	if o.Fork == Gloas { // It has one beacon node.
		n.SecondBeaconURL = n.BeaconURL
	}
	if p.FeeRecipient == (common.Address{}) {
		p.FeeRecipient = n.Account
	}
	n.FeeRecipient = p.FeeRecipient
	if err := n.startClients(ctx, p, files); err != nil {
		return err
	}
	return n.write(o.Dir)
}

func (n *Network) startClients(ctx context.Context, p plan, files genesisFiles) error {
	if err := p.initialize(ctx, files); err != nil {
		return err
	}
	if err := n.run(ctx, p, "geth", "geth", p.geth(), n.waitExecution); err != nil {
		return err
	}
	if p.Fork == Gloas {
		return n.run(ctx, p, beaconName(0), nodeProgram, p.transitionNode(files), n.beaconAnswers(0))
	}
	for i := range beaconNodes {
		other := beaconNodes - 1 - i
		peer, err := peerAddress(other, p.ports.beacons[other].p2p)
		if err != nil {
			return err
		}
		if err := writePeerKey(p.peerKeyFile(i), i); err != nil {
			return err
		}
		if err := n.run(ctx, p, beaconName(i), "beacon-chain", p.beacon(i, files, peer), n.beaconAnswers(i)); err != nil {
			return err
		}
	}
	for i, keys := range p.keys() {
		if err := n.run(ctx, p, validatorName(i), "validator", p.validator(i, keys, files), nil); err != nil {
			return err
		}
	}
	return nil
}

// Stop ends every client and returns when all are gone; calling it again does nothing and returns the same. The folder
// is left as it is. A client that does not end within ten seconds is killed.
func (n *Network) Stop() error {
	n.stop.Do(func() {
		n.end(ErrStopped)
		// geth ends last: without it the beacon node would complain at length.
		n.guard.Lock()
		defer n.guard.Unlock()
		for _, c := range slices.Backward(n.clients) {
			n.stopErr = errors.Join(n.stopErr, c.process.stop(grace))
		}
		n.log.Info("network stopped")
	})
	return n.stopErr
}

// Done is closed when the network has failed or was stopped.
func (n *Network) Done() <-chan struct{} { return n.life.Done() }

// Err says why the network does not run: ErrStopped, or an *ExitError for the client that ended first. Nil while it runs.
func (n *Network) Err() error { return context.Cause(n.life) }

// bounded returns a context that ends with ctx or the network, with the cause of whichever ended first.
func (n *Network) bounded(ctx context.Context) (context.Context, context.CancelFunc) {
	ctx, cancel := context.WithCancelCause(ctx)
	stop := context.AfterFunc(n.life, func() { cancel(context.Cause(n.life)) })
	return ctx, func() {
		stop()
		cancel(nil)
	}
}
