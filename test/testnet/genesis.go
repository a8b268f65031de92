package testnet

import (
	"bytes"
	"context"
	"crypto/ecdsa"
	"encoding/json"
	"fmt"
	"math/big"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/common/hexutil"
	"github.com/ethereum/go-ethereum/crypto"
	"github.com/ethereum/go-ethereum/params"
)

// accountEther is what the funded account has at genesis.
const accountEther = 1_000_000_000

// genesisFiles are the two layers' views of the same genesis.
type genesisFiles struct {
	config    string // consensus configuration, YAML
	state     string // consensus genesis state, SSZ
	execution string // geth's genesis, JSON
}

// writeGenesis makes both genesis files in dir. prysmctl runs twice: the first run is asked for its own idea of the
// execution genesis, which holds the deposit contract with its storage; the second makes the beacon state that
// contains the block of the genesis we completed.
func (s shape) writeGenesis(ctx context.Context, prysmctl, dir string, genesisTime uint64, key *ecdsa.PrivateKey) (genesisFiles, error) {
	in := func(name string) string { return filepath.Join(dir, name) }
	files := genesisFiles{config: in("config.yaml"), state: in("genesis.ssz"), execution: in("genesis.json")}
	if err := os.WriteFile(files.config, []byte(s.chainConfig(genesisTime)), 0o644); err != nil {
		return files, fmt.Errorf("write the chain's configuration: %w", err)
	}
	generate := func(arguments ...string) error {
		return runOnce(ctx, exec.CommandContext(ctx, prysmctl, append([]string{"testnet", "generate-genesis",
			"--fork=" + s.genesis, "--chain-config-file=" + files.config, "--num-validators=" + strconv.Itoa(Validators),
			"--genesis-time=" + strconv.FormatUint(genesisTime, 10)}, arguments...)...))
	}
	first, completed := in("genesis-first.json"), in("genesis-completed.json")
	if err := generate("--geth-genesis-json-out="+first, "--output-ssz="+in("genesis-first.ssz")); err != nil {
		return files, fmt.Errorf("generate a genesis with the deposit contract: %w", err)
	}
	if err := rewrite(first, completed, func(g genesis) error { return g.complete(crypto.PubkeyToAddress(key.PublicKey)) }); err != nil {
		return files, err
	}
	if err := generate("--geth-genesis-json-in="+completed, "--geth-genesis-json-out="+files.execution, "--output-ssz="+files.state); err != nil {
		return files, fmt.Errorf("generate the genesis state: %w", err)
	}
	return files, rewrite(files.execution, files.execution, func(g genesis) error { return g.configure(s) })
}

// genesis is geth's genesis file, with what we do not touch as it was.
type genesis map[string]any

// rewrite changes a genesis file.
func rewrite(from, to string, change func(genesis) error) error {
	text, err := os.ReadFile(from)
	if err != nil {
		return fmt.Errorf("read the execution genesis: %w", err)
	}
	var g genesis
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.UseNumber() // The forks' times and the allocations are larger than a float64 holds.
	if err := decoder.Decode(&g); err != nil {
		return fmt.Errorf("read the execution genesis %s: %w", from, err)
	}
	if err := change(g); err != nil {
		return fmt.Errorf("change the execution genesis %s: %w", from, err)
	}
	if text, err = json.MarshalIndent(g, "", "  "); err != nil {
		return fmt.Errorf("write the execution genesis: %w", err)
	}
	if err := os.WriteFile(to, text, 0o644); err != nil {
		return fmt.Errorf("write the execution genesis: %w", err)
	}
	return nil
}

// object returns the member that is an object itself.
func (g genesis) object(name string) (map[string]any, error) {
	o, ok := g[name].(map[string]any)
	if !ok {
		return nil, fmt.Errorf("%s is missing or not an object", name)
	}
	return o, nil
}

// complete adds what decides the genesis block: the account's ether, the contracts that Cancun and Prague expect, and
// mainnet's limit on gas.
func (g genesis) complete(account common.Address) error {
	alloc, err := g.object("alloc")
	if err != nil {
		return err
	}
	if !hasCode(alloc, common.HexToAddress(depositContractAddress)) {
		return fmt.Errorf("the deposit contract is not at %s", depositContractAddress)
	}
	for address, code := range map[common.Address][]byte{
		params.BeaconRootsAddress:        params.BeaconRootsCode,        // EIP-4788
		params.HistoryStorageAddress:     params.HistoryStorageCode,     // EIP-2935
		params.WithdrawalQueueAddress:    params.WithdrawalQueueCode,    // EIP-7002
		params.ConsolidationQueueAddress: params.ConsolidationQueueCode, // EIP-7251
	} {
		alloc[address.Hex()] = map[string]any{"balance": "0x0", "nonce": "0x1", "code": hexutil.Encode(code)}
	}
	wei := new(big.Int).Mul(big.NewInt(accountEther), big.NewInt(params.Ether))
	alloc[account.Hex()] = map[string]any{"balance": hexutil.EncodeBig(wei)}
	g["gasLimit"] = hexutil.EncodeUint64(60_000_000)
	g["baseFeePerGas"] = hexutil.EncodeUint64(params.InitialBaseFee) // prysmctl of Fulu needs it said
	return nil
}

// configure adds what the block does not commit to, after prysmctl, whose older geth does not know it and drops it.
func (g genesis) configure(s shape) error {
	config, err := g.object("config")
	if err != nil {
		return err
	}
	// geth reads deposit requests (EIP-6110) from this contract only.
	config["depositContractAddress"] = depositContractAddress
	config["blobSchedule"] = params.BlobScheduleConfig{Cancun: params.DefaultCancunBlobConfig, Prague: params.DefaultPragueBlobConfig}
	if s.fuluEpoch == 0 {
		config["osakaTime"] = config["pragueTime"] // both from genesis on
	}
	return nil
}

// hasCode finds the account whatever the case and prefix of its key.
func hasCode(alloc map[string]any, address common.Address) bool {
	for key, value := range alloc {
		account, ok := value.(map[string]any)
		if ok && common.IsHexAddress(key) && common.HexToAddress(key) == address {
			code, _ := account["code"].(string)
			return len(code) > len("0x")
		}
	}
	return false
}

// runOnce runs a program to its end; the error carries the last lines of what it printed.
func runOnce(ctx context.Context, command *exec.Cmd) error {
	output, err := command.CombinedOutput()
	if err == nil {
		return nil
	}
	if ctx.Err() != nil {
		err = context.Cause(ctx)
	}
	return &ExitError{Client: filepath.Base(command.Path), LogTail: tail(output), Err: err}
}
