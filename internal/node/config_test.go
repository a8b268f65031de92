package node

import (
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

func possible() Config {
	c := Defaults()
	c.Beacon, c.Execution = []string{"http://localhost:5052"}, []string{"http://localhost:8545"}
	return c
}

func TestImpossibleSettingsAreNamed(t *testing.T) {
	require.NoError(t, possible().Validate())
	for setting, change := range map[string]func(*Config){
		"beacon":            func(c *Config) { c.Beacon = nil },
		"execution":         func(c *Config) { c.Execution = make([]string, maxEndpoints+1) },
		"name":              func(c *Config) { c.Name = string(make([]byte, maxNameBytes+1)) },
		"tip-gwei":          func(c *Config) { c.TipGwei = c.MaxFeeGwei + 1 },
		"workers":           func(c *Config) { c.Workers = -1 },
		"submitter-address": func(c *Config) { c.RemoteSigner, c.SubmitterAddress = "http://localhost:9000", "0x12" },
		"observers":         func(c *Config) { c.Observers = []string{"me"} },
		"api":               func(c *Config) { c.API = "0.0.0.0:9110" },
		"resend-interval":   func(c *Config) { c.ResendInterval = time.Nanosecond },
		"poll-interval":     func(c *Config) { c.PollInterval = 2 * maxInterval },
	} {
		c := possible()
		change(&c)
		err := c.Validate()
		require.ErrorIs(t, err, ErrConfig, setting)
		require.ErrorContains(t, err, "impossible setting "+setting+": ")
	}
	exposed := possible()
	exposed.API, exposed.APIExpose = "0.0.0.0:9110", true
	require.NoError(t, exposed.Validate())
}

func TestFilesAreInTheHomeFolderUnlessNamed(t *testing.T) {
	c := possible()
	c.Home, c.Journal = "/home/member", "/disk/journal.db"
	c = c.Resolved()
	require.Equal(t, "/disk/journal.db", c.Journal)
	require.Equal(t, filepath.Join("/home/member", IdentityFile), c.Identity)
}
