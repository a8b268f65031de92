// Command floor does nothing but hash: as many pairs of 32-byte nodes as a state's hash-tree root takes, in large batches, on buffers that stay in
// the first cache, on all cores. No reader that hashes everything can be faster.
package main
