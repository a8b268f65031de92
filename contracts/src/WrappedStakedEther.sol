// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import {ERC20Permit} from "@openzeppelin/contracts/token/ERC20/extensions/ERC20Permit.sol";
import {ERC4626} from "@openzeppelin/contracts/token/ERC20/extensions/ERC4626.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {IStakedEther} from "./interfaces/IStakedEther.sol";

/// @title Wrapped staked ether
/// @notice One wrapped token is one share of `StakedEther`, always: its count stays and its value rises. ERC-4626 over the rebasing token.
/// @dev Shares are moved exactly, never by value, so the vault holds one share for each token and rounding favours it. Tokens sent here
/// by mistake change nothing for anyone: `totalAssets` counts what the wrapped tokens stand for, not what the contract holds.
contract WrappedStakedEther is ERC4626, ERC20Permit {
    IStakedEther private immutable _token;

    /// @notice These assets are worth less than a share: nothing could be moved for them.
    error LessThanAShare(uint256 assets);

    /// @param token_ The staked ether token.
    constructor(IStakedEther token_)
        ERC20("Wrapped Tidemark Staked Ether", "wtmETH")
        ERC20Permit("Wrapped Tidemark Staked Ether")
        ERC4626(token_)
    {
        _token = token_;
    }

    /// @notice Wei that one whole wrapped token (1e18 shares) stands for.
    function weiPerToken() external view returns (uint256) {
        return _token.weiForShares(10 ** decimals());
    }

    /// @notice Wei that all wrapped tokens stand for.
    function totalAssets() public view override returns (uint256) {
        return _token.weiForShares(totalSupply());
    }

    /// @inheritdoc ERC4626
    /// @dev Nothing while the pool is empty: ether buys no share then, and shares cannot be taken by allowance.
    function maxDeposit(address) public view override returns (uint256) {
        return _most();
    }

    /// @inheritdoc ERC4626
    /// @dev As `maxDeposit`.
    function maxMint(address) public view override returns (uint256) {
        return _most();
    }

    /// @inheritdoc ERC4626
    function decimals() public view override(ERC20, ERC4626) returns (uint8) {
        return ERC4626.decimals();
    }

    /// @dev The exchange rate is the token's own.
    function _convertToShares(uint256 assets, Math.Rounding rounding) internal view override returns (uint256) {
        return rounding == Math.Rounding.Ceil ? _token.sharesForWeiUp(assets) : _token.sharesForWei(assets);
    }

    /// @dev The exchange rate is the token's own.
    function _convertToAssets(uint256 shares, Math.Rounding rounding) internal view override returns (uint256) {
        return rounding == Math.Rounding.Ceil ? _token.weiForSharesUp(shares) : _token.weiForShares(shares);
    }

    /// @dev Some assets that buy no share are refused, as EIP-4626 asks of assets that cannot be deposited. Takes exactly `shares` shares; their value is `assets` to the wei that rounding leaves.
    function _deposit(address caller, address receiver, uint256 assets, uint256 shares) internal override {
        if (shares == 0 && assets > 0) revert LessThanAShare(assets);
        _token.transferSharesFrom(caller, address(this), shares);
        _mint(receiver, shares);
        emit Deposit(caller, receiver, assets, shares);
    }

    /// @dev Gives exactly `shares` shares; of any assets above zero that is one at least, since it is rounded up.
    function _withdraw(address caller, address receiver, address owner, uint256 assets, uint256 shares)
        internal
        override
    {
        if (caller != owner) _spendAllowance(owner, caller, shares);
        _burn(owner, shares);
        _token.transferShares(receiver, shares);
        emit Withdraw(caller, receiver, owner, assets, shares);
    }

    function _most() private view returns (uint256) {
        (uint256 pooledWei,) = _token.totals();
        return pooledWei == 0 ? 0 : type(uint256).max;
    }
}
