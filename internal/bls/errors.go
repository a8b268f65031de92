package bls

import (
	"errors"
	"fmt"
)

// Reasons for refusing keys and signatures. They are wrapped with what was being read.
var (
	// ErrLength: not the length of the encoding.
	ErrLength = errors.New("wrong length")
	// ErrEncoding: not the one encoding of a point of the subgroup. Each of the five reasons below is an ErrEncoding too.
	ErrEncoding = errors.New("not a canonical point of the subgroup")
	// ErrFlags: the flag bits of a compressed point are not those of a finite compressed point.
	ErrFlags = fmt.Errorf("%w: wrong flag bits", ErrEncoding)
	// ErrPadding: the bytes that fill a coordinate up to its word are not zero (EIP-2537).
	ErrPadding = fmt.Errorf("%w: padding is not zero", ErrEncoding)
	// ErrFieldElement: a coordinate is not below the field's modulus, so the encoding is not canonical.
	ErrFieldElement = fmt.Errorf("%w: field element not below the modulus", ErrEncoding)
	// ErrNotOnCurve: no point of the curve has these coordinates.
	ErrNotOnCurve = fmt.Errorf("%w: not on the curve", ErrEncoding)
	// ErrNotInSubgroup: a point of the curve outside the subgroup of prime order.
	ErrNotInSubgroup = fmt.Errorf("%w: on the curve, not in the subgroup", ErrEncoding)
	// ErrInfinity: the point at infinity, which is no key and no signature.
	ErrInfinity = errors.New("point at infinity")
	// ErrSecretKey: zero, or not below the group order.
	ErrSecretKey = errors.New("secret key out of range")
	// ErrRandomness: the reader of randomness failed or ended early.
	ErrRandomness = errors.New("too little randomness")
	// ErrEmpty: nothing to aggregate.
	ErrEmpty = errors.New("nothing to aggregate")
	// ErrPairing: keys and signatures do not pair up.
	ErrPairing = errors.New("as many keys as signatures are needed")
)

// Reasons for refusing keystores (EIP-2335). They say what to do where something can be done.
var (
	// ErrKeystoreSize: longer than MaxKeystoreBytes: not a keystore.
	ErrKeystoreSize = errors.New("too large for a keystore: check the path")
	// ErrKeystoreFormat: not the JSON of EIP-2335, for example a file that was cut off.
	ErrKeystoreFormat = errors.New("not an EIP-2335 keystore, or one that was cut off: restore it from its backup")
	// ErrKeystoreVersion: another version than 4.
	ErrKeystoreVersion = errors.New("keystore version is not 4: a BLS key is needed, not that of an account")
	// ErrKeystoreFunction: a key derivation, checksum or cipher that is not in EIP-2335.
	ErrKeystoreFunction = errors.New("unknown keystore function: export the key again with scrypt or pbkdf2, sha256 and aes-128-ctr")
	// ErrKeystoreCost: parameters of the key derivation that are malformed or take more memory or time than any honest keystore.
	ErrKeystoreCost = errors.New("key derivation parameters out of bounds: export the key again with standard parameters")
	// ErrPassword: the password does not open the keystore. The checksum cannot tell this from a damaged ciphertext.
	ErrPassword = errors.New("wrong password, or a damaged keystore: check that the password belongs to this key")
	// ErrPasswordForm: a password that is empty after normalisation, longer than MaxPasswordBytes, or not UTF-8.
	ErrPasswordForm = errors.New("password is empty, too long or not UTF-8: give 1 to 1024 bytes of text")
	// ErrKeystorePublicKey: the decrypted key is not that of the keystore's public key.
	ErrKeystorePublicKey = errors.New("keystore holds another key than its public key says: do not use it, restore it from its backup")
)
