//go:build !race

package sim

// defaultSeeds is what CI runs.
const defaultSeeds = ciSeeds
