// Package mutexasserts stands in for a module of this name that Prysm uses to check that a lock is held. That one reads the fields of sync.Mutex by their
// old names and panics with this Go, in every answer to a peer: two beacon nodes would not stay connected.
package mutexasserts

import "sync"

// RWMutexLocked reports whether m is locked for writing.
func RWMutexLocked(m *sync.RWMutex) bool {
	if m.TryRLock() {
		m.RUnlock()
		return false
	}
	return true
}

// RWMutexRLocked reports whether m is locked for reading, and not for writing.
func RWMutexRLocked(m *sync.RWMutex) bool {
	if m.TryLock() {
		m.Unlock()
		return false
	}
	return !RWMutexLocked(m)
}

// MutexLocked reports whether m is locked.
func MutexLocked(m *sync.Mutex) bool {
	if m.TryLock() {
		m.Unlock()
		return false
	}
	return true
}

// AssertRWMutexLocked does nothing, as in the module's own builds that are not for debugging.
func AssertRWMutexLocked(*sync.RWMutex) {}
