// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {StakedEther} from "../../src/StakedEther.sol";
import {StakingPool} from "../../src/StakingPool.sol";
import {Ground} from "../system/Ground.sol";

/// @notice Nearly all is lost, as far as reports say. Whoever buys all there is for an ether then owns what is found again.
contract FloorTest is Ground {
    function setUp() public {
        _ground(3_200 ether);
        _nextWith(0);
        _submitHeld();
        _accept();
        _nextWith(0);
        _submit(); // confirmed: no doubt keeps deposits closed
        assertEq(more.head().flags & ~LOSSES, CLEAR, "confirmed");
    }

    function _refused(uint256 weiAmount, uint256 pooledWei) private {
        bytes32 before = fingerprint();
        vm.prank(MALLORY);
        vm.expectRevert(abi.encodeWithSelector(StakedEther.RateTooLow.selector, pooledWei, 3_201 ether));
        pool.deposit{value: weiAmount}(MALLORY, 0);
        assertEq(fingerprint(), before, "moved");
    }

    function test_12_belowAHundredthOfTheFirstRateNobodyBuys() external {
        // One ether of 3,201 is left, for a third of it she would have a quarter of all that comes back.
        _refused(1 ether, 1 ether);
        _refused(1, 1 ether);
    }

    /// @dev A hundredth is 32.01 ether for 3,201 shares. The buffer has one.
    function test_12_theFloorIsExact() external {
        uint256 snapshot = vm.snapshotState();
        _nextWith(31_010_000_000 - 1);
        _submit();
        _refused(1 ether, 32.01 ether - 1 gwei);
        vm.revertToState(snapshot);
        _nextWith(31_010_000_000);
        _submit();
        _deposit(MALLORY, 1 ether);
        assertLe(token.balanceOf(MALLORY), 1 ether, "at the price");
    }

    /// @dev What is found again is theirs who lost it.
    function test_12_whatIsFoundAgainIsTheHolders() external {
        _refused(1 ether, 1 ether);
        _nextWith(PRINCIPAL_GWEI);
        _submitHeld();
        _accept();
        // Let in by the year: ten per cent a year of one ether would take for ever, but the bucket helps.
        for (uint256 i = 0; i < 8; ++i) {
            vm.warp(block.timestamp + 30 days);
            _next();
            _submit();
        }
        assertEq(more.unrecognisedWei(), 0, "all is recognised");
        assertClose(token.balanceOf(ALICE), 3_200 ether, 2, "Alice has hers");
        _deposit(MALLORY, 1 ether);
        assertLe(token.balanceOf(MALLORY), 1 ether, "at the price");
    }
}

/// @notice All is at the validators, and a report says that nothing is left.
contract AllLostTest is Ground {
    function setUp() public {
        _ground(3_199 ether); // with the first ether a hundred times 32
        assertEq(more.bufferedWei(), 0, "the buffer");
    }

    /// @dev 0 would say that none was held, and any later lie would take its place.
    function test_aHeldRateOfNothingIsTheLowest() external {
        _nextWith(0);
        _submitHeld();
        assertEq(more.doubts().lowestHeldRate, 1, "remembered");
        _nextWith(PRINCIPAL_GWEI / 2);
        _submitHeld();
        assertEq(more.doubts().lowestHeldRate, 1, "a higher one does not lift it");
    }

    function test_nothingHasNoPrice() external {
        _nextWith(0);
        _submitHeld();
        _accept();
        _nextWith(0);
        _submit();
        vm.expectRevert(StakingPool.NoPrice.selector);
        pool.depositPrice();
        bytes32 before = fingerprint();
        vm.prank(MALLORY);
        vm.expectRevert(StakingPool.NoPrice.selector);
        pool.deposit{value: 1 ether}(MALLORY, 0);
        assertEq(fingerprint(), before, "moved");
    }
}
