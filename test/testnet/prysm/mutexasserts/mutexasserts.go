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
