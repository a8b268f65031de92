package main

import (
	"bytes"
	"fmt"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/params"

	"github.com/tidemark-oracle/tidemark/internal/format"
	"github.com/tidemark-oracle/tidemark/test/evm"
)

const intro = `# Gas

Written by ` + "`make gas`" + `; do not edit. Every figure is one transaction in go-ethereum's EVM on a whole deployed set, by the rules of Osaka where nothing else is said, under
which a transaction has at most 16,777,216 gas. *Prague* is the fork before it, *Amsterdam* the one after it, which counts new state apart from execution: a block holds for
each by itself, and a transaction pays for both. The frames are steady: two reports came before, so that the words which a report writes hold values already.

## ReportOracle.submit

*Certificate* is what the call of ` + "`OracleCommittee.verifyCertificate`" + ` costs the oracle, with the access of the cold account. EIP-2537's own prices in it are
151,100 gas: two pairings 102,900, two maps to the curve 47,600, one addition 600. *Submit* is the whole transaction: 1 ether swept, 1 ether of execution rewards and
1 ether earned on the consensus layer are recognised, both vaults are pulled, the fee is minted and booked. It creates no slot, so in Amsterdam all of it is execution.

| members | absent | certificate | for each absent | submit, Osaka | Prague | Amsterdam |
|---:|---:|---:|---:|---:|---:|---:|
`

const absentNote = `
Keys stand in code, in chunks of 32 members; a certificate that all signed reads none of them, and one with absent members the chunks of those. 250 members are
the most. In the table the first members are the absent ones.

## What the rest buys

Of the submission by 4 of 4 members:

| part | gas | what for |
|---|---:|---|
`

const additionsNote = `
## What each addition costs

Contained in the parts above. Of a word it is what reading and writing it costs in that transaction. The bound of the rate is arithmetic inside the pool, which cannot be told apart
from the rest; what it keeps stands in the head.

| addition | gas | what |
|---|---:|---|
`

func page(rows []row, parts, added []part, others []callRow, compared []comparison) []byte {
	var b bytes.Buffer
	b.WriteString(intro)
	var all uint64
	for _, r := range rows {
		each := ""
		if r.absent == 0 {
			all = r.certificate
		} else {
			each = format.Count((r.certificate - all) / uint64(r.absent))
		}
		fmt.Fprintf(&b, "| %d | %d | %s | %s | %s | %s | %s |\n", r.members, r.absent, format.Count(r.certificate), each,
			format.Count(r.submit), format.Count(r.by[evm.Prague]), format.Count(r.by[evm.Amsterdam]))
	}
	b.WriteString(absentNote)
	for _, p := range parts {
		fmt.Fprintf(&b, "| %s | %s | %s |\n", p.name, format.Count(p.gas), p.what)
	}
	b.WriteString(additionsNote)
	for _, p := range added {
		fmt.Fprintf(&b, "| %s | %s | %s |\n", p.name, format.Count(p.gas), p.what)
	}
	writeCalls(&b, others)
	b.WriteString(`
## Against single signatures

A transaction that does nothing but prove that so many members signed: ECDSA signatures in one list (members in storage, OpenZeppelin's recovery), and the aggregate. Few
signers are cheaper one by one; the aggregate costs the same for any number.

| signers | ECDSA | aggregate |
|---:|---:|---:|
`)
	for _, c := range compared {
		fmt.Fprintf(&b, "| %d | %s | %s |\n", c.signers, format.Count(c.ecdsa), format.Count(c.aggregate))
	}
	return b.Bytes()
}

const callsNote = `
## The other calls

The committee has 250 members. A word of storage is new when it held nothing before: one costs 97,920 gas of new state in Amsterdam, an account 183,600, a byte of code
1,530. Reports create none but the very first, which writes one, so who makes the state larger pays for it: a holder with the first shares and with each request (the first one since a
batch was finalized makes the words of the next batch), an operator with its keys, a member with its registration, whoever changes the committee with the code of one chunk and
of the head. A proof of a false report writes down what it found, a word of its own. A key's first ether creates the word of the key, its proof and its top-up at most
a word each of the order in which the operator's keys are in turn. So do, on this young chain, the first entries of the set of unproven keys, of the tree of the deposit contract and
of the queue of EIP-7002, which are there on a network.

| call | Prague | Osaka | Amsterdam, execution | Amsterdam, new state | new words |
|---|---:|---:|---:|---:|---:|
`

func writeCalls(b *bytes.Buffer, rows []callRow) {
	b.WriteString(callsNote)
	for _, r := range rows {
		now := r.by[evm.Amsterdam]
		fmt.Fprintf(b, "| %s | %s | %s | %s | %s | %d |\n", r.name, format.Count(r.by[evm.Prague].used), format.Count(r.by[evm.Osaka].used),
			format.Count(now.execution), format.Count(now.state), now.created)
	}
}

// part is a share of a submission's gas.
type part struct {
	name string
	gas  uint64
	what string
}

// calldataGas is the transaction's price before anything runs.
func calldataGas(data []byte) uint64 {
	gas := params.TxGas
	for _, x := range data {
		if x == 0 {
			gas += params.TxDataZeroGas
		} else {
			gas += params.TxDataNonZeroGasEIP2028
		}
	}
	return gas
}

// breakdown names what the calls of a submission cost, and what is left.
func breakdown(r row) []part {
	c := r.contracts
	between := func(from, to common.Address) (sum uint64) {
		for _, call := range r.calls {
			if call.From == from && call.To == to {
				sum += call.Gas
			}
		}
		return sum
	}
	intrinsic := calldataGas(r.data)
	poolCalls := between(c.ReportOracle, c.StakingPool)
	vaults := between(c.StakingPool, c.WithdrawalVault) + between(c.StakingPool, c.ELRewardsVault)
	token, operators := between(c.StakingPool, c.StakedEther), between(c.StakingPool, c.OperatorRegistry)
	roots, bounds := between(c.ReportOracle, params.BeaconRootsAddress), between(c.ReportOracle, c.SanityChecker)
	pool := poolCalls - vaults - token - operators
	own := r.submit - intrinsic - r.certificate - roots - bounds - poolCalls
	return []part{
		{"transaction", intrinsic, "21,000 and the calldata of report, certificate and block proof"},
		{"certificate", r.certificate, "the committee's word: key sum from code, hash to curve, pairing"},
		{"block root", roots, "EIP-4788: which chain the report speaks of"},
		{"bounds", bounds, "sanity rules, their limits, the loss window"},
		{"vaults", vaults, "two pulls of ether into the pool"},
		{"token", token, "the new share rate in one word, fee shares for one account, their events"},
		{"operators", operators, "the fee of treasury and operators, booked for all of them in one word"},
		{"pool", pool, "the role of the oracle, the last report read and written, buffer, terms, the round ring, the bound of the rate, the event that an auditor recomputes from"},
		{"oracle", own, "digests, header hash, decoding, events, and the anchor: one word that proofs against the beacon state hang on"},
	}
}
