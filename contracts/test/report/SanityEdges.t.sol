// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IAccessControl} from "@openzeppelin/contracts/access/IAccessControl.sol";
import {Judged, LastReport, Report} from "../../src/interfaces/Types.sol";
import {Limits, Sanity, SanityInput} from "../../src/lib/Sanity.sol";
import {SanityChecker} from "../../src/SanityChecker.sol";
import {TestBase} from "../TestBase.sol";

/// @notice Every rule at its edge: the bound itself is sane, one more (or one less, for what must not fall) is a breach of that rule.
contract SanityEdgesTest is TestBase {
    address private constant ADMIN = address(0xAD);
    uint256 private constant GAIN_BOUND_WEI = uint256(1_000 ether) * 1000 * 3840 / (10_000 * 365 days) + 5 ether;

    SanityChecker private checker;
    LastReport private last;
    Report private report;
    SanityInput private input;

    function setUp() public {
        checker = new SanityChecker(ADMIN, soft(), hard());
        last.refSlot = 319;
        last.clValidatorsGwei = 900e9;
        last.clPendingGwei = 100e9;
        (last.validators, last.exited) = (100, 10);
        last.depositedWei = 3_200 ether;
        last.withdrawalVaultLeftWei = 2 ether;
        report.refSlot = 639;
        (report.clValidatorsGwei, report.clPendingGwei) = (900e9, 100e9);
        (report.validators, report.exited, report.slashed) = (100, 10, 1);
        report.depositedWei = 3_200 ether;
        (report.withdrawalVaultWei, report.elRewardsVaultWei) = (2 ether, 3 ether);
        input = SanityInput({
            secondsPerSlot: 12,
            slotsPerEpoch: 32,
            refTimestamp: 100_000,
            withdrawalVaultWei: 2 ether,
            elRewardsVaultWei: 3 ether,
            depositedWei: 3_264 ether,
            lastRequestId: 7,
            lastFinalizedId: 4,
            finalizeCreatedAt: 0,
            bucketGwei: 7e9,
            lastFalse: false,
            byGuardian: false
        });
    }

    function soft() private pure returns (Limits memory) {
        return Limits(1000, 5e9, 500, 4, 3, 3600);
    }

    function hard() private pure returns (Limits memory) {
        return Limits(2000, 50e9, 0, 8, 6, 0);
    }

    function sane() private view {
        (uint8 code,,,) = checker.check(last, report, input);
        assertEq(code, 0, "at the bound");
    }

    function breach(uint8 wanted, uint256 wantedValue, uint256 wantedBound) private view {
        (uint8 code, uint256 value, uint256 limit,) = checker.check(last, report, input);
        assertEq(code, wanted, "code");
        assertEq(value, wantedValue, "value");
        assertEq(limit, wantedBound, "bound");
    }

    function test_code1and2_vaults() external {
        sane();
        report.elRewardsVaultWei += 1;
        breach(Sanity.REWARDS_VAULT_ABOVE_ACTUAL, 3 ether + 1, 3 ether);
        report.withdrawalVaultWei += 1; // the first breach wins
        breach(Sanity.WITHDRAWAL_VAULT_ABOVE_ACTUAL, 2 ether + 1, 2 ether);
    }

    function test_code3and4_deposits() external {
        report.depositedWei = 3_264 ether;
        report.clPendingGwei += 64e9;
        sane();
        report.depositedWei += 1;
        breach(Sanity.DEPOSITED_ABOVE_NOW, 3_264 ether + 1, 3_264 ether);
        report.depositedWei = 3_200 ether - 1;
        breach(Sanity.DEPOSITED_BELOW_LAST, 3_200 ether - 1, 3_200 ether);
    }

    function test_code5to8_counts() external {
        (report.exited, report.validators) = (110, 110);
        last.exited = 100;
        sane();
        report.exited = 111;
        breach(Sanity.EXITED_ABOVE_VALIDATORS, 111, 110);
        (report.exited, report.slashed) = (110, 110);
        sane();
        report.slashed = 111;
        breach(Sanity.SLASHED_ABOVE_VALIDATORS, 111, 110);
        (report.slashed, report.validators, report.exited) = (0, 99, 99);
        breach(Sanity.VALIDATORS_DECREASED, 99, 100);
        (report.validators, report.exited) = (100, 99);
        breach(Sanity.EXITED_DECREASED, 99, 100);
    }

    function test_code9and10_finalization() external {
        report.finalizeUpTo = 7;
        input.finalizeCreatedAt = 100_000 - 3600;
        sane();
        input.finalizeCreatedAt += 1;
        breach(Sanity.FINALIZATION_TOO_YOUNG, 100_001, 100_000);
        report.finalizeUpTo = 4; // finalized already: its age is nobody's concern
        sane();
        report.finalizeUpTo = 8;
        breach(Sanity.FINALIZATION_BEYOND_DEMAND, 8, 7);
    }

    function test_code11_pending() external {
        (report.clPendingGwei, report.clValidatorsGwei) = (105e9, 895e9);
        sane();
        report.clPendingGwei += 1;
        breach(Sanity.PENDING_ABOVE_EXPECTED, 105e9 + 1, 105e9);
        report.depositedWei += 1 gwei; // a deposit since makes room for itself
        sane();
    }

    function test_whatIsInFlightIsNeitherGainNorLoss() external {
        last.clInFlightGwei = 7e9;
        (report.clValidatorsGwei, report.clInFlightGwei) = (500e9, 407e9); // withheld payloads keep a sweep away
        sane();
        (report.clInFlightGwei, report.withdrawalVaultWei, input.withdrawalVaultWei) = (0, 409 ether, 409 ether); // it arrived
        sane();
        report.clValidatorsGwei += uint64(GAIN_BOUND_WEI / 1 gwei);
        sane();
        report.clInFlightGwei = 10e9;
        uint256 gainWei = GAIN_BOUND_WEI / 1 gwei * 1 gwei + 10 ether;
        uint256 boundWei = uint256(1_007 ether) * 1000 * 3840 / (10_000 * 365 days) + 5 ether;
        breach(Sanity.CL_GAIN_TOO_HIGH, gainWei, boundWei);
        (report.clValidatorsGwei, report.clInFlightGwei) = (489e9, 6e9);
        sane(); // 5 of 1007 ether are lost: 497 of 100,000
        report.clInFlightGwei = 0;
        breach(Sanity.CL_LOSS_TOO_HIGH, 1093, 500);
    }

    function test_code12and13_growthScalesWithTheEpochsBegun() external {
        report.validators = 100 + 4 * 10;
        report.exited = 10 + 3 * 10;
        sane();
        report.exited += 1;
        breach(Sanity.EXITS_TOO_FAST, 31, 30);
        report.validators += 1;
        breach(Sanity.VALIDATORS_TOO_FAST, 41, 40);
        report.refSlot += 1; // the eleventh epoch has begun
        sane();
    }

    function test_code14_gain() external {
        uint64 mostGwei = uint64(GAIN_BOUND_WEI / 1 gwei);
        report.clValidatorsGwei += mostGwei;
        sane();
        report.clValidatorsGwei += 1;
        breach(Sanity.CL_GAIN_TOO_HIGH, (uint256(mostGwei) + 1) * 1 gwei, GAIN_BOUND_WEI);
        // A sweep into the vault is no gain; what was left there before is none either.
        report.clValidatorsGwei = 890e9;
        (input.withdrawalVaultWei, report.withdrawalVaultWei) = (12 ether, 12 ether);
        sane();
        input.withdrawalVaultWei = report.withdrawalVaultWei = uint128(12 ether + GAIN_BOUND_WEI);
        sane();
        input.withdrawalVaultWei = report.withdrawalVaultWei = uint128(12 ether + GAIN_BOUND_WEI + 1);
        breach(Sanity.CL_GAIN_TOO_HIGH, GAIN_BOUND_WEI + 1, GAIN_BOUND_WEI);
    }

    function test_code15_loss() external {
        report.clValidatorsGwei -= 5e9; // 500 hundred-thousandths
        sane();
        report.clValidatorsGwei -= 1; // begins the next
        breach(Sanity.CL_LOSS_TOO_HIGH, 501, 500);
        last.lossWindow = 400;
        report.clValidatorsGwei = 899e9;
        sane();
        report.clValidatorsGwei -= 1;
        breach(Sanity.CL_LOSS_TOO_HIGH, 501, 500);
        last.lossWindow = uint256(400) << 240; // the oldest lane falls out
        report.clValidatorsGwei = 895e9;
        sane();
        last.lossWindow = type(uint256).max; // past losses alone stop no report without one
        report.clValidatorsGwei = 900e9;
        sane();
    }

    function test_aLossWithoutPrincipalFillsItsLane() external {
        (last.clValidatorsGwei, last.clPendingGwei) = (0, 0);
        (report.clValidatorsGwei, report.clPendingGwei) = (0, 0);
        report.withdrawalVaultWei = 2 ether - 1;
        breach(Sanity.CL_LOSS_TOO_HIGH, 65_535, 500);
        input.byGuardian = true;
        (uint8 code,,, Judged memory judged) = checker.check(last, report, input);
        assertEq(code, 0, "a real loss can be accepted");
        assertEq(judged.lossWindow, 0, "and does not count again");
    }

    function testFuzz_noLossIsBeyondTheCeilings(uint64 clGwei, uint256 window) external {
        report.clValidatorsGwei = uint64(bound(clGwei, 0, 900e9));
        last.lossWindow = window;
        input.byGuardian = true;
        (uint8 code,,, Judged memory judged) = checker.check(last, report, input);
        assertEq(code, 0, "accepted");
        assertEq(judged.lossWindow, window << 16, "the window moves by one lane, which stays empty");
        assertTrue(judged.byGuardian && judged.bucketGwei == 0, "the bucket stays as it is");
    }

    function test_code16_afterAFalseReportAGuardianLooks() external {
        input.lastFalse = true;
        breach(Sanity.LAST_REPORT_FALSE, 639, 319);
        report.validators = 99;
        breach(Sanity.VALIDATORS_DECREASED, 99, 100); // the other rules come first
        report.validators = 100;
        input.byGuardian = true;
        sane();
    }

    /// @dev No report without a guardian takes more than the bucket holds.
    function test_theBucketBoundsGiftsAndPending() external {
        input.bucketGwei = 3e9;
        uint256 limit = GAIN_BOUND_WEI - 2 ether;
        report.clValidatorsGwei += uint64(limit / 1 gwei);
        sane();
        report.clValidatorsGwei += 1;
        breach(Sanity.CL_GAIN_TOO_HIGH, (limit / 1 gwei + 1) * 1 gwei, limit);
        (report.clPendingGwei, report.clValidatorsGwei) = (103e9, 897e9);
        sane();
        report.clPendingGwei += 1;
        breach(Sanity.PENDING_ABOVE_EXPECTED, 103e9 + 1, 103e9);
    }

    function test_aGainTakesOfTheBucketWhatTheYearlyRateDoesNotGive() external {
        uint256 freeWei = GAIN_BOUND_WEI - 5 ether;
        report.clValidatorsGwei += uint64(freeWei / 1 gwei);
        (,,, Judged memory judged) = checker.check(last, report, input);
        assertEq(judged.bucketGwei, 0, "within the rate");
        report.clValidatorsGwei += 2e9;
        (,,, judged) = checker.check(last, report, input);
        assertEq(judged.bucketGwei, 2e9, "rounded up"); // freeWei is not whole gwei
        last.unconfirmedGwei = 1e9;
        (,,, judged) = checker.check(last, report, input);
        assertEq(judged.bucketGwei, 1e9, "a loss that is not confirmed comes back without it");
    }

    function test_guardiansAcceptWhatIsInTheVaultAndConfirmedLossesOnce() external {
        input.byGuardian = true;
        uint256 ceiling = uint256(1_000 ether) * 2000 * 3840 / (10_000 * 365 days) + 50 ether;
        (input.withdrawalVaultWei, report.withdrawalVaultWei) = (20_102 ether, 20_102 ether);
        sane(); // 20,100 ether by force
        report.clValidatorsGwei += uint64(ceiling / 1 gwei);
        sane();
        report.clValidatorsGwei += 1;
        breach(Sanity.CL_GAIN_TOO_HIGH, 20_100 ether + (ceiling / 1 gwei + 1) * 1 gwei, 20_100 ether + ceiling);
        last.confirmedGwei = 30e9;
        sane();
        (,,, Judged memory judged) = checker.check(last, report, input);
        assertEq(judged.confirmedGwei, 1, "one gwei of them is used up");
        report.clValidatorsGwei += 30e9 - 1;
        sane();
        (,,, judged) = checker.check(last, report, input);
        assertEq(judged.confirmedGwei, 30e9, "all of them");
        report.clValidatorsGwei += 1;
        breach(Sanity.CL_GAIN_TOO_HIGH, 20_100 ether + (ceiling / 1 gwei + 1 + 30e9) * 1 gwei, 20_130 ether + ceiling);
    }

    function test_eachSoftLimitIsBelowItsCeiling() external {
        Limits memory most = hard();
        (most.lossWindowPcm, most.requestMarginSeconds) = (16 * 65_535, type(uint32).max);
        vm.prank(ADMIN);
        checker.setLimits(most);
        assertEq(keccak256(abi.encode(checker.limits())), keccak256(abi.encode(most)), "at the ceilings");
        string[5] memory fields =
            ["annualGainBps", "giftMarginGwei", "lossWindowPcm", "newValidatorsPerEpoch", "exitsPerEpoch"];
        uint256[5] memory limits = [uint256(2000), 50e9, 16 * 65_535, 8, 6];
        for (uint256 i = 0; i < 5; ++i) {
            Limits memory l = soft();
            if (i == 0) l.annualGainBps = uint32(limits[i] + 1);
            if (i == 1) l.giftMarginGwei = uint64(limits[i] + 1);
            if (i == 2) l.lossWindowPcm = uint32(limits[i] + 1);
            if (i == 3) l.newValidatorsPerEpoch = uint32(limits[i] + 1);
            if (i == 4) l.exitsPerEpoch = uint32(limits[i] + 1);
            vm.prank(ADMIN);
            vm.expectRevert(
                abi.encodeWithSelector(SanityChecker.LimitAboveCeiling.selector, fields[i], limits[i] + 1, limits[i])
            );
            checker.setLimits(l);
        }
        assertEq(keccak256(abi.encode(checker.limits())), keccak256(abi.encode(most)), "as it was");
        vm.expectRevert(
            abi.encodeWithSelector(IAccessControl.AccessControlUnauthorizedAccount.selector, address(this), bytes32(0))
        );
        checker.setLimits(most);
    }

    /// @dev What reports, events and `report.CheckSanity` call them: a code does not change.
    function test_codesAreWhatTheDocumentsSay() external pure {
        uint8[17] memory codes = [
            Sanity.OK,
            Sanity.WITHDRAWAL_VAULT_ABOVE_ACTUAL,
            Sanity.REWARDS_VAULT_ABOVE_ACTUAL,
            Sanity.DEPOSITED_BELOW_LAST,
            Sanity.DEPOSITED_ABOVE_NOW,
            Sanity.EXITED_ABOVE_VALIDATORS,
            Sanity.SLASHED_ABOVE_VALIDATORS,
            Sanity.VALIDATORS_DECREASED,
            Sanity.EXITED_DECREASED,
            Sanity.FINALIZATION_BEYOND_DEMAND,
            Sanity.FINALIZATION_TOO_YOUNG,
            Sanity.PENDING_ABOVE_EXPECTED,
            Sanity.VALIDATORS_TOO_FAST,
            Sanity.EXITS_TOO_FAST,
            Sanity.CL_GAIN_TOO_HIGH,
            Sanity.CL_LOSS_TOO_HIGH,
            Sanity.LAST_REPORT_FALSE
        ];
        for (uint256 i = 0; i < codes.length; ++i) {
            assertEq(codes[i], i, "code");
        }
    }
}
