//go:build race

package loopsim

// ciSeeds is how many pools CI lives through with the race detector: it slows them down, and there is one goroutine.
const ciSeeds = 48
