// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Judged, LastReport, Report} from "../../src/interfaces/Types.sol";
import {PoolReports} from "../../src/pool/PoolReports.sol";
import {Ground} from "../system/Ground.sol";

/// @notice A captured committee, and an oracle that a captured timelock put in the place of the true one, want to raise the rate.
contract BoundTest is Ground {
    uint256 private constant POOLED_WEI = 10_001 ether;
    uint256 private constant BUCKET_WEI = uint256(BUCKET_GWEI) * 1 gwei;

    uint256 private _start;

    function setUp() public {
        _ground(10_000 ether);
        _start = GENESIS_TIME + uint256(refSlot) * SECONDS_PER_SLOT;
    }

    /// @dev The most that `POOLED_WEI` may have become by `timestamp`: the yearly rise, with interest of a month on it, the bucket and its refill.
    function _most(uint256 timestamp) private view returns (uint256) {
        uint256 elapsed = timestamp - _start;
        uint256 bucketWei = BUCKET_WEI + BUCKET_WEI * elapsed / BUCKET_SECONDS;
        uint256 riseWei = (POOLED_WEI + bucketWei) * MAX_RISE_BPS * elapsed / (10_000 * 365 days);
        return POOLED_WEI + bucketWei + riseWei + riseWei * MAX_RISE_BPS * elapsed / (10_000 * 365 days);
    }

    function _pooledWei() private view returns (uint256 pooledWei) {
        (pooledWei,) = token.totals();
    }

    // ------------------------------------------------------------------------------------------- a captured committee

    /// @dev 20,000 ether in ten frames, where the year gives 2.8.
    function test_4_tenGiftsGainNoMoreThanOneBucketAndTheYear() external {
        for (uint256 i = 0; i < 10; ++i) {
            _next();
            uint64 clGwei = report.clValidatorsGwei;
            report.clValidatorsGwei = clGwei + 2_000e9;
            _submitHeld();
            // So they take what the bounds leave, to the gwei.
            (LastReport memory last,, uint256 bucketGwei,) = pool.reportBase(refSlot);
            uint256 yearlyWei = uint256(last.clValidatorsGwei) * 1 gwei * 1_000 * FRAME_SECONDS / (10_000 * 365 days);
            report.clValidatorsGwei = clGwei + uint64(yearlyWei / 1 gwei + bucketGwei) + 1;
            _submitHeld();
            report.clValidatorsGwei -= 1;
            _submit();
        }
        uint256 elapsed = 10 * FRAME_SECONDS;
        uint256 gainGwei = more.lastReport().clValidatorsGwei - PRINCIPAL_GWEI;
        uint256 yearly = uint256(more.lastReport().clValidatorsGwei) * 1_000 * elapsed / (10_000 * 365 days);
        assertLe(gainGwei, yearly + BUCKET_GWEI + uint256(BUCKET_GWEI) * elapsed / BUCKET_SECONDS, "one bucket");
        assertLe(_pooledWei(), _most(_start + elapsed), "the rate");
        // It is not that they could not do it: the bucket was there to be taken.
        assertTrue(gainGwei > BUCKET_GWEI, "all of the bucket");
    }

    /// @dev More than the ceiling of the gift margin was forced into the vault. A guardian can accept what is there, and the next report needs none.
    function test_7_aGuardianAcceptsWhatIsInTheVaultWhateverTheCeiling() external {
        vm.deal(address(withdrawalVault), 20_100 ether);
        _next();
        _submitHeld();
        _accept();
        assertLe(_pooledWei(), _most(block.timestamp), "let out by the year");
        _next();
        _submit();
        assertLe(_pooledWei(), _most(block.timestamp), "and the bucket");
    }

    // ------------------------------------------------------------------------------------------- a rogue oracle

    function _usurp() private {
        bytes32 role = pool.ORACLE_ROLE();
        vm.prank(ADMIN);
        pool.grantRole(role, address(this));
    }

    function _rogueReport(uint64 clGwei) private view returns (Report memory r) {
        LastReport memory last = more.lastReport();
        r.version = 2;
        r.refSlot = last.refSlot + FRAME_SLOTS / 2;
        (r.validators, r.clValidatorsGwei) = (uint32(KEYS), clGwei);
        r.depositedWei = last.depositedWei;
    }

    function test_5_3200000EtherInOneReportAreLetInSlowly() external {
        _usurp();
        Report memory r = _rogueReport(PRINCIPAL_GWEI + 3_200_000e9);
        Judged memory judged;
        toSlot(r.refSlot);
        pool.applyReport(r, judged);
        uint256 riseWei = POOLED_WEI * MAX_RISE_BPS * (FRAME_SECONDS / 2) / (10_000 * 365 days);
        assertEq(_pooledWei(), POOLED_WEI + riseWei + BUCKET_WEI, "the year and the bucket, once");
        assertEq(more.head().bucketGwei, 0, "which is empty");
        assertEq(more.unrecognisedWei(), 3_200_000 ether - riseWei - BUCKET_WEI, "the rest waits");
        // And a report that tells the truth again takes back what was let in, no more.
        r = _rogueReport(PRINCIPAL_GWEI);
        toSlot(r.refSlot);
        pool.applyReport(r, judged);
        assertEq(_pooledWei(), POOLED_WEI, "the truth");
    }

    /// @dev "By a guardian", "confirmed losses": the pool believes no word of it when it comes to the rise.
    function testFuzz_5_noJudgementRaisesTheBound(
        uint64 clGwei,
        uint64 bucketGwei,
        uint64 confirmedGwei,
        bool byGuardian
    ) external {
        _usurp();
        Judged memory judged = Judged(0, bucketGwei, confirmedGwei, byGuardian);
        Report memory r = _rogueReport(clGwei % (1 << 55));
        toSlot(r.refSlot);
        pool.applyReport(r, judged);
        assertLe(_pooledWei(), _most(block.timestamp), "bounded");
    }

    /// @dev Each gains what it can: 2,000 reports, of the slots of 44 days, in one block.
    function test_5_twoThousandReportsInABlockAreBoundedByTheTimeThatPassed() external {
        _usurp();
        Judged memory judged;
        toSlot(uint256(refSlot) + 2_000 * (FRAME_SLOTS / 2));
        Report memory r = _rogueReport(PRINCIPAL_GWEI + 3_200_000e9);
        for (uint256 i = 0; i < 2_000; ++i) {
            r.depositedWei = 3_200 ether;
            pool.applyReport(r, judged);
            r.refSlot += FRAME_SLOTS / 2;
        }
        assertLe(_pooledWei(), _most(block.timestamp), "bounded");
        vm.expectRevert(abi.encodeWithSelector(PoolReports.RefSlotToCome.selector, r.refSlot, slotNow()));
        pool.applyReport(r, judged);
        uint64 last = more.lastReport().refSlot;
        r.refSlot = last + 1;
        vm.expectRevert(abi.encodeWithSelector(PoolReports.ReportTooSoon.selector, last + 1, last + FRAME_SLOTS / 2));
        pool.applyReport(r, judged);
    }

    /// @dev A report that says nothing new lets in what waits, and never lowers the rate by the bound.
    function testFuzz_5_aReportNeverLowersTheRateByTheBound(uint64 gainGwei, uint16 frames) external {
        _usurp();
        Judged memory judged;
        Report memory r = _rogueReport(PRINCIPAL_GWEI + gainGwei % 10_000_000e9);
        toSlot(r.refSlot);
        pool.applyReport(r, judged);
        uint256 before = _pooledWei();
        assertLe(POOLED_WEI, before, "a gain");
        r.refSlot += FRAME_SLOTS / 2 * (1 + uint64(frames) % 1_000);
        toSlot(r.refSlot);
        pool.applyReport(r, judged);
        assertLe(before, _pooledWei(), "no fall");
        assertLe(_pooledWei(), _most(block.timestamp), "bounded");
    }
}
