// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";

/// @notice What a certificate of single signatures would cost, done well: members in storage, signatures in ascending order of the signer.
/// For the comparison in docs/gas.md only.
contract EcdsaQuorum {
    mapping(address member => bool) private _isMember;

    error NotAQuorum();

    function admit(address[] calldata members) external {
        for (uint256 i = 0; i < members.length; ++i) {
            _isMember[members[i]] = true;
        }
    }

    function verify(bytes32 message, uint256 quorum, bytes[] calldata signatures) external view {
        address last = address(0);
        for (uint256 i = 0; i < signatures.length; ++i) {
            address signer = ECDSA.recoverCalldata(message, signatures[i]);
            if (signer <= last || !_isMember[signer]) revert NotAQuorum();
            last = signer;
        }
        if (signatures.length < quorum) revert NotAQuorum();
    }
}
