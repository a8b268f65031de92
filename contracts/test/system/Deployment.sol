// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {BalanceChallenge, IChallengedOracle} from "../../src/BalanceChallenge.sol";
import {ELRewardsVault} from "../../src/ELRewardsVault.sol";
import {IDepositContract} from "../../src/interfaces/IDepositContract.sol";
import {IStakingPool} from "../../src/interfaces/IStakingPool.sol";
import {IOperatorRegistry} from "../../src/interfaces/IOperatorRegistry.sol";
import {Limits} from "../../src/lib/Sanity.sol";
import {Schedule} from "../../src/lib/Schedule.sol";
import {OperatorRegistry} from "../../src/OperatorRegistry.sol";
import {OracleCommittee} from "../../src/OracleCommittee.sol";
import {PoolBase} from "../../src/pool/PoolBase.sol";
import {PoolExtension} from "../../src/pool/PoolExtension.sol";
import {ReportOracle} from "../../src/ReportOracle.sol";
import {SanityChecker} from "../../src/SanityChecker.sol";
import {StakedEther} from "../../src/StakedEther.sol";
import {StateProofs} from "../../src/StateProofs.sol";
import {StakingPool} from "../../src/StakingPool.sol";
import {Validators} from "../../src/Validators.sol";
import {ValidatorBook} from "../../src/validators/ValidatorBook.sol";
import {WithdrawalQueue} from "../../src/WithdrawalQueue.sol";
import {WithdrawalVault} from "../../src/WithdrawalVault.sol";
import {WrappedStakedEther} from "../../src/WrappedStakedEther.sol";
import {TestBase} from "../TestBase.sol";

