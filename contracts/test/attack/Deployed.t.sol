// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IOracleCommittee} from "../../src/interfaces/IOracleCommittee.sol";
import {IStakingPool} from "../../src/interfaces/IStakingPool.sol";
import {Schedule} from "../../src/lib/Schedule.sol";
import {OracleCommittee} from "../../src/OracleCommittee.sol";
import {PoolBase} from "../../src/pool/PoolBase.sol";
import {PoolExtension} from "../../src/pool/PoolExtension.sol";
import {ReportOracle} from "../../src/ReportOracle.sol";
import {StakingPool} from "../../src/StakingPool.sol";
import {Deployment} from "../system/Deployment.sol";

/// @notice Sets that contradict themselves are not made, and nobody comes between the pool and its first shares.
contract DeployedTest is Deployment {
    uint256 private constant TWO_FRAMES = 2 * FRAME_SLOTS * SECONDS_PER_SLOT;

    function setUp() public {
        deployAll();
    }

    // ------------------------------------------------------------------------------------------- the oracle

    function _oracle(IOracleCommittee committee_, uint256 quarantineSeconds) private returns (ReportOracle) {
        ReportOracle.Config memory c = ReportOracle.Config({
            admin: ADMIN,
            guardian: GUARDIAN,
            pauser: PAUSER,
            resumer: RESUMER,
            challenge: address(challenge),
            pool: IStakingPool(address(pool)),
            queue: queue,
            committee: committee_,
            sanity: sanity,
            stateProofs: stateProofs,
            withdrawalVault: address(withdrawalVault),
            elRewardsVault: address(rewardsVault),
            quarantineSeconds: uint64(quarantineSeconds),
            maxPauseSeconds: MAX_PAUSE_SECONDS
        });
        return new ReportOracle(c);
    }

    function makeOracle(IOracleCommittee committee_, uint256 quarantineSeconds) external {
        _oracle(committee_, quarantineSeconds);
    }

    function test_16_thePoolIsNotStaleWhileAReportIsJudged() external {
        uint256 most = STALE_SECONDS - TWO_FRAMES;
        vm.expectRevert(abi.encodeWithSelector(ReportOracle.StaleBeforeJudged.selector, STALE_SECONDS, STALE_SECONDS));
        this.makeOracle(committee, most);
        vm.expectRevert(
            abi.encodeWithSelector(ReportOracle.StaleBeforeJudged.selector, STALE_SECONDS, STALE_SECONDS + 1)
        );
        this.makeOracle(committee, most + 1);
        assertEq(_oracle(committee, most - 1).quarantineSeconds(), most - 1, "made");
    }

    function test_16_oracleAndPoolHaveOneClock() external {
        for (uint256 field = 0; field < 7; ++field) {
            Schedule memory s = schedule();
            if (field == 0) ++s.genesisTime;
            if (field == 1) ++s.secondsPerSlot;
            if (field == 2) --s.slotsPerEpoch;
            if (field == 3) ++s.initialEpoch;
            if (field == 4) ++s.epochsPerFrame;
            if (field == 5) ++s.finalityMarginSlots;
            if (field == 6) ++s.closeSlots;
            OracleCommittee other = new OracleCommittee(
                OracleCommittee.Config({
                    admin: ADMIN,
                    membership: MEMBERSHIP,
                    ejector: GUARDIAN,
                    slasher: address(oracle),
                    treasury: TREASURY,
                    minBondWei: 1 ether,
                    unbondingSeconds: 1 weeks,
                    reporterRewardBps: 1000,
                    schedule: s
                })
            );
            vm.expectRevert(ReportOracle.OtherSchedule.selector);
            this.makeOracle(other, QUARANTINE_SECONDS);
        }
    }

    // ------------------------------------------------------------------------------------------- the pool

    function _config() private view returns (PoolBase.Config memory) {
        address[13] memory set;
        for (uint256 i = 0; i < set.length; ++i) {
            set[i] = address(uint160(0x5E7 + i));
        }
        return poolConfig(set);
    }

    function makePool(PoolBase.Config calldata c, PoolExtension extension) external payable {
        new StakingPool{value: msg.value}(c, extension);
    }

    function test_16_theTwoHalvesAreMadeWithOneConfiguration() external {
        PoolBase.Config memory c = _config();
        PoolExtension extension = new PoolExtension(c);
        bytes32 given = keccak256(abi.encode(c));
        assertEq(extension.configHash(), given, "what it was made with");
        vm.deal(address(this), 1 ether);
        c.bounds.staleAfterSeconds = 1;
        vm.expectRevert(abi.encodeWithSelector(StakingPool.OtherExtension.selector, keccak256(abi.encode(c)), given));
        this.makePool{value: 1 ether}(c, extension);
    }

    function test_16_thePoolOpensWithEnoughToKeepTheRatePrecise() external {
        PoolBase.Config memory c = _config();
        PoolExtension extension = new PoolExtension(c);
        vm.deal(address(this), 1 ether);
        vm.expectRevert(abi.encodeWithSelector(StakingPool.BootstrapTooSmall.selector, 1e12 - 1, 1e12));
        this.makePool{value: 1e12 - 1}(c, extension);
        vm.expectRevert(abi.encodeWithSelector(StakingPool.BootstrapTooSmall.selector, 0, 1e12));
        this.makePool(c, extension);
    }

    /// @dev Nobody can be first: the first shares are locked in the deployment of the pool itself.
    function test_16_theFirstSharesAreThePoolsOwn() external view {
        (uint256 pooledWei, uint256 shares) = token.totals();
        assertTrue(pooledWei == BOOTSTRAP_WEI && shares == BOOTSTRAP_WEI, "one for one");
        assertEq(token.sharesOf(pool.DEAD()), BOOTSTRAP_WEI, "locked for ever");
        assertEq(more.bufferedWei(), BOOTSTRAP_WEI, "in the buffer");
    }
}
