// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {KeyDraft, KeyDrafts} from "../../src/lib/KeyDrafts.sol";
import {Schedule} from "../../src/lib/Schedule.sol";
import {Signer} from "../Signer.sol";
import {TestBase} from "../TestBase.sol";
import {SetsHarness} from "./SetsHarness.sol";

/// @notice Keys in chunks against a list: who answers, in which order, with which sum and digest, and which chunks a change writes.
contract KeyChunksTest is TestBase {
    uint256 private constant LARGEST = 250;
    uint256 private constant CHUNK = 32;
    /// @dev Two neighbours have at least 33 members.
    uint256 private constant MOST_CHUNKS = 15;
    uint256 private constant GENESIS_TIME = 1000;
    uint256 private constant FRAME_SECONDS = 10 * 32 * 12;

    SetsHarness private sets;
    bytes32[4][] private _keys;

    /// @dev Numbers of the members' keys: for the open round, for the next one, and whether a change waits for the next one.
    uint256[] private _open;
    uint256[] private _next;
    uint256 private _unused;

    function setUp() public {
        vm.warp(GENESIS_TIME);
        sets = new SetsHarness(
            Schedule({
                genesisTime: uint64(GENESIS_TIME),
                secondsPerSlot: 12,
                slotsPerEpoch: 32,
                initialEpoch: 10,
                epochsPerFrame: 10,
                finalityMarginSlots: 64,
                closeSlots: 8
            })
        );
        for (uint256 i = 0; i < LARGEST + 50; ++i) {
            _keys.push(Signer.keyOf(7 + i * i));
        }
    }

    function test_everySizeAtTheBordersOfChunks() external {
        uint256[12] memory sizes = [uint256(1), 2, 31, 32, 33, 63, 64, 65, 96, 97, 249, 250];
        for (uint256 k = 0; k < sizes.length; ++k) {
            _form(sizes[k]);
            _check();
            assertEq(_chunksOfNext().length, (sizes[k] + CHUNK - 1) / CHUNK, "full chunks, and one that is not");
            // One more, and one less at each end and at the borders.
            if (sizes[k] < LARGEST) {
                _add(1);
                _check();
            }
            uint256[5] memory places = [uint256(0), 31, 32, 63, sizes[k] - 1];
            for (uint256 i = 0; i < places.length; ++i) {
                if (places[i] < _next.length) {
                    _drop(places[i]);
                    _check();
                }
            }
        }
    }

    function test_aRemovalWritesOneChunkAndTheOthersServeBothSets() external {
        _form(LARGEST);
        _newFrame();
        uint256[] memory before = _chunksOfNext();
        _drop(70);
        _check();
        uint256[] memory afterwards = _chunksOfNext();
        assertEq(afterwards.length, before.length, "chunks");
        for (uint256 i = 0; i < before.length; ++i) {
            assertTrue((before[i] == afterwards[i]) == (i != 2), "the third chunk, and no other");
        }
    }

    function test_anAdditionWritesTheLastChunk() external {
        _form(70);
        _newFrame();
        uint256[] memory before = _chunksOfNext();
        _add(1);
        uint256[] memory afterwards = _chunksOfNext();
        assertTrue(before[0] == afterwards[0] && before[1] == afterwards[1], "these stay");
        assertTrue(before[2] != afterwards[2], "this one is new");
        _check();
    }

    /// @dev As many as nobody can make more of: removals out of every chunk, down to where neighbours are joined.
    function test_chunksThatGetEmptyAreJoinedWithTheirNeighbours() external {
        _form(LARGEST);
        uint256 seed = 1;
        while (_next.length > 0) {
            uint256[] memory before = _chunksOfNext();
            seed = uint256(keccak256(abi.encode(seed)));
            _drop(seed % _next.length);
            uint256[] memory afterwards = _chunksOfNext();
            uint256 written = afterwards.length;
            for (uint256 i = 0; i < before.length; ++i) {
                for (uint256 j = 0; j < afterwards.length; ++j) {
                    if (before[i] == afterwards[j]) --written;
                }
            }
            assertLe(written, 1, "a removal writes one chunk at most");
            _checkShape(afterwards);
        }
        _check();
        _add(3);
        _check();
    }

    function test_anEjectionActsOnBothSetsWhileAChangeIsStaged() external {
        _form(100);
        _newFrame();
        _drop(99);
        _add(5);
        _expel(_open[40]);
        _check();
        // Who is only in one of them.
        _expel(_open[_open.length - 1]);
        _check();
        _expel(_next[_next.length - 1]);
        _check();
    }

    function test_twoEjectionsInOneBlock() external {
        _form(65);
        _newFrame();
        _expel(_open[31]);
        _expel(_open[31]);
        _check();
        assertEq(_open.length, 63, "two less");
        // Who is expelled twice is not there the second time.
        _expel(_unused - 1);
        uint256 gone = _unused - 1;
        bytes32 before = sets.digestAt(sets.refSlotOfChange());
        sets.expel(_keys[gone]);
        assertEq(sets.digestAt(sets.refSlotOfChange()), before, "nothing changes");
        _check();
    }

    /// @dev Admission and removal before the same reference slot: the set between them never answers.
    function test_aSetThatNeverAnswersLeavesNoTrace() external {
        _form(40);
        _newFrame();
        bytes32 before = sets.digestAt(sets.refSlotOfChange());
        _add(30);
        assertTrue(sets.digestAt(sets.refSlotOfChange()) != before, "another set");
        for (uint256 i = 0; i < 30; ++i) {
            _drop(40);
        }
        assertEq(sets.digestAt(sets.refSlotOfChange()), before, "the same members, the same digest");
        _check();
        _newFrame();
        _check();
    }

    /// @dev Any order of changes of any size.
    function testFuzz_anyChangesGiveTheListThatTheyShould(uint256 seed) external {
        _form(1 + seed % (seed % 4 == 0 ? LARGEST : 70));
        for (uint256 step = 0; step < 6; ++step) {
            seed = uint256(keccak256(abi.encode(seed)));
            uint256 kind = seed % 8;
            uint256 size = (seed >> 8) % 4 == 0 ? 40 : 3;
            if (kind < 2) {
                _add(size);
            } else if (kind < 5) {
                _dropMany(seed, size);
            } else if (kind < 7) {
                if (_open.length > 0) _expel(_open[(seed >> 32) % _open.length]);
                if (_next.length > 0) _expel(_next[(seed >> 64) % _next.length]);
            } else {
                _newFrame();
            }
            _check();
        }
    }

    function _form(uint256 n) private {
        vm.warp(block.timestamp + FRAME_SECONDS);
        delete _next;
        bytes32[4][] memory keys = new bytes32[4][](n);
        for (uint256 i = 0; i < n; ++i) {
            keys[i] = _keys[i];
            _next.push(i);
        }
        _unused = n;
        sets.put(keys);
        _newFrame();
    }

    /// @dev The staged set answers for the round that opens.
    function _newFrame() private {
        vm.warp(block.timestamp + FRAME_SECONDS);
        _open = _next;
    }

    /// @dev As many as there is room for.
    function _add(uint256 n) private {
        if (n > LARGEST - _next.length) n = LARGEST - _next.length;
        if (n > _keys.length - _unused) n = _keys.length - _unused;
        bytes32[4][] memory keys = new bytes32[4][](n);
        for (uint256 i = 0; i < n; ++i) {
            keys[i] = _keys[_unused];
            _next.push(_unused++);
        }
        sets.add(keys);
    }

    function _drop(uint256 place) private {
        bytes32[4][] memory keys = new bytes32[4][](1);
        keys[0] = _keys[_next[place]];
        _forget(_next, _next[place]);
        sets.drop(keys);
    }

    function _dropMany(uint256 seed, uint256 n) private {
        if (n > _next.length) n = _next.length;
        bytes32[4][] memory keys = new bytes32[4][](n);
        for (uint256 i = 0; i < n; ++i) {
            seed = uint256(keccak256(abi.encode(seed)));
            uint256 member = _next[seed % _next.length];
            keys[i] = _keys[member];
            _forget(_next, member);
        }
        sets.drop(keys);
    }

    function _expel(uint256 member) private {
        _forget(_open, member);
        _forget(_next, member);
        sets.expel(_keys[member]);
    }

    function _forget(uint256[] storage list, uint256 member) private {
        uint256 place = 0;
        while (place < list.length && list[place] != member) ++place;
        if (place == list.length) return;
        for (; place + 1 < list.length; ++place) {
            list[place] = list[place + 1];
        }
        list.pop();
    }

    function _chunksOfNext() private view returns (uint256[] memory) {
        return sets.draftAt(sets.refSlotOfChange()).chunks;
    }

    function _check() private view {
        uint64 next = sets.refSlotOfChange();
        this.checkSet(next - 320, true);
        this.checkSet(next, false);
    }

    /// @dev A call of its own: what it takes of memory is free again afterwards.
    function checkSet(uint64 refSlot, bool open) external view {
        uint256[] memory members = open ? _open : _next;
        (bytes32 digest, bytes32[] memory ids) = sets.committeeAt(refSlot);
        assertEq(ids.length, members.length, "members");
        bytes[] memory packed = new bytes[](members.length);
        uint256 sum = 0;
        for (uint256 i = 0; i < members.length; ++i) {
            packed[i] = KeyDrafts.pack(_keys[members[i]]);
            assertEq(ids[i], keccak256(packed[i]), "in order");
            sum += 7 + members[i] * members[i];
        }
        bytes memory keys = _joined(packed);
        KeyDraft memory draft = sets.draftAt(refSlot);
        assertEq(keccak256(draft.keys), keccak256(keys), "keys");
        _checkShape(draft.chunks);
        if (members.length == 0) {
            assertTrue(digest == 0, "nobody");
            return;
        }
        assertEq(digest, _digest(members.length, keccak256(keys)), "digest, over all keys");
        assertEq(digest, sets.digestAt(refSlot), "asked for alone");
        assertEq(
            keccak256(abi.encode(sets.keySumAt(refSlot))), keccak256(abi.encode(Signer.keyOf(sum))), "sum of the keys"
        );
    }

    function _checkShape(uint256[] memory chunks) private view {
        assertLe(chunks.length, MOST_CHUNKS, "chunks");
        for (uint256 i = 0; i < chunks.length; ++i) {
            uint256 members = KeyDrafts.membersOf(chunks[i]);
            assertTrue(members > 0 && members <= CHUNK, "of a chunk");
            assertEq(
                KeyDrafts.accountOf(chunks[i]).code.length, 1 + 96 * members, "its code holds them, and nothing else"
            );
            if (i > 0) {
                assertTrue(KeyDrafts.membersOf(chunks[i - 1]) + members > CHUNK, "neighbours that fit into one are one");
            }
        }
    }

    function _joined(bytes[] memory parts) private pure returns (bytes memory whole) {
        whole = new bytes(96 * parts.length);
        for (uint256 i = 0; i < parts.length; ++i) {
            for (uint256 k = 0; k < 96; k += 32) {
                bytes memory part = parts[i];
                assembly ("memory-safe") {
                    mstore(add(add(whole, 0x20), add(mul(i, 96), k)), mload(add(add(part, 0x20), k)))
                }
            }
        }
    }

    /// @dev Written apart from the contract's own.
    function _digest(uint256 count, bytes32 keysHash) private view returns (bytes32) {
        bytes32 typeHash = keccak256(
            "TidemarkCommittee(uint256 chainId,address committee,uint64 genesisTime,uint64 secondsPerSlot,uint64 slotsPerEpoch,uint64 initialEpoch,uint64 epochsPerFrame,uint64 finalityMarginSlots,uint64 closeSlots,uint256 memberCount,bytes32 keysHash)"
        );
        bytes memory schedule = abi.encode(
            uint256(GENESIS_TIME), uint256(12), uint256(32), uint256(10), uint256(10), uint256(64), uint256(8)
        );
        return keccak256(
            bytes.concat(abi.encode(typeHash, block.chainid, address(sets)), schedule, abi.encode(count, keysHash))
        );
    }
}
