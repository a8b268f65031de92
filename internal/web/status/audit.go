package status

// AuditSource is an audit that describes itself.
type AuditSource interface {
	// Audit is a snapshot; what it points to is not to be changed.
	Audit() Audit
	// Changed is closed when the next snapshot differs.
	Changed() <-chan struct{}
}

// Audit is everything that an audit tells about itself. It has no rounds, peers or account. It is ready while its last run worked; its alarms are the
// findings.
type Audit struct {
	Overview
	Result AuditResult `json:"audit"`
}

// AuditResult is what an audit of a range of blocks came to.
type AuditResult struct {
	Verdict    string            `json:"verdict"` // clean, findings or unchecked; empty: the first run is not over
	Text       string            `json:"text"`    // a sentence
	FirstBlock uint64            `json:"firstBlock"`
	LastBlock  uint64            `json:"lastBlock"`
	Findings   int               `json:"findings"` // each is in Alarms, unless there are very many
	Kinds      map[string]uint64 `json:"kinds"`    // findings by kind
	Unchecked  int               `json:"unchecked"`
	Skipped    int               `json:"skipped"`
}
