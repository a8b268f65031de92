package node

import "time"

// Resolved is the configuration as Run takes it: files that are not named are in the home folder, intervals that are not set are the defaults.
func (c Config) Resolved() Config { return c.fill() }

// TimeAt is what the node's clock shows when the machine's shows wall: the same, but on a devnet.
func (c Config) TimeAt(wall time.Time) time.Time {
	if c.ClockRate <= 1 {
		return wall
	}
	return c.ClockOrigin.Add(wall.Sub(c.ClockOrigin) * time.Duration(c.ClockRate))
}
