// Command protogen writes the Go types of proto files beside them, without protoc: it joins a compiler written in Go (protocompile) with the official
// generator (protoc-gen-go), in the versions that tools/go.mod pins.
//
//	x.proto --compile--> descriptors --generate--> x.pb.go
//
//	cd tools && go run ./protogen -root .. p2p/wire/tidemark.proto
//
// It promises to write nothing unless all files compile, and the same bytes for the same input.
package main
