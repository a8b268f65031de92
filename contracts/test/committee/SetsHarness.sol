// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {CommitteeSets} from "../../src/committee/CommitteeSets.sol";
import {G2Point} from "../../src/interfaces/Types.sol";
import {KeyDraft, KeyDrafts} from "../../src/lib/KeyDrafts.sol";
import {KeySets} from "../../src/lib/KeySets.sol";
import {Schedule} from "../../src/lib/Schedule.sol";

/// @notice Lets a test change sets of any keys, without registration.
contract SetsHarness is CommitteeSets {
    using KeyDrafts for KeyDraft;

    constructor(Schedule memory s) CommitteeSets(s) {}

    /// @dev A set of these keys, whatever the one before was.
    function put(bytes32[4][] calldata keys) external {
        KeyDraft memory draft;
        draft.keys = KeyDrafts.allocate(0, keys.length);
        draft.chunks = new uint256[](keys.length);
        KeyDrafts.cut(draft.chunks, 0);
        for (uint256 i = 0; i < keys.length; ++i) {
            draft.add(keys[i]);
        }
        _stage(draft);
    }

    function add(bytes32[4][] calldata keys) external {
        KeyDraft memory draft = _upcoming(keys.length);
        for (uint256 i = 0; i < keys.length; ++i) {
            draft.add(keys[i]);
        }
        _stage(draft);
    }

    function drop(bytes32[4][] calldata keys) external {
        KeyDraft memory draft = _upcoming(0);
        for (uint256 i = 0; i < keys.length; ++i) {
            draft.drop(draft.indexOf(keccak256(KeyDrafts.pack(keys[i]))), keys[i]);
        }
        _stage(draft);
    }

    function expel(bytes32[4] calldata key) external {
        _expel(keccak256(KeyDrafts.pack(key)), key);
    }

    function draftAt(uint64 refSlot) external view returns (KeyDraft memory) {
        return KeySets.draftOf(_setAt(refSlot), 0);
    }

    function refSlotOfChange() external view returns (uint64) {
        return _refSlotOfChange();
    }

    function verifyMember(bytes32, bytes32, G2Point calldata) external pure returns (bool) {
        return false;
    }

    function slash(bytes32, address) external {}
}
