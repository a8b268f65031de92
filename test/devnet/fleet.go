package devnet

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/tidemark-oracle/tidemark/internal/web/status"
	"github.com/tidemark-oracle/tidemark/test/devnet/fault"
	"github.com/tidemark-oracle/tidemark/test/devnet/network"
	"github.com/tidemark-oracle/tidemark/test/devnet/process"
	"github.com/tidemark-oracle/tidemark/test/devnet/relay"
)

const (
	memberLog      = "member.log"
	askTime        = 20 * time.Second
	maxStatusBytes = 8 << 20
)

// Intervals of members, in the chain's time: a slot is twelve seconds.
const (
	resendInterval = 12 * time.Second
	statusInterval = 24 * time.Second
	pollInterval   = 12 * time.Second
	maxClockOffset = 48 * time.Second // a busy machine is late by parts of a slot
)

// fleet is the members' processes. It is safe for concurrent use.
type fleet struct {
	network      *network.Network
	command      []string
	older        *olderProgram // nil: every member runs command
	olderMembers int           // members that run it, the first ones
	mayEnd       bool          // those may end by themselves
	environ      []string
	verbose      bool
	client       *http.Client
	observerPeer string // peer id of the observer; empty: none
	noKeepers    bool   // members leave the pool's chores to others

	mu       sync.Mutex
	running  map[int]*process.Process
	down     map[int]bool   // members that were ended on purpose
	relays   map[int]*nodes // of members whose nodes can be taken away
	restarts int
}

// nodes are the relays to one member's own nodes.
type nodes struct{ beacon, execution *relay.Relay }

func newFleet(n *network.Network, o Options) (*fleet, error) {
	f := &fleet{
		network: n, command: o.Member, environ: withoutSettings(os.Environ()), verbose: o.Verbose, client: &http.Client{Timeout: askTime, Transport: &http.Transport{}},
		running: make(map[int]*process.Process), down: make(map[int]bool), relays: make(map[int]*nodes),
	}
	if o.OlderMembers == 0 {
		return f, nil
	}
	older, err := readOlderProgram(o.OlderProgram, f.environ)
	f.older, f.olderMembers, f.mayEnd = older, o.OlderMembers, o.OlderMayEnd
	return f, err
}

// withoutSettings is an environment that decides nothing for a member.
func withoutSettings(environ []string) []string {
	return slices.DeleteFunc(environ, func(pair string) bool { return strings.HasPrefix(pair, "ORACLENODE_") })
}

// relay puts relays between a member and its nodes; before it is started.
func (f *fleet) relay(member int) error {
	beacon, err := relay.New(f.network.Chain.BeaconURL())
	if err != nil {
		return err
	}
	execution, err := relay.New(f.network.Chain.ExecutionURL())
	if err != nil {
		beacon.Close()
		return err
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	f.relays[member] = &nodes{beacon, execution}
	return nil
}

// start starts a member that does not run.
func (f *fleet) start(i int) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	m := f.network.Members[i]
	command, settings := f.command, f.flags(m)
	if i < f.olderMembers {
		var err error
		if settings, err = f.older.translate(settings); err != nil {
			return fmt.Errorf("member %d: %w", i, err)
		}
		command = f.older.command
	}
	p, err := process.Start(process.Program{
		Path: command[0], Args: append(slices.Clone(command[1:]), settings...), Dir: m.Home, Env: f.environ, Log: filepath.Join(m.Home, memberLog),
	})
	if err != nil {
		return fmt.Errorf("member %d: %w", i, err)
	}
	if f.running[i] != nil {
		f.restarts++
	}
	f.running[i], f.down[i] = p, false
	return nil
}

