// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {BalanceTree, SumPath, SumStep} from "../../src/lib/BalanceTree.sol";
import {TestBase} from "../TestBase.sol";

/// @notice The highest tree, in which every sum adds.
contract BalanceTreeTest is TestBase {
    function requireCommitted(bytes32 root, bytes32 node, SumPath calldata path) external pure returns (bool) {
        return BalanceTree.requireCommitted(root, node, path);
    }

    /// @dev A leaf of 5 gwei at the left edge, with a sibling of 7 on every level. The hashing is written apart from the library's.
    function _edge(uint256 steps) private pure returns (bytes32 root, bytes32 leaf, SumPath memory path) {
        leaf = keccak256(abi.encodePacked(uint8(0), uint64(3), uint64(5)));
        (path.sum, path.count, path.steps) = (5, 9, new SumStep[](steps));
        (bytes32 node, uint64 sum) = (leaf, 5);
        for (uint256 i = 0; i < steps; ++i) {
            path.steps[i] = SumStep(bytes32(i + 1), 7, sum + 7);
            node = keccak256(abi.encodePacked(uint8(1), node, sum, bytes32(i + 1), uint64(7)));
            sum += 7;
        }
        root = keccak256(abi.encodePacked(uint8(2), node, sum, uint32(9)));
    }

    function test_pathsHave32StepsAtMost() external {
        for (uint256 steps = 0; steps <= 32; ++steps) {
            (bytes32 root, bytes32 leaf, SumPath memory path) = _edge(steps);
            assertTrue(this.requireCommitted(root, leaf, path), "the sums add");
        }
        (bytes32 higher, bytes32 low, SumPath memory longer) = _edge(33);
        vm.expectRevert(abi.encodeWithSelector(BalanceTree.InvalidPath.selector, 33, 0));
        this.requireCommitted(higher, low, longer);
    }

    function test_aPlaceLiesInsideTheTree() external {
        (bytes32 root, bytes32 leaf, SumPath memory path) = _edge(3);
        path.position = 8;
        vm.expectRevert(abi.encodeWithSelector(BalanceTree.InvalidPath.selector, 3, 8));
        this.requireCommitted(root, leaf, path);
    }
}
