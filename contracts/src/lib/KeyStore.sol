// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {SSTORE2} from "solady/utils/SSTORE2.sol";
import {PointCompression} from "./PointCompression.sol";

/// @title Key store
/// @notice Append-only lists of keys with their deposit signatures, a batch being the code of one contract: 144 bytes a key. The
/// end of a list can be cut off.
library KeyStore {
    /// @notice Bytes of one key with its signature.
    uint256 internal constant ENTRY_LENGTH = PointCompression.PUBKEY_LENGTH + PointCompression.SIGNATURE_LENGTH;

    /// @notice Keys that were added together.
    struct Batch {
        /// @dev Contract whose code, after a leading zero byte, is the entries.
        address blob;
        /// @dev Index in the list after the last key of this batch.
        uint32 end;
        /// @dev They have 0x02 credentials, else 0x01.
        bool compounding;
    }

    /// @notice The list has no such key.
    error NoSuchKey(uint256 index, uint256 count);

    /// @notice How many keys a list has.
    function count(Batch[] storage batches) internal view returns (uint256) {
        uint256 n = batches.length;
        return n == 0 ? 0 : batches[n - 1].end;
    }

    /// @notice Appends `entries`, of 144 bytes each, all of one kind.
    function append(Batch[] storage batches, bytes memory entries, bool compounding) internal {
        uint256 end = count(batches) + entries.length / ENTRY_LENGTH;
        batches.push(Batch(SSTORE2.write(entries), uint32(end), compounding));
    }

    /// @notice Cuts the list to its first `newCount` keys, which must not be more than it has.
    function truncate(Batch[] storage batches, uint256 newCount) internal {
        uint256 n = batches.length;
        while (n > 0 && _start(batches, n - 1) >= newCount) {
            batches.pop();
            --n;
        }
        if (n > 0) batches[n - 1].end = uint32(newCount);
    }

    /// @notice Which batch has key `index`, searching from batch `hint` upwards: for reading in order.
    function batchFrom(Batch[] storage batches, uint256 hint, uint256 index) internal view returns (uint256) {
        while (batches[hint].end <= index) ++hint;
        return hint;
    }

    /// @notice Key `index`, its signature and its kind.
    function read(Batch[] storage batches, uint256 index)
        internal
        view
        returns (bytes memory pubkey, bytes memory signature, bool compounding)
    {
        uint256 have = count(batches);
        if (index >= have) revert NoSuchKey(index, have);
        uint256 low = 0;
        uint256 high = batches.length - 1;
        while (low < high) {
            uint256 middle = (low + high) / 2;
            if (batches[middle].end > index) high = middle;
            else low = middle + 1;
        }
        pubkey = new bytes(PointCompression.PUBKEY_LENGTH);
        signature = new bytes(PointCompression.SIGNATURE_LENGTH);
        copy(batches, low, index, pubkey, signature, 0);
        compounding = batches[low].compounding;
    }

    /// @notice Copies key `index`, of batch `batch`, to place `place` of both outputs, which must be long enough.
    function copy(
        Batch[] storage batches,
        uint256 batch,
        uint256 index,
        bytes memory pubkeys,
        bytes memory signatures,
        uint256 place
    ) internal view {
        address blob = batches[batch].blob;
        uint256 offset = 1 + (index - _start(batches, batch)) * ENTRY_LENGTH;
        assembly ("memory-safe") {
            extcodecopy(blob, add(add(pubkeys, 0x20), mul(place, 48)), offset, 48)
            extcodecopy(blob, add(add(signatures, 0x20), mul(place, 96)), add(offset, 48), 96)
        }
    }

    function _start(Batch[] storage batches, uint256 batch) private view returns (uint256) {
        return batch == 0 ? 0 : batches[batch - 1].end;
    }
}
