package testnet

import (
	"context"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
)

// keyRange is the keys of one validator client: count of them from first on, and the beacon node that it asks.
type keyRange struct {
	first, count uint32
	beacon       int
}

// ports are the loopback ports of the execution node and of each beacon node.
type ports struct {
	execution, engine int
	beacons           [beaconNodes]beaconPorts
}

type beaconPorts struct{ http, rpc, p2p int }

// plan is how the clients of one network are called.
type plan struct {
	Options
	shape shape
	ports ports
}

func newPlan(o Options) (plan, error) {
	shape, err := o.Fork.shape()
	if err != nil {
		return plan{}, err
	}
	p := plan{Options: o, shape: shape}
	free, err := freePorts(2 + 3*beaconNodes)
	if err != nil {
		return p, err
	}
	p.ports = ports{execution: free[0], engine: free[1]}
	for i := range p.ports.beacons {
		p.ports.beacons[i] = beaconPorts{http: free[2+3*i], rpc: free[3+3*i], p2p: free[4+3*i]}
	}
	if err := os.MkdirAll(p.logs(), 0o755); err != nil {
		return p, fmt.Errorf("create the network's folder: %w", err)
	}
	return p, nil
}

// freePorts returns ports that nobody listened on a moment ago, all different. A client that finds its port taken ends
// with a log that says so.
func freePorts(count int) ([]int, error) {
	found := make([]int, 0, count)
	for range count {
		listener, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			return nil, fmt.Errorf("find a free port: %w", err)
		}
		defer listener.Close() // Not before all are found: they must differ.
		found = append(found, listener.Addr().(*net.TCPAddr).Port)
	}
	return found, nil
}

func (p plan) binary(name string) string   { return p.shape.binary(p.Binaries, name) }
func (p plan) logs() string                { return filepath.Join(p.Dir, "logs") }
func (p plan) data(client string) string   { return filepath.Join(p.Dir, client) }
func (p plan) gethConfig() string          { return filepath.Join(p.Dir, "geth.toml") }
func (p plan) jwt() string                 { return filepath.Join(p.Dir, "geth", "geth", "jwtsecret") }
func (p plan) peerKeyFile(node int) string { return filepath.Join(p.Dir, beaconName(node)+".key") }
func (p plan) url(port int) string         { return "http://127.0.0.1:" + strconv.Itoa(port) }

// binary is one of the clients' programs. geth is the same for all forks.
func (s shape) binary(folder, name string) string {
	switch name {
	case "geth":
		return filepath.Join(folder, name)
	case nodeProgram:
		return name // found by PATH
	}
	return filepath.Join(folder, s.binaries, name)
}

// keys returns the keys of each validator client. The first two share what asks beacon node 0, so that the chain lives on while one of them is
// paused; the third asks beacon node 1 and is small enough that more than two thirds of the stake go on without it. The extra keys ask node 0.
func (p plan) keys() []keyRange {
	const half = (Validators - SecondNodeValidators) / 2
	keys := []keyRange{{0, half, 0}, {half, half, 0}, {2 * half, SecondNodeValidators, 1}}
	if p.ExtraValidators > 0 {
		keys = append(keys, keyRange{Validators, p.ExtraValidators, 0})
	}
	return keys
}

// gethConfig keeps geth from listening for peers, which no flag does: by default it does so on every interface.
const gethConfig = "[Node.P2P]\nListenAddr = \"\"\n"

// initialize writes geth's configuration and genesis block. The hash scheme is the one whose archives serve
// eth_getProof at any block.
func (p plan) initialize(ctx context.Context, files genesisFiles) error {
	if err := os.WriteFile(p.gethConfig(), []byte(gethConfig), 0o644); err != nil {
		return fmt.Errorf("write geth's configuration: %w", err)
	}
	err := runOnce(ctx, exec.CommandContext(ctx, p.binary("geth"), "init", "--state.scheme=hash", "--datadir="+p.data("geth"), files.execution))
	if err != nil {
		return fmt.Errorf("write geth's genesis block: %w", err)
	}
	return nil
}

func (p plan) geth() []string {
	return []string{
		"--config=" + p.gethConfig(), "--datadir=" + p.data("geth"),
		"--networkid=" + strconv.Itoa(ChainID),
		"--gcmode=archive", "--state.scheme=hash", "--syncmode=full",
		"--nodiscover", "--maxpeers=0", "--nat=none", "--ipcdisable",
		"--http", "--http.addr=127.0.0.1", "--http.port=" + strconv.Itoa(p.ports.execution), "--http.api=eth,net,web3,debug,txpool",
		"--authrpc.addr=127.0.0.1", "--authrpc.port=" + strconv.Itoa(p.ports.engine), "--authrpc.jwtsecret=" + p.jwt(),
		"--rpc.txfeecap=0",
		"--cache=256", // An archive's default would reserve gigabytes.
	}
}

// beacon is how a beacon node is called, with the address of the other one.
func (p plan) beacon(node int, files genesisFiles, peer string) []string {
	ports := p.ports.beacons[node]
	p2pPort := strconv.Itoa(ports.p2p)
	return []string{
		"--accept-terms-of-use",
		"--datadir=" + p.data(beaconName(node)),
		"--chain-config-file=" + files.config, "--genesis-state=" + files.state,
		"--chain-id=" + strconv.Itoa(ChainID), "--network-id=" + strconv.Itoa(ChainID),
		"--deposit-contract=" + depositContractAddress, "--contract-deployment-block=0", "--interop-eth1data-votes",
		"--execution-endpoint=" + p.url(p.ports.engine), "--jwt-secret=" + p.jwt(),
		"--suggested-fee-recipient=" + p.FeeRecipient.Hex(),
		"--min-sync-peers=0", "--minimum-peers-per-subnet=0", "--no-discovery",
		"--subscribe-all-subnets", // Each hears all votes, also of the other's validators.
		"--p2p-priv-key=" + p.peerKeyFile(node), "--peer=" + peer,
		"--p2p-local-ip=127.0.0.1", "--p2p-tcp-port=" + p2pPort, "--p2p-udp-port=" + p2pPort, "--p2p-quic-port=" + p2pPort,
		"--disable-quic", // Its quic-go panics when built with this Go.
		"--rpc-host=127.0.0.1", "--rpc-port=" + strconv.Itoa(ports.rpc),
		"--http-host=127.0.0.1", "--http-port=" + strconv.Itoa(ports.http),
		"--disable-monitoring",
	}
}

func beaconName(node int) string      { return "beacon-" + strconv.Itoa(node) }
func validatorName(client int) string { return "validator-" + strconv.Itoa(client) }

func (p plan) validator(client int, keys keyRange, files genesisFiles) []string {
	return []string{
		"--accept-terms-of-use",
		"--datadir=" + p.data(validatorName(client)),
		"--chain-config-file=" + files.config,
		"--beacon-rpc-provider=127.0.0.1:" + strconv.Itoa(p.ports.beacons[keys.beacon].rpc),
		"--interop-start-index=" + strconv.FormatUint(uint64(keys.first), 10),
		"--interop-num-validators=" + strconv.FormatUint(uint64(keys.count), 10),
		"--suggested-fee-recipient=" + p.FeeRecipient.Hex(),
		"--disable-monitoring",
	}
}
