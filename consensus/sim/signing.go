package sim

import (
	"github.com/tidemark-oracle/tidemark/consensus"
	"github.com/tidemark-oracle/tidemark/report"
)

// Signing lends the stand-in for BLS to who measures the agreement.
type Signing struct{ verifier }

// NewSigning makes keys from a seed.
func NewSigning(seed uint64) Signing { return Signing{verifier{seed}} }

// Key is the public key of a node.
func (s Signing) Key(node int) consensus.Key { return keyOf(node) }

// Sign signs as the node.
func (s Signing) Sign(node int, message [32]byte) consensus.Signature {
	return signWith(s.secret(node), message).signature()
}

// Verifier checks what Sign made.
func (s Signing) Verifier() consensus.Verifier { return s.verifier }

// Oracle is the domain of all runs.
func Oracle() report.Domain { return oracle() }
