// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IDepositContract} from "../src/interfaces/IDepositContract.sol";

interface Vm {
    function readFile(string calldata path) external view returns (string memory);
    function parseBytes(string calldata text) external pure returns (bytes memory);
    function etch(address target, bytes calldata code) external;
    function load(address target, bytes32 slot) external view returns (bytes32);
    function store(address target, bytes32 slot, bytes32 value) external;
    function deal(address account, uint256 weiAmount) external;
}

interface IDepositCount {
    function get_deposit_count() external view returns (bytes memory);
}

/// @title The two builds of the beacon deposit contract that `make fixtures` writes
/// @notice One is mainnet's creation code, the other what Prysm's interop genesis installs. Both are shown to be the
/// deposit contract of the specification, by its published empty root, and to answer alike.
contract FixturesTest {
    Vm private constant VM = Vm(address(uint160(uint256(keccak256("hevm cheat code")))));

    /// @dev `get_deposit_root` of mainnet's contract before its first deposit.
    bytes32 private constant EMPTY_ROOT = 0xd70a234731285c6804c2a4f56711ddb8c82c99740f207854891028af34e27e5e;
    /// @dev Slots of the contract: branch 0..31, count 32, zero hashes 33..64.
    uint256 private constant SLOTS = 65;

    IDepositContract private created;
    IDepositContract private installed;

    function setUp() public {
        bytes memory code = _code("deposit_contract_creation");
        address target;
        assembly ("memory-safe") {
            target := create(0, add(code, 32), mload(code))
        }
        require(target != address(0), "creation failed");
        created = IDepositContract(target);
        installed = IDepositContract(address(0xdeadbeef));
        VM.etch(address(installed), _code("deposit_contract_runtime"));
        for (uint256 slot = 0; slot < SLOTS; ++slot) {
            VM.store(address(installed), bytes32(slot), VM.load(target, bytes32(slot)));
        }
    }

    function test_createdContractStartsWithThePublishedEmptyRoot() public view {
        require(created.get_deposit_root() == EMPTY_ROOT, "created: wrong empty root");
    }

    function test_genesisCodeNeedsTheConstructorsStorage() public {
        require(installed.get_deposit_root() == EMPTY_ROOT, "installed: wrong empty root");
        VM.etch(address(0xbad), _code("deposit_contract_runtime"));
        require(IDepositContract(address(0xbad)).get_deposit_root() != EMPTY_ROOT, "storage is not needed");
    }

    function test_buildsDifferInCodeOnly() public view {
        require(keccak256(address(created).code) != keccak256(address(installed).code), "one build");
    }

    function testFuzz_buildsAnswerAlike(bytes32 seed, uint8 deposits) public {
        VM.deal(address(this), 8 * 32 ether);
        for (uint256 i = 0; i < deposits % 4; ++i) {
            bytes memory key = abi.encodePacked(keccak256(abi.encode(seed, i)), bytes16(seed));
            _deposit(created, key, seed);
            _deposit(installed, key, seed);
        }
        require(created.get_deposit_root() == installed.get_deposit_root(), "roots differ");
        require(
            keccak256(IDepositCount(address(created)).get_deposit_count())
                == keccak256(IDepositCount(address(installed)).get_deposit_count()),
            "counts differ"
        );
    }

    function _deposit(IDepositContract target, bytes memory key, bytes32 credentials) private {
        bytes memory signature = new bytes(96);
        bytes32 keyRoot = sha256(abi.encodePacked(key, bytes16(0)));
        bytes32 signatureRoot =
            sha256(abi.encodePacked(sha256(new bytes(64)), sha256(abi.encodePacked(bytes32(0), bytes32(0)))));
        // 32 ether in gwei, 0x0773594000, little-endian.
        bytes32 amount = bytes32(bytes8(0x0040597307000000));
        bytes32 root = sha256(
            abi.encodePacked(
                sha256(abi.encodePacked(keyRoot, credentials)), sha256(abi.encodePacked(amount, signatureRoot))
            )
        );
        target.deposit{value: 32 ether}(key, abi.encodePacked(credentials), signature, root);
    }

    function _code(string memory name) private view returns (bytes memory) {
        return VM.parseBytes(VM.readFile(string.concat("./test/fixtures/", name, ".hex")));
    }
}
