package beacon

import (
	"encoding/json"
	"errors"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	apiv1 "github.com/attestantio/go-eth2-client/api/v1"
	"github.com/attestantio/go-eth2-client/spec/phase0"
	"github.com/ethereum/go-ethereum/common"
	"github.com/stretchr/testify/require"
)

const zeroRoot = "0x0000000000000000000000000000000000000000000000000000000000000000"

// FuzzHeaderJSON: a header that is accepted hashes to its root by go-eth2-client's reckoning as well.
func FuzzHeaderJSON(f *testing.F) {
	root := Header{Slot: 5}.HashTreeRoot().Hex()
	f.Add([]byte(`{"execution_optimistic":false,"finalized":true,"data":{"root":"` + root + `","canonical":true,"header":{"message":{"slot":"5","proposer_index":"0",` +
		`"parent_root":"` + zeroRoot + `","state_root":"` + zeroRoot + `","body_root":"` + zeroRoot + `"},"signature":"0x` + strings.Repeat("00", 96) + `"}}}`))
	f.Add([]byte(`{"execution_optimistic":false,"finalized":true,"data":{"root":"` + root + `","canonical":true,"header":{"message":{"slot":"05"}}}}`))
	f.Add([]byte(`{"execution_optimistic":false,"finalized":null,"finalized":1,"data":{"root":"0x","canonical":true}}`))
	f.Add([]byte(`{"execution_optimistic":true}{}`))
	f.Fuzz(func(t *testing.T, text []byte) {
		answer, err := parseObject("", text)
		if err != nil {
			return
		}
		a, err := decodeHeader(answer)
		if err != nil {
			return
		}
		second := phase0.BeaconBlockHeader{
			Slot: phase0.Slot(a.Slot), ProposerIndex: phase0.ValidatorIndex(a.ProposerIndex),
			ParentRoot: phase0.Root(a.ParentRoot), StateRoot: phase0.Root(a.StateRoot), BodyRoot: phase0.Root(a.BodyRoot),
		}
		root, err := second.HashTreeRoot()
		require.NoError(t, err)
		require.Equal(t, a.Root, common.Hash(root))
		var theirs apiv1.BeaconBlockHeader
		if json.Unmarshal(answer.fields["data"], &theirs) == nil {
			require.Equal(t, second, *theirs.Header.Message)
		}
	})
}

// FuzzSpecJSON: every value that is kept is the string that encoding/json finds.
func FuzzSpecJSON(f *testing.F) {
	f.Add([]byte(`{"data":{"SECONDS_PER_SLOT":"12","SLOT_DURATION_MS":"12000","SLOTS_PER_EPOCH":"32","DEPOSIT_CHAIN_ID":"1","BLOB_SCHEDULE":[{"EPOCH":"1"}],` +
		`"DEPOSIT_CONTRACT_ADDRESS":"0x00000000219ab540356cbb839cbe05303d7705fa"}}`))
	f.Add([]byte(`{"data":{"SLOT_DURATION_MS":"12000","X":null,"Y":{},"Z":1e9}}`))
	f.Fuzz(func(t *testing.T, text []byte) {
		answer, err := parseObject("", text)
		if err != nil {
			return
		}
		spec, err := decodeSpec(answer)
		if err != nil {
			return
		}
		var theirs map[string]any
		require.NoError(t, json.Unmarshal(answer.fields["data"], &theirs))
		for name, value := range theirs {
			if text, ok := value.(string); ok {
				require.Equal(t, text, spec[name])
				continue
			}
			require.NotContains(t, spec, name)
		}
		require.LessOrEqual(t, len(spec), len(theirs))
		network := Network{SecondsPerSlot: 12, SlotsPerEpoch: 32, DepositChainID: 1}
		difference, err := network.differsFromSpec(spec)
		if err == nil && difference == "" {
			require.Equal(t, "32", spec["SLOTS_PER_EPOCH"])
			require.Equal(t, "1", spec["DEPOSIT_CHAIN_ID"])
		}
	})
}

