package bls

import "errors"

// Reasons for refusing keys and signatures. They are wrapped with what was being read.
var (
	// ErrLength: not the length of the encoding.
	ErrLength = errors.New("wrong length")
	// ErrEncoding: flags, a field element out of range, or a point that is not on the curve or not in the subgroup.
	ErrEncoding = errors.New("not a canonical point of the subgroup")
	// ErrInfinity: the point at infinity, which is no key and no signature.
	ErrInfinity = errors.New("point at infinity")
	// ErrSecretKey: zero, or not below the group order.
	ErrSecretKey = errors.New("secret key out of range")
	// ErrEmpty: nothing to aggregate.
	ErrEmpty = errors.New("nothing to aggregate")
	// ErrPairing: keys and signatures do not pair up.
	ErrPairing = errors.New("as many keys as signatures are needed")
)
