// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {IERC20Permit} from "@openzeppelin/contracts/token/ERC20/extensions/IERC20Permit.sol";

/// @notice The share token: balances are `shares * totalPooledWei / totalShares`, rounded down.
interface IStakedEther is IERC20, IERC20Permit {
    /// @notice Ether that all shares together stand for, in wei, and their count.
    function totals() external view returns (uint256 totalPooledWei, uint256 totalShares);

    /// @notice Shares that `account` holds.
    function sharesOf(address account) external view returns (uint256);

    /// @notice Shares worth `weiAmount`, rounded down.
    function sharesForWei(uint256 weiAmount) external view returns (uint256);

    /// @notice Shares worth `weiAmount`, rounded up.
    function sharesForWeiUp(uint256 weiAmount) external view returns (uint256);

    /// @notice Wei that `shares` stand for, rounded down.
    function weiForShares(uint256 shares) external view returns (uint256);

    /// @notice Wei that `shares` stand for, rounded up.
    function weiForSharesUp(uint256 shares) external view returns (uint256);

    /// @notice Moves `shares` exactly. Returns their value in wei, rounded down.
    function transferShares(address to, uint256 shares) external returns (uint256 weiAmount);

    /// @notice Moves `shares` exactly from `from`, spending allowance for their value rounded up: at least a wei. While the pool is worth
    /// nothing only the owner moves shares.
    function transferSharesFrom(address from, address to, uint256 shares) external returns (uint256 weiAmount);

    /// @notice Mints `shares` and adds `weiAmount` to the pooled ether; never more shares than it is worth. Only the pool.
    function mint(address to, uint256 weiAmount, uint256 shares) external;

    /// @notice Sets the pooled ether, burns `burnShares` of `burnFrom` and mints the fee, in one step. Only the pool.
    /// @param newPooledWei Pooled ether afterwards, in wei.
    /// @param feeTo Receives `feeShares`.
    function applyRebase(uint256 newPooledWei, address burnFrom, uint256 burnShares, address feeTo, uint256 feeShares)
        external;
}
