// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {MinHeapLib} from "solady/utils/MinHeapLib.sol";

/// @title Order of top-ups within an operator
/// @notice Proven keys that wait for the rest of their 32 ether stand in a line, oldest first. Compounding keys that have it stand in a heap, the one
/// with the least ether on top.
/// @dev A key that changes is put in again, and its old entry becomes stale: it is thrown away when it comes to the front. Who uses the order knows
/// which entries are stale.
library TopUpOrder {
    using MinHeapLib for MinHeapLib.Heap;

    /// @notice Keys of one operator.
    struct Order {
        /// @dev Indices of waiting keys; those before `head` are gone.
        uint32[] line;
        uint256 head;
        /// @dev `netGwei << 32 | keyIndex`.
        MinHeapLib.Heap heap;
    }

    /// @notice Puts a proven key at the end of the line.
    function enqueue(Order storage self, uint32 keyIndex) internal {
        self.line.push(keyIndex);
    }

    /// @notice Whether a key waits in the line, and which is the oldest.
    function front(Order storage self) internal view returns (bool any, uint32 keyIndex) {
        uint256 head = self.head;
        if (head == self.line.length) return (false, 0);
        return (true, self.line[head]);
    }

    /// @notice Takes the oldest key out of the line.
    function dequeue(Order storage self) internal {
        ++self.head;
    }

    /// @notice Puts a compounding key with `netGwei` into the heap.
    function push(Order storage self, uint32 keyIndex, uint64 netGwei) internal {
        self.heap.push(uint256(netGwei) << 32 | keyIndex);
    }

    /// @notice Whether the heap has a key, and the one with the least ether.
    function least(Order storage self) internal view returns (bool any, uint32 keyIndex, uint64 netGwei) {
        if (self.heap.length() == 0) return (false, 0, 0);
        uint256 entry = self.heap.root();
        return (true, uint32(entry), uint64(entry >> 32));
    }

    /// @notice Takes the top of the heap away.
    function pop(Order storage self) internal {
        self.heap.pop();
    }
}
