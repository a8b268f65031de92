package beacon_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/ethereum/go-ethereum/common"
	"github.com/stretchr/testify/require"

	"github.com/tidemark-oracle/tidemark/internal/beacon"
)

const (
	genesisPath  = "/eth/v1/beacon/genesis"
	specPath     = "/eth/v1/config/spec"
	syncingPath  = "/eth/v1/node/syncing"
	versionPath  = "/eth/v1/node/version"
	finalityPath = "/eth/v1/beacon/states/head/finality_checkpoints"
	headPath     = "/eth/v1/beacon/headers/head"
)

func TestNodesOfAnotherNetworkAreRefused(t *testing.T) {
	for name, change := range map[string]func(*beacon.Network){
		"genesis time":             func(n *beacon.Network) { n.GenesisTime++ },
		"genesis validators root":  func(n *beacon.Network) { n.GenesisValidatorsRoot[31]++ },
		"genesis fork version":     func(n *beacon.Network) { n.GenesisForkVersion[3]++ },
		"slots of 13 seconds":      func(n *beacon.Network) { n.SecondsPerSlot++ },
		"SLOTS_PER_EPOCH":          func(n *beacon.Network) { n.SlotsPerEpoch++ },
		"DEPOSIT_CHAIN_ID":         func(n *beacon.Network) { n.DepositChainID++ },
		"DEPOSIT_CONTRACT_ADDRESS": func(n *beacon.Network) { n.DepositContract[0]++ },
		"ELECTRA_FORK_VERSION": func(n *beacon.Network) {
			n.Forks = []beacon.Fork{n.Forks[0], {Name: "ELECTRA", Version: [4]byte{7}, Epoch: 9}}
		},
		"ELECTRA_FORK_EPOCH": func(n *beacon.Network) {
			n.Forks = []beacon.Fork{n.Forks[0], {Name: "ELECTRA", Version: [4]byte{6}, Epoch: 8}}
		},
		"GENESIS_FORK_VERSION": func(n *beacon.Network) { n.Forks = []beacon.Fork{{Name: "GENESIS"}, n.Forks[1]} },
	} {
		t.Run(name, func(t *testing.T) {
			other := testNetwork()
			change(&other)
			node := newFakeNode(t, newChain(0, 0), 0)
			node.answer(genesisPath, genesisJSON(other))
			node.answer(specPath, specJSON(other))
			_, err := newClient(t, nil, node).Header(t.Context(), beacon.AtSlot(0))
			require.ErrorIs(t, err, beacon.ErrWrongChain)
			require.ErrorContains(t, err, node.URL)
			require.ErrorContains(t, err, name)
			require.Zero(t, node.requests("/eth/v1/beacon/headers/"), "a node of another network was asked for a block")
		})
	}
}

func TestNodeThatDoesNotKnowAForkIsRefused(t *testing.T) {
	ignorant := testNetwork()
	ignorant.Forks = ignorant.Forks[:1]
	node := newFakeNode(t, newChain(0, 0), 0)
	node.answer(specPath, specJSON(ignorant))
	_, err := newClient(t, nil, node).Header(t.Context(), beacon.AtSlot(0))
	require.ErrorIs(t, err, beacon.ErrMalformed)
	require.ErrorContains(t, err, "ELECTRA_FORK_VERSION")
}

func TestUnknownValidatorsRootIsNotCompared(t *testing.T) {
	node := newFakeNode(t, newChain(0, 0), 0)
	c := newClient(t, func(o *beacon.Options) { o.Network.GenesisValidatorsRoot = common.Hash{} }, node)
	genesis, err := c.Genesis(t.Context())
	require.NoError(t, err)
	require.Equal(t, beacon.Genesis{Time: 1_700_000_000, ValidatorsRoot: common.Hash{0xaa}, ForkVersion: [4]byte{0x10, 0, 0, 1}}, genesis)
}

func TestSpecGivesStringsOnly(t *testing.T) {
	node := newFakeNode(t, newChain(0, 0), 0)
	specs, err := newClient(t, nil, node).Specs(t.Context())
	require.NoError(t, err)
	require.Len(t, specs, 1)
	require.Equal(t, node.URL, specs[0].Endpoint)
	require.Equal(t, map[string]string{
		"SECONDS_PER_SLOT": "12", "SLOTS_PER_EPOCH": "4", "DEPOSIT_CHAIN_ID": "1337", "PRESET_BASE": "mainnet",
		"DEPOSIT_CONTRACT_ADDRESS": testNetwork().DepositContract.Hex(),
		"GENESIS_FORK_VERSION":     "0x10000001", "GENESIS_FORK_EPOCH": "0", "ELECTRA_FORK_VERSION": "0x06000000", "ELECTRA_FORK_EPOCH": "9",
	}, specs[0].Values)
}

