// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IStakingPool} from "./interfaces/IStakingPool.sol";
import {IVault} from "./interfaces/IVault.sol";

/// @title Execution-layer rewards
/// @notice Fee recipient of the pool's validators: holds priority fees and MEV until a report lets the pool pull them.
/// @dev Anything that sends ether here makes a gift to all holders.
contract ELRewardsVault is IVault {
    /// @notice The only one that pulls.
    IStakingPool public immutable pool;

    /// @notice Ether arrived by a call; block rewards arrive without one.
    event Received(address indexed from, uint256 amountWei);

    /// @notice The caller is not the pool.
    error OnlyPool(address caller);

    /// @param pool_ The staking pool.
    constructor(IStakingPool pool_) {
        pool = pool_;
    }

    /// @notice Takes ether from anyone.
    receive() external payable {
        emit Received(msg.sender, msg.value);
    }

    /// @inheritdoc IVault
    function pull(uint256 amountWei) external {
        if (msg.sender != address(pool)) revert OnlyPool(msg.sender);
        pool.receiveFromVault{value: amountWei}();
    }
}
