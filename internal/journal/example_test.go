package journal_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/ethereum/go-ethereum/common"

	"github.com/tidemark-oracle/tidemark/consensus"
	"github.com/tidemark-oracle/tidemark/internal/journal"
	"github.com/tidemark-oracle/tidemark/report"
)

// exampleVote is the record of a vote for a report with so many gwei. The journal does not look behind the digest: the core does.
func exampleVote(gwei uint64) consensus.VoteRecord {
	round := consensus.Round{Committee: common.Hash{0xc0}, RefSlot: 95}
	return consensus.VoteRecord{
		Round: round, Digest: common.Hash{byte(gwei)}, Report: report.Report{Committee: round.Committee, RefSlot: round.RefSlot, CLValidatorsGwei: gwei},
	}
}

// A vote is durable before it is signed, and a key signs one digest per round, for ever.
func Example() {
	directory, err := os.MkdirTemp("", "journal")
	if err != nil {
		fmt.Println(err)
		return
	}
	defer os.RemoveAll(directory)
	options := journal.Options{
		Path:     filepath.Join(directory, "journal.db"),
		Identity: journal.Identity{ChainID: 1, Oracle: common.Address{0x0a}, Key: consensus.Key{1}},
	}
	j, err := journal.Open(options)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println("opened:", j.Append(consensus.JournalOpened{RefSlot: 95}))
	fmt.Println("vote:", j.Append(exampleVote(32)))
	fmt.Println("the same vote again:", j.Append(exampleVote(32)))
	fmt.Println("another digest is refused:", errors.Is(j.Append(exampleVote(33)), consensus.ErrSecondDigest))

	_, err = journal.ReadFile(options.Path, 0)
	fmt.Println("another process is refused:", errors.Is(err, journal.ErrLocked))
	if err := j.Close(); err != nil {
		fmt.Println(err)
		return
	}

	// After a restart the records are what a core is made from: consensus.New(config, records).
	contents, err := journal.ReadFile(options.Path, 0)
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, entry := range contents.Entries() {
		fmt.Println("it holds a", entry.Kind, "for slot", entry.RefSlot)
	}
	// Output:
	// opened: <nil>
	// vote: <nil>
	// the same vote again: <nil>
	// another digest is refused: true
	// another process is refused: true
	// it holds a vote for slot 95
}
