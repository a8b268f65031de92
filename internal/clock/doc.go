// Package clock is the time that nodes, audits and the dashboard go by. It is passed in, so that tests and the devnet can have a time of their own.
package clock
