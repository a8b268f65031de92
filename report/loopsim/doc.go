// Package loopsim lives through years of a pool whose ether goes in and out by rules: deposits, requests, rewards, slashings, queues of entry and of
// exit, keepers that sleep, reports that are late or missing, calls that cross reports. The reports' exit demand is report.ExitDemand itself; all else is a
// model of the beacon chain, of the contracts and of the keepers, by docs/loop.md.
//
//	draw(seed) -> facts: what happens whatever the pool does
//	world.run: day by day, chain.step epoch by epoch
//	   reference slot  compute: finalize, report.ExitDemand
//	   acceptance      accept: pull, pay, allow calls
//	   keepers         ask for exits, prove keys, top up, predeposit
//	Run -> Result -> Summary: how late requests were paid, what was idle, what came home for nothing
//
// A request is held against the best that could be done with full knowledge: an exit of all that is short, begun in the request's own epoch, and the first
// report after it is home. Amounts are gwei as uint64; a share is worth an ether throughout. A seed gives the same years on every machine.
package loopsim
