// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IValidators} from "./IValidators.sol";

/// @notice Keys that are handed out for their first ether.
struct TakenKeys {
    /// @dev `operatorId << 32 | keyIndex` of each.
    uint64[] keyIds;
    /// @dev Compressed BLS keys of 48 bytes each, and compressed deposit signatures of 96 bytes each.
    bytes pubkeys;
    bytes signatures;
    /// @dev Bit `i` is set when key `i` has 0x02 credentials, else they are 0x01.
    uint256 compounding;
}

/// @notice What pool and book of validators need of the operator registry.
interface IOperatorRegistry {
    /// @notice Hands out the next `count` keys for their first ether, least loaded operator first. Only the book of validators.
    function takeKeys(uint256 count) external returns (TakenKeys memory);

    /// @notice Most ether at the keys of each operator; 0 for those that get no more.
    function etherLimits() external view returns (uint32[] memory);

    /// @notice Book of this registry's validators.
    function validators() external view returns (IValidators);

    /// @notice Books `shares`, already in the registry's account: `operatorsBps` parts per 10,000 to the operators by the ether at their keys,
    /// those of its predecessors included, the rest, and all of it without such ether, to the treasury. Only the pool, or the successor of
    /// a registry that is retired.
    function accrueFee(uint256 shares, uint256 operatorsBps) external;

    /// @notice Hands out and takes no more keys, and lets `successor` book fees. Only the pool, once, to a registry that names this one as
    /// its predecessor.
    function retire(IOperatorRegistry successor) external;

    /// @notice The first ether of a key is accounted for: the pool's or, when it was lost, paid from the operator's bond. Only the book of
    /// validators.
    function firstEtherEnded(uint256 operatorId, bool lost) external;

    /// @notice The ether at an operator's keys changes now. Only the book of validators.
    function stakeChanges(uint256 operatorId, uint256 beforeEther, uint256 afterEther) external;

    /// @notice The registry that this one replaces; 0 for the first.
    function predecessor() external view returns (IOperatorRegistry);

    /// @notice The registry that has replaced this one; 0 while it is in force, or not yet.
    function successor() external view returns (IOperatorRegistry);

    /// @notice Takes keys and books fees.
    function pool() external view returns (address);

    /// @notice Whether a compressed key was ever added, here or to a predecessor.
    function isKnownKey(bytes calldata pubkey) external view returns (bool);

    /// @notice A key, compressed.
    function pubkeyOf(uint64 keyId) external view returns (bytes memory pubkey);

    /// @notice The public keys that `takeKeys` would hand out now, 48 bytes each.
    function nextKeys(uint256 count) external view returns (bytes memory pubkeys);

    /// @notice Whole ether at keys of 32 ether and more, over all operators, those of its predecessors included: what earns.
    function earningEther() external view returns (uint256);
}
