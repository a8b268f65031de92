// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {FeeAccounts} from "../../src/lib/FeeAccounts.sol";
import {OperatorKeys} from "../../src/OperatorKeys.sol";
import {OperatorRegistry} from "../../src/OperatorRegistry.sol";
import {RegistryLine} from "../../src/RegistryLine.sol";
import {RegistryFixture} from "./RegistryFixture.sol";

contract FeesTest is RegistryFixture {
    function setUp() public {
        _deploy();
        for (uint256 i = 0; i < 3; ++i) {
            _addOperator(10);
            _addKeys(i, 1 + 10 * i, 4);
        }
    }

    function test_OnlyThePoolBooks() public {
        _take(1);
        _refused(
            STRANGER,
            abi.encodeCall(registry.accrueFee, (1, 10_000)),
            abi.encodeWithSelector(RegistryLine.OnlyPool.selector, STRANGER)
        );
    }

    function test_WithoutKeysTheTreasuryHasAll() public {
        pool.accrueFee(registry, token, 4000);
        assertEq(registry.treasuryShares(), 4000, "booked");
        vm.prank(STRANGER);
        assertEq(registry.claimTreasury(), 4000, "anyone sends it");
        assertEq(token.sharesOf(pool.treasury()), 4000, "to the treasury");
        assertEq(registry.claimTreasury(), 0, "nothing twice");
    }

    function testFuzz_TreasuryAndOperatorsMakeTheFee(uint96 shares, uint256 operatorsBps) public {
        _take(3);
        operatorsBps = bound(operatorsBps, 0, 10_000);
        pool.accrueFee(registry, token, shares, operatorsBps);
        uint256 operators = uint256(shares) * operatorsBps / 10_000;
        assertEq(registry.treasuryShares(), shares - operators, "the treasury's");
        uint256 owed = registry.remainderScaled();
        for (uint256 k = 0; k < 3; ++k) {
            owed += registry.owedScaled(k);
        }
        assertEq(owed, operators * FeeAccounts.SCALE, "the operators'");
    }

    function test_AbsurdAmountsAreRefused() public {
        _take(1);
        uint256[2] memory absurd = [type(uint256).max, uint256(1) << 128];
        for (uint256 i = 0; i < 2; ++i) {
            bytes32 before = _state();
            vm.prank(address(pool));
            (bool ok,) = address(registry).call(abi.encodeCall(registry.accrueFee, (absurd[i], 1)));
            assertTrue(!ok, "refused");
            assertEq(_state(), before, "nothing changed");
        }
    }

    function test_SharesGoByActiveKeys() public {
        _take(4);
        pool.accrueFee(registry, token, 4000);
        assertEq(registry.claimableShares(0), 2000, "two keys");
        assertEq(registry.claimableShares(1), 1000, "one key");
        assertEq(registry.claimableShares(2), 1000, "one key");
        _take(2);
        assertEq(registry.claimableShares(1), 1000, "a new key earns nothing of older fees");
        assertEq(registry.claimFee(0), 2000, "claim");
        assertEq(registry.claimFee(0), 0, "nothing twice");
        assertEq(token.sharesOf(_recipient(0)), 2000, "recipient");
        _refused(
            STRANGER,
            abi.encodeCall(registry.claimFee, (3)),
            abi.encodeWithSelector(OperatorKeys.UnknownOperator.selector, 3)
        );
    }

    function test_ADustFeeReachesSomebodyInTheEnd() public {
        _take(3);
        for (uint256 i = 0; i < 3; ++i) {
            pool.accrueFee(registry, token, 1);
        }
        for (uint256 i = 0; i < 3; ++i) {
            assertEq(registry.claimFee(i), 1, "a third of three shares");
        }
        assertEq(token.sharesOf(address(registry)), 0, "nothing is left");
    }

    /// @dev After any mix of fees, new keys and claims: what is owed and what did not divide is what the registry holds, to 2**-32.
    function testFuzz_FeesAreConservedToTheLastFraction(uint256 seed) public {
        _take(1);
        for (uint256 i = 0; i < 24; ++i) {
            uint256 h = uint256(keccak256(abi.encode(seed, i)));
            if (h % 4 == 0 && registry.availableKeys() > 0) _take(1);
            else if (h % 4 == 1) registry.claimFee((h >> 8) % 3);
            else pool.accrueFee(registry, token, (h >> 16) % (h % 3 == 0 ? 7 : 1e27));
            uint256 owed = registry.remainderScaled();
            for (uint256 k = 0; k < 3; ++k) {
                owed += registry.owedScaled(k);
            }
            assertEq(owed, token.sharesOf(address(registry)) * FeeAccounts.SCALE, "booked = held");
        }
        for (uint256 k = 0; k < 3; ++k) {
            registry.claimFee(k);
        }
        assertTrue(
            token.sharesOf(address(registry)) < 4, "less than a share for each account and the remainder is left"
        );
    }
}
