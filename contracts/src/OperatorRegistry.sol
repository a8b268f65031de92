// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IAccessControl} from "@openzeppelin/contracts/access/IAccessControl.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {LibBitmap} from "solady/utils/LibBitmap.sol";
import {IOperatorRegistry} from "./interfaces/IOperatorRegistry.sol";
import {IReportAnchors, ReportAnchor} from "./interfaces/IReportAnchors.sol";
import {IStakedEther} from "./interfaces/IStakedEther.sol";
import {IStateProofs, ValidatorProof} from "./interfaces/IStateProofs.sol";
import {IWithdrawalVault} from "./interfaces/IWithdrawalVault.sol";
import {BeaconState} from "./lib/BeaconState.sol";
import {FeeAccounts} from "./lib/FeeAccounts.sol";
import {KeyStore} from "./lib/KeyStore.sol";
import {KeyPicking} from "./KeyPicking.sol";
import {Operator, OperatorKeys} from "./OperatorKeys.sol";
import {RegistryLine} from "./RegistryLine.sol";

/// @notice What the registry asks the pool.
interface ITreasury {
    /// @notice Receives the treasury's part of the fee.
    function treasury() external view returns (address);
}

/// @title Operator registry
/// @notice Hands keys to the pool, shares out the operators' part of the fee, and follows keys until they are seen to have exited.
/// @dev A key is named by `keyId = operatorId << 32 | keyIndex`. A key earns from the moment it is handed to the pool until its exit is
/// proven under the beacon state root of an accepted report. `StateProofs` knows the state's layout in every fork.
/// A registry that replaces another names it as its predecessor. Keys that the predecessor handed out stay there: they go on earning, since
/// the successor passes on their part of every fee, and fees are claimed and exits asked for and proven there. Undeposited keys of the
/// predecessor are given up, and no key of a predecessor is taken again.
contract OperatorRegistry is KeyPicking {
    using FeeAccounts for FeeAccounts.Ledger;
    using KeyStore for KeyStore.Batch[];
    using LibBitmap for LibBitmap.Bitmap;

    /// @notice May ask for the exit of any key.
    bytes32 public constant EXIT_ROLE = keccak256("EXIT_ROLE");
    /// @notice Role that an oracle has on the pool: what makes its word on accepted reports count.
    bytes32 public constant ORACLE_ROLE = keccak256("ORACLE_ROLE");
    /// @notice Most keys of one `requestExits`; the withdrawal vault takes no more.
    uint256 public constant MAX_EXIT_REQUESTS = 16;

    /// @notice The token whose shares are the fee.
    IStakedEther public immutable stakedEther;
    /// @notice Forwards exit requests to the consensus layer.
    IWithdrawalVault public immutable withdrawalVault;
    /// @notice Knows the layouts of beacon states.
    IStateProofs public immutable stateProofs;
    /// @notice `SLOTS_PER_EPOCH` of the network.
    uint64 public immutable slotsPerEpoch;

    uint256 private constant BPS = 10_000;

    FeeAccounts.Ledger private _fees;
    LibBitmap.Bitmap private _exitRequested;
    LibBitmap.Bitmap private _exited;

    /// @notice The pool deposits this key.
    event KeyTaken(uint256 indexed operatorId, uint256 indexed keyIndex);
    /// @notice `shares` were booked to `activeKeys` keys of this registry alike, and `treasuryShares` to the treasury.
    event FeeAccrued(uint256 shares, uint256 activeKeys, uint256 treasuryShares);
    /// @notice The treasury's shares went to it.
    event TreasuryClaimed(address indexed treasury, uint256 shares);
    /// @notice `shares` of a fee went to the predecessor, for its `activeKeys` keys.
    event FeeForwarded(address indexed predecessor, uint256 shares, uint256 activeKeys);
    /// @notice The operator's whole shares went to its recipient.
    event FeeClaimed(uint256 indexed operatorId, address indexed rewardRecipient, uint256 shares);
    /// @notice The consensus layer was asked for this key's exit.
    event ExitRequested(uint256 indexed operatorId, uint256 indexed keyIndex, address requester);
    /// @notice The key's validator exited; it earns no more.
    event ExitProven(
        uint256 indexed operatorId, uint256 indexed keyIndex, uint64 validatorIndex, uint64 exitEpoch, uint64 refSlot
    );
    /// @notice Somebody with the key's secret deposited it before the pool, for other credentials. The operator is switched off.
    event ForeignKeyProven(
        uint256 indexed operatorId, uint256 indexed keyIndex, uint64 validatorIndex, bytes32 withdrawalCredentials
    );

    /// @notice The key is not deposited, so it has no exit.
    error NotDeposited(uint64 keyId);
    /// @notice The key's exit is proven already.
    error AlreadyExited(uint64 keyId);
    /// @notice The pool does not listen to this oracle.
    error NotAnOracle(address oracle);
    /// @notice The oracle accepted no such report, or has forgotten it.
    error UnknownAnchor(uint64 refSlot, bytes32 stateRoot);
    /// @notice The validator's withdrawals do not go to the vault: it is not the pool's.
    error ForeignCredentials(bytes32 withdrawalCredentials);
    /// @notice The validator's withdrawals go to the vault: nothing is wrong with it.
    error OwnCredentials(bytes32 withdrawalCredentials);
    /// @notice The validator had not exited in the report's epoch.
    error NotExited(uint64 exitEpoch, uint64 refEpoch);
    /// @notice A network has at least one slot an epoch.
    error ZeroSlotsPerEpoch();

    /// @param admin Grants roles; the timelock.
    /// @param operatorManager First holder of `OPERATOR_MANAGER_ROLE`.
    /// @param exitRequester First holder of `EXIT_ROLE`.
    /// @param pool_ The staking pool; also says, by its `ORACLE_ROLE`, whose accepted reports exits are proven against.
    /// @param stakedEther_ The share token.
    /// @param withdrawalVault_ Address in the withdrawal credentials; must give this contract its `EXIT_ROLE`.
    /// @param stateProofs_ Knows the layouts of beacon states.
    /// @param genesisForkVersion `GENESIS_FORK_VERSION` of the network.
    /// @param slotsPerEpoch_ `SLOTS_PER_EPOCH` of the network.
    /// @param predecessor_ The registry to replace by `setRegistry` of the pool; 0 for the first.
    constructor(
        address admin,
        address operatorManager,
        address exitRequester,
        address pool_,
        IStakedEther stakedEther_,
        IWithdrawalVault withdrawalVault_,
        IStateProofs stateProofs_,
        bytes4 genesisForkVersion,
        uint64 slotsPerEpoch_,
        IOperatorRegistry predecessor_
    ) RegistryLine(pool_, predecessor_) OperatorKeys(address(withdrawalVault_), genesisForkVersion) {
        if (slotsPerEpoch_ == 0) revert ZeroSlotsPerEpoch();
        _grantRole(DEFAULT_ADMIN_ROLE, admin);
        _grantRole(OPERATOR_MANAGER_ROLE, operatorManager);
        _grantRole(EXIT_ROLE, exitRequester);
        stakedEther = stakedEther_;
        withdrawalVault = withdrawalVault_;
        stateProofs = stateProofs_;
        slotsPerEpoch = slotsPerEpoch_;
    }

    /// @inheritdoc IOperatorRegistry
    /// @dev Least loaded means fewest keys deposited and not exited; among equals the lowest identifier goes first.
    function takeKeys(uint256 count) external onlyPool returns (bytes memory pubkeys, bytes memory signatures) {
        Candidate[] memory candidates;
        uint64[] memory keyIds;
        (pubkeys, signatures, keyIds, candidates) = _pick(count);
        for (uint256 i = 0; i < count; ++i) {
            emit KeyTaken(keyIds[i] >> 32, uint32(keyIds[i]));
        }
        _bookTaken(candidates, count);
    }

    /// @inheritdoc IOperatorRegistry
    /// @dev The predecessor's keys get their part first, rounded down to a share; the rest is for the keys of this registry.
    function accrueFee(uint256 shares, uint256 operatorsBps) external {
        _requireBooker();
        uint256 own = _activeKeys;
        uint256 older = _predecessorKeys();
        uint256 operators = own + older == 0 ? 0 : shares * operatorsBps / BPS;
        uint256 forwarded = older == 0 ? 0 : Math.mulDiv(operators, older, own + older);
        if (forwarded > 0) {
            emit FeeForwarded(address(predecessor), forwarded, older);
            stakedEther.transferShares(address(predecessor), forwarded);
            predecessor.accrueFee(forwarded, BPS);
        }
        _fees.accrue(operators - forwarded, own, shares - operators);
        emit FeeAccrued(operators - forwarded, own, shares - operators);
    }

    /// @notice Sends the treasury's fee to the treasury that the pool names now. By anyone.
    /// @return shares Shares sent.
    function claimTreasury() external returns (uint256 shares) {
        shares = _fees.withdrawTreasury();
        if (shares == 0) return 0;
        address treasury = ITreasury(pool).treasury();
        emit TreasuryClaimed(treasury, shares);
        stakedEther.transferShares(treasury, shares);
    }

    /// @notice Sends the operator's fee, in whole shares, to its reward recipient. By anyone.
    /// @return shares Shares sent; the fraction of a share stays in the account.
    function claimFee(uint256 operatorId) external returns (uint256 shares) {
        Operator storage operator_ = _operator(operatorId);
        shares = _fees.withdraw(operatorId, _load(operator_));
        if (shares == 0) return 0;
        address recipient = operator_.rewardRecipient;
        emit FeeClaimed(operatorId, recipient, shares);
        stakedEther.transferShares(recipient, shares);
    }

    /// @notice Asks the consensus layer for full exits (EIP-7002). By `EXIT_ROLE`, or by the manager of every operator concerned. The
    /// consensus layer drops requests that come too early in a validator's life, so a key can be asked for again.
    /// @dev `msg.value` pays the vault's fee for each; the rest is returned to the caller.
    /// @param keyIds 1 to 16 keys, deposited and not proven to have exited.
    function requestExits(uint64[] calldata keyIds) external payable {
        uint256 n = keyIds.length;
        if (n == 0 || n > MAX_EXIT_REQUESTS) revert InvalidKeyCount(n, MAX_EXIT_REQUESTS);
        bool any = hasRole(EXIT_ROLE, msg.sender);
        bytes memory pubkeys;
        for (uint256 i = 0; i < n; ++i) {
            (uint256 operatorId, uint256 keyIndex, Operator storage operator_) = _locate(keyIds[i]);
            if (!any && msg.sender != operator_.manager) revert NotManager(operatorId, msg.sender);
            _requireEarning(keyIds[i], keyIndex, operator_);
            _exitRequested.set(keyIds[i]);
            pubkeys = bytes.concat(pubkeys, _pubkey(operatorId, keyIndex));
            emit ExitRequested(operatorId, keyIndex, msg.sender);
        }
        withdrawalVault.triggerWithdrawals{value: msg.value}(pubkeys, new uint64[](n), msg.sender);
    }

    /// @notice Shows that a key's validator has exited: it stops earning and makes room under its operator's limit. By anyone.
    /// @param oracle Oracle of the pool that accepted the report.
    /// @param anchor An accepted report that it remembers.
    /// @param proof The validator in the beacon state of that report.
    function proveExit(uint64 keyId, IReportAnchors oracle, ReportAnchor calldata anchor, ValidatorProof calldata proof)
        external
    {
        (uint256 operatorId, uint256 keyIndex, Operator storage operator_) = _locate(keyId);
        _requireEarning(keyId, keyIndex, operator_);
        _requireProven(operatorId, keyIndex, oracle, anchor, proof);
        if (!BeaconState.withdrawsTo(proof.withdrawalCredentials, address(withdrawalVault))) {
            revert ForeignCredentials(proof.withdrawalCredentials);
        }
        uint64 refEpoch = anchor.refSlot / slotsPerEpoch;
        if (proof.exitEpoch > refEpoch) revert NotExited(proof.exitEpoch, refEpoch);
        _stopEarning(keyId, operatorId, operator_);
        emit ExitProven(operatorId, keyIndex, proof.validatorIndex, proof.exitEpoch, anchor.refSlot);
    }

    /// @notice Shows that a key was deposited by its holder for credentials that are not the pool's. No more keys are taken from the
    /// operator until the operator manager switches it on again. The key, if the pool deposited it too, stops earning; if not, it is dropped
    /// with those behind it, which would have been taken after it. So a key is proven foreign once. By anyone.
    /// @dev Parameters as in `proveExit`; the key need not be deposited by the pool.
    function proveForeignKey(
        uint64 keyId,
        IReportAnchors oracle,
        ReportAnchor calldata anchor,
        ValidatorProof calldata proof
    ) external {
        (uint256 operatorId, uint256 keyIndex, Operator storage operator_) = _locate(keyId);
        if (_exited.get(keyId)) revert AlreadyExited(keyId);
        _requireProven(operatorId, keyIndex, oracle, anchor, proof);
        if (BeaconState.withdrawsTo(proof.withdrawalCredentials, address(withdrawalVault))) {
            revert OwnCredentials(proof.withdrawalCredentials);
        }
        if (keyIndex < operator_.depositedKeys) _stopEarning(keyId, operatorId, operator_);
        else _drop(operatorId, operator_, keyIndex);
        operator_.active = false;
        emit ForeignKeyProven(operatorId, keyIndex, proof.validatorIndex, proof.withdrawalCredentials);
        emit ActiveSet(operatorId, false);
    }

    /// @inheritdoc IOperatorRegistry
    function activeKeys() external view returns (uint256) {
        return _activeKeys + _predecessorKeys();
    }

    /// @notice Keys of this registry alone that were deposited and have not been seen exiting.
    function ownActiveKeys() external view returns (uint256) {
        return _activeKeys;
    }

    /// @notice Whole shares that `claimFee` would send now.
    function claimableShares(uint256 operatorId) external view returns (uint256) {
        return _fees.owedScaled(operatorId, _load(_operator(operatorId))) / FeeAccounts.SCALE;
    }

    /// @notice Owed to the operator, in 2**-32 of a share: fractions of a share included.
    function owedScaled(uint256 operatorId) external view returns (uint256) {
        return _fees.owedScaled(operatorId, _load(_operator(operatorId)));
    }

    /// @notice Shares that `claimTreasury` would send now.
    function treasuryShares() external view returns (uint256) {
        return _fees.treasuryShares;
    }

    /// @notice Part of the last fee that did not divide, in 2**-32 of a share; goes into the next fee.
    function remainderScaled() external view returns (uint256) {
        return _fees.remainderScaled;
    }

    /// @notice Whether an exit was ever asked for, and whether it, or that the key is foreign, is proven.
    function exitStatus(uint64 keyId) external view returns (bool requested, bool exited) {
        return (_exitRequested.get(keyId), _exited.get(keyId));
    }

    function _bookTaken(Candidate[] memory candidates, uint256 count) private {
        for (uint256 i = 0; i < candidates.length; ++i) {
            Candidate memory c = candidates[i];
            if (c.taken == 0) continue;
            _fees.settle(i, c.load - c.taken);
            _operators[i].depositedKeys = uint32(c.nextIndex);
            _operators[i].batchCursor = uint32(c.batchCursor);
        }
        _activeKeys += uint32(count);
    }

    function _stopEarning(uint64 keyId, uint256 operatorId, Operator storage operator_) private {
        _fees.settle(operatorId, _load(operator_));
        ++operator_.exitedKeys;
        --_activeKeys;
        _exited.set(keyId);
    }

    /// @dev Keys of the operator that earn.
    function _load(Operator storage operator_) private view returns (uint256) {
        return operator_.depositedKeys - operator_.exitedKeys;
    }

    function _locate(uint64 keyId)
        private
        view
        returns (uint256 operatorId, uint256 keyIndex, Operator storage operator_)
    {
        operatorId = keyId >> 32;
        keyIndex = uint32(keyId);
        operator_ = _operator(operatorId);
    }

    function _requireEarning(uint64 keyId, uint256 keyIndex, Operator storage operator_) private view {
        if (keyIndex >= operator_.depositedKeys) revert NotDeposited(keyId);
        if (_exited.get(keyId)) revert AlreadyExited(keyId);
    }

    function _requireProven(
        uint256 operatorId,
        uint256 keyIndex,
        IReportAnchors oracle,
        ReportAnchor calldata anchor,
        ValidatorProof calldata proof
    ) private view {
        if (!IAccessControl(pool).hasRole(ORACLE_ROLE, address(oracle))) {
            revert NotAnOracle(address(oracle));
        }
        if (!oracle.isAnchor(anchor)) revert UnknownAnchor(anchor.refSlot, anchor.stateRoot);
        stateProofs.requireValidator(anchor.stateRoot, anchor.headerSlot, _pubkey(operatorId, keyIndex), proof);
    }

    function _pubkey(uint256 operatorId, uint256 keyIndex) private view returns (bytes memory pubkey) {
        (pubkey,) = _batches[operatorId].read(keyIndex);
    }
}
