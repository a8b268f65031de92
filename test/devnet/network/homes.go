package network

import (
	"errors"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"slices"

	"github.com/ethereum/go-ethereum/accounts/keystore"

	"github.com/tidemark-oracle/tidemark/internal/bls"
	"github.com/tidemark-oracle/tidemark/internal/keyfile"
	"github.com/tidemark-oracle/tidemark/p2p"
	"github.com/tidemark-oracle/tidemark/test/devnet/relay"
	"github.com/tidemark-oracle/tidemark/test/localnet"
)

// The password of every key of a devnet. It guards nothing: the keys follow from the seed.
const password = "devnet"

// quickKDF lets many members start at once on a small machine. The keys of a devnet are no secret.
func quickKDF() bls.KDF { return bls.KDF{Function: "pbkdf2", C: 1000} }

// writeHomes gives every member its folder, with addresses that are free now. The first members are the bootstrap peers of all.
func (n *Network) writeHomes() error {
	ports, err := freePorts(2 * len(n.Members))
	if err != nil {
		return err
	}
	const bootstraps = 3
	for i, m := range n.Members {
		m.setAddresses(n.config.Dir, ports[2*i], ports[2*i+1])
		if err := n.moveAway(m, ports[2*i]); err != nil {
			return err
		}
		if i < bootstraps {
			n.Manifest.BootstrapPeers = append(n.Manifest.BootstrapPeers, slices.Concat(m.Announce, m.Listen)[0]+"/p2p/"+m.PeerID)
		}
	}
	for _, m := range n.Members {
		if err := n.WriteHome(m); err != nil {
			return fmt.Errorf("write the home of member %d: %w", m.Index, err)
		}
	}
	return nil
}

// setAddresses places the member. Only QUIC: a member on loopback needs no second way.
func (m *Member) setAddresses(dir string, peerPort, apiPort int) {
	m.Home = filepath.Join(dir, fmt.Sprintf("member-%02d", m.Index))
	m.Listen = []string{quicAddress(peerPort)}
	m.API = fmt.Sprintf("127.0.0.1:%d", apiPort)
}

func quicAddress(port int) string { return fmt.Sprintf("/ip4/127.0.0.1/udp/%d/quic-v1", port) }

// moveAway puts the member at the end of a slow line: others know only the line's other end.
func (n *Network) moveAway(m *Member, peerPort int) error {
	if n.config.Delay == 0 {
		return nil
	}
	line, err := relay.NewDatagrams(fmt.Sprintf("127.0.0.1:%d", peerPort), n.config.Delay, n.config.Now)
	if err != nil {
		return fmt.Errorf("move member %d away: %w", m.Index, err)
	}
	n.lines = append(n.lines, line)
	m.Announce = []string{quicAddress(line.Port())}
	return nil
}

// WriteHome writes the manifest and the keys of a member to its folder, as a member of any network has them.
func (n *Network) WriteHome(m *Member) error {
	if err := os.Mkdir(m.Home, 0o700); err != nil {
		return err
	}
	path := func(name string) string { return filepath.Join(m.Home, name) }
	manifest, err := n.Manifest.Encode()
	if err != nil {
		return err
	}
	blsKey, err := bls.NewKeystore(m.secret, []byte(password), quickKDF(), n.random("keystore", m.Index))
	if err != nil {
		return err
	}
	submitter, err := accountKeystore(m.Submitter)
	if err != nil {
		return err
	}
	return errors.Join(
		os.WriteFile(path("manifest.yaml"), manifest, 0o644),
		keyfile.Create(path("keystore.json"), blsKey),
		os.WriteFile(path("keystore.password"), []byte(password+"\n"), 0o600),
		p2p.CreateIdentityFile(path("identity"), m.identity),
		os.WriteFile(path("submitter.json"), submitter, 0o600),
		os.WriteFile(path("submitter.password"), []byte(password+"\n"), 0o600),
	)
}

// accountKeystore is an account's key as a geth keystore.
func accountKeystore(a *localnet.Account) ([]byte, error) {
	key := &keystore.Key{Address: a.Address, PrivateKey: a.Key()}
	copy(key.Id[:], a.Address[:])
	return keystore.EncryptKey(key, password, keystore.LightScryptN, keystore.LightScryptP)
}

// freePorts finds ports of loopback that nothing uses, over TCP and UDP. All are held until the last is found, so that they differ.
func freePorts(count int) (ports []int, err error) {
	var held []func() error
	defer func() {
		for _, release := range held {
			err = errors.Join(err, release())
		}
	}()
	for len(ports) < count {
		tcp, err := net.Listen("tcp4", "127.0.0.1:0")
		if err != nil {
			return nil, fmt.Errorf("find a free port: %w", err)
		}
		held = append(held, tcp.Close)
		port := tcp.Addr().(*net.TCPAddr).Port
		udp, err := net.ListenPacket("udp4", fmt.Sprintf("127.0.0.1:%d", port))
		if err != nil {
			continue // only TCP is free there
		}
		held = append(held, udp.Close)
		ports = append(ports, port)
	}
	return ports, nil
}
