// Package synth writes beacon states that never were: as large as mainnet's or larger, valid as SSZ of the mainnet preset, and made in a stream.
//
// Everything is a pure function of the seed and of an index, so that nothing is kept: validator i is computed again for each of the five
// lists that speak of it, and for the JSON answer of the Beacon API. The distributions (shares of exited and slashed validators, several activations an
// epoch, mostly 32 ether) follow mainnet, because a reader may take advantage of what repeats there. Public keys and signatures are random
// bytes: no point of the curve, but distinct.
//
// The package is for benchmarks and tests; nothing that runs in production imports it.
package synth
