// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Judged, LastReport, Report} from "../../src/interfaces/Types.sol";
import {BeaconState} from "../../src/lib/BeaconState.sol";
import {RebaseInput, RebaseMath, RebaseOutput} from "../../src/lib/RebaseMath.sol";
import {Limits, Sanity, SanityInput} from "../../src/lib/Sanity.sol";
import {Schedule, Schedules} from "../../src/lib/Schedule.sol";

/// @notice Lets Go run the pure arithmetic on many inputs in one call.
contract MathHarness {
    using Schedules for Schedule;

    struct SanityCase {
        Limits limits;
        LastReport last;
        Report report;
        SanityInput input;
    }

    struct Verdict {
        uint8 code;
        uint256 value;
        uint256 bound;
        Judged judged;
    }

    /// @dev `reverted` is the selector of the error, 0 when there was none.
    struct RebaseResult {
        bytes4 reverted;
        RebaseOutput output;
    }

    struct ScheduleAnswer {
        bool valid;
        uint256 slot;
        uint256 next;
        uint256 change;
        bool opened;
        uint256 current;
        uint256 close;
    }

    function withdrawsTo(bytes32 withdrawalCredentials, address vault) external pure returns (bool) {
        return BeaconState.withdrawsTo(withdrawalCredentials, vault);
    }

    function rebase(RebaseInput[] calldata inputs) external view returns (RebaseResult[] memory results) {
        results = new RebaseResult[](inputs.length);
        for (uint256 i = 0; i < inputs.length; ++i) {
            try this.rebaseOne(inputs[i]) returns (RebaseOutput memory output) {
                results[i].output = output;
            } catch (bytes memory reason) {
                results[i].reverted = bytes4(reason);
            }
        }
    }

    function rebaseOne(RebaseInput calldata input) external pure returns (RebaseOutput memory) {
        return RebaseMath.compute(input);
    }

    /// @dev What each request of a batch is paid at one rate.
    function payouts(uint256[] calldata valuesWei, uint256[] calldata shares, uint256 pooledWei, uint256 totalShares)
        external
        pure
        returns (uint256[] memory paidWei)
    {
        paidWei = new uint256[](shares.length);
        for (uint256 i = 0; i < shares.length; ++i) {
            paidWei[i] = RebaseMath.payout(valuesWei[i], shares[i], pooledWei, totalShares);
        }
    }

    function sanity(SanityCase[] calldata cases) external pure returns (Verdict[] memory verdicts) {
        verdicts = new Verdict[](cases.length);
        for (uint256 i = 0; i < cases.length; ++i) {
            SanityCase calldata c = cases[i];
            Verdict memory v = verdicts[i];
            (v.code, v.value, v.bound, v.judged) = Sanity.check(c.limits, c.last, c.report, c.input);
        }
    }

    function schedules(Schedule[] calldata list, uint256[] calldata timestamps)
        external
        view
        returns (ScheduleAnswer[] memory answers)
    {
        answers = new ScheduleAnswer[](list.length);
        for (uint256 i = 0; i < list.length; ++i) {
            try this.validate(list[i]) {
                answers[i] = this.scheduleOne(list[i], timestamps[i]);
            } catch {}
        }
    }

    function validate(Schedule calldata s) external pure {
        s.validate();
    }

    function scheduleOne(Schedule calldata s, uint256 timestamp) external view returns (ScheduleAnswer memory a) {
        a.valid = true;
        a.slot = s.slotAt(timestamp);
        a.next = s.nextRefSlot(a.slot);
        a.change = s.refSlotOfChange(a.slot);
        try this.current(s, a.slot) returns (uint256 refSlot) {
            (a.opened, a.current, a.close) = (true, refSlot, s.closeSlotOf(refSlot));
        } catch {}
    }

    function current(Schedule calldata s, uint256 slot) external pure returns (uint256) {
        return s.currentRefSlot(slot);
    }
}
