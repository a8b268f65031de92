// Command simulate runs the simulator of the agreement from a shell, and measures the agreement.
//
//	simulate -seed S [-keep 1,4]   one seed, with all that happens
//	simulate -seeds N [-first S]   many seeds, with progress; a failing one is shrunk and printed
//	simulate -numbers [-write F]   messages, bytes, delays, verification and memory, as a table
//
// It is called by make sim, make sim-long and make bench-consensus.
package main
