// Package profit searches for a way to take ether from the holders of the pool: random orders of deposit, request, report, loss, gift and silence, with ten
// times the pool in an attacker's hand and half of the shares waiting in many worlds.
//
// Ether goes to validators as the contracts let it: one ether for each key first, which is the pool's or its holder's until a proof tells; then what is usable of
// the buffer. So the search also looks for whom front-running a key pays.
//
// A world has a model of the pool, whose reports are report.Rebase and whose price is report.DepositPrice (both are compared with the contracts in
// contracts/difftest), and the facts outside: what validators earn, lose and send home, what strangers give. The attacker deposits and requests as it likes. In the end
// all that is due is let in and the attacker is paid. It must not have more than the ether that it began with and its part of what came while it held
// shares: consensus-layer rewards when they arise, gifts when they are known to the pool, and what others leave behind who request after it. In two worlds of
// three nothing of that comes once the attacker has deposited, so that it must not have more than it began with, but for roundings.
//
// Each of the Rules takes one away: the search finds the profit that is left then. What waiting requests are worth is exact here; the contract never takes
// it for more, so that a deposit pays no less there.
//
// Out of sight of the price by design, and so no profit here: what is forced into the withdrawal vault until a report has seen it; rewards above the
// normal rate; wrong losses within noise, or in two reports in a row; reports that count too much. docs/threat-model.md says what wrong
// losses take.
package profit
