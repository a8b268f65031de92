// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Report} from "../../src/interfaces/Types.sol";
import {ReportOracle} from "../../src/ReportOracle.sol";
import {Ground} from "../system/Ground.sol";

/// @notice A guardian takes its time, and accepts a report whose vault the next report counts too.
contract AcceptanceTest is Ground {
    uint64 private constant LOW_GWEI = PRINCIPAL_GWEI - 300e9;

    function setUp() public {
        _ground(10_000 ether);
        vm.deal(address(withdrawalVault), 5 ether);
        _nextWith(LOW_GWEI); // beyond the soft limit
        _submitHeld();
    }

    function test_13_afterTheNextReferenceSlotAHeldReportIsNotAccepted() external {
        Report memory held = report;
        uint256 lowest = more.doubts().lowestHeldRate;
        assertTrue(lowest != 0, "its rate is among the known ones");
        _nextWith(LOW_GWEI); // the vault still has its five ether
        bytes32 before = fingerprint();
        vm.prank(GUARDIAN);
        vm.expectRevert(abi.encodeWithSelector(ReportOracle.StaleFrame.selector, held.refSlot, refSlot));
        oracle.acceptQuarantined(held);
        assertEq(fingerprint(), before, "moved");
        assertEq(more.doubts().lowestHeldRate, lowest, "and stays there");
        // So the true report of the next frame contradicts nothing.
        _submitHeld();
        _accept();
        assertEq(address(withdrawalVault).balance, 0, "the vault is pulled once");
    }

    /// @dev From the close of submissions on what was reported can be pulled by silent calls, and the next report is being computed.
    function test_13_acceptanceClosesWithSubmissions() external {
        uint256 close = refSlot + FRAME_SLOTS - CLOSE_SLOTS;
        uint256[3] memory late = [close, refSlot + FRAME_SLOTS - 1, refSlot + FRAME_SLOTS];
        for (uint256 i = 0; i < 3; ++i) {
            toSlot(late[i]);
            bytes32 before = fingerprint();
            vm.prank(GUARDIAN);
            vm.expectRevert(abi.encodeWithSelector(ReportOracle.SubmissionsClosed.selector, late[i], close));
            oracle.acceptQuarantined(report);
            assertEq(fingerprint(), before, "moved");
        }
        toSlot(close - 1);
        _accept();
        _next();
        _submit();
    }
}
