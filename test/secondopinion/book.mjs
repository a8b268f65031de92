// The independent book of both layers. It adds up what happened, and never looks at what a state says of pending deposits or of withdrawals under way: what
// validators earn, and what consolidations move, comes from the client's own functions for that, run apart; what the execution layer holds comes from the payloads
// that were built and executed.
import {ForkSeq, SLOTS_PER_EPOCH} from "@lodestar/params";
import {beforeProcessEpoch, processSlots} from "@lodestar/state-transition";
import {
  processInactivityUpdates, processJustificationAndFinalization, processPendingConsolidations, processPendingDeposits, processRegistryUpdates, processRewardsAndPenalties,
  processSlashings,
} from "@lodestar/state-transition/epoch";
import {isPool, vault} from "./network.mjs";
import {hex} from "./stream.mjs";

// Of Electra: MIN_SLASHING_PENALTY_QUOTIENT_ELECTRA and WHISTLEBLOWER_REWARD_QUOTIENT_ELECTRA.
const slashingQuotient = 4096;

const builderFlag = 2 ** 40;

export class Book {
  earnedGwei = 0; // rewards less penalties of the pool's validators
  consolidatedGwei = 0; // what consolidations brought in from validators of others
  #executed = new Map(); // by hash: what the execution layer has seen up to and with that block

  constructor(state) {
    this.initialGwei = poolGwei(state);
    this.#executed.set(hex(state.latestExecutionPayloadHeader.blockHash), {slot: 0, vaultGwei: 0, incomeGwei: 0, depositedGwei: 0});
  }

  // payload books an execution block above its parent: withdrawals that it pays, ether that somebody sends to the vault, deposits that count as the pool's.
  payload({hash, parentHash, slot, withdrawals, tipGwei, depositedGwei}) {
    const before = this.at(parentHash);
    const after = {
      slot, vaultGwei: before.vaultGwei + toVaultGwei(withdrawals) + tipGwei, depositedGwei: before.depositedGwei + depositedGwei,
      incomeGwei: before.incomeGwei + toVaultGwei(withdrawals.filter((w) => w.validatorIndex >= builderFlag)) + tipGwei,
    };
    this.#executed.set(hex(hash), after);
    return after;
  }

  at(hash) {
    const found = this.#executed.get(hex(hash));
    if (!found) throw Error(`no execution block ${hex(hash)}`);
    return found;
  }

  // slots books the epochs that begin between a state and a later slot.
  slots(state, slot) {
    for (let next = nextEpoch(state.slot); next <= slot; next += SLOTS_PER_EPOCH) {
      const s = processSlots(state, next - 1);
      this.#epoch(s.config.getForkSeq(s.slot), s);
    }
  }

  // #epoch runs an epoch's transition as far as it moves the pool's ether, in the client's order.
  #epoch(fork, s) {
    const cache = beforeProcessEpoch(s);
    processJustificationAndFinalization(s, cache);
    processInactivityUpdates(s, cache);
    processRegistryUpdates(fork, s, cache);
    const penalties = processSlashings(s, cache, false);
    this.earnedGwei += change(s, () => processRewardsAndPenalties(s, cache, penalties));
    processPendingDeposits(s, cache);
    this.consolidatedGwei += change(s, () => processPendingConsolidations(s, cache));
  }

  // block books what a block's operations give to the pool and take from it, withdrawals apart. before is the state in the block's slot, without the block.
  block(before, after, block) {
    const ours = (i) => isPool(before.validators.getReadonly(i).withdrawalCredentials);
    const {syncParticipantReward, syncProposerReward, currentSyncCommitteeIndexed} = before.epochCtx;
    const bits = block.body.syncAggregate.syncCommitteeBits.toBoolArray();
    currentSyncCommitteeIndexed.validatorIndices.forEach((validator, i) => {
      if (ours(validator)) this.earnedGwei += bits[i] ? syncParticipantReward : -syncParticipantReward;
    });
    const slashed = block.body.attesterSlashings.flatMap((s) => s.attestation1.attestingIndices);
    const penalties = slashed.map((i) => Math.floor(before.validators.getReadonly(i).effectiveBalance / slashingQuotient));
    slashed.forEach((validator, i) => {
      if (ours(validator)) this.earnedGwei -= penalties[i];
    });
    if (!ours(block.proposerIndex)) return;
    this.earnedGwei += after.proposerRewards.attestations + syncProposerReward * bits.filter(Boolean).length + penalties.reduce((a, b) => a + b, 0);
  }
}

// toVaultGwei is what withdrawals pay to the vault's address.
export function toVaultGwei(withdrawals) {
  return withdrawals.filter((w) => hex(w.address) === hex(vault)).reduce((total, w) => total + Number(w.amount), 0);
}

// poolGwei are the balances of the pool's validators.
export function poolGwei(state) {
  let total = 0;
  for (let i = 0; i < state.validators.length; i++) if (isPool(state.validators.getReadonly(i).withdrawalCredentials)) total += state.balances.get(i);
  return total;
}

function change(state, run) {
  const before = poolGwei(state);
  run();
  return poolGwei(state) - before;
}

function nextEpoch(slot) {
  return (Math.floor(slot / SLOTS_PER_EPOCH) + 1) * SLOTS_PER_EPOCH;
}

export const isGloas = (state) => state.config.getForkSeq(state.slot) >= ForkSeq.gloas;
