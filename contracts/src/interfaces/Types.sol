// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @notice What the committee says about the pool at one reference slot. All amounts are absolute or cumulative, so
/// a missed frame loses nothing.
/// @dev The field order is the ABI order and the EIP-712 order; the Go type `report.Report` mirrors it.
struct Report {
    /// @dev Format of this struct, 2.
    uint16 version;
    /// @dev Digest of the committee in force for `refSlot`, see `OracleCommittee.digestAt`.
    bytes32 committee;
    /// @dev The frame's reference slot.
    uint64 refSlot;
    /// @dev What the pool remembered of reports at the reference block: `silentCalls << 40 | refSlot` of its last one. A report that was
    /// computed on another one is refused.
    uint64 lastRefSlot;
    /// @dev Hash-tree root of the beacon block header that was read.
    bytes32 refBlockRoot;
    /// @dev Sum of the actual balances of the pool's validators, in gwei.
    uint64 clValidatorsGwei;
    /// @dev Sum of the pool's pending deposits, in gwei.
    uint64 clPendingGwei;
    /// @dev Withdrawals of the pool's validators that are deducted and not paid yet, in gwei. 0 before Gloas.
    uint64 clInFlightGwei;
    /// @dev How much of the sums of validators and pending deposits is first ether of keys that are not proven, in gwei: it stands at par in the pool's
    /// own book.
    uint64 unprovenGwei;
    /// @dev The pool's validators in the registry, all states.
    uint32 validators;
    /// @dev Of them, those with `exit_epoch <= epoch(refSlot)`.
    uint32 exited;
    /// @dev Of them, those that were slashed.
    uint32 slashed;
    /// @dev The pool's cumulative ether sent to the deposit contract at the reference block, in wei; first ether of a key from its proof on.
    uint128 depositedWei;
    /// @dev Balance of the withdrawal vault at the reference block, in wei.
    uint128 withdrawalVaultWei;
    /// @dev Balance of the execution-layer rewards vault at the reference block, in wei.
    uint128 elRewardsVaultWei;
    /// @dev Last withdrawal request to finalize, 0 for none.
    uint64 finalizeUpTo;
    /// @dev Ether that exits must bring home for the queue, in gwei, and exits asked for so far, cumulative. 0 until exits follow demand.
    uint64 exitGwei;
    uint64 exitsAskedGwei;
    /// @dev Losses are in progress: the queue waits and no ether goes to the beacon chain.
    bool bunker;
    /// @dev Commitment to index, balance and flags of every pool validator: the root of a Merkle-sum tree, see `BalanceTree`.
    bytes32 balancesRoot;
    /// @dev Commitment to the pool's pending deposits. 0 until they are committed to.
    bytes32 pendingRoot;
}

/// @notice A point of G2 in the encoding of EIP-2537: eight words, each 48-byte coordinate left-padded to 64 bytes,
/// x.c0, x.c1, y.c0, y.c1.
struct G2Point {
    bytes32[8] words;
}

/// @notice Proof that a quorum signed one vote.
struct Certificate {
    /// @dev Bit `i % 256` of word `i / 256` is set when member `i` signed. Exactly `ceil(n / 256)` words.
    uint256[] signers;
    /// @dev Sum of the members' signatures over the vote.
    G2Point signature;
}

/// @notice A `BeaconBlockHeader`. Its hash-tree root is the root of its block. Source: consensus specs, phase 0.
struct BeaconHeader {
    uint64 slot;
    uint64 proposerIndex;
    bytes32 parentRoot;
    bytes32 stateRoot;
    bytes32 bodyRoot;
}

/// @notice Opens `refBlockRoot` and shows that it is the last block at or before `refSlot`: by the block above it that EIP-4788 knows, by
/// headers up to one that EIP-4788 knows, or by what the state of a later block remembers.
struct BlockProof {
    /// @dev Slot of the block whose payload stored its parent's root in EIP-4788: the root of the newest header here.
    uint64 childSlot;
    /// @dev Of the reference block.
    BeaconHeader header;
    /// @dev Headers above the reference block, lowest first, each the parent of the next: at most 4. With a branch: the one later header.
    BeaconHeader[] above;
    /// @dev From `block_roots[refSlot]` to the state root of the one header above, lowest first; empty where headers link up.
    bytes32[] branch;
}

/// @notice One member's signed word for a round: what `slashEquivocation` compares.
struct Vote {
    bytes32 committee;
    uint64 refSlot;
    /// @dev EIP-712 digest of the report that was voted for.
    bytes32 digest;
    G2Point signature;
}

/// @notice What the pool remembers of the last applied report; the base of sanity bounds and of the rebase.
struct LastReport {
    uint64 refSlot;
    uint64 clValidatorsGwei;
    uint64 clPendingGwei;
    uint64 clInFlightGwei;
    uint64 unprovenGwei;
    uint32 validators;
    uint32 exited;
    /// @dev Calls since then that finalized requests without a report: a report that was computed before one is refused.
    uint16 silentCalls;
    /// @dev `depositedWei` of that report, in whole gwei.
    uint128 depositedWei;
    /// @dev What was left in the withdrawal vault after that report's pull, of what it had reported, in whole gwei.
    uint128 withdrawalVaultLeftWei;
    /// @dev Losses of the last sixteen reports, newest in the lowest lane; each lane is 16 bits and counts
    /// hundred-thousandths of the principal, rounded up and saturating. A loss that guardians accepted is not counted.
    uint256 lossWindow;
    /// @dev What that report lost beyond noise: the next one takes it back, up to this, or confirms it.
    uint64 unconfirmedGwei;
    /// @dev Losses confirmed in the last sixteen reports, which guardians may let come back.
    uint64 confirmedGwei;
}

/// @notice How the oracle judged a report that it applies.
struct Judged {
    /// @dev The loss window after the report.
    uint256 lossWindow;
    /// @dev Gain beyond the yearly rate: taken from the pool's bucket.
    uint64 bucketGwei;
    /// @dev Confirmed losses that came back by a guardian's word.
    uint64 confirmedGwei;
    /// @dev A guardian accepted it: its gain does not use the bucket.
    bool byGuardian;
}

/// @notice Withdrawal requests after the last finalized one, up to some request.
struct Batch {
    /// @dev Sums of their values at request, in wei, and of their shares.
    uint256 demandWei;
    uint256 demandShares;
    /// @dev Value and shares of the first and of the last of them.
    uint256 firstWei;
    uint256 firstShares;
    uint256 lastWei;
    uint256 lastShares;
    /// @dev The rate fell between two of them.
    bool spansFall;
}
