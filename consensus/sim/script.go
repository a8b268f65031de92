package sim

import (
	"fmt"
	"math/bits"
	"strconv"
	"strings"
)

// Script is one run: everything that will go wrong in it. It follows from its seed; leaving items out leaves the others as they are, so that
// a seed and the numbers of the items kept name a run.
type Script struct {
	Seed   uint64
	Size   int // members of the first committee
	Rounds int
	Items  []Item
	Kept   []bool
	calmAt int64 // no item has an effect after it, but for Byzantine members and wrong computations that never heal
}

// Kind is what goes wrong.
type Kind uint8

// Kinds.
const (
	Crash     Kind = iota // Node stops at the Value-th Point after At, and starts again Until-At ms later
	Forget                // Node stops at At and starts again at Until with an empty journal
	Rollback              // Node stops at At and starts again at Until with a copy of its journal from before the round
	DiskFails             // Node's journal takes nothing; with Value 1 it takes the first record, and says it did not
	Loss                  // Value percent of the messages from and to Set are lost
	Double                // Value percent of the messages from and to Set come twice
	Delay                 // messages from and to Set take up to Value ms longer
	Split                 // nothing passes between Set and the others
	Mute                  // nothing that Set sends arrives
	Deaf                  // nothing arrives at Set
	Skew                  // Node's clock goes wrong by Value ms
	Jump                  // Node's clock is Value ms ahead, and its runner goes by it
	Wrong                 // Node computes variant Value in Round, until Until if that is not 0
	Slow                  // Node computes Value ms later in Round
	LateOpen              // Node hears of Round Value ms later
	Signer                // Node's signer does not answer; with Value > 0 it answers so many ms later
	Change                // the committee changes: see change.go
	Reorg                 // an acceptance in Round is reorganised away Value ms after it came
	Byzantine             // Node is arbitrary, and does what Strategy says with Value and Set from At
	kindCount
)

func (k Kind) String() string {
	return [...]string{"crash", "forget", "rollback", "disk-fails", "loss", "double", "delay", "split", "mute", "deaf", "skew", "jump", "wrong", "slow", "late-open", "signer", "change",
		"reorg", "byzantine"}[k]
}

// Point is a place between two effects of a Ready.
type Point uint8

// Points, in the order of a Ready.
const (
	BeforePersist Point = iota
	AfterPersist
	BeforeSign
	AfterSign
	BeforeSend
	BeforeSubmit
	AfterSubmit
	AfterReady
	pointCount
)

func (p Point) String() string {
	return [...]string{"before persist", "after persist", "before sign", "after sign", "before send", "before submit", "after submit", "after ready"}[p]
}

// Item is one thing that goes wrong. Times are milliseconds from the start of the run.
type Item struct {
	Kind      Kind
	At, Until int64
	Node      int
	Round     int
	Value     int64
	Point     Point
	Set       uint64 // of nodes
	Strategy  Strategy
}

func (i Item) String() string {
	span := fmt.Sprintf("%s-%s", seconds(i.At), seconds(i.Until))
	switch i.Kind {
	case Crash:
		return fmt.Sprintf("crash node %d at the %d. %q after %s, for %s", i.Node, i.Value, i.Point, seconds(i.At), seconds(i.Until-i.At))
	case Forget, Rollback, DiskFails, Signer, Jump:
		return fmt.Sprintf("%s node %d %s value %d", i.Kind, i.Node, span, i.Value)
	case Loss, Double, Delay:
		return fmt.Sprintf("%s %d on links of %s %s", i.Kind, i.Value, members(i.Set), span)
	case Split, Mute, Deaf:
		return fmt.Sprintf("%s %s %s", i.Kind, members(i.Set), span)
	case Skew:
		return fmt.Sprintf("skew node %d by %d ms from %s", i.Node, i.Value, seconds(i.At))
	case Wrong:
		if i.Until == 0 {
			return fmt.Sprintf("wrong node %d computes variant %d in round %d", i.Node, i.Value, i.Round)
		}
		return fmt.Sprintf("wrong node %d computes variant %d in round %d until %s", i.Node, i.Value, i.Round, seconds(i.Until))
	case Slow, LateOpen:
		return fmt.Sprintf("%s node %d round %d by %d ms", i.Kind, i.Node, i.Round, i.Value)
	case Change:
		return fmt.Sprintf("change %s at %s, node %d", changeName(i.Value), seconds(i.At), i.Node)
	case Reorg:
		return fmt.Sprintf("reorg of the acceptance in round %d after %d ms", i.Round, i.Value)
	}
	return fmt.Sprintf("byzantine node %d %s from %s value %d set %s", i.Node, i.Strategy, seconds(i.At), i.Value, members(i.Set))
}

// String is the script for a person, and the command that replays it.
func (s *Script) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "n=%d rounds=%d calm from %s\n", s.Size, s.Rounds, seconds(s.calmAt))
	for i, item := range s.Items {
		if s.Kept[i] {
			fmt.Fprintf(&b, "  %3d  %s\n", i, item)
		}
	}
	fmt.Fprintf(&b, "replay: %s", s.Command())
	return b.String()
}

// Command replays the script.
func (s *Script) Command() string {
	var kept []string
	for i, k := range s.Kept {
		if k {
			kept = append(kept, strconv.Itoa(i))
		}
	}
	command := fmt.Sprintf("make sim SEED=%d", s.Seed)
	switch len(kept) {
	case len(s.Items):
		return command
	case 0:
		return command + " KEEP=none"
	}
	return command + " KEEP=" + strings.Join(kept, ",")
}

// Keep leaves out all items but those. An empty list keeps none. Errors: a number is no item's.
func (s *Script) Keep(numbers []int) error {
	kept := make([]bool, len(s.Items))
	for _, n := range numbers {
		if n < 0 || n >= len(kept) {
			return fmt.Errorf("the script of seed %d has items 0 to %d, not %d", s.Seed, len(kept)-1, n)
		}
		kept[n] = true
	}
	s.Kept = kept
	return nil
}

func seconds(ms int64) string { return fmt.Sprintf("%d.%03ds", ms/1000, ms%1000) }

func members(set uint64) string {
	names := make([]string, 0, bits.OnesCount64(set))
	for i := range 64 {
		if set>>i&1 == 1 {
			names = append(names, strconv.Itoa(i))
		}
	}
	return "{" + strings.Join(names, " ") + "}"
}
