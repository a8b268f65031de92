// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Vm} from "./Vm.sol";

/// @notice Assertions and bounded inputs for all tests.
abstract contract TestBase {
    Vm internal constant vm = Vm(0x7109709ECfa91a80626fF3989D68f67F5b1DD12D);

    error NotTrue(string what);
    error NotEqual(string what, uint256 a, uint256 b);
    error NotEqualBytes32(string what, bytes32 a, bytes32 b);
    error NotAtMost(string what, uint256 a, uint256 b);
    error NotClose(string what, uint256 a, uint256 b, uint256 tolerance);

    function assertTrue(bool value, string memory what) internal pure {
        if (!value) revert NotTrue(what);
    }

    function assertEq(uint256 a, uint256 b, string memory what) internal pure {
        if (a != b) revert NotEqual(what, a, b);
    }

    function assertEq(address a, address b, string memory what) internal pure {
        if (a != b) revert NotEqual(what, uint160(a), uint160(b));
    }

    function assertEq(bytes32 a, bytes32 b, string memory what) internal pure {
        if (a != b) revert NotEqualBytes32(what, a, b);
    }

    /// @dev a <= b
    function assertLe(uint256 a, uint256 b, string memory what) internal pure {
        if (a > b) revert NotAtMost(what, a, b);
    }

    function assertClose(uint256 a, uint256 b, uint256 tolerance, string memory what) internal pure {
        if ((a > b ? a - b : b - a) > tolerance) revert NotClose(what, a, b, tolerance);
    }

    /// @dev Folds any value into [low, high], edges included.
    function bound(uint256 value, uint256 low, uint256 high) internal pure returns (uint256) {
        if (value >= low && value <= high) return value;
        uint256 size = high - low + 1;
        return size == 0 ? value : low + value % size;
    }
}
