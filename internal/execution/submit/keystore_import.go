package submit

import (
	"encoding/hex"
	"fmt"
	"io"
	"strings"

	"github.com/ethereum/go-ethereum/crypto"
)

// MaxKeystoreBytes is the longest keystore of an account that is read.
const MaxKeystoreBytes = maxKeystoreBytes

// ParseKey reads an account's secret key as 64 hexadecimal digits, with or without 0x and a line break at the end. Errors: ErrKeystore, which does not
// quote the text.
func ParseKey(text []byte) (*KeySigner, error) {
	raw, err := hex.DecodeString(strings.TrimPrefix(strings.TrimSpace(string(text)), "0x"))
	if err != nil {
		return nil, fmt.Errorf("%w: it is not 64 hexadecimal digits", ErrKeystore)
	}
	defer clear(raw)
	key, err := crypto.ToECDSA(raw)
	if err != nil {
		return nil, fmt.Errorf("%w: the digits are not those of a secret key of secp256k1", ErrKeystore)
	}
	return &KeySigner{key: key, address: crypto.PubkeyToAddress(key.PublicKey)}, nil
}

// Encrypt is the signer's key as a keystore under another password, see NewKeystore.
func (s *KeySigner) Encrypt(random io.Reader, password []byte, light bool) ([]byte, error) {
	file, _, err := EncryptKey(s.key, random, password, light)
	return file, err
}
