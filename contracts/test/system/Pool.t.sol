// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Validators} from "../../src/Validators.sol";
import {KeyProof} from "../../src/interfaces/IValidators.sol";
import {TopUps} from "../../src/validators/TopUps.sol";
import {IAccessControl} from "@openzeppelin/contracts/access/IAccessControl.sol";
import {IERC20Errors} from "@openzeppelin/contracts/interfaces/draft-IERC6093.sol";
import {Pausable} from "@openzeppelin/contracts/utils/Pausable.sol";
import {BlockProof, Report} from "../../src/interfaces/Types.sol";
import {StakeLimits} from "../../src/lib/StakeLimits.sol";
import {PoolBase} from "../../src/pool/PoolBase.sol";
import {PoolExtension} from "../../src/pool/PoolExtension.sol";
import {PoolReports} from "../../src/pool/PoolReports.sol";
import {ELRewardsVault} from "../../src/ELRewardsVault.sol";
import {KeyPicking} from "../../src/KeyPicking.sol";
import {StakingPool} from "../../src/StakingPool.sol";
import {WithdrawalVault} from "../../src/WithdrawalVault.sol";
import {Committee} from "./Committee.sol";

contract PoolTest is Committee {
    address private constant ALICE = address(0xA11CE);

    function setUp() public {
        deployAll();
        formCommittee();
        vm.deal(ALICE, 1_000_000 ether);
    }

    function deposit(uint256 weiAmount) private returns (uint256) {
        vm.prank(ALICE);
        return pool.deposit{value: weiAmount}(ALICE, 0);
    }

    function test_aDepositMintsAtTheRate() external {
        assertEq(deposit(10 ether), 10 ether, "one for one at first");
        assertEq(token.balanceOf(ALICE), 10 ether, "balance");
        assertEq(more.bufferedWei(), 11 ether, "buffer");
    }

    function test_depositsAreRefusedWithTheirReason() external {
        bytes32 before = fingerprint();
        vm.prank(ALICE);
        vm.expectRevert(StakingPool.ZeroDeposit.selector);
        pool.deposit(ALICE, 0);
        vm.prank(ALICE);
        vm.expectRevert(abi.encodeWithSelector(StakingPool.TooFewShares.selector, 1 ether, 1 ether + 1));
        pool.deposit{value: 1 ether}(ALICE, 1 ether + 1);
        vm.prank(ALICE);
        vm.expectRevert(
            abi.encodeWithSelector(StakeLimits.StakeLimitReached.selector, 100_000 ether + 1, 100_000 ether)
        );
        pool.deposit{value: 100_000 ether + 1}(ALICE, 0);
        vm.prank(PAUSER);
        more.pause();
        vm.prank(ALICE);
        vm.expectRevert(Pausable.EnforcedPause.selector);
        pool.deposit{value: 1 ether}(ALICE, 0);
        vm.prank(ALICE);
        (bool ok,) = address(pool).call{value: 1 ether}("");
        assertTrue(!ok, "plain ether is refused");
        assertEq(fingerprint(), before, "moved");
    }

    function testFuzz_theStakeLimitRefills(uint256 taken, uint256 waited) external {
        taken = bound(taken, 1, 100_000 ether);
        waited = bound(waited, 0, 2 days);
        deposit(taken);
        assertEq(more.stakeLimitWei(), 100_000 ether - taken, "taken");
        vm.warp(block.timestamp + waited);
        uint256 grown = 100_000 ether - taken + 100_000 ether * waited / 1 days;
        assertEq(more.stakeLimitWei(), grown > 100_000 ether ? 100_000 ether : grown, "refilled");
    }

    function test_aValidatorIsFundedAtTheRealDepositContract() external {
        deposit(64 ether);
        bytes32 root = depositContract.get_deposit_root();
        _giveKeysAndFund(2);
        assertTrue(depositContract.get_deposit_root() != root, "the root moved");
        assertEq(address(depositContract).balance, 64 ether, "64 ether are there");
        assertEq(more.bufferedWei(), 1 ether, "buffer");
        assertEq(more.depositedWei(), 64 ether, "deposited");
        (uint256 pooledWei,) = token.totals();
        assertEq(pooledWei, 65 ether, "pooled stays");
    }

    function test_firstEtherIsRefusedWithItsReason() external {
        deposit(64 ether);
        _giveKeys(2);
        bytes32 before = fingerprint();
        vm.expectRevert(abi.encodeWithSelector(PoolExtension.NotEnoughFreeEther.selector, 1 ether, 0));
        validatorBook.predeposit(1); // all is fresh
        assertEq(more.freeWei(), 65 ether, "but free");
        vm.expectRevert(PoolExtension.NoKeys.selector);
        validatorBook.predeposit(0);
        _age();
        vm.expectRevert(abi.encodeWithSelector(PoolExtension.NotEnoughFreeEther.selector, 66 ether, 65 ether));
        validatorBook.predeposit(66);
        vm.expectRevert(abi.encodeWithSelector(KeyPicking.NotEnoughKeys.selector, 2, 3));
        validatorBook.predeposit(3);
        vm.expectRevert(abi.encodeWithSelector(TopUps.NothingToTopUp.selector, 65e9));
        validatorBook.topUp(1, new KeyProof[](0)); // no key is proven
        vm.expectRevert(abi.encodeWithSelector(Validators.TooManyTopUps.selector, 17, 16));
        validatorBook.topUp(17, new KeyProof[](0));
        vm.expectRevert(abi.encodeWithSelector(PoolReports.OnlyRegistry.selector, address(this)));
        pool.firstEtherEnded();
        assertEq(fingerprint(), before, "moved");

        (uint64 refSlot, BlockProof memory proof) = openFrame(0, 0);
        Report memory r = quietReport(refSlot, proof);
        r.bunker = true;
        submit(r, proof);
        vm.expectRevert(abi.encodeWithSelector(PoolExtension.EtherStays.selector, 2));
        validatorBook.predeposit(1);
    }

    function test_aReportMakesDepositsUsable() external {
        deposit(64 ether);
        _giveKeys(1);
        assertEq(more.usableWei(), 0, "fresh");
        (uint64 refSlot, BlockProof memory proof) = openFrame(0, 0);
        submit(quietReport(refSlot, proof), proof);
        assertEq(more.usableWei(), 65 ether, "there at the report");
        deposit(10 ether + 1);
        assertEq(more.usableWei(), 65 ether + 1 - 1 gwei, "later ether waits, rounded up to a gwei");
        validatorBook.predeposit(1);
        assertEq(more.usableWei(), 64 ether + 1 - 1 gwei, "spent");
    }

    function test_onlyThePoolPullsAndOnlyVaultsPayIn() external {
        vm.deal(address(withdrawalVault), 1 ether);
        vm.expectRevert(abi.encodeWithSelector(WithdrawalVault.OnlyPool.selector, address(this)));
        withdrawalVault.pull(1);
        vm.expectRevert(abi.encodeWithSelector(ELRewardsVault.OnlyPool.selector, address(this)));
        rewardsVault.pull(1);
        vm.prank(ALICE);
        vm.expectRevert(abi.encodeWithSelector(PoolReports.OnlyVault.selector, ALICE));
        pool.receiveFromVault{value: 1}();
    }
}
