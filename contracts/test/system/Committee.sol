// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {BeaconHeader, BlockProof, Certificate, G2Point, LastReport, Report} from "../../src/interfaces/Types.sol";
import {KeyProof} from "../../src/interfaces/IValidators.sol";
import {LittleEndian} from "../../src/lib/LittleEndian.sol";
import {KeyInput} from "../../src/OperatorKeys.sol";
import {DepositSigner} from "../registry/DepositSigner.sol";
import {ProgressiveTree} from "../registry/ProgressiveTree.sol";
import {StateTree, TestValidator} from "../registry/StateTree.sol";
import {Signer} from "../Signer.sol";
import {Deployment} from "./Deployment.sol";

/// @notice A committee of four that signs what it is told, and beacon blocks that EIP-4788 knows.
abstract contract Committee is Deployment {
    uint256 internal constant MEMBERS = 4;
    uint256 internal constant QUORUM = 3;

    /// @dev Word of the pool's storage with its buffer and what is fresh of it.
    uint256 internal constant MONEY_SLOT = 5;

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
        r.unprovenGwei = last.unprovenGwei;
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

    /// @dev An operator, this test, with a bond for every quota.
    function _giveOperator() internal {
        vm.prank(OPERATOR_MANAGER);
        registry.addOperator("operator", address(this), address(0xFEE), 1_000_000, 128);
        vm.deal(address(this), address(this).balance + 128 ether);
        registry.addBond{value: 128 ether}(0);
    }

    /// @dev An operator, this test, with `count` keys of 32 ether that are signed for.
    function _giveKeys(uint256 count) internal {
        _giveOperator();
        _addKeys(count, false);
    }

    function _giveKeysAndFund(uint256 count) internal {
        _giveKeys(count);
        _fundKeys(count);
    }

    /// @dev The next keys of operator 0: secrets count from 1.
    function _addKeys(uint256 count, bool compounding) internal {
        DepositSigner signer = new DepositSigner();
        bytes32 credentials = registry.withdrawalCredentials(compounding);
        uint256 first = registry.operatorInfo(0).totalKeys;
        for (uint256 done = 0; done < count; done += 32) {
            KeyInput[] memory keys = new KeyInput[](count - done < 32 ? count - done : 32);
            for (uint256 i = 0; i < keys.length; ++i) {
                keys[i] = signer.depositKey(first + done + i + 1, credentials, registry.depositDomain());
            }
            registry.addKeys(0, compounding, keys);
        }
    }

    /// @dev The next `count` keys of operator 0 get their first ether, are proven and get the rest.
    function _fundKeys(uint256 count) internal {
        uint32 first = registry.operatorInfo(0).depositedKeys;
        _age();
        validatorBook.predeposit(uint8(count));
        _proveKeys(first, count);
        for (uint256 done = 0; done < count; done += 16) {
            validatorBook.topUp(count - done < 16 ? count - done : 16, new KeyProof[](0));
        }
    }

    /// @dev Proves keys of operator 0: they are as the pool deposited them. Few at a time, in calls of their own: trees take memory.
    function _proveKeys(uint32 first, uint256 count) internal {
        for (uint256 done = 0; done < count; done += 8) {
            this.proveFresh(uint32(first + done), count - done < 8 ? count - done : 8);
        }
    }

    function proveFresh(uint32 first, uint256 count) external {
        TestValidator[] memory all = new TestValidator[](count);
        for (uint256 i = 0; i < count; ++i) {
            all[i] = _freshValidator(uint64(first + i));
        }
        KeyProof[] memory proofs = _keyProofs(all);
        for (uint256 i = 0; i < count; ++i) {
            validatorBook.proveKey(uint64(first + i), proofs[i]);
        }
    }

    /// @dev A key as the beacon chain has it after its first deposit.
    function _freshValidator(uint64 keyId) internal view returns (TestValidator memory v) {
        v.pubkey = registry.pubkeyOf(keyId);
        v.balanceGwei = 1e9;
        v.fields.withdrawalCredentials = registry.withdrawalCredentials(validatorBook.keyOf(keyId).compounding);
        v.fields.effectiveBalanceGwei = 1e9;
        v.fields.activationEligibilityEpoch = type(uint64).max;
        v.fields.activationEpoch = type(uint64).max;
        v.fields.exitEpoch = type(uint64).max;
        v.fields.withdrawableEpoch = type(uint64).max;
    }

    /// @dev Proofs of all validators of a state: its block is of this slot, and EIP-4788 learns it in the next one.
    function _keyProofs(TestValidator[] memory all) internal returns (KeyProof[] memory proofs) {
        bytes32 noise = keccak256(abi.encode("noise", block.timestamp));
        proofs = new KeyProof[](all.length);
        BlockProof memory origin;
        origin.header = header(slotNow(), keccak256(abi.encode("parent", block.timestamp)));
        bool gloas = slotNow() >= GLOAS_EPOCH * SLOTS_PER_EPOCH;
        for (uint256 i = 0; i < all.length; ++i) {
            all[i].fields.validatorIndex = uint64(i);
        }
        origin.header.stateRoot = gloas ? ProgressiveTree.stateRoot(all, noise) : StateTree.stateRoot(all, noise);
        origin.childSlot = slotNow() + 1;
        deliver(origin.childSlot, headerRoot(origin.header));
        for (uint256 i = 0; i < all.length; ++i) {
            proofs[i].origin = origin;
            proofs[i].validator = all[i].fields;
            proofs[i].validator.branch =
                gloas ? ProgressiveTree.validatorBranch(all, noise, i) : StateTree.validatorBranch(all, noise, i);
        }
    }

    /// @dev What was deposited to the pool is no longer fresh, as if a report had come: no test that is not about this needs one.
    function _age() internal {
        bytes32 slot = bytes32(MONEY_SLOT);
        uint256 word = uint256(vm.load(address(pool), slot));
        vm.store(address(pool), slot, bytes32(word & ~(uint256(type(uint56).max) << 160)));
        assertEq(more.usableWei(), more.freeWei(), "aged");
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
