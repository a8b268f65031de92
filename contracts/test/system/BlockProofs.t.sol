// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ReportAnchor} from "../../src/interfaces/IReportAnchors.sol";
import {BeaconHeader, BlockProof, Certificate, Report} from "../../src/interfaces/Types.sol";
import {BeaconBlocks} from "../../src/lib/BeaconBlocks.sol";
import {BlockProofs} from "../../src/lib/BlockProofs.sol";
import {SSZ} from "../../src/lib/SSZ.sol";
import {StateLayout} from "../../src/lib/StateLayouts.sol";
import {ReportOracle} from "../../src/ReportOracle.sol";
import {StateProofs} from "../../src/StateProofs.sol";
import {ProgressiveTree} from "../registry/ProgressiveTree.sol";
import {StateTree, TestValidator} from "../registry/StateTree.sol";
import {Committee} from "./Committee.sol";

/// @notice How the reference block is proven when payloads above it are withheld: EIP-4788 never learns its root.
contract BlockProofsTest is Committee {
    uint64 private constant GLOAS_SLOT = GLOAS_EPOCH * SLOTS_PER_EPOCH;

    uint64 private refSlot;

    function setUp() public {
        deployAll();
        formCommittee();
        refSlot = nextRefSlot();
    }

    // ------------------------------------------------------------------------------------------- headers that link up

    function testFuzz_UpToFourWithheldPayloadsAreBridgedByHeaders(uint256 seed, uint64 withheld) external {
        withheld = uint64(bound(withheld, 0, 4));
        BlockProof memory p = _withheld(seed, withheld);
        assertEq(p.above.length, withheld, "a header for each");
        Report memory r = quietReport(refSlot, p);
        assertTrue(submit(r, p), "accepted");
        assertTrue(oracle.isAnchor(_anchor(r, p)), "anchor with the slot of the reference block");
        _refused(r, p, abi.encodeWithSelector(ReportOracle.AlreadyReported.selector, refSlot));
    }

    function test_FiveWithheldPayloadsAreTooManyForHeaders() external {
        BlockProof memory p = _withheld(5, 5);
        _refused(quietReport(refSlot, p), p, abi.encodeWithSelector(BlockProofs.WrongLinkCount.selector, 5));
    }

    function testFuzz_EachTamperedFieldOfEachHeaderIsRefused(uint256 seed, uint256 link, uint256 field, uint64 flip)
        external
    {
        BlockProof memory p = _withheld(seed, 4);
        Report memory r = quietReport(refSlot, p);
        Certificate memory c = certify(r, 7);
        link = bound(link, 0, 3);
        field = bound(field, 0, 4);
        flip = uint64(bound(flip, 1, type(uint64).max));
        BeaconHeader memory h = p.above[link];
        // A slot that is still in its place, so that only the hash gives it away.
        if (field == 0 && link < 3) vm.assume(p.above[link + 1].slot > h.slot + 1);
        if (field == 0) ++h.slot;
        if (field == 1) h.proposerIndex ^= flip;
        if (field == 2) h.parentRoot ^= bytes32(uint256(flip));
        if (field == 3) h.stateRoot ^= bytes32(uint256(flip));
        if (field == 4) h.bodyRoot ^= bytes32(uint256(flip));
        bytes memory reason;
        if (field == 2) {
            bytes32 below = headerRoot(link == 0 ? p.header : p.above[link - 1]);
            reason = abi.encodeWithSelector(BlockProofs.WrongLink.selector, link, h.parentRoot, below);
        } else if (link < 3) {
            bytes32 parentRoot = p.above[link + 1].parentRoot;
            reason = abi.encodeWithSelector(BlockProofs.WrongLink.selector, link + 1, parentRoot, headerRoot(h));
        } else if (p.childSlot <= h.slot) {
            reason = abi.encodeWithSelector(BlockProofs.WrongSlotOrder.selector, p.header.slot, h.slot, p.childSlot);
        } else {
            reason = abi.encodeWithSelector(
                BlockProofs.WrongChildSlot.selector, p.childSlot, _newestRoot(seed), headerRoot(h)
            );
        }
        _refusedCertified(r, c, p, reason);
    }

    /// @dev A report of an older block, signed by all: the values of yesterday for today. Its chain is true, but not all of it lies above.
    function test_AnOlderBlockIsNotTheLastOneBeforeTheReferenceSlot() external {
        BlockProof memory p = _withheld(1, 1);
        BlockProof memory older;
        older.childSlot = p.childSlot;
        older.header = header(p.header.slot - 1, "before");
        p.header.parentRoot = headerRoot(older.header);
        // The same chain again, on the new reference block.
        p.above[0].parentRoot = headerRoot(p.header);
        deliver(p.childSlot, headerRoot(p.above[0]));
        toSlot(refSlot + FINALITY_MARGIN_SLOTS + 1);
        older.above = new BeaconHeader[](2);
        (older.above[0], older.above[1]) = (p.header, p.above[0]);
        Report memory r = quietReport(refSlot, older);
        _refused(r, older, abi.encodeWithSelector(BlockProofs.LinkOutOfOrder.selector, 0, p.header.slot, refSlot));
        assertTrue(submit(quietReport(refSlot, p), p), "the last one is");
    }

    function test_HeadersAreOfLaterAndLaterSlots() external {
        BlockProof memory p = _withheld(2, 2);
        p.above[1].slot = p.above[0].slot;
        deliver(p.childSlot, headerRoot(p.above[1]));
        toSlot(refSlot + FINALITY_MARGIN_SLOTS + 1);
        Report memory r = quietReport(refSlot, p);
        _refused(r, p, abi.encodeWithSelector(BlockProofs.LinkOutOfOrder.selector, 1, p.above[1].slot, p.above[0].slot));
        // Nor is the newest header of the slot that its child has.
        p = _withheld(3, 1);
        p.childSlot = p.above[0].slot;
        r = quietReport(refSlot, p);
        _refused(
            r, p, abi.encodeWithSelector(BlockProofs.WrongSlotOrder.selector, p.header.slot, p.childSlot, p.childSlot)
        );
    }

    /// @dev Whoever leaves a link out names a child that is not the next block's.
    function test_ALinkCannotBeLeftOut() external {
        BlockProof memory p = _withheld(4, 2);
        Report memory r = quietReport(refSlot, p);
        bytes32 newest = headerRoot(p.above[1]);
        BeaconHeader[] memory all = p.above;
        p.above = new BeaconHeader[](0);
        _refused(r, p, abi.encodeWithSelector(BlockProofs.WrongChildSlot.selector, p.childSlot, newest, r.refBlockRoot));
        p.above = new BeaconHeader[](1);
        p.above[0] = all[1];
        _refused(r, p, abi.encodeWithSelector(BlockProofs.WrongLink.selector, 0, all[1].parentRoot, r.refBlockRoot));
        p.above[0] = all[0];
        _refused(
            r, p, abi.encodeWithSelector(BlockProofs.WrongChildSlot.selector, p.childSlot, newest, headerRoot(all[0]))
        );
    }

    function test_TheSlotOfAWithheldPayloadProvesNothing() external {
        BlockProof memory p = _withheld(6, 1);
        Report memory r = quietReport(refSlot, p);
        p.childSlot = p.above[0].slot; // the reference block's own child
        p.above = new BeaconHeader[](0);
        uint256 time = GENESIS_TIME + uint256(p.childSlot) * SECONDS_PER_SLOT;
        _refused(r, p, abi.encodeWithSelector(BeaconBlocks.BeaconRootUnknown.selector, time));
    }

    // ------------------------------------------------------------------------------------------- what a later state remembers

    function test_AStateOfFuluRemembersTheReferenceBlock() external {
        _acceptedByMemory(refSlot, refSlot + 40, false);
    }

    /// @dev The state is Gloas', the reference block is not: the layout is that of the state.
    function test_AStateOfGloasRemembersABlockFromBeforeTheFork() external {
        _toFrame(GLOAS_SLOT - 1);
        _acceptedByMemory(GLOAS_SLOT - 3, GLOAS_SLOT + 5, true);
    }

    function test_AStateOfGloasRemembersABlockOfGloasAfterHundredsOfWithheldPayloads() external {
        _toFrame(GLOAS_SLOT - 1 + FRAME_SLOTS);
        _acceptedByMemory(refSlot, refSlot + FRAME_SLOTS - CLOSE_SLOTS - 2, true);
    }

    function test_ALaterHeaderOfTheOldForkHasTheOldLayout() external {
        _toFrame(GLOAS_SLOT - 1 - FRAME_SLOTS);
        _acceptedByMemory(refSlot, GLOAS_SLOT - FRAME_SLOTS + 100, false);
    }

    /// @dev The fork is postponed: blocks of its first slots are still of the old one.
    function test_APostponedForkChangesTheLayoutWhereItComes() external {
        _toFrame(GLOAS_SLOT - 1);
        vm.prank(ADMIN);
        stateProofs.replace(1, StateLayout(GLOAS_SLOT + 50, 358, 359, 352, 2961, true));
        BlockProof memory p = _remembered(GLOAS_SLOT - 1, GLOAS_SLOT + 49, true);
        Report memory r = quietReport(refSlot, p);
        _refused(r, p, abi.encodeWithSelector(SSZ.BranchLength.selector, 21, 19));
        _acceptedByMemory(GLOAS_SLOT - 1, GLOAS_SLOT + 49, false);
    }

    function test_AStateIsNotReadByTheOtherForksLayout() external {
        _toFrame(GLOAS_SLOT - 1);
        BlockProof memory p = _remembered(GLOAS_SLOT - 1, GLOAS_SLOT, false);
        _refused(quietReport(refSlot, p), p, abi.encodeWithSelector(SSZ.BranchLength.selector, 19, 21));
        _toFrame(GLOAS_SLOT - 1 + FRAME_SLOTS);
        p = _remembered(refSlot, refSlot + 1, false);
        _refused(quietReport(refSlot, p), p, abi.encodeWithSelector(SSZ.BranchLength.selector, 19, 21));
    }

    function testFuzz_EachTamperedSiblingIsRefused(uint256 sibling, uint256 flip) external {
        BlockProof memory p = _remembered(refSlot, refSlot + 9, false);
        Report memory r = quietReport(refSlot, p);
        sibling = bound(sibling, 0, p.branch.length - 1);
        p.branch[sibling] ^= bytes32(1 << (flip % 256));
        bytes32 root = _walk(headerRoot(p.header), 69 * 8192 + refSlot, p.branch);
        _refused(r, p, abi.encodeWithSelector(StateProofs.BlockRootNotInState.selector, root, p.above[0].stateRoot));
    }

    /// @dev What a later state remembers of the slot before is true too, and no answer.
    function test_TheRootOfAnotherSlotIsNotTheReferenceSlots() external {
        BlockProof memory p = _remembered(refSlot, refSlot + 9, false);
        BlockProof memory older;
        (older.childSlot, older.above) = (p.childSlot, p.above);
        older.header = header(refSlot - 1, "before");
        bytes32[] memory roots = _roots(refSlot, headerRoot(p.header), headerRoot(older.header));
        (, older.branch) = StateTree.blockRootBranch(_noValidators(), "memory", roots, refSlot - 1);
        Report memory r = quietReport(refSlot, older);
        bytes32 root = _walk(r.refBlockRoot, 69 * 8192 + refSlot, older.branch);
        _refused(r, older, abi.encodeWithSelector(StateProofs.BlockRootNotInState.selector, root, p.above[0].stateRoot));
    }

    function test_ABranchHangsOnExactlyOneHeader() external {
        BlockProof memory p = _remembered(refSlot, refSlot + 9, false);
        Report memory r = quietReport(refSlot, p);
        BeaconHeader memory only = p.above[0];
        p.above = new BeaconHeader[](0);
        _refused(r, p, abi.encodeWithSelector(BlockProofs.WrongLinkCount.selector, 0));
        p.above = new BeaconHeader[](2);
        (p.above[0], p.above[1]) = (only, only);
        _refused(r, p, abi.encodeWithSelector(BlockProofs.WrongLinkCount.selector, 2));
    }

    /// @dev A made-up state remembers whatever its maker wants.
    function test_AHeaderThatEIP4788DoesNotKnowIsRefused() external {
        BlockProof memory p = _remembered(refSlot, refSlot + 9, false);
        Report memory r = quietReport(refSlot, p);
        bytes32 known = headerRoot(p.above[0]);
        p.above[0].bodyRoot ^= bytes32(uint256(1));
        _refused(
            r,
            p,
            abi.encodeWithSelector(BlockProofs.WrongChildSlot.selector, p.childSlot, known, headerRoot(p.above[0]))
        );
    }

    function test_TheStateIsOfALaterBlock() external {
        BlockProof memory p = _remembered(refSlot, refSlot + 9, false);
        Report memory r = quietReport(refSlot, p);
        p.above[0].slot = refSlot;
        _refused(r, p, abi.encodeWithSelector(StateProofs.BlockRootOutOfReach.selector, refSlot, refSlot));
        p.above[0].slot = refSlot + 9;
        p.childSlot = refSlot + 9;
        _refused(
            r, p, abi.encodeWithSelector(BlockProofs.WrongSlotOrder.selector, p.header.slot, refSlot + 9, refSlot + 9)
        );
    }

    /// @dev `block_roots` of the state of slot `s` holds the slots from `s - 8192` to `s - 1`.
    function test_AStateRemembersExactlySoManySlots() external {
        bytes32[] memory roots = new bytes32[](8);
        roots[7] = "root";
        (bytes32 root, bytes32[] memory branch) = StateTree.blockRootBranch(_noValidators(), "reach", roots, 7);
        StateProofs fulu = new StateProofs(ADMIN, GENESIS_TIME, 12, 8192, type(uint64).max);
        fulu.requireBlockRoot(root, 8, 7, "root", branch);
        fulu.requireBlockRoot(root, 7 + 8192, 7, "root", branch);
        fulu.requireBlockRoot(root, 7 + 2 * 8192, 7 + 8192, "root", branch);
        uint64[4] memory beyond = [uint64(0), 7, 7 + 8193, type(uint64).max];
        for (uint256 i = 0; i < beyond.length; ++i) {
            vm.expectRevert(abi.encodeWithSelector(StateProofs.BlockRootOutOfReach.selector, beyond[i], 7));
            fulu.requireBlockRoot(root, beyond[i], 7, "root", branch);
        }
    }

    // ------------------------------------------------------------------------------------------- held reports

    function test_AHeldReportKeepsTheSlotOfItsBlock() external {
        BlockProof memory p = _withheld(7, 3);
        p.header = header(refSlot - 2, "parent");
        p.above[0].parentRoot = headerRoot(p.header);
        p.above[1].parentRoot = headerRoot(p.above[0]);
        p.above[2].parentRoot = headerRoot(p.above[1]);
        deliver(p.childSlot, headerRoot(p.above[2]));
        toSlot(refSlot + FINALITY_MARGIN_SLOTS + 1);
        Report memory r = quietReport(refSlot, p);
        r.clValidatorsGwei += 3_000 * 1e9; // beyond the soft bound of a gain
        assertTrue(!submit(r, p), "held");
        assertEq(oracle.quarantine().headerSlot, refSlot - 2, "kept");
        vm.prank(GUARDIAN);
        oracle.acceptQuarantined(r);
        ReportAnchor memory anchor = _anchor(r, p);
        assertTrue(oracle.isAnchor(anchor), "anchor");
        anchor.headerSlot = refSlot;
        assertTrue(!oracle.isAnchor(anchor), "of this slot only");
    }

    // ------------------------------------------------------------------------------------------- makers of chains

    /// @dev The payloads of `withheld` blocks above the reference block are never executed, and slots are missed in between.
    function _withheld(uint256 seed, uint64 withheld) private returns (BlockProof memory p) {
        p.header = header(refSlot - uint64(seed % 3), keccak256(abi.encode(seed)));
        p.above = new BeaconHeader[](withheld);
        uint64 slot = refSlot;
        bytes32 parentRoot = headerRoot(p.header);
        for (uint256 i = 0; i < withheld; ++i) {
            slot += 1 + uint64(uint256(keccak256(abi.encode(seed, i))) % 3);
            p.above[i] = header(slot, parentRoot);
            parentRoot = headerRoot(p.above[i]);
        }
        p.childSlot = slot + 1 + uint64(seed >> 8) % 4;
        deliver(p.childSlot, parentRoot);
        toSlot(refSlot + FINALITY_MARGIN_SLOTS + 1);
    }

    /// @dev The root that EIP-4788 has after `_withheld(seed, 4)`.
    function _newestRoot(uint256 seed) private view returns (bytes32 root) {
        root = headerRoot(header(refSlot - uint64(seed % 3), keccak256(abi.encode(seed))));
        uint64 slot = refSlot;
        for (uint256 i = 0; i < 4; ++i) {
            slot += 1 + uint64(uint256(keccak256(abi.encode(seed, i))) % 3);
            root = headerRoot(header(slot, root));
        }
    }

    /// @dev The reference block is at `slot`; the one later block whose root EIP-4788 knows is at `laterSlot`.
    function _remembered(uint64 slot, uint64 laterSlot, bool gloas) private returns (BlockProof memory p) {
        p.header = header(slot, "parent");
        bytes32 older = headerRoot(header(refSlot - 1, "before"));
        bytes32[] memory roots = _roots(refSlot, headerRoot(p.header), older);
        bytes32 stateRoot;
        (stateRoot, p.branch) = gloas
            ? ProgressiveTree.blockRootBranch(_noValidators(), "memory", roots, refSlot % 8192)
            : StateTree.blockRootBranch(_noValidators(), "memory", roots, refSlot % 8192);
        p.above = new BeaconHeader[](1);
        p.above[0] = header(laterSlot, "some parent");
        p.above[0].stateRoot = stateRoot;
        p.childSlot = laterSlot + 1;
        deliver(p.childSlot, headerRoot(p.above[0]));
        uint64 open = refSlot + FINALITY_MARGIN_SLOTS + 1;
        if (p.childSlot < open) toSlot(open);
    }

    function _roots(uint64 slot, bytes32 root, bytes32 before) private pure returns (bytes32[] memory roots) {
        roots = new bytes32[](slot % 8192 + 1);
        (roots[slot % 8192], roots[slot % 8192 - 1]) = (root, before);
    }

    function _acceptedByMemory(uint64 slot, uint64 laterSlot, bool gloas) private {
        BlockProof memory p = _remembered(slot, laterSlot, gloas);
        assertEq(p.branch.length, gloas ? 21 : 19, "13 levels of the vector, 6 or 8 of the state");
        Report memory r = quietReport(refSlot, p);
        assertTrue(submit(r, p), "accepted");
        assertTrue(oracle.isAnchor(_anchor(r, p)), "anchor");
    }

    function _toFrame(uint64 slot) private {
        toSlot(slot);
        refSlot = nextRefSlot();
        assertEq(refSlot, slot, "a reference slot");
    }

    function _noValidators() private pure returns (TestValidator[] memory) {
        return new TestValidator[](0);
    }

    function _walk(bytes32 node, uint256 gindex, bytes32[] memory branch) private pure returns (bytes32) {
        for (uint256 i = 0; i < branch.length; ++i) {
            node = gindex % 2 == 0 ? StateTree.hash(node, branch[i]) : StateTree.hash(branch[i], node);
            gindex /= 2;
        }
        return node;
    }

    function _anchor(Report memory r, BlockProof memory p) private view returns (ReportAnchor memory) {
        return ReportAnchor(r.refSlot, p.header.slot, p.header.stateRoot, r.balancesRoot, oracle.digest(r));
    }

    function _refused(Report memory r, BlockProof memory p, bytes memory reason) private {
        _refusedCertified(r, certify(r, 7), p, reason);
    }

    function _refusedCertified(Report memory r, Certificate memory c, BlockProof memory p, bytes memory reason)
        private
    {
        bytes32 before = fingerprint();
        vm.expectRevert(reason);
        oracle.submit(r, c, p);
        assertEq(fingerprint(), before, "a refused report moved state");
    }
}
