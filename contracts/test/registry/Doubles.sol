// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IReportAnchors, ReportAnchor} from "../../src/interfaces/IReportAnchors.sol";
import {TakenKeys} from "../../src/interfaces/IOperatorRegistry.sol";
import {IValidators, Stake} from "../../src/interfaces/IValidators.sol";
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

    /// @notice What bonds have paid, in wei, and first ether that was accounted for.
    uint256 public bondWei;
    uint256 public ended;

    function firstEtherEnded() external payable {
        bondWei += msg.value;
        ++ended;
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

/// @notice A book of validators that believes what it is told.
contract ValidatorsDouble is IValidators {
    OperatorRegistry public registry;
    uint256 public unprovenCount;

    mapping(uint256 operatorId => Stake) private _stakes;
    uint64[] private _opened;

    /// @notice The registry opened this key.
    event Opened(uint64 keyId);

    function bind(OperatorRegistry registry_) external {
        registry = registry_;
    }

    /// @notice As `predeposit` does.
    function take(uint256 count) external returns (TakenKeys memory taken) {
        taken = registry.takeKeys(count);
        for (uint256 i = 0; i < count; ++i) {
            uint64 keyId = taken.keyIds[i];
            ++_stakes[keyId >> 32].unproven;
            ++_stakes[keyId >> 32].waiting;
            ++unprovenCount;
            _opened.push(keyId);
            emit Opened(keyId);
        }
    }

    /// @notice All keys that were opened are proven and have 32 ether now.
    function fundAll() external {
        for (uint256 i = 0; i < _opened.length; ++i) {
            uint256 operatorId = _opened[i] >> 32;
            --_stakes[operatorId].unproven;
            --_stakes[operatorId].waiting;
            --unprovenCount;
            registry.firstEtherEnded(operatorId, false);
            setStake(operatorId, _stakes[operatorId].stakedEther + 32);
        }
        delete _opened;
    }

    /// @notice The first ether of the oldest key that was opened is lost.
    function lose() external {
        uint256 operatorId = _opened[0] >> 32;
        --_stakes[operatorId].unproven;
        --_stakes[operatorId].waiting;
        --unprovenCount;
        registry.firstEtherEnded(operatorId, true);
        _opened[0] = _opened[_opened.length - 1];
        _opened.pop();
    }

    function setStake(uint256 operatorId, uint32 afterEther) public {
        registry.stakeChanges(operatorId, _stakes[operatorId].stakedEther, afterEther);
        _stakes[operatorId].stakedEther = afterEther;
    }

    function setOverdue(uint256 operatorId, uint8 overdue) external {
        _stakes[operatorId].overdue = overdue;
    }

    function receiveFromPool() external payable {}

    function stakeOf(uint256 operatorId) external view returns (Stake memory) {
        return _stakes[operatorId];
    }

    function stakes(uint256 count) external view returns (Stake[] memory all) {
        all = new Stake[](count);
        for (uint256 i = 0; i < count; ++i) {
            all[i] = _stakes[i];
        }
    }
}
