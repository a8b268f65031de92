// Command oraclenode is the one binary of a Tidemark member. Each file that is named for a command holds that command: it parses, calls one
// function of another package, and prints.
//
//	main ─► run(args, environment) ─► newRoot ─► run | status | keys … | join | leave | admin … | journal … | report … | state … | version
//	                 │                    └ settings: flags over ORACLENODE_* over the file of --config
//	                 └► exit status: 0 done, 1 error, 2 findings, 64 usage
//
// The tree of commands is built anew by each run and holds everything it needs from outside in an environment, so that tests run the whole
// program in their own process. Results go to standard output; progress, notes and errors go to standard error.
// Only run, join, leave and admin send anything to a chain.
package main
