// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {AccessControl} from "@openzeppelin/contracts/access/AccessControl.sol";
import {Judged, LastReport, Report} from "./interfaces/Types.sol";
import {Limits, Sanity, SanityInput} from "./lib/Sanity.sol";

/// @title Bounds on what a certified report may say
/// @notice Keeps the limits of a deployment and judges reports against them. The soft limits are the admin's (a timelock);
/// the ceilings are immutable: no soft limit passes them, and no guardian accepts what lies beyond them.
contract SanityChecker is AccessControl {
    /// @notice Sanity lanes are hundred-thousandths: sixteen lanes of 16 bits can never sum to more.
    uint32 internal constant MAX_LOSS_WINDOW_PCM = 16 * 65_535;

    Limits private _limits;
    // A struct cannot be immutable: its fields are.
    uint32 private immutable _ceilingAnnualGainBps;
    uint64 private immutable _ceilingGiftMarginGwei;
    uint32 private immutable _ceilingNewValidatorsPerEpoch;
    uint32 private immutable _ceilingExitsPerEpoch;

    /// @notice The soft limits are now these.
    event LimitsSet(Limits limits);

    /// @notice A soft limit is looser than its ceiling.
    error LimitAboveCeiling(string field, uint256 value, uint256 ceiling);

    /// @param admin Sets soft limits; the timelock.
    /// @param limits_ The first soft limits.
    /// @param ceilings_ The hardest bounds, for ever. The loss window has none (a real loss must never freeze the token), nor
    /// has the request margin: both are ignored here.
    constructor(address admin, Limits memory limits_, Limits memory ceilings_) {
        _grantRole(DEFAULT_ADMIN_ROLE, admin);
        _ceilingAnnualGainBps = ceilings_.annualGainBps;
        _ceilingGiftMarginGwei = ceilings_.giftMarginGwei;
        _ceilingNewValidatorsPerEpoch = ceilings_.newValidatorsPerEpoch;
        _ceilingExitsPerEpoch = ceilings_.exitsPerEpoch;
        _set(limits_);
    }

    /// @notice Sets the soft limits. Only the admin.
    function setLimits(Limits calldata limits_) external onlyRole(DEFAULT_ADMIN_ROLE) {
        _set(limits_);
    }

    /// @notice The soft limits in force.
    function limits() external view returns (Limits memory) {
        return _limits;
    }

    /// @notice The immutable ceilings. The request margin is the soft one: no ceiling loosens it.
    function ceilings() public view returns (Limits memory) {
        return Limits({
            annualGainBps: _ceilingAnnualGainBps,
            giftMarginGwei: _ceilingGiftMarginGwei,
            lossWindowPcm: MAX_LOSS_WINDOW_PCM,
            newValidatorsPerEpoch: _ceilingNewValidatorsPerEpoch,
            exitsPerEpoch: _ceilingExitsPerEpoch,
            requestMarginSeconds: _limits.requestMarginSeconds
        });
    }

    /// @notice Judges a report against the soft limits; for a guardian who accepts it against the ceilings.
    /// @return code 0 when sane, else the first breach in the order of `Sanity`.
    /// @return value What the report says.
    /// @return bound What it may say at most (or at least, for decreases).
    /// @return judged What the pool has to know of the judgement.
    function check(LastReport calldata last, Report calldata report, SanityInput calldata input)
        external
        view
        returns (uint8 code, uint256 value, uint256 bound, Judged memory judged)
    {
        return Sanity.check(input.byGuardian ? ceilings() : _limits, last, report, input);
    }

    function _set(Limits memory l) private {
        _within("annualGainBps", l.annualGainBps, _ceilingAnnualGainBps);
        _within("giftMarginGwei", l.giftMarginGwei, _ceilingGiftMarginGwei);
        _within("lossWindowPcm", l.lossWindowPcm, MAX_LOSS_WINDOW_PCM);
        _within("newValidatorsPerEpoch", l.newValidatorsPerEpoch, _ceilingNewValidatorsPerEpoch);
        _within("exitsPerEpoch", l.exitsPerEpoch, _ceilingExitsPerEpoch);
        _limits = l;
        emit LimitsSet(l);
    }

    function _within(string memory field, uint256 value, uint256 ceiling) private pure {
        if (value > ceiling) revert LimitAboveCeiling(field, value, ceiling);
    }
}
