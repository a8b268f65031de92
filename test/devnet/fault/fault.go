// Package fault is how a devnet makes one of its members misbehave or suffer: lines on the member's standard input, and the state that they leave.
//
//	devnet ── Command.String ──► standard input ── Listen ──► State ── Tamper, Blocked ──► node.Hooks
//
// The end of the input means that the devnet is gone: Listen returns, and the member ends.
package fault

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/tidemark-oracle/tidemark/consensus"
	"github.com/tidemark-oracle/tidemark/p2p"
	"github.com/tidemark-oracle/tidemark/report"
)

// ErrCommand: a line that is no command.
var ErrCommand = errors.New("not a command of the devnet")

const (
	maxLine    = 8 << 10
	maxBlocked = 64
)

// Command is a fault to begin or to end.
type Command struct {
	word    string
	gwei    uint64
	blocked []consensus.PeerID
}

// Words of commands.
const (
	plant = "plant-difference" // a number of gwei is added to the balances of validators
	heal  = "heal"             // reports are what they are again
	cut   = "cut-off"          // from peers, named by their ids; nobody: from no one any more
)

// PlantDifference has a member compute reports with gwei too many: a bug in its program.
func PlantDifference(gwei uint64) Command { return Command{word: plant, gwei: gwei} }

// Heal ends a planted difference.
func Heal() Command { return Command{word: heal} }

// CutOff cuts a member off from peers, and from no others.
func CutOff(peers ...consensus.PeerID) Command { return Command{word: cut, blocked: peers} }

// String is the command's line.
func (c Command) String() string {
	switch c.word {
	case plant:
		return fmt.Sprintf("%s %d", plant, c.gwei)
	case cut:
		words := []string{cut}
		for _, id := range c.blocked {
			words = append(words, p2p.PeerIDText(id))
		}
		return strings.Join(words, " ")
	}
	return c.word
}

// Parse reads a command's line. Errors: ErrCommand.
func Parse(line string) (Command, error) {
	words := strings.Fields(line)
	if len(line) > maxLine || len(words) == 0 || len(words) > 1+maxBlocked {
		return Command{}, fmt.Errorf("%w: %d bytes, %d words", ErrCommand, len(line), len(words))
	}
	switch {
	case words[0] == heal && len(words) == 1:
		return Heal(), nil
	case words[0] == plant && len(words) == 2:
		gwei, err := strconv.ParseUint(words[1], 10, 32)
		if err != nil || gwei == 0 {
			return Command{}, fmt.Errorf("%w: %q is no small number of gwei", ErrCommand, words[1])
		}
		return PlantDifference(gwei), nil
	case words[0] == cut:
		c := CutOff()
		for _, word := range words[1:] {
			id, err := p2p.ParsePeerID(word)
			if err != nil {
				return Command{}, fmt.Errorf("%w: %w", ErrCommand, err)
			}
			c.blocked = append(c.blocked, id)
		}
		return c, nil
	}
	return Command{}, fmt.Errorf("%w: %q", ErrCommand, words[0])
}

// State is the faults that are in force. It is safe for concurrent use; the zero value has none.
type State struct {
	mu      sync.Mutex
	gwei    uint64
	blocked []consensus.PeerID
}

// Apply begins or ends a fault.
func (s *State) Apply(c Command) {
	s.mu.Lock()
	defer s.mu.Unlock()
	switch c.word {
	case plant:
		s.gwei = c.gwei
	case heal:
		s.gwei = 0
	case cut:
		s.blocked = c.blocked
	}
}

// Tamper changes a report as the faults in force say.
func (s *State) Tamper(r *report.Report) {
	s.mu.Lock()
	defer s.mu.Unlock()
	r.CLValidatorsGwei += s.gwei
}

// Blocked are the peers that the member is cut off from.
func (s *State) Blocked() []consensus.PeerID {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.blocked)
}

// Listen applies commands until the input ends. A line that is no command ends it too. Errors: ErrCommand, those of the input.
func (s *State) Listen(in io.Reader) error {
	lines := bufio.NewScanner(in)
	lines.Buffer(make([]byte, 0, 1<<10), maxLine)
	for lines.Scan() {
		c, err := Parse(lines.Text())
		if err != nil {
			return err
		}
		s.Apply(c)
	}
	if err := lines.Err(); err != nil {
		return fmt.Errorf("read commands: %w", err)
	}
	return nil
}
