// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {LibBit} from "solady/utils/LibBit.sol";
import {IOracleCommittee} from "../interfaces/IOracleCommittee.sol";
import {Certificate} from "../interfaces/Types.sol";
import {BLS12381} from "../lib/BLS12381.sol";
import {KeyDraft, KeyDrafts} from "../lib/KeyDrafts.sol";
import {KeySet, KeySets} from "../lib/KeySets.sol";
import {Schedule, Schedules} from "../lib/Schedule.sol";
import {Scheduled} from "../lib/Scheduled.sol";

/// @title Key sets in force, and certificates
/// @notice Which keys answer for which reference slot, and whether a quorum of them signed.
/// @dev Two sets are kept. `_staged` answers from its `fromRefSlot` on, `_active` before. A change is written to `_staged` for the first
/// reference slot at least `closeSlots` away; when `_staged` answers for an earlier one, it becomes `_active` first. Two sets are enough: a
/// change counts for the reference slot after the next only once submissions of the open frame have closed.
abstract contract CommitteeSets is IOracleCommittee, Scheduled {
    using KeyDrafts for KeyDraft;
    using Schedules for Schedule;

    bytes32 internal constant COMMITTEE_TYPEHASH = keccak256(
        "TidemarkCommittee(uint256 chainId,address committee,uint64 genesisTime,uint64 secondsPerSlot,uint64 slotsPerEpoch,uint64 initialEpoch,uint64 epochsPerFrame,uint64 finalityMarginSlots,uint64 closeSlots,uint256 memberCount,bytes32 keysHash)"
    );

    KeySet private _active;
    KeySet private _staged;

    /// @notice From `fromRefSlot` on, `count` members with this digest answer.
    event CommitteeChanged(uint64 indexed fromRefSlot, bytes32 indexed digest, uint256 count);

    /// @notice Nobody answers for this reference slot.
    error EmptyCommittee(uint64 refSlot);
    /// @notice The certificate is of another committee than the one in force.
    error UnknownCommittee(bytes32 given, bytes32 inForce);
    /// @notice A bitmap is one word: no committee has more than 256 members.
    error WrongBitmapLength(uint256 words, uint256 needed);
    /// @notice A bit stands for nobody.
    error SignerOutOfRange(uint256 members);
    /// @notice Too few members signed.
    error QuorumNotReached(uint256 signers, uint256 quorum);
    /// @notice The signers' keys add up to infinity: such a sum verifies nothing.
    error AggregateKeyAtInfinity();
    /// @notice The signers did not sign this.
    error CertificateInvalid();
    /// @notice The committee cannot grow further.
    error TooManyMembers(uint256 count, uint256 most);

    constructor(Schedule memory s) Scheduled(s) {}

    /// @inheritdoc IOracleCommittee
    function schedule() public view override(IOracleCommittee, Scheduled) returns (Schedule memory) {
        return super.schedule();
    }

    /// @inheritdoc IOracleCommittee
    function digestAt(uint64 refSlot) external view returns (bytes32 digest) {
        KeySet memory set = _setAt(refSlot);
        if (set.count == 0) revert EmptyCommittee(refSlot);
        (digest,) = KeySets.digestAndNegatedSum(set);
    }

    /// @notice Digest and members' identifiers, in member order, for the round of `refSlot`. An empty committee has digest 0.
    function committeeAt(uint64 refSlot) external view returns (bytes32 digest, bytes32[] memory ids) {
        KeySet memory set = _setAt(refSlot);
        ids = new bytes32[](set.count);
        if (set.count == 0) return (0, ids);
        (digest,) = KeySets.digestAndNegatedSum(set);
        bytes memory keys = KeySets.draftOf(set, 0).keys;
        for (uint256 i = 0; i < set.count; ++i) {
            ids[i] = KeyDrafts.idAt(keys, i);
        }
    }

    /// @notice Sum of all keys for the round of `refSlot`, in the encoding of EIP-2537.
    function keySumAt(uint64 refSlot) external view returns (bytes32[4] memory sum) {
        KeySet memory set = _setAt(refSlot);
        if (set.count > 0) sum = KeySets.sumOf(set);
    }

    /// @notice Signatures that a certificate of `n` members needs: two quorums share an honest member when at most a third is faulty.
    function quorum(uint256 n) public pure returns (uint256) {
        return n == 0 ? 0 : (n + (n - 1) / 3) / 2 + 1;
    }

    /// @inheritdoc IOracleCommittee
    function verifyCertificate(uint64 refSlot, bytes32 committee, bytes32 message, Certificate calldata certificate)
        external
        view
    {
        KeySet memory set = _setAt(refSlot);
        if (set.count == 0) revert EmptyCommittee(refSlot);
        (bytes32 digest, bytes32[4] memory negatedKey) = KeySets.digestAndNegatedSum(set);
        if (committee != digest) revert UnknownCommittee(committee, digest);
        uint256 bitmap = _bitmap(set.count, certificate.signers);
        uint256 signers = LibBit.popCount(bitmap);
        if (signers < quorum(set.count)) revert QuorumNotReached(signers, quorum(set.count));
        if (signers < set.count) KeySets.addAbsent(set, negatedKey, bitmap);
        if (BLS12381.isInfinity(negatedKey)) revert AggregateKeyAtInfinity();
        if (!BLS12381.verifyWithNegatedKey(negatedKey, message, certificate.signature)) revert CertificateInvalid();
    }

    /// @dev The set that answers for `refSlot`.
    function _setAt(uint64 refSlot) internal view returns (KeySet memory set) {
        set = _staged;
        if (set.head == address(0) || set.fromRefSlot > refSlot) set = _active;
    }

    /// @dev First reference slot that a change made now can concern. The payload that holds the change may enter a beacon state slots later:
    /// a round's committee must stand in the state that its members read. It does unless each of the last `closeSlots` slots is missed.
    function _refSlotOfChange() internal view returns (uint64) {
        Schedule memory s = schedule();
        return uint64(s.refSlotOfChange(s.slotAt(block.timestamp)));
    }

    /// @dev The newest set, with room for `extra` more keys: what a change starts from.
    function _upcoming(uint256 extra) internal view returns (KeyDraft memory) {
        return KeySets.draftOf(_setAt(type(uint64).max), extra);
    }

    /// @dev Lets the keys of `draft` answer from the first reference slot on that a change made now can concern.
    function _stage(KeyDraft memory draft) internal {
        uint64 from = _refSlotOfChange();
        if (_staged.head != address(0) && _staged.fromRefSlot < from) _active = _staged;
        _staged = _write(draft, from);
    }

    /// @dev Takes a key out of the set in force and of the staged one, at once.
    function _expel(bytes32 id, bytes32[4] memory key) internal {
        if (_staged.fromRefSlot >= _refSlotOfChange()) _active = _expelFrom(_active, id, key);
        _staged = _expelFrom(_staged, id, key);
    }

    function _expelFrom(KeySet memory set, bytes32 id, bytes32[4] memory key) private returns (KeySet memory) {
        if (set.count == 0) return set;
        KeyDraft memory draft = KeySets.draftOf(set, 0);
        uint256 index = draft.indexOf(id);
        if (index == set.count) return set;
        draft.drop(index, key);
        return _write(draft, set.fromRefSlot);
    }

    function _write(KeyDraft memory draft, uint64 from) private returns (KeySet memory set) {
        uint256 count = draft.count();
        if (count > KeySets.MAX_MEMBERS) revert TooManyMembers(count, KeySets.MAX_MEMBERS);
        draft.join();
        bytes32 digest = _digest(count, keccak256(draft.keys));
        set = KeySets.write(draft, digest, from);
        emit CommitteeChanged(from, digest, count);
    }

    /// @dev Digest of the whole configuration.
    function _digest(uint256 count, bytes32 keysHash) private view returns (bytes32) {
        return keccak256(abi.encode(COMMITTEE_TYPEHASH, block.chainid, address(this), schedule(), count, keysHash));
    }

    function _bitmap(uint256 count, uint256[] calldata words) private pure returns (uint256 bitmap) {
        if (words.length != 1) revert WrongBitmapLength(words.length, 1);
        bitmap = words[0];
        if (bitmap >> count != 0) revert SignerOutOfRange(count);
    }
}
