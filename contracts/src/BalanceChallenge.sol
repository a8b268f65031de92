// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IReportAnchors, ReportAnchor} from "./interfaces/IReportAnchors.sol";
import {BalanceProof, IStateProofs, ValidatorProof} from "./interfaces/IStateProofs.sol";
import {Report} from "./interfaces/Types.sol";
import {BalanceTree, SumPath} from "./lib/BalanceTree.sol";
import {BeaconState} from "./lib/BeaconState.sol";

/// @notice What the challenge needs of the oracle whose reports it judges.
interface IChallengedOracle is IReportAnchors {
    /// @notice The accepted report of `refSlot` was proven false. Only the challenge.
    function markFalse(uint64 refSlot) external;

    /// @notice EIP-712 digest of a report.
    function digest(Report calldata report) external view returns (bytes32);
}

/// @notice A report's word on one validator, opened from its `balancesRoot`.
struct ClaimedBalance {
    uint64 validatorIndex;
    uint64 balanceGwei;
    SumPath path;
}

/// @title Balance challenge
/// @notice Lets anyone prove that an accepted report committed to a false balance or to a tree that does not hold together. The first
/// proof against a report stops the oracle; each is on record by its event.
/// @dev What cannot be proven here: that the report left a validator of the pool out (the tree is keyed by position, not by
/// index, so absence has no short proof), a leaf whose preimage nobody but its makers knows (of a place before the last leaf), and anything
/// but validators' balances. Such a report no honest member signs. A report older than the oracle's memory is out of reach, and so are
/// beacon states of a layout that `StateProofs` does not know.
contract BalanceChallenge {
    /// @notice What is wrong with a commitment as such.
    enum Fault {
        SumsDoNotAdd,
        WrongTotal,
        DuplicateValidator,
        FalsePadding
    }

    /// @notice The oracle whose reports are judged.
    IChallengedOracle public immutable oracle;
    /// @notice Address in the pool's withdrawal credentials.
    address public immutable withdrawalVault;
    /// @notice Knows the layouts of beacon states.
    IStateProofs public immutable stateProofs;

    /// @notice Whether a report of this reference slot has been proven false.
    mapping(uint64 refSlot => bool) public provenFalse;
    mapping(bytes32 finding => bool) private _found;

    /// @notice The report of `refSlot` counts `claimedGwei` for a validator that had `actualGwei`: 0 for one that is not the pool's.
    event FalseBalanceProven(
        uint64 indexed refSlot, uint64 indexed validatorIndex, uint64 claimedGwei, uint64 actualGwei, address challenger
    );
    /// @notice The commitment of the report of `refSlot` contradicts itself or the report.
    event FalseCommitmentProven(uint64 indexed refSlot, bytes32 indexed digest, Fault fault, address challenger);

    /// @notice The oracle accepted no such report, or has forgotten it.
    error UnknownAnchor(uint64 refSlot, bytes32 stateRoot);
    /// @notice This was proven before.
    error AlreadyProven(uint64 refSlot);
    /// @notice What the report says is true.
    error NothingWrong();
    /// @notice The report is not the one of the anchor.
    error WrongReport(bytes32 given, bytes32 anchored);

    /// @param oracle_ Must give this contract its pauser role.
    /// @param withdrawalVault_ Address in the pool's withdrawal credentials.
    /// @param stateProofs_ Knows the layouts of beacon states.
    constructor(IChallengedOracle oracle_, address withdrawalVault_, IStateProofs stateProofs_) {
        oracle = oracle_;
        withdrawalVault = withdrawalVault_;
        stateProofs = stateProofs_;
    }

    /// @notice Proves that a validator's balance was not what the report says, in its leaf or in the sum that counts it.
    /// @param anchor An accepted report.
    /// @param claim What it says.
    /// @param proof What the beacon state says.
    function proveFalseBalance(ReportAnchor calldata anchor, ClaimedBalance calldata claim, BalanceProof calldata proof)
        external
    {
        _requireClaimed(anchor, claim);
        uint64 actualGwei = stateProofs.provenBalance(anchor.stateRoot, anchor.headerSlot, claim.validatorIndex, proof);
        if (actualGwei == claim.balanceGwei && actualGwei == claim.path.sum) revert NothingWrong();
        _falseBalance(anchor, claim, actualGwei);
    }

    /// @notice Proves that the report counts a validator whose withdrawals do not go to the vault.
    /// @param anchor An accepted report.
    /// @param claim What it says.
    /// @param pubkey The validator's compressed key, 48 bytes.
    /// @param proof The validator in the beacon state.
    function proveForeignValidator(
        ReportAnchor calldata anchor,
        ClaimedBalance calldata claim,
        bytes calldata pubkey,
        ValidatorProof calldata proof
    ) external {
        _requireClaimed(anchor, claim);
        if (proof.validatorIndex != claim.validatorIndex) revert NothingWrong();
        stateProofs.requireValidator(anchor.stateRoot, anchor.headerSlot, pubkey, proof);
        if (BeaconState.withdrawsTo(proof.withdrawalCredentials, withdrawalVault)) revert NothingWrong();
        _falseBalance(anchor, claim, 0);
    }

    /// @notice Proves that some node of the tree has not the sum of its children.
    /// @param node Any node on whose path to the root such a parent lies.
    function proveBrokenSums(ReportAnchor calldata anchor, bytes32 node, SumPath calldata path) external {
        _requireAnchor(anchor);
        if (BalanceTree.requireCommitted(anchor.balancesRoot, node, path)) revert NothingWrong();
        _falseCommitment(anchor, Fault.SumsDoNotAdd);
    }

    /// @notice Proves that the tree's sum or count is not the report's.
    /// @param report The report that the anchor's digest is of.
    function proveWrongTotal(
        ReportAnchor calldata anchor,
        Report calldata report,
        bytes32 topHash,
        uint64 topSum,
        uint32 count
    ) external {
        _requireAnchor(anchor);
        bytes32 given = oracle.digest(report);
        if (given != anchor.digest) revert WrongReport(given, anchor.digest);
        bytes32 root = BalanceTree.root(topHash, topSum, count);
        if (root != anchor.balancesRoot) revert BalanceTree.NotCommitted(root, anchor.balancesRoot);
        if (topSum == report.clValidatorsGwei && count == report.validators) revert NothingWrong();
        _falseCommitment(anchor, Fault.WrongTotal);
    }

    /// @notice Proves that a place of the tree's lowest level holds what it must not: behind the last leaf anything but padding (hash 0 with
    /// sum 0), before it padding. So no ether hides under a hash that opens to no validator.
    /// @param node Hash at the path's place.
    /// @param path Leads from the lowest level: one step for each doubling of the count.
    function provePadding(ReportAnchor calldata anchor, bytes32 node, SumPath calldata path) external {
        _requireAnchor(anchor);
        BalanceTree.requireCommitted(anchor.balancesRoot, node, path);
        if (path.steps.length != BalanceTree.height(path.count)) revert NothingWrong();
        bool padding = node == 0 && path.sum == 0;
        if (padding == (path.position >= path.count)) revert NothingWrong();
        _falseCommitment(anchor, Fault.FalsePadding);
    }

    /// @notice Proves that the tree counts one validator twice.
    function proveDuplicate(ReportAnchor calldata anchor, ClaimedBalance calldata a, ClaimedBalance calldata b)
        external
    {
        _requireClaimed(anchor, a);
        _requireClaimed(anchor, b);
        bool onePlace = a.path.position == b.path.position && a.path.steps.length == b.path.steps.length;
        if (a.validatorIndex != b.validatorIndex || onePlace) revert NothingWrong();
        _falseCommitment(anchor, Fault.DuplicateValidator);
    }

    function _requireAnchor(ReportAnchor calldata anchor) private view {
        if (!oracle.isAnchor(anchor)) revert UnknownAnchor(anchor.refSlot, anchor.stateRoot);
    }

    /// @dev Sums on the way need not add here: the leaf is the report's word, whatever its parents say.
    function _requireClaimed(ReportAnchor calldata anchor, ClaimedBalance calldata claim) private view {
        _requireAnchor(anchor);
        BalanceTree.requireCommitted(
            anchor.balancesRoot, BalanceTree.leaf(claim.validatorIndex, claim.balanceGwei), claim.path
        );
    }

    function _falseBalance(ReportAnchor calldata anchor, ClaimedBalance calldata claim, uint64 actualGwei) private {
        _record(anchor.refSlot, keccak256(abi.encode(anchor.digest, claim.validatorIndex)));
        emit FalseBalanceProven(anchor.refSlot, claim.validatorIndex, claim.path.sum, actualGwei, msg.sender);
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