func TestSlotDurationMayComeInMilliseconds(t *testing.T) {
	for duration, want := range map[string]error{"12000": nil, "13000": beacon.ErrWrongChain, "12500": beacon.ErrMalformed, "000": beacon.ErrMalformed} {
		node := newFakeNode(t, newChain(0, 0), 0)
		node.answer(specPath, strings.Replace(specJSON(testNetwork()), `"SECONDS_PER_SLOT":"12"`, `"SLOT_DURATION_MS":"`+duration+`"`, 1))
		_, err := newClient(t, nil, node).Header(t.Context(), beacon.AtSlot(0))
		require.ErrorIs(t, err, want, duration)
	}
}

func TestEveryStatusHasItsReason(t *testing.T) {
	for status, want := range map[int]error{
		301: beacon.ErrRedirected, 307: beacon.ErrRedirected, 400: beacon.ErrRejected, 401: beacon.ErrUnauthorized, 403: beacon.ErrUnauthorized,
		404: beacon.ErrMissingBlock, 405: beacon.ErrUnsupported, 406: beacon.ErrUnsupported, 410: beacon.ErrRejected, 415: beacon.ErrUnsupported,
		429: beacon.ErrRateLimited, 500: beacon.ErrServer, 501: beacon.ErrUnsupported, 502: beacon.ErrServer, 503: beacon.ErrSyncing,
		204: beacon.ErrMalformed, 206: beacon.ErrMalformed,
	} {
		t.Run(fmt.Sprint(status), func(t *testing.T) {
			node := newFakeNode(t, newChain(0, 0), 0)
			node.handle(headPath, func(w http.ResponseWriter, _ *http.Request) {
				w.Header().Set("Location", "/eth/v1/beacon/headers/0")
				writeError(w, status, "because")
			})
			_, err := newClient(t, nil, node).Header(t.Context(), beacon.Head())
			require.ErrorIs(t, err, want)
			var refused *beacon.Error
			require.ErrorAs(t, err, &refused)
			require.Equal(t, status, refused.Status)
			require.Equal(t, node.URL, refused.Endpoint)
			if status >= 300 {
				require.Equal(t, "because", refused.Detail)
			}
		})
	}
}

func TestMissingCallIsNotAMissingBlock(t *testing.T) {
	node := newFakeNode(t, newChain(0, 0), 0)
	node.fail(specPath, 404, "no such page")
	_, err := newClient(t, nil, node).Header(t.Context(), beacon.Head())
	require.ErrorIs(t, err, beacon.ErrUnsupported)
	require.NotErrorIs(t, err, beacon.ErrMissingBlock)
}

func TestOptimisticAnswersAreRefused(t *testing.T) {
	c := newChain(0, 0, 1)
	node := newFakeNode(t, c, 0)
	node.answer(headPath, headerJSON(c.bySlot[1], c.root(1), headerFlags{canonical: true, finalized: true, optimistic: true}))
	node.answer(finalityPath, finalityJSON(3, common.Hash{1}, true))
	client := newClient(t, nil, node)
	_, err := client.Header(t.Context(), beacon.Head())
	require.ErrorIs(t, err, beacon.ErrOptimistic)
	_, err = client.Finality(t.Context())
	require.ErrorIs(t, err, beacon.ErrOptimistic)
}

