// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {OperatorRegistry} from "../../src/OperatorRegistry.sol";
import {PoolBase} from "../../src/pool/PoolBase.sol";
import {Ground} from "../system/Ground.sol";

/// @notice Treasury and operators want a part of what was principal all the time.
contract FeeTest is Ground {
    /// @dev What a hundred validators earn normally in a frame, in wei.
    uint256 private constant NORMAL_WEI =
        uint256(PRINCIPAL_GWEI) * 1 gwei * NORMAL_REWARD_BPS * FRAME_SECONDS / (10_000 * 365 days);

    function setUp() public {
        _ground(4_200 ether);
    }

    /// @dev Submits, and returns the ether that the shares of the fee are worth.
    function _fee() private returns (uint256 feeWei) {
        uint256 had = token.sharesOf(address(registry));
        _submit();
        return token.weiForShares(token.sharesOf(address(registry)) - had);
    }

    function _noFee(string memory what) private {
        (, uint256 shares) = token.totals();
        _submit();
        (, uint256 sharesAfter) = token.totals();
        assertEq(sharesAfter, shares, what);
    }

    function test_11_theNormalRewardPaysAFee() external {
        _nextWith(PRINCIPAL_GWEI + uint64(NORMAL_WEI / 1 gwei));
        assertClose(_fee(), NORMAL_WEI / 10, 1 gwei, "a tenth");
    }

    function test_11_executionRewardsPayAFee() external {
        vm.deal(address(rewardsVault), 2 ether);
        _next();
        assertClose(_fee(), 0.2 ether, 3, "a tenth");
    }

    /// @dev A hundred ether more than a frame earns: a gift, a correction, a mistake. None of it was earned.
    function test_11_aGiftOnTheConsensusLayerPaysNoMoreThanTheNormalReward() external {
        _nextWith(PRINCIPAL_GWEI + 100e9);
        assertClose(_fee(), NORMAL_WEI / 10, 3, "as a normal frame");
    }

    function test_11_aGiftToTheWithdrawalVaultPaysNoMoreThanTheNormalReward() external {
        vm.deal(address(withdrawalVault), 100 ether);
        _next();
        assertClose(_fee(), NORMAL_WEI / 10, 3, "as a normal frame");
    }

    function test_11_aRegainedLossPaysNone() external {
        _nextWith(PRINCIPAL_GWEI - 144e9);
        _noFee("a loss");
        _nextWith(PRINCIPAL_GWEI);
        _noFee("what came back");
    }

    /// @dev A confirmed loss that comes back later is a correction: no more than a normal frame's fee.
    function test_11_aCorrectionOfAConfirmedLossPaysNoMoreThanTheNormalReward() external {
        _nextWith(PRINCIPAL_GWEI - 144e9);
        _submit();
        _next();
        _noFee("confirmed");
        _nextWith(PRINCIPAL_GWEI);
        assertLe(_fee(), NORMAL_WEI / 10, "a correction");
    }

    function test_11_aSkimPaysNone() external {
        vm.deal(address(pool), address(pool).balance + 5 ether);
        more.skim();
        _next();
        _noFee("forced ether");
        (uint256 pooledWei,) = token.totals();
        assertEq(pooledWei, 4_206 ether, "it is all holders'");
    }

    function test_11_aSurplusPaysNone() external {
        vm.deal(address(queue), 3 ether);
        vm.prank(address(queue));
        pool.receiveSurplus{value: 3 ether}();
        _next();
        _noFee("surplus");
        (uint256 pooledWei,) = token.totals();
        assertEq(pooledWei, 4_204 ether, "it is all holders'");
    }

    /// @dev What requests leave behind, because their shares have risen since, was theirs, and is the holders' now.
    function test_11_whatRequestsLeaveBehindPaysNone() external {
        uint64 id = _request(ALICE, 1, 1_000 ether);
        vm.deal(address(withdrawalVault), 400 ether);
        _next();
        _submit();
        _next();
        report.finalizeUpTo = id;
        (, uint256 burned) = queue.demand(id);
        (, uint256 shares) = token.totals();
        _submit();
        (, uint256 sharesAfter) = token.totals();
        assertEq(sharesAfter, shares - burned, "left behind");
        assertTrue(token.weiForShares(burned) > 1_080 ether, "they had risen by more than eighty ether");
    }

    /// @dev A true loss does not leave operators unpaid until it is earned again.
    function test_11_afterALossTheNormalRewardPaysAgain() external {
        _nextWith(PRINCIPAL_GWEI - 144e9);
        _submit();
        _next();
        _submit();
        uint64 clGwei = PRINCIPAL_GWEI - 144e9;
        uint256 normalWei = uint256(clGwei) * 1 gwei * NORMAL_REWARD_BPS * FRAME_SECONDS / (10_000 * 365 days);
        _nextWith(clGwei + uint64(normalWei / 1 gwei));
        assertClose(_fee(), normalWei / 10, 1 gwei, "a tenth");
    }

    // ------------------------------------------------------------------------------------------- the largest terms

    function _terms(uint16 feeBps, uint16 operatorsBps) private {
        PoolBase.Terms memory t = more.terms();
        (t.feeBps, t.operatorsBps) = (feeBps, operatorsBps);
        vm.prank(ADMIN);
        more.setTerms(t);
    }

    function test_11_theLargestFeeIsTakenWhole() external {
        _terms(2_000, 0);
        vm.deal(address(rewardsVault), 2 ether);
        _next();
        assertClose(_fee(), 0.4 ether, 3, "a fifth");
        uint256 shares = registry.treasuryShares();
        vm.expectEmit();
        emit OperatorRegistry.TreasuryClaimed(TREASURY, shares);
        assertEq(registry.claimTreasury(), shares, "claimed");
        assertClose(token.balanceOf(TREASURY), 0.4 ether, 3, "the treasury's");
        assertEq(registry.claimTreasury() + registry.treasuryShares(), 0, "once");
        assertEq(registry.claimableShares(0), 0, "nothing for operators");
    }

    function test_11_operatorsMayHaveAllOfTheFee() external {
        _terms(1_000, 10_000);
        vm.deal(address(rewardsVault), 2 ether);
        _next();
        (, uint256 sharesBefore) = token.totals();
        uint256 snapshot = vm.snapshotState();
        _submit();
        (, uint256 sharesAfter) = token.totals();
        uint256 feeShares = sharesAfter - sharesBefore;
        assertEq(registry.treasuryShares(), 0, "nothing for the treasury");
        assertEq(token.sharesOf(address(registry)), feeShares, "all of it");
        assertClose(registry.claimableShares(0), feeShares, 1, "theirs");
        vm.revertToState(snapshot);
        vm.expectEmit();
        emit OperatorRegistry.FeeAccrued(feeShares, 32 * KEYS, 0);
        _submit();
    }
}
