// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IOperatorRegistry, TakenKeys} from "../../src/interfaces/IOperatorRegistry.sol";
import {IStakingPool} from "../../src/interfaces/IStakingPool.sol";
import {KeyInput, Operator} from "../../src/OperatorKeys.sol";
import {OperatorRegistry} from "../../src/OperatorRegistry.sol";
import {StakedEther} from "../../src/StakedEther.sol";
import {StateProofs} from "../../src/StateProofs.sol";
import {WithdrawalVault} from "../../src/WithdrawalVault.sol";
import {ByteAssertions} from "./ByteAssertions.sol";
import {DepositSigner} from "./DepositSigner.sol";
import {OracleDouble, PoolDouble, ValidatorsDouble} from "./Doubles.sol";

/// @notice A registry with the real token and the real withdrawal vault over the real EIP-7002 contract; pool and oracle are doubles.
abstract contract RegistryFixture is ByteAssertions {
    address internal constant ADMIN = address(0xad);
    address internal constant OPERATOR_MANAGER = address(0x03);
    address internal constant EXITER = address(0xe1);
    address internal constant STRANGER = address(0x57);
    bytes4 internal constant FORK_VERSION = 0x10000910;
    uint64 internal constant SLOTS_PER_EPOCH = 6;
    uint64 internal constant GENESIS_TIME = 1_600_000_000;
    uint64 internal constant GLOAS_SLOT = 600;
    address internal constant WITHDRAWAL_REQUESTS = 0x00000961Ef480Eb55e80D19ad83579A64c007002;

    PoolDouble internal pool;
    StakedEther internal token;
    OracleDouble internal oracle;
    WithdrawalVault internal vault;
    StateProofs internal states;
    OperatorRegistry internal registry;
    ValidatorsDouble internal validators;
    DepositSigner internal signer;

    function _deploy() internal {
        vm.etch(WITHDRAWAL_REQUESTS, vm.parseBytes(vm.readFile("./test/fixtures/withdrawal_requests.hex")));
        pool = new PoolDouble();
        token = new StakedEther(address(pool));
        pool.bootstrap(token);
        oracle = new OracleDouble();
        signer = new DepositSigner();
        vault = new WithdrawalVault(address(this), address(0), IStakingPool(address(pool)));
        states = new StateProofs(ADMIN, GENESIS_TIME, 12, 8192, GLOAS_SLOT);
        (registry, validators) = _makeRegistry(IOperatorRegistry(address(0)));
        vault.grantRole(vault.EXIT_ROLE(), address(registry));
    }

    function _makeRegistry(IOperatorRegistry predecessor)
        internal
        returns (OperatorRegistry made, ValidatorsDouble book)
    {
        book = new ValidatorsDouble();
        made = new OperatorRegistry(
            ADMIN, OPERATOR_MANAGER, EXITER, address(pool), token, vault, FORK_VERSION, book, predecessor
        );
        book.bind(made);
    }

    /// @dev Hands keys to the pool; all are proven and have 32 ether.
    function _take(uint256 count) internal returns (bytes memory pubkeys, bytes memory signatures) {
        TakenKeys memory taken = validators.take(count);
        validators.fundAll();
        return (taken.pubkeys, taken.signatures);
    }

    /// @dev Keys of 32 ether that earn.
    function _earningKeys() internal view returns (uint256) {
        return registry.earningEther() / 32;
    }

    function _manager(uint256 operatorId) internal pure returns (address) {
        return address(uint160(0x1000 + operatorId));
    }

    function _recipient(uint256 operatorId) internal pure returns (address) {
        return address(uint160(0x2000 + operatorId));
    }

    function _addOperator(uint32 keyLimit) internal returns (uint256 operatorId) {
        operatorId = registry.operatorCount();
        uint8 quota = operatorId < 12 ? 10 : 0;
        vm.prank(OPERATOR_MANAGER);
        registry.addOperator("operator", _manager(operatorId), _recipient(operatorId), 32 * keyLimit, quota);
        vm.deal(address(this), address(this).balance + 10 ether);
        registry.addBond{value: 10 ether}(operatorId);
    }

    function _key(uint256 secret) internal view returns (KeyInput memory) {
        return signer.depositKey(secret, registry.withdrawalCredentials(true), registry.depositDomain());
    }

    /// @dev Keys of the secrets `first`, `first + 1`, ...
    function _keys(uint256 first, uint256 n) internal view returns (KeyInput[] memory keys) {
        keys = new KeyInput[](n);
        for (uint256 i = 0; i < n; ++i) {
            keys[i] = _key(first + i);
        }
    }

    function _pubkey(uint256 secret) internal view returns (bytes memory) {
        return signer.compress(signer.publicKey(secret));
    }

    function _addKeys(uint256 operatorId, uint256 first, uint256 n) internal {
        KeyInput[] memory keys = _keys(first, n);
        vm.prank(_manager(operatorId));
        registry.addKeys(operatorId, true, keys);
    }

    function _keyId(uint256 operatorId, uint256 keyIndex) internal pure returns (uint64) {
        return uint64(operatorId << 32 | keyIndex);
    }

    /// @dev The call must revert with exactly `reason` and change nothing.
    function _refused(address from, bytes memory call, bytes memory reason) internal {
        _refusedPaying(from, 0, call, reason);
    }

    function _refusedPaying(address from, uint256 weiAmount, bytes memory call, bytes memory reason) internal {
        bytes32 before = _state();
        vm.prank(from);
        (bool ok, bytes memory answer) = address(registry).call{value: weiAmount}(call);
        assertTrue(!ok, "the call must be refused");
        assertEq(answer, reason, "reason of the refusal");
        assertEq(_state(), before, "a refused call changes nothing");
    }

    /// @dev Digest of all that the registry shows, and of the shares and ether around it.
    function _state() internal view returns (bytes32 h) {
        uint256 n = registry.operatorCount();
        h = keccak256(
            abi.encode(
                n,
                registry.earningEther(),
                registry.quotas(),
                registry.remainderScaled(),
                registry.availableKeys(),
                token.sharesOf(address(registry)),
                address(registry).balance,
                address(vault).balance,
                WITHDRAWAL_REQUESTS.balance
            )
        );
        for (uint256 i = 0; i < n; ++i) {
            Operator memory o = registry.operatorInfo(i);
            h = keccak256(abi.encode(h, o, registry.owedScaled(i), token.sharesOf(o.rewardRecipient)));
            for (uint256 k = 0; k < o.totalKeys; ++k) {
                (bytes memory pubkey, bytes memory signature, bool compounding) = registry.keyAt(i, k);
                h = keccak256(abi.encode(h, pubkey, signature, compounding));
            }
        }
    }
}
