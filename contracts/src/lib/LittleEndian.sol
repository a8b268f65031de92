// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title Little-endian integers
/// @notice SSZ serialises integers lowest byte first. Source: consensus specs, SSZ.
library LittleEndian {
    /// @notice The eight bytes of `value`, lowest first; as a `bytes32` they are the SSZ chunk of it.
    function u64(uint64 value) internal pure returns (bytes8) {
        uint64 v = value;
        v = ((v & 0x00ff00ff00ff00ff) << 8) | ((v >> 8) & 0x00ff00ff00ff00ff);
        v = ((v & 0x0000ffff0000ffff) << 16) | ((v >> 16) & 0x0000ffff0000ffff);
        return bytes8((v << 32) | (v >> 32));
    }
}
