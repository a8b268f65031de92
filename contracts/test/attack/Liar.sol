// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ReportAnchor} from "../../src/interfaces/IReportAnchors.sol";
import {SumPath} from "../../src/lib/BalanceTree.sol";
import {SumLie, SumNode, SumTree} from "../registry/SumTree.sol";
import {Ground} from "../system/Ground.sol";

/// @notice A committee that hides ether which is not there in the padding of its tree: a hundred true leaves, and behind them one place whose
/// hash opens to nothing and whose sum counts.
abstract contract Liar is Ground {
    uint256 private constant LEVELS = 7;

    /// @dev The report under way claims `hiddenGwei` more than the validators have.
    /// @return path From the padding that carries it.
    function _hide(uint64 hiddenGwei) internal returns (SumPath memory path) {
        SumNode[] memory leaves = new SumNode[](1 << LEVELS);
        for (uint64 i = 0; i < KEYS; ++i) {
            leaves[i] = SumTree.leaf(i, 32e9, 0);
        }
        leaves[KEYS].sums.balanceGwei = hiddenGwei;
        SumLie memory none;
        (, path) = SumTree.pathOf(leaves, none, 0, KEYS, uint32(KEYS));
        SumNode memory top = SumTree.topOf(leaves, none);
        report.clValidatorsGwei = top.sums.balanceGwei;
        report.balancesRoot = SumTree.rootOf(top, uint32(KEYS));
    }

    function _anchor() internal view returns (ReportAnchor memory) {
        return
            ReportAnchor(refSlot, proof.header.slot, proof.header.stateRoot, report.balancesRoot, oracle.digest(report));
    }
}
