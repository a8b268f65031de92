// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {OperatorKeys} from "../../src/OperatorKeys.sol";
import {OperatorRegistry} from "../../src/OperatorRegistry.sol";
import {WithdrawalVault} from "../../src/WithdrawalVault.sol";
import {RegistryFixture} from "./RegistryFixture.sol";

contract ExitRequestsTest is RegistryFixture {
    function setUp() public {
        _deploy();
        for (uint256 i = 0; i < 2; ++i) {
            _addOperator(10);
            _addKeys(i, 1 + 10 * i, 4);
        }
        _take(4);
        vm.deal(EXITER, 1 ether);
        vm.deal(STRANGER, 1 ether);
        vm.deal(_manager(0), 1 ether);
    }

    function test_ExitsAreRequestedByRoleAndTheRestOfTheFeeComesBack() public {
        uint256 bonds = address(registry).balance;
        vm.expectEmit();
        emit OperatorRegistry.ExitRequested(0, 1, EXITER);
        vm.expectEmit();
        emit OperatorRegistry.ExitRequested(1, 0, EXITER);
        vm.expectEmit();
        emit WithdrawalVault.WithdrawalTriggered(_pubkey(2), 0, 1);
        vm.expectEmit();
        emit WithdrawalVault.WithdrawalTriggered(_pubkey(11), 0, 1);
        vm.prank(EXITER);
        registry.requestExits{value: 10}(_ids(_keyId(0, 1), _keyId(1, 0)));
        assertEq(EXITER.balance, 1 ether - 2, "two fees of one wei");
        assertTrue(address(registry).balance == bonds && address(vault).balance == 0, "nothing stays");
        assertEq(_earningKeys(), 4, "a request is not an exit");
        vm.prank(EXITER);
        registry.requestExits{value: 2}(_ids(_keyId(0, 1), _keyId(1, 0)));
    }

    function test_ManagersAskForTheirOwnKeysOnly() public {
        vm.prank(_manager(0));
        registry.requestExits{value: 1}(_ids(_keyId(0, 0)));
        _refusedPaying(
            _manager(0),
            5,
            abi.encodeCall(registry.requestExits, (_ids(_keyId(0, 0), _keyId(1, 0)))),
            abi.encodeWithSelector(OperatorKeys.NotManager.selector, 1, _manager(0))
        );
        _refusedPaying(
            STRANGER,
            5,
            abi.encodeCall(registry.requestExits, (_ids(_keyId(0, 0)))),
            abi.encodeWithSelector(OperatorKeys.NotManager.selector, 0, STRANGER)
        );
    }

    function test_ExitRequestsAreBoundedAndOfDepositedKeys() public {
        for (uint256 n = 0; n <= 17; n += 17) {
            _refusedPaying(
                EXITER,
                5,
                abi.encodeCall(registry.requestExits, (new uint64[](n))),
                abi.encodeWithSelector(OperatorKeys.InvalidKeyCount.selector, n, 16)
            );
        }
        _refusedPaying(
            EXITER,
            5,
            abi.encodeCall(registry.requestExits, (_ids(_keyId(0, 0), _keyId(1, 2)))),
            abi.encodeWithSelector(OperatorRegistry.NotDeposited.selector, _keyId(1, 2))
        );
        _refusedPaying(
            EXITER,
            5,
            abi.encodeCall(registry.requestExits, (_ids(_keyId(2, 0)))),
            abi.encodeWithSelector(OperatorKeys.UnknownOperator.selector, 2)
        );
        _refusedPaying(
            EXITER,
            1,
            abi.encodeCall(registry.requestExits, (_ids(_keyId(0, 0), _keyId(1, 0)))),
            abi.encodeWithSelector(WithdrawalVault.FeeNotCovered.selector, 1, 2)
        );
    }

    function _ids(uint64 a) private pure returns (uint64[] memory ids) {
        ids = new uint64[](1);
        ids[0] = a;
    }

    function _ids(uint64 a, uint64 b) private pure returns (uint64[] memory ids) {
        ids = new uint64[](2);
        (ids[0], ids[1]) = (a, b);
    }
}
