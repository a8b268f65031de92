// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {AccessControl} from "@openzeppelin/contracts/access/AccessControl.sol";
import {IERC20Errors} from "@openzeppelin/contracts/interfaces/draft-IERC6093.sol";
import {Pausable} from "@openzeppelin/contracts/utils/Pausable.sol";
import {IDepositContract} from "../interfaces/IDepositContract.sol";
import {IOperatorRegistry} from "../interfaces/IOperatorRegistry.sol";
import {IStakedEther} from "../interfaces/IStakedEther.sol";
import {IVault} from "../interfaces/IVault.sol";
import {IWithdrawalQueue} from "../interfaces/IWithdrawalQueue.sol";
import {RebaseMath} from "../lib/RebaseMath.sol";
import {Schedule} from "../lib/Schedule.sol";
import {Scheduled} from "../lib/Scheduled.sol";
import {StakeLimit, StakeLimits} from "../lib/StakeLimits.sol";

/// @title Terms of the pool
/// @notice What the pool is wired to, what bounds it for ever, and what its admin sets.
abstract contract PoolBase is AccessControl, Pausable, Scheduled {
    using StakeLimits for StakeLimit;

    /// @notice The other contracts of the set, for the life of the pool.
    struct Wiring {
        IStakedEther token;
        IWithdrawalQueue queue;
        IVault withdrawalVault;
        IVault elRewardsVault;
        IDepositContract depositContract;
    }

    /// @notice What the owner sets.
    struct Terms {
        /// @dev Claims its part of the fee, and all of it while no operator key is active.
        address treasury;
        /// @dev Fee on profit, and the operators' part of the fee, in parts per 10,000.
        uint16 feeBps;
        uint16 operatorsBps;
        /// @dev What consensus-layer ether earns normally, in parts per 10,000 a year: what deposits pay for in advance, and the most that
        /// pays a fee.
        uint32 normalRewardBps;
        /// @dev A loss above this is more than noise, in hundred-thousandths of the recognised ether. It should be above one slashing and
        /// a day offline of the largest operator.
        uint16 noisePcm;
    }

    /// @dev What every report reads: one storage word.
    struct Running {
        IOperatorRegistry registry;
        uint16 feeBps;
        uint16 operatorsBps;
        uint32 normalRewardBps;
        uint16 noisePcm;
        /// @dev Keys that have had their first ether and are not proven: one ether each, whatever the beacon chain says.
        uint8 unprovenKeys;
    }

    /// @notice What bounds terms and reports for ever.
    struct Bounds {
        uint16 maxFeeBps;
        uint32 maxNormalRewardBps;
        uint16 maxNoisePcm;
        /// @dev Fastest rise of the share rate by reports, in parts per 10,000 a year.
        uint64 maxRiseBps;
        /// @dev What gains can take beyond the yearly rates, in gwei, and the time in which it refills, in seconds.
        uint56 bucketGwei;
        uint40 bucketRefillSeconds;
        /// @dev Least time between the reference slots of two reports, in seconds.
        uint40 minReportSeconds;
        /// @dev Without a report for this long anyone may finalize old requests from the buffer, in seconds.
        uint40 staleAfterSeconds;
        /// @dev The same, when there are doubts about the rate.
        uint40 doubtAfterSeconds;
        /// @dev What stays in the buffer, in parts per 10,000 of the recognised ether.
        uint16 reserveBps;
    }

    /// @notice May apply reports: the oracle.
    bytes32 public constant ORACLE_ROLE = keccak256("ORACLE_ROLE");
    /// @notice May stop deposits, to the pool and to the beacon chain.
    bytes32 public constant PAUSER_ROLE = keccak256("PAUSER_ROLE");
    /// @notice May let them go on.
    bytes32 public constant RESUMER_ROLE = keccak256("RESUMER_ROLE");
    uint256 internal constant BPS = 10_000;

    IStakedEther public immutable token;
    IWithdrawalQueue public immutable queue;
    IVault public immutable withdrawalVault;
    IVault public immutable elRewardsVault;
    IDepositContract public immutable depositContract;
    // The fields of `Bounds`: a struct cannot be immutable.
    uint16 internal immutable _maxFeeBps;
    uint32 internal immutable _maxNormalRewardBps;
    uint16 internal immutable _maxNoisePcm;
    uint64 internal immutable _maxRiseBps;
    uint56 internal immutable _bucketGwei;
    uint40 internal immutable _bucketRefillSeconds;
    uint40 internal immutable _minReportSeconds;
    uint40 internal immutable _staleAfterSeconds;
    uint40 internal immutable _doubtAfterSeconds;
    uint16 internal immutable _reserveBps;

    Running internal _running;
    address internal _treasury;
    StakeLimit internal _stakeLimit;

    /// @notice The terms are now these.
    event TermsSet(Terms terms);
    /// @notice The stake limit is now this, and full.
    event StakeLimitSet(uint256 maxWei, uint256 refillSeconds);
    /// @notice Keys come from this registry now.
    event RegistrySet(IOperatorRegistry registry);

    /// @notice A term passes its ceiling.
    error TermOutOfRange(string field, uint256 value, uint256 ceiling);
    /// @notice A bound is missing or contradicts another one.
    error ImpossibleBound(string field, uint256 value);
    /// @notice An address that the pool cannot do without is missing.
    error ZeroAddress();

    /// @notice Everything a pool is made with.
    struct Config {
        address admin;
        address oracle;
        address pauser;
        address resumer;
        Wiring wiring;
        IOperatorRegistry registry;
        Terms terms;
        Bounds bounds;
        /// @dev The clock of reports. A later oracle has the same one.
        Schedule schedule;
        uint256 stakeLimitWei;
        uint256 stakeLimitRefillSeconds;
        /// @dev Reference slot to count the first report's elapsed time from.
        uint64 startRefSlot;
    }

    constructor(Config memory c) Scheduled(c.schedule) {
        if (
            c.admin == address(0) || address(c.wiring.token) == address(0) || address(c.wiring.queue) == address(0)
                || address(c.wiring.withdrawalVault) == address(0) || address(c.wiring.elRewardsVault) == address(0)
                || address(c.wiring.depositContract) == address(0)
        ) revert ZeroAddress();
        _checkBounds(c.bounds);
        _grantRole(DEFAULT_ADMIN_ROLE, c.admin);
        _grantRole(ORACLE_ROLE, c.oracle);
        _grantRole(PAUSER_ROLE, c.pauser);
        _grantRole(RESUMER_ROLE, c.resumer);
        token = c.wiring.token;
        queue = c.wiring.queue;
        withdrawalVault = c.wiring.withdrawalVault;
        elRewardsVault = c.wiring.elRewardsVault;
        depositContract = c.wiring.depositContract;
        _maxFeeBps = c.bounds.maxFeeBps;
        _maxNormalRewardBps = c.bounds.maxNormalRewardBps;
        _maxNoisePcm = c.bounds.maxNoisePcm;
        _maxRiseBps = c.bounds.maxRiseBps;
        _bucketGwei = c.bounds.bucketGwei;
        _bucketRefillSeconds = c.bounds.bucketRefillSeconds;
        _minReportSeconds = c.bounds.minReportSeconds;
        _staleAfterSeconds = c.bounds.staleAfterSeconds;
        _doubtAfterSeconds = c.bounds.doubtAfterSeconds;
        _reserveBps = c.bounds.reserveBps;
        _setRegistry(c.registry);
        _setTerms(c.terms);
        _setStakeLimit(c.stakeLimitWei, c.stakeLimitRefillSeconds);
    }

    function _checkBounds(Bounds memory b) private pure {
        if (b.maxFeeBps > BPS / 2) revert TermOutOfRange("maxFeeBps", b.maxFeeBps, BPS / 2);
        if (b.maxNoisePcm > RebaseMath.PCM / 10) {
            revert TermOutOfRange("maxNoisePcm", b.maxNoisePcm, RebaseMath.PCM / 10);
        }
        if (b.reserveBps > BPS / 10) revert TermOutOfRange("reserveBps", b.reserveBps, BPS / 10);
        if (b.maxRiseBps == 0) revert ImpossibleBound("maxRiseBps", 0);
        if (b.bucketRefillSeconds == 0) revert ImpossibleBound("bucketRefillSeconds", 0);
        if (b.minReportSeconds == 0) revert ImpossibleBound("minReportSeconds", 0);
        if (b.staleAfterSeconds == 0) revert ImpossibleBound("staleAfterSeconds", 0);
        if (b.doubtAfterSeconds < b.staleAfterSeconds) {
            revert ImpossibleBound("doubtAfterSeconds", b.doubtAfterSeconds);
        }
    }

    function _setTerms(Terms memory t) internal {
        if (t.treasury == address(0)) revert ZeroAddress();
        // As of every holder: what the token itself held would be lost.
        if (t.treasury == address(token)) revert IERC20Errors.ERC20InvalidReceiver(t.treasury);
        _within("feeBps", t.feeBps, _maxFeeBps);
        _within("operatorsBps", t.operatorsBps, BPS);
        _within("normalRewardBps", t.normalRewardBps, _maxNormalRewardBps);
        _within("noisePcm", t.noisePcm, _maxNoisePcm);
        _treasury = t.treasury;
        Running memory r = _running;
        _running = Running(r.registry, t.feeBps, t.operatorsBps, t.normalRewardBps, t.noisePcm, r.unprovenKeys);
        emit TermsSet(t);
    }

    function _within(string memory field, uint256 value, uint256 ceiling) private pure {
        if (value > ceiling) revert TermOutOfRange(field, value, ceiling);
    }

    function _setStakeLimit(uint256 maxWei, uint256 refillSeconds) internal {
        _stakeLimit = StakeLimits.full(maxWei, refillSeconds);
        emit StakeLimitSet(maxWei, refillSeconds);
    }

    function _setRegistry(IOperatorRegistry registry_) internal {
        if (address(registry_) == address(0)) revert ZeroAddress();
        _running.registry = registry_;
        emit RegistrySet(registry_);
    }
}
