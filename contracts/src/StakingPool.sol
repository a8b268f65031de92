// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Address} from "@openzeppelin/contracts/utils/Address.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";
import {DepositData} from "./lib/DepositData.sol";
import {StakeLimit, StakeLimits} from "./lib/StakeLimits.sol";
import {PoolBase} from "./pool/PoolBase.sol";
import {PoolReports} from "./pool/PoolReports.sol";

/// @title Staking pool
/// @notice Takes deposits, keeps the buffer, funds validators and applies accepted reports.
/// @dev Pooled ether = buffer + consensus-layer ether of the last report + deposits to the beacon chain since. The token keeps
/// the sum; `totals` of the token and the buckets here are always equal. There is no `receive`: ether enters by `deposit`.
contract StakingPool is PoolReports {
    using SafeCast for uint256;
    using StakeLimits for StakeLimit;

    /// @notice Holds the bootstrap shares, so that the share count never returns to zero.
    address public constant DEAD = 0x000000000000000000000000000000000000dEaD;
    /// @notice Least ether of `bootstrap`, in wei.
    uint256 public constant MIN_BOOTSTRAP_WEI = 1e12;
    /// @notice What a validator is funded with, in wei.
    uint256 public constant VALIDATOR_DEPOSIT_WEI = 32 ether;
    uint256 private constant PUBKEY_LENGTH = 48;
    uint256 private constant SIGNATURE_LENGTH = 96;

    /// @notice Withdrawal credentials of every pool validator: 0x01 and the withdrawal vault's address.
    bytes32 public immutable withdrawalCredentials;

    /// @notice `sender` deposited for `to`.
    event Deposited(address indexed sender, address indexed to, uint256 weiAmount, uint256 shares);
    /// @notice A validator was funded.
    event ValidatorFunded(bytes pubkey, uint256 weiAmount);
    /// @notice Ether that had been forced into the pool went to the rewards vault.
    event Skimmed(uint256 weiAmount);

    /// @notice A deposit of nothing.
    error ZeroDeposit();
    /// @notice Deposits open once `bootstrap` was called.
    error NotBootstrapped();
    /// @notice `bootstrap` is called once.
    error AlreadyBootstrapped();
    /// @notice The bootstrap deposit is too small to keep the rate precise.
    error BootstrapTooSmall(uint256 weiAmount, uint256 minWei);
    /// @notice The deposit would mint fewer shares than the caller wants.
    error TooFewShares(uint256 shares, uint256 minShares);
    /// @notice The buffer, less what unfinalized requests need, cannot carry the deposits.
    error NotEnoughFreeEther(uint256 neededWei, uint256 freeWei);
    /// @notice Somebody made a deposit since `expected` was read: check again that no key was front-run.
    error DepositRootChanged(bytes32 expected, bytes32 actual);
    /// @notice The keys that the registry hands out are not those that the caller looked at: look again.
    error KeysChanged(bytes32 expected, bytes32 actual);
    /// @notice Losses are in progress: ether stays for the queue.
    error BunkerMode();

    /// @param c What the pool is wired to and its first terms.
    constructor(Config memory c) PoolBase(c) {
        withdrawalCredentials = bytes32(uint256(0x01) << 248 | uint160(address(c.wiring.withdrawalVault)));
    }

    /// @notice Opens the pool: the shares of this first deposit are locked for ever, so that the rate is never undefined.
    function bootstrap() external payable {
        (, uint256 totalShares) = token.totals();
        if (totalShares != 0) revert AlreadyBootstrapped();
        if (msg.value < MIN_BOOTSTRAP_WEI) revert BootstrapTooSmall(msg.value, MIN_BOOTSTRAP_WEI);
        _mintFor(DEAD);
    }

    /// @notice Stakes `msg.value` for `to`.
    /// @param minShares The least the caller accepts.
    /// @return shares Shares minted to `to`.
    function deposit(address to, uint256 minShares) external payable whenNotPaused returns (uint256 shares) {
        if (msg.value == 0) revert ZeroDeposit();
        (, uint256 totalShares) = token.totals();
        if (totalShares == 0) revert NotBootstrapped();
        _stakeLimit = _stakeLimit.take(msg.value);
        shares = _mintFor(to);
        if (shares < minShares || shares == 0) revert TooFewShares(shares, minShares);
    }

    /// @notice Sends 32 ether of the buffer to the deposit contract for each of the next `count` operator keys.
    /// @param expectedDepositRoot Root of the deposit contract when the caller checked that none of the keys had been deposited
    /// with foreign credentials: a deposit by anyone since then stops the call.
    /// @param expectedKeysHash keccak256 of the compressed public keys that the caller checked, one after the other, as `nextKeys` of the
    /// registry gave them: other keys stop the call, because the root says nothing about them.
    function depositToBeacon(uint256 count, bytes32 expectedDepositRoot, bytes32 expectedKeysHash)
        external
        onlyRole(DEPOSITOR_ROLE)
        whenNotPaused
    {
        if (_bunker) revert BunkerMode();
        if (count == 0) revert ZeroDeposit();
        bytes32 actualRoot = depositContract.get_deposit_root();
        if (actualRoot != expectedDepositRoot) revert DepositRootChanged(expectedDepositRoot, actualRoot);
        uint256 neededWei = count * VALIDATOR_DEPOSIT_WEI;
        uint256 free = freeWei();
        if (neededWei > free) revert NotEnoughFreeEther(neededWei, free);

        _bufferedWei -= neededWei.toUint96();
        _depositedWei += neededWei.toUint96();
        (bytes memory pubkeys, bytes memory signatures) = _registry.takeKeys(count);
        bytes32 keysHash = keccak256(pubkeys);
        if (keysHash != expectedKeysHash) revert KeysChanged(expectedKeysHash, keysHash);
        for (uint256 i = 0; i < count; ++i) {
            _fund(_slice(pubkeys, i, PUBKEY_LENGTH), _slice(signatures, i, SIGNATURE_LENGTH));
        }
    }

    /// @notice Sends ether that was forced into the pool, and is nobody's, to the rewards vault. Anyone may call.
    function skim() external {
        uint256 extraWei = address(this).balance - _bufferedWei;
        emit Skimmed(extraWei);
        Address.sendValue(payable(address(elRewardsVault)), extraWei);
    }

    function _mintFor(address to) private returns (uint256 shares) {
        _bufferedWei += msg.value.toUint96();
        shares = token.mintForEther(to, msg.value);
        emit Deposited(msg.sender, to, msg.value, shares);
    }

    function _fund(bytes memory pubkey, bytes memory signature) private {
        bytes32 root =
            DepositData.root(pubkey, withdrawalCredentials, signature, uint64(VALIDATOR_DEPOSIT_WEI / 1 gwei));
        emit ValidatorFunded(pubkey, VALIDATOR_DEPOSIT_WEI);
        depositContract.deposit{value: VALIDATOR_DEPOSIT_WEI}(
            pubkey, abi.encodePacked(withdrawalCredentials), signature, root
        );
    }

    /// @dev Item `index` of `items`, each `length` bytes.
    function _slice(bytes memory items, uint256 index, uint256 length) private pure returns (bytes memory item) {
        item = new bytes(length);
        assembly ("memory-safe") {
            mcopy(add(item, 0x20), add(add(items, 0x20), mul(index, length)), length)
        }
    }
}
