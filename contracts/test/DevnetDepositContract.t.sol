// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {DevnetDepositContract} from "../src/devnet/DevnetDepositContract.sol";
import {DepositData} from "../src/lib/DepositData.sol";
import {TestBase} from "./TestBase.sol";
import {Vm} from "./Vm.sol";

/// @title The devnet's deposit contract beside mainnet's
/// @notice Whatever both are given, both take or refuse it, log the same and have the same root.
contract DevnetDepositContractTest is TestBase {
    /// @dev `get_deposit_root` of mainnet's contract before its first deposit.
    bytes32 private constant EMPTY_ROOT = 0xd70a234731285c6804c2a4f56711ddb8c82c99740f207854891028af34e27e5e;

    DevnetDepositContract private mainnet; // another code behind the same calls
    DevnetDepositContract private devnet;

    function setUp() public {
        bytes memory code = vm.parseBytes(vm.readFile("./test/fixtures/deposit_contract_creation.hex"));
        address target;
        assembly ("memory-safe") {
            target := create(0, add(code, 32), mload(code))
        }
        require(target != address(0), "creation failed");
        mainnet = DevnetDepositContract(target);
        devnet = new DevnetDepositContract();
        vm.deal(address(this), 2 ** 100);
    }

    function test_rootIsThePublishedOneBeforeTheFirstDeposit() public view {
        assertEq(devnet.get_deposit_root(), EMPTY_ROOT, "root");
        assertEq(mainnet.get_deposit_root(), EMPTY_ROOT, "root of the original");
    }

    function test_bareCodeIsEnough() public {
        vm.etch(address(0xd0), address(devnet).code);
        assertEq(DevnetDepositContract(address(0xd0)).get_deposit_root(), EMPTY_ROOT, "root");
    }

    /// forge-config: default.fuzz.runs = 32
    function testFuzz_depositsAreLoggedAndHashedAlike(bytes32 seed, uint8 deposits) public {
        for (uint256 i = 0; i < deposits % 40; ++i) {
            bytes32 r = keccak256(abi.encode(seed, i));
            // Among them zero and one deposit, amounts that are no multiple of a gwei, too small ones, and wrong roots.
            uint256 weiAmount =
                uint256(r) % 100 ether / (r[0] & 0x01 == 0 ? 1 gwei : 1) * (r[0] & 0x01 == 0 ? 1 gwei : 1);
            bytes memory pubkey = abi.encodePacked(r, bytes16(~r));
            bytes memory signature = abi.encodePacked(~r, r, keccak256(pubkey));
            bytes32 root = DepositData.root(pubkey, r, signature, uint64(weiAmount / 1 gwei));
            if (r[1] & 0x0f == 0) root = ~root;
            _alike(weiAmount, abi.encodeCall(devnet.deposit, (pubkey, abi.encodePacked(r), signature, root)));
        }
    }

    function testFuzz_lengthsAreRefusedAlike(uint8 pubkey, uint8 credentials, uint8 signature) public {
        bytes memory deposit = abi.encodeCall(
            devnet.deposit, (new bytes(pubkey % 64), new bytes(credentials % 48), new bytes(signature % 112), 0)
        );
        _alike(32 ether, deposit);
    }

    /// @dev As the consensus specification reads it: amount and index in little-endian.
    function test_aDepositIsTold() public {
        (bytes memory pubkey, bytes memory signature) = (new bytes(48), new bytes(96));
        pubkey[0] = 0xaa;
        bytes memory index = hex"0000000000000000";
        for (uint256 i = 0; i < 2; ++i) {
            vm.expectEmit();
            // 32e9 gwei
            emit DevnetDepositContract.DepositEvent(
                pubkey, abi.encodePacked(bytes32("creds")), hex"0040597307000000", signature, index
            );
            bytes32 root = DepositData.root(pubkey, "creds", signature, 32e9);
            devnet.deposit{value: 32 ether}(pubkey, abi.encodePacked(bytes32("creds")), signature, root);
            index = hex"0100000000000000";
        }
    }

    function test_amountsAtTheEdgesAreTakenAlike() public {
        uint256[6] memory edges =
            [0, 1 ether - 1 gwei, 1 ether, 1 ether + 1, uint256(type(uint64).max) * 1 gwei, 2 ** 64 * 1 gwei];
        for (uint256 i = 0; i < edges.length; ++i) {
            bytes memory pubkey = new bytes(48);
            bytes memory signature = new bytes(96);
            bytes32 root = DepositData.root(pubkey, 0, signature, uint64(edges[i] / 1 gwei));
            _alike(edges[i], abi.encodeCall(devnet.deposit, (pubkey, new bytes(32), signature, root)));
        }
        assertEq(bytes32(devnet.get_deposit_count()), bytes32(bytes8(0x0200000000000000)), "two of them are deposits");
    }

    function testFuzz_interfacesAreTheSame(bytes4 id) public view {
        bytes4[4] memory ids = [id, bytes4(0x01ffc9a7), bytes4(0x85640907), bytes4(0xffffffff)];
        for (uint256 i = 0; i < ids.length; ++i) {
            assertTrue(mainnet.supportsInterface(ids[i]) == devnet.supportsInterface(ids[i]), "interface");
        }
        assertTrue(devnet.supportsInterface(0x85640907), "the published interface");
    }

    /// @dev Makes the same call to both and compares everything that can be seen.
    function _alike(uint256 weiAmount, bytes memory data) private {
        vm.recordLogs();
        (bool takenByMainnet,) = address(mainnet).call{value: weiAmount}(data);
        Vm.Log[] memory expected = vm.getRecordedLogs();
        vm.recordLogs();
        (bool taken,) = address(devnet).call{value: weiAmount}(data);
        Vm.Log[] memory actual = vm.getRecordedLogs();

        assertTrue(taken == takenByMainnet, "one took what the other refused");
        // forge records what a refused call logged, too: the original logs before its last check.
        if (taken) assertEq(actual.length, expected.length, "number of events");
        for (uint256 i = 0; taken && i < actual.length; ++i) {
            assertEq(keccak256(abi.encode(actual[i].topics)), keccak256(abi.encode(expected[i].topics)), "topics");
            assertEq(keccak256(actual[i].data), keccak256(expected[i].data), "event");
        }
        assertEq(devnet.get_deposit_root(), mainnet.get_deposit_root(), "root");
        assertEq(keccak256(devnet.get_deposit_count()), keccak256(mainnet.get_deposit_count()), "count");
        assertEq(address(devnet).balance, address(mainnet).balance, "balance");
    }
}
