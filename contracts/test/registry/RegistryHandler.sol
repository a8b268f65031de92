// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Stake} from "../../src/interfaces/IValidators.sol";
import {KeyInput, Operator} from "../../src/OperatorKeys.sol";
import {RegistryFixture} from "./RegistryFixture.sol";

/// @notice Drives a registry at random and keeps its own account of what must be true. Every call also makes the next action in
/// turn, so that a run of some dozen calls reaches each of them.
contract RegistryHandler is RegistryFixture {
    enum Action {
        Add,
        Take,
        Accrue,
        Lose,
        Fund,
        Exit,
        Bond,
        RequestExits,
        Claim,
        Drop,
        Limit
    }

    uint256 public constant ACTIONS = 11;
    uint256 public constant OPERATORS = 3;
    uint256 public constant KEYS = 32;

    /// @notice How often each action had its effect.
    uint256[ACTIONS] public reached;
    /// @notice Calls that the registry refused although the account here says that they are right.
    uint256 public surprises;
    /// @notice Keys that were handed to the pool twice, or that the store did not have at that index.
    uint256 public wrongKeys;
    /// @notice Shares minted as fees.
    uint256 public feeShares;
    /// @notice Bonds that were paid in and not taken back or lost.
    uint256 public bondWei;
    /// @notice First ether that bonds have paid for.
    uint256 public lostWei;

    KeyInput[] private _inputs;
    uint256 private _nextKey;
    uint256 private _turn;
    mapping(bytes32 pubkeyHash => bool) private _taken;

    constructor() {
        _deploy();
        vault.grantRole(vault.EXIT_ROLE(), address(registry));
        for (uint256 i = 0; i < OPERATORS; ++i) {
            _addOperator(6);
        }
        for (uint256 i = 0; i < KEYS; ++i) {
            _inputs.push(_key(1000 + i));
        }
        bondWei = OPERATORS * 10 ether;
        // A start from which every action is possible.
        for (uint256 i = 0; i < OPERATORS; ++i) {
            _add(i, 1);
        }
        _takeKeys(2);
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

    function loseFirstEther(uint256 seed) external {
        _act(Action.Lose, seed);
    }

    function fundAll(uint256 seed) external {
        _act(Action.Fund, seed);
    }

    function exit(uint256 seed) external {
        _act(Action.Exit, seed);
    }

    function moveBond(uint256 seed) external {
        _act(Action.Bond, seed);
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

    /// @notice Ether that earns, counted operator by operator.
    function stakedEther() external view returns (uint256 n) {
        for (uint256 i = 0; i < OPERATORS; ++i) {
            n += validators.stakeOf(i).stakedEther;
        }
    }

    /// @notice The bonds in the operators' books, and the ether that the registry holds; whether each covers the keys that bind it.
    function bonds() external view returns (uint256 booked, uint256 held, bool covered) {
        covered = true;
        for (uint256 i = 0; i < OPERATORS; ++i) {
            booked += registry.operatorInfo(i).bondWei;
            if (registry.operatorInfo(i).bondWei < uint256(validators.stakeOf(i).unproven) * 1 ether) covered = false;
        }
        held = address(registry).balance;
    }

    /// @notice What bonds have paid to the pool.
    function paidToPoolWei() external view returns (uint256) {
        return pool.bondWei();
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
                (bytes memory pubkey,,) = registry.keyAt(i, k);
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
            Stake memory stake = validators.stakeOf(i);
            uint256 load = stake.stakedEther + 32 * stake.waiting;
            uint256 room = load < o.etherLimit ? (o.etherLimit - load) / 32 : 0;
            uint256 unused = o.totalKeys - o.depositedKeys;
            if (unused < room) room = unused;
            uint256 covered = o.bondWei / 1 ether < o.quota ? o.bondWei / 1 ether : o.quota;
            covered = covered > stake.unproven ? covered - stake.unproven : 0;
            if (o.active) have += covered < room ? covered : room;
        }
    }

    /// @notice The registry and its token, for the invariants.
    function earningEther() external view returns (uint256) {
        return registry.earningEther();
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
        else if (action == Action.Take) done = _takeKeys(seed);
        else if (action == Action.Lose) done = _lose();
        else if (action == Action.Fund) done = _fund();
        else if (action == Action.Exit) done = _exit(operatorId);
        else if (action == Action.Bond) done = _bond(operatorId, seed);
        else if (action == Action.Accrue) done = _accrue(seed);
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
        return _call(_manager(operatorId), abi.encodeCall(registry.addKeys, (operatorId, true, keys)));
    }

    /// @dev A key that was given before must be refused, whoever gives it and wherever it is now.
    function _addAgain(uint256 operatorId, uint256 key) private {
        KeyInput[] memory keys = new KeyInput[](1);
        keys[0] = _inputs[key];
        vm.prank(_manager(operatorId));
        (bool ok,) = address(registry).call(abi.encodeCall(registry.addKeys, (operatorId, true, keys)));
        if (ok) ++surprises;
    }

    function _takeKeys(uint256 seed) private returns (bool) {
        uint256 have = registry.availableKeys();
        if (have == 0) return false;
        uint256 count = 1 + seed % (have < 3 ? have : 3);
        bytes memory pubkeys = validators.take(count).pubkeys;
        for (uint256 i = 0; i < count; ++i) {
            bytes memory pubkey = new bytes(48);
            for (uint256 b = 0; b < 48; ++b) {
                pubkey[b] = pubkeys[48 * i + b];
            }
            bytes32 h = keccak256(pubkey);
            if (_taken[h] || !registry.isKnownKey(pubkey)) ++wrongKeys;
            _taken[h] = true;
        }
        return true;
    }

    function _fund() private returns (bool) {
        if (validators.unprovenCount() == 0) return false;
        validators.fundAll();
        return true;
    }

    /// @dev The operator is switched on again, and pays its bond again.
    function _lose() private returns (bool) {
        if (validators.unprovenCount() == 0 && !_takeKeys(0)) return false;
        validators.lose();
        lostWei += 1 ether;
        bondWei -= 1 ether;
        for (uint256 i = 0; i < OPERATORS; ++i) {
            if (registry.operatorInfo(i).active) continue;
            vm.prank(OPERATOR_MANAGER);
            registry.setActive(i, true);
            vm.deal(address(this), address(this).balance + 1 ether);
            registry.addBond{value: 1 ether}(i);
            bondWei += 1 ether;
        }
        return true;
    }

    function _exit(uint256 operatorId) private returns (bool) {
        for (uint256 i = 0; i < OPERATORS; ++i) {
            uint256 id = (operatorId + i) % OPERATORS;
            uint32 staked = validators.stakeOf(id).stakedEther;
            if (staked == 0) continue;
            validators.setStake(id, staked - 32);
            return true;
        }
        return false;
    }

    /// @dev Takes out what is free, or less, and puts it back later; what is bound stays.
    function _bond(uint256 operatorId, uint256 seed) private returns (bool) {
        uint256 bound = uint256(validators.stakeOf(operatorId).unproven) * 1 ether;
        uint256 free = registry.operatorInfo(operatorId).bondWei - bound;
        vm.prank(_manager(operatorId));
        (bool tooMuch,) = address(registry).call(abi.encodeCall(registry.takeBond, (operatorId, free + 1, STRANGER)));
        if (tooMuch) ++surprises;
        uint256 weiAmount = seed % (free + 1);
        if (!_call(_manager(operatorId), abi.encodeCall(registry.takeBond, (operatorId, weiAmount, STRANGER)))) {
            return false;
        }
        vm.deal(address(this), address(this).balance + weiAmount);
        registry.addBond{value: weiAmount}(operatorId);
        return true;
    }

    function _accrue(uint256 seed) private returns (bool) {
        if (registry.earningEther() == 0) return false;
        uint256 shares = 1 + seed % (seed % 2 == 0 ? 1e24 : 10);
        pool.accrueFee(registry, token, shares);
        feeShares += shares;
        return true;
    }

    function _request(uint256 operatorId, uint256 seed) private returns (bool) {
        uint64[] memory ids = new uint64[](1);
        bool found;
        (found, ids[0]) = _depositedKey(operatorId, seed);
        if (!found) return false;
        address from = seed % 2 == 0 ? EXITER : _manager(ids[0] >> 32);
        vm.deal(from, 1 ether);
        vm.prank(from);
        (bool ok,) = address(registry).call{value: 1 ether}(abi.encodeCall(registry.requestExits, (ids)));
        if (!ok) ++surprises;
        return ok;
    }

    /// @dev Some key that is deposited, searched from a random operator on.
    function _depositedKey(uint256 operatorId, uint256 seed) private view returns (bool, uint64) {
        for (uint256 i = 0; i < OPERATORS; ++i) {
            uint256 id = (operatorId + i) % OPERATORS;
            uint256 deposited = registry.operatorInfo(id).depositedKeys;
            if (deposited > 0) return (true, _keyId(id, seed % deposited));
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
        return
            _call(OPERATOR_MANAGER, abi.encodeCall(registry.setLimits, (operatorId, uint32(32 * (2 + seed % 6)), 10)));
    }

    function _call(address from, bytes memory call) private returns (bool ok) {
        vm.prank(from);
        (ok,) = address(registry).call(call);
        if (!ok) ++surprises;
    }
}
