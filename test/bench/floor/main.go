package main

import (
	"flag"
	"fmt"
	"os"
	"runtime"
	"sync"

	hashtree "github.com/pk910/hashtree-bindings"

	"github.com/tidemark-oracle/tidemark/test/bench/outcome"
)

// batch is the number of hashes in one call: 32 KiB in, 16 KiB out.
const batch = 512

func main() {
	hashes := flag.Uint64("hashes", 0, "how many hashes of 64 bytes")
	flag.Parse()
	found := outcome.Outcome{Hashes: hash(*hashes, runtime.GOMAXPROCS(0))}
	if err := found.Print(os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "floor:", err)
		os.Exit(1)
	}
}

// hash does count hashes or up to one batch a worker more, and returns how many.
func hash(count uint64, workers int) uint64 {
	each := (count + uint64(workers) - 1) / uint64(workers)
	share := (each + batch - 1) / batch
	var all sync.WaitGroup
	for range workers {
		all.Go(func() {
			nodes, digests := make([][32]byte, 2*batch), make([][32]byte, batch)
			for range share {
				if err := hashtree.Hash(digests, nodes); err != nil {
					panic(err) // the sizes are constants of this file
				}
			}
		})
	}
	all.Wait()
	return share * batch * uint64(workers)
}
