// Package executionnode is an execution node in memory, for tests: it serves blocks of an evmtest chain by JSON-RPC over HTTP, with real tries and
// real proofs, drops old states like a full node, and lies on request.
//
//	evmtest.Chain --Seal--> header, tries --ServeHTTP--> eth_chainId, eth_blockNumber, eth_getProof, eth_getCode, eth_getBlockByHash
//	                               '--Lying--> the same with altered results
package executionnode
