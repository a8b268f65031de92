// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IVault} from "./IVault.sol";

/// @notice The vault behind the pool's withdrawal credentials.
interface IWithdrawalVault is IVault {
    /// @notice Asks the consensus layer for exits (amount 0) or partial withdrawals of the pool's validators (EIP-7002).
    /// @param pubkeys Compressed keys of 48 bytes each.
    /// @param amountsGwei One amount a key, in gwei; 0 asks for the full exit.
    /// @param refundTo Receives what `msg.value` exceeds the fee by.
    function triggerWithdrawals(bytes calldata pubkeys, uint64[] calldata amountsGwei, address refundTo)
        external
        payable;
}
