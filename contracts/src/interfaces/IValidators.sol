// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {BlockProof} from "./Types.sol";
import {ValidatorProof} from "./IStateProofs.sol";

/// @notice A validator in the state of a block that EIP-4788 vouches for.
struct KeyProof {
    /// @dev Opens the block: its header is the one whose state has the validator.
    BlockProof origin;
    ValidatorProof validator;
}

/// @notice What an operator has. One storage word.
struct Stake {
    /// @dev Whole ether at its keys of 32 ether and more: what earns.
    uint32 stakedEther;
    /// @dev Keys that have had their first ether only, proven or not.
    uint32 waiting;
    /// @dev Of them, those that are not proven; and of those, the ones that were not proven in time.
    uint8 unproven;
    uint8 overdue;
}

/// @notice What registry and pool need of the book of validators.
interface IValidators {
    /// @notice Takes what the pool spends on keys in a call of `predeposit` or `topUp`. Only the pool.
    function receiveFromPool() external payable;

    /// @notice What an operator has.
    function stakeOf(uint256 operatorId) external view returns (Stake memory);

    /// @notice What the operators below `count` have.
    function stakes(uint256 count) external view returns (Stake[] memory);

    /// @notice Keys that are not proven, of all operators.
    function unprovenCount() external view returns (uint256);
}
