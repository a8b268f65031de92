// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {DepositData} from "../../src/lib/DepositData.sol";
import {DepositMessages} from "../../src/lib/DepositMessages.sol";
import {KeyInput} from "../../src/OperatorKeys.sol";
import {PoolExtension} from "../../src/pool/PoolExtension.sol";
import {DepositSigner} from "../registry/DepositSigner.sol";
import {Committee} from "../system/Committee.sol";

/// @notice An operator wants the pool's 32 ether for a key that it deposited for its own credentials days before. The deposit root that the
/// depositor checks does not move when such a key comes to the front of the queue after the look.
contract SwappedKeysTest is Committee {
    address private constant ALICE = address(0xA11CE);
    address private constant MALLORY = address(0xBAD);
    address private constant HONEST = address(0x600D);
    uint256 private constant CLEAN = 11;
    uint256 private constant STOLEN = 666;

    DepositSigner private _signer;
    bytes32 private _root;
    bytes32 private _keysHash;

    function setUp() public {
        deployAll();
        formCommittee();
        _signer = new DepositSigner();
        vm.deal(ALICE, 1_000_000 ether);
        vm.deal(MALLORY, 1_000_000 ether);
        vm.prank(ALICE);
        pool.deposit{value: 64 ether}(ALICE, 0);
        _depositForMallory();
    }

    function test_aKeyAddedInFrontAfterTheLookTakesNoEther() external {
        vm.startPrank(OPERATOR_MANAGER);
        registry.addOperator("mallory", MALLORY, MALLORY, 1000); // operator 0: no key yet
        registry.addOperator("honest", HONEST, HONEST, 1000);
        vm.stopPrank();
        _add(HONEST, 1, CLEAN);
        _look();
        _add(MALLORY, 0, STOLEN);
        _refused();
        vm.prank(OPERATOR_MANAGER);
        registry.setActive(0, false);
        _funds(1);
    }

    function test_aKeyExchangedAfterTheLookTakesNoEther() external {
        vm.prank(OPERATOR_MANAGER);
        registry.addOperator("mallory", MALLORY, MALLORY, 1000);
        _add(MALLORY, 0, CLEAN);
        _look();
        vm.prank(MALLORY);
        registry.dropUnusedKeys(0, 0);
        _add(MALLORY, 0, STOLEN);
        _refused();
    }

    /// @dev Whatever operators and their manager do between look and deposit: the keys that were looked at are funded, or none.
    function testFuzz_onlyTheKeysThatWereLookedAtAreFunded(uint256 seed) external {
        address[2] memory managers = [MALLORY, HONEST];
        for (uint256 i = 0; i < 2; ++i) {
            vm.prank(OPERATOR_MANAGER);
            registry.addOperator("operator", managers[i], managers[i], 2);
            _add(managers[i], i, CLEAN + 2 * i);
            _add(managers[i], i, CLEAN + 2 * i + 1);
        }
        _look();
        for (uint256 i = 0; i < 3; ++i) {
            (uint256 action, uint256 operatorId) = ((seed >> 16 * i) % 4, (seed >> 16 * i + 8) % 2);
            uint256 total = registry.operatorInfo(operatorId).totalKeys;
            uint256 value = (seed >> 16 * i + 12) % 3;
            if (action == 0) _add(managers[operatorId], operatorId, STOLEN + i);
            if (action == 1 && total == 0) continue;
            vm.prank(action == 1 ? managers[operatorId] : OPERATOR_MANAGER);
            if (action == 1) registry.dropUnusedKeys(operatorId, total - 1);
            else if (action == 2) registry.setActive(operatorId, value > 0);
            else registry.setKeyLimit(operatorId, uint32(action == 3 ? value : 2));
        }
        bool same = registry.availableKeys() > 0 && keccak256(registry.nextKeys(1)) == _keysHash;
        vm.prank(DEPOSITOR);
        (bool ok,) = address(pool).call(abi.encodeCall(more.depositToBeacon, (1, _root, _keysHash)));
        assertTrue(ok == same, "funded just when the key is the one that was looked at");
        assertEq(more.depositedWei(), ok ? 32 ether : 0, "deposited");
    }

    /// @dev What the depositor reads in one block.
    function _look() private {
        _root = depositContract.get_deposit_root();
        _keysHash = keccak256(registry.nextKeys(1));
        assertEq(_keysHash, keccak256(_signer.compress(_signer.publicKey(CLEAN))), "the clean key is next");
    }

    function _refused() private {
        bytes32 stolen = keccak256(_signer.compress(_signer.publicKey(STOLEN)));
        vm.prank(DEPOSITOR);
        vm.expectRevert(abi.encodeWithSelector(PoolExtension.KeysChanged.selector, _keysHash, stolen));
        more.depositToBeacon(1, _root, _keysHash);
        assertEq(more.depositedWei(), 0, "deposited");
    }

    function _funds(uint256 count) private {
        vm.prank(DEPOSITOR);
        more.depositToBeacon(count, _root, _keysHash);
        assertEq(more.depositedWei(), count * 32 ether, "deposited");
    }

    function _add(address manager, uint256 operatorId, uint256 secret) private {
        KeyInput[] memory keys = new KeyInput[](1);
        keys[0] = _signer.depositKey(secret, registry.withdrawalCredentials(), DepositMessages.domain(0x10000000));
        vm.prank(manager);
        registry.addKeys(operatorId, keys);
    }

    /// @dev Days ago. A real one is signed; the deposit contract does not look.
    function _depositForMallory() private {
        bytes memory pubkey = _signer.compress(_signer.publicKey(STOLEN));
        bytes32 credentials = bytes32(uint256(1) << 248 | uint160(MALLORY));
        bytes memory signature = new bytes(96);
        bytes32 root = DepositData.root(pubkey, credentials, signature, 1e9);
        vm.prank(MALLORY);
        depositContract.deposit{value: 1 ether}(pubkey, abi.encodePacked(credentials), signature, root);
    }
}
