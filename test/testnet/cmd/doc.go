// Command cmd starts the network of package testnet in the background, deploys Tidemark on it, and stops it:
//
//	testnet up   -dir DIR -binaries DIR   starts it, waits until it is finalized, prints where it answers
//	testnet deploy -dir DIR               deploys Tidemark on it, writes manifest and owner to DIR/network/tidemark
//	testnet down -dir DIR                 stops it; does nothing when it does not run
//	testnet run  -dir DIR -binaries DIR   runs it in the foreground until a signal; up starts this
//
// A network that runs holds a lock on DIR/lock, which ends with its process: that, and not the number of
// the process written in the file, is how up and down know that it runs. DIR/network is the network's
// own folder, which up replaces and run wants empty; DIR/run.log is what the run in the background has to say.
package main
