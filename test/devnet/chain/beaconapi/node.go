package beaconapi

import "net/http"

func (h *handler) genesis(*http.Request) (any, error) {
	g, version := h.chain.Genesis(), h.chain.Rules().Spec().GenesisForkVersion
	return data(object{
		"genesis_time": text(g.Time), "genesis_validators_root": hexadecimal(g.ValidatorsRoot[:]), "genesis_fork_version": hexadecimal(version[:]),
	}), nil
}

func (h *handler) spec(*http.Request) (any, error) { return data(h.chain.Rules().Spec().Values()), nil }

func (h *handler) depositContract(*http.Request) (any, error) {
	spec := h.chain.Rules().Spec()
	return data(object{"chain_id": text(spec.DepositChainID), "address": hexadecimal(spec.DepositContract[:])}), nil
}

func (h *handler) nodeVersion(*http.Request) (any, error) {
	return data(object{"version": h.version}), nil
}

// syncing is never syncing: missed slots leave the head behind, but nothing is to be had from others.
func (h *handler) syncing(*http.Request) (any, error) {
	slot, head := h.chain.Clock()
	return data(object{
		"head_slot": text(head), "sync_distance": text(slot - head), "is_syncing": false, "is_optimistic": false, "el_offline": false,
	}), nil
}
