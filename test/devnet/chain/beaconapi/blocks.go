package beaconapi

import (
	"net/http"

	"github.com/tidemark-oracle/tidemark/test/devnet/chain/transition"
)

func (h *handler) blockOf(r *http.Request) (Block, error) {
	id, err := ParseID(r.PathValue("id"))
	if err != nil {
		return Block{}, err
	}
	return h.chain.Block(id)
}

// about is an answer with what every answer about a block or state tells.
func about(finalized bool, of any) object {
	return object{"execution_optimistic": false, "finalized": finalized, "data": of}
}

func (h *handler) header(r *http.Request) (any, error) {
	b, err := h.blockOf(r)
	if err != nil {
		return nil, err
	}
	var signature [96]byte
	if b.Signed != nil {
		signature = transition.Infinity()
	}
	return about(b.Finalized, object{
		"root": hexadecimal(b.Root[:]), "canonical": b.Canonical,
		"header": object{"signature": hexadecimal(signature[:]), "message": b.Header},
	}), nil
}

func (h *handler) blockRoot(r *http.Request) (any, error) {
	b, err := h.blockOf(r)
	if err != nil {
		return nil, err
	}
	return about(b.Finalized, object{"root": hexadecimal(b.Root[:])}), nil
}

func (h *handler) block(w http.ResponseWriter, r *http.Request) {
	b, err := h.blockOf(r)
	if err == nil && b.Signed == nil {
		err = ErrNotFound
	}
	if err != nil {
		writeError(w, err)
		return
	}
	fork := h.fork(uint64(b.Header.Slot))
	writeEither(w, r, fork, func() ([]byte, error) { return h.chain.Rules().Encode(b.Signed) }, func() (any, error) {
		answer := about(b.Finalized, b.Signed)
		answer["version"] = fork
		return answer, nil
	})
}
