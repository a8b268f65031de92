// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {AccessControl} from "@openzeppelin/contracts/access/AccessControl.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";
import {IOperatorRegistry} from "./interfaces/IOperatorRegistry.sol";
import {G2Point} from "./interfaces/Types.sol";
import {BLS12381} from "./lib/BLS12381.sol";
import {DepositMessages} from "./lib/DepositMessages.sol";
import {KeyStore} from "./lib/KeyStore.sol";
import {PointCompression} from "./lib/PointCompression.sol";
import {RegistryLine} from "./RegistryLine.sol";

/// @notice A validator's key and its signature over the deposit message.
struct KeyInput {
    /// @dev Point of G1 in the encoding of EIP-2537: x then y, each 48 bytes left-padded to 64.
    bytes32[4] pubkey;
    G2Point signature;
}

/// @notice A node operator.
struct Operator {
    /// @dev Keys in the store, deposited or not.
    uint32 totalKeys;
    /// @dev The first so many of them were handed to the pool.
    uint32 depositedKeys;
    /// @dev Batch of the last deposited key.
    uint32 batchCursor;
    /// @dev Most ether at its keys.
    uint32 etherLimit;
    /// @dev Most of its keys that may be deposited and not proven.
    uint8 quota;
    /// @dev Whether its keys may be taken and have more ether.
    bool active;
    /// @dev Adds and drops keys, takes the bond back, asks for exits.
    address manager;
    /// @dev Pays for first ether that is lost: one ether of it is bound by each key that is deposited and not proven.
    uint96 bondWei;
    /// @dev Receives the fee.
    address rewardRecipient;
    string name;
}

