package deployment

import (
	"fmt"
	"os"
	"path/filepath"

	"github.com/ethereum/go-ethereum/accounts/keystore"
	"github.com/ethereum/go-ethereum/crypto"

	"github.com/tidemark-oracle/tidemark/contracts/manifest"
	"github.com/tidemark-oracle/tidemark/test/testnet"
)

// Files that Write leaves in its folder.
const (
	ManifestFile      = "manifest.yaml"
	OwnerFile         = "owner.json"
	OwnerPasswordFile = "owner.password"
)

// Write leaves in a folder what members and the owner of the network need: the manifest, and the funded account as a geth keystore with its password,
// which are both known to everyone.
func Write(dir string, m *manifest.Manifest) error {
	text, err := m.Encode()
	if err != nil {
		return err
	}
	key, err := testnet.Key()
	if err != nil {
		return err
	}
	const password = "public"
	owner, err := keystore.EncryptKey(&keystore.Key{Address: crypto.PubkeyToAddress(key.PublicKey), PrivateKey: key}, password, keystore.LightScryptN, keystore.LightScryptP)
	if err != nil {
		return fmt.Errorf("seal the owner's key: %w", err)
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return fmt.Errorf("create the folder of the deployment: %w", err)
	}
	for _, f := range []struct {
		name string
		text []byte
		mode os.FileMode
	}{{OwnerFile, owner, 0o600}, {OwnerPasswordFile, []byte(password + "\n"), 0o600}, {ManifestFile, text, 0o644}} {
		if err := os.WriteFile(filepath.Join(dir, f.name), f.text, f.mode); err != nil {
			return fmt.Errorf("write %s: %w", f.name, err)
		}
	}
	return nil
}
