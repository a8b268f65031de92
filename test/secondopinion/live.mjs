// Lives a chain for so many slots, from Fulu over the fork into Gloas, and writes for each block its state and what the book of both layers says.
//
//	LODESTAR_PRESET=minimal node live.mjs SEED SLOTS
import {SLOTS_PER_EPOCH} from "@lodestar/params";
import {DataAvailabilityStatus, ExecutionPayloadStatus, processSlots, stateTransition} from "@lodestar/state-transition";
import {ssz} from "@lodestar/types";
import {attestable, exit, fuluBlock, gloasBlock, owed, slash} from "./blocks.mjs";
import {Book, isGloas, toVaultGwei} from "./book.mjs";
import {Draw} from "./draw.mjs";
import {genesis} from "./genesis.mjs";
import {network, specOf} from "./network.mjs";
import {People} from "./requests.mjs";
import {send} from "./stream.mjs";

const [seed, slots] = [Number(process.argv[2]), Number(process.argv[3])];
const gloasEpoch = 2;
const validators = 96;

// Exits, consolidations and deposits are quick, so that a short life sees their ends.
const config = network({electra: 0, fulu: 0, gloas: gloasEpoch}, {
  SHARD_COMMITTEE_PERIOD: 1, MIN_VALIDATOR_WITHDRAWABILITY_DELAY: 2, MIN_BUILDER_WITHDRAWABILITY_DELAY: 1, MIN_PER_EPOCH_CHURN_LIMIT_ELECTRA: 512e9,
  MAX_PER_EPOCH_ACTIVATION_EXIT_CHURN_LIMIT: 256e9, MAX_PER_EPOCH_ACTIVATION_CHURN_LIMIT_GLOAS: 512e9, CONSOLIDATION_CHURN_LIMIT_QUOTIENT: 8,
});
const draw = new Draw(seed);
const people = new People(config, draw);
const none = ssz.gloas.ExecutionRequests.defaultValue();
const options = {
  verifyStateRoot: false, verifyProposer: false, verifySignatures: false, executionPayloadStatus: ExecutionPayloadStatus.valid, dataAvailabilityStatus: DataAvailabilityStatus.Available,
};

let state = genesis(config, draw, validators);
const book = new Book(state);
let promised = null; // the payload that the last block of Gloas has a bid for, and whether it comes
let unattested = [0];
let withheld = 0; // payloads that are withheld in a row from now on
let missed = 0; // slots that are missed in a row from now on

// comes is whether the next payload does: now and then it does not, or several in a row do not.
function comes() {
  if (withheld === 0 && draw.oneIn(4)) withheld = draw.of([1, 1, 1, 2, 3, 6]);
  return withheld === 0 || withheld-- === 0;
}

function isMissed(slot) {
  if (missed === 0 && draw.oneIn(7)) missed = draw.of([1, 1, 1, 2, 3]);
  if (slot % SLOTS_PER_EPOCH === 0 && slot === gloasEpoch * SLOTS_PER_EPOCH) return seed % 2 === 0; // the fork's own slot, in every other life
  return missed > 0 && missed-- > 0;
}

// block makes one, with operations of its own now and then.
function block(before) {
  const attested = attestable(before, unattested);
  const asked = people.requests(before);
  let signed;
  let exitsAsked = false; // by requests that the block brings: another exit could come second
  if (isGloas(before)) {
    const requests = {...none, ...asked.requests, ...people.builderRequests(before)};
    const full = promised === null || promised.comes;
    const parentRequests = full && promised ? promised.requests : none;
    exitsAsked = parentRequests.withdrawals.length + parentRequests.consolidations.length > 0;
    signed = gloasBlock(before, draw, {
      attested, requests, parentHash: full ? before.latestExecutionPayloadBid.blockHash : before.latestBlockHash, parentRequests, builderKeys: people.builderKeys,
    });
    const {parentBlockHash: parentHash, blockHash: hash} = signed.message.body.signedExecutionPayloadBid.message;
    promised = {hash, parentHash, requests, withdrawals: owed(before, signed, promised?.withdrawals), comes: comes()};
  } else {
    if (before.slot % SLOTS_PER_EPOCH === SLOTS_PER_EPOCH - 2) asked.requests.deposits.push(...people.onboarding());
    signed = fuluBlock(config, before, draw, {attested, requests: asked.requests});
  }
  if (draw.oneIn(20)) slash(signed, before, draw.below(before.validators.length));
  else if (draw.oneIn(8) && !exitsAsked) exit(signed, before, draw.below(before.validators.length));
  return {signed, depositedGwei: asked.depositedGwei};
}

send({spec: specOf(config)});
for (let slot = 1; slot <= slots; slot++) {
  const before = processSlots(state, slot);
  const proposer = before.validators.getReadonly(before.epochCtx.getBeaconProposer(slot));
  if (isMissed(slot) || proposer.slashed) {
    unattested.push(slot);
    continue;
  }
  const {signed, depositedGwei} = block(before);
  const after = stateTransition(state, signed, options);
  book.slots(state, slot);
  book.block(before, after, signed.message);
  const gloas = isGloas(after);
  const payload = gloas ? promised : signed.message.body.executionPayload;
  const tipGwei = draw.oneIn(5) ? draw.below(1e8) : 0;
  const {hash = payload.blockHash, parentHash, withdrawals} = payload;
  const executed = book.payload({hash, parentHash, withdrawals, slot, tipGwei, depositedGwei});
  const head = gloas ? parentHash : hash;
  send({
    fork: gloas ? "gloas" : "fulu", slot, root: after.hashTreeRoot(), head: {hash: head, ...book.at(head)}, own: {hash, executed: !gloas || promised.comes, ...executed},
    byAddressGwei: gloas ? toVaultGwei(withdrawals) : 0, initialGwei: book.initialGwei, earnedGwei: book.earnedGwei, consolidatedGwei: book.consolidatedGwei, happened: people.happened,
  }, after.serialize());
  state = after;
  unattested = [slot];
}
