// Package keyfile keeps a member's key on disk: the keystore (EIP-2335) and the password that opens it. Package bls, which
// knows what stands in a keystore, reaches no disk.
//
//	bls.NewKeystore --Create--> file, mode 0600 --Read--> bls.Keystore --Decrypt--> bls.SecretKey
//	                            password file   --ReadPassword-----------^
//
// CreatePrivate and ReadPrivate do the same for a member's other secrets: the network identity and the submitter's account.
//
// It promises:
//   - a file appears whole or not at all, durably, and never in place of another;
//   - nothing is read that its group or others could read, that is no regular file, or that is larger than such a file can be;
//   - no error quotes a password, nor what stands where JSON was expected.
//
// A process that dies while it creates a file may leave ".NAME.*.new" behind, which nothing reads: it can be removed.
package keyfile
