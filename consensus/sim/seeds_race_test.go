//go:build race

package sim

// defaultSeeds is less under the race detector, which has nothing to find in a run: it has one goroutine.
const defaultSeeds = 400
