// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {AccessControl} from "@openzeppelin/contracts/access/AccessControl.sol";
import {IERC20Errors} from "@openzeppelin/contracts/interfaces/draft-IERC6093.sol";
import {Pausable} from "@openzeppelin/contracts/utils/Pausable.sol";
import {IDepositContract} from "../interfaces/IDepositContract.sol";
import {IOperatorRegistry} from "../interfaces/IOperatorRegistry.sol";
import {IStakedEther} from "../interfaces/IStakedEther.sol";
import {IStakingPool} from "../interfaces/IStakingPool.sol";
import {LastReport} from "../interfaces/Types.sol";
import {IVault} from "../interfaces/IVault.sol";
import {IWithdrawalQueue} from "../interfaces/IWithdrawalQueue.sol";
import {StakeLimit, StakeLimits} from "../lib/StakeLimits.sol";

/// @title State and terms of the pool
/// @notice What the pool is wired to, what it remembers, and what its admin sets.
abstract contract PoolBase is IStakingPool, AccessControl, Pausable {
    using StakeLimits for StakeLimit;

    /// @notice The other contracts of the set, for the life of the pool.
    struct Wiring {
        IStakedEther token;
        IWithdrawalQueue queue;
        IVault withdrawalVault;
        IVault elRewardsVault;
        IDepositContract depositContract;
    }

    /// @notice What the owner sets. One storage word.
    struct Terms {
        /// @dev Receives its part of the fee, and all of it while no operator key is active.
        address treasury;
        /// @dev Fee on profit, and the operators' part of the fee, in parts per 10,000.
        uint16 feeBps;
        uint16 operatorsBps;
        /// @dev Largest rise of the share rate by one report, in parts per 1e9.
        uint32 maxPositiveRebasePpb;
    }

    /// @notice May apply reports: the oracle.
    bytes32 public constant ORACLE_ROLE = keccak256("ORACLE_ROLE");
    /// @notice May send buffered ether to the beacon chain.
    bytes32 public constant DEPOSITOR_ROLE = keccak256("DEPOSITOR_ROLE");
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
    /// @notice Ceilings of `Terms`, for ever.
    uint16 public immutable maxFeeBps;
    uint32 public immutable maxPositiveRebaseCeilingPpb;
    /// @notice Without a report for this long anyone may finalize old requests from the buffer, in seconds.
    uint256 public immutable staleAfterSeconds;

    // One word, written by every report.
    uint96 internal _bufferedWei;
    uint96 internal _depositedWei;
    uint40 internal _lastReportAt;
    bool internal _bunker;

    IOperatorRegistry internal _registry;
    uint96 internal _pendingBurnShares;
    LastReport internal _last;
    Terms internal _terms;
    StakeLimit internal _stakeLimit;

    /// @notice The terms are now these.
    event TermsSet(Terms terms);
    /// @notice The stake limit is now this, and full.
    event StakeLimitSet(uint256 maxWei, uint256 refillSeconds);
    /// @notice Keys come from this registry now.
    event RegistrySet(IOperatorRegistry registry);

    /// @notice A term passes its ceiling.
    error TermOutOfRange(string field, uint256 value, uint256 ceiling);
    /// @notice An address that the pool cannot do without is missing.
    error ZeroAddress();

    /// @notice Everything a pool is made with.
    struct Config {
        address admin;
        address oracle;
        address depositor;
        address pauser;
        address resumer;
        Wiring wiring;
        IOperatorRegistry registry;
        Terms terms;
        uint16 maxFeeBps;
        uint32 maxPositiveRebaseCeilingPpb;
        uint256 staleAfterSeconds;
        uint256 stakeLimitWei;
        uint256 stakeLimitRefillSeconds;
        /// @dev Reference slot to count the first report's elapsed time from.
        uint64 startRefSlot;
    }

    constructor(Config memory c) {
        if (
            c.admin == address(0) || address(c.wiring.token) == address(0) || address(c.wiring.queue) == address(0)
                || address(c.wiring.withdrawalVault) == address(0) || address(c.wiring.elRewardsVault) == address(0)
                || address(c.wiring.depositContract) == address(0)
        ) revert ZeroAddress();
        if (c.maxFeeBps > BPS / 2) revert TermOutOfRange("maxFeeBps", c.maxFeeBps, BPS / 2);
        _grantRole(DEFAULT_ADMIN_ROLE, c.admin);
        _grantRole(ORACLE_ROLE, c.oracle);
        _grantRole(DEPOSITOR_ROLE, c.depositor);
        _grantRole(PAUSER_ROLE, c.pauser);
        _grantRole(RESUMER_ROLE, c.resumer);
        token = c.wiring.token;
        queue = c.wiring.queue;
        withdrawalVault = c.wiring.withdrawalVault;
        elRewardsVault = c.wiring.elRewardsVault;
        depositContract = c.wiring.depositContract;
        maxFeeBps = c.maxFeeBps;
        maxPositiveRebaseCeilingPpb = c.maxPositiveRebaseCeilingPpb;
        staleAfterSeconds = c.staleAfterSeconds;
        _last.refSlot = c.startRefSlot;
        _lastReportAt = uint40(block.timestamp);
        _setRegistry(c.registry);
        _setTerms(c.terms);
        _setStakeLimit(c.stakeLimitWei, c.stakeLimitRefillSeconds);
    }

    /// @notice Stops deposits to the pool and to the beacon chain.
    function pause() external onlyRole(PAUSER_ROLE) {
        _pause();
    }

    /// @notice Lets deposits go on.
    function unpause() external onlyRole(RESUMER_ROLE) {
        _unpause();
    }

    /// @notice Sets fee, treasury and cap, each below its ceiling. Only the admin.
    function setTerms(Terms calldata terms_) external onlyRole(DEFAULT_ADMIN_ROLE) {
        _setTerms(terms_);
    }

    /// @notice Sets the stake limit and fills it. Only the admin.
    function setStakeLimit(uint256 maxWei, uint256 refillSeconds) external onlyRole(DEFAULT_ADMIN_ROLE) {
        _setStakeLimit(maxWei, refillSeconds);
    }

    /// @notice Takes keys from another registry from now on, one that names the present registry as its predecessor: it keeps the old keys known
    /// and their fees paid. Only the admin.
    function setRegistry(IOperatorRegistry registry_) external onlyRole(DEFAULT_ADMIN_ROLE) {
        IOperatorRegistry old = _registry;
        _setRegistry(registry_);
        old.retire(registry_);
    }

    /// @notice The terms in force.
    function terms() external view returns (Terms memory) {
        return _terms;
    }

    /// @notice The registry that keys come from.
    function registry() external view returns (IOperatorRegistry) {
        return _registry;
    }

    /// @notice What can be deposited now, in wei.
    function stakeLimitWei() external view returns (uint256) {
        return _stakeLimit.available();
    }

    /// @notice Ether that waits in the pool, in wei.
    function bufferedWei() external view returns (uint256) {
        return _bufferedWei;
    }

    /// @inheritdoc IStakingPool
    function depositedWei() external view returns (uint256) {
        return _depositedWei;
    }

    /// @inheritdoc IStakingPool
    function lastReport() external view returns (LastReport memory) {
        return _last;
    }

    /// @notice When the last report was applied, in seconds; the deployment before the first.
    function lastReportAt() external view returns (uint256) {
        return _lastReportAt;
    }

    /// @notice Whether the last report saw losses in progress.
    function bunker() external view returns (bool) {
        return _bunker;
    }

    /// @notice Shares of finalized requests that the cap has not let burn yet; the queue holds them.
    function pendingBurnShares() external view returns (uint256) {
        return _pendingBurnShares;
    }

    function _setTerms(Terms memory t) private {
        if (t.treasury == address(0)) revert ZeroAddress();
        // As of every holder: what the token itself held would be lost.
        if (t.treasury == address(token)) revert IERC20Errors.ERC20InvalidReceiver(t.treasury);
        if (t.feeBps > maxFeeBps) revert TermOutOfRange("feeBps", t.feeBps, maxFeeBps);
        if (t.operatorsBps > BPS) revert TermOutOfRange("operatorsBps", t.operatorsBps, BPS);
        if (t.maxPositiveRebasePpb > maxPositiveRebaseCeilingPpb) {
            revert TermOutOfRange("maxPositiveRebasePpb", t.maxPositiveRebasePpb, maxPositiveRebaseCeilingPpb);
        }
        _terms = t;
        emit TermsSet(t);
    }

    function _setStakeLimit(uint256 maxWei, uint256 refillSeconds) private {
        _stakeLimit = StakeLimits.full(maxWei, refillSeconds);
        emit StakeLimitSet(maxWei, refillSeconds);
    }

    function _setRegistry(IOperatorRegistry registry_) private {
        if (address(registry_) == address(0)) revert ZeroAddress();
        _registry = registry_;
        emit RegistrySet(registry_);
    }
}
