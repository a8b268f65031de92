// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IAccessControl} from "@openzeppelin/contracts/access/IAccessControl.sol";
import {G2Point} from "../../src/interfaces/Types.sol";
import {BLS12381} from "../../src/lib/BLS12381.sol";
import {DepositMessages} from "../../src/lib/DepositMessages.sol";
import {KeyStore} from "../../src/lib/KeyStore.sol";
import {KeyInput, Operator, OperatorKeys} from "../../src/OperatorKeys.sol";
import {RegistryFixture} from "./RegistryFixture.sol";

contract OperatorKeysTest is RegistryFixture {
    uint256 private constant ORDER = 0x73eda753299d7d483339d80809a1d80553bda402fffe5bfeffffffff00000001;

    function setUp() public {
        _deploy();
        _addOperator(10);
        _addOperator(10);
    }

    function test_CredentialsNameTheVault() public view {
        for (uint8 kind = 1; kind <= 2; ++kind) {
            assertEq(
                registry.withdrawalCredentials(kind == 2),
                bytes32(abi.encodePacked(bytes1(kind), bytes11(0), address(vault))),
                "credentials"
            );
        }
    }

    function test_OperatorsAreAddedByRoleWithinBounds() public {
        bytes memory call = abi.encodeCall(registry.addOperator, ("third", address(7), address(8), 5, 7));
        bytes32 role = registry.OPERATOR_MANAGER_ROLE();
        _refused(ADMIN, call, abi.encodeWithSelector(_NO_ROLE, ADMIN, role));
        for (uint256 length = 0; length <= 65; length += 65) {
            _refused(
                OPERATOR_MANAGER,
                abi.encodeCall(registry.addOperator, (string(new bytes(length)), address(7), address(8), 5, 7)),
                abi.encodeWithSelector(OperatorKeys.InvalidNameLength.selector, length, 64)
            );
        }
        _refused(
            OPERATOR_MANAGER,
            abi.encodeCall(registry.addOperator, ("third", address(0), address(8), 5, 7)),
            abi.encodeWithSelector(OperatorKeys.InvalidAddress.selector, address(0))
        );
        _refused(
            OPERATOR_MANAGER,
            abi.encodeCall(registry.addOperator, ("third", address(7), address(0), 5, 7)),
            abi.encodeWithSelector(OperatorKeys.InvalidAddress.selector, address(0))
        );
        _refused(
            OPERATOR_MANAGER,
            abi.encodeCall(registry.addOperator, ("third", address(7), address(registry), 5, 7)),
            abi.encodeWithSelector(OperatorKeys.InvalidAddress.selector, address(registry))
        );
        vm.prank(OPERATOR_MANAGER);
        assertEq(registry.addOperator(string(new bytes(64)), address(7), address(8), 5, 7), 2, "identifier");
        Operator memory o = registry.operatorInfo(2);
        assertTrue(
            o.active && o.manager == address(7) && o.rewardRecipient == address(8) && o.etherLimit == 5, "stored"
        );
        assertEq(bytes(o.name).length, 64, "name");
    }

    function test_NoMoreThan256Operators() public {
        while (registry.operatorCount() < 256) _addOperator(1);
        vm.prank(OPERATOR_MANAGER);
        (bool ok, bytes memory reason) =
            address(registry).call(abi.encodeCall(registry.addOperator, ("more", address(7), address(8), 5, 7)));
        assertTrue(!ok, "refused");
        assertEq(reason, abi.encodeWithSelector(OperatorKeys.TooManyOperators.selector, 256), "reason");
        assertEq(registry.operatorCount(), 256, "count");
    }

    function test_LimitAndActivityAreSetByRole() public {
        bytes32 role = registry.OPERATOR_MANAGER_ROLE();
        _refused(
            _manager(0),
            abi.encodeCall(registry.setLimits, (0, 99, 3)),
            abi.encodeWithSelector(_NO_ROLE, _manager(0), role)
        );
        _refused(
            _manager(0),
            abi.encodeCall(registry.setActive, (0, false)),
            abi.encodeWithSelector(_NO_ROLE, _manager(0), role)
        );
        bytes memory unknown = abi.encodeWithSelector(OperatorKeys.UnknownOperator.selector, 2);
        _refused(OPERATOR_MANAGER, abi.encodeCall(registry.setLimits, (2, 1, 1)), unknown);
        _refused(OPERATOR_MANAGER, abi.encodeCall(registry.setActive, (2, true)), unknown);
        vm.prank(OPERATOR_MANAGER);
        registry.setLimits(0, 99, 3);
        vm.prank(OPERATOR_MANAGER);
        registry.setActive(0, false);
        Operator memory limited = registry.operatorInfo(0);
        assertTrue(limited.etherLimit == 99 && limited.quota == 3, "limits");
        assertTrue(!registry.operatorInfo(0).active && registry.operatorInfo(1).active, "activity");
    }

    function test_ManagerAndRecipientAreChangedByTheManager() public {
        bytes memory notManager = abi.encodeWithSelector(OperatorKeys.NotManager.selector, 0, _manager(1));
        bytes memory zero = abi.encodeWithSelector(OperatorKeys.InvalidAddress.selector, address(0));
        _refused(_manager(1), abi.encodeCall(registry.setManager, (0, address(9))), notManager);
        _refused(_manager(1), abi.encodeCall(registry.setRewardRecipient, (0, address(9))), notManager);
        _refused(
            ADMIN,
            abi.encodeCall(registry.setRewardRecipient, (0, address(9))),
            abi.encodeWithSelector(OperatorKeys.NotManager.selector, 0, ADMIN)
        );
        _refused(_manager(0), abi.encodeCall(registry.setManager, (0, address(0))), zero);
        _refused(_manager(0), abi.encodeCall(registry.setRewardRecipient, (0, address(0))), zero);
        vm.prank(_manager(0));
        registry.setRewardRecipient(0, address(9));
        vm.prank(_manager(0));
        registry.setManager(0, address(10));
        vm.prank(ADMIN);
        registry.setManager(0, address(11));
        Operator memory o = registry.operatorInfo(0);
        assertTrue(o.rewardRecipient == address(9) && o.manager == address(11), "changed");
    }

    function testFuzz_AddedKeysAreKeptCompressed(uint256 secret, uint256 n) public {
        n = 1 + n % 4;
        secret = 1 + secret % (ORDER - 5);
        _addKeys(1, secret, n);
        assertEq(registry.operatorInfo(1).totalKeys, n, "total");
        assertEq(registry.operatorInfo(0).totalKeys, 0, "the other operator");
        for (uint256 i = 0; i < n; ++i) {
            (bytes memory pubkey, bytes memory signature, bool compounding) = registry.keyAt(1, i);
            assertEq(pubkey, _pubkey(secret + i), "key");
            assertTrue(pubkey.length == 48 && signature.length == 96 && compounding, "lengths and kind");
            G2Point memory point = _key(secret + i).signature;
            assertEq(_slice(signature, 16, 32), abi.encodePacked(point.words[3]), "x.c1 leads the signature");
            assertEq(_slice(signature, 64, 32), abi.encodePacked(point.words[1]), "x.c0 ends it");
            assertTrue(registry.isKnownKey(pubkey), "known");
        }
    }

    function test_CompressionKnowsBothSigns() public view {
        // The generator, as the ZCash serialization gives it, and its negative.
        bytes memory generator =
            hex"97f1d3a73197d7942695638c4fa9ac0fc3688c4f9774b905a14e3a3f171bac586c55e83ff97a1aeffb3af00adb22c6bb";
        assertEq(_pubkey(1), generator, "generator");
        generator[0] = 0xb7;
        assertEq(_pubkey(ORDER - 1), generator, "negative generator");
    }

    function test_AKeyAndItsNegativeAreTwoKeys() public {
        _addKeys(0, 5, 1);
        _addKeys(1, ORDER - 5, 1);
        assertEq(registry.operatorInfo(1).totalKeys, 1, "added");
    }

    function test_OnlyTheManagerAddsKeysAndFewAtATime() public {
        KeyInput[] memory keys = _keys(1, 1);
        _refused(
            _manager(1),
            abi.encodeCall(registry.addKeys, (0, true, keys)),
            abi.encodeWithSelector(OperatorKeys.NotManager.selector, 0, _manager(1))
        );
        _refused(
            _manager(0),
            abi.encodeCall(registry.addKeys, (2, true, keys)),
            abi.encodeWithSelector(OperatorKeys.UnknownOperator.selector, 2)
        );
        for (uint256 n = 0; n <= 33; n += 33) {
            _refused(
                _manager(0),
                abi.encodeCall(registry.addKeys, (0, true, new KeyInput[](n))),
                abi.encodeWithSelector(OperatorKeys.InvalidKeyCount.selector, n, 32)
            );
        }
        _addKeys(0, 1, 32);
        assertEq(registry.operatorInfo(0).totalKeys, 32, "a full batch");
    }

    function test_TheSameKeyIsNeverTakenTwice() public {
        _addKeys(0, 1, 3);
        KeyInput[] memory keys = _keys(3, 2);
        bytes memory known = abi.encodeWithSelector(OperatorKeys.KnownKey.selector, 0, _pubkey(3));
        _refused(_manager(0), abi.encodeCall(registry.addKeys, (0, true, keys)), known);
        _refused(_manager(1), abi.encodeCall(registry.addKeys, (1, true, keys)), known);
        keys[0] = _key(9);
        keys[1] = keys[0];
        _refused(
            _manager(1),
            abi.encodeCall(registry.addKeys, (1, true, keys)),
            abi.encodeWithSelector(OperatorKeys.KnownKey.selector, 1, _pubkey(9))
        );
        assertTrue(!registry.isKnownKey(_pubkey(9)), "a refused key is not burnt");
        _addKeys(1, 9, 1);
    }

    function testFuzz_WrongDepositSignatureIsRefused(uint256 secret, uint256 place) public {
        secret = 1 + secret % (ORDER - 10);
        place %= 3;
        bytes memory pubkey = _pubkey(secret + place);
        bytes32 credentials = registry.withdrawalCredentials(true);
        bytes32 domain = registry.depositDomain();
        bytes32[4] memory wrong = [
            DepositMessages.signingRoot(pubkey, credentials ^ bytes32(uint256(1)), domain),
            DepositMessages.signingRoot(pubkey, credentials, domain ^ bytes32(uint256(1))),
            DepositMessages.signingRoot(_pubkey(secret + 7), credentials, domain),
            keccak256("another message")
        ];
        bytes memory reason = abi.encodeWithSelector(OperatorKeys.InvalidDepositSignature.selector, place, pubkey);
        KeyInput[] memory keys = _keys(secret, 3);
        for (uint256 i = 0; i < wrong.length; ++i) {
            keys[place].signature = signer.sign(secret + place, wrong[i]);
            _refused(_manager(0), abi.encodeCall(registry.addKeys, (0, true, keys)), reason);
        }
        keys[place].signature = signer.sign(secret + 8, DepositMessages.signingRoot(pubkey, credentials, domain));
        _refused(_manager(0), abi.encodeCall(registry.addKeys, (0, true, keys)), reason);
        keys[place] = _key(secret + place);
        for (uint256 i = 0; i < 8; ++i) {
            keys[place].signature.words[i] = 0;
        }
        bytes memory infinity = abi.encodeWithSelector(BLS12381.PointAtInfinity.selector);
        _refused(_manager(0), abi.encodeCall(registry.addKeys, (0, true, keys)), infinity);
    }

    function test_InfinityIsNoKey() public {
        _refused(
            _manager(0),
            abi.encodeCall(registry.addKeys, (0, true, new KeyInput[](1))),
            abi.encodeWithSelector(BLS12381.PointAtInfinity.selector)
        );
    }

    function testFuzz_MalformedPointsAreRefused(uint256 word, uint256 flip) public {
        KeyInput[] memory keys = _keys(1, 1);
        word %= 12;
        if (word < 4) keys[0].pubkey[word] ^= bytes32(1 << (flip % 256));
        else keys[0].signature.words[word - 4] ^= bytes32(1 << (flip % 256));
        bytes32 before = _state();
        vm.prank(_manager(0));
        (bool ok,) = address(registry).call(abi.encodeCall(registry.addKeys, (0, true, keys)));
        assertTrue(!ok, "refused");
        assertEq(_state(), before, "nothing changed");
    }

    function testFuzz_UnusedKeysAreDroppedFromTheEnd(uint256 a, uint256 b, uint256 c, uint256 taken, uint256 keep)
        public
    {
        (a, b, c) = (1 + a % 3, 1 + b % 3, 1 + c % 3);
        _addKeys(0, 1, a);
        _addKeys(0, 1 + a, b);
        taken %= a + b + 1;
        _take(taken);
        keep = taken + keep % (a + b + 1 - taken);
        bytes memory call = abi.encodeCall(registry.dropUnusedKeys, (0, keep));
        if (keep == a + b) {
            _refused(
                _manager(0), call, abi.encodeWithSelector(OperatorKeys.InvalidNewTotal.selector, keep, taken, a + b)
            );
        } else {
            vm.prank(_manager(0));
            registry.dropUnusedKeys(0, keep);
        }
        _addKeys(0, 1 + a + b, c);
        assertEq(registry.operatorInfo(0).totalKeys, keep + c, "total");
        for (uint256 i = 0; i < keep + c; ++i) {
            (bytes memory pubkey,,) = registry.keyAt(0, i);
            assertEq(pubkey, _pubkey(i < keep ? 1 + i : 1 + a + b + i - keep), "key");
        }
        for (uint256 i = keep; i < a + b; ++i) {
            KeyInput[] memory again = _keys(1 + i, 1);
            _refused(
                _manager(1),
                abi.encodeCall(registry.addKeys, (1, true, again)),
                abi.encodeWithSelector(OperatorKeys.KnownKey.selector, 0, _pubkey(1 + i))
            );
        }
        (bytes memory pubkeys,) = _take(keep + c - taken);
        for (uint256 i = taken; i < keep + c; ++i) {
            assertEq(
                _slice(pubkeys, 48 * (i - taken), 48), _pubkey(i < keep ? 1 + i : 1 + a + b + i - keep), "taken key"
            );
        }
    }

    function test_DepositedKeysAreNotDropped() public {
        _addKeys(0, 1, 3);
        _take(2);
        _refused(
            _manager(0),
            abi.encodeCall(registry.dropUnusedKeys, (0, 1)),
            abi.encodeWithSelector(OperatorKeys.InvalidNewTotal.selector, 1, 2, 3)
        );
        _refused(
            _manager(1),
            abi.encodeCall(registry.dropUnusedKeys, (0, 2)),
            abi.encodeWithSelector(OperatorKeys.NotManager.selector, 0, _manager(1))
        );
        _refused(
            STRANGER, abi.encodeCall(registry.keyAt, (0, 3)), abi.encodeWithSelector(KeyStore.NoSuchKey.selector, 3, 3)
        );
    }

    bytes4 private constant _NO_ROLE = IAccessControl.AccessControlUnauthorizedAccount.selector;

    function _slice(bytes memory b, uint256 start, uint256 length) private pure returns (bytes memory s) {
        s = new bytes(length);
        for (uint256 i = 0; i < length; ++i) {
            s[i] = b[start + i];
        }
    }
}
