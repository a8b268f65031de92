// Package keeper does what anybody may do for the pool, and somebody must: it gives the next keys their first ether, proves what became of them, and sends the rest.
//
//	book of validators ─► unproven keys ─► final beacon state ─► proof of each key ─► proveKey
//	                   └► topUp: which key is in turn? ─► proof that it is well ─► topUp, or proveLeaving
//	                   └► room in the stock, ether in the buffer ─► predeposit
//
// Every call is simulated first, at the newest block and as the account that would send it. What an endpoint says about the contracts is not verified: the contracts
// check every call, so a lie costs a simulation that fails. What is proven comes from a beacon state that was verified as for a report.
//
// Who calls chooses neither key nor amount, so it matters to nobody but the payer of the gas who it is: two keepers at once lose one call at most, which reverts.
package keeper
