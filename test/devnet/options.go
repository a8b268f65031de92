package devnet

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/tidemark-oracle/tidemark/test/devnet/chain/transition"
	"github.com/tidemark-oracle/tidemark/test/devnet/network"
)

var (
	// ErrOptions: a devnet that cannot be run.
	ErrOptions = errors.New("impossible devnet")
	// ErrOutcome: the devnet ran, and what came of it is not what was promised.
	ErrOutcome = errors.New("not the promised outcome")
)

// Options are what is asked of a devnet.
type Options struct {
	Dir      string // new folder, kept; empty: a temporary one, removed at the end
	Members  int
	Seed     uint64
	SlotTime time.Duration
	Delay    time.Duration // of what a member says until another hears it; 0: loopback's own
	Frames   int           // end after so many; 0: when the context ends, or when the scenario has
	Scenario string        // one of Scenarios
	Fork     string        // that the chain has from its first slot: one of Forks; empty: DefaultFork
	GloasAt  uint64        // epoch in which a chain of Fulu crosses to Gloas; 0: never

	Member []string // command line of a member, to which its settings are added

	OlderProgram string // another release's devnet, which the first OlderMembers run
	OlderMembers int
	OlderMayEnd  bool // an older member may find that this network is not for it

	Out     io.Writer
	Colour  bool             // Out is a terminal
	Now     func() time.Time // the wall clock
	Acts    bool             // print what holders do, too
	Verbose bool             // members log more
}

// Defaults of Options.
const (
	DefaultMembers  = 7
	DefaultSlotTime = 400 * time.Millisecond
	DefaultScenario = "calm"
	DefaultFork     = "gloas"
	MaxFrames       = 1_000_000
)

// Forks are the names of the forks that a devnet can live, oldest first.
func Forks() (names []string) {
	for _, f := range transition.Forks() {
		names = append(names, f.String())
	}
	return names
}

// fork is what the chain begins with.
func (o Options) fork() (transition.Fork, bool) {
	name := o.Fork
	if name == "" {
		name = DefaultFork
	}
	at := slices.Index(Forks(), name)
	return transition.Fork(max(at, 0)), at >= 0
}

func (o Options) validate() (scenario, error) {
	fork, known := o.fork()
	switch {
	case !known:
		return scenario{}, fmt.Errorf("%w: there is no fork %q, but %s", ErrOptions, o.Fork, strings.Join(Forks(), ", "))
	case o.GloasAt != 0 && fork != transition.Fulu:
		return scenario{}, fmt.Errorf("%w: a chain of %s cannot cross to Gloas: only one of Fulu can", ErrOptions, fork)
	case o.GloasAt != 0 && o.GloasAt < network.FirstEpoch:
		return scenario{}, fmt.Errorf("%w: the chain crosses to Gloas in epoch %d, and members run from epoch %d on", ErrOptions, o.GloasAt, network.FirstEpoch)
	case o.Members < network.MinMembers || o.Members > network.MaxMembers:
		return scenario{}, fmt.Errorf("%w: %d members, %d to %d are possible", ErrOptions, o.Members, network.MinMembers, network.MaxMembers)
	case o.SlotTime < network.MinSlotTime || o.SlotTime > network.MaxSlotTime:
		return scenario{}, fmt.Errorf("%w: slots of %s, %s to %s are possible", ErrOptions, o.SlotTime, network.MinSlotTime, network.MaxSlotTime)
	case o.Frames < 0 || o.Frames > MaxFrames:
		return scenario{}, fmt.Errorf("%w: %d frames, 0 to %d are possible", ErrOptions, o.Frames, MaxFrames)
	case o.OlderMembers < 0 || o.OlderMembers > o.Members || (o.OlderMembers > 0) != (o.OlderProgram != ""):
		return scenario{}, fmt.Errorf("%w: %d of %d members run the older program %q", ErrOptions, o.OlderMembers, o.Members, o.OlderProgram)
	case len(o.Member) == 0 || o.Out == nil || o.Now == nil:
		return scenario{}, fmt.Errorf("%w: no program of a member, no output or no clock", ErrOptions)
	}
	for _, sc := range scenarios() {
		if sc.name != o.Scenario {
			continue
		}
		if sc.frames != 0 && o.Frames != 0 {
			return scenario{}, fmt.Errorf("%w: scenario %s has its own number of frames, %d", ErrOptions, sc.name, sc.frames)
		}
		if fork < sc.needs {
			return scenario{}, fmt.Errorf("%w: scenario %s needs a chain of %s, not of %s", ErrOptions, sc.name, sc.needs, fork)
		}
		return sc, nil
	}
	return scenario{}, fmt.Errorf("%w: there is no scenario %q", ErrOptions, o.Scenario)
}