// FuzzFinalityJSON: a checkpoint that is accepted starts at a slot, and is what go-eth2-client reads.
func FuzzFinalityJSON(f *testing.F) {
	checkpoint := `{"epoch":"3","root":"0x` + strings.Repeat("ab", 32) + `"}`
	f.Add([]byte(`{"execution_optimistic":false,"finalized":false,"data":{"previous_justified":` + checkpoint + `,"current_justified":` + checkpoint + `,"finalized":` + checkpoint + `}}`))
	f.Add([]byte(`{"execution_optimistic":false,"data":{"finalized":{"epoch":"18446744073709551615","root":"` + zeroRoot + `"}}}`))
	f.Add([]byte(`{"execution_optimistic":true,"data":{"finalized":[]}}`))
	network := Network{SlotsPerEpoch: 32}
	f.Fuzz(func(t *testing.T, text []byte) {
		answer, err := parseObject("", text)
		if err != nil {
			return
		}
		a, err := decodeFinality(answer, network)
		if err != nil {
			return
		}
		start, ok := network.startOf(a.Epoch)
		require.True(t, ok)
		require.Equal(t, a.Epoch, start/32)
		var theirs apiv1.Finality
		if json.Unmarshal(answer.fields["data"], &theirs) == nil {
			require.Equal(t, a.Epoch, uint64(theirs.Finalized.Epoch))
			require.Equal(t, a.Root, common.Hash(theirs.Finalized.Root))
		}
	})
}

// FuzzEvents: events do not depend on how the stream is cut into pieces, and hold no line ends but those between data lines.
func FuzzEvents(f *testing.F) {
	f.Add("event: finalized_checkpoint\ndata: {\"block\":\"" + zeroRoot + "\",\"epoch\":\"0\",\"execution_optimistic\":false}\n\n")
	f.Add("\ufeff: comment\r\nevent:a\r\ndata\r\ndata: x\r\n\r\ndata:y\r\rid: 1\n\ndata: cut")
	f.Fuzz(func(t *testing.T, text string) {
		whole, wholeErr := allEvents(strings.NewReader(text))
		pieces, piecesErr := allEvents(iotest.OneByteReader(strings.NewReader(text)))
		require.Equal(t, whole, pieces)
		require.Equal(t, wholeErr, piecesErr)
		for _, e := range whole {
			require.NotContains(t, e.name, "\n")
			require.NotContains(t, e.data, "\r")
			require.LessOrEqual(t, len(e.name)+len(e.data), maxEventBytes)
			if checkpoint, _, err := decodeEvent(e.data, Network{SlotsPerEpoch: 32}); err == nil {
				require.NoError(t, checkpoint.check(Network{SlotsPerEpoch: 32}))
			}
		}
	})
}

func allEvents(r io.Reader) (all []event, err error) {
	reader := newEventReader(r)
	for {
		e, err := reader.next()
		if errors.Is(err, io.EOF) {
			return all, nil
		}
		if err != nil {
			return all, err
		}
		all = append(all, e)
	}
}

// FuzzPendingDepositsJSON: the stream decoder accepts only what is JSON, and finds as many elements as encoding/json.
func FuzzPendingDepositsJSON(f *testing.F) {
	element := `{"pubkey":"0x` + strings.Repeat("cd", 48) + `","withdrawal_credentials":"` + zeroRoot + `","amount":"32000000000","signature":"0x","slot":"1"}`
	f.Add([]byte(`{"version":"electra","data":[` + element + "," + element + `]}`))
	f.Add([]byte(`{"data":[],"finalized":true}`))
	f.Fuzz(func(t *testing.T, text []byte) {
		kept, err := decodePending(strings.NewReader(string(text)), func(PendingDeposit) bool { return true })
		if err != nil {
			return
		}
		var theirs map[string]json.RawMessage
		require.NoError(t, json.NewDecoder(strings.NewReader(string(text))).Decode(&theirs))
		var elements []json.RawMessage
		require.NoError(t, json.Unmarshal(theirs["data"], &elements))
		require.Len(t, kept, len(elements))
	})
}
