// Package account keeps the key of an execution account: in memory, and in a file as geth and others write it (Web3 Secret Storage, version 3).
//
//	New, Parse ─► Key ─Seal(password)─► file ─Open(password)─► Key
//
// A file's cost of opening is bounded before it is paid, and no error quotes what stands in a file. Package keyfile reads and writes the files.
package account
