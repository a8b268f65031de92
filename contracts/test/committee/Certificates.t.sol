// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Certificate} from "../../src/interfaces/Types.sol";
import {CommitteeSets} from "../../src/committee/CommitteeSets.sol";
import {BLS12381} from "../../src/lib/BLS12381.sol";
import {KeyDrafts} from "../../src/lib/KeyDrafts.sol";
import {Schedule} from "../../src/lib/Schedule.sol";
import {Signer} from "../Signer.sol";
import {TestBase} from "../TestBase.sol";
import {SetsHarness} from "./SetsHarness.sol";

/// @notice Certificates of committees of every size, on keys that are written directly.
contract CertificatesTest is TestBase {
    bytes32 private constant MESSAGE = "vote";
    uint64 private constant REF_SLOT = 319;

    SetsHarness private sets;

    function setUp() public {
        vm.warp(1000);
        sets = new SetsHarness(
            Schedule({
                genesisTime: 1000,
                secondsPerSlot: 12,
                slotsPerEpoch: 32,
                initialEpoch: 10,
                epochsPerFrame: 10,
                finalityMarginSlots: 64,
                closeSlots: 8
            })
        );
    }

    function secretOf(uint256 i) private pure returns (uint256) {
        return 5 + i * i;
    }

    /// @dev Lets `n` members answer.
    function form(uint256 n) private returns (bytes32 digest) {
        bytes32[4][] memory keys = new bytes32[4][](n);
        bytes memory packed;
        for (uint256 i = 0; i < n; ++i) {
            keys[i] = Signer.keyOf(secretOf(i));
            packed = bytes.concat(packed, KeyDrafts.pack(keys[i]));
        }
        sets.put(keys);
        assertEq(keccak256(sets.draftAt(REF_SLOT).keys), keccak256(packed), "the keys are read as they were written");
        return sets.digestAt(REF_SLOT);
    }

    /// @dev A certificate by the members whose bit is set in `words`.
    function certify(uint256 n, uint256[] memory words) private view returns (Certificate memory c) {
        uint256 sum = 0;
        for (uint256 i = 0; i < n; ++i) {
            if (words[i / 256] >> (i % 256) & 1 == 1) sum += secretOf(i);
        }
        c.signers = words;
        if (sum > 0) c.signature = Signer.sign(sum, MESSAGE);
    }

    function ones(uint256 n) private pure returns (uint256[] memory words) {
        words = new uint256[]((n + 255) / 256);
        for (uint256 i = 0; i < n; ++i) {
            words[i / 256] |= 1 << (i % 256);
        }
    }

    function popcount(uint256 x) private pure returns (uint256 count) {
        for (; x != 0; x &= x - 1) {
            ++count;
        }
    }

    function test_everyBitmapOfSmallCommitteesIsTakenFromTheQuorumOnAndNotBelow() external {
        for (uint256 n = 1; n <= 7; ++n) {
            vm.warp(1000 + n); // the same ref slot: each set takes the place of the one before
            bytes32 digest = form(n);
            for (uint256 bitmap = 0; bitmap < 1 << n; ++bitmap) {
                uint256[] memory words = new uint256[](1);
                words[0] = bitmap;
                Certificate memory c = certify(n, words);
                (bool ok, bytes memory reason) =
                    address(sets).staticcall(abi.encodeCall(sets.verifyCertificate, (REF_SLOT, digest, MESSAGE, c)));
                assertTrue(ok == (popcount(bitmap) >= sets.quorum(n)), "taken from the quorum on");
                if (!ok) assertTrue(bytes4(reason) == CommitteeSets.QuorumNotReached.selector, "for this reason");
            }
        }
    }

    function test_largeCommitteesUpToTheLargest() external {
        uint256[9] memory sizes = [uint256(31), 32, 33, 63, 64, 65, 128, 249, 250];
        for (uint256 k = 0; k < sizes.length; ++k) {
            uint256 n = sizes[k];
            bytes32 digest = form(n);
            uint256[] memory words = ones(n);
            sets.verifyCertificate(REF_SLOT, digest, MESSAGE, certify(n, words));
            // The members around each edge are absent.
            uint256[9] memory absent = [uint256(0), 1, 31, 32, 63, 64, 127, 128, 249];
            for (uint256 i = 0; i < absent.length; ++i) {
                if (absent[i] < n) words[absent[i] / 256] &= ~(1 << (absent[i] % 256));
            }
            words[(n - 1) / 256] &= ~(1 << ((n - 1) % 256));
            sets.verifyCertificate(REF_SLOT, digest, MESSAGE, certify(n, words));
            words[0] |= 1 << n;
            Certificate memory c = certify(n, words);
            vm.expectRevert(abi.encodeWithSelector(CommitteeSets.SignerOutOfRange.selector, n));
            sets.verifyCertificate(REF_SLOT, digest, MESSAGE, c);
        }
    }

    function test_aBitmapIsOneWord() external {
        bytes32 digest = form(4);
        Certificate memory c = certify(4, ones(4));
        c.signers = new uint256[](0);
        vm.expectRevert(abi.encodeWithSelector(CommitteeSets.WrongBitmapLength.selector, 0, 1));
        sets.verifyCertificate(REF_SLOT, digest, MESSAGE, c);
        c.signers = new uint256[](2);
        c.signers[0] = 15;
        vm.expectRevert(abi.encodeWithSelector(CommitteeSets.WrongBitmapLength.selector, 2, 1));
        sets.verifyCertificate(REF_SLOT, digest, MESSAGE, c);
    }

    /// @dev Keys that cancel out would let anybody sign for them.
    function test_signersWhoseKeysCancelOutCertifyNothing() external {
        uint256 order = 0x73eda753299d7d483339d80809a1d80553bda402fffe5bfeffffffff00000001;
        uint256[4] memory secrets = [uint256(1), 2, order - 3, 9];
        bytes32[4][] memory keys = new bytes32[4][](4);
        for (uint256 i = 0; i < 4; ++i) {
            keys[i] = Signer.keyOf(secrets[i]);
        }
        sets.put(keys);
        bytes32 digest = sets.digestAt(REF_SLOT);
        Certificate memory c;
        c.signers = new uint256[](1);
        c.signers[0] = 7;
        c.signature = Signer.sign(1, MESSAGE);
        vm.expectRevert(CommitteeSets.AggregateKeyAtInfinity.selector);
        sets.verifyCertificate(REF_SLOT, digest, MESSAGE, c);
        c.signers[0] = 15;
        c.signature = Signer.sign(9, MESSAGE);
        sets.verifyCertificate(REF_SLOT, digest, MESSAGE, c);
    }

    function test_moreThan250MembersAreRefused() external {
        bytes32[4][] memory keys = new bytes32[4][](251);
        for (uint256 i = 0; i < 251; ++i) {
            keys[i] = Signer.keyOf(secretOf(i));
        }
        vm.expectRevert(abi.encodeWithSelector(CommitteeSets.TooManyMembers.selector, 251, 250));
        sets.put(keys);
    }

    function test_anEmptyCommitteeCertifiesNothing() external {
        sets.put(new bytes32[4][](0));
        (bytes32 digest, bytes32[] memory ids) = sets.committeeAt(REF_SLOT);
        assertTrue(digest == 0 && ids.length == 0, "nobody");
        vm.expectRevert(abi.encodeWithSelector(CommitteeSets.EmptyCommittee.selector, REF_SLOT));
        sets.digestAt(REF_SLOT);
        Certificate memory c;
        vm.expectRevert(abi.encodeWithSelector(CommitteeSets.EmptyCommittee.selector, REF_SLOT));
        sets.verifyCertificate(REF_SLOT, 0, MESSAGE, c);
    }

    function test_twoQuorumsShareMoreMembersThanMayBeFaulty() external view {
        for (uint256 n = 1; n <= 250; ++n) {
            uint256 f = (n - 1) / 3;
            assertTrue(2 * sets.quorum(n) > n + f, "two quorums share an honest member");
            assertLe(sets.quorum(n), n - f, "the honest members are a quorum");
            assertLe(2 * (sets.quorum(n) - 1), n + f, "one less would not do");
        }
        assertEq(sets.quorum(0), 0, "nobody");
    }

    /// @dev The point was computed by gnark-crypto: bls12381.HashToG2("vote" padded to 32 bytes, our tag).
    function test_aMessageHashesToThePointOfAnotherImplementation() external view {
        bytes32[8] memory point = BLS12381.hashToG2(MESSAGE);
        assertEq(keccak256(abi.encodePacked(point)), GNARK_POINT_HASH, "hash to curve");
    }

    bytes32 private constant GNARK_POINT_HASH = 0x23ecd5f1c19021fb36f60977234f0b3182e94127ee0aade292401027bfe35073;

    function testFuzz_negationAndAdditionCancel(uint256 secret) external view {
        secret = bound(secret, 1, 1e70);
        bytes32[4] memory key = Signer.keyOf(secret);
        bytes32[4] memory negative = BLS12381.negate(key);
        assertTrue(BLS12381.isInfinity(BLS12381.add(key, negative)), "k - k");
        assertEq(keccak256(abi.encode(BLS12381.negate(negative))), keccak256(abi.encode(key)), "twice");
        bytes32[4] memory infinity;
        assertTrue(BLS12381.isInfinity(BLS12381.negate(infinity)), "infinity");
        assertEq(keccak256(abi.encode(BLS12381.add(key, infinity))), keccak256(abi.encode(key)), "plus nothing");
    }
}
