// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IReportAnchors, ReportAnchor} from "../../src/interfaces/IReportAnchors.sol";
import {Report} from "../../src/interfaces/Types.sol";
import {OperatorRegistry} from "../../src/OperatorRegistry.sol";
import {StakedEther} from "../../src/StakedEther.sol";

/// @notice The pool's side of the registry and of the token: roles, and the calls that only the pool makes.
contract PoolDouble {
    mapping(bytes32 role => mapping(address account => bool)) public hasRole;

    function grantRole(bytes32 role, address account) external {
        hasRole[role][account] = true;
    }

    address public treasury = address(0x7E);

    /// @notice Gives the token its first shares, so that it has a rate.
    function bootstrap(StakedEther token) external {
        token.mint(address(0xdead), 1 ether, 1 ether);
    }

    function takeKeys(OperatorRegistry registry, uint256 count) external returns (bytes memory, bytes memory) {
        return registry.takeKeys(count);
    }

    /// @notice As the pool does after a rebase: mints the fee, then books it.
    function accrueFee(OperatorRegistry registry, StakedEther token, uint256 shares) external {
        accrueFee(registry, token, shares, 10_000);
    }

    /// @notice The same with a part for the treasury.
    function accrueFee(OperatorRegistry registry, StakedEther token, uint256 shares, uint256 operatorsBps) public {
        (uint256 pooledWei,) = token.totals();
        token.applyRebase(pooledWei, address(0), 0, address(registry), shares);
        registry.accrueFee(shares, operatorsBps);
    }
}

/// @notice An oracle that accepts what it is told to.
contract OracleDouble is IReportAnchors {
    mapping(bytes32 anchor => bool) private _accepted;

    function accept(ReportAnchor calldata a) external {
        _accepted[keccak256(abi.encode(a))] = true;
    }

    function isAnchor(ReportAnchor calldata a) external view returns (bool) {
        return _accepted[keccak256(abi.encode(a))];
    }

    /// @notice Reference slots that were proven false, one after the other.
    uint64[] public marked;

    function markFalse(uint64 refSlot) external {
        marked.push(refSlot);
    }

    function marks() external view returns (uint256) {
        return marked.length;
    }

    function digest(Report calldata report) external pure returns (bytes32) {
        return keccak256(abi.encode(report));
    }
}
