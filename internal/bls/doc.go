// Package bls is the committee's signature scheme: BLS12-381 with public keys in G1 and signatures in G2
// over 32-byte messages, the scheme of the beacon chain
// (BLS_SIG_BLS12381G2_XMD:SHA-256_SSWU_RO_POP_, draft-irtf-cfrg-bls-signature, RFC 9380).
//
//	random --NewSecretKey--> SecretKey --Sign--> Signature --AggregateVotes--> certificate's signature
//	                          ^     |                                                 | Verify
//	       Keystore --Decrypt-'     '--PublicKey--> SumKeys - absent members = signers' key
//
// It promises:
//   - a PublicKey or a Signature that was parsed or made is on the curve, in its subgroup, canonical and not infinity; a zero value
//     verifies nothing and is in no sum;
//   - a secret key never prints: every formatting, logging and marshalling path writes "[secret]" or an address; buffers that
//     held it are overwritten where Go allows, which excludes what the runtime and libraries copied in passing;
//   - an aggregate of keys at infinity is an error and never verifies anything;
//   - a keystore from elsewhere costs at most 512 MiB and about ten seconds, and gives the key that it names or an error;
//   - no input or output, no clock, no goroutine; randomness is passed in. Files are in package keyfile.
//
// Adding keys is sound only over keys whose possession was proved: else one could choose a key that cancels the others'.
// The proof (PossessionMessage) is bound to chain, committee contract, owner and key; the contract verifies it when a key is
// registered, so a key that was read from the contract needs none again, and a key from anywhere else must not be added.
// Proofs and votes are signatures under one domain separation tag. They cannot be taken for each other: both are over Keccak-256
// hashes, of preimages that differ in form and length.
//
// It wraps herumi/bls-eth-go-binary and is the only package that does. Keystores are own code over x/crypto:
// the libraries for them leave cost, version and public key of a file unchecked.
package bls