// flags are the flags of a member, as oraclenode run has them.
func (f *fleet) flags(m *network.Member) []string {
	beacon, execution := f.network.Chain.BeaconURL(), f.network.Chain.ExecutionURL()
	if r := f.relays[m.Index]; r != nil {
		beacon, execution = r.beacon.URL(), r.execution.URL()
	}
	level := "info"
	if f.verbose {
		level = "debug"
	}
	args := []string{
		"--home", m.Home, "--name", fmt.Sprintf("member %d", m.Index), "--beacon", beacon, "--execution", execution, "--api", m.API,
		"--clock-rate", strconv.FormatInt(f.network.Clock.Rate, 10), "--clock-origin", f.network.Clock.Origin.UTC().Format(time.RFC3339Nano),
		"--resend-interval", resendInterval.String(), "--status-interval", statusInterval.String(),
		"--poll-interval", pollInterval.String(), "--max-clock-offset", maxClockOffset.String(), "--log-level", level, "--workers", "1",
	}
	for _, address := range m.Listen {
		args = append(args, "--listen", address)
	}
	for _, address := range m.Announce {
		args = append(args, "--announce", address)
	}
	if f.noKeepers {
		args = append(args, "--no-keeper")
	}
	if f.observerPeer != "" {
		args = append(args, "--observers", f.observerPeer)
	}
	return args
}

func (f *fleet) process(i int) (*process.Process, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if p := f.running[i]; p != nil {
		return p, nil
	}
	return nil, fmt.Errorf("member %d: %w", i, process.ErrEnded)
}

// sendFault has a member begin or end a fault.
func (f *fleet) sendFault(i int, c fault.Command) error {
	p, err := f.process(i)
	if err != nil {
		return err
	}
	if err := p.WriteLine(c.String()); err != nil {
		return fmt.Errorf("member %d: %w", i, err)
	}
	return nil
}

// kill ends a member as a power cut would.
func (f *fleet) kill(i int) error {
	p, err := f.markStopped(i)
	if err == nil {
		p.Kill()
	}
	return err
}

// markStopped marks a member as ended on purpose, before it is.
func (f *fleet) markStopped(i int) (*process.Process, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	p := f.running[i]
	if p == nil {
		return nil, fmt.Errorf("member %d: %w", i, process.ErrEnded)
	}
	f.down[i] = true
	return p, nil
}

// endsAsItMay says that nothing is wrong when a member has ended. The caller holds the lock.
func (f *fleet) endsAsItMay(i int) bool { return f.down[i] || f.mayEnd && i < f.olderMembers }

// check finds members that ended by themselves.
func (f *fleet) check() error {
	f.mu.Lock()
	defer f.mu.Unlock()
	for i, p := range f.running {
		if err := p.Err(); err != nil && !f.endsAsItMay(i) {
			return fmt.Errorf("member %d ended by itself: %w; its log is %s", i, err, filepath.Join(f.network.Members[i].Home, memberLog))
		}
	}
	return nil
}

// stop asks all members to end, and waits until they have.
func (f *fleet) stop(ctx context.Context) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	var (
		ends sync.WaitGroup
		errs = make([]error, len(f.network.Members))
	)
	for i, p := range f.running {
		ends.Go(func() {
			if err := p.Stop(ctx); err != nil && !f.endsAsItMay(i) {
				errs[i] = fmt.Errorf("member %d: %w", i, err)
			}
		})
	}
	ends.Wait()
	for _, r := range f.relays {
		r.beacon.Close()
		r.execution.Close()
	}
	f.client.CloseIdleConnections()
	return errors.Join(errs...)
}

// status asks a member how it stands.
func (f *fleet) status(ctx context.Context, i int) (st status.Status, err error) {
	answer, err := f.get(ctx, i, "/api/v1/status")
	if err != nil {
		return st, err
	}
	defer answer.Body.Close()
	if err := json.NewDecoder(io.LimitReader(answer.Body, maxStatusBytes)).Decode(&st); err != nil {
		return st, fmt.Errorf("status of member %d: %w", i, err)
	}
	return st, nil
}

// ready asks a member whether it is ready, as a supervisor would.
func (f *fleet) ready(ctx context.Context, i int) (ready bool, reasons string, err error) {
	answer, err := f.get(ctx, i, "/readyz")
	if err != nil {
		return false, "", err
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(io.LimitReader(answer.Body, maxStatusBytes))
	return answer.StatusCode == http.StatusOK, string(text), err
}

func (f *fleet) get(ctx context.Context, i int, path string) (*http.Response, error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://"+f.network.Members[i].API+path, nil)
	if err != nil {
		return nil, fmt.Errorf("ask member %d: %w", i, err)
	}
	answer, err := f.client.Do(request)
	if err != nil {
		return nil, fmt.Errorf("ask member %d: %w", i, err)
	}
	return answer, nil
}
