package bls_test

import (
	"fmt"
	"math/big"
	"math/rand/v2"

	"github.com/ethereum/go-ethereum/common"

	"github.com/tidemark-oracle/tidemark/internal/bls"
)

// exampleKey makes a key that is the same in every run. In production the source is crypto/rand.Reader.
func exampleKey(seed byte) *bls.SecretKey {
	key, err := bls.NewSecretKey(rand.NewChaCha8([32]byte{seed}))
	if err != nil {
		panic(err)
	}
	return key
}

// A key signs a 32-byte message. Keys and signatures are parsed before they are used: what was parsed is a point of the subgroup.
func Example() {
	key := exampleKey(1)
	defer key.Wipe()
	fmt.Println("the secret key prints as", key)

	message := [32]byte{1, 2, 3}
	sent := key.Sign(message).Bytes() // 96 bytes, compressed

	signature, err := bls.ParseSignature(sent)
	fmt.Println("parsed:", err)
	fmt.Println("verifies:", signature.Verify(key.PublicKey(), message))
	fmt.Println("verifies for another message:", signature.Verify(key.PublicKey(), [32]byte{9}))

	_, err = bls.ParseSignature(make([]byte, bls.SignatureLength))
	fmt.Println(err)
	// Output:
	// the secret key prints as [secret]
	// parsed: <nil>
	// verifies: true
	// verifies for another message: false
	// signature: flags 000: not a canonical point of the subgroup: wrong flag bits
}

// Whoever registers a key proves that it holds the secret. The proof is bound to chain, committee contract, owner and key.
func ExampleVerifyPossession() {
	key := exampleKey(1)
	mainnet, committee := big.NewInt(1), common.HexToAddress("0xc0ffee")
	alice, mallory := common.HexToAddress("0xa11ce"), common.HexToAddress("0xbad")

	proof := key.ProvePossession(mainnet, committee, alice)
	fmt.Println("Alice registers:", bls.VerifyPossession(proof, mainnet, committee, alice, key.PublicKey()))
	fmt.Println("Mallory registers with it:", bls.VerifyPossession(proof, mainnet, committee, mallory, key.PublicKey()))
	// Output:
	// Alice registers: true
	// Mallory registers with it: false
}

// Votes of many members over one message add up to one signature. Bad votes are found, and the rest is aggregated.
func ExampleAggregateVotes() {
	message := [32]byte{1}
	var keys []bls.PublicKey
	var votes []bls.Signature
	for seed := byte(1); seed <= 4; seed++ {
		key := exampleKey(seed)
		keys, votes = append(keys, key.PublicKey()), append(votes, key.Sign(message))
	}
	votes[2] = exampleKey(3).Sign([32]byte{2}) // signed something else

	aggregate, bad, err := bls.AggregateVotes(keys, votes, message)
	fmt.Println("bad votes:", bad, err)

	// A contract knows the sum of all keys and takes the absent members' keys away.
	all, err := bls.SumKeys(keys)
	if err != nil {
		fmt.Println(err)
		return
	}
	signers, err := bls.SubtractKeys(all, []bls.PublicKey{keys[2]})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println("the aggregate verifies under the keys of the three:", aggregate.Verify(signers, message))
	fmt.Println("and under those of all four:", aggregate.Verify(all, message))
	// Output:
	// bad votes: [2] <nil>
	// the aggregate verifies under the keys of the three: true
	// and under those of all four: false
}
