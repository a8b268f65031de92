// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Schedule, Schedules} from "../../src/lib/Schedule.sol";
import {TestBase} from "../TestBase.sol";

/// @notice Each bound of a schedule, from both sides.
contract SchedulesTest is TestBase {
    function validate(Schedule calldata s) external pure {
        Schedules.validate(s);
    }

    /// @dev Frames of 320 slots.
    function _good() private pure returns (Schedule memory) {
        return Schedule({
            genesisTime: 1_606_824_023,
            secondsPerSlot: 12,
            slotsPerEpoch: 32,
            initialEpoch: 10,
            epochsPerFrame: 10,
            finalityMarginSlots: 64,
            closeSlots: 8
        });
    }

    function _possible(Schedule memory s) private view {
        this.validate(s);
    }

    function _impossible(Schedule memory s) private {
        vm.expectRevert(Schedules.ImpossibleSchedule.selector);
        this.validate(s);
    }

    function test_nothingIsZero() external {
        Schedule memory s = _good();
        _possible(s);
        s.secondsPerSlot = 0;
        _impossible(s);
        s = _good();
        s.slotsPerEpoch = 0;
        _impossible(s);
        s = _good();
        s.initialEpoch = 0;
        _impossible(s);
    }

    function test_eachNumberFitsItsLane() external {
        Schedule memory s = _good();
        s.initialEpoch = type(uint32).max;
        _possible(s);
        ++s.initialEpoch;
        _impossible(s);
        s = _good();
        s.genesisTime = type(uint40).max;
        _possible(s);
        ++s.genesisTime;
        _impossible(s);
        s = _good();
        s.secondsPerSlot = type(uint16).max;
        _possible(s);
        ++s.secondsPerSlot;
        _impossible(s);
    }

    /// @dev EIP-4788 keeps 8,191 roots by the timestamp's remainder: with slots of 8,191 seconds all would stand in one place.
    function test_slotsAreToldApartByTheBeaconRoots() external {
        Schedule memory s = _good();
        s.secondsPerSlot = 8_191;
        _impossible(s);
        s.secondsPerSlot = 8_190;
        _possible(s);
        s.secondsPerSlot = 8_192;
        _possible(s);
    }

    function test_aFrameIsNeitherShorterThanFinalityNorLongerThanTheBeaconRoots() external {
        Schedule memory s = _good();
        s.epochsPerFrame = 4;
        _possible(s);
        s.epochsPerFrame = 3;
        _impossible(s);
        s.epochsPerFrame = 253; // 8,096 slots and 64 for the submission are 8,160
        _possible(s);
        s.epochsPerFrame = 254; // 8,192
        _impossible(s);
    }

    function test_theBeaconRootsLastUntilTheSubmissionToTheSlot() external {
        Schedule memory s = _good();
        s.slotsPerEpoch = 1;
        s.finalityMarginSlots = 2;
        s.epochsPerFrame = 8_127;
        _possible(s);
        s.epochsPerFrame = 8_128;
        _impossible(s);
    }

    function test_finalityTakesTwoEpochs() external {
        Schedule memory s = _good();
        s.finalityMarginSlots = 63;
        _impossible(s);
    }

    function test_submissionsHaveFourSlotsAtLeastAndCloseTwoBeforeTheNextReferenceSlot() external {
        Schedule memory s = _good();
        s.closeSlots = 2;
        _possible(s);
        s.closeSlots = 1;
        _impossible(s);
        s.closeSlots = 252; // 64 + 252 + 4 are all 320 slots
        _possible(s);
        s.closeSlots = 253;
        _impossible(s);
    }
}
