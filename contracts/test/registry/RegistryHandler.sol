// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ReportAnchor} from "../../src/interfaces/IReportAnchors.sol";
import {ValidatorProof} from "../../src/interfaces/IStateProofs.sol";
import {KeyInput, Operator} from "../../src/OperatorKeys.sol";
import {RegistryFixture} from "./RegistryFixture.sol";
import {StateTree, TestValidator} from "./StateTree.sol";

/// @notice Drives a registry at random and keeps its own account of what must be true. Every call also makes the next action in
/// turn, so that a run of some dozen calls reaches each of them.
contract RegistryHandler is RegistryFixture {
    enum Action {
        Add,
        Take,
        Accrue,
        ProveExit,
        RequestExits,
        Claim,
        Drop,
        Limit
    }

    uint256 public constant ACTIONS = 8;
    uint256 public constant OPERATORS = 3;
    uint256 public constant KEYS = 32;
    bytes32 private constant NOISE = "noise";

    /// @notice How often each action had its effect.
    uint256[ACTIONS] public reached;
    /// @notice Calls that the registry refused although the account here says that they are right.
    uint256 public surprises;
    /// @notice Keys that were handed to the pool twice, or that the store did not have at that index.
    uint256 public wrongKeys;
    /// @notice Shares minted as fees.
    uint256 public feeShares;
    /// @notice Keys handed to the pool, and of them those whose exit was proven.
    uint256 public taken;
    uint256 public exited;

    KeyInput[] private _inputs;
    TestValidator[] private _validators;
    ReportAnchor private _anchor;
    uint256 private _nextKey;
    uint256 private _turn;
    mapping(bytes32 pubkeyHash => bool) private _taken;
    mapping(bytes32 pubkeyHash => uint256) private _validatorOf;

    constructor() {
        _deploy();
        vm.deal(address(this), 1 ether);
        for (uint256 i = 0; i < OPERATORS; ++i) {
            _addOperator(6);
        }
        for (uint256 i = 0; i < KEYS; ++i) {
            _inputs.push(_key(1000 + i));
            TestValidator memory v;
            v.pubkey = _pubkey(1000 + i);
            v.fields.validatorIndex = uint64(i);
            v.fields.withdrawalCredentials = registry.withdrawalCredentials();
            v.fields.exitEpoch = 1;
            _validators.push(v);
            _validatorOf[keccak256(v.pubkey)] = i;
        }
        _anchor = ReportAnchor(599, 599, StateTree.stateRoot(_validators, NOISE), 0, 0);
        oracle.accept(_anchor);
        for (uint256 i = 0; i < KEYS; ++i) {
            _validators[i].fields.branch = StateTree.validatorBranch(_validators, NOISE, i);
        }
        // A start from which every action is possible.
        for (uint256 i = 0; i < OPERATORS; ++i) {
            _add(i, 1);
        }
        _take(2);
    }

    receive() external payable {}

    function addKeys(uint256 seed) external {
        _act(Action.Add, seed);
    }

    function takeKeys(uint256 seed) external {
        _act(Action.Take, seed);
    }

    function accrueFee(uint256 seed) external {
        _act(Action.Accrue, seed);
    }

    function proveExit(uint256 seed) external {
        _act(Action.ProveExit, seed);
    }

    function requestExits(uint256 seed) external {
        _act(Action.RequestExits, seed);
    }

    function claimFee(uint256 seed) external {
        _act(Action.Claim, seed);
    }

    function dropKeys(uint256 seed) external {
        _act(Action.Drop, seed);
    }

    function setLimit(uint256 seed) external {
        _act(Action.Limit, seed);
    }

    /// @notice Keys that earn, counted one by one.
    function earningKeys() external view returns (uint256 n) {
        for (uint256 i = 0; i < OPERATORS; ++i) {
            uint256 deposited = registry.operatorInfo(i).depositedKeys;
            for (uint256 k = 0; k < deposited; ++k) {
                (, bool gone) = registry.exitStatus(_keyId(i, k));
                if (!gone) ++n;
            }
        }
    }

    /// @notice Scaled shares of all accounts, the treasury's too, and of the remainder; and the scaled shares that the registry holds.
    function booksAndHoldings() external view returns (uint256 booked, uint256 held, uint256 paid) {
        booked = registry.remainderScaled() + (registry.treasuryShares() << 32);
        held = token.sharesOf(address(registry)) << 32;
        for (uint256 i = 0; i < OPERATORS; ++i) {
            booked += registry.owedScaled(i);
            paid += token.sharesOf(_recipient(i));
        }
    }

    /// @notice Whether some key stands twice in the stores, or is not known for ever.
    function hasRepeatedKey() external view returns (bool) {
        bytes32[] memory seen = new bytes32[](KEYS + 1);
        uint256 n;
        for (uint256 i = 0; i < OPERATORS; ++i) {
            uint256 total = registry.operatorInfo(i).totalKeys;
            for (uint256 k = 0; k < total; ++k) {
                (bytes memory pubkey,) = registry.keyAt(i, k);
                bytes32 h = keccak256(pubkey);
                if (!registry.isKnownKey(pubkey)) return true;
                for (uint256 s = 0; s < n; ++s) {
                    if (seen[s] == h) return true;
                }
                seen[n++] = h;
            }
        }
        return false;
    }

    /// @notice The sum of `availableKeys` as its rule says.
    function roomByRule() external view returns (uint256 have) {
        for (uint256 i = 0; i < OPERATORS; ++i) {
            Operator memory o = registry.operatorInfo(i);
            uint256 load = o.depositedKeys - o.exitedKeys;
            if (load >= o.keyLimit) continue;
            uint256 unused = o.totalKeys - o.depositedKeys;
            have += unused < o.keyLimit - load ? unused : o.keyLimit - load;
        }
    }

    /// @notice The registry and its token, for the invariants.
    function activeKeys() external view returns (uint256) {
        return registry.activeKeys();
    }

    function availableKeys() external view returns (uint256) {
        return registry.availableKeys();
    }

    function _act(Action chosen, uint256 seed) private {
        _do(chosen, seed);
        _do(Action(_turn++ % ACTIONS), uint256(keccak256(abi.encode(seed))));
    }

    function _do(Action action, uint256 seed) private {
        bool done;
        uint256 operatorId = seed % OPERATORS;
        seed >>= 8;
        if (action == Action.Add) done = _add(operatorId, seed);
        else if (action == Action.Take) done = _take(seed);
        else if (action == Action.Accrue) done = _accrue(seed);
        else if (action == Action.ProveExit) done = _prove(operatorId, seed);
        else if (action == Action.RequestExits) done = _request(operatorId, seed);
        else if (action == Action.Claim) done = _claim(operatorId);
        else if (action == Action.Drop) done = _drop(operatorId);
        else done = _limit(operatorId, seed);
        if (done) ++reached[uint256(action)];
    }

    function _add(uint256 operatorId, uint256 seed) private returns (bool) {
        if (_nextKey > 0 && seed % 4 == 0) _addAgain(operatorId, (seed >> 8) % _nextKey);
        if (_nextKey == KEYS) return false;
        uint256 n = 1 + seed % 2;
        if (n > KEYS - _nextKey) n = KEYS - _nextKey;
        KeyInput[] memory keys = new KeyInput[](n);
        for (uint256 i = 0; i < n; ++i) {
            keys[i] = _inputs[_nextKey + i];
        }
        _nextKey += n;
        return _call(_manager(operatorId), abi.encodeCall(registry.addKeys, (operatorId, keys)));
    }

    /// @dev A key that was given before must be refused, whoever gives it and wherever it is now.
    function _addAgain(uint256 operatorId, uint256 key) private {
        KeyInput[] memory keys = new KeyInput[](1);
        keys[0] = _inputs[key];
        vm.prank(_manager(operatorId));
        (bool ok,) = address(registry).call(abi.encodeCall(registry.addKeys, (operatorId, keys)));
        if (ok) ++surprises;
    }

    function _take(uint256 seed) private returns (bool) {
        uint256 have = registry.availableKeys();
        if (have == 0) return false;
        uint256 count = 1 + seed % (have < 3 ? have : 3);
        (bytes memory pubkeys,) = pool.takeKeys(registry, count);
        for (uint256 i = 0; i < count; ++i) {
            bytes memory pubkey = new bytes(48);
            for (uint256 b = 0; b < 48; ++b) {
                pubkey[b] = pubkeys[48 * i + b];
            }
            bytes32 h = keccak256(pubkey);
            if (_taken[h] || !registry.isKnownKey(pubkey)) ++wrongKeys;
            _taken[h] = true;
        }
        taken += count;
        return true;
    }

    function _accrue(uint256 seed) private returns (bool) {
        if (registry.activeKeys() == 0) return false;
        uint256 shares = 1 + seed % (seed % 2 == 0 ? 1e24 : 10);
        pool.accrueFee(registry, token, shares);
        feeShares += shares;
        return true;
    }

    function _prove(uint256 operatorId, uint256 seed) private returns (bool) {
        (bool found, uint64 keyId) = _earningKey(operatorId, seed);
        if (!found) return false;
        (bytes memory pubkey,) = registry.keyAt(keyId >> 32, uint32(keyId));
        uint256 index = _validatorOf[keccak256(pubkey)];
        ++exited;
        ValidatorProof memory proof = _validators[index].fields;
        return _call(STRANGER, abi.encodeCall(registry.proveExit, (keyId, oracle, _anchor, proof)));
    }

    function _request(uint256 operatorId, uint256 seed) private returns (bool) {
        uint64[] memory ids = new uint64[](1);
        bool found;
        (found, ids[0]) = _earningKey(operatorId, seed);
        if (!found) return false;
        address from = seed % 2 == 0 ? EXITER : _manager(ids[0] >> 32);
        vm.deal(from, 1 ether);
        vm.prank(from);
        (bool ok,) = address(registry).call{value: 1 ether}(abi.encodeCall(registry.requestExits, (ids)));
        if (!ok) ++surprises;
        return ok;
    }

    /// @dev Some key that earns, searched from a random one on.
    function _earningKey(uint256 operatorId, uint256 seed) private view returns (bool, uint64) {
        for (uint256 i = 0; i < OPERATORS; ++i) {
            uint256 id = (operatorId + i) % OPERATORS;
            uint256 deposited = registry.operatorInfo(id).depositedKeys;
            for (uint256 k = 0; k < deposited; ++k) {
                uint64 keyId = _keyId(id, (seed + k) % deposited);
                (, bool gone) = registry.exitStatus(keyId);
                if (!gone) return (true, keyId);
            }
        }
        return (false, 0);
    }

    function _claim(uint256 operatorId) private returns (bool) {
        for (uint256 i = 0; i < OPERATORS && registry.claimableShares(operatorId) == 0; ++i) {
            operatorId = (operatorId + 1) % OPERATORS;
        }
        uint256 before = token.sharesOf(_recipient(operatorId));
        uint256 claimable = registry.claimableShares(operatorId);
        uint256 shares = registry.claimFee(operatorId);
        if (shares != claimable || token.sharesOf(_recipient(operatorId)) - before != shares) ++surprises;
        return shares > 0;
    }

    /// @dev One key at a time: else few would live long enough to be deposited.
    function _drop(uint256 operatorId) private returns (bool) {
        for (uint256 i = 0; i < OPERATORS; ++i) {
            uint256 id = (operatorId + i) % OPERATORS;
            Operator memory o = registry.operatorInfo(id);
            if (o.totalKeys == o.depositedKeys) continue;
            return _call(_manager(id), abi.encodeCall(registry.dropUnusedKeys, (id, o.totalKeys - 1)));
        }
        return false;
    }

    function _limit(uint256 operatorId, uint256 seed) private returns (bool) {
        return _call(OPERATOR_MANAGER, abi.encodeCall(registry.setKeyLimit, (operatorId, uint32(2 + seed % 6))));
    }

    function _call(address from, bytes memory call) private returns (bool ok) {
        vm.prank(from);
        (ok,) = address(registry).call(call);
        if (!ok) ++surprises;
    }
}
