// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IOperatorRegistry} from "./interfaces/IOperatorRegistry.sol";

/// @title Line of registries
/// @notice Which registry this one replaces, and which has replaced it. Keys come into the registry in force only, so no key comes into two, and
/// fees come from the pool to the registry in force and from there down the line.
abstract contract RegistryLine is IOperatorRegistry {
    /// @inheritdoc IOperatorRegistry
    address public immutable pool;
    /// @inheritdoc IOperatorRegistry
    IOperatorRegistry public immutable predecessor;
    /// @inheritdoc IOperatorRegistry
    IOperatorRegistry public successor;
    /// @dev Whole ether at keys of this registry that earn. Beside the successor, since every fee reads both.
    uint32 internal _earningEther;

    /// @notice The pool takes keys from `successor` from now on.
    event Retired(IOperatorRegistry indexed successor);

    /// @notice The caller is not the pool.
    error OnlyPool(address caller);
    /// @notice The caller is not the registry that has replaced this one.
    error OnlySuccessor(address caller);
    /// @notice The registry does not name this one as its predecessor.
    error NotASuccessor(IOperatorRegistry given);
    /// @notice This registry was replaced already.
    error AlreadyRetired(IOperatorRegistry successor);
    /// @notice The predecessor serves another pool, or has been replaced already.
    error UnfitPredecessor(IOperatorRegistry given);
    /// @notice The registry takes no keys: it was replaced, or has not yet taken the place of its predecessor.
    error NotInForce();

    /// @param pool_ The staking pool.
    /// @param predecessor_ The registry to replace; 0 for the first.
    constructor(address pool_, IOperatorRegistry predecessor_) {
        if (
            address(predecessor_) != address(0)
                && (predecessor_.pool() != pool_ || address(predecessor_.successor()) != address(0))
        ) revert UnfitPredecessor(predecessor_);
        pool = pool_;
        predecessor = predecessor_;
    }

    modifier onlyPool() {
        if (msg.sender != pool) revert OnlyPool(msg.sender);
        _;
    }

    function _retire(IOperatorRegistry successor_) internal {
        if (_isRetired()) revert AlreadyRetired(successor);
        if (address(successor_.predecessor()) != address(this)) revert NotASuccessor(successor_);
        successor = successor_;
        emit Retired(successor_);
    }

    function _isRetired() internal view returns (bool) {
        return address(successor) != address(0);
    }

    function _requireInForce() internal view {
        if (_isRetired()) revert NotInForce();
        if (address(predecessor) != address(0) && address(predecessor.successor()) != address(this)) {
            revert NotInForce();
        }
    }

    /// @dev Fees are booked by the pool, and after retirement by the successor, through which the pool's fees come then.
    function _requireBooker() internal view {
        if (!_isRetired()) {
            if (msg.sender != pool) revert OnlyPool(msg.sender);
        } else if (msg.sender != address(successor)) {
            revert OnlySuccessor(msg.sender);
        }
    }

    /// @dev Whole ether at keys of the predecessor, and of those before it, that earn.
    function _predecessorEther() internal view returns (uint256) {
        return address(predecessor) == address(0) ? 0 : predecessor.earningEther();
    }

    /// @dev Whether a compressed key was ever added to the predecessor or one before it.
    function _isKnownToPredecessor(bytes memory pubkey) internal view returns (bool) {
        return address(predecessor) != address(0) && predecessor.isKnownKey(pubkey);
    }
}
