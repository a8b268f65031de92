// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {KeyProof} from "../../src/interfaces/IValidators.sol";
import {TopUps} from "../../src/validators/TopUps.sol";
import {IAccessControl} from "@openzeppelin/contracts/access/IAccessControl.sol";
import {IERC20Errors, IERC721Errors} from "@openzeppelin/contracts/interfaces/draft-IERC6093.sol";
import {Pausable} from "@openzeppelin/contracts/utils/Pausable.sol";
import {BlockProof, Report} from "../../src/interfaces/Types.sol";
import {PoolExtension} from "../../src/pool/PoolExtension.sol";
import {WithdrawalQueue} from "../../src/WithdrawalQueue.sol";
import {Committee} from "./Committee.sol";

/// @notice Claims, and tries to claim again while it is paid.
contract ReentrantOwner {
    WithdrawalQueue private immutable _queue;
    uint256[] private _ids;
    uint256[] private _batches;
    bool public reentered;

    constructor(WithdrawalQueue queue) {
        _queue = queue;
    }

    function claim(uint256[] calldata ids, uint256[] calldata batches) external {
        (_ids, _batches) = (ids, batches);
        _queue.claim(ids, batches, payable(address(this)));
    }

    receive() external payable {
        try _queue.claim(_ids, _batches, payable(address(this))) {
            reentered = true;
        } catch {}
    }
}

