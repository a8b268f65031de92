package deploy

import (
	"fmt"

	"github.com/tidemark-oracle/tidemark/internal/presets"
)

// On returns the configuration with the facts of a public network: its clock, deposit contract, fork version and rules.
func (c Config) On(n presets.Network) Config {
	c.Schedule.GenesisTime, c.Schedule.SecondsPerSlot, c.Schedule.SlotsPerEpoch = n.GenesisTime, n.SecondsPerSlot, n.SlotsPerEpoch
	c.DepositContract, c.GenesisForkVersion, c.Rules = n.DepositContract, n.GenesisForkVersion(), MainnetRules()
	return c
}

// facts are what a configuration and a manifest both say of the network.
type facts struct {
	genesisTime, secondsPerSlot, slotsPerEpoch uint64
	depositContract                            string
	genesisForkVersion                         string
}

// differ names the first fact that is another than the public network's with this chain id, by the manifest's key; empty when none is, and for a chain that
// is not known publicly.
func (f facts) differ(chainID uint64) (key, why string) {
	n, known := presets.ByChainID(chainID)
	if !known {
		return "", ""
	}
	want := facts{n.GenesisTime, n.SecondsPerSlot, n.SlotsPerEpoch, n.DepositContract.Hex(), fmt.Sprintf("%#x", n.GenesisForkVersion())}
	for _, fact := range []struct {
		key       string
		has, want any
	}{
		{"schedule.genesisTime", f.genesisTime, want.genesisTime}, {"schedule.secondsPerSlot", f.secondsPerSlot, want.secondsPerSlot},
		{"schedule.slotsPerEpoch", f.slotsPerEpoch, want.slotsPerEpoch}, {"depositContract", f.depositContract, want.depositContract},
		{"genesisForkVersion", f.genesisForkVersion, want.genesisForkVersion},
	} {
		if fact.has != fact.want {
			return fact.key, fmt.Sprintf("%v is not %v, that of %s, which has chain id %d", fact.has, fact.want, n.Name, chainID)
		}
	}
	return "", ""
}

func (c Config) facts() facts {
	s := c.Schedule
	return facts{s.GenesisTime, s.SecondsPerSlot, s.SlotsPerEpoch, c.DepositContract.Hex(), fmt.Sprintf("%#x", c.GenesisForkVersion)}
}

func (m *Manifest) facts() facts {
	s := m.Schedule
	return facts{s.GenesisTime, s.SecondsPerSlot, s.SlotsPerEpoch, m.DepositContract.Hex(), fmt.Sprintf("%#x", [4]byte(m.GenesisForkVersion))}
}
