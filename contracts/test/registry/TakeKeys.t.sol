// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {KeyPicking} from "../../src/KeyPicking.sol";
import {OperatorRegistry} from "../../src/OperatorRegistry.sol";
import {ValidatorsDouble} from "./Doubles.sol";
import {RegistryFixture} from "./RegistryFixture.sol";

contract TakeKeysTest is RegistryFixture {
    uint256 private constant OPERATORS = 4;

    uint256[OPERATORS] private _limit;
    uint256[OPERATORS] private _total;
    uint256[OPERATORS] private _deposited;
    bool[OPERATORS] private _off;

    function setUp() public {
        _deploy();
    }

    function test_OnlyTheBookOfValidatorsTakes() public {
        _addOperator(1);
        _refused(
            STRANGER,
            abi.encodeCall(registry.takeKeys, (0)),
            abi.encodeWithSelector(OperatorRegistry.OnlyValidators.selector, STRANGER)
        );
    }

    function test_TakingNothingChangesNothing() public {
        _addOperator(1);
        _addKeys(0, 1, 1);
        bytes32 before = _state();
        (bytes memory pubkeys, bytes memory signatures) = _take(0);
        assertTrue(pubkeys.length == 0 && signatures.length == 0, "nothing");
        assertEq(_state(), before, "state");
    }

    function test_LeastLoadedFirstAndLowestAmongEquals() public {
        for (uint256 i = 0; i < 3; ++i) {
            _addOperator(10);
            _addKeys(i, 1 + 10 * i, 4);
        }
        _expectTaken(0, 0);
        _take(1);
        _expectTaken(1, 0);
        _expectTaken(2, 0);
        _expectTaken(0, 1);
        (bytes memory pubkeys, bytes memory signatures) = _take(3);
        bytes memory wantKeys = abi.encodePacked(_pubkey(11), _pubkey(21), _pubkey(2));
        assertEq(pubkeys, wantKeys, "keys");
        (, bytes memory s1,) = registry.keyAt(1, 0);
        (, bytes memory s2,) = registry.keyAt(2, 0);
        (, bytes memory s0,) = registry.keyAt(0, 1);
        assertEq(signatures, abi.encodePacked(s1, s2, s0), "signatures");
        assertEq(_earningKeys(), 4, "active keys");
    }

    /// @dev Against the rule written down plainly: one key at a time, the least load that has room, the lowest identifier.
    function testFuzz_OrderFollowsTheRule(uint256 seed, uint8[4] memory counts) public {
        for (uint256 i = 0; i < OPERATORS; ++i) {
            uint256 h = uint256(keccak256(abi.encode(seed, i)));
            (_limit[i], _total[i], _off[i]) = (h % 5, (h >> 8) % 5, (h >> 16) % 5 == 0);
            _addOperator(uint32(_limit[i]));
            if (_total[i] > 0) _addKeys(i, 1 + 10 * i, _total[i]);
            if (_off[i]) {
                vm.prank(OPERATOR_MANAGER);
                registry.setActive(i, false);
            }
        }
        for (uint256 round = 0; round < counts.length; ++round) {
            uint256 count = counts[round] % 6;
            uint256 have = _available();
            assertEq(registry.availableKeys(), have, "available");
            if (have < count) {
                _refused(
                    address(validators),
                    abi.encodeCall(registry.takeKeys, (count)),
                    abi.encodeWithSelector(KeyPicking.NotEnoughKeys.selector, have, count)
                );
                continue;
            }
            bytes memory want;
            for (uint256 k = 0; k < count; ++k) {
                uint256 next = _next();
                want = abi.encodePacked(want, _pubkey(1 + 10 * next + _deposited[next]++));
            }
            (bytes memory pubkeys,) = _take(count);
            assertEq(pubkeys, want, "keys in order");
        }
        for (uint256 i = 0; i < OPERATORS; ++i) {
            assertEq(registry.operatorInfo(i).depositedKeys, _deposited[i], "deposited");
            assertTrue(_deposited[i] <= _limit[i], "limit");
        }
    }

    function test_ALowerLimitStopsNewKeysOnly() public {
        _addOperator(3);
        _addKeys(0, 1, 5);
        _take(2);
        vm.prank(OPERATOR_MANAGER);
        registry.setLimits(0, 32, 10);
        assertEq(registry.availableKeys(), 0, "above the limit");
        assertEq(_earningKeys(), 2, "deposited keys stay");
        vm.prank(OPERATOR_MANAGER);
        registry.setLimits(0, 4 * 32, 10);
        assertEq(registry.availableKeys(), 2, "under the limit");
    }

    function _expectTaken(uint256 operatorId, uint256 keyIndex) private {
        vm.expectEmit();
        emit ValidatorsDouble.Opened(_keyId(operatorId, keyIndex));
    }

    function _room(uint256 i) private view returns (bool) {
        return !_off[i] && _deposited[i] < _total[i] && _deposited[i] < _limit[i];
    }

    function _next() private view returns (uint256 best) {
        best = OPERATORS;
        for (uint256 i = 0; i < OPERATORS; ++i) {
            if (_room(i) && (best == OPERATORS || _deposited[i] < _deposited[best])) best = i;
        }
    }

    function _available() private view returns (uint256 have) {
        for (uint256 i = 0; i < OPERATORS; ++i) {
            uint256 most = _total[i] < _limit[i] ? _total[i] : _limit[i];
            if (!_off[i]) have += most - _deposited[i];
        }
    }
}
