// Package keys gives a devnet's pool its validators: keys of an operator with the signatures of their first deposits, and proofs from the chain's real states
// of what became of these. Nothing of it needs a role.
//
//	Inputs ──► addKeys ──► predeposit ──► beacon state ── Proofs ──► proveKey ──► topUp
package keys

import (
	"github.com/tidemark-oracle/tidemark/contracts/bindings"
	"github.com/tidemark-oracle/tidemark/contracts/manifest"
	"github.com/tidemark-oracle/tidemark/internal/bls"
	"github.com/tidemark-oracle/tidemark/test/localnet"
)

// Key is the i-th key that an operator gives.
func Key(i uint64) *bls.SecretKey { return localnet.PoolKey(i) }

// Public is its public key as the beacon chain writes it.
func Public(i uint64) [48]byte { return [48]byte(Key(i).PublicKey().Bytes()) }

// Inputs are count keys from first on as OperatorRegistry.addKeys takes them: of 0x02 credentials, or 0x01.
func Inputs(m *manifest.Manifest, compounding bool, first, count uint64) []bindings.KeyInput {
	inputs := make([]bindings.KeyInput, count)
	for i := range inputs {
		inputs[i] = localnet.KeyInput(m, Key(first+uint64(i)), compounding)
	}
	return inputs
}