/// @title Operators and their keys
/// @notice Who the operators are and which keys they have given. A key is accepted only with a signature over the very deposit that
/// the pool will make first, checked here, and only once for ever, even after it was dropped.
/// @dev Keys are public before they are mined, and a deposit signature does not name the operator: one operator could register
/// another's key first. It would have to run that validator without its secret, and the chain names it; operators are admitted by
/// role for such reasons.
abstract contract OperatorKeys is RegistryLine, AccessControl {
    using KeyStore for KeyStore.Batch[];

    /// @notice May add operators, limit them, and switch them on and off.
    bytes32 public constant OPERATOR_MANAGER_ROLE = keccak256("OPERATOR_MANAGER_ROLE");
    /// @notice Most operators: `takeKeys` looks at each.
    uint256 public constant MAX_OPERATORS = 256;
    /// @notice Longest name, in bytes.
    uint256 public constant MAX_NAME_LENGTH = 64;
    /// @notice Most that the quotas of all operators sum up to.
    uint256 public constant MAX_QUOTAS = 128;
    /// @notice Most keys of one `addKeys`.
    uint256 public constant MAX_BATCH_KEYS = 32;

    /// @notice What a key's bond is bound with until it is proven, in wei: its first ether.
    uint256 public constant FIRST_WEI = 1 ether;

    /// @dev Address in the withdrawal credentials.
    address private immutable _vault;
    /// @notice `compute_domain(DOMAIN_DEPOSIT)` of this network.
    bytes32 public immutable depositDomain;

    Operator[] internal _operators;
    mapping(uint256 operatorId => KeyStore.Batch[]) internal _batches;
    mapping(bytes32 pubkeyHash => bool) private _known;
    /// @notice Sum of the operators' quotas.
    uint256 public quotas;

    /// @notice A new operator, active.
    event OperatorAdded(uint256 indexed operatorId, string name, address manager, address rewardRecipient);
    /// @notice The operator may have at most this much ether at its keys, and so many keys deposited and not proven.
    event LimitsSet(uint256 indexed operatorId, uint32 etherLimit, uint8 quota);
    /// @notice The operator's bond grew.
    event BondAdded(uint256 indexed operatorId, address indexed from, uint256 weiAmount);
    /// @notice The manager took a part of the bond back.
    event BondTaken(uint256 indexed operatorId, address indexed to, uint256 weiAmount);
    /// @notice The operator's keys may or may not be taken and have more ether from now on.
    event ActiveSet(uint256 indexed operatorId, bool active);
    /// @notice The operator is run by another account from now on.
    event ManagerSet(uint256 indexed operatorId, address manager);
    /// @notice The operator's fee goes to another account from now on.
    event RewardRecipientSet(uint256 indexed operatorId, address rewardRecipient);
    /// @notice Keys `firstIndex` and following, all of one kind; `pubkeys` has 48 bytes for each.
    event KeysAdded(uint256 indexed operatorId, uint256 firstIndex, bool compounding, bytes pubkeys);
    /// @notice The operator's keys from `newTotal` on are gone; they cannot come back.
    event UnusedKeysDropped(uint256 indexed operatorId, uint256 newTotal, uint256 dropped);

    /// @notice No operator has this identifier.
    error UnknownOperator(uint256 operatorId);
    /// @notice The caller is not the operator's manager (or, for `setManager`, the admin).
    error NotManager(uint256 operatorId, address caller);
    /// @notice There is no room for another operator.
    error TooManyOperators(uint256 max);
    /// @notice The name is empty or too long.
    error InvalidNameLength(uint256 length, uint256 max);
    /// @notice The quotas would sum up to more than the set of unproven keys has room for.
    error TooManyQuotas(uint256 sum, uint256 max);
    /// @notice That much of the bond is not free: each key that is deposited and not proven binds one ether.
    error BondIsBound(uint256 wantedWei, uint256 freeWei);
    /// @notice The address is zero or, as a recipient, this contract.
    error InvalidAddress(address given);
    /// @notice A call takes 1 to `max` keys.
    error InvalidKeyCount(uint256 given, uint256 max);
    /// @notice The key at this place of the input was given before, by anyone.
    error KnownKey(uint256 place, bytes pubkey);
    /// @notice The signature at this place of the input is not the key's over the pool's deposit message.
    error InvalidDepositSignature(uint256 place, bytes pubkey);
    /// @notice Only keys that are not deposited can be dropped: the new total is from `deposited` to below `total`.
    error InvalidNewTotal(uint256 newTotal, uint256 deposited, uint256 total);

    /// @param withdrawalVault Address in the withdrawal credentials.
    /// @param genesisForkVersion `GENESIS_FORK_VERSION` of the network.
    constructor(address withdrawalVault, bytes4 genesisForkVersion) {
        _vault = withdrawalVault;
        depositDomain = DepositMessages.domain(genesisForkVersion);
    }

    /// @notice What the pool's deposits name as withdrawal credentials: 0x02 (compounding) or 0x01, eleven zero bytes, the withdrawal vault.
    function withdrawalCredentials(bool compounding) public view returns (bytes32) {
        return bytes32(uint256(compounding ? 2 : 1) << 248 | uint160(_vault));
    }

    /// @notice Admits an operator.
    /// @param name 1 to 64 bytes.
    /// @param manager Adds its keys.
    /// @param rewardRecipient Receives its fee.
    /// @param etherLimit Most ether at its keys.
    /// @param quota Most of its keys that may be deposited and not proven.
    /// @return operatorId Counts from 0.
    function addOperator(string calldata name, address manager, address rewardRecipient, uint32 etherLimit, uint8 quota)
        external
        onlyRole(OPERATOR_MANAGER_ROLE)
        returns (uint256 operatorId)
    {
        operatorId = _operators.length;
        if (operatorId == MAX_OPERATORS) revert TooManyOperators(MAX_OPERATORS);
        uint256 length = bytes(name).length;
        if (length == 0 || length > MAX_NAME_LENGTH) revert InvalidNameLength(length, MAX_NAME_LENGTH);
        if (manager == address(0)) revert InvalidAddress(manager);
        _checkRecipient(rewardRecipient);
        Operator storage operator_ = _operators.push();
        operator_.active = true;
        operator_.manager = manager;
        operator_.rewardRecipient = rewardRecipient;
        operator_.name = name;
        emit OperatorAdded(operatorId, name, manager, rewardRecipient);
        _setLimits(operatorId, operator_, etherLimit, quota);
    }

    /// @notice Limits the operator's ether and its unproven keys. Below what it has it gets no more.
    function setLimits(uint256 operatorId, uint32 etherLimit, uint8 quota) external onlyRole(OPERATOR_MANAGER_ROLE) {
        _setLimits(operatorId, _operator(operatorId), etherLimit, quota);
    }

    /// @notice Lets the operator's keys be taken or not. Deposited keys go on earning.
    function setActive(uint256 operatorId, bool active) external onlyRole(OPERATOR_MANAGER_ROLE) {
        _operator(operatorId).active = active;
        emit ActiveSet(operatorId, active);
    }

    /// @notice Hands the operator to another account. By its manager or, when that one's key is lost, by the admin.
    function setManager(uint256 operatorId, address manager) external {
        Operator storage operator_ = _operator(operatorId);
        if (msg.sender != operator_.manager && !hasRole(DEFAULT_ADMIN_ROLE, msg.sender)) {
            revert NotManager(operatorId, msg.sender);
        }
        if (manager == address(0)) revert InvalidAddress(manager);
        operator_.manager = manager;
        emit ManagerSet(operatorId, manager);
    }

    /// @notice Sends the operator's fee elsewhere, unclaimed fee included. By its manager.
    function setRewardRecipient(uint256 operatorId, address rewardRecipient) external {
        Operator storage operator_ = _managed(operatorId);
        _checkRecipient(rewardRecipient);
        operator_.rewardRecipient = rewardRecipient;
        emit RewardRecipientSet(operatorId, rewardRecipient);
    }

    /// @notice Adds `msg.value` to the operator's bond. By anyone.
    function addBond(uint256 operatorId) external payable {
        Operator storage operator_ = _operator(operatorId);
        operator_.bondWei += SafeCast.toUint96(msg.value);
        emit BondAdded(operatorId, msg.sender, msg.value);
    }

    /// @notice Gives keys for later deposits. By the operator's manager, to the registry in force: so no key can come into two registries.
    /// @param compounding Whether the keys have 0x02 credentials: up to 2,048 ether, rewards stay. Else 0x01: 32 ether.
    /// @param keys 1 to 32 keys, each with its signature over `DepositMessage(pubkey, withdrawalCredentials(compounding), 1 ether)`.
    function addKeys(uint256 operatorId, bool compounding, KeyInput[] calldata keys) external {
        Operator storage operator_ = _managed(operatorId);
        _requireInForce();
        uint256 n = keys.length;
        if (n == 0 || n > MAX_BATCH_KEYS) revert InvalidKeyCount(n, MAX_BATCH_KEYS);
        bytes memory pubkeys;
        bytes memory entries;
        for (uint256 i = 0; i < n; ++i) {
            (bytes memory pubkey, bytes memory signature) = _verified(i, keys[i], withdrawalCredentials(compounding));
            pubkeys = bytes.concat(pubkeys, pubkey);
            entries = bytes.concat(entries, pubkey, signature);
        }
        uint256 firstIndex = operator_.totalKeys;
        _batches[operatorId].append(entries, compounding);
        operator_.totalKeys = uint32(firstIndex + n);
        emit KeysAdded(operatorId, firstIndex, compounding, pubkeys);
    }

    /// @notice Takes back the last keys that are not deposited yet. By the operator's manager. They can never be added again; the
    /// next keys get their indices.
    /// @param newTotal Keys to keep.
    function dropUnusedKeys(uint256 operatorId, uint256 newTotal) external {
        Operator storage operator_ = _managed(operatorId);
        uint256 total = operator_.totalKeys;
        if (newTotal < operator_.depositedKeys || newTotal >= total) {
            revert InvalidNewTotal(newTotal, operator_.depositedKeys, total);
        }
        _drop(operatorId, operator_, newTotal);
    }

    /// @notice Operators so far; identifiers are below.
    function operatorCount() external view returns (uint256) {
        return _operators.length;
    }

    /// @notice All about one operator.
    function operatorInfo(uint256 operatorId) external view returns (Operator memory) {
        return _operator(operatorId);
    }

    /// @notice A key and its deposit signature, compressed, and its kind.
    function keyAt(uint256 operatorId, uint256 keyIndex)
        public
        view
        returns (bytes memory pubkey, bytes memory signature, bool compounding)
    {
        _operator(operatorId);
        return _batches[operatorId].read(keyIndex);
    }

    /// @inheritdoc IOperatorRegistry
    function pubkeyOf(uint64 keyId) public view returns (bytes memory pubkey) {
        (pubkey,,) = keyAt(keyId >> 32, uint32(keyId));
    }

    /// @inheritdoc IOperatorRegistry
    function isKnownKey(bytes memory pubkey) public view returns (bool) {
        return _known[keccak256(pubkey)] || _isKnownToPredecessor(pubkey);
    }

    /// @dev Checks one key and burns it. `BLS12381.verify` refuses infinity, coordinates that are not canonical, and points off the
    /// curve or outside the subgroup, so the compressed form is the key that was verified and no other.
    function _verified(uint256 place, KeyInput calldata key, bytes32 credentials)
        private
        returns (bytes memory pubkey, bytes memory signature)
    {
        pubkey = PointCompression.compressG1(key.pubkey);
        bytes32 pubkeyHash = keccak256(pubkey);
        if (isKnownKey(pubkey)) revert KnownKey(place, pubkey);
        bytes32 root = DepositMessages.signingRoot(pubkey, credentials, depositDomain);
        if (!BLS12381.verify(key.pubkey, root, key.signature)) revert InvalidDepositSignature(place, pubkey);
        _known[pubkeyHash] = true;
        signature = PointCompression.compressG2(key.signature);
    }

    /// @dev Cuts the operator's keys to the first `newTotal`, which must be all deposited ones at least.
    function _drop(uint256 operatorId, Operator storage operator_, uint256 newTotal) private {
        uint256 dropped = operator_.totalKeys - newTotal;
        _batches[operatorId].truncate(newTotal);
        operator_.totalKeys = uint32(newTotal);
        emit UnusedKeysDropped(operatorId, newTotal, dropped);
    }

    function _operator(uint256 operatorId) internal view returns (Operator storage) {
        if (operatorId >= _operators.length) revert UnknownOperator(operatorId);
        return _operators[operatorId];
    }

    function _setLimits(uint256 operatorId, Operator storage operator_, uint32 etherLimit, uint8 quota) private {
        uint256 sum = quotas - operator_.quota + quota;
        if (sum > MAX_QUOTAS) revert TooManyQuotas(sum, MAX_QUOTAS);
        quotas = sum;
        operator_.etherLimit = etherLimit;
        operator_.quota = quota;
        emit LimitsSet(operatorId, etherLimit, quota);
    }

    function _managed(uint256 operatorId) internal view returns (Operator storage operator_) {
        operator_ = _operator(operatorId);
        if (msg.sender != operator_.manager) revert NotManager(operatorId, msg.sender);
    }

    function _checkRecipient(address rewardRecipient) private view {
        // Shares sent back to this contract would belong to nobody's account.
        if (rewardRecipient == address(0) || rewardRecipient == address(this)) revert InvalidAddress(rewardRecipient);
    }
}
