// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {BeaconHeader, BlockProof, Certificate, G2Point, LastReport, Report} from "../../src/interfaces/Types.sol";
import {DepositMessages} from "../../src/lib/DepositMessages.sol";
import {LittleEndian} from "../../src/lib/LittleEndian.sol";
import {KeyInput} from "../../src/OperatorKeys.sol";
import {DepositSigner} from "../registry/DepositSigner.sol";
import {Signer} from "../Signer.sol";
import {Deployment} from "./Deployment.sol";

/// @notice A committee of four that signs what it is told, and beacon blocks that EIP-4788 knows.
abstract contract Committee is Deployment {
    uint256 internal constant MEMBERS = 4;
    uint256 internal constant QUORUM = 3;

    bytes32[] internal memberIds;

    function secretOf(uint256 member) internal pure returns (uint256) {
        return 1001 + member;
    }

    function ownerOf(uint256 member) internal pure returns (address) {
        return address(uint160(0xB000 + member));
    }

    /// @dev Registers and admits the members, and lets their set answer.
    function formCommittee() internal {
        for (uint256 i = 0; i < MEMBERS; ++i) {
            memberIds.push(registerMember(i));
        }
        vm.prank(MEMBERSHIP);
        committee.admit(memberIds);
    }

    function registerMember(uint256 i) internal returns (bytes32) {
        bytes32[4] memory key = Signer.keyOf(secretOf(i));
        bytes32 message = committee.proofMessage(ownerOf(i), key);
        vm.deal(ownerOf(i), 1 ether);
        G2Point memory possession = Signer.sign(secretOf(i), message);
        vm.prank(ownerOf(i));
        return committee.register{value: 1 ether}(key, abi.encodePacked("peer", i), possession);
    }

    function slotNow() internal view returns (uint64) {
        return uint64((block.timestamp - GENESIS_TIME) / SECONDS_PER_SLOT);
    }

    function toSlot(uint256 slot) internal {
        vm.warp(GENESIS_TIME + slot * SECONDS_PER_SLOT);
    }

    /// @dev The next reference slot that has not passed.
    function nextRefSlot() internal view returns (uint64) {
        uint64 first = INITIAL_EPOCH * SLOTS_PER_EPOCH - 1;
        uint64 slot = slotNow();
        return slot <= first ? first : first + (slot - first + FRAME_SLOTS - 1) / FRAME_SLOTS * FRAME_SLOTS;
    }

    /// @dev Opens the next frame: its reference block is at `refSlot - missed`, its child at `refSlot + 1 + late`; then time stands
    /// where reports are taken.
    function openFrame(uint64 missed, uint64 late) internal returns (uint64 refSlot, BlockProof memory proof) {
        refSlot = nextRefSlot();
        proof.childSlot = refSlot + 1 + late;
        proof.header = header(refSlot - missed, keccak256(abi.encode("parent", refSlot)));
        proof.header.stateRoot = keccak256(abi.encode("state", refSlot));
        deliver(proof.childSlot, headerRoot(proof.header));
        toSlot(refSlot + FINALITY_MARGIN_SLOTS + 1);
    }

    /// @dev A header of some block of `slot`.
    function header(uint64 slot, bytes32 parentRoot) internal pure returns (BeaconHeader memory) {
        return
            BeaconHeader(slot, 7, parentRoot, keccak256(abi.encode("state", slot)), keccak256(abi.encode("body", slot)));
    }

    /// @dev The payload of the block at `slot` is executed: EIP-4788 learns the root of the block's parent.
    function deliver(uint256 slot, bytes32 parentRoot) internal {
        toSlot(slot);
        vm.prank(SYSTEM);
        (bool ok,) = BEACON_ROOTS.call(abi.encode(parentRoot));
        assertTrue(ok, "beacon roots");
    }

    /// @dev Stores a proof without headers above: solc copies none of them from memory.
    function keep(BlockProof storage to, BlockProof memory from) internal {
        assertTrue(from.above.length == 0 && from.branch.length == 0, "more than can be kept");
        (to.childSlot, to.header) = (from.childSlot, from.header);
    }

    /// @dev Written apart from the contract's own: eight leaves, three levels.
    function headerRoot(BeaconHeader memory h) internal pure returns (bytes32) {
        bytes32[8] memory n = [
            bytes32(LittleEndian.u64(h.slot)),
            bytes32(LittleEndian.u64(h.proposerIndex)),
            h.parentRoot,
            h.stateRoot,
            h.bodyRoot,
            bytes32(0),
            bytes32(0),
            bytes32(0)
        ];
        for (uint256 size = 8; size > 1; size /= 2) {
            for (uint256 i = 0; i < size / 2; ++i) {
                n[i] = sha256(bytes.concat(n[2 * i], n[2 * i + 1]));
            }
        }
        return n[0];
    }

    /// @dev A report that repeats the last one: nothing happened since.
    function quietReport(uint64 refSlot, BlockProof memory proof) internal view returns (Report memory r) {
        LastReport memory last = more.lastReport();
        r.version = 2;
        r.lastRefSlot = uint64(last.silentCalls) << 40 | last.refSlot;
        r.committee = committee.digestAt(refSlot);
        r.refSlot = refSlot;
        r.refBlockRoot = headerRoot(proof.header);
        r.clValidatorsGwei = last.clValidatorsGwei;
        r.clPendingGwei = last.clPendingGwei;
        r.clInFlightGwei = last.clInFlightGwei;
        r.validators = last.validators;
        r.exited = last.exited;
        r.depositedWei = last.depositedWei;
        r.withdrawalVaultWei = uint128(address(withdrawalVault).balance);
        r.elRewardsVaultWei = uint128(address(rewardsVault).balance);
        r.balancesRoot = keccak256(abi.encode("balances", refSlot));
    }

    /// @dev Certificate by the members whose bit is set.
    function certify(Report memory r, uint256 bitmap) internal view returns (Certificate memory c) {
        c.signers = new uint256[](1);
        c.signers[0] = bitmap;
        uint256 sum = 0;
        for (uint256 i = 0; i < 256; ++i) {
            if (bitmap >> i & 1 == 1) sum += secretOf(i);
        }
        c.signature = Signer.sign(sum, oracle.voteMessage(r.committee, r.refSlot, oracle.digest(r)));
    }

    function submit(Report memory r, BlockProof memory proof) internal returns (bool) {
        return oracle.submit(r, certify(r, (1 << QUORUM) - 1), proof);
    }

    /// @dev An operator, this test, with `count` keys that are signed for.
    function _giveKeys(uint256 count) internal {
        DepositSigner signer = new DepositSigner();
        vm.prank(OPERATOR_MANAGER);
        registry.addOperator("operator", address(this), address(0xFEE), 1000);
        KeyInput[] memory keys = new KeyInput[](count);
        for (uint256 i = 0; i < count; ++i) {
            keys[i] = signer.depositKey(i + 1, registry.withdrawalCredentials(), DepositMessages.domain(0x10000000));
        }
        registry.addKeys(0, keys);
    }

    function _giveKeysAndFund(uint256 count) internal {
        _giveKeys(count);
        bytes32 root = depositContract.get_deposit_root();
        bytes32 keysHash = keccak256(registry.nextKeys(count));
        vm.prank(DEPOSITOR);
        more.depositToBeacon(count, root, keysHash);
    }

    /// @dev All that a rejected call must leave as it was.
    function fingerprint() internal view returns (bytes32) {
        (uint256 pooledWei, uint256 shares) = token.totals();
        (uint64 lastRequest, uint64 lastFinalized) = queue.bounds();
        return keccak256(
            abi.encode(
                pooledWei,
                shares,
                more.lastReport(),
                more.bufferedWei(),
                more.depositedWei(),
                more.head(),
                more.doubts(),
                more.bunker(),
                lastRequest,
                lastFinalized,
                queue.lockedWei(),
                oracle.quarantine(),
                [address(pool).balance, address(queue).balance, address(withdrawalVault).balance],
                [address(rewardsVault).balance, address(committee).balance, token.sharesOf(TREASURY)]
            )
        );
    }
}
