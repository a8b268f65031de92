// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {AccessControl} from "@openzeppelin/contracts/access/AccessControl.sol";
import {Address} from "@openzeppelin/contracts/utils/Address.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";
import {SafeTransferLib} from "solady/utils/SafeTransferLib.sol";
import {CommitteeSets} from "./committee/CommitteeSets.sol";
import {IOracleCommittee} from "./interfaces/IOracleCommittee.sol";
import {G2Point} from "./interfaces/Types.sol";
import {BLS12381} from "./lib/BLS12381.sol";
import {KeyDraft, KeyDrafts} from "./lib/KeyDrafts.sol";
import {Schedule, Schedules} from "./lib/Schedule.sol";

/// @title Oracle committee
/// @notice Members with their owner, key, peer id and bond. A member is one key: its identifier is the key's hash, and key, owner and peer
/// id are bound to each other for ever. To change one of them, register anew and let the old member leave.
contract OracleCommittee is CommitteeSets, AccessControl {
    using KeyDrafts for KeyDraft;
    using SafeCast for uint256;
    using Schedules for Schedule;

    /// @notice Who may do what, and the terms of membership.
    struct Config {
        address admin;
        address membership;
        address ejector;
        /// @dev The report oracle.
        address slasher;
        address treasury;
        uint96 minBondWei;
        /// @dev Time from leaving the committee until the bond can be withdrawn, in seconds.
        uint64 unbondingSeconds;
        /// @dev The reporter's part of a slashed bond, in parts per 10,000.
        uint16 reporterRewardBps;
        Schedule schedule;
    }

    /// @notice Where a member stands.
    enum State {
        None,
        Candidate,
        Member,
        Left,
        Slashed
    }

    /// @notice A member.
    struct Member {
        address owner;
        uint96 bondWei;
        State state;
        /// @dev When it was or will be out of the committee, in seconds; 0 before.
        uint64 leftAt;
        bytes32[4] key;
        bytes peerId;
    }

    /// @notice May admit and remove members, from the next frame on.
    bytes32 public constant MEMBERSHIP_ROLE = keccak256("MEMBERSHIP_ROLE");
    /// @notice May eject a member at once.
    bytes32 public constant EJECTOR_ROLE = keccak256("EJECTOR_ROLE");
    /// @notice May slash: the report oracle.
    bytes32 public constant SLASHER_ROLE = keccak256("SLASHER_ROLE");
    /// @notice EIP-712-like type of the message that proves possession of a key.
    bytes32 public constant POP_TYPEHASH =
        keccak256("TidemarkProofOfPossession(uint256 chainId,address committee,address owner,bytes pubkey)");
    /// @notice Longest peer id, in bytes.
    uint256 public constant MAX_PEER_ID_LENGTH = 64;
    uint256 private constant BPS = 10_000;

    address public immutable treasury;
    uint96 public immutable minBondWei;
    uint64 public immutable unbondingSeconds;
    uint16 public immutable reporterRewardBps;

    mapping(bytes32 id => Member) private _members;

    /// @notice A key with its proof of possession is a candidate.
    event Registered(bytes32 indexed id, address indexed owner, bytes32[4] key, bytes peerId, uint256 bondWei);
    /// @notice The bond grew to `bondWei`.
    event BondAdded(bytes32 indexed id, uint256 bondWei);
    /// @notice The bond went back to the owner.
    event BondWithdrawn(bytes32 indexed id, address indexed to, uint256 bondWei);
    /// @notice The member answers from `fromRefSlot` on.
    event Admitted(bytes32 indexed id, uint64 fromRefSlot);
    /// @notice The member does not answer from `fromRefSlot` on.
    event Removed(bytes32 indexed id, uint64 fromRefSlot);
    /// @notice `admit` or `remove` left this one as it is, because of the state that it is in.
    event Skipped(bytes32 indexed id, State state);
    /// @notice The member answers no more.
    event Ejected(bytes32 indexed id);
    /// @notice The member signed two things: its bond is gone.
    event MemberSlashed(bytes32 indexed id, address indexed reporter, uint256 rewardWei, uint256 toTreasuryWei);

    /// @notice The bond is below the least.
    error BondTooSmall(uint256 bondWei, uint256 minWei);
    /// @notice The peer id is empty or too long.
    error MalformedPeerId(uint256 length);
    /// @notice The key was registered before.
    error KeyAlreadyRegistered(bytes32 id);
    /// @notice The proof of possession does not verify: it is bound to chain, committee contract, owner and key.
    error ProofOfPossessionInvalid();
    /// @notice The member is not in a state that allows this.
    error WrongState(bytes32 id, State state);
    /// @notice The caller does not own the member.
    error NotMemberOwner(bytes32 id, address caller);
    /// @notice The bond stays until then, so that evidence can still be brought.
    error BondLocked(uint256 untilSeconds);
    /// @notice The treasury is missing, or the reward is above the whole bond.
    error ImpossibleConfig();

    /// @param c Roles and terms.
    constructor(Config memory c) CommitteeSets(c.schedule) {
        if (c.treasury == address(0) || c.reporterRewardBps > BPS) revert ImpossibleConfig();
        _grantRole(DEFAULT_ADMIN_ROLE, c.admin);
        _grantRole(MEMBERSHIP_ROLE, c.membership);
        _grantRole(EJECTOR_ROLE, c.ejector);
        _grantRole(SLASHER_ROLE, c.slasher);
        treasury = c.treasury;
        minBondWei = c.minBondWei;
        unbondingSeconds = c.unbondingSeconds;
        reporterRewardBps = c.reporterRewardBps;
    }

    /// @notice Registers a key of the caller as a candidate, with `msg.value` as its bond.
    /// @param key Public key, in the encoding of EIP-2537.
    /// @param peerId libp2p peer id that the member's node has.
    /// @param proof Signature over `proofMessage(caller, key)` with that key.
    /// @return id The member's identifier.
    function register(bytes32[4] calldata key, bytes calldata peerId, G2Point calldata proof)
        external
        payable
        returns (bytes32 id)
    {
        if (msg.value < minBondWei) revert BondTooSmall(msg.value, minBondWei);
        if (peerId.length == 0 || peerId.length > MAX_PEER_ID_LENGTH) revert MalformedPeerId(peerId.length);
        BLS12381.requireKey(key);
        id = keccak256(KeyDrafts.pack(key));
        if (_members[id].state != State.None) revert KeyAlreadyRegistered(id);
        if (!BLS12381.verify(key, proofMessage(msg.sender, key), proof)) revert ProofOfPossessionInvalid();
        _members[id] = Member({
            owner: msg.sender,
            bondWei: msg.value.toUint96(),
            state: State.Candidate,
            leftAt: 0,
            key: key,
            peerId: peerId
        });
        emit Registered(id, msg.sender, key, peerId, msg.value);
    }

    /// @notice Adds `msg.value` to a member's bond. Anyone may call.
    function addBond(bytes32 id) external payable {
        Member storage m = _members[id];
        if (m.state != State.Candidate && m.state != State.Member) revert WrongState(id, m.state);
        m.bondWei = (m.bondWei + msg.value).toUint96();
        emit BondAdded(id, m.bondWei);
    }

    /// @notice Lets candidates answer from the first reference slot on that is `closeSlots` away. Who is no candidate, or no more, is skipped:
    /// nobody can stop a batch by leaving before it.
    function admit(bytes32[] calldata ids) external onlyRole(MEMBERSHIP_ROLE) {
        KeyDraft memory draft = _upcoming(ids.length);
        uint64 from = _refSlotOfChange();
        uint256 before = draft.count();
        for (uint256 i = 0; i < ids.length; ++i) {
            Member storage m = _members[ids[i]];
            if (m.state != State.Candidate) {
                emit Skipped(ids[i], m.state);
                continue;
            }
            m.state = State.Member;
            draft.add(m.key);
            emit Admitted(ids[i], from);
        }
        if (draft.count() != before) _stage(draft);
    }

    /// @notice Lets members no longer answer from the first reference slot on that is `closeSlots` away. Who is no member, or no more, is
    /// skipped.
    function remove(bytes32[] calldata ids) external onlyRole(MEMBERSHIP_ROLE) {
        KeyDraft memory draft = _upcoming(0);
        uint256 before = draft.count();
        for (uint256 i = 0; i < ids.length; ++i) {
            Member storage m = _members[ids[i]];
            if (m.state == State.Member) _removeFrom(draft, ids[i], m);
            else emit Skipped(ids[i], m.state);
        }
        if (draft.count() != before) _stage(draft);
    }

    /// @notice Lets the caller's member leave from the first reference slot on that is `closeSlots` away.
    function requestLeave(bytes32 id) external {
        _requireOwner(id);
        Member storage m = _members[id];
        if (m.state != State.Member) revert WrongState(id, m.state);
        KeyDraft memory draft = _upcoming(0);
        _removeFrom(draft, id, m);
        _stage(draft);
    }

    /// @notice Takes a member out of the committee at once, also for the open round.
    function eject(bytes32 id) external onlyRole(EJECTOR_ROLE) {
        Member storage m = _members[id];
        if (m.state != State.Member && !(m.state == State.Left && m.leftAt > block.timestamp)) {
            revert WrongState(id, m.state);
        }
        _eject(id, m, State.Left);
    }

    /// @inheritdoc IOracleCommittee
    function slash(bytes32 id, address reporter) external onlyRole(SLASHER_ROLE) {
        Member storage m = _members[id];
        if (m.state == State.None || m.state == State.Slashed) revert WrongState(id, m.state);
        uint256 bondWei = m.bondWei;
        m.bondWei = 0;
        _eject(id, m, State.Slashed);
        uint256 rewardWei = bondWei * reporterRewardBps / BPS;
        emit MemberSlashed(id, reporter, rewardWei, bondWei - rewardWei);
        // Nobody may be able to stop a slashing by refusing ether.
        SafeTransferLib.forceSafeTransferETH(reporter, rewardWei);
        SafeTransferLib.forceSafeTransferETH(treasury, bondWei - rewardWei);
    }

    /// @notice Sends the bond of the caller's member to `to`: a candidate's at once, a former member's after the unbonding time.
    function withdrawBond(bytes32 id, address payable to) external {
        _requireOwner(id);
        Member storage m = _members[id];
        if (m.state != State.Candidate && m.state != State.Left) revert WrongState(id, m.state);
        if (m.state == State.Left && block.timestamp < m.leftAt + unbondingSeconds) {
            revert BondLocked(m.leftAt + unbondingSeconds);
        }
        uint256 bondWei = m.bondWei;
        m.bondWei = 0;
        m.state = State.Left;
        emit BondWithdrawn(id, to, bondWei);
        Address.sendValue(to, bondWei);
    }

    /// @notice A member.
    function member(bytes32 id) external view returns (Member memory) {
        return _members[id];
    }

    /// @inheritdoc IOracleCommittee
    function verifyMember(bytes32 id, bytes32 message, G2Point calldata signature) external view returns (bool) {
        Member storage m = _members[id];
        if (m.state == State.None) revert WrongState(id, m.state);
        return BLS12381.verify(m.key, message, signature);
    }

    /// @notice What the owner of a key signs with it to prove possession.
    function proofMessage(address owner, bytes32[4] calldata key) public view returns (bytes32) {
        return keccak256(abi.encode(POP_TYPEHASH, block.chainid, address(this), owner, abi.encodePacked(key)));
    }

    /// @dev Takes the member out of the draft.
    function _removeFrom(KeyDraft memory draft, bytes32 id, Member storage m) private {
        uint64 from = _refSlotOfChange();
        m.state = State.Left;
        // The round before `from` closes before the end of slot `from`: until then the member can be ejected, and the time in which
        // evidence can be brought begins then.
        m.leftAt = uint64(schedule().timeOf(uint256(from) + 1));
        emit Removed(id, from);
        draft.drop(draft.indexOf(id), m.key);
    }

    function _eject(bytes32 id, Member storage m, State to) private {
        if (m.state == State.Member || (m.state == State.Left && m.leftAt > block.timestamp)) {
            _expel(id, m.key);
            m.leftAt = uint64(block.timestamp);
            emit Ejected(id);
        }
        m.state = to;
    }

    function _requireOwner(bytes32 id) private view {
        if (_members[id].owner != msg.sender) revert NotMemberOwner(id, msg.sender);
    }
}
