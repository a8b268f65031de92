//go:build !race

package loopsim

// ciSeeds is how many pools CI lives through.
const ciSeeds = 96
