// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {BlockProof, Report} from "../../src/interfaces/Types.sol";
import {WithdrawalVault} from "../../src/WithdrawalVault.sol";
import {Committee} from "./Committee.sol";

/// @notice Ether comes to the withdrawal vault by sweeps alone, and the pool takes it out by reports alone.
contract WithdrawalVaultTest is Committee {
    address private constant ALICE = address(0xA11CE);
    /// @dev A system contract that tells a fee of 1 wei when it is asked without calldata, and refuses every request.
    bytes private constant REFUSES = hex"36600c5760015f5260205ff35b5f5ffd";

    function setUp() public {
        deployAll();
        formCommittee();
        vm.deal(ALICE, 1_000_000 ether);
        vm.prank(ALICE);
        pool.deposit{value: 10_000 ether}(ALICE, 0);
    }

    /// @dev More than the ceiling of the gift margin would leave 513 frames without a possible report.
    function test_aTransferOfMoreThanTheGiftCeilingIsRefusedAndReportsGoOn() external {
        vm.prank(ALICE);
        (bool ok,) = address(withdrawalVault).call{value: 20_100 ether}("");
        assertTrue(!ok, "refused");
        assertEq(address(withdrawalVault).balance, 0, "nothing came");
        (uint64 refSlot, BlockProof memory proof) = openFrame(0, 0);
        assertTrue(submit(quietReport(refSlot, proof), proof), "the next report is applied");
    }

    function testFuzz_noCallLeavesEtherInTheVault(address sender, uint96 amountWei, bytes calldata data) external {
        vm.assume(sender != address(vm) && sender != address(withdrawalVault));
        vm.deal(sender, amountWei);
        vm.prank(sender);
        (bool ok,) = address(withdrawalVault).call{value: amountWei}(data);
        assertTrue(!ok || amountWei == 0, "ether was taken");
        assertEq(address(withdrawalVault).balance, 0, "balance");
    }

    /// @dev A sweep changes the balance without a call.
    function test_whatIsSweptIsPulledByTheNextReport() external {
        vm.deal(address(withdrawalVault), 3 ether);
        (uint64 refSlot, BlockProof memory proof) = openFrame(0, 0);
        Report memory r = quietReport(refSlot, proof);
        uint256 bufferWei = more.bufferedWei();
        assertTrue(submit(r, proof), "applied");
        assertEq(address(withdrawalVault).balance, 0, "the vault is empty");
        assertEq(more.bufferedWei(), bufferWei + 3 ether, "the pool has it");
        vm.expectRevert(abi.encodeWithSelector(WithdrawalVault.OnlyPool.selector, address(this)));
        withdrawalVault.pull(0);
    }

    function _triggerIsRefused(uint256 keys, uint256 amounts, uint256 feeWei, bytes memory reason) private {
        bytes32 before = fingerprint();
        vm.deal(address(registry), feeWei);
        vm.prank(address(registry));
        vm.expectRevert(reason);
        withdrawalVault.triggerWithdrawals{value: feeWei}(new bytes(keys), new uint64[](amounts), ALICE);
        vm.deal(address(registry), 0);
        assertEq(fingerprint(), before, "moved");
    }

    function test_requestsAreOneTo16AndPairWithTheirAmounts() external {
        uint256[2][5] memory wrong =
            [[uint256(0), 0], [uint256(48), 0], [uint256(47), 1], [uint256(96), 1], [uint256(48 * 17), 17]];
        for (uint256 i = 0; i < wrong.length; ++i) {
            (uint256 keys, uint256 amounts) = (wrong[i][0], wrong[i][1]);
            bytes memory reason = abi.encodeWithSelector(WithdrawalVault.MalformedRequests.selector, keys, amounts);
            _triggerIsRefused(keys, amounts, 1 ether, reason);
        }
    }

    function test_theFeeIsCovered() external {
        vm.etch(withdrawalVault.WITHDRAWAL_REQUESTS(), REFUSES);
        uint256 feeWei = withdrawalVault.requestFeeWei();
        bytes memory reason = abi.encodeWithSelector(WithdrawalVault.FeeNotCovered.selector, 2 * feeWei - 1, 2 * feeWei);
        _triggerIsRefused(96, 2, 2 * feeWei - 1, reason);
    }

    function test_aSystemContractThatIsAbsentOrRefusesIsNamed() external {
        address system = withdrawalVault.WITHDRAWAL_REQUESTS();
        bytes memory reason = abi.encodeWithSelector(WithdrawalVault.SystemContractFailed.selector);
        vm.etch(system, "");
        vm.expectRevert(reason);
        withdrawalVault.requestFeeWei();
        vm.etch(system, hex"5f5ffd");
        vm.expectRevert(reason);
        withdrawalVault.requestFeeWei();
        vm.etch(system, REFUSES);
        _triggerIsRefused(48, 1, 1, reason);
    }
}
