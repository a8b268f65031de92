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

/// @notice What the registry needs of the book of validators.
interface IValidators {
    /// @notice Begins the life of keys that are deposited with their first ether in this call. Only the registry.
    /// @param keyIds `operatorId << 32 | keyIndex` of each.
    /// @param pubkeys Compressed keys, 48 bytes each.
    /// @param compounding Bit `i` is set when key `i` has 0x02 credentials.
    function open(uint64[] calldata keyIds, bytes calldata pubkeys, uint256 compounding) external;

    /// @notice Books the next top-ups and says what they are. Only the registry.
    /// @param etherLimits Most ether at the keys of each operator; 0 for those that get none.
    /// @param availableGwei What may be spent.
    /// @param count Most keys.
    /// @param proofs For each key in turn that has had more than its first ether: that it is well.
    /// @return keyIds Keys to top up, at least one.
    /// @return amountsGwei What each gets.
    /// @return compounding Bit `i` is set when key `i` has 0x02 credentials.
    function takeTopUps(uint32[] calldata etherLimits, uint256 availableGwei, uint256 count, KeyProof[] calldata proofs)
        external
        returns (uint64[] memory keyIds, uint64[] memory amountsGwei, uint256 compounding);

    /// @notice What an operator has.
    function stakeOf(uint256 operatorId) external view returns (Stake memory);

    /// @notice What the operators below `count` have.
    function stakes(uint256 count) external view returns (Stake[] memory);

    /// @notice Keys that are not proven, of all operators.
    function unprovenCount() external view returns (uint256);
}
