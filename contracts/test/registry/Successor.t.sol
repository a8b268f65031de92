// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IOperatorRegistry, TakenKeys} from "../../src/interfaces/IOperatorRegistry.sol";
import {KeyPicking} from "../../src/KeyPicking.sol";
import {FeeAccounts} from "../../src/lib/FeeAccounts.sol";
import {KeyInput, OperatorKeys} from "../../src/OperatorKeys.sol";
import {OperatorRegistry} from "../../src/OperatorRegistry.sol";
import {RegistryLine} from "../../src/RegistryLine.sol";
import {ValidatorsDouble} from "./Doubles.sol";
import {RegistryFixture} from "./RegistryFixture.sol";

/// @notice Registries that replace each other, under any order of calls.
contract SuccessorTest is RegistryFixture {
    uint256 private constant KEYS = 12;
    uint256 private constant OPERATORS = 2;

    OperatorRegistry[] private _line;
    KeyInput[] private _inputs;
    ValidatorsDouble[] private _books;
    bytes[] private _pubkeys;
    /// @dev Book of the registry that was made last.
    ValidatorsDouble private _made;
    uint256 private _nextKey;
    uint256 private _booked;
    /// @dev What each operator of each registry has earned, scaled, as the rule says: each fee by the ether over all registries.
    uint256[OPERATORS][3] private _earned;
    uint256 private _fees;
    mapping(bytes32 pubkeyHash => uint256) private _takenTimes;

    function setUp() public {
        _deploy();
        _line.push(registry);
        _books.push(validators);
        _operators(registry);
        for (uint256 i = 0; i < KEYS; ++i) {
            _inputs.push(_key(1000 + i));
            _pubkeys.push(_pubkey(1000 + i));
        }
    }

    function test_deployedKeysGoOnEarningAndNewOnesEarnBesideThem() public {
        _add(registry, 0);
        _add(registry, 1);
        _add(registry, 1);
        _takeFrom(0, 3);
        pool.accrueFee(registry, token, 300);
        OperatorRegistry next = _replace();
        assertEq(next.earningEther(), 96, "the old keys count");
        vm.expectEmit();
        emit OperatorRegistry.FeeForwarded(address(registry), 3000, 96);
        pool.accrueFee(next, token, 3000);
        assertEq(registry.claimableShares(0), 1100, "a third of each");
        assertEq(registry.claimableShares(1), 2200, "two thirds of each");
        _add(next, 0);
        _takeFrom(1, 1);
        pool.accrueFee(next, token, 4000);
        assertEq(registry.claimableShares(0), 2100, "a quarter of the last");
        assertEq(registry.claimFee(1), 4200, "claimed from the old registry");
        assertEq(next.claimableShares(0), 1000, "a quarter for the new key");
        assertEq(next.claimFee(0), 1000, "claimed from the new registry");
    }

    function test_anExitThatIsProvenInAnOldRegistryStopsEarning() public {
        _add(registry, 0);
        _add(registry, 1);
        _takeFrom(0, 2);
        OperatorRegistry next = _replace();
        OperatorRegistry last = _replace();
        _books[0].setStake(0, 0);
        assertEq(next.earningEther(), 32, "one key is left");
        assertEq(last.earningEther(), 32, "seen through both");
        pool.accrueFee(last, token, 77);
        assertEq(registry.claimableShares(1), 77, "all for the other key");
        _books[0].setStake(1, 0);
        assertEq(last.earningEther(), 0, "none is left");
        pool.accrueFee(last, token, 1);
        assertEq(last.treasuryShares(), 1, "then the treasury has all");
    }

    function test_anExitCanBeAskedForInAnOldRegistry() public {
        _add(registry, 0);
        _takeFrom(0, 1);
        _replace();
        uint64[] memory ids = new uint64[](1);
        vm.deal(_manager(0), 1 ether);
        vm.expectEmit();
        emit OperatorRegistry.ExitRequested(0, 0, _manager(0));
        vm.prank(_manager(0));
        registry.requestExits{value: 1}(ids);
    }

    function test_aKeyOfAnyPredecessorIsRefused() public {
        _add(registry, 0);
        _takeFrom(0, 1);
        _add(registry, 0); // never taken
        OperatorRegistry next = _replace();
        OperatorRegistry last = _replace();
        for (uint256 i = 0; i < 2; ++i) {
            assertTrue(next.isKnownKey(_pubkeys[i]) && last.isKnownKey(_pubkeys[i]), "known");
            KeyInput[] memory keys = new KeyInput[](1);
            keys[0] = _inputs[i];
            vm.prank(_manager(1));
            vm.expectRevert(abi.encodeWithSelector(OperatorKeys.KnownKey.selector, 0, _pubkeys[i]));
            last.addKeys(1, true, keys);
        }
        assertTrue(!last.isKnownKey(_pubkeys[2]), "another key is not");
    }

    /// @dev Else a key could come into both, and be deposited twice.
    function test_onlyTheRegistryInForceTakesKeysAndHandsThemOut() public {
        _add(registry, 0);
        OperatorRegistry next = _successorOf(registry);
        _operators(next);
        KeyInput[] memory keys = new KeyInput[](1);
        keys[0] = _inputs[5];
        vm.prank(_manager(0));
        vm.expectRevert(RegistryLine.NotInForce.selector);
        next.addKeys(0, true, keys);
        _retire(registry, next);
        vm.prank(_manager(0));
        vm.expectRevert(RegistryLine.NotInForce.selector);
        registry.addKeys(0, true, keys);
        vm.prank(_manager(0));
        next.addKeys(0, true, keys);
        assertEq(registry.availableKeys(), 0, "the old one has nothing to give");
        vm.expectRevert(abi.encodeWithSelector(KeyPicking.NotEnoughKeys.selector, 0, 1));
        validators.take(1);
        assertEq(registry.etherLimits().length, 0, "nor is there a limit to fill");
        vm.expectRevert(abi.encodeWithSelector(KeyPicking.NotEnoughKeys.selector, 0, 1));
        registry.nextKeys(1);
        assertEq(next.availableKeys(), 1, "the new one has");
    }

    function test_onlyThePoolRetiresOnceAndToASuccessor() public {
        OperatorRegistry next = _successorOf(registry);
        OperatorRegistry rival = _successorOf(registry);
        vm.expectRevert(abi.encodeWithSelector(RegistryLine.OnlyPool.selector, address(this)));
        registry.retire(next);
        IOperatorRegistry stranger = IOperatorRegistry(address(_registryWith(IOperatorRegistry(address(0)))));
        vm.startPrank(address(pool));
        vm.expectRevert(abi.encodeWithSelector(RegistryLine.NotASuccessor.selector, stranger));
        registry.retire(stranger);
        vm.expectRevert(abi.encodeWithSelector(RegistryLine.NotASuccessor.selector, registry));
        registry.retire(registry);
        vm.expectEmit();
        emit RegistryLine.Retired(next);
        registry.retire(next);
        assertEq(address(registry.successor()), address(next), "successor");
        vm.expectRevert(abi.encodeWithSelector(RegistryLine.AlreadyRetired.selector, next));
        registry.retire(rival);
        vm.stopPrank();
    }

    function test_onlyTheSuccessorBooksAfterwards() public {
        _add(registry, 0);
        _takeFrom(0, 1);
        OperatorRegistry next = _replace();
        vm.prank(address(pool));
        vm.expectRevert(abi.encodeWithSelector(RegistryLine.OnlySuccessor.selector, address(pool)));
        registry.accrueFee(1, 10_000);
        vm.prank(STRANGER);
        vm.expectRevert(abi.encodeWithSelector(RegistryLine.OnlyPool.selector, STRANGER));
        next.accrueFee(1, 10_000);
    }

    function test_aPredecessorOfAnotherPoolOrWithASuccessorIsRefused() public {
        IOperatorRegistry alien = new OperatorRegistry(
            ADMIN,
            OPERATOR_MANAGER,
            EXITER,
            STRANGER,
            token,
            vault,
            FORK_VERSION,
            validators,
            IOperatorRegistry(address(0))
        );
        _unfit(alien);
        _replace();
        _unfit(registry);
    }

    function _unfit(IOperatorRegistry predecessor) private {
        vm.expectRevert(abi.encodeWithSelector(RegistryLine.UnfitPredecessor.selector, predecessor));
        new OperatorRegistry(
            ADMIN, OPERATOR_MANAGER, EXITER, address(pool), token, vault, FORK_VERSION, validators, predecessor
        );
    }

    /// @dev Any order of keys, fees, exits, claims and up to two replacements: in every registry the accounts and the remainder are what it
    /// holds, all together is what was minted, each operator has its part by ether, and no key is handed out twice.
    function testFuzz_nobodyEarnsTwiceOrLoses(uint256 seed) public {
        for (uint256 i = 0; i < 24; ++i) {
            uint256 h = uint256(keccak256(abi.encode(seed, i)));
            OperatorRegistry now_ = _line[_line.length - 1];
            OperatorRegistry any = _line[(h >> 8) % _line.length];
            uint256 action = h % 8;
            if (action <= 1 && _nextKey < KEYS) _add(now_, (h >> 16) % OPERATORS);
            else if (action == 2) _take(now_);
            else if (action == 3) _exit((h >> 8) % _line.length, (h >> 16) % OPERATORS);
            else if (action == 4) any.claimFee((h >> 16) % OPERATORS);
            else if (action == 5 && _line.length < 3 && (h >> 16) % 3 == 0) _replace();
            else if (action == 6 && _nextKey > 0) _refusedAgain(now_, (h >> 16) % _nextKey);
            else _accrue(now_, (h >> 16) % (h % 2 == 0 ? 9 : 1e24));
            _check();
        }
    }

    function _check() private view {
        uint256 all = 0;
        for (uint256 r = 0; r < _line.length; ++r) {
            uint256 owed = _line[r].remainderScaled();
            for (uint256 i = 0; i < OPERATORS; ++i) {
                uint256 has = _line[r].owedScaled(i);
                owed += has;
                // Less than a share is moved by each rounding: one for each fee and registry.
                has += token.sharesOf(_recipientIn(r, i)) * FeeAccounts.SCALE;
                assertClose(has, _earned[r][i], (3 * _fees + 1) * FeeAccounts.SCALE, "by ether");
                all += token.sharesOf(_recipientIn(r, i));
            }
            assertEq(owed, token.sharesOf(address(_line[r])) * FeeAccounts.SCALE, "booked = held");
            all += token.sharesOf(address(_line[r]));
        }
        assertEq(all, _booked, "held and paid is what was minted");
    }

    function _accrue(OperatorRegistry to, uint256 shares) private {
        uint256 staked = to.earningEther();
        uint256 counted = 0;
        for (uint256 r = 0; r < _line.length; ++r) {
            for (uint256 i = 0; i < OPERATORS; ++i) {
                uint256 stake = _books[r].stakeOf(i).stakedEther;
                counted += stake;
                if (staked > 0) _earned[r][i] += shares * FeeAccounts.SCALE * stake / staked;
            }
        }
        assertEq(staked, counted, "ether, over all registries");
        if (staked == 0) return;
        pool.accrueFee(to, token, shares);
        _booked += shares;
        ++_fees;
    }

    function _take(OperatorRegistry from) private {
        if (from.availableKeys() == 0) return;
        bytes memory looked = from.nextKeys(1);
        bytes memory pubkey = _takeFrom(_line.length - 1, 1);
        assertEq(keccak256(pubkey), keccak256(looked), "as it was shown");
        assertEq(++_takenTimes[keccak256(pubkey)], 1, "handed out once");
    }

    /// @dev Keys of a registry of the line: all are proven and have 32 ether.
    function _takeFrom(uint256 r, uint256 count) private returns (bytes memory) {
        TakenKeys memory taken = _books[r].take(count);
        _books[r].fundAll();
        return taken.pubkeys;
    }

    function _exit(uint256 r, uint256 operatorId) private {
        uint32 staked = _books[r].stakeOf(operatorId).stakedEther;
        if (staked > 0) _books[r].setStake(operatorId, staked - 32);
    }

    function _refusedAgain(OperatorRegistry to, uint256 key) private {
        KeyInput[] memory keys = new KeyInput[](1);
        keys[0] = _inputs[key];
        vm.prank(_manager(0));
        vm.expectRevert(abi.encodeWithSelector(OperatorKeys.KnownKey.selector, 0, _pubkeys[key]));
        to.addKeys(0, true, keys);
    }

    function _add(OperatorRegistry to, uint256 operatorId) private {
        KeyInput[] memory keys = new KeyInput[](1);
        keys[0] = _inputs[_nextKey++];
        vm.prank(_manager(operatorId));
        to.addKeys(operatorId, true, keys);
    }

    function _replace() private returns (OperatorRegistry next) {
        OperatorRegistry old = _line[_line.length - 1];
        next = _successorOf(old);
        _line.push(next);
        _books.push(_made);
        _operators(next);
        _retire(old, next);
    }

    function _retire(OperatorRegistry old, OperatorRegistry next) private {
        vm.prank(address(pool));
        old.retire(next);
    }

    function _successorOf(OperatorRegistry old) private returns (OperatorRegistry) {
        return _registryWith(old);
    }

    function _registryWith(IOperatorRegistry predecessor) private returns (OperatorRegistry made) {
        (made, _made) = _makeRegistry(predecessor);
        vault.grantRole(vault.EXIT_ROLE(), address(made));
    }

    function _operators(OperatorRegistry to) private {
        uint256 r = address(to) == address(_line[_line.length - 1]) ? _line.length - 1 : _line.length;
        for (uint256 i = 0; i < OPERATORS; ++i) {
            vm.prank(OPERATOR_MANAGER);
            to.addOperator("operator", _manager(i), _recipientIn(r, i), 3200, 64);
            vm.deal(address(this), address(this).balance + 64 ether);
            to.addBond{value: 64 ether}(i);
        }
    }

    function _recipientIn(uint256 r, uint256 operatorId) private pure returns (address) {
        return address(uint160(0x5000 + 16 * r + operatorId));
    }
}
