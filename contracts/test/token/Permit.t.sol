// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ERC20Permit} from "@openzeppelin/contracts/token/ERC20/extensions/ERC20Permit.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {IERC20Permit} from "@openzeppelin/contracts/token/ERC20/extensions/IERC20Permit.sol";
import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";
import {TokenFixture} from "./TokenFixture.sol";

/// @notice EIP-2612 on the token and on the wrapper.
contract PermitTest is TokenFixture {
    struct Signature {
        uint8 v;
        bytes32 r;
        bytes32 s;
    }

    bytes32 private constant PERMIT_TYPEHASH =
        keccak256("Permit(address owner,address spender,uint256 value,uint256 nonce,uint256 deadline)");
    bytes32 private constant DOMAIN_TYPEHASH =
        keccak256("EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)");
    /// @dev Order of secp256k1.
    uint256 private constant ORDER = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141;
    uint256 private constant KEY = 0xA11CE;
    uint256 private constant DEADLINE = 1000;

    address private owner = vm.addr(KEY);
    address[2] private contracts;
    string[2] private names = ["Tidemark Staked Ether", "Wrapped Tidemark Staked Ether"];

    function setUp() public override {
        super.setUp();
        contracts = [address(token), address(wrapper)];
        vm.warp(DEADLINE);
    }

    /// @dev The domain is written apart from the contract's own.
    function _domain(uint256 which) private view returns (bytes32) {
        bytes32 name = keccak256(bytes(names[which]));
        return keccak256(abi.encode(DOMAIN_TYPEHASH, name, keccak256("1"), block.chainid, contracts[which]));
    }

    function _sign(uint256 which, uint256 key, uint256 value, uint256 nonce, uint256 deadline)
        private
        view
        returns (Signature memory s)
    {
        bytes32 permit = keccak256(abi.encode(PERMIT_TYPEHASH, owner, BOB, value, nonce, deadline));
        (s.v, s.r, s.s) = vm.sign(key, keccak256(abi.encodePacked(hex"1901", _domain(which), permit)));
    }

    function _permit(uint256 which, uint256 value, uint256 deadline, Signature memory s) private {
        IERC20Permit(contracts[which]).permit(owner, BOB, value, deadline, s.v, s.r, s.s);
    }

    /// @dev Refused, and allowance and nonce are as they were.
    function _refused(uint256 which, uint256 value, uint256 deadline, Signature memory s, bytes4 selector) private {
        uint256 nonce = IERC20Permit(contracts[which]).nonces(owner);
        uint256 allowance = IERC20(contracts[which]).allowance(owner, BOB);
        (bool ok, bytes memory reason) =
            contracts[which].call(abi.encodeCall(IERC20Permit.permit, (owner, BOB, value, deadline, s.v, s.r, s.s)));
        assertTrue(!ok && bytes4(reason) == selector, "refused for this reason");
        assertEq(IERC20Permit(contracts[which]).nonces(owner), nonce, "nonce");
        assertEq(IERC20(contracts[which]).allowance(owner, BOB), allowance, "allowance");
    }

    function testFuzz_aPermitIsAnApproval(uint256 value, uint256 wait) external {
        wait = bound(wait, 0, 1e9);
        for (uint256 which = 0; which < 2; ++which) {
            Signature memory s = _sign(which, KEY, value, 0, DEADLINE + wait);
            vm.warp(DEADLINE + wait);
            vm.prank(CAROL); // whoever brings it
            _permit(which, value, DEADLINE + wait, s);
            assertEq(IERC20(contracts[which]).allowance(owner, BOB), value, "allowance");
            assertEq(IERC20Permit(contracts[which]).nonces(owner), 1, "nonce");
        }
    }

    function test_aPermitIsGoodOnceAndInOrder() external {
        for (uint256 which = 0; which < 2; ++which) {
            Signature memory first = _sign(which, KEY, 5, 0, DEADLINE);
            Signature memory second = _sign(which, KEY, 6, 1, DEADLINE);
            _refused(which, 6, DEADLINE, second, ERC20Permit.ERC2612InvalidSigner.selector);
            _permit(which, 5, DEADLINE, first);
            _refused(which, 5, DEADLINE, first, ERC20Permit.ERC2612InvalidSigner.selector);
            _permit(which, 6, DEADLINE, second);
            assertEq(IERC20(contracts[which]).allowance(owner, BOB), 6, "the second replaces the first");
        }
    }

    function test_aPermitExpires() external {
        for (uint256 which = 0; which < 2; ++which) {
            vm.warp(DEADLINE + 1);
            Signature memory s = _sign(which, KEY, 5, 0, DEADLINE);
            _refused(which, 5, DEADLINE, s, ERC20Permit.ERC2612ExpiredSignature.selector);
            vm.warp(DEADLINE);
            _permit(which, 5, DEADLINE, s);
        }
    }

    function test_aPermitOfAnotherSignerChainTokenOrValueIsRefused() external {
        bytes4 wrong = ERC20Permit.ERC2612InvalidSigner.selector;
        for (uint256 which = 0; which < 2; ++which) {
            _refused(which, 5, DEADLINE, _sign(which, 0xB0B, 5, 0, DEADLINE), wrong);
            _refused(which, 5, DEADLINE, _sign(1 - which, KEY, 5, 0, DEADLINE), wrong);
            Signature memory s = _sign(which, KEY, 5, 0, DEADLINE);
            _refused(which, 6, DEADLINE, s, wrong);
            _refused(which, 5, DEADLINE + 1, s, wrong);
            vm.chainId(5);
            _refused(which, 5, DEADLINE, s, wrong);
            assertEq(IERC20Permit(contracts[which]).DOMAIN_SEPARATOR(), _domain(which), "domain of the other chain");
            vm.chainId(31337);
            assertEq(IERC20Permit(contracts[which]).DOMAIN_SEPARATOR(), _domain(which), "domain of this chain");
            _permit(which, 5, DEADLINE, s);
        }
    }

    function testFuzz_theOtherFormOfASignatureIsRefused(uint256 value) external {
        for (uint256 which = 0; which < 2; ++which) {
            Signature memory s = _sign(which, KEY, value, 0, DEADLINE);
            Signature memory mirrored = Signature(s.v == 27 ? 28 : 27, s.r, bytes32(ORDER - uint256(s.s)));
            _refused(which, value, DEADLINE, mirrored, ECDSA.ECDSAInvalidSignatureS.selector);
            _permit(which, value, DEADLINE, s);
            _refused(which, value, DEADLINE, mirrored, ECDSA.ECDSAInvalidSignatureS.selector);
        }
    }

    function test_aMalformedSignatureStandsForNobody() external {
        for (uint256 which = 0; which < 2; ++which) {
            _refused(which, 5, DEADLINE, Signature(0, 0, 0), ECDSA.ECDSAInvalidSignature.selector);
            Signature memory s = _sign(which, KEY, 5, 0, DEADLINE);
            s.v = 29;
            _refused(which, 5, DEADLINE, s, ECDSA.ECDSAInvalidSignature.selector);
            vm.expectRevert(ECDSA.ECDSAInvalidSignature.selector);
            IERC20Permit(contracts[which]).permit(address(0), BOB, 5, DEADLINE, 0, 0, 0);
        }
    }

    function test_aPermitAndADepositWrapWithoutAnApproval() external {
        mint(owner, 10 ether);
        bytes32 permit =
            keccak256(abi.encode(PERMIT_TYPEHASH, owner, address(wrapper), uint256(4 ether), uint256(0), DEADLINE));
        (uint8 v, bytes32 r, bytes32 s) =
            vm.sign(KEY, keccak256(abi.encodePacked(hex"1901", token.DOMAIN_SEPARATOR(), permit)));
        token.permit(owner, address(wrapper), 4 ether, DEADLINE, v, r, s);
        vm.prank(owner);
        wrapper.deposit(4 ether, owner);
        assertEq(wrapper.balanceOf(owner), 4 ether, "wrapped");
        assertEq(token.allowance(owner, address(wrapper)), 0, "spent");
    }
}
