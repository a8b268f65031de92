package node

import (
	"log/slog"
	"math/big"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/ethereum/go-ethereum/common"
	"github.com/stretchr/testify/require"

	"github.com/tidemark-oracle/tidemark/consensus"
	"github.com/tidemark-oracle/tidemark/contracts/manifest"
	"github.com/tidemark-oracle/tidemark/report"
	"github.com/tidemark-oracle/tidemark/test/localnet"
)

func TestRunningNodeDoesNotBeginItsJournalAnewWhenTheFileIsGone(t *testing.T) {
	key := consensus.Key(localnet.NewKey(0).PublicKey().Bytes())
	path := filepath.Join(t.TempDir(), JournalFile)
	var log lines
	p := &parts{
		config: Config{Journal: path}.Resolved(), log: slog.New(slog.NewTextHandler(&log, nil)), clock: newChainClock(time.Unix(1_700_000_000, 0)), key: &key,
		domain: report.Domain{ChainID: big.NewInt(1), Oracle: common.Address{1}}, manifest: &manifest.Manifest{},
	}
	disk, err := p.openJournal()
	require.NoError(t, err)
	r, err := newRunner(p, disk)
	require.NoError(t, err)
	require.NoError(t, os.Rename(path, path+".moved"))

	r.reopen()
	require.Nil(t, r.core, "a core that forgot its votes must not vote")
	require.NoFileExists(t, path)
	require.Contains(t, log.String(), "put the file back")
	require.Positive(t, r.reopenAt)

	require.NoError(t, os.Rename(path+".moved", path))
	require.NoError(t, r.journalStands())
}
