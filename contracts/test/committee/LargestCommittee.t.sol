// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Vote} from "../../src/interfaces/Types.sol";
import {CommitteeSets} from "../../src/committee/CommitteeSets.sol";
import {Signer} from "../Signer.sol";
import {Committee} from "../system/Committee.sol";

/// @notice Every change of the largest committee fits into a transaction, also while another change is staged, when two sets may have to be
/// written. EIP-7825 (Osaka) allows a transaction 2**24 gas; a tenth of it is kept free.
contract LargestCommitteeTest is Committee {
    uint256 private constant LARGEST = 250;
    uint256 private constant MOST_GAS = (uint256(1) << 24) * 9 / 10;

    bytes32[] private _ids;

    /// @notice What the call costs as a transaction of its own.
    event GasUsed(string call, uint256 gasUsed);

    function setUp() public {
        deployAll();
        for (uint256 i = 0; i <= LARGEST; ++i) {
            _ids.push(registerMember(i));
        }
    }

    function test_admittingAllAtOnceFits() external {
        _within("admit 250", MEMBERSHIP, address(committee), abi.encodeCall(committee.admit, (_first(LARGEST))));
        assertEq(_count(), LARGEST, "members");
    }

    function test_registeringFitsBesideTheLargestCommittee() external {
        _form();
        bytes32[4] memory key = Signer.keyOf(secretOf(LARGEST + 1));
        address owner = ownerOf(LARGEST + 1);
        bytes memory call = abi.encodeCall(
            committee.register,
            (key, new bytes(64), Signer.sign(secretOf(LARGEST + 1), committee.proofMessage(owner, key)))
        );
        vm.deal(owner, 1 ether);
        _within("register", owner, 1 ether, address(committee), call);
    }

    function test_admittingTheLastOneFitsWhileAChangeIsStaged() external {
        _form();
        vm.prank(ownerOf(7));
        committee.requestLeave(_ids[7]);
        bytes32[] memory last = new bytes32[](1);
        last[0] = _ids[LARGEST];
        _within("admit the last", MEMBERSHIP, address(committee), abi.encodeCall(committee.admit, (last)));
        assertEq(_count(), LARGEST, "full again");
    }

    function test_leavingFits() external {
        _form();
        _within("requestLeave", ownerOf(0), address(committee), abi.encodeCall(committee.requestLeave, (_ids[0])));
        _within(
            "requestLeave, staged",
            ownerOf(249),
            address(committee),
            abi.encodeCall(committee.requestLeave, (_ids[249]))
        );
        assertEq(_count(), LARGEST - 2, "members");
    }

    /// @dev The worst order: each is found last, among all that are left.
    function test_removingAllAtOnceFits() external {
        _form();
        bytes32[] memory ids = new bytes32[](LARGEST);
        for (uint256 i = 0; i < LARGEST; ++i) {
            ids[i] = _ids[LARGEST - 1 - i];
        }
        _within("remove 250", MEMBERSHIP, address(committee), abi.encodeCall(committee.remove, (ids)));
        assertEq(_count(), 0, "members");
    }

    function test_ejectingFitsWhileAChangeIsStaged() external {
        _form();
        _stage();
        _within("eject", GUARDIAN, address(committee), abi.encodeCall(committee.eject, (_ids[248])));
        assertEq(_count(), LARGEST - 2, "members");
    }

    function test_slashingFitsWhileAChangeIsStaged() external {
        _form();
        uint64 refSlot = nextRefSlot() - FRAME_SLOTS;
        bytes32 digest = committee.digestAt(refSlot);
        _stage();
        Vote memory a = Vote(digest, refSlot, "a", Signer.sign(secretOf(248), oracle.voteMessage(digest, refSlot, "a")));
        Vote memory b = Vote(digest, refSlot, "b", Signer.sign(secretOf(248), oracle.voteMessage(digest, refSlot, "b")));
        _within("slash", address(this), address(oracle), abi.encodeCall(oracle.slashEquivocation, (_ids[248], a, b)));
        assertEq(_count(), LARGEST - 2, "members");
    }

    function test_oneMoreThanTheLargestIsRefused() external {
        bytes32[] memory all = _ids;
        vm.prank(MEMBERSHIP);
        vm.expectRevert(abi.encodeWithSelector(CommitteeSets.TooManyMembers.selector, LARGEST + 1, LARGEST));
        committee.admit(all);
    }

    /// @dev The set answers for the open round.
    function _form() private {
        bytes32[] memory ids = _first(LARGEST);
        vm.prank(MEMBERSHIP);
        committee.admit(ids);
        openFrame(0, 0);
    }

    /// @dev Any member can do this in any frame.
    function _stage() private {
        vm.prank(ownerOf(249));
        committee.requestLeave(_ids[249]);
    }

    function _first(uint256 n) private view returns (bytes32[] memory ids) {
        ids = new bytes32[](n);
        for (uint256 i = 0; i < n; ++i) {
            ids[i] = _ids[i];
        }
    }

    function _count() private view returns (uint256) {
        (, bytes32[] memory ids) = committee.committeeAt(nextRefSlot());
        return ids.length;
    }

    function _within(string memory name, address from, address to, bytes memory call) private {
        _within(name, from, 0, to, call);
    }

    /// @dev Osaka's rules from here on. That they hold is told by an instruction which Prague does not have: count leading zeros.
    function _osaka() private {
        vm.setEvmVersion("osaka");
        address clz = address(0xC12);
        vm.etch(clz, hex"60011e5f5260205ff3");
        (bool ok, bytes memory zeros) = clz.staticcall("");
        assertTrue(ok && abi.decode(zeros, (uint256)) == 255, "Osaka's rules");
    }

    /// @dev With no more gas than a transaction has after its own price, every byte of calldata taken as the dearest.
    function _within(string memory name, address from, uint256 weiAmount, address to, bytes memory call) private {
        _osaka();
        uint256 intrinsic = 21_000 + 16 * call.length;
        vm.cool(address(committee));
        vm.cool(address(oracle));
        vm.prank(from);
        uint256 before = gasleft();
        (bool ok,) = to.call{gas: MOST_GAS - intrinsic, value: weiAmount}(call);
        uint256 used = before - gasleft() + intrinsic;
        emit GasUsed(name, used);
        assertTrue(ok, name);
        assertLe(used, MOST_GAS, name);
    }
}
