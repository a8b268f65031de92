// Package geth runs a go-ethereum node inside the process, without peers, and drives it as a consensus client does.
//
//	Build ──► block builder ──► Payload ──► Insert ──► engine_newPayloadV4
//	SetHead ──► engine_forkchoiceUpdatedV3                     │
//	                                                           ▼
//	                      JSON-RPC over HTTP on loopback ◄── archive of all states
//
// The engine API is called in the process. In one place it is passed by: engine_getPayload hands out whatever is built so far, at first a payload without
// transactions, and a consensus client gives the builder some seconds. Here the same builder is asked directly, and its first payload with the pool's
// transactions is waited for, so that no time has to pass and no transaction that is in the pool is left out.
//
// go-ethereum never ends one goroutine of the engine API, its heartbeat.
package geth
