// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ReportAnchor} from "../../src/interfaces/IReportAnchors.sol";
import {BalanceTree, SumPath, SumStep} from "../../src/lib/BalanceTree.sol";
import {Ground} from "../system/Ground.sol";

/// @notice A committee that hides ether which is not there in the padding of its tree: a hundred true leaves, and behind them one place whose
/// hash opens to nothing and whose sum counts.
abstract contract Liar is Ground {
    uint256 private constant LEVELS = 7;

    /// @dev The report under way claims `hiddenGwei` more than the validators have.
    /// @return path From the padding that carries it.
    function _hide(uint64 hiddenGwei) internal returns (SumPath memory path) {
        uint256 width = 1 << LEVELS;
        bytes32[] memory hashes = new bytes32[](width);
        uint64[] memory sums = new uint64[](width);
        for (uint64 i = 0; i < KEYS; ++i) {
            (hashes[i], sums[i]) = (BalanceTree.leaf(i, 32e9), 32e9);
        }
        sums[KEYS] = hiddenGwei;
        path = SumPath(uint64(KEYS), hiddenGwei, new SumStep[](LEVELS), uint32(KEYS));
        uint256 place = KEYS;
        for (uint256 level = 0; level < LEVELS; ++level) {
            path.steps[level].siblingHash = hashes[place ^ 1];
            path.steps[level].siblingSum = sums[place ^ 1];
            width /= 2;
            for (uint256 i = 0; i < width; ++i) {
                hashes[i] = keccak256(
                    abi.encodePacked(uint8(1), hashes[2 * i], sums[2 * i], hashes[2 * i + 1], sums[2 * i + 1])
                );
                sums[i] = sums[2 * i] + sums[2 * i + 1];
            }
            place /= 2;
            path.steps[level].parentSum = sums[place];
        }
        report.clValidatorsGwei = sums[0];
        report.balancesRoot = BalanceTree.root(hashes[0], sums[0], uint32(KEYS));
    }

    function _anchor() internal view returns (ReportAnchor memory) {
        return
            ReportAnchor(refSlot, proof.header.slot, proof.header.stateRoot, report.balancesRoot, oracle.digest(report));
    }
}
