//go:build unix

package journal

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"strconv"
	"testing"
	"time"

	"github.com/ethereum/go-ethereum/common"
	"github.com/stretchr/testify/require"

	"github.com/tidemark-oracle/tidemark/consensus"
)

// killRounds is how many children are killed. Each goes through the start of a member and some rounds.
const killRounds = 500

const (
	childPath = "JOURNAL_TEST_CHILD"
	childSeed = "JOURNAL_TEST_SEED"
)

// TestMain is the child when it is started as one.
func TestMain(m *testing.M) {
	path := os.Getenv(childPath)
	if path == "" {
		os.Exit(m.Run())
	}
	seed, err := strconv.ParseUint(os.Getenv(childSeed), 10, 64)
	if err == nil {
		err = member(path, rand.New(rand.NewPCG(seed, 0)), os.Stdout)
	}
	fmt.Fprintln(os.Stderr, err)
	os.Exit(1)
}

// member votes round after round and prints each signature right after its record is said to be durable. It does not know what it voted for before it
// was killed: each time it would rather have a random digest, and it tries the round of the newest vote again. It never ends by itself.
func member(path string, random *rand.Rand, signatures io.Writer) error {
	j, err := Open(optionsAt(path))
	if err != nil {
		return err
	}
	c, err := j.Contents()
	if err != nil {
		return err
	}
	slot, _ := c.NewestVote()
	if err := j.Append(consensus.JournalOpened{RefSlot: slot}); err != nil {
		return err
	}
	for ; ; slot += uint64(random.IntN(2)) {
		r, digest := roundAt(1, slot), byte(random.IntN(4))
		records := []consensus.Record{voteFor(r, digest), certificateFor(r, digest), evidenceAgainst(uint16(random.IntN(8)), r)}
		err := j.Append(records[:1+random.IntN(3)]...)
		if errors.Is(err, consensus.ErrSecondDigest) {
			continue
		}
		if err != nil {
			return err
		}
		if _, err := fmt.Fprintf(signatures, "%d %d\n", slot, digest); err != nil {
			return err
		}
	}
}

// signed is the digests that left children as signatures, by reference slot.
type signed map[uint64]byte

// runAndKill starts a child, kills it after the delay and collects what it signed.
func (s signed) runAndKill(t *testing.T, path string, seed uint64, delay time.Duration) (lines int) {
	child := exec.Command(os.Args[0])
	child.Env = append(os.Environ(), childPath+"="+path, fmt.Sprintf("%s=%d", childSeed, seed))
	child.Stderr = os.Stderr
	out, err := child.StdoutPipe()
	require.NoError(t, err)
	require.NoError(t, child.Start())
	timer := time.AfterFunc(delay, func() { _ = child.Process.Kill() })
	defer timer.Stop()
	for scanner := bufio.NewScanner(out); scanner.Scan(); lines++ {
		var slot uint64
		var digest byte
		if _, err := fmt.Sscanf(scanner.Text()+"\n", "%d %d\n", &slot, &digest); err != nil {
			break // the kill cut the line off: a signature that never left
		}
		before, found := s[slot]
		require.False(t, found && before != digest, "seed %d: two signatures for slot %d: %d and %d", seed, slot, before, digest)
		s[slot] = digest
	}
	err = child.Wait()
	var exit *exec.ExitError
	require.ErrorAs(t, err, &exit)
	require.False(t, exit.Exited(), "seed %d: the child ended by itself, see above", seed)
	return lines
}

// check holds the signatures against the journal that the child left.
func (s signed) check(t *testing.T, path string, seed uint64) {
	c, err := ReadFile(path, 0)
	if errors.Is(err, ErrMissing) {
		require.Empty(t, s, "seed %d: signed without a journal", seed)
		return
	}
	require.NoError(t, err, "seed %d", seed)
	newest, _ := c.NewestVote()
	recorded := make(map[uint64]common.Hash)
	for _, r := range c.Records {
		if v, ok := r.(consensus.VoteRecord); ok {
			require.NotContains(t, recorded, v.Round.RefSlot)
			recorded[v.Round.RefSlot] = v.Digest
		}
	}
	for slot, digest := range s {
		require.LessOrEqual(t, slot, newest, "seed %d: signed above the newest vote", seed)
		if got, kept := recorded[slot]; kept || slot+DefaultKeepSlots > newest {
			require.Equal(t, common.Hash{digest}, got, "seed %d: slot %d", seed, slot)
		}
	}
}

func TestKilledAtAnyMomentEverySignatureHasItsRecord(t *testing.T) {
	path := samplePath(t)
	random := rand.New(rand.NewPCG(20260101, 1))
	all := make(signed)
	early, lines := 0, 0
	typical := 60 * time.Millisecond // from start to first signature; follows the machine, so that kills fall before, into and after opening
	for seed := range uint64(killRounds) {
		n := all.runAndKill(t, path, seed, time.Duration(random.Int64N(int64(2*typical))))
		if n == 0 {
			early++
			typical += time.Millisecond
		} else if typical > 5*time.Millisecond {
			typical -= time.Millisecond / 2
		}
		lines += n
		all.check(t, path, seed)
	}
	t.Logf("%d children killed, %d of them before their first signature; %d signatures in %d rounds", killRounds, early, lines, len(all))
	require.Greater(t, lines, killRounds, "kills must fall between signatures too")
	require.Greater(t, early, killRounds/20, "and while the journal is opened")
}
