// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import {ERC20Permit} from "@openzeppelin/contracts/token/ERC20/extensions/ERC20Permit.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {IERC20Permit} from "@openzeppelin/contracts/token/ERC20/extensions/IERC20Permit.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";
import {IStakedEther} from "./interfaces/IStakedEther.sol";

/// @title Staked ether
/// @notice The liquid staking token. Accounts hold shares; a balance is `shares * totalPooledWei / totalShares`, rounded down, so balances
/// follow the pooled ether without any transfer.
/// @dev Every movement emits `Transfer` with the value in wei at the rate after the movement, and `TransferShares` with the exact
/// shares. OpenZeppelin's own balances are never written: `_update` moves shares.
contract StakedEther is IStakedEther, ERC20Permit {
    using SafeCast for uint256;

    /// @dev One word: the share rate is one storage read, and one storage proof.
    struct Totals {
        uint128 pooledWei;
        uint128 shares;
    }

    /// @notice Shares are minted while one is worth at least this part of a wei: rates begin at 1 and fall by losses only.
    uint256 public constant MIN_RATE_PART = 100;

    /// @notice The only one that mints, burns and rebases.
    address public immutable pool;

    Totals private _totals;
    mapping(address account => uint256) private _shares;

    /// @notice `shares` moved; from or to address 0 when they were minted or burned.
    event TransferShares(address indexed from, address indexed to, uint256 shares);

    /// @notice The caller is not the pool.
    error OnlyPool(address caller);
    /// @notice All pooled ether is lost: no allowance of ether bounds shares.
    error PoolIsEmpty();
    /// @notice A share is worth less than a hundredth of what the first one cost: whoever bought now would own what is found again.
    error RateTooLow(uint256 pooledWei, uint256 shares);
    /// @notice So many shares are worth more than the ether that they are minted for.
    error TooManyShares(uint256 shares, uint256 most);
    /// @notice The account has fewer shares.
    error NotEnoughShares(address account, uint256 shares, uint256 needed);

    modifier onlyPool() {
        if (msg.sender != pool) revert OnlyPool(msg.sender);
        _;
    }

    /// @param pool_ The staking pool.
    constructor(address pool_) ERC20("Tidemark Staked Ether", "tmETH") ERC20Permit("Tidemark Staked Ether") {
        pool = pool_;
    }

    /// @inheritdoc IStakedEther
    function mint(address to, uint256 weiAmount, uint256 shares) external onlyPool {
        Totals memory t = _totals;
        if (t.shares > 0) {
            if (uint256(t.pooledWei) * MIN_RATE_PART < t.shares) revert RateTooLow(t.pooledWei, t.shares);
            uint256 most = Math.mulDiv(weiAmount, t.shares, t.pooledWei);
            if (shares > most) revert TooManyShares(shares, most);
        }
        _totals = Totals((t.pooledWei + weiAmount).toUint128(), t.shares);
        _mintShares(to, shares);
    }

    /// @inheritdoc IStakedEther
    function applyRebase(uint256 newPooledWei, address burnFrom, uint256 burnShares, address feeTo, uint256 feeShares)
        external
        onlyPool
    {
        Totals memory t = _totals;
        t.pooledWei = newPooledWei.toUint128();
        t.shares = (t.shares - burnShares + feeShares).toUint128();
        _totals = t;
        if (burnShares > 0) {
            _takeShares(burnFrom, burnShares);
            _emitTransfer(burnFrom, address(0), burnShares);
        }
        if (feeShares > 0) {
            _giveShares(feeTo, feeShares);
            _emitTransfer(address(0), feeTo, feeShares);
        }
    }

    /// @inheritdoc IStakedEther
    function transferShares(address to, uint256 shares) external returns (uint256 weiAmount) {
        weiAmount = weiForShares(shares);
        _moveShares(msg.sender, to, shares);
    }

    /// @inheritdoc IStakedEther
    function transferSharesFrom(address from, address to, uint256 shares) external returns (uint256 weiAmount) {
        // Worthless shares would cost no allowance, so that anyone could take them and have what they are worth later.
        if (shares > 0 && _totals.pooledWei == 0) revert PoolIsEmpty();
        _spendAllowance(from, msg.sender, weiForSharesUp(shares));
        weiAmount = weiForShares(shares);
        _moveShares(from, to, shares);
    }

    /// @inheritdoc IStakedEther
    function totals() external view returns (uint256 totalPooledWei, uint256 totalShares) {
        return (_totals.pooledWei, _totals.shares);
    }

    /// @inheritdoc IStakedEther
    function sharesOf(address account) external view returns (uint256) {
        return _shares[account];
    }

    /// @inheritdoc IStakedEther
    function sharesForWei(uint256 weiAmount) public view returns (uint256) {
        return _convert(weiAmount, _totals.shares, _totals.pooledWei, Math.Rounding.Floor);
    }

    /// @inheritdoc IStakedEther
    function sharesForWeiUp(uint256 weiAmount) external view returns (uint256) {
        return _convert(weiAmount, _totals.shares, _totals.pooledWei, Math.Rounding.Ceil);
    }

    /// @inheritdoc IStakedEther
    function weiForShares(uint256 shares) public view returns (uint256) {
        return _convert(shares, _totals.pooledWei, _totals.shares, Math.Rounding.Floor);
    }

    /// @inheritdoc IStakedEther
    function weiForSharesUp(uint256 shares) public view returns (uint256) {
        return _convert(shares, _totals.pooledWei, _totals.shares, Math.Rounding.Ceil);
    }

    /// @notice Pooled ether, in wei.
    function totalSupply() public view override(ERC20, IERC20) returns (uint256) {
        return _totals.pooledWei;
    }

    /// @notice Value of the account's shares in wei, rounded down.
    function balanceOf(address account) public view override(ERC20, IERC20) returns (uint256) {
        return weiForShares(_shares[account]);
    }

    /// @inheritdoc IERC20Permit
    function nonces(address owner) public view override(ERC20Permit, IERC20Permit) returns (uint256) {
        return super.nonces(owner);
    }

    /// @dev ERC-20 amounts are wei: what moves is the shares they stand for, rounded down.
    function _update(address from, address to, uint256 weiAmount) internal override {
        uint256 balance = balanceOf(from);
        if (balance < weiAmount) revert ERC20InsufficientBalance(from, balance, weiAmount);
        if (to == address(this)) revert ERC20InvalidReceiver(to);
        uint256 shares = sharesForWei(weiAmount);
        _takeShares(from, shares);
        _giveShares(to, shares);
        emit Transfer(from, to, weiAmount);
        emit TransferShares(from, to, shares);
    }

    function _moveShares(address from, address to, uint256 shares) private {
        if (to == address(0) || to == address(this)) revert ERC20InvalidReceiver(to);
        _takeShares(from, shares);
        _giveShares(to, shares);
        _emitTransfer(from, to, shares);
    }

    function _mintShares(address to, uint256 shares) private {
        if (to == address(0) || to == address(this)) revert ERC20InvalidReceiver(to);
        _totals.shares = (_totals.shares + shares).toUint128();
        _giveShares(to, shares);
        _emitTransfer(address(0), to, shares);
    }

    function _takeShares(address from, uint256 shares) private {
        uint256 held = _shares[from];
        if (held < shares) revert NotEnoughShares(from, held, shares);
        unchecked {
            _shares[from] = held - shares;
        }
    }

    function _giveShares(address to, uint256 shares) private {
        _shares[to] += shares;
    }

    function _emitTransfer(address from, address to, uint256 shares) private {
        emit Transfer(from, to, weiForShares(shares));
        emit TransferShares(from, to, shares);
    }

    /// @dev `amount * numerator / denominator`; nothing is worth anything before the first share.
    function _convert(uint256 amount, uint256 numerator, uint256 denominator, Math.Rounding rounding)
        private
        pure
        returns (uint256)
    {
        return denominator == 0 ? 0 : Math.mulDiv(amount, numerator, denominator, rounding);
    }
}