func TestHeaderMustBeTheOneThatWasAskedFor(t *testing.T) {
	c := newChain(0, 0, 1, 2)
	final := headerFlags{canonical: true, finalized: true}
	for name, test := range map[string]struct {
		id     beacon.ID
		answer string
	}{
		"another root":         {beacon.AtRoot(c.root(1)), headerJSON(c.bySlot[2], c.root(2), final)},
		"another slot":         {beacon.AtSlot(1), headerJSON(c.bySlot[2], c.root(2), final)},
		"forged root":          {beacon.AtRoot(c.root(1)), headerJSON(c.bySlot[2], c.root(1), final)},
		"not canonical":        {beacon.AtSlot(1), headerJSON(c.bySlot[1], c.root(1), headerFlags{finalized: true})},
		"no finalized flag":    {beacon.AtSlot(1), strings.Replace(headerJSON(c.bySlot[1], c.root(1), final), `"finalized":true,`, "", 1)},
		"flag as a string":     {beacon.AtSlot(1), strings.Replace(headerJSON(c.bySlot[1], c.root(1), final), `"finalized":true`, `"finalized":"true"`, 1)},
		"flag twice":           {beacon.AtSlot(1), strings.Replace(headerJSON(c.bySlot[1], c.root(1), final), `"finalized":true`, `"finalized":false,"finalized":true`, 1)},
		"flag in other case":   {beacon.AtSlot(1), strings.Replace(headerJSON(c.bySlot[1], c.root(1), final), `"finalized"`, `"Finalized"`, 1)},
		"slot as a number":     {beacon.AtSlot(1), strings.Replace(headerJSON(c.bySlot[1], c.root(1), final), `"slot":"1"`, `"slot":1`, 1)},
		"slot with a sign":     {beacon.AtSlot(1), strings.Replace(headerJSON(c.bySlot[1], c.root(1), final), `"slot":"1"`, `"slot":"+1"`, 1)},
		"slot in two ways":     {beacon.AtSlot(1), strings.Replace(headerJSON(c.bySlot[1], c.root(1), final), `"slot":"1"`, `"slot":"01"`, 1)},
		"slot too large":       {beacon.AtSlot(1), strings.Replace(headerJSON(c.bySlot[1], c.root(1), final), `"slot":"1"`, `"slot":"18446744073709551616"`, 1)},
		"root without prefix":  {beacon.AtSlot(1), strings.Replace(headerJSON(c.bySlot[1], c.root(1), final), `"root":"0x`, `"root":"00`, 1)},
		"root too short":       {beacon.AtSlot(1), strings.Replace(headerJSON(c.bySlot[1], c.root(1), final), `"root":"0x00`, `"root":"0x`, 1)},
		"something after":      {beacon.AtSlot(1), headerJSON(c.bySlot[1], c.root(1), final) + "{}"},
		"cut off":              {beacon.AtSlot(1), headerJSON(c.bySlot[1], c.root(1), final)[:300]},
		"nothing":              {beacon.AtSlot(1), ""},
		"no object":            {beacon.AtSlot(1), "[]"},
		"null":                 {beacon.AtSlot(1), "null"},
		"data is null":         {beacon.AtSlot(1), `{"execution_optimistic":false,"finalized":true,"data":null}`},
		"longer than bound":    {beacon.AtSlot(1), headerJSON(c.bySlot[1], c.root(1), final) + strings.Repeat(" ", 64<<10)},
		"nested without bound": {beacon.AtSlot(1), strings.Repeat(`{"a":`, 10_000)},
	} {
		t.Run(name, func(t *testing.T) {
			node := newFakeNode(t, c, 0)
			if name == "root too short" {
				test.answer = strings.Replace(headerJSON(c.bySlot[1], c.root(1), final), c.root(1).Hex(), c.root(1).Hex()[:64], 1)
			}
			node.answer("/eth/v1/beacon/headers/"+test.id.String(), test.answer)
			_, err := newClient(t, nil, node).Header(t.Context(), test.id)
			require.ErrorIs(t, err, beacon.ErrMalformed)
			require.ErrorContains(t, err, node.URL)
		})
	}
}

func TestStatusesSayWhyEachEndpointCannotBeUsed(t *testing.T) {
	c := newChain(0, 0)
	good, syncing, optimistic, offline, foreign, gone, silent := newFakeNode(t, c, 0), newFakeNode(t, c, 0), newFakeNode(t, c, 0), newFakeNode(t, c, 0), newFakeNode(t, c, 0), newFakeNode(t, c, 0), newFakeNode(t, c, 0)
	syncing.answer(syncingPath, syncingJSON(true, false, false))
	optimistic.answer(syncingPath, syncingJSON(false, true, false))
	offline.answer(syncingPath, syncingJSON(false, false, true))
	foreign.answer(genesisPath, genesisJSON(beacon.Network{}))
	gone.Server.Close()
	silent.fail(versionPath, 403, "not told")

	statuses := newClient(t, nil, good, syncing, optimistic, offline, foreign, gone, silent).Statuses(t.Context())
	for i, want := range []error{nil, beacon.ErrSyncing, beacon.ErrOptimistic, beacon.ErrSyncing, beacon.ErrWrongChain, beacon.ErrUnreachable, nil} {
		require.ErrorIs(t, statuses[i].Err, want, "endpoint %d", i)
		if want != nil {
			require.ErrorContains(t, statuses[i].Err, statuses[i].Endpoint)
		}
	}
	require.Equal(t, "Fake/v1.0", statuses[0].Version)
	require.Equal(t, beacon.Syncing{HeadSlot: 40, SyncDistanceSlots: 3}, statuses[0].Syncing)
	require.Empty(t, statuses[6].Version)
	require.ErrorContains(t, statuses[1].Err, "3 slots behind")
}

func TestFinalityThatCannotBeIsRefused(t *testing.T) {
	node := newFakeNode(t, newChain(0, 0), 0)
	client := newClient(t, nil, node)
	for name, answer := range map[string]string{
		"zero root":                finalityJSON(3, common.Hash{}, false),
		"epoch beyond the slots":   finalityJSON(1<<63, common.Hash{1}, false),
		"no finalized checkpoint":  `{"execution_optimistic":false,"finalized":false,"data":{}}`,
		"optimistic is not told":   strings.Replace(finalityJSON(3, common.Hash{1}, false), "execution_optimistic", "x", 1),
		"checkpoint is not object": `{"execution_optimistic":false,"finalized":false,"data":{"finalized":"3"}}`,
	} {
		node.answer(finalityPath, answer)
		_, err := client.Finality(t.Context())
		require.ErrorIs(t, err, beacon.ErrMalformed, name)
	}
}
