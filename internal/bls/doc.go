// Package bls is the committee's signature scheme: BLS12-381 with public keys in G1 and signatures in G2 over 32-byte messages, as
// on the beacon chain (BLS_SIG_BLS12381G2_XMD:SHA-256_SSWU_RO_POP_, draft-irtf-cfrg-bls-signature, RFC 9380).
//
//	random --NewSecretKey--> SecretKey --Sign--> Signature --AggregateVotes--> certificate's signature
//	                          ^     |                                                 | Verify
//	       Keystore --Decrypt-'     '--PublicKey--> SumKeys - absent members = signers' key
//
// It promises:
//   - A PublicKey or a Signature that was parsed or made is on the curve, in its subgroup, canonical and not infinity. A zero value
//     verifies nothing and cannot be aggregated.
//   - A secret key never prints: every formatting, logging and marshalling path writes "[secret]" or an address. Buffers that held
//     it are overwritten where Go allows; copies that the runtime and libraries made in passing are out of reach.
//   - An aggregate of keys at infinity is an error and never verifies anything.
//   - Opening a keystore costs at most 512 MiB and about ten seconds, and gives the key that it names or an error.
//   - There is no input or output, no clock, no goroutine; randomness is passed in. Package keyfile reads and writes files.
//
// Adding keys is sound only if the possession of each was proved: otherwise a key can be chosen that cancels the others (the rogue
// key attack). The proof (PossessionMessage) is bound to chain, committee contract, owner and key. The contract verifies it when a
// key is registered, so a key that was read from the contract needs no other proof, and a key from anywhere else must not be added.
// Proofs and votes are signatures under one domain separation tag. One cannot pass for the other: both are over Keccak-256 hashes, of
// preimages that differ in form and length.
//
// It is the only package that uses herumi/bls-eth-go-binary. Keystores (EIP-2335) are implemented here over golang.org/x/crypto,
// because the libraries for them check neither the cost nor the version nor the public key of a file.
package bls
