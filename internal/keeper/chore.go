package keeper

import (
	"github.com/tidemark-oracle/tidemark/internal/execution/txmgr"
)

// Chore is a call that anybody may make for the pool.
type Chore struct {
	Kind Kind
	Text string // a sentence for people
	Call txmgr.Call
}

// Kind names a chore: the function that does it.
type Kind string

// Kinds of chores, of contracts/src/Validators.sol.
const (
	ProveKey     Kind = "proveKey"     // shows what became of a key's first ether
	ProveBuilder Kind = "proveBuilder" // shows that a key's first ether went to a builder
	NoteOverdue  Kind = "noteOverdue"  // says that a key was not proven in time
	ProveLeaving Kind = "proveLeaving" // shows that a key leaves or was slashed, so that the next one is in turn for ether
	Prune        Kind = "prune"        // clears an operator's order of what says nothing any more
	TopUp        Kind = "topUp"        // sends what the buffer can spare to the keys in turn
	Predeposit   Kind = "predeposit"   // sends the first ether of the next keys
)

// Kinds are all of them, in the order in which a keeper does them.
func Kinds() []Kind {
	return []Kind{ProveKey, ProveBuilder, NoteOverdue, ProveLeaving, Prune, TopUp, Predeposit}
}

// once says whether a call that is in a block cannot be due again: it is about one key, and is over.
func (k Kind) once() bool { return k != Prune && k != TopUp && k != Predeposit }

// chore is a call of the book of validators.
func (k *Keeper) chore(kind Kind, text string, data []byte) Chore {
	return Chore{Kind: kind, Text: text, Call: txmgr.Call{To: k.o.Manifest.Contracts.Validators, Data: data}}
}
