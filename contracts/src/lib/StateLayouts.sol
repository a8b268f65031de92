// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @notice Where proofs find things in a `BeaconState`, from some fork on.
struct StateLayout {
    /// @dev First slot of the fork: states of blocks from it on have this layout.
    uint64 fromSlot;
    /// @dev Generalized index of the field `validators`.
    uint32 validators;
    /// @dev Generalized index of the field `balances`.
    uint32 balances;
    /// @dev Generalized index of the field `block_roots`.
    uint32 blockRoots;
    /// @dev Generalized index of the field `builders`, a progressive list; 0: the states have none.
    uint32 builders;
    /// @dev The first two lists are progressive (EIP-7916). Else their limit is 2**40 elements.
    bool progressive;
}

/// @title Layouts of the beacon state
/// @notice Generalized indices of what is proven under a state's root.
/// @dev Source: consensus specs, `BeaconState` in electra, fulu and gloas beacon-chain.md, ssz/merkle-proofs.md; EIP-7495 and EIP-7916. The
/// root of a tree has index 1, the children of node `g` have `2g` and `2g + 1`.
/// - Electra has 37 fields and Fulu 38, so both have 64 leaves: field `f` has index `64 + f`. `VALIDATOR_REGISTRY_LIMIT` is 2**40 in every
///   preset.
/// - Gloas is a progressive container of 46 fields: the fields are the left child of the root and stand in subtrees of 1, 4, 16 and 64
///   leaves. Fields 5 to 20 are in the third, whose root has index 22: field `f` has index `352 + f - 5`. Fields 21 to 84 are in the fourth,
///   whose root has index 46: field `f` has index `2944 + f - 21`.
library StateLayouts {
    /// @notice Levels of the contents of an ordinary list of validators.
    uint256 internal constant VALIDATOR_LEVELS = 40;
    /// @notice Levels of the contents of an ordinary list of balances: four stand in a chunk.
    uint256 internal constant BALANCE_LEVELS = 38;

    /// @notice Layout of Electra and Fulu.
    function electra() internal pure returns (StateLayout memory) {
        return StateLayout({fromSlot: 0, validators: 75, balances: 76, blockRoots: 69, builders: 0, progressive: false});
    }

    /// @notice Layout of Gloas.
    function gloas(uint64 fromSlot) internal pure returns (StateLayout memory) {
        return StateLayout({
            fromSlot: fromSlot, validators: 358, balances: 359, blockRoots: 352, builders: 2961, progressive: true
        });
    }

    /// @notice Generalized index of a validator's container.
    function validator(StateLayout memory self, uint256 validatorIndex) internal pure returns (uint256) {
        return _element(self, self.validators, VALIDATOR_LEVELS, validatorIndex);
    }

    /// @notice Generalized index of the chunk with a validator's balance.
    function balanceChunk(StateLayout memory self, uint256 validatorIndex) internal pure returns (uint256) {
        return _element(self, self.balances, BALANCE_LEVELS, validatorIndex / 4);
    }

    /// @notice Generalized index of the number of balances: a list has its contents left and its length right.
    function balancesLength(StateLayout memory self) internal pure returns (uint256) {
        return 2 * uint256(self.balances) + 1;
    }

    /// @notice Generalized index of an element of `block_roots`, a vector of `2**levels` leaves.
    function blockRoot(StateLayout memory self, uint256 levels, uint256 index) internal pure returns (uint256) {
        return (uint256(self.blockRoots) << levels) + index;
    }

    function _element(StateLayout memory self, uint256 list, uint256 levels, uint256 index)
        private
        pure
        returns (uint256)
    {
        return self.progressive ? progressiveElement(list, index) : (2 * list << levels) + index;
    }

    /// @notice Generalized index of leaf `index` of the progressive list at `list`: it stands in the first subtree that it fits in, of 1, 4,
    /// 16, … leaves. A subtree is the left child of its node; the right child is the node of the next one.
    function progressiveElement(uint256 list, uint256 index) internal pure returns (uint256) {
        uint256 node = 2 * list;
        uint256 leaves = 1;
        while (index >= leaves) {
            index -= leaves;
            leaves *= 4;
            node = 2 * node + 1;
        }
        return 2 * node * leaves + index;
    }
}
