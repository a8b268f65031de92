// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {KeyProof} from "../../src/interfaces/IValidators.sol";
import {KeyInput} from "../../src/OperatorKeys.sol";
import {DepositSigner} from "../registry/DepositSigner.sol";
import {TestValidator} from "../registry/StateTree.sol";
import {Ground} from "../system/Ground.sol";

/// @notice An operator that has deposited its keys before for credentials of its own wants the pool's ether, or the price to move while it counts as
/// lost and comes back.
contract FrontRunTest is Ground {
    uint256 private constant STOLEN = 8;
    uint64 private constant FIRST = 1 << 32;

    function setUp() public {
        _ground(10_000 ether);
        vm.startPrank(OPERATOR_MANAGER);
        registry.setLimits(0, 1_000_000, 64);
        registry.addOperator("mallory", MALLORY, MALLORY, 1_000_000, uint8(STOLEN));
        registry.setActive(0, false); // Mallory's keys are next
        vm.stopPrank();
        KeyInput[] memory keys = new KeyInput[](STOLEN);
        DepositSigner signer = new DepositSigner();
        for (uint256 i = 0; i < STOLEN; ++i) {
            keys[i] = signer.depositKey(666 + i, registry.withdrawalCredentials(true), registry.depositDomain());
        }
        vm.startPrank(MALLORY);
        registry.addBond{value: STOLEN * 1 ether}(1);
        registry.addKeys(1, true, keys);
        vm.stopPrank();
        _age();
    }

    receive() external payable {}

    /// @dev The record of a key whose first valid deposit was Mallory's.
    function _foreign(uint64 keyId) private view returns (TestValidator memory v) {
        v = _freshValidator(keyId);
        v.fields.withdrawalCredentials = bytes32(uint256(1) << 248 | 0xbad);
        v.fields.effectiveBalanceGwei = 2e9;
    }

    function _prove(TestValidator memory v, uint64 keyId) private {
        TestValidator[] memory all = new TestValidator[](1);
        all[0] = v;
        KeyProof memory p = _keyProofs(all)[0];
        validatorBook.proveKey(keyId, p);
    }

    /// @dev A report after first ether was sent: `seen` of it stands among the pool's on the beacon chain.
    function _reportSeeing(uint64 seenGwei) private {
        _next();
        (report.clPendingGwei, report.unprovenGwei) = (seenGwei, seenGwei);
        _submit();
    }

    /// @dev What Mallory would have of an ether that it puts in now and takes out at the rate.
    function _worthOf(uint256 shares) private view returns (uint256) {
        return token.weiForShares(shares);
    }

    function test_noThirtyTwoEtherGoToAForeignKey() external {
        validatorBook.predeposit(uint8(STOLEN));
        for (uint64 i = 0; i < STOLEN; ++i) {
            _prove(_foreign(FIRST + i), FIRST + i);
            if (i == 0) {
                // One was proven: no more goes to any of them.
                (bool ok,) = address(validatorBook).call(abi.encodeCall(validatorBook.topUp, (16, new KeyProof[](0))));
                assertTrue(!ok, "topped up");
                vm.prank(OPERATOR_MANAGER);
                registry.setActive(1, true); // whoever does so
            }
        }
        (bool any,) = address(validatorBook).call(abi.encodeCall(validatorBook.topUp, (16, new KeyProof[](0))));
        assertTrue(!any, "topped up");
        assertEq(registry.operatorInfo(1).bondWei, 0, "the bond has paid all of it");
        assertEq(more.bufferedWei(), 10_001 ether - 3_200 ether, "holders have all of it");
        assertEq(more.unrecognisedWei(), 0, "and nothing waits");
    }

    /// @dev Mallory sees its own theft coming: it would buy in when the loss is reported, prove the theft, and have its bond back with interest.
    /// There is no lower rate to buy in at.
    function test_buyingInBetweenTheftAndProofGainsNothing() external {
        uint256 rate = _rate();
        validatorBook.predeposit(uint8(STOLEN));
        _reportSeeing(uint64(STOLEN * 1e9)); // all pending
        assertEq(_rate(), rate, "seen");
        _reportSeeing(0); // applied to Mallory's validators: gone
        assertEq(_rate(), rate, "gone");
        assertTrue(!more.bunker() && !_flagged(UNCONFIRMED), "nobody switches bunker on for one ether");
        uint256 shares = _deposit(MALLORY, 5_000 ether);
        rate = _rate(); // who buys in pays for what is due
        for (uint64 i = 0; i < STOLEN; ++i) {
            _prove(_foreign(FIRST + i), FIRST + i);
            assertEq(_rate(), rate, "proven");
            vm.prank(OPERATOR_MANAGER);
            registry.setActive(1, true);
        }
        _reportSeeing(0);
        assertEq(_rate(), rate, "paid");
        assertLe(_worthOf(shares), 5_000 ether, "Mallory gains nothing");
        assertEq(more.unrecognisedWei(), 0, "the bonds are in the buffer, as the ether was");
    }

    /// @dev Any order of first ether, reports that see it or not, deposits, requests and proofs of each end: the rate stands to the wei. Only who buys
    /// in pays for what is due.
    function testFuzz_noOrderMovesTheRate(uint256 seed) external {
        for (uint256 i = 0; i < 12; ++i) {
            uint256 h = uint256(keccak256(abi.encode(seed, i)));
            uint256 rate = _rate();
            _act(h % 5, h >> 8);
            if (h % 5 == 2) assertLe(rate, _rate(), "a deposit lowered the rate");
            else assertEq(_rate(), rate, "the rate moved");
        }
    }

    uint64 private _opened;
    uint64 private _proven;
    uint64 private _ownGwei;

    function _act(uint256 what, uint256 h) private {
        if (what == 0) {
            uint256 forkSlot = GLOAS_EPOCH * SLOTS_PER_EPOCH;
            bool quiet = slotNow() < forkSlot && slotNow() + FORK_QUIET_SECONDS / SECONDS_PER_SLOT >= forkSlot;
            if (_opened == STOLEN || quiet) return;
            ++_opened;
            validatorBook.predeposit(1);
        } else if (what == 1) {
            if (_proven == _opened) return;
            uint64 keyId = FIRST + _proven++;
            _prove(h % 2 == 0 ? _foreign(keyId) : _freshValidator(keyId), keyId);
            if (h % 2 == 1) _ownGwei += 1e9;
            vm.prank(OPERATOR_MANAGER);
            registry.setActive(1, true);
        } else if (what == 2) {
            _deposit(MALLORY, 1 ether + h % 100 ether);
        } else if (what == 3) {
            _request(ALICE, 1, 1 ether + h % 10 ether);
        } else {
            _next();
            uint64 seenGwei = uint64(h % (_opened - _proven + 1)) * 1e9;
            (report.clPendingGwei, report.unprovenGwei) = (seenGwei, seenGwei);
            report.clValidatorsGwei = PRINCIPAL_GWEI + _ownGwei;
            report.depositedWei = uint128(more.depositedWei());
            _submit();
        }
    }
}