contract QueueTest is Committee {
    address private constant ALICE = address(0xA11CE);
    address private constant BOB = address(0xB0B);
    /// @dev Of the mapping of batches, from the storage layout.
    uint256 private constant BATCHES_SLOT = 14;

    function setUp() public {
        deployAll();
        formCommittee();
        vm.deal(ALICE, 400 ether);
        vm.prank(ALICE);
        pool.deposit{value: 400 ether}(ALICE, 0);
        vm.prank(ALICE);
        token.approve(address(queue), type(uint256).max);
    }

    function request(uint256 weiAmount, address owner) private returns (uint256) {
        uint256[] memory amounts = new uint256[](1);
        amounts[0] = weiAmount;
        vm.prank(ALICE);
        return queue.request(amounts, owner)[0];
    }

    function one(uint256 x) private pure returns (uint256[] memory list) {
        list = new uint256[](1);
        list[0] = x;
    }

    /// @dev A report that finalizes up to `upTo` with this much consensus-layer ether.
    function reportUpTo(uint64 upTo, uint64 clGwei) private {
        openFrame(0, 0); // requests ripen
        (uint64 refSlot, BlockProof memory proof) = openFrame(0, 0);
        Report memory r = quietReport(refSlot, proof);
        r.finalizeUpTo = upTo;
        r.clValidatorsGwei = clGwei;
        assertTrue(submit(r, proof), "accepted");
    }

    function test_aRequestIsPaidAfterItsReport() external {
        uint256 id = request(10 ether, BOB);
        assertEq(queue.ownerOf(id), BOB, "owner");
        reportUpTo(1, 0);
        assertEq(queue.payoutOf(id), 10 ether, "payout");
        vm.prank(BOB);
        queue.claim(one(id), one(0), payable(BOB));
        assertEq(BOB.balance, 10 ether, "paid");
        assertEq(queue.lockedWei(), 0, "nothing is locked");
        assertEq(token.sharesOf(address(queue)), 0, "burned");
        bytes32 before = fingerprint();
        vm.prank(BOB);
        vm.expectRevert(abi.encodeWithSelector(IERC721Errors.ERC721NonexistentToken.selector, id));
        queue.claim(one(id), one(0), payable(BOB));
        assertEq(fingerprint(), before, "paid twice");
    }

    function test_whatWaitsIsRoundedDownAtTheFirstRequestsRate() external {
        vm.deal(address(rewardsVault), 0.7 ether);
        reportUpTo(0, 0);
        uint256 first = request(10 ether, ALICE);
        vm.deal(address(rewardsVault), 0.3 ether);
        reportUpTo(0, 0);
        uint256 last = request(7 ether, ALICE);
        (uint256 firstWei, uint256 firstShares,,,) = queue.requestOf(first);
        (, uint256 lastShares,,,) = queue.requestOf(last);
        uint256 all = firstShares + lastShares;
        // A rate just above the first request's, and below the last one's.
        (uint256 worthWei, uint256 shares, bool rises) = queue.waitingAt(firstWei + 1, firstShares);
        assertTrue(rises && shares == all, "the last one is paid its shares");
        assertTrue(all * firstWei % firstShares > 0, "the rounding shows");
        assertEq(worthWei, all * firstWei / firstShares, "worth");
    }

    function test_whoDoesNotOwnIsNotPaid() external {
        uint256 id = request(10 ether, BOB);
        reportUpTo(1, 0);
        bytes32 before = fingerprint();
        vm.expectRevert(abi.encodeWithSelector(WithdrawalQueue.NotRequestOwner.selector, id, address(this)));
        queue.claim(one(id), one(0), payable(address(this)));
        assertEq(fingerprint(), before, "moved");
        vm.prank(BOB);
        queue.approve(address(this), id);
        queue.claim(one(id), one(0), payable(ALICE));
        assertEq(ALICE.balance, 10 ether, "an approved claimer chooses where to");
    }

    function test_anUnfinalizedOrUnknownRequestOrAWrongHintIsRefused() external {
        uint256 id = request(10 ether, ALICE);
        vm.prank(ALICE);
        vm.expectRevert(abi.encodeWithSelector(WithdrawalQueue.NotFinalized.selector, id));
        queue.claim(one(id), one(0), payable(ALICE));
        reportUpTo(1, 0);
        uint256 second = request(10 ether, ALICE);
        vm.expectRevert(abi.encodeWithSelector(WithdrawalQueue.NotFinalized.selector, second));
        queue.payoutOf(second);
        reportUpTo(2, 0);
        bytes32 before = fingerprint();
        vm.prank(ALICE);
        vm.expectRevert(abi.encodeWithSelector(WithdrawalQueue.WrongBatch.selector, id, 1));
        queue.claim(one(id), one(1), payable(ALICE));
        vm.prank(ALICE);
        vm.expectRevert(abi.encodeWithSelector(WithdrawalQueue.WrongBatch.selector, second, 0));
        queue.claim(one(second), one(0), payable(ALICE));
        vm.prank(ALICE);
        vm.expectRevert(abi.encodeWithSelector(WithdrawalQueue.UnknownBatch.selector, 2));
        queue.claim(one(id), one(2), payable(ALICE));
        vm.prank(ALICE);
        vm.expectRevert(abi.encodeWithSelector(WithdrawalQueue.HintsDoNotPair.selector, 1, 0));
        queue.claim(one(id), new uint256[](0), payable(ALICE));
        vm.expectRevert(abi.encodeWithSelector(WithdrawalQueue.UnknownRequest.selector, 3));
        queue.batchOf(3);
        assertEq(fingerprint(), before, "moved");
        assertEq(queue.batchOf(id), 0, "first batch");
        assertEq(queue.batchOf(second), 1, "second batch");
    }

    /// @dev Who asks first makes the words of the next batch, so that the report creates none. They are no batch before a report says so.
    function test_theWordsOfTheNextBatchAreThereAndAreNoBatch() external {
        uint256 id = request(10 ether, ALICE);
        request(10 ether, ALICE);
        request(10 ether, ALICE);
        _requireNoBatch(0, id);
        reportUpTo(1, 0);
        _requireNoBatch(1, 2);
        assertEq(uint256(vm.load(address(queue), _word(1))), 0, "nobody has asked since");
        reportUpTo(2, 0);
        request(10 ether, ALICE);
        assertTrue(vm.load(address(queue), _word(2)) != 0, "the request made them");
        assertTrue(vm.load(address(queue), bytes32(uint256(_word(2)) + 1)) != 0, "both");
        _requireNoBatch(2, 3);
        bytes32 before = vm.load(address(queue), _word(2));
        request(10 ether, ALICE);
        assertEq(vm.load(address(queue), _word(2)), before, "once");
        reportUpTo(4, 0);
        assertEq(queue.batchAt(2).firstId, 3, "from");
        assertEq(queue.batchAt(2).lastId, 4, "to");
        assertEq(queue.batchAt(2).lockWei, 20 ether, "lock: nothing of what was written before is left");
        assertEq(queue.payoutOf(4), 10 ether, "payout");
    }

    /// @dev First word of a batch.
    function _word(uint256 batch) private pure returns (bytes32) {
        return keccak256(abi.encode(batch, BATCHES_SLOT));
    }

    function _requireNoBatch(uint256 batch, uint256 id) private {
        assertEq(queue.batchCount(), batch, "batches");
        bytes memory unknown = abi.encodeWithSelector(WithdrawalQueue.UnknownBatch.selector, batch);
        vm.expectRevert(unknown);
        queue.batchAt(batch);
        vm.expectRevert(unknown);
        queue.settle(batch, 10);
        if (batch == 0) return;
        vm.prank(ALICE);
        vm.expectRevert(unknown);
        queue.claim(one(id - 1), one(batch), payable(ALICE));
    }

    function test_aRequestIsPaidOnceAlsoToWhoReenters() external {
        ReentrantOwner owner = new ReentrantOwner(queue);
        uint256 id = request(10 ether, address(owner));
        request(10 ether, BOB);
        reportUpTo(2, 0);
        owner.claim(one(id), one(0));
        assertEq(address(owner).balance, 10 ether, "paid once");
        assertTrue(!owner.reentered(), "re-entered");
        assertEq(queue.lockedWei(), 10 ether, "the other's ether is there");
    }

    function test_aTransferredRequestPaysItsNewOwner() external {
        uint256 id = request(10 ether, ALICE);
        vm.prank(ALICE);
        queue.transferFrom(ALICE, BOB, id);
        reportUpTo(1, 0);
        vm.prank(BOB);
        queue.claim(one(id), one(0), payable(BOB));
        assertEq(BOB.balance, 10 ether, "paid");
    }

    function test_requestsOutOfRangeAreRefused() external {
        bytes32 before = fingerprint();
        uint256[2] memory wrong = [uint256(1 gwei - 1), 1000 ether + 1];
        for (uint256 i = 0; i < 2; ++i) {
            vm.prank(ALICE);
            vm.expectRevert(
                abi.encodeWithSelector(WithdrawalQueue.RequestOutOfRange.selector, wrong[i], 1 gwei, 1000 ether)
            );
            queue.request(one(wrong[i]), ALICE);
        }
        vm.expectRevert(
            abi.encodeWithSelector(IERC20Errors.ERC20InsufficientAllowance.selector, address(queue), 0, 1 ether)
        );
        queue.request(one(1 ether), ALICE);
        assertEq(fingerprint(), before, "moved");
    }

    function test_aPausedQueueTakesNoRequestsAndIsSkippedButPays() external {
        uint256 first = request(10 ether, ALICE);
        reportUpTo(1, 0);
        uint256 second = request(10 ether, ALICE);
        vm.prank(PAUSER);
        queue.pause();
        vm.prank(ALICE);
        vm.expectRevert(Pausable.EnforcedPause.selector);
        queue.request(one(1 ether), ALICE);
        reportUpTo(2, 1e9);
        assertEq(more.lastReport().clValidatorsGwei, 1e9, "the rebase happens");
        (, uint64 finalized) = queue.bounds();
        assertEq(finalized, first, "the finalization waits");
        vm.prank(ALICE);
        queue.claim(one(first), one(0), payable(ALICE));
        vm.prank(RESUMER);
        queue.unpause();
        reportUpTo(2, 1e9);
        assertEq(queue.payoutOf(second), 10 ether, "and comes later");
    }

    function test_theBufferMustCarryTheLock() external {
        _giveKeysAndFund(12); // 384 of 401 ether are at the deposit contract
        request(50 ether, ALICE);
        (uint64 refSlot, BlockProof memory proof) = _nextFrame();
        Report memory r = quietReport(refSlot, proof);
        (r.depositedWei, r.clValidatorsGwei, r.validators) = (384 ether, 384e9, 12);
        r.finalizeUpTo = 1;
        submit(r, proof);
        (, uint64 finalized) = queue.bounds();
        assertEq(finalized, 0, "it waits");
        // A sweep of two validators arrives: now it can.
        vm.deal(address(withdrawalVault), 64 ether);
        (refSlot, proof) = _nextFrame();
        r = quietReport(refSlot, proof);
        (r.clValidatorsGwei, r.exited) = (320e9, 2);
        r.finalizeUpTo = 1;
        submit(r, proof);
        (, finalized) = queue.bounds();
        assertEq(finalized, 1, "finalized");
        assertEq(more.bufferedWei(), 401 ether - 384 ether + 64 ether - 50 ether, "from the buffer");
    }

    function test_requestsKeepTheirEtherFromTheBeaconChain() external {
        request(390 ether, ALICE);
        assertEq(more.freeWei(), 11 ether, "free");
        _giveKeys(12);
        _age();
        vm.expectRevert(abi.encodeWithSelector(PoolExtension.NotEnoughFreeEther.selector, 12 ether, 11 ether));
        validatorBook.predeposit(12);
        validatorBook.predeposit(1);
        _proveKeys(0, 1);
        vm.expectRevert(abi.encodeWithSelector(TopUps.NothingToTopUp.selector, 10e9));
        validatorBook.topUp(1, new KeyProof[](0));
    }

    function _nextFrame() private returns (uint64, BlockProof memory) {
        openFrame(0, 0);
        return openFrame(0, 0);
    }

    function test_theQueueSaysWhichInterfacesItHas() external view {
        bytes4[4] memory ids = [bytes4(0x01ffc9a7), 0x80ac58cd, 0x5b5e139f, type(IAccessControl).interfaceId];
        for (uint256 i = 0; i < ids.length; ++i) {
            assertTrue(queue.supportsInterface(ids[i]), "ERC-165, ERC-721 with metadata, roles");
        }
        assertTrue(!queue.supportsInterface(0xffffffff), "no other");
    }
}
