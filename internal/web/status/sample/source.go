package sample

import (
	"sync"

	"github.com/tidemark-oracle/tidemark/internal/web/status"
)

// Source is a status.Source that shows what it is told to.
type Source struct {
	mutex   sync.Mutex
	shown   status.Status
	changed chan struct{}
}

// NewSource returns a source that shows a step of the sample.
func NewSource(step int) *Source {
	return &Source{shown: Status(step), changed: make(chan struct{})}
}

// Status is what is shown now.
func (s *Source) Status() status.Status {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	return s.shown
}

// Changed is closed by the next Show.
func (s *Source) Changed() <-chan struct{} {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	return s.changed
}

// Show shows another description.
func (s *Source) Show(shown status.Status) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	s.shown = shown
	close(s.changed)
	s.changed = make(chan struct{})
}

// Audit is the description of an audit that came to a result, of the network of Status.
func Audit(result status.AuditResult) status.Audit {
	return status.Audit{Overview: Status(final).Overview, Result: result}
}

// AuditSource is a status.AuditSource that always shows the same.
type AuditSource struct{ Shown status.Audit }

// Audit is what is shown.
func (s AuditSource) Audit() status.Audit { return s.Shown }

// Changed is never closed.
func (s AuditSource) Changed() <-chan struct{} { return nil }
