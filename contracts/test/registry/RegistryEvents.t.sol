// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {KeyInput, OperatorKeys} from "../../src/OperatorKeys.sol";
import {OperatorRegistry} from "../../src/OperatorRegistry.sol";
import {RegistryFixture} from "./RegistryFixture.sol";

/// @notice What changes in the registry is told.
contract RegistryEventsTest is RegistryFixture {
    function setUp() public {
        _deploy();
        _addOperator(10);
    }

    function test_operatorsAreTold() external {
        vm.expectEmit();
        emit OperatorKeys.OperatorAdded(1, "second", address(7), address(8));
        vm.expectEmit();
        emit OperatorKeys.LimitsSet(1, 5, 7);
        vm.prank(OPERATOR_MANAGER);
        registry.addOperator("second", address(7), address(8), 5, 7);
        vm.expectEmit();
        emit OperatorKeys.LimitsSet(1, 99, 3);
        vm.prank(OPERATOR_MANAGER);
        registry.setLimits(1, 99, 3);
        vm.expectEmit();
        emit OperatorKeys.ActiveSet(1, false);
        vm.prank(OPERATOR_MANAGER);
        registry.setActive(1, false);
        vm.expectEmit();
        emit OperatorKeys.ActiveSet(1, true);
        vm.prank(OPERATOR_MANAGER);
        registry.setActive(1, true);
        vm.expectEmit();
        emit OperatorKeys.RewardRecipientSet(1, address(9));
        vm.prank(address(7));
        registry.setRewardRecipient(1, address(9));
        vm.expectEmit();
        emit OperatorKeys.ManagerSet(1, address(10));
        vm.prank(address(7));
        registry.setManager(1, address(10));
    }

    function test_bondsAreTold() external {
        vm.deal(address(this), 3 ether);
        vm.expectEmit();
        emit OperatorKeys.BondAdded(0, address(this), 3 ether);
        registry.addBond{value: 3 ether}(0);
        vm.expectEmit();
        emit OperatorKeys.BondTaken(0, address(8), 2 ether);
        vm.prank(_manager(0));
        registry.takeBond(0, 2 ether, address(8));
        assertEq(address(8).balance, 2 ether, "and paid");
    }

    /// @dev All keys of a call, one after the other, compressed.
    function test_addedKeysAreTold() external {
        _addKeys(0, 1, 2);
        KeyInput[] memory keys = _keys(3, 3);
        vm.expectEmit();
        emit OperatorKeys.KeysAdded(0, 2, true, bytes.concat(_pubkey(3), _pubkey(4), _pubkey(5)));
        vm.prank(_manager(0));
        registry.addKeys(0, true, keys);
        vm.expectEmit();
        emit OperatorKeys.UnusedKeysDropped(0, 1, 4);
        vm.prank(_manager(0));
        registry.dropUnusedKeys(0, 1);
    }

    function test_feesAreTold() external {
        _addKeys(0, 1, 3);
        _take(3);
        vm.expectEmit();
        emit OperatorRegistry.FeeAccrued(3_000, 3 * 32, 0);
        pool.accrueFee(registry, token, 3_000);
        vm.expectEmit();
        emit OperatorRegistry.FeeClaimed(0, _recipient(0), 3_000);
        registry.claimFee(0);
    }
}
