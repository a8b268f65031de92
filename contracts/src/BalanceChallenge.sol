// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IReportAnchors, ReportAnchor} from "./interfaces/IReportAnchors.sol";
import {BalanceProof, IStateProofs, ValidatorProof} from "./interfaces/IStateProofs.sol";
import {Report} from "./interfaces/Types.sol";
import {BalanceTree, SumPath, Sums} from "./lib/BalanceTree.sol";
import {BeaconState} from "./lib/BeaconState.sol";

/// @notice What the challenge needs of the oracle whose reports it judges.
interface IChallengedOracle is IReportAnchors {
    /// @notice The accepted report of `refSlot` was proven false. Only the challenge.
    function markFalse(uint64 refSlot) external;

    /// @notice EIP-712 digest of a report.
    function digest(Report calldata report) external view returns (bytes32);
}

/// @notice A report's word on one validator, opened from its `balancesRoot`.
struct ClaimedLeaf {
    uint64 validatorIndex;
    uint64 balanceGwei;
    /// @dev Bit 0 exited, bit 1 slashed.
    uint8 flags;
    SumPath path;
}

/// @title Balance challenge
/// @notice Lets anyone prove that an accepted report committed to something false of a validator, left one out, or committed to a tree that
/// does not hold together. The first proof against a report stops the oracle; each is on record by its event.
/// @dev A true report is convicted by no call, in whatever order, since each asks for something that no true tree has under its root: keccak
/// has no second preimage, so a place of it opens to its one leaf or to padding.
///
/// What cannot be proven here: what a place before the last leaf holds whose preimage nobody but its makers knows, and that a validator was
/// left out beside it; and anything but the pool's validators: pending deposits, vaults, the queue. Such a report no honest member signs. A
/// report older than the oracle's memory is out of reach, and so are beacon states of a layout that `StateProofs` does not know; what
/// contradicts the report itself is proven without the state.
contract BalanceChallenge {
    using BalanceTree for Sums;

    /// @notice What is wrong with a commitment as such.
    enum Fault {
        SumsDoNotAdd,
        WrongTotal,
        OutOfOrder,
        FalsePadding,
        MalformedLeaf
    }

    /// @notice The oracle whose reports are judged.
    IChallengedOracle public immutable oracle;
    /// @notice Address in the pool's withdrawal credentials.
    address public immutable withdrawalVault;
    /// @notice Knows the layouts of beacon states.
    IStateProofs public immutable stateProofs;
    /// @notice `SLOTS_PER_EPOCH` of the network.
    uint64 public immutable slotsPerEpoch;

    /// @notice Whether a report of this reference slot has been proven false.
    mapping(uint64 refSlot => bool) public provenFalse;
    mapping(bytes32 finding => bool) private _found;

    /// @notice The report of `refSlot` counts `claimedGwei` for a validator that had `actualGwei`: 0 for one that is not the pool's.
    event FalseBalanceProven(
        uint64 indexed refSlot, uint64 indexed validatorIndex, uint64 claimedGwei, uint64 actualGwei, address challenger
    );
    /// @notice The report of `refSlot` says `claimed` of a validator of which `actual` is true: bit 0 exited, bit 1 slashed.
    event FalseFlagsProven(
        uint64 indexed refSlot, uint64 indexed validatorIndex, uint8 claimed, uint8 actual, address challenger
    );
    /// @notice The report of `refSlot` left out a validator of the pool.
    event OmissionProven(uint64 indexed refSlot, uint64 indexed validatorIndex, address challenger);
    /// @notice The commitment of the report of `refSlot` contradicts itself or the report.
    event FalseCommitmentProven(uint64 indexed refSlot, bytes32 indexed digest, Fault fault, address challenger);

    /// @notice A network has at least one slot an epoch.
    error ZeroSlotsPerEpoch();
    /// @notice The oracle accepted no such report, or has forgotten it.
    error UnknownAnchor(uint64 refSlot, bytes32 stateRoot);
    /// @notice This was proven before.
    error AlreadyProven(uint64 refSlot);
    /// @notice What the report says is true.
    error NothingWrong();
    /// @notice The report is not the one of the anchor.
    error WrongReport(bytes32 given, bytes32 anchored);

    /// @param oracle_ Must name this contract as its challenge.
    /// @param withdrawalVault_ Address in the pool's withdrawal credentials.
    /// @param stateProofs_ Knows the layouts of beacon states.
    /// @param slotsPerEpoch_ `SLOTS_PER_EPOCH` of the network.
    constructor(IChallengedOracle oracle_, address withdrawalVault_, IStateProofs stateProofs_, uint64 slotsPerEpoch_) {
        if (slotsPerEpoch_ == 0) revert ZeroSlotsPerEpoch();
        oracle = oracle_;
        withdrawalVault = withdrawalVault_;
        stateProofs = stateProofs_;
        slotsPerEpoch = slotsPerEpoch_;
    }

    /// @notice Proves that a validator's balance was not what the report says, in its leaf or in the sum that counts it, or that there is no
    /// such validator.
    /// @param anchor An accepted report.
    /// @param claim What it says.
    /// @param proof What the beacon state says. One that shows that the list ends before the validator (`beyondEnd`) proves any leaf false.
    function proveFalseBalance(ReportAnchor calldata anchor, ClaimedLeaf calldata claim, BalanceProof calldata proof)
        external
    {
        _requireClaimed(anchor, claim);
        uint64 actualGwei = stateProofs.provenBalance(anchor.stateRoot, anchor.headerSlot, claim.validatorIndex, proof);
        if (!proof.beyondEnd && actualGwei == claim.balanceGwei && actualGwei == claim.path.sums.balanceGwei) {
            revert NothingWrong();
        }
        _falseBalance(anchor, claim, actualGwei);
    }

    /// @notice Proves that the report counts a validator whose withdrawals do not go to the vault.
    /// @param anchor An accepted report.
    /// @param claim What it says.
    /// @param pubkey The validator's compressed key, 48 bytes.
    /// @param proof The validator in the beacon state.
    function proveForeignValidator(
        ReportAnchor calldata anchor,
        ClaimedLeaf calldata claim,
        bytes calldata pubkey,
        ValidatorProof calldata proof
    ) external {
        _requireClaimedOf(anchor, claim, pubkey, proof);
        if (BeaconState.withdrawsTo(proof.withdrawalCredentials, withdrawalVault)) revert NothingWrong();
        _falseBalance(anchor, claim, 0);
    }

    /// @notice Proves that a leaf has other flags than the validator: exited at the reference slot's epoch, slashed, and none that does not exist.
    /// @dev What the level above counts of the leaf is `proveMalformedLeaf`'s.
    /// @param anchor An accepted report.
    /// @param claim What it says.
    /// @param pubkey The validator's compressed key, 48 bytes.
    /// @param proof The validator in the beacon state.
    function proveFalseFlags(
        ReportAnchor calldata anchor,
        ClaimedLeaf calldata claim,
        bytes calldata pubkey,
        ValidatorProof calldata proof
    ) external {
        _requireClaimedOf(anchor, claim, pubkey, proof);
        uint8 actual = proof.exitEpoch <= anchor.refSlot / slotsPerEpoch ? BalanceTree.EXITED : 0;
        if (proof.slashed) actual |= BalanceTree.SLASHED;
        // Whose key is proven the beacon state does not tell.
        actual |= claim.flags & BalanceTree.UNPROVEN;
        if (actual == claim.flags) revert NothingWrong();
        _record(anchor.refSlot, keccak256(abi.encode(anchor.digest, "flags", claim.validatorIndex)));
        emit FalseFlagsProven(anchor.refSlot, claim.validatorIndex, claim.flags, actual, msg.sender);
    }

    /// @notice Proves that the report left out a validator whose withdrawals go to the vault: no leaf is between two neighbours.
    /// @dev Leaves that do not stand by index are `proveDisorder`'s.
    /// @param anchor An accepted report.
    /// @param beside The two leaves beside the gap, left one first; the first leaf, when the validator stands before it; the last leaf, when
    /// it stands behind it; none, when the report counts no validator.
    /// @param pubkey The validator's compressed key, 48 bytes.
    /// @param proof The validator in the beacon state.
    function proveOmission(
        ReportAnchor calldata anchor,
        ClaimedLeaf[] calldata beside,
        bytes calldata pubkey,
        ValidatorProof calldata proof
    ) external {
        _requireAnchor(anchor);
        _requireGap(anchor.balancesRoot, beside, proof.validatorIndex);
        stateProofs.requireValidator(anchor.stateRoot, anchor.headerSlot, pubkey, proof);
        if (!BeaconState.withdrawsTo(proof.withdrawalCredentials, withdrawalVault)) revert NothingWrong();
        _record(anchor.refSlot, keccak256(abi.encode(anchor.digest, "omission", proof.validatorIndex)));
        emit OmissionProven(anchor.refSlot, proof.validatorIndex, msg.sender);
    }

    /// @notice Proves that some node of the tree has not the sums of its children.
    /// @param node Any node on whose path to the root such a parent lies.
    function proveBrokenSums(ReportAnchor calldata anchor, bytes32 node, SumPath calldata path) external {
        _requireAnchor(anchor);
        if (BalanceTree.requireCommitted(anchor.balancesRoot, node, path)) revert NothingWrong();
        _falseCommitment(anchor, Fault.SumsDoNotAdd);
    }

    /// @notice Proves that one of the tree's sums or its count is not the report's.
    /// @param report The report that the anchor's digest is of.
    function proveWrongTotal(
        ReportAnchor calldata anchor,
        Report calldata report,
        bytes32 topHash,
        Sums calldata topSums,
        uint32 count
    ) external {
        _requireAnchor(anchor);
        bytes32 given = oracle.digest(report);
        if (given != anchor.digest) revert WrongReport(given, anchor.digest);
        bytes32 root = BalanceTree.root(topHash, topSums, count);
        if (root != anchor.balancesRoot) revert BalanceTree.NotCommitted(root, anchor.balancesRoot);
        // Pending deposits are in no tree, so what is unproven beyond the leaves is on them.
        uint64 unprovenGwei = topSums.unprovenGwei < report.unprovenGwei ? topSums.unprovenGwei : report.unprovenGwei;
        Sums memory said = Sums(report.clValidatorsGwei, report.exited, report.slashed, unprovenGwei);
        if (topSums.packed() == said.packed() && count == report.validators) revert NothingWrong();
        _falseCommitment(anchor, Fault.WrongTotal);
    }

    /// @notice Proves that the tree holds what it must not: behind the last leaf anything but padding (hash 0 with sums 0, and nodes above
    /// nothing else), before it hash 0, or anything below the lowest level. So no ether hides under a hash that opens to no validator there.
    /// @param node Hash at the path's place.
    /// @param path Leads from the lowest level, one step for each doubling of the count; from a node above it, with hash 0 or no leaf below;
    /// or from below it.
    function provePadding(ReportAnchor calldata anchor, bytes32 node, SumPath calldata path) external {
        _requireAnchor(anchor);
        BalanceTree.requireCommitted(anchor.balancesRoot, node, path);
        uint256 height = BalanceTree.height(path.count);
        if (path.steps.length <= height) {
            uint256 level = height - path.steps.length;
            bool behind = uint256(path.position) << level >= path.count;
            bool padding = node == BalanceTree.padding(level);
            if (behind ? padding && path.sums.packed() == 0 : node != 0) revert NothingWrong();
        }
        _falseCommitment(anchor, Fault.FalsePadding);
    }

    /// @notice Proves that two leaves do not stand by index, or that both are of one validator.
    /// @param left The one further to the left.
    function proveDisorder(ReportAnchor calldata anchor, ClaimedLeaf calldata left, ClaimedLeaf calldata right)
        external
    {
        _requireClaimed(anchor, left);
        _requireClaimed(anchor, right);
        if (left.path.position >= right.path.position || left.validatorIndex < right.validatorIndex) {
            revert NothingWrong();
        }
        _falseCommitment(anchor, Fault.OutOfOrder);
    }

    /// @notice Proves that a leaf is none: the level above counts something else of it than it says, it has a flag that does not exist, or it
    /// does not stand on the lowest level.
    function proveMalformedLeaf(ReportAnchor calldata anchor, ClaimedLeaf calldata claim) external {
        _requireClaimed(anchor, claim);
        Sums memory own = BalanceTree.sumsOf(claim.balanceGwei, claim.flags);
        if (
            claim.flags <= (BalanceTree.EXITED | BalanceTree.SLASHED | BalanceTree.UNPROVEN)
                && claim.path.sums.packed() == own.packed()
                && claim.path.steps.length == BalanceTree.height(claim.path.count)
        ) revert NothingWrong();
        _falseCommitment(anchor, Fault.MalformedLeaf);
    }

    function _requireAnchor(ReportAnchor calldata anchor) private view {
        if (!oracle.isAnchor(anchor)) revert UnknownAnchor(anchor.refSlot, anchor.stateRoot);
    }

    function _requireClaimed(ReportAnchor calldata anchor, ClaimedLeaf calldata claim) private view {
        _requireAnchor(anchor);
        _requireLeaf(anchor.balancesRoot, claim);
    }

    /// @dev Sums on the way need not add here: the leaf is the report's word, whatever its parents say.
    function _requireLeaf(bytes32 balancesRoot, ClaimedLeaf calldata claim) private pure {
        bytes32 leaf = BalanceTree.leaf(claim.validatorIndex, claim.balanceGwei, claim.flags);
        BalanceTree.requireCommitted(balancesRoot, leaf, claim.path);
    }

    /// @dev The report speaks of this validator, and the state has it.
    function _requireClaimedOf(
        ReportAnchor calldata anchor,
        ClaimedLeaf calldata claim,
        bytes calldata pubkey,
        ValidatorProof calldata proof
    ) private view {
        _requireClaimed(anchor, claim);
        if (proof.validatorIndex != claim.validatorIndex) revert NothingWrong();
        stateProofs.requireValidator(anchor.stateRoot, anchor.headerSlot, pubkey, proof);
    }

    /// @dev No leaf has room between those beside: a tree in order does not count the validator.
    function _requireGap(bytes32 balancesRoot, ClaimedLeaf[] calldata beside, uint64 index) private pure {
        uint256 n = beside.length;
        if (n == 0) {
            if (balancesRoot != BalanceTree.emptyRoot()) revert NothingWrong();
            return;
        }
        for (uint256 i = 0; i < n; ++i) {
            _requireLeaf(balancesRoot, beside[i]);
        }
        ClaimedLeaf calldata first = beside[0];
        uint64 next = first.path.position + 1;
        bool gap;
        if (n == 1) {
            gap = index < first.validatorIndex
                ? first.path.position == 0
                : index > first.validatorIndex && next == first.path.count;
        } else {
            gap = n == 2 && next == beside[1].path.position && first.validatorIndex < index
                && index < beside[1].validatorIndex;
        }
        if (!gap) revert NothingWrong();
    }

    function _falseBalance(ReportAnchor calldata anchor, ClaimedLeaf calldata claim, uint64 actualGwei) private {
        _record(anchor.refSlot, keccak256(abi.encode(anchor.digest, claim.validatorIndex)));
        emit FalseBalanceProven(
            anchor.refSlot, claim.validatorIndex, claim.path.sums.balanceGwei, actualGwei, msg.sender
        );
    }

    function _falseCommitment(ReportAnchor calldata anchor, Fault fault) private {
        _record(anchor.refSlot, keccak256(abi.encode(anchor.digest, "fault", fault)));
        emit FalseCommitmentProven(anchor.refSlot, anchor.digest, fault, msg.sender);
    }

    /// @dev One report stops the oracle once: else whoever resumes it could be defied with one proof for each validator.
    function _record(uint64 refSlot, bytes32 finding) private {
        if (_found[finding]) revert AlreadyProven(refSlot);
        _found[finding] = true;
        if (provenFalse[refSlot]) return;
        provenFalse[refSlot] = true;
        oracle.markFalse(refSlot);
    }
}
