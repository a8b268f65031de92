// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {BuilderProof} from "../../src/interfaces/IStateProofs.sol";
import {BeaconState} from "../../src/lib/BeaconState.sol";
import {StateProofs} from "../../src/StateProofs.sol";
import {TestBase} from "../TestBase.sol";
import {BuilderTree} from "./BuilderTree.sol";

/// @notice Builders are proven in states of Gloas, by their place in a progressive list. Go tests hold container and place against states of
/// a consensus client.
contract BuildersTest is TestBase {
    uint64 private constant GLOAS_SLOT = 1000;
    bytes private _pubkey =
        hex"aabbccddeeff00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff00112233445566778899";

    StateProofs private _states = new StateProofs(address(this), 1_600_000_000, 12, 8192, GLOAS_SLOT);

    function test_aBuilderIsProvenAtItsPlace() external view {
        for (uint64 index = 0; index < 90; index += index < 6 ? 1 : 16) {
            (BuilderProof memory p, bytes32 root) = _made(index);
            _states.requireBuilder(root, GLOAS_SLOT, _pubkey, p);
        }
    }

    function test_nothingElseIsProven() external {
        (BuilderProof memory p, bytes32 root) = _made(7);
        for (uint256 i = 0; i < 8; ++i) {
            BuilderProof memory other = abi.decode(abi.encode(p), (BuilderProof));
            if (i == 0) other.builderIndex = 8;
            if (i == 1) other.version = 1;
            if (i == 2) other.executionAddress = address(0xbad);
            if (i == 3) other.balanceGwei += 1;
            if (i == 4) other.depositEpoch += 1;
            if (i == 5) other.withdrawableEpoch -= 1;
            if (i == 6) other.branch[3] ^= bytes32(uint256(1));
            bytes memory key = _pubkey;
            if (i == 7) key[47] ^= 0x01;
            _refused(root, GLOAS_SLOT, key, other, StateProofs.NotInState.selector);
        }
        _refused(root ^ bytes32(uint256(1)), GLOAS_SLOT, _pubkey, p, StateProofs.NotInState.selector);
        _refused(root, GLOAS_SLOT, hex"aa", p, BeaconState.InvalidPubkeyLength.selector);
        p.builderIndex = 1 << 40;
        _refused(root, GLOAS_SLOT, _pubkey, p, StateProofs.ValidatorIndexTooLarge.selector);
    }

    function test_statesBeforeGloasHaveNone() external {
        (BuilderProof memory p, bytes32 root) = _made(0);
        _refused(root, GLOAS_SLOT - 1, _pubkey, p, StateProofs.NoBuilders.selector);
    }

    function _refused(bytes32 root, uint64 slot, bytes memory key, BuilderProof memory p, bytes4 reason) private {
        (bool ok, bytes memory why) =
            address(_states).call(abi.encodeCall(StateProofs.requireBuilder, (root, slot, key, p)));
        assertTrue(!ok, "refused");
        assertEq(bytes32(bytes4(why)), bytes32(reason), "with its reason");
    }

    function _made(uint64 index) private view returns (BuilderProof memory p, bytes32 root) {
        p = BuilderProof(index, 0, address(0xB1), 5e9, 77, type(uint64).max, new bytes32[](0));
        root = BuilderTree.seal(_pubkey, p);
    }
}
