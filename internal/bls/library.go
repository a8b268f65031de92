package bls

import (
	"sync"

	herumi "github.com/herumi/bls-eth-go-binary/bls"
)

// library prepares herumi once, before its first use. Herumi keeps its curve, its scheme and its subgroup checks in
// variables of the process and its Init is not safe for concurrent use. An init function would run it in every program
// that merely links this package, so each constructor and method that reaches herumi calls library first instead. What
// is set never changes afterwards, which is why it is no state that a caller could notice.
var library = sync.OnceFunc(func() {
	if err := herumi.Init(herumi.BLS12_381); err != nil {
		panic("bls: the library refuses BLS12-381: " + err.Error())
	}
	// The scheme of the beacon chain: RFC 9380 hash-to-curve and the domain separation tag of the package comment.
	if err := herumi.SetETHmode(herumi.EthModeDraft07); err != nil {
		panic("bls: the library refuses the beacon chain's scheme: " + err.Error())
	}
	// Subgroup checks when points are parsed: nothing unchecked comes into being. They are not the default.
	herumi.VerifyPublicKeyOrder(true)
	herumi.VerifySignatureOrder(true)
})
