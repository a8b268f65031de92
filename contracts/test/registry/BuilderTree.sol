// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {BuilderProof} from "../../src/interfaces/IStateProofs.sol";

/// @notice Makes up states of Gloas that have a builder, from the builder upwards.
library BuilderTree {
    /// @dev Generalized index of `builders`: a test of the Go code holds it against a consensus client's.
    uint256 private constant BUILDERS = 2961;

    /// @notice Gives a builder a branch, in the subtree that its place falls into, and the root of the state that it leads to.
    function seal(bytes memory pubkey, BuilderProof memory p) internal pure returns (bytes32 stateRoot) {
        uint256 node = BUILDERS * 2;
        uint256 left = p.builderIndex;
        uint256 levels = 0;
        for (; left >= uint256(1) << levels; levels += 2) {
            left -= uint256(1) << levels;
            node = node * 2 + 1;
        }
        node = (node * 2 << levels) + left;
        stateRoot = rootOf(pubkey, p);
        bytes32[] memory branch = new bytes32[](64);
        uint256 n = 0;
        for (; node > 1; node /= 2) {
            bytes32 sibling = keccak256(abi.encode(node));
            stateRoot = sha256(node % 2 == 0 ? bytes.concat(stateRoot, sibling) : bytes.concat(sibling, stateRoot));
            branch[n++] = sibling;
        }
        assembly ("memory-safe") {
            mstore(branch, n)
        }
        p.branch = branch;
    }

    /// @notice Hash-tree root of the container.
    function rootOf(bytes memory pubkey, BuilderProof memory p) internal pure returns (bytes32) {
        bytes32[8] memory leaves;
        leaves[0] = sha256(bytes.concat(pubkey, bytes16(0)));
        leaves[1] = bytes32(uint256(p.version) << 248);
        leaves[2] = bytes32(bytes20(p.executionAddress));
        leaves[3] = _little(p.balanceGwei);
        leaves[4] = _little(p.depositEpoch);
        leaves[5] = _little(p.withdrawableEpoch);
        for (uint256 width = 8; width > 1; width /= 2) {
            for (uint256 i = 0; i < width; i += 2) {
                leaves[i / 2] = sha256(bytes.concat(leaves[i], leaves[i + 1]));
            }
        }
        return leaves[0];
    }

    function _little(uint64 v) private pure returns (bytes32 chunk) {
        for (uint256 i = 0; i < 8; ++i) {
            chunk |= bytes32(uint256(uint8(v >> 8 * i)) << (248 - 8 * i));
        }
    }
}
