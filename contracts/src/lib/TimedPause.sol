// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {AccessControl} from "@openzeppelin/contracts/access/AccessControl.sol";
import {Pausable} from "@openzeppelin/contracts/utils/Pausable.sol";

/// @title A pause that ends by itself
/// @notice Who pauses holds things up for at most `maxPauseSeconds`, and can pause again only after as long as the pause lasted. The admin, which
/// is behind a timelock, is not bound by the second rule.
abstract contract TimedPause is AccessControl, Pausable {
    /// @notice The running or last pause. One storage word.
    struct Pause {
        address by;
        uint40 since;
        uint40 until;
    }

    /// @notice May pause.
    bytes32 public constant PAUSER_ROLE = keccak256("PAUSER_ROLE");
    /// @notice May end a pause.
    bytes32 public constant RESUMER_ROLE = keccak256("RESUMER_ROLE");

    /// @notice Longest pause, in seconds.
    uint40 public immutable maxPauseSeconds;

    Pause private _pauseOf;
    /// @notice When an account that has paused may do so again, in seconds.
    mapping(address pauser => uint256) public mayPauseFrom;

    /// @notice The pause ends by itself then, unless it is ended before.
    event PauseEnds(uint256 until);

    /// @notice A pause of no time would stop nothing; one of more than 90 days would be no pause.
    error MaxPauseOutOfRange(uint256 given, uint256 most);
    /// @notice The account has paused lately.
    error PausedLately(address account, uint256 mayPauseFrom);

    constructor(uint256 maxPauseSeconds_) {
        if (maxPauseSeconds_ == 0 || maxPauseSeconds_ > 90 days) revert MaxPauseOutOfRange(maxPauseSeconds_, 90 days);
        maxPauseSeconds = uint40(maxPauseSeconds_);
    }

    /// @notice Pauses for at most `maxPauseSeconds`. By a pauser, or by the admin.
    function pause() external {
        if (!hasRole(DEFAULT_ADMIN_ROLE, msg.sender)) {
            _checkRole(PAUSER_ROLE);
            uint256 from = mayPauseFrom[msg.sender];
            if (block.timestamp < from) revert PausedLately(msg.sender, from);
        }
        _pauseNow();
    }

    /// @notice Ends the pause.
    function unpause() external onlyRole(RESUMER_ROLE) {
        _unpause();
        mayPauseFrom[_pauseOf.by] = 2 * block.timestamp - _pauseOf.since;
        _pauseEnds(0);
    }

    /// @notice When the running or last pause ends by itself, in seconds.
    function pausedUntil() public view returns (uint256) {
        return _pauseOf.until;
    }

    /// @notice Whether a pause runs.
    function paused() public view virtual override returns (bool) {
        return super.paused() && block.timestamp < _pauseOf.until;
    }

    function _pauseNow() internal {
        _pause();
        uint40 until = uint40(block.timestamp) + maxPauseSeconds;
        _pauseOf = Pause(msg.sender, uint40(block.timestamp), until);
        mayPauseFrom[msg.sender] = uint256(until) + maxPauseSeconds;
        emit PauseEnds(until);
        _pauseEnds(until);
    }

    /// @dev For those who tell others. 0: it ended now.
    function _pauseEnds(uint256 until) internal virtual {}
}
