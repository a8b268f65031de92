// Package bls is the committee's signature scheme: BLS12-381 with public keys in G1 and signatures in G2
// over 32-byte messages, the scheme of the beacon chain
// (BLS_SIG_BLS12381G2_XMD:SHA-256_SSWU_RO_POP_, draft-irtf-cfrg-bls-signature, RFC 9380).
//
//	SecretKey --Sign--> Signature --Aggregate--> Signature --VerifyAggregate--> certificate holds
//	    |                                             ^
//	    '--PublicKey--> SumKeys - absent members -----'
//
// It promises:
//   - a PublicKey or a Signature that exists is on the curve, in its subgroup, canonical and not infinity;
//   - a secret key never prints: every formatting, logging and marshalling path writes "[secret]";
//   - an aggregate of keys at infinity is an error and never verifies anything;
//   - no input or output, no clock, no goroutine; randomness is passed in.
//
// It wraps herumi/bls-eth-go-binary and is the only package that does.
package bls
