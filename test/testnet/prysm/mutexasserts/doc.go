// Package mutexasserts stands in for a module of this name that Prysm uses to check that a lock is held. That one reads the fields of sync.Mutex by their
// old names and panics with this Go, in every answer to a peer: two beacon nodes would not stay connected.
package mutexasserts
