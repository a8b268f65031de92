//go:build testnet && linux

package story

import (
	"context"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/tidemark-oracle/tidemark/test/localnet"
	"github.com/tidemark-oracle/tidemark/test/testnet"
	"github.com/tidemark-oracle/tidemark/test/testnet/deployment"
	"github.com/tidemark-oracle/tidemark/test/testnet/faults"
)

const (
	// committeeSize is how many members there are: two may fail, five are a quorum.
	committeeSize = 7
	// apart is the first of the members that stand behind proxies, and in a network of their own where the machine allows it.
	apart = 4
)

// committee is the members and what stands between the last three and the nodes.
type committee struct {
	members  []*member // the newcomer is the last one
	newcomer *newcomer
	space    *namespace
	beacons  [committeeSize]*faults.Proxy // of members from apart on
	second   [committeeSize]*faults.Proxy // of the second beacon node
	geths    [committeeSize]*faults.Proxy
	files    string // of the deployment
	guard    sync.Mutex
	admitted int // how many of members take part
}

// newCommittee makes the members' folders with their keys, and gives each an address.
func newCommittee(ctx context.Context, c *testing.T, program string) *committee {
	k := &committee{files: c.TempDir()}
	folder := c.TempDir()
	for i := range committeeSize {
		m, err := newMember(ctx, program, folder, fmt.Sprintf("member-%d", i))
		require.NoError(c, err)
		k.members = append(k.members, m)
	}
	k.newcomer = newNewcomer(c, &member{name: "newcomer", home: filepath.Join(folder, "newcomer"), program: program})
	k.members = append(k.members, k.newcomer.member)
	space, err := newNamespace(ctx)
	if err != nil {
		c.Logf("the machine allows no network namespaces, so members are cut off by a hook: %v", err)
	} else {
		k.space = space
		c.Cleanup(func() { require.NoError(c, space.remove(context.WithoutCancel(ctx))) })
	}
	for i, m := range k.members {
		inside, api := "127.0.0.1", "127.0.0.1"
		switch {
		case k.space != nil && k.isApart(i):
			inside, api, m.space = k.space.insideIP, k.space.reachableIP, k.space
		case k.space != nil:
			inside = k.space.outsideIP
		default:
			m.hooked = k.isApart(i)
		}
		// A port that is free here may not be so inside, but nobody else is there.
		m.listen = fmt.Sprintf("/ip4/%s/tcp/%d", inside, freePort(c))
		m.api = fmt.Sprintf("%s:%d", api, freePort(c))
	}
	return k
}

func (k *committee) isApart(i int) bool { return i >= apart && i < committeeSize }

func freePort(c *testing.T) int {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(c, err)
	defer listener.Close()
	return listener.Addr().(*net.TCPAddr).Port
}

// connect decides which nodes each member asks: the first ones both beacon nodes, one only the second, the last ones proxies.
func (k *committee) connect(c *testing.T, network *testnet.Network) {
	proxy := func(node string) *faults.Proxy {
		address := "127.0.0.1:0"
		if k.space != nil {
			address = k.space.nodesIP + ":0"
		}
		p, err := faults.Start(address, node)
		require.NoError(c, err)
		c.Cleanup(func() { require.NoError(c, p.Stop()) })
		return p
	}
	for i, m := range k.members {
		switch {
		case k.isApart(i):
			k.beacons[i], k.second[i], k.geths[i] = proxy(network.BeaconURL), proxy(network.SecondBeaconURL), proxy(network.ExecutionURL)
			m.beacons, m.executions = []string{k.beacons[i].URL}, []string{k.geths[i].URL}
		case i == apart-1:
			m.beacons, m.executions = []string{network.SecondBeaconURL}, []string{network.ExecutionURL}
		default:
			m.beacons, m.executions = network.BeaconURLs(), []string{network.ExecutionURL}
		}
	}
	// The last one asks two nodes, of which one may disagree with the other.
	last := k.members[committeeSize-1]
	last.beacons = append(last.beacons, k.second[committeeSize-1].URL)
}

// bootstrap are the addresses by which members find each other: those of the first two.
func (k *committee) bootstrap() []string {
	return []string{k.members[0].address(), k.members[1].address()}
}

// admit admits members. A block with a registration can be reorganised away: the transaction comes again in a later one.
func (k *committee) admit(c *chain, ids []string) (err error) {
	for range 30 {
		if err = k.admin(c, append([]string{"admit"}, ids...)...); err == nil {
			return nil
		}
		if err := pause(c.ctx, 2*time.Second); err != nil {
			return err
		}
	}
	return err
}

// form has the first members join, admits them and runs their nodes. Each gets the manifest, and ether for bond and fees.
func (k *committee) form(c *chain) {
	require.NoError(c, deployment.Write(k.files, c.manifest))
	var joining sync.WaitGroup
	failures := make([]error, committeeSize)
	for i, m := range k.members[:committeeSize] {
		joining.Go(func() { failures[i] = k.join(c, m) })
	}
	joining.Wait()
	for _, err := range failures {
		require.NoError(c, err)
	}
	ids := make([]string, 0, committeeSize)
	for _, m := range k.members[:committeeSize] {
		ids = append(ids, m.ID.Hex())
	}
	require.NoError(c, k.admit(c, ids))
	for _, m := range k.members[:committeeSize] {
		require.NoError(c, m.run())
		c.Cleanup(func() {
			if m.runs() {
				_ = m.stop()
			}
			if c.Failed() {
				c.Logf("%s:\n%s", m.name, lastLines(m.log(), 40))
			}
		})
	}
	k.guard.Lock()
	defer k.guard.Unlock()
	k.admitted = committeeSize
}

// join gives a member the manifest and ether, and registers it.
func (k *committee) join(c *chain, m *member) error {
	manifest, err := os.ReadFile(filepath.Join(k.files, deployment.ManifestFile))
	if err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(m.home, deployment.ManifestFile), manifest, 0o600); err != nil {
		return err
	}
	if _, err := c.sender.Send(c.ctx, m.Submitter, localnet.Ether(5), nil); err != nil {
		return err
	}
	return m.join(c.ctx, c.network.ExecutionURL)
}

// admin acts as the network's owner.
func (k *committee) admin(c *chain, arguments ...string) error {
	_, err := output(c.ctx, k.members[0].program, append(append([]string{"admin"}, arguments...), "--network", filepath.Join(k.files, deployment.ManifestFile),
		"--execution", c.network.ExecutionURL, "--signer-keystore", filepath.Join(k.files, deployment.OwnerFile),
		"--signer-password-file", filepath.Join(k.files, deployment.OwnerPasswordFile), "--yes")...)
	return err
}

// running are the members whose nodes run.
func (k *committee) running() []*member {
	k.guard.Lock()
	defer k.guard.Unlock()
	return k.members[:k.admitted]
}

// countNewcomer counts the newcomer among those that run.
func (k *committee) countNewcomer() {
	k.guard.Lock()
	defer k.guard.Unlock()
	k.admitted = len(k.members)
}
