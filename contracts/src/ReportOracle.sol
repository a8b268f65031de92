// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IAccessControl} from "@openzeppelin/contracts/access/IAccessControl.sol";
import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {IOracleCommittee} from "./interfaces/IOracleCommittee.sol";
import {IReportAnchors, ReportAnchor} from "./interfaces/IReportAnchors.sol";
import {IStakingPool} from "./interfaces/IStakingPool.sol";
import {IStateProofs} from "./interfaces/IStateProofs.sol";
import {BeaconHeader, BlockProof, Certificate, Judged, LastReport, Report, Vote} from "./interfaces/Types.sol";
import {IWithdrawalQueue} from "./interfaces/IWithdrawalQueue.sol";
import {BlockProofs} from "./lib/BlockProofs.sol";
import {Digests} from "./lib/Digests.sol";
import {Sanity, SanityInput} from "./lib/Sanity.sol";
import {Schedule, Schedules} from "./lib/Schedule.sol";
import {Scheduled} from "./lib/Scheduled.sol";
import {TimedPause} from "./lib/TimedPause.sol";
import {SanityChecker} from "./SanityChecker.sol";

/// @title Report oracle
/// @notice Takes certified reports from anyone, checks frame, block, certificate and bounds, and applies them to the pool. A
/// report beyond the soft bounds is quarantined: guardians judge it, or the next frame's report replaces it.
contract ReportOracle is IReportAnchors, TimedPause, EIP712, Scheduled {
    using Schedules for Schedule;

    /// @notice Who may do what, and the rest of the set.
    struct Config {
        address admin;
        address guardian;
        address pauser;
        address resumer;
        /// @dev Contract that pauses on proof of a false commitment.
        address challenge;
        IStakingPool pool;
        IWithdrawalQueue queue;
        IOracleCommittee committee;
        SanityChecker sanity;
        /// @dev Knows the layouts of beacon states.
        IStateProofs stateProofs;
        address withdrawalVault;
        address elRewardsVault;
        /// @dev How long guardians may judge a quarantined report, in seconds: at most, since a newer frame ends it too.
        uint64 quarantineSeconds;
        /// @dev Longest pause of reports, in seconds.
        uint64 maxPauseSeconds;
    }

    /// @notice Judgement of the held report.
    enum Judgement {
        None,
        Pending,
        Accepted,
        Rejected
    }

    /// @notice The one report that is held.
    struct Quarantine {
        bytes32 digest;
        bytes32 stateRoot;
        uint64 refSlot;
        /// @dev Slot of the reference block.
        uint64 headerSlot;
        /// @dev Guardians may judge until then, in seconds.
        uint64 until;
        Judgement judgement;
        uint8 code;
    }

    /// @notice May accept or reject a quarantined report.
    bytes32 public constant GUARDIAN_ROLE = keccak256("GUARDIAN_ROLE");
    /// @notice Most first ether of unproven keys, in gwei: 128 keys may wait for their proof.
    uint64 public constant MAX_UNPROVEN_GWEI = 128e9;
    /// @notice Role that the pool gives to its oracle.
    bytes32 public constant ORACLE_ROLE = keccak256("ORACLE_ROLE");
    /// @notice The only report format.
    uint16 public constant REPORT_VERSION = 2;
    /// @notice Accepted reports that are remembered for proofs.
    uint256 public constant ANCHORS = 64;

    IStakingPool public immutable pool;
    IWithdrawalQueue public immutable queue;
    IOracleCommittee public immutable committee;
    SanityChecker public immutable sanity;
    /// @notice Knows the layouts of beacon states.
    IStateProofs public immutable stateProofs;
    address public immutable withdrawalVault;
    address public immutable elRewardsVault;
    uint64 public immutable quarantineSeconds;
    /// @notice May say that an accepted report was proven false.
    address public immutable challenge;

    Quarantine private _quarantine;
    bytes32[ANCHORS] private _anchors;

    /// @notice The report was applied.
    event ReportAccepted(
        uint64 indexed refSlot,
        bytes32 indexed digest,
        bytes32 committee,
        uint64 headerSlot,
        bytes32 stateRoot,
        bytes32 balancesRoot
    );
    /// @notice The report is held: `value` passes `bound` by rule `code`. The token is unchanged.
    event ReportQuarantined(
        uint64 indexed refSlot,
        bytes32 indexed digest,
        uint8 code,
        uint256 value,
        uint256 bound,
        uint256 until,
        uint64 headerSlot,
        bytes32 stateRoot
    );
    /// @notice A guardian accepted or rejected the held report.
    event QuarantineJudged(uint64 indexed refSlot, bytes32 indexed digest, bool accepted, address guardian);
    /// @notice A member signed two things for one round.
    event EquivocationProven(
        bytes32 indexed member, bytes32 indexed committee, uint64 indexed refSlot, bytes32 digestA, bytes32 digestB
    );

    /// @notice The report's format is not ours.
    error WrongVersion(uint16 given);
    /// @notice A newer frame has opened.
    error StaleFrame(uint64 refSlot, uint256 currentRefSlot);
    /// @notice The reference slot is not the one of the newest frame: it is to come, or no reference slot at all.
    error FutureFrame(uint64 refSlot, uint256 currentRefSlot);
    /// @notice The reference slot cannot be final yet.
    error TooEarly(uint256 slot, uint256 earliestSlot);
    /// @notice The frame has its report.
    error AlreadyReported(uint64 refSlot);
    /// @notice Submissions of the frame closed before `slot`: the next reference slot is near.
    error SubmissionsClosed(uint256 slot, uint256 closeSlot);
    /// @notice The report was computed before the pool's last report, or before requests were finalized without one.
    error ComputedOnAnotherReport(uint64 given, uint64 inForce);
    /// @notice This very report is or was in quarantine.
    error AlreadyQuarantined(bytes32 digest);
    /// @notice No such report is waiting to be judged.
    error NotInQuarantine(bytes32 digest);
    /// @notice The time to judge the report is over.
    error QuarantineLapsed(uint256 until);
    /// @notice The report contradicts the contracts or passes a ceiling: nobody can accept it.
    error BeyondCeiling(uint8 code, uint256 value, uint256 bound);
    /// @notice A field has a value that no rule gives it yet.
    error FieldNotInUse();
    /// @notice First ether of unproven keys is a part of the sums, and there are at most 128 such keys.
    error UnprovenAboveSums(uint64 unprovenGwei, uint256 mostGwei);
    /// @notice Old requests could be finalized without a report while one is still being judged.
    error StaleBeforeJudged(uint256 staleAfterSeconds, uint256 least);
    /// @notice The pool has another clock than the committee.
    error OtherSchedule();
    /// @notice The caller is not the challenge.
    error OnlyChallenge(address caller);
    /// @notice The votes are not of one round.
    error DifferentRounds();
    /// @notice The votes say the same.
    error SameDigest();
    /// @notice The first (0) or second (1) vote's signature is not the member's.
    error VoteNotSigned(uint256 vote);

    /// @param c The rest of the set; roles go to the addresses named there.
    constructor(Config memory c)
        EIP712("Tidemark", "1")
        Scheduled(c.committee.schedule())
        TimedPause(c.maxPauseSeconds)
    {
        _grantRole(DEFAULT_ADMIN_ROLE, c.admin);
        _grantRole(GUARDIAN_ROLE, c.guardian);
        _grantRole(PAUSER_ROLE, c.pauser);
        _grantRole(RESUMER_ROLE, c.resumer);
        pool = c.pool;
        queue = c.queue;
        committee = c.committee;
        sanity = c.sanity;
        stateProofs = c.stateProofs;
        withdrawalVault = c.withdrawalVault;
        elRewardsVault = c.elRewardsVault;
        quarantineSeconds = c.quarantineSeconds;
        challenge = c.challenge;
        if (keccak256(abi.encode(c.pool.schedule())) != keccak256(abi.encode(schedule()))) revert OtherSchedule();
        uint256 frameSeconds = uint256(_epochsPerFrame) * _slotsPerEpoch * _secondsPerSlot;
        uint256 least = c.quarantineSeconds + 2 * frameSeconds;
        uint256 staleAfter = c.pool.staleAfterSeconds();
        if (staleAfter <= least) revert StaleBeforeJudged(staleAfter, least);
        // Filled now, so that no report creates a slot.
        for (uint256 i = 0; i < ANCHORS; ++i) {
            _anchors[i] = bytes32(uint256(1));
        }
    }

    /// @notice The report of `refSlot`, accepted here, was proven false: reports pause and, when it is the pool's last one, its rate is
    /// marked. Only the challenge.
    function markFalse(uint64 refSlot) external {
        if (msg.sender != challenge) revert OnlyChallenge(msg.sender);
        if (!paused()) _pauseNow();
        if (_isPoolsOracle()) pool.noteFalse(refSlot);
    }

    /// @notice Submits a certified report of the newest frame. Anyone may call.
    /// @return accepted False when the report went to quarantine.
    function submit(Report calldata report, Certificate calldata certificate, BlockProof calldata proof)
        external
        whenNotPaused
        returns (bool accepted)
    {
        (LastReport memory last, SanityInput memory input) = _base(report);
        _checkFrame(report, last);
        bytes32 digest_ = digest(report);
        if (digest_ == _quarantine.digest) revert AlreadyQuarantined(digest_);
        BlockProofs.requireBlock(proof, report.refSlot, report.refBlockRoot, _timeOf(proof.childSlot), stateProofs);
        committee.verifyCertificate(
            report.refSlot, report.committee, voteMessage(report.committee, report.refSlot, digest_), certificate
        );

        (uint8 code, uint256 value, uint256 bound, Judged memory judged) = sanity.check(last, report, input);
        if (code != 0) {
            _hold(report, digest_, proof.header, code, value, bound);
            return false;
        }
        _apply(report, digest_, proof.header.slot, proof.header.stateRoot, judged);
        return true;
    }

    /// @notice Applies the held report although it passes a soft bound; ceilings still hold. Only guardians, and only until the frame's
    /// submissions close.
    function acceptQuarantined(Report calldata report) external onlyRole(GUARDIAN_ROLE) whenNotPaused {
        bytes32 digest_ = digest(report);
        Quarantine storage q = _judge(digest_, Judgement.Accepted);
        (LastReport memory last, SanityInput memory input) = _base(report);
        _checkFrame(report, last);
        input.byGuardian = true;
        (uint8 code, uint256 value, uint256 bound, Judged memory judged) = sanity.check(last, report, input);
        if (code != 0) revert BeyondCeiling(code, value, bound);
        _apply(report, digest_, q.headerSlot, q.stateRoot, judged);
    }

    /// @notice Drops the held report. Only guardians.
    function rejectQuarantined(bytes32 digest_) external onlyRole(GUARDIAN_ROLE) {
        _judge(digest_, Judgement.Rejected);
    }

    /// @notice Proves that `member` signed two votes for one round: its bond is slashed and it is ejected. Anyone may call; the
    /// caller gets the reporter's part.
    function slashEquivocation(bytes32 member, Vote calldata voteA, Vote calldata voteB) external {
        if (voteA.committee != voteB.committee || voteA.refSlot != voteB.refSlot) revert DifferentRounds();
        if (voteA.digest == voteB.digest) revert SameDigest();
        if (!_signedBy(member, voteA)) revert VoteNotSigned(0);
        if (!_signedBy(member, voteB)) revert VoteNotSigned(1);
        emit EquivocationProven(member, voteA.committee, voteA.refSlot, voteA.digest, voteB.digest);
        committee.slash(member, msg.sender);
    }

    /// @notice EIP-712 digest that identifies `report` on this chain and for this oracle.
    function digest(Report calldata report) public view returns (bytes32) {
        return _hashTypedDataV4(Digests.reportHash(report));
    }

    /// @notice The 32 bytes that members sign with BLS to vote for the report of `digest_` in a round.
    function voteMessage(bytes32 committee_, uint64 refSlot, bytes32 digest_) public view returns (bytes32) {
        return _hashTypedDataV4(Digests.voteHash(committee_, refSlot, digest_));
    }

    /// @notice The report that is or was held last.
    function quarantine() external view returns (Quarantine memory) {
        return _quarantine;
    }

    /// @inheritdoc IReportAnchors
    function isAnchor(ReportAnchor calldata anchor) external view returns (bool) {
        return _anchors[_ring(anchor.refSlot)] == keccak256(abi.encode(anchor));
    }

    function _checkFrame(Report calldata report, LastReport memory last) private view {
        if (report.version != REPORT_VERSION) revert WrongVersion(report.version);
        Schedule memory s = schedule();
        uint256 slot = s.slotAt(block.timestamp);
        uint256 current = s.currentRefSlot(slot);
        if (report.refSlot < current) revert StaleFrame(report.refSlot, current);
        if (report.refSlot > current) revert FutureFrame(report.refSlot, current);
        if (slot < current + s.finalityMarginSlots) revert TooEarly(slot, current + s.finalityMarginSlots);
        if (current <= last.refSlot) revert AlreadyReported(last.refSlot);
        uint256 closeSlot = s.closeSlotOf(current);
        if (slot >= closeSlot) revert SubmissionsClosed(slot, closeSlot);
        uint64 lastRefSlot = uint64(last.silentCalls) << 40 | last.refSlot;
        if (report.lastRefSlot != lastRefSlot) revert ComputedOnAnotherReport(report.lastRefSlot, lastRefSlot);
        uint256 mostGwei = Math.min(MAX_UNPROVEN_GWEI, uint256(report.clValidatorsGwei) + report.clPendingGwei);
        if (report.unprovenGwei > mostGwei) revert UnprovenAboveSums(report.unprovenGwei, mostGwei);
        if (report.exitGwei | report.exitsAskedGwei != 0 || report.pendingRoot != 0) {
            revert FieldNotInUse();
        }
    }

    /// @dev What the report is judged on.
    function _base(Report calldata report) private view returns (LastReport memory last, SanityInput memory input) {
        (last, input.depositedWei, input.bucketGwei, input.lastFalse) = pool.reportBase(report.refSlot);
        input.secondsPerSlot = _secondsPerSlot;
        input.slotsPerEpoch = _slotsPerEpoch;
        input.refTimestamp = _timeOf(report.refSlot);
        input.withdrawalVaultWei = withdrawalVault.balance;
        input.elRewardsVaultWei = elRewardsVault.balance;
        if (report.finalizeUpTo > 0) {
            (input.lastRequestId, input.lastFinalizedId) = queue.bounds();
            input.finalizeCreatedAt = queue.createdAt(report.finalizeUpTo);
        }
    }

    function _apply(Report calldata report, bytes32 digest_, uint64 headerSlot, bytes32 stateRoot, Judged memory judged)
        private
    {
        _anchors[_ring(report.refSlot)] =
            keccak256(abi.encode(ReportAnchor(report.refSlot, headerSlot, stateRoot, report.balancesRoot, digest_)));
        emit ReportAccepted(report.refSlot, digest_, report.committee, headerSlot, stateRoot, report.balancesRoot);
        pool.applyReport(report, judged);
    }

    function _hold(
        Report calldata report,
        bytes32 digest_,
        BeaconHeader calldata header,
        uint8 code,
        uint256 value,
        uint256 bound
    ) private {
        uint64 until = uint64(block.timestamp) + quarantineSeconds;
        _quarantine = Quarantine(digest_, header.stateRoot, report.refSlot, header.slot, until, Judgement.Pending, code);
        emit ReportQuarantined(report.refSlot, digest_, code, value, bound, until, header.slot, header.stateRoot);
        // What contradicts the contracts is no rate that anybody could ever be paid at.
        if (code > Sanity.LAST_STRUCTURAL) pool.noteHeld(report, uint40(until));
    }

    function _isPoolsOracle() private view returns (bool) {
        return IAccessControl(address(pool)).hasRole(ORACLE_ROLE, address(this));
    }

    function _pauseEnds(uint256 until) internal override {
        if (_isPoolsOracle()) pool.notePaused(uint40(until));
    }

    function _judge(bytes32 digest_, Judgement judgement) private returns (Quarantine storage q) {
        q = _quarantine;
        if (q.judgement != Judgement.Pending || q.digest != digest_) revert NotInQuarantine(digest_);
        if (block.timestamp > q.until) revert QuarantineLapsed(q.until);
        q.judgement = judgement;
        emit QuarantineJudged(q.refSlot, digest_, judgement == Judgement.Accepted, msg.sender);
    }

    function _signedBy(bytes32 member, Vote calldata vote) private view returns (bool) {
        return committee.verifyMember(member, voteMessage(vote.committee, vote.refSlot, vote.digest), vote.signature);
    }

    /// @dev Frames follow each other, so a ring of frames remembers the newest ones.
    function _ring(uint64 refSlot) private view returns (uint256) {
        return refSlot / (uint256(_epochsPerFrame) * _slotsPerEpoch) % ANCHORS;
    }
}
