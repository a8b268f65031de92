package presets

import (
	"slices"

	"github.com/ethereum/go-ethereum/common"
)

// Network is what is publicly known of a network.
type Network struct {
	Name                  string // as clients call it: --hoodi
	ChainID               uint64
	GenesisTime           uint64 // timestamp of slot 0, in Unix seconds
	GenesisValidatorsRoot common.Hash
	DepositContract       common.Address
	SecondsPerSlot        uint64
	SlotsPerEpoch         uint64
	Forks                 []Fork // in order, from genesis on
}

// Fork is an upgrade of the consensus rules.
type Fork struct {
	Name    string // as in the spec's NAME_FORK_VERSION (consensus specs, configs)
	Version [4]byte
	Epoch   uint64 // its first
}

// GenesisForkVersion is the one that deposits are signed for.
func (n Network) GenesisForkVersion() [4]byte { return n.Forks[0].Version }

// All returns the networks, those for trying first.
func All() []Network { return []Network{Hoodi(), Sepolia(), Mainnet()} }

// ByChainID finds the network with the chain id; ok is false for one that is not known publicly, such as a local one.
func ByChainID(id uint64) (n Network, ok bool) {
	return first(func(n Network) bool { return n.ChainID == id })
}

// ByName finds the network by its name, in lower case.
func ByName(name string) (n Network, ok bool) {
	return first(func(n Network) bool { return n.Name == name })
}

func first(is func(Network) bool) (n Network, ok bool) {
	all := All()
	if i := slices.IndexFunc(all, is); i >= 0 {
		return all[i], true
	}
	return Network{}, false
}

// Every public network has mainnet's preset.
const (
	secondsPerSlot = 12
	slotsPerEpoch  = 32
)

// Hoodi is the testnet for stakers and infrastructure, since March 2025.
func Hoodi() Network {
	return Network{
		Name: "hoodi", ChainID: 560048, GenesisTime: 1742213400, SecondsPerSlot: secondsPerSlot, SlotsPerEpoch: slotsPerEpoch,
		GenesisValidatorsRoot: common.HexToHash("0x212f13fc4df078b6cb7db228f1c8307566dcecf900867401a92023d7ba99cb5f"),
		DepositContract:       common.HexToAddress("0x00000000219ab540356cBB839Cbe05303d7705Fa"),
		Forks: []Fork{
			{"GENESIS", [4]byte{0x10, 0, 0x09, 0x10}, 0},
			{"ALTAIR", [4]byte{0x20, 0, 0x09, 0x10}, 0},
			{"BELLATRIX", [4]byte{0x30, 0, 0x09, 0x10}, 0},
			{"CAPELLA", [4]byte{0x40, 0, 0x09, 0x10}, 0},
			{"DENEB", [4]byte{0x50, 0, 0x09, 0x10}, 0},
			{"ELECTRA", [4]byte{0x60, 0, 0x09, 0x10}, 2048},
			{"FULU", [4]byte{0x70, 0, 0x09, 0x10}, 50688},
		},
	}
}

// Sepolia is the testnet for applications, since June 2022; its validators are a closed set.
func Sepolia() Network {
	return Network{
		Name: "sepolia", ChainID: 11155111, GenesisTime: 1655733600, SecondsPerSlot: secondsPerSlot, SlotsPerEpoch: slotsPerEpoch,
		GenesisValidatorsRoot: common.HexToHash("0xd8ea171f3c94aea21ebc42a1ed61052acf3f9209c00e4efbaaddac09ed9b8078"),
		DepositContract:       common.HexToAddress("0x7f02C3E3c98b133055B8B348B2Ac625669Ed295D"),
		Forks: []Fork{
			{"GENESIS", [4]byte{0x90, 0, 0, 0x69}, 0},
			{"ALTAIR", [4]byte{0x90, 0, 0, 0x70}, 50},
			{"BELLATRIX", [4]byte{0x90, 0, 0, 0x71}, 100},
			{"CAPELLA", [4]byte{0x90, 0, 0, 0x72}, 56832},
			{"DENEB", [4]byte{0x90, 0, 0, 0x73}, 132608},
			{"ELECTRA", [4]byte{0x90, 0, 0, 0x74}, 222464},
			{"FULU", [4]byte{0x90, 0, 0, 0x75}, 272640},
			{"GLOAS", [4]byte{0x90, 0, 0, 0x76}, 353024},
		},
	}
}

// Mainnet is Ethereum.
func Mainnet() Network {
	return Network{
		Name: "mainnet", ChainID: 1, GenesisTime: 1606824023, SecondsPerSlot: secondsPerSlot, SlotsPerEpoch: slotsPerEpoch,
		GenesisValidatorsRoot: common.HexToHash("0x4b363db94e286120d76eb905340fdd4e54bfe9f06bf33ff6cf5ad27f511bfe95"),
		DepositContract:       common.HexToAddress("0x00000000219ab540356cBB839Cbe05303d7705Fa"),
		Forks: []Fork{
			{"GENESIS", [4]byte{0}, 0},
			{"ALTAIR", [4]byte{1}, 74240},
			{"BELLATRIX", [4]byte{2}, 144896},
			{"CAPELLA", [4]byte{3}, 194048},
			{"DENEB", [4]byte{4}, 269568},
			{"ELECTRA", [4]byte{5}, 364032},
			{"FULU", [4]byte{6}, 411392},
		},
	}
}
