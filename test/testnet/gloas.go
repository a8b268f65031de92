package testnet

import (
	"context"
	"crypto/ecdsa"
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/common/hexutil"
	"github.com/ethereum/go-ethereum/crypto"
	"github.com/ethereum/go-ethereum/params"

	"github.com/tidemark-oracle/tidemark/test/evm"
)

// No client that speaks Gloas on the network can be had as a Go module. So the beacon node of such a network is a small program for Node, which makes every state with
// a consensus client's own transition. It plays all validators.
const (
	// nodeProgram runs the beacon node.
	nodeProgram = "node"
	// gloasEpoch leaves time before the fork to deploy, to form a committee, and for the first keys to have their ether: 32 epochs of 16 seconds.
	gloasEpoch = 32
	// buildMilliseconds is how long geth may gather transactions for a payload.
	buildMilliseconds = 250
)

// transitionSettings are what the beacon node reads.
type transitionSettings struct {
	GenesisTime     uint64            `json:"genesisTime"`
	SecondsPerSlot  uint64            `json:"secondsPerSlot"`
	GloasEpoch      uint64            `json:"gloasEpoch"`
	Validators      uint64            `json:"validators"`
	ChainID         uint64            `json:"chainId"`
	DepositContract string            `json:"depositContract"`
	ForkVersions    map[string]string `json:"forkVersions"`
	FeeRecipient    common.Address    `json:"feeRecipient"`
	Port            int               `json:"port"`
	EngineURL       string            `json:"engineUrl"`
	JWTSecretFile   string            `json:"jwtSecretFile"`
	BuildMs         uint64            `json:"buildMs"`
}

// writeGloas writes the genesis of the execution node, and what the beacon node reads.
func (p plan) writeGloas(genesisTime uint64, key *ecdsa.PrivateKey) (genesisFiles, error) {
	in := func(name string) string { return filepath.Join(p.Dir, name) }
	files := genesisFiles{config: in("transition.json"), execution: in("genesis.json")}
	account := crypto.PubkeyToAddress(key.PublicKey)
	g, err := p.shape.amsterdamGenesis(genesisTime, account)
	if err != nil {
		return files, err
	}
	versions := make(map[string]string)
	for i, fork := range []string{"GENESIS", "ALTAIR", "BELLATRIX", "CAPELLA", "DENEB", "ELECTRA", "FULU", "GLOAS"} {
		versions[fork] = fmt.Sprintf("0x%02x746d6b", i)
	}
	settings := transitionSettings{
		GenesisTime: genesisTime, SecondsPerSlot: p.shape.secondsPerSlot, GloasEpoch: p.shape.gloasEpoch, Validators: Validators, ChainID: ChainID,
		DepositContract: depositContractAddress, ForkVersions: versions, FeeRecipient: account, Port: p.ports.beacons[0].http, EngineURL: p.url(p.ports.engine),
		JWTSecretFile: p.jwt(), BuildMs: buildMilliseconds,
	}
	for path, value := range map[string]any{files.config: settings, files.execution: g} {
		text, err := json.MarshalIndent(value, "", "  ")
		if err != nil {
			return files, fmt.Errorf("write %s: %w", path, err)
		}
		if err := os.WriteFile(path, append(text, '\n'), 0o644); err != nil {
			return files, fmt.Errorf("write the genesis: %w", err)
		}
	}
	return files, nil
}

// amsterdamGenesis is geth's genesis: Osaka at once, Amsterdam with the epoch of Gloas.
func (s shape) amsterdamGenesis(genesisTime uint64, account common.Address) (genesis, error) {
	code, err := evm.OwnDepositContract()
	if err != nil {
		return nil, err
	}
	alloc := map[string]any{depositContractAddress: map[string]any{"balance": "0x0", "nonce": "0x1", "code": hexutil.Encode(code)}}
	for address, code := range map[common.Address][]byte{params.BuilderDepositAddress: params.BuilderDepositCode, params.BuilderExitAddress: params.BuilderExitCode} { // EIP-8282
		alloc[address.Hex()] = map[string]any{"balance": "0x0", "nonce": "0x1", "code": hexutil.Encode(code)}
	}
	config := map[string]any{
		"chainId": ChainID, "terminalTotalDifficulty": 0, "shanghaiTime": 0, "cancunTime": 0, "pragueTime": 0, "osakaTime": 0,
		"amsterdamTime":          genesisTime + s.gloasEpoch*s.slotsPerEpoch*s.secondsPerSlot,
		"depositContractAddress": depositContractAddress,
		"blobSchedule":           params.BlobScheduleConfig{Cancun: params.DefaultCancunBlobConfig, Prague: params.DefaultPragueBlobConfig},
	}
	for _, fork := range []string{
		"homestead", "eip150", "eip155", "eip158", "byzantium", "constantinople", "petersburg", "istanbul", "berlin", "london", "arrowGlacier", "grayGlacier", "mergeNetsplit",
	} {
		config[fork+"Block"] = 0
	}
	g := genesis{"config": config, "alloc": alloc, "timestamp": hexutil.EncodeUint64(genesisTime), "difficulty": "0x0", "extraData": "0x", "nonce": "0x0"}
	return g, g.complete(account)
}

// transitionNode is how the beacon node is called.
func (p plan) transitionNode(files genesisFiles) []string {
	return []string{filepath.Join(p.Transition, "main.mjs"), files.config}
}

// How a payload of Gloas comes when it does not come at once.
type Delivery string

// Deliveries.
const (
	Withheld Delivery = "withheld" // never
	Late     Delivery = "late"     // after the next block, so that no chain goes on from it
)

// Payload tells the beacon node of a network of Gloas how the payload of a slot to come will.
func (n *Network) Payload(ctx context.Context, slot uint64, how Delivery) error {
	return n.tell(ctx, slot, string(how))
}

// WithholdOwed tells it to withhold payloads from the first one on that pays an address, up to and with that of the slot: the address is owed something then.
func (n *Network) WithholdOwed(ctx context.Context, address common.Address, slot uint64) error {
	return n.tell(ctx, slot, "owed/"+strings.ToLower(address.Hex()))
}

func (n *Network) tell(ctx context.Context, slot uint64, what string) error {
	url := fmt.Sprintf("%s/payloads/%d/%s", n.BeaconURL, slot, what)
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, url, nil)
	if err != nil {
		return fmt.Errorf("tell the beacon node of slot %d: %w", slot, err)
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return fmt.Errorf("tell the beacon node of slot %d: %w", slot, err)
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusNoContent {
		return fmt.Errorf("tell the beacon node of slot %d: it answers with status %d", slot, response.StatusCode)
	}
	return nil
}
