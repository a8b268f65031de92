package testnet

import (
	"crypto/ecdsa"
	"encoding/hex"
	"fmt"
	"math/big"
	"os"
	"slices"
	"strconv"

	"github.com/ethereum/go-ethereum/crypto"
)

// peerKey is the key by which a beacon node is known to the other one, the same in every network.
func peerKey(node int) (*ecdsa.PrivateKey, error) {
	return crypto.ToECDSA(crypto.Keccak256([]byte("tidemark testnet: peer key of beacon node " + strconv.Itoa(node))))
}

// writePeerKey leaves the key where the beacon node is told to find it, in hexadecimal.
func writePeerKey(path string, node int) error {
	key, err := peerKey(node)
	if err != nil {
		return fmt.Errorf("derive the peer key of beacon node %d: %w", node, err)
	}
	if err := os.WriteFile(path, []byte(hex.EncodeToString(crypto.FromECDSA(key))), 0o600); err != nil {
		return fmt.Errorf("write the peer key of beacon node %d: %w", node, err)
	}
	return nil
}

// peerAddress is where the other beacon node finds this one: a multiaddress that ends with its libp2p peer id.
func peerAddress(node, port int) (string, error) {
	key, err := peerKey(node)
	if err != nil {
		return "", fmt.Errorf("derive the peer key of beacon node %d: %w", node, err)
	}
	return fmt.Sprintf("/ip4/127.0.0.1/tcp/%d/p2p/%s", port, peerID(key.PublicKey)), nil
}

// peerID is a libp2p peer id: in base 58, the identity multihash of the key as a protocol buffer of type 2, Secp256k1 (libp2p specs,
// peer-ids/peer-ids.md).
func peerID(key ecdsa.PublicKey) string {
	compressed := crypto.CompressPubkey(&key)
	message := append([]byte{0x08, 2, 0x12, byte(len(compressed))}, compressed...)
	return base58(append([]byte{0, byte(len(message))}, message...))
}

// base58 writes bytes in Bitcoin's alphabet, in which each zero byte at the start is a 1.
func base58(data []byte) string {
	const alphabet = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
	zeros := 0
	for zeros < len(data) && data[zeros] == 0 {
		zeros++
	}
	digits := make([]byte, 0, 2*len(data))
	for rest, base, digit := new(big.Int).SetBytes(data), big.NewInt(58), new(big.Int); rest.Sign() > 0; {
		rest.DivMod(rest, base, digit)
		digits = append(digits, alphabet[digit.Int64()])
	}
	for range zeros {
		digits = append(digits, alphabet[0])
	}
	slices.Reverse(digits)
	return string(digits)
}
