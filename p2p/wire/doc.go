// Package wire holds the protobuf types of what nodes send each other: tidemark.proto, and the Go types that `make generate` writes from it. Package p2p
// is their only user: it turns them from and into the messages of package consensus, and bounds and checks all that is read.
//
//	consensus.Message <--- p2p.Encode, p2p.Decode ---> wire.Envelope <---> bytes
//
// It promises that a field keeps its number and meaning for ever; golden bytes in p2p/testdata hold that.
package wire
