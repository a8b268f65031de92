// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IAccessControl} from "@openzeppelin/contracts/access/IAccessControl.sol";
import {IERC20Errors} from "@openzeppelin/contracts/interfaces/draft-IERC6093.sol";
import {IOperatorRegistry} from "../../src/interfaces/IOperatorRegistry.sol";
import {IStakingPool} from "../../src/interfaces/IStakingPool.sol";
import {StakeLimits} from "../../src/lib/StakeLimits.sol";
import {TimedPause} from "../../src/lib/TimedPause.sol";
import {PoolBase} from "../../src/pool/PoolBase.sol";
import {PoolExtension} from "../../src/pool/PoolExtension.sol";
import {WithdrawalQueue} from "../../src/WithdrawalQueue.sol";
import {Deployment} from "./Deployment.sol";

/// @notice Every term has a ceiling and every bound its own edge.
contract TermsTest is Deployment {
    function setUp() public {
        deployAll();
    }

    // ------------------------------------------------------------------------------------------- terms

    function _set(PoolBase.Terms memory t) private {
        vm.expectEmit();
        emit PoolBase.TermsSet(t);
        vm.prank(ADMIN);
        more.setTerms(t);
        assertEq(keccak256(abi.encode(more.terms())), keccak256(abi.encode(t)), "read back");
    }

    function _beyond(PoolBase.Terms memory t, string memory field, uint256 value) private {
        PoolBase.Terms memory before = more.terms();
        vm.prank(ADMIN);
        vm.expectRevert(abi.encodeWithSelector(PoolBase.TermOutOfRange.selector, field, value, value - 1));
        more.setTerms(t);
        assertEq(keccak256(abi.encode(more.terms())), keccak256(abi.encode(before)), "changed");
    }

    function test_everyTermIsReadAsItWasDeployed() external view {
        PoolBase.Terms memory t = more.terms();
        assertEq(t.treasury, TREASURY, "treasury");
        assertEq(t.feeBps, FEE_BPS, "feeBps");
        assertEq(t.operatorsBps, OPERATORS_BPS, "operatorsBps");
        assertEq(t.normalRewardBps, NORMAL_REWARD_BPS, "normalRewardBps");
        assertEq(t.noisePcm, NOISE_PCM, "noisePcm");
    }

    function test_everyTermHasItsCeiling() external {
        PoolBase.Terms memory t = more.terms();
        t.feeBps = 2_000;
        _set(t);
        t.feeBps = 2_001;
        _beyond(t, "feeBps", 2_001);
        (t.feeBps, t.operatorsBps) = (0, 10_000);
        _set(t);
        t.operatorsBps = 10_001;
        _beyond(t, "operatorsBps", 10_001);
        (t.operatorsBps, t.normalRewardBps) = (0, 1_000);
        _set(t);
        t.normalRewardBps = 1_001;
        _beyond(t, "normalRewardBps", 1_001);
        (t.normalRewardBps, t.noisePcm) = (0, 1_000);
        _set(t);
        t.noisePcm = 1_001;
        _beyond(t, "noisePcm", 1_001);
        t.noisePcm = 0;
        _set(t);
    }

    function test_theTreasuryIsSomebodyAndNotTheToken() external {
        PoolBase.Terms memory t = more.terms();
        t.treasury = address(0);
        vm.prank(ADMIN);
        vm.expectRevert(PoolBase.ZeroAddress.selector);
        more.setTerms(t);
        t.treasury = address(token);
        vm.prank(ADMIN);
        vm.expectRevert(abi.encodeWithSelector(IERC20Errors.ERC20InvalidReceiver.selector, address(token)));
        more.setTerms(t);
        t.treasury = address(this);
        _set(t);
    }

    function test_onlyTheAdminSetsTermsAndLimit() external {
        PoolBase.Terms memory t = more.terms();
        bytes memory denied = abi.encodeWithSelector(
            IAccessControl.AccessControlUnauthorizedAccount.selector, address(this), pool.DEFAULT_ADMIN_ROLE()
        );
        vm.expectRevert(denied);
        more.setTerms(t);
        vm.expectRevert(denied);
        more.setStakeLimit(1, 1);
    }

    // ------------------------------------------------------------------------------------------- bounds

    function _config() private view returns (PoolBase.Config memory) {
        address[13] memory set;
        for (uint256 i = 0; i < set.length; ++i) {
            set[i] = address(uint160(0x5E7 + i));
        }
        return poolConfig(set);
    }

    function make(PoolBase.Config calldata c) external returns (PoolExtension) {
        return new PoolExtension(c);
    }

    function _makes(PoolBase.Bounds memory b) private {
        PoolBase.Config memory c = _config();
        c.bounds = b;
        // Terms that no ceiling of the bounds refuses.
        (c.terms.feeBps, c.terms.normalRewardBps, c.terms.noisePcm) = (0, 0, 0);
        PoolExtension made = this.make(c);
        assertEq(keccak256(abi.encode(made.bounds())), keccak256(abi.encode(b)), "read back");
    }

    function _makesNot(PoolBase.Bounds memory b, bytes memory reason) private {
        PoolBase.Config memory c = _config();
        c.bounds = b;
        vm.expectRevert(reason);
        this.make(c);
    }

    function _impossible(PoolBase.Bounds memory b, string memory field, uint256 value) private {
        _makesNot(b, abi.encodeWithSelector(PoolBase.ImpossibleBound.selector, field, value));
    }

    function test_everyBoundIsReadAsItWasDeployed() external view {
        PoolBase.Bounds memory b = more.bounds();
        assertEq(b.maxFeeBps, 2_000, "maxFeeBps");
        assertEq(b.maxNormalRewardBps, 1_000, "maxNormalRewardBps");
        assertEq(b.maxNoisePcm, 1_000, "maxNoisePcm");
        assertEq(b.maxRiseBps, MAX_RISE_BPS, "maxRiseBps");
        assertEq(b.bucketGwei, BUCKET_GWEI, "bucketGwei");
        assertEq(b.bucketRefillSeconds, BUCKET_SECONDS, "bucketRefillSeconds");
        assertEq(b.minReportSeconds, FRAME_SLOTS * SECONDS_PER_SLOT / 2, "minReportSeconds");
        assertEq(b.staleAfterSeconds, STALE_SECONDS, "staleAfterSeconds");
        assertEq(more.staleAfterSeconds(), STALE_SECONDS, "and by itself");
        assertEq(b.doubtAfterSeconds, DOUBT_SECONDS, "doubtAfterSeconds");
        assertEq(b.reserveBps, 0, "reserveBps");
    }

    function test_theCeilingsHaveCeilings() external {
        PoolBase.Bounds memory b = poolBounds();
        b.maxFeeBps = 5_000;
        (b.maxNoisePcm, b.reserveBps) = (10_000, 1_000);
        _makes(b);
        b.reserveBps = 1_001;
        _makesNot(b, abi.encodeWithSelector(PoolBase.TermOutOfRange.selector, "reserveBps", 1_001, 1_000));
        b.reserveBps = 1_000;
        b.maxFeeBps = 5_001;
        _makesNot(b, abi.encodeWithSelector(PoolBase.TermOutOfRange.selector, "maxFeeBps", 5_001, 5_000));
        (b.maxFeeBps, b.maxNoisePcm) = (5_000, 10_001);
        _makesNot(b, abi.encodeWithSelector(PoolBase.TermOutOfRange.selector, "maxNoisePcm", 10_001, 10_000));
    }

    function test_everyBoundHasItsEdge() external {
        PoolBase.Bounds memory b = poolBounds();
        // The least of everything: no bucket, no fee.
        b = PoolBase.Bounds({
            maxFeeBps: 0,
            maxNormalRewardBps: 0,
            maxNoisePcm: 0,
            maxRiseBps: 1,
            bucketGwei: 0,
            bucketRefillSeconds: 1,
            minReportSeconds: 1,
            staleAfterSeconds: 1,
            doubtAfterSeconds: 1,
            reserveBps: 0
        });
        _makes(b);
        b.maxRiseBps = 0;
        _impossible(b, "maxRiseBps", 0);
        (b.maxRiseBps, b.bucketRefillSeconds) = (1, 0);
        _impossible(b, "bucketRefillSeconds", 0);
        (b.bucketRefillSeconds, b.minReportSeconds) = (1, 0);
        _impossible(b, "minReportSeconds", 0);
        (b.minReportSeconds, b.staleAfterSeconds) = (1, 0);
        _impossible(b, "staleAfterSeconds", 0);
        (b.staleAfterSeconds, b.doubtAfterSeconds) = (1, 0);
        _impossible(b, "doubtAfterSeconds", 0);
        (b.staleAfterSeconds, b.doubtAfterSeconds) = (100, 99);
        _impossible(b, "doubtAfterSeconds", 99);
        b.doubtAfterSeconds = 100;
        _makes(b);
    }

    function test_firstTermsAreBelowTheCeilingsToo() external {
        PoolBase.Config memory c = _config();
        c.terms.feeBps = c.bounds.maxFeeBps + 1;
        vm.expectRevert(abi.encodeWithSelector(PoolBase.TermOutOfRange.selector, "feeBps", 2_001, 2_000));
        this.make(c);
    }

    function test_thePoolNeedsEveryAddress() external {
        for (uint256 i = 0; i < 8; ++i) {
            PoolBase.Config memory c = _config();
            if (i == 0) c.admin = address(0);
            if (i == 1) c.wiring.token = wiringOfNobody().token;
            if (i == 2) c.wiring.queue = wiringOfNobody().queue;
            if (i == 3) c.wiring.withdrawalVault = wiringOfNobody().withdrawalVault;
            if (i == 4) c.wiring.elRewardsVault = wiringOfNobody().elRewardsVault;
            if (i == 5) c.wiring.depositContract = wiringOfNobody().depositContract;
            if (i == 6) c.registry = IOperatorRegistry(address(0));
            if (i == 7) c.terms.treasury = address(0);
            vm.expectRevert(PoolBase.ZeroAddress.selector);
            this.make(c);
        }
    }

    function wiringOfNobody() private pure returns (PoolBase.Wiring memory w) {
        return w;
    }

    // ------------------------------------------------------------------------------------------- the stake limit

    function test_theStakeLimitIsSetFullAndMustRefill() external {
        vm.expectEmit();
        emit PoolBase.StakeLimitSet(7 ether, 1);
        vm.prank(ADMIN);
        more.setStakeLimit(7 ether, 1);
        assertEq(more.stakeLimitWei(), 7 ether, "full");
        vm.prank(ADMIN);
        vm.expectRevert(StakeLimits.ImpossibleStakeLimit.selector);
        more.setStakeLimit(7 ether, 0);
        // Zero closes deposits.
        vm.prank(ADMIN);
        more.setStakeLimit(0, 1);
        vm.deal(address(this), 1 ether);
        vm.expectRevert(abi.encodeWithSelector(StakeLimits.StakeLimitReached.selector, 1, 0));
        pool.deposit{value: 1}(address(this), 0);
    }

    // ------------------------------------------------------------------------------------------- the queue

    function makeQueue(uint256 minWei, uint256 maxWei, uint256 maxPause) external returns (WithdrawalQueue) {
        return new WithdrawalQueue(ADMIN, PAUSER, RESUMER, IStakingPool(address(pool)), token, minWei, maxWei, maxPause);
    }

    function test_theQueueIsMadeWithPossibleRequests() external {
        WithdrawalQueue made = this.makeQueue(1, 1, 1);
        assertTrue(made.minRequestWei() == 1 && made.maxRequestWei() == 1 && made.maxPauseSeconds() == 1, "the least");
        vm.expectRevert(abi.encodeWithSelector(WithdrawalQueue.RequestOutOfRange.selector, 0, 1, 1));
        this.makeQueue(0, 1, 1);
        vm.expectRevert(abi.encodeWithSelector(WithdrawalQueue.RequestOutOfRange.selector, 3, 1, 2));
        this.makeQueue(3, 2, 1);
        made = this.makeQueue(1, 1, 90 days);
        assertEq(made.maxPauseSeconds(), 90 days, "the longest pause");
        vm.expectRevert(abi.encodeWithSelector(TimedPause.MaxPauseOutOfRange.selector, 90 days + 1, 90 days));
        this.makeQueue(1, 1, 90 days + 1);
        vm.expectRevert(abi.encodeWithSelector(TimedPause.MaxPauseOutOfRange.selector, 0, 90 days));
        this.makeQueue(1, 1, 0);
    }
}
