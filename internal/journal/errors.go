package journal

import "errors"

// Reasons for refusing a record. Nothing of the call that got one is written.
var (
	// ErrRetired: the journal was exported to go elsewhere and never votes again.
	ErrRetired = errors.New("the journal is retired: its key votes elsewhere; to bring the key back, import that place's export into a new file")
	// ErrFull: the round or the evidence has as many records as the journal keeps.
	ErrFull = errors.New("no room for another record of this kind: more exist than any committee makes")
	// ErrInvalid: the record contradicts itself or is out of bounds.
	ErrInvalid = errors.New("invalid record")
)

// Reasons for not opening a journal, and for not using one any more.
var (
	// ErrMissing: there is no file.
	ErrMissing = errors.New("no journal there: check the path; the node creates one when it starts")
	// ErrLocked: another process has the file.
	ErrLocked = errors.New("another process uses the journal: stop the other oraclenode first; two with one key must never run")
	// ErrPermissions: others than the owner can read or write the file.
	ErrPermissions = errors.New("the journal is open to others: chmod 600 it, and find out who changed it")
	// ErrOwner: the file is another user's. A command that wrote it anew would take it from the node.
	ErrOwner = errors.New("the journal belongs to another user: run the command as that user (sudo -u); if sudo took the journal already, chown it back")
	// ErrIdentity: the journal belongs to another network, oracle or key.
	ErrIdentity = errors.New("the journal is another key's or another network's: check path and key; never edit it to fit")
	// ErrSchema: written by another version of this program.
	ErrSchema = errors.New("the journal has another schema: use the version of oraclenode that wrote it, export, and import here")
	// ErrCorrupt: bytes on the disk are not what was written.
	ErrCorrupt = errors.New("the journal is damaged: keep the file, check the disk, and import your newest export into a new file; without one start with a new file, and the node asks the others first")
	// ErrMoved: the file at the path is not the one that was opened.
	ErrMoved = errors.New("the journal was moved, replaced or deleted under the running node: stop it and put the file back")
	// ErrFailed: an earlier write failed, so what is on the disk is not known.
	ErrFailed = errors.New("writing the journal failed: close it, make room or mend the disk, and open it again")
	// ErrClosed: used after Close.
	ErrClosed = errors.New("the journal is closed")
)

// ErrExport: a file is not a complete, unchanged export.
var ErrExport = errors.New("not an intact journal export: take it again from its source")
