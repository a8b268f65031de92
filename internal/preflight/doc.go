// Package preflight looks at everything that a member's node stands on before it runs, and says of each thing whether it will do, and if not what
// to do about it.
//
//	Input: manifest, endpoints, files, addresses ──► Run ──► one Finding for each thing, as it is known
//	                                                   │
//	        clock, disk, keys, journal                 ├── of this machine
//	        beacon, execution                          ├── of its nodes: the calls that a report needs, made once
//	        contract                                   ├── of the chain: proven, by the reader that members use
//	        listen, bootstrap                          └── of the network
//
// It changes nothing but for one temporary file beside the journal, signs nothing and sends nothing to a chain. No finding holds anything secret:
// endpoints are named by host.
package preflight
