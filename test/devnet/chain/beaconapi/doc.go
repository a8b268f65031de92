// Package beaconapi answers the part of the standard Beacon API that the oracle and its tests ask, from a chain in the same process.
//
//	GET /eth/v1/beacon/genesis                                GET /eth/v1/config/spec
//	GET /eth/v1/beacon/headers/{block_id}                     GET /eth/v1/config/deposit_contract
//	GET /eth/v1/beacon/blocks/{block_id}/root                 GET /eth/v1/node/syncing, health, version
//	GET /eth/v2/beacon/blocks/{block_id}              (SSZ)   GET /eth/v1/events?topics=head,finalized_checkpoint,chain_reorg
//	GET /eth/v1/beacon/states/{state_id}/root, fork, finality_checkpoints, validators[/{index or key}], pending_deposits
//	GET /eth/v2/debug/beacon/states/{state_id}        (SSZ)
//
// Blocks and states come as SSZ or JSON, by the Accept header. Nothing is written and nobody is authenticated: it belongs on loopback.
// Source: ethereum/beacon-APIs.
package beaconapi
