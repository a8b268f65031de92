// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {AccessControl} from "@openzeppelin/contracts/access/AccessControl.sol";
import {Address} from "@openzeppelin/contracts/utils/Address.sol";
import {IStakingPool} from "./interfaces/IStakingPool.sol";
import {IVault} from "./interfaces/IVault.sol";
import {IWithdrawalVault} from "./interfaces/IWithdrawalVault.sol";

/// @title Withdrawal credentials
/// @notice Address in the withdrawal credentials of every pool validator. Sweeps and exits arrive here without a call and wait
/// until a report lets the pool pull them. Ether that is sent by a call is refused: a gift here could look like withdrawals. Whoever holds a role here can ask for exits, paying the fee; nobody but the pool moves
/// the vault's own ether.
contract WithdrawalVault is IWithdrawalVault, AccessControl {
    /// @notice May ask for exits and partial withdrawals.
    bytes32 public constant EXIT_ROLE = keccak256("EXIT_ROLE");
    /// @notice The EIP-7002 system contract.
    address public constant WITHDRAWAL_REQUESTS = 0x00000961Ef480Eb55e80D19ad83579A64c007002;
    /// @notice Most requests of one call; a block takes at most 16.
    uint256 public constant MAX_REQUESTS = 16;
    uint256 private constant PUBKEY_LENGTH = 48;

    /// @notice The only one that pulls.
    IStakingPool public immutable pool;

    /// @notice A request for `pubkey` is queued on the consensus layer; `amountGwei` 0 is a full exit.
    event WithdrawalTriggered(bytes pubkey, uint64 amountGwei, uint256 feeWei);

    /// @notice The caller is not the pool.
    error OnlyPool(address caller);
    /// @notice No request, too many, or keys and amounts that do not pair.
    error MalformedRequests(uint256 pubkeysLength, uint256 amounts);
    /// @notice `msg.value` does not cover the fee of the system contract.
    error FeeNotCovered(uint256 givenWei, uint256 requiredWei);
    /// @notice The system contract is absent or refused.
    error SystemContractFailed();

    /// @param admin Grants roles; the timelock.
    /// @param exitRequester First holder of `EXIT_ROLE`; the operator registry.
    /// @param pool_ The staking pool.
    constructor(address admin, address exitRequester, IStakingPool pool_) {
        _grantRole(DEFAULT_ADMIN_ROLE, admin);
        _grantRole(EXIT_ROLE, exitRequester);
        pool = pool_;
    }

    /// @inheritdoc IVault
    function pull(uint256 amountWei) external {
        if (msg.sender != address(pool)) revert OnlyPool(msg.sender);
        pool.receiveFromVault{value: amountWei}();
    }

    /// @inheritdoc IWithdrawalVault
    function triggerWithdrawals(bytes calldata pubkeys, uint64[] calldata amountsGwei, address refundTo)
        external
        payable
        onlyRole(EXIT_ROLE)
    {
        uint256 count = amountsGwei.length;
        if (count == 0 || count > MAX_REQUESTS || pubkeys.length != count * PUBKEY_LENGTH) {
            revert MalformedRequests(pubkeys.length, count);
        }
        uint256 feeWei = requestFeeWei();
        if (msg.value < count * feeWei) revert FeeNotCovered(msg.value, count * feeWei);
        for (uint256 i = 0; i < count; ++i) {
            bytes calldata pubkey = pubkeys[i * PUBKEY_LENGTH:(i + 1) * PUBKEY_LENGTH];
            (bool ok,) = WITHDRAWAL_REQUESTS.call{value: feeWei}(abi.encodePacked(pubkey, amountsGwei[i]));
            if (!ok) revert SystemContractFailed();
            emit WithdrawalTriggered(pubkey, amountsGwei[i], feeWei);
        }
        uint256 restWei = msg.value - count * feeWei;
        if (restWei > 0) Address.sendValue(payable(refundTo), restWei);
    }

    /// @notice What the system contract takes for one request in this block, in wei.
    function requestFeeWei() public view returns (uint256) {
        (bool ok, bytes memory answer) = WITHDRAWAL_REQUESTS.staticcall("");
        if (!ok || answer.length != 32) revert SystemContractFailed();
        return abi.decode(answer, (uint256));
    }
}
