// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {G2Point} from "../../src/interfaces/Types.sol";
import {OracleCommittee} from "../../src/OracleCommittee.sol";
import {Signer} from "../Signer.sol";
import {Committee} from "../system/Committee.sol";

/// @notice Who cannot become a candidate, and why.
contract RegistrationTest is Committee {
    address private constant NEWCOMER = address(0x4E3);
    uint256 private constant SECRET = 77;

    bytes32[4] private key;
    G2Point private possession;

    function setUp() public {
        deployAll();
        key = Signer.keyOf(SECRET);
        possession = Signer.sign(SECRET, committee.proofMessage(NEWCOMER, key));
        vm.deal(NEWCOMER, 10 ether);
    }

    function _refused(uint256 bondWei, bytes memory peerId, G2Point memory proof, bytes memory reason) private {
        bytes32 before = fingerprint();
        vm.prank(NEWCOMER);
        vm.expectRevert(reason);
        committee.register{value: bondWei}(key, peerId, proof);
        assertEq(fingerprint(), before, "moved");
        assertEq(address(committee).balance, 0, "ether was kept");
    }

    function test_aBondBelowTheLeastIsRefused() external {
        bytes memory reason = abi.encodeWithSelector(OracleCommittee.BondTooSmall.selector, 1 ether - 1, 1 ether);
        _refused(1 ether - 1, "peer", possession, reason);
        vm.prank(NEWCOMER);
        committee.register{value: 1 ether}(key, "peer", possession);
        assertEq(address(committee).balance, 1 ether, "the least is enough");
    }

    function test_aPeerIdHasOneTo64Bytes() external {
        uint256 most = committee.MAX_PEER_ID_LENGTH();
        _refused(1 ether, "", possession, abi.encodeWithSelector(OracleCommittee.MalformedPeerId.selector, 0));
        bytes memory reason = abi.encodeWithSelector(OracleCommittee.MalformedPeerId.selector, most + 1);
        _refused(1 ether, new bytes(most + 1), possession, reason);
        vm.prank(NEWCOMER);
        committee.register{value: 1 ether}(key, new bytes(most), possession);
    }

    function test_aKeyIsRegisteredOnce() external {
        vm.prank(NEWCOMER);
        bytes32 id = committee.register{value: 1 ether}(key, "peer", possession);
        vm.prank(NEWCOMER);
        vm.expectRevert(abi.encodeWithSelector(OracleCommittee.KeyAlreadyRegistered.selector, id));
        committee.register{value: 1 ether}(key, "peer", possession);
        assertEq(address(committee).balance, 1 ether, "one bond");
    }

    /// @dev The proof is bound to key and owner: neither another key's nor one that somebody else showed will do.
    function test_possessionIsProvenByThisKeyForThisOwner() external {
        bytes memory reason = abi.encodeWithSelector(OracleCommittee.ProofOfPossessionInvalid.selector);
        _refused(1 ether, "peer", Signer.sign(SECRET + 1, committee.proofMessage(NEWCOMER, key)), reason);
        _refused(1 ether, "peer", Signer.sign(SECRET, committee.proofMessage(ownerOf(0), key)), reason);
    }

    function makeCommittee(OracleCommittee.Config calldata c) external {
        new OracleCommittee(c);
    }

    function test_theTreasuryIsNamedAndTheRewardIsAPartOfTheBond() external {
        OracleCommittee.Config memory c = OracleCommittee.Config({
            admin: ADMIN,
            membership: MEMBERSHIP,
            ejector: GUARDIAN,
            slasher: address(oracle),
            treasury: address(0),
            minBondWei: 1 ether,
            unbondingSeconds: 1 weeks,
            reporterRewardBps: 10_000,
            schedule: schedule()
        });
        vm.expectRevert(OracleCommittee.ImpossibleConfig.selector);
        this.makeCommittee(c);
        c.treasury = TREASURY;
        this.makeCommittee(c);
        c.reporterRewardBps = 10_001;
        vm.expectRevert(OracleCommittee.ImpossibleConfig.selector);
        this.makeCommittee(c);
    }
}
