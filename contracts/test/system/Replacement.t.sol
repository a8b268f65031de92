// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Validators} from "../../src/Validators.sol";
import {IAccessControl} from "@openzeppelin/contracts/access/IAccessControl.sol";
import {IOperatorRegistry} from "../../src/interfaces/IOperatorRegistry.sol";
import {BlockProof, Report} from "../../src/interfaces/Types.sol";
import {KeyInput, OperatorKeys} from "../../src/OperatorKeys.sol";
import {OperatorRegistry} from "../../src/OperatorRegistry.sol";
import {RegistryLine} from "../../src/RegistryLine.sol";
import {PoolBase} from "../../src/pool/PoolBase.sol";
import {DepositSigner} from "../registry/DepositSigner.sol";
import {Committee} from "./Committee.sol";

/// @notice The admin gives the pool another registry: keys and fees stay.
contract ReplacementTest is Committee {
    address private constant ALICE = address(0xA11CE);
    address private constant OLD_RECIPIENT = address(0xFEE);
    address private constant NEW_RECIPIENT = address(0xFEE2);

    uint64 private _earnedGwei;

    function setUp() public {
        deployAll();
        formCommittee();
        vm.deal(ALICE, 10_000 ether);
        vm.prank(ALICE);
        pool.deposit{value: 10_000 ether}(ALICE, 0);
    }

    function test_operatorsAreFeedBeforeAndAfterAReplacement() external {
        _giveKeysAndFund(3);
        uint256 first = _feeOfAReport();
        assertTrue(first > 0, "a fee");
        assertClose(_claimable(registry), first, 1, "all for the three keys, but what three do not divide");
        OperatorRegistry next = _replace(registry);
        uint256 second = _feeOfAReport();
        assertClose(_claimable(registry), first + second, 1, "the same after the replacement");
        assertEq(token.sharesOf(address(next)), next.treasuryShares(), "nothing of theirs stays where no key is");

        _addKey(next, 50);
        _fund(next);
        uint256 third = _feeOfAReport();
        assertClose(_claimable(registry), first + second + third * 3 / 4, 2, "three of four keys");
        assertClose(_claimable(next), third / 4, 2, "one of four");

        OperatorRegistry last = _replace(next);
        uint256 fourth = _feeOfAReport();
        uint256 old = first + second + (third + fourth) * 3 / 4;
        assertClose(_claimable(registry), old, 3, "through two replacements");
        assertClose(_claimable(next), (third + fourth) / 4, 3, "through one");
        assertEq(token.sharesOf(address(last)), last.treasuryShares(), "nothing of theirs stays");
        registry.claimFee(0);
        next.claimFee(0);
        assertClose(token.sharesOf(OLD_RECIPIENT), old, 3, "paid");
        assertClose(
            token.sharesOf(OLD_RECIPIENT) + token.sharesOf(NEW_RECIPIENT) + token.sharesOf(address(registry))
                + token.sharesOf(address(next)) - registry.treasuryShares() - next.treasuryShares(),
            first + second + third + fourth,
            0,
            "every share of every fee"
        );
    }

    function test_theKeysOfTheOldRegistryAreNotDepositedAgain() external {
        _giveKeysAndFund(1);
        OperatorRegistry next = _replace(registry);
        KeyInput[] memory keys = _signed(1);
        bytes memory pubkey = registry.pubkeyOf(0);
        vm.prank(OPERATOR_MANAGER);
        next.addOperator("new", address(this), NEW_RECIPIENT, 100, 1);
        vm.expectRevert(abi.encodeWithSelector(OperatorKeys.KnownKey.selector, 0, pubkey));
        next.addKeys(0, false, keys);
    }

    function test_onlyTheAdminReplacesAndOnlyByASuccessorOfTheRegistryInForce() external {
        OperatorRegistry next = _successorOf(registry);
        OperatorRegistry alien = _successorOf(OperatorRegistry(address(0)));
        vm.expectRevert(
            abi.encodeWithSelector(IAccessControl.AccessControlUnauthorizedAccount.selector, address(this), bytes32(0))
        );
        more.setRegistry(next);
        vm.startPrank(ADMIN);
        vm.expectRevert(PoolBase.ZeroAddress.selector);
        more.setRegistry(IOperatorRegistry(address(0)));
        vm.expectRevert(abi.encodeWithSelector(RegistryLine.NotASuccessor.selector, alien));
        more.setRegistry(alien);
        vm.expectRevert(abi.encodeWithSelector(RegistryLine.NotASuccessor.selector, registry));
        more.setRegistry(registry);
        vm.expectEmit();
        emit PoolBase.RegistrySet(next);
        vm.expectEmit();
        emit RegistryLine.Retired(next);
        more.setRegistry(next);
        vm.expectRevert(abi.encodeWithSelector(RegistryLine.NotASuccessor.selector, registry));
        more.setRegistry(registry); // there is no way back
        vm.stopPrank();
    }

    /// @dev Applies a report of what was earned on both layers, and returns what it minted for operators.
    function _feeOfAReport() private returns (uint256 shares) {
        vm.deal(address(rewardsVault), address(rewardsVault).balance + 1 ether);
        (, uint256 sharesBefore) = token.totals();
        uint256 treasuryBefore = _treasury();
        (uint64 refSlot, BlockProof memory proof) = openFrame(0, 0);
        Report memory r = quietReport(refSlot, proof);
        _earnedGwei += 1e7;
        r.depositedWei = uint128(more.depositedWei());
        r.validators = uint32(more.depositedWei() / 32 ether);
        r.clValidatorsGwei = uint64(more.depositedWei() / 1 gwei) + _earnedGwei;
        assertTrue(submit(r, proof), "submitted");
        (, uint256 sharesAfter) = token.totals();
        return (sharesAfter - sharesBefore) - (_treasury() - treasuryBefore);
    }

    /// @dev What the registry in force owes the treasury.
    function _treasury() private view returns (uint256) {
        return OperatorRegistry(address(more.registry())).treasuryShares();
    }

    function _claimable(OperatorRegistry in_) private view returns (uint256) {
        return in_.claimableShares(0);
    }

    function _replace(OperatorRegistry old) private returns (OperatorRegistry next) {
        next = _successorOf(old);
        vm.prank(ADMIN);
        more.setRegistry(next);
        assertEq(address(more.registry()), address(next), "in force");
    }

    function _successorOf(OperatorRegistry old) private returns (OperatorRegistry next) {
        address book = vm.computeCreateAddress(address(this), vm.getNonce(address(this)) + 1);
        next = new OperatorRegistry(
            ADMIN, OPERATOR_MANAGER, ADMIN, address(pool), token, withdrawalVault, 0x10000000, Validators(book), old
        );
        assertEq(address(new Validators(_validatorsConfig(next))), book, "order of deployment");
    }

    function _addKey(OperatorRegistry to, uint256 secret) private {
        vm.prank(OPERATOR_MANAGER);
        to.addOperator("new", address(this), NEW_RECIPIENT, 100_000, 10);
        vm.deal(address(this), address(this).balance + 10 ether);
        to.addBond{value: 10 ether}(0);
        to.addKeys(0, false, _signed(secret));
    }

    function _fund(OperatorRegistry from) private {
        (OperatorRegistry first, Validators book) = (registry, validatorBook);
        (registry, validatorBook) = (from, Validators(address(from.validators())));
        _fundKeys(1);
        (registry, validatorBook) = (first, book);
    }

    function _signed(uint256 secret) private returns (KeyInput[] memory keys) {
        keys = new KeyInput[](1);
        keys[0] =
            new DepositSigner().depositKey(secret, registry.withdrawalCredentials(false), registry.depositDomain());
    }
}
