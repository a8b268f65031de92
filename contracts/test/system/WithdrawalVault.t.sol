// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {BlockProof, Report} from "../../src/interfaces/Types.sol";
import {WithdrawalVault} from "../../src/WithdrawalVault.sol";
import {Committee} from "./Committee.sol";

/// @notice Ether comes to the withdrawal vault by sweeps alone, and the pool takes it out by reports alone.
contract WithdrawalVaultTest is Committee {
    address private constant ALICE = address(0xA11CE);

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
}
