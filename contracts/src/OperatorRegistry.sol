// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Address} from "@openzeppelin/contracts/utils/Address.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {IOperatorRegistry, TakenKeys} from "./interfaces/IOperatorRegistry.sol";
import {IStakedEther} from "./interfaces/IStakedEther.sol";
import {IValidators} from "./interfaces/IValidators.sol";
import {IWithdrawalVault} from "./interfaces/IWithdrawalVault.sol";
import {FeeAccounts} from "./lib/FeeAccounts.sol";
import {KeyPicking} from "./KeyPicking.sol";
import {Operator, OperatorKeys} from "./OperatorKeys.sol";
import {RegistryLine} from "./RegistryLine.sol";

/// @notice What the registry asks the pool.
interface ITreasury {
    /// @notice Receives the treasury's part of the fee.
    function treasury() external view returns (address);

    /// @notice See `IPoolReports`.
    function firstEtherEnded() external payable;
}

/// @title Operator registry
/// @notice Hands keys to the pool, keeps the operators' bonds, and shares out the operators' part of the fee by the ether at their keys.
/// @dev A key is named by `keyId = operatorId << 32 | keyIndex`. What it has had and what is proven of it stands in `Validators`: it earns from the
/// moment it has 32 ether until its exit is proven.
/// A registry that replaces another names it as its predecessor. Keys that the predecessor handed out stay there: they go on earning, since
/// the successor passes on their part of every fee, and fees are claimed and exits asked for and proven there. Undeposited keys of the
/// predecessor are given up, and no key of a predecessor is taken again.
contract OperatorRegistry is KeyPicking {
    using FeeAccounts for FeeAccounts.Ledger;

    /// @notice May ask for the exit of any key.
    bytes32 public constant EXIT_ROLE = keccak256("EXIT_ROLE");
    /// @notice Most keys of one `requestExits`; the withdrawal vault takes no more.
    uint256 public constant MAX_EXIT_REQUESTS = 16;

    /// @notice The token whose shares are the fee.
    IStakedEther public immutable stakedEther;
    /// @notice Forwards exit requests to the consensus layer.
    IWithdrawalVault public immutable withdrawalVault;

    uint256 private constant BPS = 10_000;

    FeeAccounts.Ledger private _fees;

    /// @notice `shares` were booked to `activeKeys` keys of this registry alike, and `treasuryShares` to the treasury.
    event FeeAccrued(uint256 shares, uint256 activeKeys, uint256 treasuryShares);
    /// @notice The treasury's shares went to it.
    event TreasuryClaimed(address indexed treasury, uint256 shares);
    /// @notice `shares` of a fee went to the predecessor, for its `activeKeys` keys.
    event FeeForwarded(address indexed predecessor, uint256 shares, uint256 activeKeys);
    /// @notice The operator's whole shares went to its recipient.
    event FeeClaimed(uint256 indexed operatorId, address indexed rewardRecipient, uint256 shares);
    /// @notice First ether of a key was lost: the operator's bond has paid it to the pool.
    event BondPaid(uint256 indexed operatorId, uint256 weiAmount);
    /// @notice The consensus layer was asked for this key's exit.
    event ExitRequested(uint256 indexed operatorId, uint256 indexed keyIndex, address requester);

    /// @notice The key is not deposited, so it has no exit.
    error NotDeposited(uint64 keyId);
    /// @notice The caller is not the book of validators.
    error OnlyValidators(address caller);
    /// @notice So many keys wait for their proof: only then can the registry be replaced.
    error KeysNotProven(uint256 unproven);

    /// @param admin Grants roles; the timelock.
    /// @param operatorManager First holder of `OPERATOR_MANAGER_ROLE`.
    /// @param exitRequester First holder of `EXIT_ROLE`.
    /// @param pool_ The staking pool; also says, by its `ORACLE_ROLE`, whose accepted reports exits are proven against.
    /// @param stakedEther_ The share token.
    /// @param withdrawalVault_ Address in the withdrawal credentials; must give this contract its `EXIT_ROLE`.
    /// @param genesisForkVersion `GENESIS_FORK_VERSION` of the network.
    /// @param validators_ Book of the validators of this registry alone.
    /// @param predecessor_ The registry to replace by `setRegistry` of the pool; 0 for the first.
    constructor(
        address admin,
        address operatorManager,
        address exitRequester,
        address pool_,
        IStakedEther stakedEther_,
        IWithdrawalVault withdrawalVault_,
        bytes4 genesisForkVersion,
        IValidators validators_,
        IOperatorRegistry predecessor_
    )
        RegistryLine(pool_, predecessor_)
        OperatorKeys(address(withdrawalVault_), genesisForkVersion)
        KeyPicking(validators_)
    {
        _grantRole(DEFAULT_ADMIN_ROLE, admin);
        _grantRole(OPERATOR_MANAGER_ROLE, operatorManager);
        _grantRole(EXIT_ROLE, exitRequester);
        stakedEther = stakedEther_;
        withdrawalVault = withdrawalVault_;
    }

    modifier onlyValidators() {
        if (msg.sender != address(validators)) revert OnlyValidators(msg.sender);
        _;
    }

    /// @inheritdoc IOperatorRegistry
    function takeKeys(uint256 count) external onlyValidators returns (TakenKeys memory) {
        (TakenKeys memory picked, Candidate[] memory candidates) = _pick(count);
        for (uint256 i = 0; i < candidates.length; ++i) {
            if (!candidates[i].taken) continue;
            _operators[i].depositedKeys = uint32(candidates[i].nextIndex);
            _operators[i].batchCursor = uint32(candidates[i].batchCursor);
        }
        return picked;
    }

    /// @inheritdoc IOperatorRegistry
    function etherLimits() external view returns (uint32[] memory limits) {
        uint256 n = _isRetired() ? 0 : _operators.length;
        limits = new uint32[](n);
        for (uint256 i = 0; i < n; ++i) {
            if (_operators[i].active) limits[i] = _operators[i].etherLimit;
        }
    }

    /// @inheritdoc IOperatorRegistry
    function firstEtherEnded(uint256 operatorId, bool lost) external onlyValidators {
        if (lost) {
            Operator storage operator_ = _operators[operatorId];
            operator_.bondWei -= uint96(FIRST_WEI);
            operator_.active = false;
            emit BondPaid(operatorId, FIRST_WEI);
            emit ActiveSet(operatorId, false);
        }
        ITreasury(pool).firstEtherEnded{value: lost ? FIRST_WEI : 0}();
    }

    /// @inheritdoc IOperatorRegistry
    function stakeChanges(uint256 operatorId, uint256 beforeEther, uint256 afterEther) external onlyValidators {
        _fees.settle(operatorId, validators.stakeOf(operatorId).stakedEther);
        _earningEther = uint32(_earningEther + afterEther - beforeEther);
    }

    /// @notice Sends a part of the bond that no key binds to `to`. By the operator's manager.
    function takeBond(uint256 operatorId, uint256 weiAmount, address to) external {
        Operator storage operator_ = _managed(operatorId);
        uint256 freeWei = operator_.bondWei - FIRST_WEI * validators.stakeOf(operatorId).unproven;
        if (weiAmount > freeWei) revert BondIsBound(weiAmount, freeWei);
        operator_.bondWei -= uint96(weiAmount);
        emit BondTaken(operatorId, to, weiAmount);
        Address.sendValue(payable(to), weiAmount);
    }

    /// @inheritdoc IOperatorRegistry
    /// @dev Before the pool names the successor no key waits for its proof: its first ether would be nobody's.
    function retire(IOperatorRegistry successor_) external onlyPool {
        uint256 unproven = validators.unprovenCount();
        if (unproven != 0) revert KeysNotProven(unproven);
        _retire(successor_);
    }

    /// @inheritdoc IOperatorRegistry
    /// @dev The predecessor's ether gets its part first, rounded down to a share; the rest is for that of this registry.
    function accrueFee(uint256 shares, uint256 operatorsBps) external {
        _requireBooker();
        uint256 own = _earningEther;
        uint256 older = _predecessorEther();
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
        shares = _fees.withdraw(operatorId, _stakeOf(operatorId));
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
            uint256 operatorId = keyIds[i] >> 32;
            Operator storage operator_ = _operator(operatorId);
            if (!any && msg.sender != operator_.manager) revert NotManager(operatorId, msg.sender);
            if (uint32(keyIds[i]) >= operator_.depositedKeys) revert NotDeposited(keyIds[i]);
            pubkeys = bytes.concat(pubkeys, pubkeyOf(keyIds[i]));
            emit ExitRequested(operatorId, uint32(keyIds[i]), msg.sender);
        }
        withdrawalVault.triggerWithdrawals{value: msg.value}(pubkeys, new uint64[](n), msg.sender);
    }

    /// @inheritdoc IOperatorRegistry
    function earningEther() external view returns (uint256) {
        return _earningEther + _predecessorEther();
    }

    /// @notice Whole ether at keys of this registry alone that earn.
    function ownEarningEther() external view returns (uint256) {
        return _earningEther;
    }

    /// @notice Whole shares that `claimFee` would send now.
    function claimableShares(uint256 operatorId) external view returns (uint256) {
        return _fees.owedScaled(operatorId, _stakeOf(operatorId)) / FeeAccounts.SCALE;
    }

    /// @notice Owed to the operator, in 2**-32 of a share: fractions of a share included.
    function owedScaled(uint256 operatorId) external view returns (uint256) {
        return _fees.owedScaled(operatorId, _stakeOf(operatorId));
    }

    /// @notice Shares that `claimTreasury` would send now.
    function treasuryShares() external view returns (uint256) {
        return _fees.treasuryShares;
    }

    /// @notice Part of the last fee that did not divide, in 2**-32 of a share; goes into the next fee.
    function remainderScaled() external view returns (uint256) {
        return _fees.remainderScaled;
    }

    /// @dev Whole ether of the operator that earns.
    function _stakeOf(uint256 operatorId) private view returns (uint256) {
        _operator(operatorId);
        return validators.stakeOf(operatorId).stakedEther;
    }
}
