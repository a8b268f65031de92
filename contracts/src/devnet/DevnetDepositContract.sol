// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IDepositContract} from "../interfaces/IDepositContract.sol";
import {DepositData} from "../lib/DepositData.sol";
import {LittleEndian} from "../lib/LittleEndian.sol";

/// @title Deposit contract of the devnet
/// @notice Answers as the beacon chain's deposit contract does: same calls, same event, same Merkle root. No public network uses it.
/// @dev Source of the rules: consensus specs, phase 0, "deposit-contract". The code is written anew, so that a devnet needs nothing
/// but this repository; `test/DevnetDepositContract.t.sol` holds it against mainnet's. It has no constructor and no storage at
/// the start: a genesis block can carry it as bare code.
contract DevnetDepositContract is IDepositContract {
    /// @dev The tree has room for `2**DEPTH - 1` deposits.
    uint256 private constant DEPTH = 32;
    uint256 private constant MAX_DEPOSITS = 2 ** DEPTH - 1;

    /// @dev `_branch[h]` is the root of the newest full subtree of height `h` that has no right neighbour yet.
    bytes32[DEPTH] private _branch;
    uint256 private _count;

    /// @notice A deposit, with numbers in the little-endian bytes of SSZ.
    event DepositEvent(bytes pubkey, bytes withdrawal_credentials, bytes amount, bytes signature, bytes index);

    /// @notice A part of the deposit has another length than the specification's.
    error WrongLength(uint256 pubkey, uint256 credentials, uint256 signature);
    /// @notice A deposit is at least 1 ether, whole gwei, and its gwei fit 64 bits.
    error WrongAmount(uint256 weiAmount);
    /// @notice `deposit_data_root` is not the hash-tree root of the deposit.
    error WrongRoot(bytes32 expected, bytes32 actual);
    /// @notice The tree is full.
    error TreeFull();

    /// @inheritdoc IDepositContract
    function deposit(
        bytes calldata pubkey,
        bytes calldata withdrawal_credentials,
        bytes calldata signature,
        bytes32 deposit_data_root
    ) external payable {
        if (pubkey.length != 48 || withdrawal_credentials.length != 32 || signature.length != 96) {
            revert WrongLength(pubkey.length, withdrawal_credentials.length, signature.length);
        }
        uint256 amountGwei = msg.value / 1 gwei;
        if (msg.value < 1 ether || msg.value % 1 gwei != 0 || amountGwei > type(uint64).max) {
            revert WrongAmount(msg.value);
        }
        bytes32 actual = DepositData.root(pubkey, bytes32(withdrawal_credentials), signature, uint64(amountGwei));
        if (actual != deposit_data_root) revert WrongRoot(deposit_data_root, actual);

        bytes memory amount = abi.encodePacked(LittleEndian.u64(uint64(amountGwei)));
        emit DepositEvent(pubkey, withdrawal_credentials, amount, signature, get_deposit_count());
        _append(actual);
    }

    /// @inheritdoc IDepositContract
    function get_deposit_root() external view returns (bytes32) {
        bytes32 node = 0;
        bytes32 empty = 0; // root of a subtree without deposits
        uint256 rest = _count;
        for (uint256 height = 0; height < DEPTH; ++height) {
            node = rest & 1 == 1 ? _hash(_branch[height], node) : _hash(node, empty);
            empty = _hash(empty, empty);
            rest >>= 1;
        }
        return sha256(abi.encodePacked(node, LittleEndian.u64(uint64(_count)), bytes24(0)));
    }

    /// @notice Number of deposits, as the eight little-endian bytes of SSZ.
    function get_deposit_count() public view returns (bytes memory) {
        return abi.encodePacked(LittleEndian.u64(uint64(_count)));
    }

    /// @notice ERC-165: itself, and the three calls of the deposit contract.
    function supportsInterface(bytes4 interfaceId) external pure returns (bool) {
        return interfaceId == this.supportsInterface.selector
            || interfaceId == type(IDepositContract).interfaceId ^ this.get_deposit_count.selector;
    }

    /// @dev Puts a leaf into the incremental Merkle tree.
    function _append(bytes32 node) private {
        if (_count >= MAX_DEPOSITS) revert TreeFull();
        uint256 rest = ++_count;
        uint256 height = 0;
        for (; rest & 1 == 0; ++height) {
            node = _hash(_branch[height], node);
            rest >>= 1;
        }
        _branch[height] = node;
    }

    function _hash(bytes32 left, bytes32 right) private pure returns (bytes32) {
        return sha256(abi.encodePacked(left, right));
    }
}
