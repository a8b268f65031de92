// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";
import {RebaseMath} from "./lib/RebaseMath.sol";
import {StakeLimit, StakeLimits} from "./lib/StakeLimits.sol";
import {PoolBase} from "./pool/PoolBase.sol";
import {PoolExtension} from "./pool/PoolExtension.sol";
import {PoolReports} from "./pool/PoolReports.sol";

/// @title Staking pool
/// @notice Takes deposits, keeps the buffer, funds validators and applies accepted reports.
/// @dev There is no `receive`: ether enters by `deposit`, from the vaults and from the queue. What is forced in is booked by `skim`.
contract StakingPool is PoolReports {
    using SafeCast for uint256;
    using StakeLimits for StakeLimit;

    /// @notice Holds the bootstrap shares, so that the share count never returns to zero.
    address public constant DEAD = 0x000000000000000000000000000000000000dEaD;
    /// @notice Least ether that the pool is deployed with, in wei.
    uint256 public constant MIN_BOOTSTRAP_WEI = 1e12;

    /// @notice The code of what this contract does seldom.
    PoolExtension public immutable extension;

    /// @notice `sender` deposited for `to`.
    event Deposited(address indexed sender, address indexed to, uint256 weiAmount, uint256 shares);

    /// @notice A deposit of nothing.
    error ZeroDeposit();
    /// @notice The bootstrap deposit is too small to keep the rate precise.
    error BootstrapTooSmall(uint256 weiAmount, uint256 minWei);
    /// @notice The deposit would mint fewer shares than the caller wants.
    error TooFewShares(uint256 shares, uint256 minShares);
    /// @notice Deposits wait for the next applied report: a report is held, or the last one lost more than noise or was proven false.
    error DepositsClosed(uint8 flags);
    /// @notice The pool has no ether and none is due: there is no price.
    error NoPrice();
    /// @notice The second half was made with another configuration.
    error OtherExtension(bytes32 wanted, bytes32 given);

    /// @notice Opens the pool with `msg.value`: the shares of this first deposit are locked for ever, so that the rate is never undefined.
    /// @param c What the pool is wired to, its bounds and its first terms.
    /// @param extension_ The second half, made with the same configuration.
    constructor(Config memory c, PoolExtension extension_) payable PoolBase(c) {
        if (msg.value < MIN_BOOTSTRAP_WEI) revert BootstrapTooSmall(msg.value, MIN_BOOTSTRAP_WEI);
        bytes32 configHash = keccak256(abi.encode(c));
        if (extension_.configHash() != configHash) revert OtherExtension(configHash, extension_.configHash());
        extension = extension_;
        _fill(c.startRefSlot);
        _mint(DEAD, msg.value, msg.value);
    }

    /// @dev What this contract has no function for, the second half does on this contract's storage.
    fallback() external {
        address code = address(extension);
        assembly ("memory-safe") {
            let m := mload(0x40)
            calldatacopy(m, 0, calldatasize())
            let ok := delegatecall(gas(), code, m, calldatasize(), 0, 0)
            returndatacopy(m, 0, returndatasize())
            if ok { return(m, returndatasize()) }
            revert(m, returndatasize())
        }
    }

    /// @notice Stakes `msg.value` for `to`, at `depositPrice`.
    /// @param minShares The least the caller accepts.
    /// @return shares Shares minted to `to`.
    function deposit(address to, uint256 minShares) external payable whenNotPaused returns (uint256 shares) {
        if (msg.value == 0) revert ZeroDeposit();
        uint8 closed = _head.flags & (FLAG_HELD | FLAG_UNCONFIRMED | FLAG_FALSE);
        if (closed != 0) revert DepositsClosed(closed);
        _stakeLimit = _stakeLimit.take(msg.value);
        uint256 recognisedWei;
        (shares, recognisedWei) = _bought(msg.value);
        if (shares < minShares || shares == 0) revert TooFewShares(shares, minShares);
        _mint(to, shares, recognisedWei);
    }

    /// @notice Shares that a deposit of `weiAmount` buys now.
    function sharesForDeposit(uint256 weiAmount) external view returns (uint256 shares) {
        (shares,) = _bought(weiAmount);
    }

    /// @notice The price of shares: `priceWei` for `priceShares`. It is what the shares of those who stay are worth with everything that is known
    /// to be theirs: what is due is added, and waiting requests take no part in gains, so their ether and shares are left out.
    /// @dev No deposit moves it. Whoever deposits, reports and requests in one block has no more than before.
    function depositPrice() external view returns (uint256 priceWei, uint256 priceShares) {
        (priceWei, priceShares,) = _price();
    }

    /// @notice Ether that is known to be the holders' and is not in the share rate yet: booked and not recognised, forced into the pool, left in the
    /// withdrawal vault by the last report, in the rewards vault, and a normal reward for the time since the last reference slot.
    function dueWei() external view returns (uint256) {
        return _dueWei();
    }

    /// @dev A deposit under way is in the balance, and nobody else's.
    function _dueWei() private view returns (uint256) {
        uint256 sinceSeconds = block.timestamp - Math.min(block.timestamp, _timeOf(_last.refSlot));
        uint256 accruedWei = _earningWei() * _running.normalRewardBps * sinceSeconds / (BPS * RebaseMath.YEAR_SECONDS);
        uint256 forcedWei = Math.saturatingSub(address(this).balance - msg.value, _money.bufferedWei);
        return _unrecognisedWei() + forcedWei + uint256(_lastMore.withdrawalVaultLeftGwei) * 1 gwei
            + address(elRewardsVault).balance + accruedWei;
    }

    /// @dev What has earned since the last report: its consensus-layer ether, what was sent there since, and what silent calls brought home.
    function _earningWei() private view returns (uint256) {
        uint256 homeGwei = _lastMore.silentCalls == 0 ? 0 : _confirmed.homeGwei;
        return _bookedWei() - _money.bufferedWei - _parWei() + homeGwei * 1 gwei;
    }

    /// @dev Also whether waiting requests are worth less than their value: then they take part in what raises the rate.
    function _price() private view returns (uint256 priceWei, uint256 priceShares, bool waitingRise) {
        (uint256 pooledWei, uint256 totalShares) = token.totals();
        uint256 waitingWei;
        (waitingWei, priceShares, waitingRise) = queue.waitingAt(pooledWei, totalShares);
        priceWei = pooledWei + _dueWei() - waitingWei;
        priceShares = totalShares - priceShares;
        if (priceWei == 0) revert NoPrice();
    }

    /// @dev What ether buys, and how much of it is recognised at once: all, which raises the rate by what the deposit pays for what is due; only the
    /// shares at the rate while waiting requests would get a part of that. The rest stays due.
    function _bought(uint256 weiAmount) private view returns (uint256 shares, uint256 recognisedWei) {
        (uint256 priceWei, uint256 priceShares, bool waitingRise) = _price();
        shares = Math.mulDiv(weiAmount, priceShares, priceWei);
        if (!waitingRise) return (shares, weiAmount);
        (uint256 pooledWei, uint256 totalShares) = token.totals();
        recognisedWei = Math.mulDiv(shares, pooledWei, totalShares, Math.Rounding.Ceil);
    }

    function _mint(address to, uint256 shares, uint256 recognisedWei) private {
        _money.bufferedWei += msg.value.toUint96();
        _money.freshGwei += Math.ceilDiv(msg.value, 1 gwei).toUint56();
        token.mint(to, recognisedWei, shares);
        emit Deposited(msg.sender, to, msg.value, shares);
    }
}
