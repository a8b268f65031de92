// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";

/// @title Fee accounts
/// @notice Shares out fee between the treasury and all ether at keys. What operators are owed is scaled by 2**32 and no division's remainder is
/// dropped: it waits for the next fee, so the accounts, the claims and the remainder together always make the fees booked.
library FeeAccounts {
    using SafeCast for uint256;

    /// @notice Units of one share.
    uint256 internal constant SCALE = 1 << 32;

    /// @notice What an operator is owed.
    struct Account {
        /// @dev `Ledger.perEtherScaled` when the account was last settled.
        uint128 perEtherSeenScaled;
        /// @dev Owed up to then, scaled.
        uint256 owedScaled;
    }

    /// @notice The whole book. The first three fields are one storage word: all that a fee writes.
    struct Ledger {
        /// @dev All that one ether, staked since the start, would have earned, scaled.
        uint128 perEtherScaled;
        /// @dev Owed to the treasury, in shares.
        uint96 treasuryShares;
        /// @dev Rest of the last division, scaled; below the ether that was staked then.
        uint32 remainderScaled;
        mapping(uint256 operatorId => Account) accounts;
    }

    /// @notice Books `shares`, 0 without ether, to `stakedEther` whole ether alike and `treasuryShares` to the treasury.
    function accrue(Ledger storage ledger, uint256 shares, uint256 stakedEther, uint256 treasuryShares) internal {
        if (treasuryShares > 0) ledger.treasuryShares = (ledger.treasuryShares + treasuryShares).toUint96();
        if (shares == 0) return;
        uint256 scaled = shares * SCALE + ledger.remainderScaled;
        ledger.perEtherScaled = (ledger.perEtherScaled + scaled / stakedEther).toUint128();
        ledger.remainderScaled = uint32(scaled % stakedEther);
    }

    /// @notice Empties the treasury's account.
    function withdrawTreasury(Ledger storage ledger) internal returns (uint256 shares) {
        shares = ledger.treasuryShares;
        ledger.treasuryShares = 0;
    }

    /// @notice Brings an account up to date; to be called before its ether changes.
    function settle(Ledger storage ledger, uint256 operatorId, uint256 operatorEther) internal {
        Account storage account = ledger.accounts[operatorId];
        uint128 perEtherScaled = ledger.perEtherScaled;
        uint256 earnedScaled = operatorEther * (perEtherScaled - account.perEtherSeenScaled);
        if (earnedScaled != 0) account.owedScaled += earnedScaled;
        account.perEtherSeenScaled = perEtherScaled;
    }

    /// @notice Empties an account of whole shares; the fraction of a share stays.
    function withdraw(Ledger storage ledger, uint256 operatorId, uint256 operatorEther)
        internal
        returns (uint256 shares)
    {
        settle(ledger, operatorId, operatorEther);
        Account storage account = ledger.accounts[operatorId];
        shares = account.owedScaled / SCALE;
        account.owedScaled %= SCALE;
    }

    /// @notice Owed to an operator now, scaled.
    function owedScaled(Ledger storage ledger, uint256 operatorId, uint256 operatorEther)
        internal
        view
        returns (uint256)
    {
        Account storage account = ledger.accounts[operatorId];
        return account.owedScaled + operatorEther * (ledger.perEtherScaled - account.perEtherSeenScaled);
    }
}
