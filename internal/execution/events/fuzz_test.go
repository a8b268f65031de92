package events_test

import (
	"bytes"
	"testing"

	"github.com/ethereum/go-ethereum/common"

	"github.com/tidemark-oracle/tidemark/contracts/abi"
	"github.com/tidemark-oracle/tidemark/contracts/bindings"
	"github.com/tidemark-oracle/tidemark/internal/beacon/state"
	"github.com/tidemark-oracle/tidemark/internal/blockproof"
	"github.com/tidemark-oracle/tidemark/internal/execution/events"
	"github.com/tidemark-oracle/tidemark/report"
	"github.com/tidemark-oracle/tidemark/test/localnet"
)

// FuzzDecodeSubmission: what is read is all that was said, since it packs to the same bytes again.
func FuzzDecodeSubmission(f *testing.F) {
	empty := localnet.SubmitData(report.Report{}, bindings.Certificate{}, bindings.BlockProof{})
	f.Add(empty)
	f.Add(empty[:4])
	f.Add(localnet.SubmitData(report.Report{}, bindings.Certificate{}, abi.BlockProof(blockproof.Proof{Above: make([]state.BlockHeader, 4)})))
	f.Add(localnet.SubmitData(report.Report{}, bindings.Certificate{}, abi.BlockProof(blockproof.Proof{Above: make([]state.BlockHeader, 1), Branch: make([]common.Hash, 21)})))
	f.Fuzz(func(t *testing.T, data []byte) {
		s, err := events.DecodeSubmission(data)
		if err != nil {
			return
		}
		certificate := bindings.Certificate{Signers: s.Certificate.Signers}
		for i := range certificate.Signature.Words {
			certificate.Signature.Words[i] = common.BytesToHash(s.Certificate.Signature[32*i : 32*i+32])
		}
		again := localnet.SubmitData(s.Report, certificate, abi.BlockProof(s.Proof))
		if !bytes.Equal(again, data) {
			t.Fatalf("%x is read, and packs to %x", data, again)
		}
	})
}