/// @notice The whole set, wired as the Go deployment wires it, on the real system contracts and the real deposit contract.
abstract contract Deployment is TestBase {
    address internal constant ADMIN = address(0xAD);
    address internal constant GUARDIAN = address(0x60);
    address internal constant PAUSER = address(0x9A);
    address internal constant RESUMER = address(0x9E);
    address internal constant MEMBERSHIP = address(0x3E);
    address internal constant OPERATOR_MANAGER = address(0x09);
    address internal constant TREASURY = address(0x7E);
    address internal constant SYSTEM = 0xffffFFFfFFffffffffffffffFfFFFfffFFFfFFfE;
    address internal constant BEACON_ROOTS = 0x000F3df6D732807Ef1319fB7B8bB8522d0Beac02;

    uint64 internal constant GENESIS_TIME = 1_700_000_000;
    uint64 internal constant SECONDS_PER_SLOT = 12;
    uint64 internal constant SLOTS_PER_EPOCH = 32;
    uint64 internal constant SLOTS_PER_HISTORICAL_ROOT = 8192;
    uint64 internal constant GLOAS_EPOCH = 100;
    uint64 internal constant INITIAL_EPOCH = 10;
    uint64 internal constant EPOCHS_PER_FRAME = 10;
    uint64 internal constant FRAME_SLOTS = SLOTS_PER_EPOCH * EPOCHS_PER_FRAME;
    uint64 internal constant FINALITY_MARGIN_SLOTS = 64;
    uint64 internal constant CLOSE_SLOTS = 8;
    uint64 internal constant QUARANTINE_SECONDS = 1 days;
    uint256 internal constant STALE_SECONDS = 3 days;
    uint256 internal constant DOUBT_SECONDS = 180 days;
    uint64 internal constant MAX_PAUSE_SECONDS = 14 days;
    uint40 internal constant PROOF_PATIENCE_SECONDS = 60 days;
    uint40 internal constant FORK_QUIET_SECONDS = 3 hours;
    uint64 internal constant MAX_RISE_BPS = 1000; // a year
    uint32 internal constant NORMAL_REWARD_BPS = 300; // a year
    uint16 internal constant NOISE_PCM = 20;
    uint56 internal constant BUCKET_GWEI = 450 * 1e9;
    uint40 internal constant BUCKET_SECONDS = 30 days;
    uint16 internal constant FEE_BPS = 1000;
    uint16 internal constant OPERATORS_BPS = 5000;
    uint256 internal constant BOOTSTRAP_WEI = 1 ether;

    IDepositContract internal depositContract;
    StakedEther internal token;
    WrappedStakedEther internal wrapper;
    StakingPool internal pool;
    /// @dev The pool again: what it does by its extension.
    PoolExtension internal more;
    WithdrawalQueue internal queue;
    WithdrawalVault internal withdrawalVault;
    ELRewardsVault internal rewardsVault;
    StateProofs internal stateProofs;
    OperatorRegistry internal registry;
    Validators internal validatorBook;
    OracleCommittee internal committee;
    SanityChecker internal sanity;
    ReportOracle internal oracle;
    BalanceChallenge internal challenge;

    function deployAll() internal {
        vm.warp(GENESIS_TIME + 100 * SECONDS_PER_SLOT);
        vm.etch(BEACON_ROOTS, _fixture("beacon_roots"));
        depositContract = IDepositContract(_create(_fixture("deposit_contract_creation")));

        uint256 next = vm.getNonce(address(this));
        address[13] memory set;
        for (uint256 i = 0; i < set.length; ++i) {
            set[i] = vm.computeCreateAddress(address(this), i == 0 ? next : next + i + 1);
        }
        token = new StakedEther(set[1]);
        PoolExtension extension = new PoolExtension(poolConfig(set));
        vm.deal(address(this), BOOTSTRAP_WEI);
        pool = new StakingPool{value: BOOTSTRAP_WEI}(poolConfig(set), extension);
        more = PoolExtension(address(pool));
        queue = new WithdrawalQueue(
            ADMIN, PAUSER, RESUMER, IStakingPool(address(pool)), token, 1 gwei, 1000 ether, MAX_PAUSE_SECONDS
        );
        withdrawalVault = new WithdrawalVault(ADMIN, set[6], IStakingPool(address(pool)));
        rewardsVault = new ELRewardsVault(IStakingPool(address(pool)));
        stateProofs = new StateProofs(
            ADMIN, GENESIS_TIME, SECONDS_PER_SLOT, SLOTS_PER_HISTORICAL_ROOT, GLOAS_EPOCH * SLOTS_PER_EPOCH
        );
        registry = new OperatorRegistry(
            ADMIN,
            OPERATOR_MANAGER,
            ADMIN,
            set[1],
            token,
            withdrawalVault,
            0x10000000,
            Validators(set[12]),
            IOperatorRegistry(address(0))
        );
        committee = new OracleCommittee(_committeeConfig(set[9]));
        sanity = new SanityChecker(ADMIN, softLimits(), ceilings());
        oracle = new ReportOracle(_oracleConfig(set));
        challenge = new BalanceChallenge(
            IChallengedOracle(address(oracle)), address(withdrawalVault), stateProofs, SLOTS_PER_EPOCH
        );
        wrapper = new WrappedStakedEther(token);
        validatorBook = new Validators(_validatorsConfig(registry));
        assertEq(address(validatorBook), set[12], "order of deployment");
    }

    function _validatorsConfig(OperatorRegistry registry_) internal view returns (ValidatorBook.Config memory) {
        return ValidatorBook.Config({
            registry: registry_,
            pool: IStakingPool(address(pool)),
            token: token,
            depositContract: depositContract,
            stateProofs: stateProofs,
            withdrawalVault: address(withdrawalVault),
            slotsPerEpoch: SLOTS_PER_EPOCH,
            proofPatienceSeconds: PROOF_PATIENCE_SECONDS,
            forkQuietSeconds: FORK_QUIET_SECONDS,
            stockBps: 50,
            minStock: 128,
            keyBps: 5000
        });
    }

    function softLimits() internal pure returns (Limits memory) {
        return Limits({
            annualGainBps: 1000,
            giftMarginGwei: 2_000 * 1e9,
            lossWindowPcm: 5_000,
            newValidatorsPerEpoch: 16,
            exitsPerEpoch: 16,
            requestMarginSeconds: 1 hours
        });
    }

    function ceilings() internal pure returns (Limits memory) {
        Limits memory l = softLimits();
        l.annualGainBps = 5000;
        l.giftMarginGwei = 20_000 * 1e9;
        return l;
    }

    function poolConfig(address[13] memory set) internal view returns (PoolBase.Config memory) {
        return PoolBase.Config({
            admin: ADMIN,
            oracle: set[9],
            pauser: PAUSER,
            resumer: RESUMER,
            wiring: PoolBase.Wiring({
                token: token,
                queue: WithdrawalQueue(set[2]),
                withdrawalVault: WithdrawalVault(payable(set[3])),
                elRewardsVault: ELRewardsVault(payable(set[4])),
                depositContract: depositContract
            }),
            registry: OperatorRegistry(set[6]),
            terms: PoolBase.Terms({
                treasury: TREASURY,
                feeBps: FEE_BPS,
                operatorsBps: OPERATORS_BPS,
                normalRewardBps: NORMAL_REWARD_BPS,
                noisePcm: NOISE_PCM
            }),
            bounds: poolBounds(),
            schedule: schedule(),
            stakeLimitWei: 100_000 ether,
            stakeLimitRefillSeconds: 1 days,
            startRefSlot: (INITIAL_EPOCH - EPOCHS_PER_FRAME) * SLOTS_PER_EPOCH
        });
    }

    function poolBounds() internal pure virtual returns (PoolBase.Bounds memory) {
        return PoolBase.Bounds({
            maxFeeBps: 2000,
            maxNormalRewardBps: 1000,
            maxNoisePcm: 1000,
            maxRiseBps: MAX_RISE_BPS,
            bucketGwei: BUCKET_GWEI,
            bucketRefillSeconds: BUCKET_SECONDS,
            minReportSeconds: uint40(FRAME_SLOTS * SECONDS_PER_SLOT / 2),
            staleAfterSeconds: uint40(STALE_SECONDS),
            doubtAfterSeconds: uint40(DOUBT_SECONDS),
            reserveBps: 0
        });
    }

    function schedule() internal pure returns (Schedule memory) {
        return Schedule({
            genesisTime: GENESIS_TIME,
            secondsPerSlot: SECONDS_PER_SLOT,
            slotsPerEpoch: SLOTS_PER_EPOCH,
            initialEpoch: INITIAL_EPOCH,
            epochsPerFrame: EPOCHS_PER_FRAME,
            finalityMarginSlots: FINALITY_MARGIN_SLOTS,
            closeSlots: CLOSE_SLOTS
        });
    }

    function _committeeConfig(address oracle_) private pure returns (OracleCommittee.Config memory) {
        return OracleCommittee.Config({
            admin: ADMIN,
            membership: MEMBERSHIP,
            ejector: GUARDIAN,
            slasher: oracle_,
            treasury: TREASURY,
            minBondWei: 1 ether,
            unbondingSeconds: 1 weeks,
            reporterRewardBps: 1000,
            schedule: schedule()
        });
    }

    function _oracleConfig(address[13] memory set) private view returns (ReportOracle.Config memory) {
        return ReportOracle.Config({
            admin: ADMIN,
            guardian: GUARDIAN,
            pauser: PAUSER,
            resumer: RESUMER,
            challenge: set[10],
            pool: IStakingPool(address(pool)),
            queue: queue,
            committee: committee,
            sanity: sanity,
            stateProofs: stateProofs,
            withdrawalVault: address(withdrawalVault),
            elRewardsVault: address(rewardsVault),
            quarantineSeconds: QUARANTINE_SECONDS,
            maxPauseSeconds: MAX_PAUSE_SECONDS
        });
    }

    function _fixture(string memory name) internal view returns (bytes memory) {
        return vm.parseBytes(vm.readFile(string.concat("test/fixtures/", name, ".hex")));
    }

    function _create(bytes memory code) private returns (address created) {
        assembly ("memory-safe") {
            created := create(0, add(code, 32), mload(code))
        }
        assertTrue(created != address(0), "creation failed");
    }
}
