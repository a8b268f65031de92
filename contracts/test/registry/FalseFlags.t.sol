// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {BalanceChallenge, ClaimedLeaf} from "../../src/BalanceChallenge.sol";
import {ReportAnchor} from "../../src/interfaces/IReportAnchors.sol";
import {ValidatorProof} from "../../src/interfaces/IStateProofs.sol";
import {StateProofs} from "../../src/StateProofs.sol";
import {ChallengeFixture} from "./ChallengeFixture.sol";
import {SumTree} from "./SumTree.sol";

/// @notice Leaves that say something false of a validator's exit or slashing, under states of both layouts.
contract FalseFlagsTest is ChallengeFixture {
    function _flag(uint256 place, uint8 flags) private {
        Leaf storage l = _leaves[place];
        (l.flags, l.sums) = (flags, SumTree.leaf(l.index, l.balanceGwei, flags).sums);
    }

    function _call(ReportAnchor memory anchor, ClaimedLeaf memory claim, uint64 index)
        private
        view
        returns (bytes memory)
    {
        return abi.encodeCall(
            challenge.proveFalseFlags, (anchor, claim, _validators[index].pubkey, _validatorProof(index))
        );
    }

    /// @dev Any other byte than the validator's, with sums that go with it: flags that do not exist too.
    function testFuzz_FalseFlagsAreProvenOnce(uint256 place, uint8 lie, bool gloas) public {
        _gloas = gloas;
        place %= _leaves.length;
        uint8 actual = _leaves[place].flags;
        // Whose key is proven the state does not tell.
        vm.assume((lie ^ actual) & ~uint8(4) != 0);
        _flag(place, lie);
        ReportAnchor memory anchor = _accepted();
        ClaimedLeaf memory claim = _opened(place);
        uint64 index = claim.validatorIndex;
        // The true leaf beside it, and another validator's container, convict nobody.
        _refused(_call(anchor, _opened((place + 1) % 6), _leaves[(place + 1) % 6].index), _nothing());
        _refused(_call(anchor, claim, (index + 1) % 9), _nothing());
        _refused(abi.encodeCall(challenge.proveFalseBalance, (anchor, claim, _balanceProof(index))), _nothing());
        bytes memory call = _call(anchor, claim, index);
        vm.expectEmit();
        emit BalanceChallenge.FalseFlagsProven(anchor.refSlot, index, lie, actual | lie & 4, address(this));
        (bool ok,) = address(challenge).call(call);
        assertTrue(ok && challenge.provenFalse(anchor.refSlot), "on record");
        assertTrue(oracle.marks() == 1 && oracle.marked(0) == anchor.refSlot, "marked");
        _refused(call, _proven(anchor));
    }

    function test_AnUnprovenKeyIsNoFalseFlag() public {
        _flag(1, _leaves[1].flags | 4);
        ReportAnchor memory anchor = _accepted();
        _refused(_call(anchor, _opened(1), _leaves[1].index), _nothing());
        _refused(abi.encodeCall(challenge.proveMalformedLeaf, (anchor, _opened(1))), _nothing());
    }

    /// @dev The container is the state's, key and branch included.
    function test_AContainerThatTheStateDoesNotHaveProvesNothing() public {
        for (uint256 i = 0; i < 2; ++i) {
            _gloas = i == 1;
            ReportAnchor memory anchor = _accepted();
            ValidatorProof memory proof = _validatorProof(1);
            bytes memory pubkey = _validators[1].pubkey;
            proof.exitEpoch = 0;
            _notInState(anchor, pubkey, proof);
            (proof.exitEpoch, proof.slashed) = (REF_EPOCH + 1, true);
            _notInState(anchor, pubkey, proof);
            proof.slashed = false;
            _notInState(anchor, _validators[0].pubkey, proof);
            _refused(_call(anchor, _opened(1), 1), _nothing());
            anchor.digest = "other";
            _refused(
                _call(anchor, _opened(1), 1),
                abi.encodeWithSelector(BalanceChallenge.UnknownAnchor.selector, anchor.refSlot, anchor.stateRoot)
            );
        }
    }

    function test_TwoFalseLeavesAreTwoFindings() public {
        _twoFindings(0, 1);
    }

    function test_TheirOrderDoesNotMatter() public {
        _twoFindings(1, 0);
    }

    /// @dev A lie about one validator, then about the next: two findings, one mark.
    function _twoFindings(uint64 first, uint64 second) private {
        _flag(0, 0);
        _flag(1, SLASHED);
        ReportAnchor memory anchor = _accepted();
        (bool ok,) = address(challenge).call(_call(anchor, _opened(first), first));
        assertTrue(ok, "the first");
        (ok,) = address(challenge).call(_call(anchor, _opened(second), second));
        assertTrue(ok, "the second");
        assertEq(oracle.marks(), 1, "marked once");
    }

    function _notInState(ReportAnchor memory anchor, bytes memory pubkey, ValidatorProof memory proof) private {
        (bool ok, bytes memory reason) =
            address(challenge).call(abi.encodeCall(challenge.proveFalseFlags, (anchor, _opened(1), pubkey, proof)));
        assertTrue(!ok, "refused");
        assertEq(bytes32(bytes4(reason)), bytes32(StateProofs.NotInState.selector), "reason");
    }
}
