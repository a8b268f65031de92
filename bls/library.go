package bls

import (
	"sync"

	herumi "github.com/herumi/bls-eth-go-binary/bls"
)

// library prepares herumi, whose curve and scheme are process-wide settings, once and before first use. It
// is the one piece of global state here, and it is constant.
var library = sync.OnceFunc(func() {
	if err := herumi.Init(herumi.BLS12_381); err != nil {
		panic("bls: the library refuses BLS12-381: " + err.Error())
	}
	if err := herumi.SetETHmode(herumi.EthModeDraft07); err != nil {
		panic("bls: the library refuses the beacon chain's scheme: " + err.Error())
	}
	// Subgroup checks when points are parsed: nothing unchecked comes into being.
	herumi.VerifyPublicKeyOrder(true)
	herumi.VerifySignatureOrder(true)
})
