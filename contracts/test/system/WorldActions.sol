// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {BlockProof, Certificate, Report} from "../../src/interfaces/Types.sol";
import {KeyProof} from "../../src/interfaces/IValidators.sol";
import {KeyInput} from "../../src/OperatorKeys.sol";
import {Sanity} from "../../src/lib/Sanity.sol";
import {PoolExtension} from "../../src/pool/PoolExtension.sol";
import {ReportOracle} from "../../src/ReportOracle.sol";
import {Validators} from "../../src/Validators.sol";
import {DepositSigner} from "../registry/DepositSigner.sol";
import {HolderActions} from "./HolderActions.sol";

/// @notice What the consensus layer does, and sane reports of it.
abstract contract WorldActions is HolderActions {
    DepositSigner private immutable _keys = new DepositSigner();
    uint256 private _nextKey = 1;

    Report internal _report;
    BlockProof internal _proof;

    /// @dev Deposits until the buffer has `neededWei` that no request needs.
    function _fill(uint256 neededWei) private {
        while (more.freeWei() < neededWei) {
            _deposit(more.freeWei() % ACTORS | 200 ether << 8);
        }
    }

    function _fund(uint256) internal {
        _makeUsable(32 ether);
        _fundNow();
    }

    /// @dev Ether that was there at a report and that nothing has asked for.
    function _makeUsable(uint256 neededWei) internal {
        _openDeposits();
        while (more.usableWei() < neededWei || more.bunker()) {
            _fill(neededWei);
            _plainReport(0);
            _openDeposits();
        }
        _passFork(); // last: all of the above takes time
    }

    /// @dev Just before the fork no key is opened.
    function _passFork() private {
        uint256 forkSlot = GLOAS_EPOCH * SLOTS_PER_EPOCH;
        if (slotNow() < forkSlot && slotNow() + 2 + FORK_QUIET_SECONDS / SECONDS_PER_SLOT >= forkSlot) {
            toSlot(forkSlot);
        }
    }

    /// @dev The next key of operator 0: compounding, or not.
    function _addKey() internal returns (uint64 keyId) {
        KeyInput[] memory keys = new KeyInput[](1);
        bool compounding = _nextKey & 1 == 1;
        keys[0] = _keys.depositKey(_nextKey++, registry.withdrawalCredentials(compounding), registry.depositDomain());
        keyId = registry.operatorInfo(0).totalKeys;
        registry.addKeys(0, compounding, keys);
    }

    function _fundNow() private rateNeverFalls {
        uint64 keyId = _addKey();
        (uint256 buffered, uint256 free) = (more.bufferedWei(), more.freeWei());
        (uint256 deposited, uint256 price) = (more.depositedWei(), depositPriceNow());
        bytes32 root = depositContract.get_deposit_root();
        validatorBook.predeposit(1);
        expect(depositContract.get_deposit_root() != root, "the deposit contract took no deposit");
        expect(buffered - more.bufferedWei() == 1 ether && more.depositedWei() == deposited, "not at par");
        expect(depositPriceNow() == price, "first ether moves the price");
        _proveKeys(uint32(keyId), 1);
        expect(more.depositedWei() - deposited == 1 ether, "proven and no deposit");
        validatorBook.topUp(1, new KeyProof[](0));
        expect(buffered - more.bufferedWei() == 32 ether && free - more.freeWei() == 32 ether, "funded otherwise");
        expect(more.depositedWei() - deposited == 32 ether, "not deposited");
        ledgerBufferWei -= 32 ether;
        ledgerDepositedWei += 32 ether;
        clGwei += 32e9;
        ++validators;
        reach(Effect.Fund);
    }

    function _ensureValidator(uint256 seed) private {
        if (clGwei < 1e9 || exited == validators) _fund(seed);
    }

    function _reward(uint256 seed) internal {
        _ensureValidator(seed);
        uint256 gainGwei = bound(seed, 1, clGwei / 5000 + 2);
        clGwei += gainGwei;
        inWei += gainGwei * 1 gwei;
        reach(Effect.Reward);
    }

    function _loss(uint256 seed) internal {
        _ensureValidator(seed);
        uint256 lostGwei = bound(seed, 1, clGwei / 2000);
        clGwei -= lostGwei;
        outWei += lostGwei * 1 gwei;
        reach(Effect.Loss);
    }

    /// @dev A withdrawal is deducted now and paid by the next payload, which `withheld` keeps away: then it stays in flight, over reports too.
    function _toVault(uint256 amountGwei, bool withheld) private {
        _pay();
        clGwei -= amountGwei;
        inFlightGwei = amountGwei;
        if (!withheld) _pay();
    }

    /// @dev A payload comes and pays what is in flight.
    function _pay() internal {
        vm.deal(address(withdrawalVault), address(withdrawalVault).balance + inFlightGwei * 1 gwei);
        inFlightGwei = 0;
    }

    function _sweep(uint256 seed) internal {
        _ensureValidator(seed);
        _toVault(bound(seed, 1, clGwei / 10), seed & 1 == 1);
        reach(Effect.Sweep);
    }

    /// @dev A report while a sweep is under way: it moves nothing. Then the payload comes.
    function _withhold(uint256 seed) internal {
        _ensureValidator(seed);
        _plainReport(seed); // of what was lost before
        _toVault(bound(seed, 1, clGwei), true);
        uint256 rate = ledgerRate;
        _plainReport(seed);
        expect(more.lastReport().clInFlightGwei == inFlightGwei, "what is in flight is not remembered");
        expect(ledgerRate >= rate, "a sweep looks like a loss");
        if (seed & 2 == 0) _pay();
        reach(Effect.Withhold);
    }

    function _exit(uint256 seed) internal {
        _ensureValidator(seed);
        ++exited;
        _toVault(clGwei < 32e9 ? clGwei : 32e9, seed & 1 == 0);
        reach(Effect.Exit);
    }

    /// @dev All that is left exits.
    function _exitAll() internal {
        exited = validators;
        _toVault(clGwei, false);
    }

    function _executionReward(uint256 seed) internal {
        gift(address(rewardsVault), bound(seed, 1, 3 ether));
        reach(Effect.ExecutionReward);
    }

    /// @dev Rewards beyond what the time allows the rate to rise.
    function _useBucket(uint256 seed) internal {
        gift(address(rewardsVault), 5 ether);
        vm.warp(block.timestamp + 1 days);
        while (ledgerFalse) _plainReport(seed);
        _plainReport(seed);
        gift(address(rewardsVault), 5 ether);
        vm.warp(block.timestamp + 1 days);
        _plainReport(seed);
    }

    function _gift(uint256 seed) internal {
        gift(seed & 1 == 0 ? address(withdrawalVault) : address(rewardsVault), bound(seed >> 1, 1, 3 ether));
        reach(Effect.Gift);
    }

    function _open(bool bunker) internal {
        (uint64 refSlot, BlockProof memory proof) = openFrame(uint64(clGwei % 3), uint64(clGwei % 2));
        keep(_proof, proof);
        _report = truth(refSlot, proof, bunker);
        if (!bunker) _report.finalizeUpTo = chooseUpTo(_report);
    }

    function _submitNow() internal {
        bool alone = !needsGuardian(_report);
        bool taken = oracle.submit(_report, certifyInForce(_report, 0), _proof);
        expect(taken == alone, "a sane report was not accepted, or one that needs a guardian was");
        if (taken) return;
        expect(more.head().flags & 4 != 0 && more.head().heldUntil > block.timestamp, "a hold is not told");
        vm.prank(GUARDIAN);
        oracle.acceptQuarantined(_report);
    }

    function _openDeposits() internal override {
        while (more.head().flags & (4 | 8 | 32) != 0) _plainReport(0);
    }

    function _submitWithAbsent() private {
        (, bytes32[] memory ids) = committee.committeeAt(_report.refSlot);
        uint256 most = ids.length - committee.quorum(ids.length);
        bytes32 before = fingerprint();
        Certificate memory c = certifyInForce(_report, most + 1);
        (bool short,) = address(oracle).call(abi.encodeCall(ReportOracle.submit, (_report, c, _proof)));
        expect(!short && fingerprint() == before, "a report below the quorum was taken");
        expect(oracle.submit(_report, certifyInForce(_report, most), _proof), "a quorum was refused");
        if (most > 0) reach(Effect.Absentees);
    }

    function _plainReport(uint256) internal {
        _open(false);
        follow(_report, needsGuardian(_report), _submitNow);
        expect(!more.bunker(), "bunker without losses");
        reach(Effect.Report);
    }

    function _reportWithAbsent(uint256) internal {
        _open(false);
        for (uint256 i = 0; needsGuardian(_report); ++i) {
            vm.warp(block.timestamp + 30 days * (i % 2));
            _plainReport(0);
            _open(false);
        }
        follow(_report, false, _submitWithAbsent);
    }

    function _bunkerReport(uint256 seed) internal {
        _open(true);
        follow(_report, needsGuardian(_report), _submitNow);
        (bool ok, bytes memory why) = address(validatorBook).call(abi.encodeCall(validatorBook.predeposit, (1)));
        bytes4 reason = bytes4(why);
        bool told = reason == PoolExtension.EtherStays.selector || reason == Validators.ForkIsNear.selector;
        expect(more.bunker() && !ok && told, "funded in bunker mode");
        if (seed & 1 == 0) _plainReport(seed);
        reach(Effect.Bunker);
    }

    /// @dev An open request, and a buffer that can carry all of them.
    function _ensureRequest(uint256 seed) internal {
        (uint64 last,) = queue.bounds();
        if (last == frozenUpTo) {
            _request(seed);
            (last,) = queue.bounds();
        }
        (uint256 demandWei,) = openDemand(last);
        while (more.bufferedWei() < demandWei) {
            _deposit(demandWei % ACTORS | 200 ether << 8);
        }
    }

    function _finalization(uint256 seed) internal {
        _ensureRequest(seed);
        _finalizeAll();
    }

    /// @dev One report for each batch: none spans a fall of the rate, none is mixed, and none comes with a loss beyond noise.
    function _finalizeAll() internal {
        (uint64 last, uint64 finalized) = queue.bounds();
        vm.warp(block.timestamp + 2 hours);
        for (uint256 i = 0; finalized < last && i < 2 * last + 8; ++i) {
            _open(false);
            follow(_report, needsGuardian(_report), _submitNow);
            (, finalized) = queue.bounds();
        }
        expect(finalized == last, "the buffer could carry it and it waits");
        reach(Effect.Finalization);
    }

    function _claim(uint256 seed) internal {
        if (_claimAny(seed)) return;
        _finalization(seed);
        _claimAny(seed);
    }

    function _settle(uint256 seed) internal {
        if (!_settleAny(seed, 1 + (seed >> 8) % 3)) _finalization(seed);
        _settleAny(seed, type(uint256).max);
    }

    /// @dev The oracle falls silent; old requests are finalized from what is there.
    function _silence(uint256 seed) internal {
        if (_inDoubt()) _plainReport(seed);
        _ensureRequest(seed);
        if (_inDoubt()) _plainReport(seed);
        _silenceNow();
    }

    function _inDoubt() internal view returns (bool) {
        return more.head().flags & (2 | 8 | 32) != 0 || ledgerHeldRate != 0;
    }

    /// @dev The first slots after a frame's close, at least `seconds_` from now.
    function _toSilentWindow(uint256 seconds_) internal {
        vm.warp(block.timestamp + seconds_);
        if (nextRefSlot() < slotNow() + 2) toSlot(nextRefSlot() + 1);
        uint256 close = nextRefSlot() - CLOSE_SLOTS;
        if (slotNow() < close) toSlot(close);
    }

    /// @dev A batch of requests that can be finalized at a rate.
    function _silentUpTo(uint256 rateWei, uint256 rateShares) internal view returns (uint64 upTo) {
        (uint64 last,) = queue.bounds();
        uint64 first = frozenUpTo + 1;
        for (uint64 id = first; id <= last && requestFalls[id] == requestFalls[first]; ++id) {
            bool below = requestWei[first] <= requestShares[first] * rateWei / rateShares;
            if (below && requestWei[id] > requestShares[id] * rateWei / rateShares) break;
            upTo = id;
        }
    }

    /// @dev Ether for all that wait, without a deposit.
    function _fillBuffer() internal {
        (uint64 last,) = queue.bounds();
        (uint256 demandWei,) = openDemand(last);
        if (ledgerBufferWei >= demandWei) return;
        uint256 extra = demandWei - ledgerBufferWei;
        gift(address(pool), extra);
        more.skim();
        ledgerBufferWei += extra;
    }

    function _silenceNow() private rateNeverFalls {
        _fillBuffer();
        _toSilentWindow(0);
        (uint64 last,) = queue.bounds();
        (bool ok,) = address(pool).call(abi.encodeCall(more.finalizeWithoutReport, (last)));
        expect(!ok, "finalized without a report although young");
        _toSilentWindow(STALE_SECONDS + 1);
        followSilence(_silentUpTo(ledgerWei, ledgerShares), ledgerWei, ledgerShares);
        reach(Effect.Silence);
    }

    function _claimFee(uint256 seed) internal {
        while (registry.claimableShares(0) == 0) {
            _ensureValidator(seed);
            uint256 gainGwei = clGwei / 100 + 1; // more than the losses that may wait
            clGwei += gainGwei;
            inWei += gainGwei * 1 gwei;
            _plainReport(seed);
        }
        _claimFeeNow();
    }

    function _claimFeeNow() private rateNeverFalls {
        moveShares(address(registry), OPERATOR_RECIPIENT, registry.claimFee(0));
        expect(registry.claimTreasury() == ledgerTreasuryShares, "the treasury claims otherwise");
        moveShares(address(registry), TREASURY, ledgerTreasuryShares);
        ledgerTreasuryShares = 0;
        reach(Effect.FeeClaim);
    }
}
