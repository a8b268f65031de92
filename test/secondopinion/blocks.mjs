// Makes blocks of Fulu and of Gloas upon a state in the block's slot. Signatures are those that the transition checks whatever it is told: bids and deposits.
import {BitArray} from "@chainsafe/ssz";
import {BUILDER_INDEX_SELF_BUILD, ForkSeq, MAX_ATTESTATIONS_ELECTRA, MAX_COMMITTEES_PER_SLOT, SYNC_COMMITTEE_SIZE} from "@lodestar/params";
import {
  canBuilderCoverBid, computeEpochAtSlot, computeTimeAtSlot, getBlockRoot, getBlockRootAtSlot, getExecutionPayloadBidSigningRoot, getExpectedWithdrawals, getRandaoMix, isActiveBuilder,
  isValidVoluntaryExit,
} from "@lodestar/state-transition";
import {processParentExecutionPayload} from "@lodestar/state-transition/block";
import {ssz} from "@lodestar/types";
import {noSignature, publicKey, sign} from "./keys.mjs";
import {isPool, vault} from "./network.mjs";
import {hex} from "./stream.mjs";

const ether = 1e9;

// fillBody fills what blocks of both forks have. attested are slots whose attestations no block holds yet.
export function fillBody(block, state, draw, attested) {
  const {body} = block;
  body.randaoReveal = draw.bytes(96);
  body.eth1Data = state.eth1Data.toValue();
  body.syncAggregate.syncCommitteeSignature = noSignature;
  // Who has nothing, or has it withdrawn, is always there: a penalty would take less than it says.
  const poor = (i) => state.balances.get(i) < ether || state.validators.getReadonly(i).withdrawableEpoch <= state.epochCtx.epoch;
  const members = state.epochCtx.currentSyncCommitteeIndexed.validatorIndices;
  body.syncAggregate.syncCommitteeBits = BitArray.fromBoolArray(Array.from({length: SYNC_COMMITTEE_SIZE}, (_, i) => poor(members[i]) || !draw.oneIn(8)));
  body.attestations = attested.map((slot) => attestation(state, slot, draw));
}

// attestation is the one of all committees of a slot, of whose members one in twelve is missing.
function attestation(state, slot, draw) {
  const epoch = computeEpochAtSlot(slot);
  const count = state.epochCtx.getCommitteeCountPerSlot(epoch);
  const committees = Array.from({length: count}, (_, i) => state.epochCtx.getBeaconCommittee(slot, i));
  const source = epoch === state.epochCtx.epoch ? state.currentJustifiedCheckpoint : state.previousJustifiedCheckpoint;
  return {
    aggregationBits: BitArray.fromBoolArray(committees.flatMap((members) => Array.from(members, (_, i) => i === 0 || !draw.oneIn(12)))),
    data: {slot, index: 0, beaconBlockRoot: getBlockRootAtSlot(state, slot), source: source.toValue(), target: {epoch, root: getBlockRoot(state, epoch)}},
    signature: noSignature,
    committeeBits: BitArray.fromBoolArray(Array.from({length: MAX_COMMITTEES_PER_SLOT}, (_, i) => i < count)),
  };
}

// attestable are slots of a list that a block upon state can hold attestations of.
export function attestable(state, slots) {
  return slots.filter((slot) => computeEpochAtSlot(slot) >= state.epochCtx.epoch - 1).slice(-MAX_ATTESTATIONS_ELECTRA);
}

// emptyBlock is a block upon state without a body.
export function emptyBlock(type, state) {
  const signed = type.SignedBeaconBlock.defaultValue();
  const block = signed.message;
  block.slot = state.slot;
  block.proposerIndex = state.epochCtx.getBeaconProposer(state.slot);
  block.parentRoot = state.latestBlockHeader.hashTreeRoot();
  return {signed, block};
}

// fuluBlock holds its payload. Its withdrawals are paid at once.
export function fuluBlock(config, state, draw, {attested, requests}) {
  const {signed, block} = emptyBlock(ssz.fulu, state);
  fillBody(block, state, draw, attested);
  const {executionPayload} = block.body;
  Object.assign(executionPayload, {
    parentHash: state.latestExecutionPayloadHeader.blockHash, blockHash: draw.bytes(32), prevRandao: getRandaoMix(state, state.epochCtx.epoch), blockNumber: state.slot,
    timestamp: computeTimeAtSlot(config, state.slot, state.genesisTime), withdrawals: getExpectedWithdrawals(ForkSeq.fulu, state).expectedWithdrawals,
  });
  Object.assign(block.body.executionRequests, requests);
  return signed;
}

// gloasBlock has a bid for a payload with these requests, and says of the parent's payload whether it came, with what requests.
export function gloasBlock(state, draw, {attested, requests, parentHash, parentRequests, builderKeys}) {
  const {signed, block} = emptyBlock(ssz.gloas, state);
  fillBody(block, state, draw, attested);
  block.body.parentExecutionRequests = parentRequests;
  const bid = block.body.signedExecutionPayloadBid;
  Object.assign(bid.message, {
    parentBlockHash: parentHash, parentBlockRoot: block.parentRoot, blockHash: draw.bytes(32), prevRandao: getRandaoMix(state, state.epochCtx.epoch), gasLimit: 60_000_000n,
    builderIndex: BUILDER_INDEX_SELF_BUILD, slot: state.slot, executionRequestsRoot: ssz.gloas.ExecutionRequests.hashTreeRoot(requests),
  });
  bid.signature = noSignature;
  const value = ether / 4 + draw.below(ether);
  const leaving = parentRequests.builderExits.map(({pubkey}) => hex(pubkey));
  const builder = builders(state, value, builderKeys).filter(({pubkey}) => !leaving.includes(pubkey)).at(draw.below(3));
  if (builder) {
    // A proposer of the pool has itself paid by the vault's address, and sometimes another one does.
    const ours = isPool(state.validators.getReadonly(block.proposerIndex).withdrawalCredentials);
    Object.assign(bid.message, {builderIndex: builder.index, value, feeRecipient: ours || draw.oneIn(4) ? vault : draw.bytes(20)});
    bid.signature = sign(builder.key, getExecutionPayloadBidSigningRoot(state.config, bid.message));
  }
  return signed;
}

// owed are the withdrawals that the payload of a block of Gloas has to pay, as who builds it computes them: those that the parent's payload makes due, if it came,
// else what was owed already.
export function owed(state, {message}, alreadyOwed) {
  const applied = state.clone();
  processParentExecutionPayload(applied, message);
  applied.commit();
  const full = hex(applied.latestBlockHash) === hex(applied.latestExecutionPayloadBid.blockHash);
  return full ? getExpectedWithdrawals(ForkSeq.gloas, applied).expectedWithdrawals : alreadyOwed;
}

// builders are those that can pay a bid, with room for what the block itself settles of older ones.
function builders(state, value, keys) {
  const byKey = new Map(keys.map((key) => [hex(publicKey(key)), key]));
  const all = Array.from({length: state.builders.length}, (_, index) => ({index, builder: state.builders.getReadonly(index)}));
  const able = all.filter(({index, builder}) => isActiveBuilder(builder, state.finalizedCheckpoint.epoch) && canBuilderCoverBid(state, index, value + 4 * ether));
  return able.map(({index, builder}) => ({index, pubkey: hex(builder.pubkey), key: byKey.get(hex(builder.pubkey))}));
}

// exit adds a voluntary exit, if that validator may.
export function exit(signed, state, validatorIndex) {
  const message = {message: {epoch: state.epochCtx.epoch, validatorIndex}, signature: noSignature};
  if (!isValidVoluntaryExit(state.config.getForkSeq(state.slot), state, message, false)) return false;
  signed.message.body.voluntaryExits.push(message);
  return true;
}

// slash adds the proof that a validator voted twice.
export function slash(signed, state, validatorIndex) {
  const v = state.validators.getReadonly(validatorIndex);
  if (v.slashed || v.exitEpoch !== Infinity || v.activationEpoch > state.epochCtx.epoch) return false;
  const proof = ssz.electra.AttesterSlashing.defaultValue();
  for (const vote of [proof.attestation1, proof.attestation2]) vote.attestingIndices = [validatorIndex];
  proof.attestation2.data.beaconBlockRoot = new Uint8Array(32).fill(1);
  signed.message.body.attesterSlashings.push(proof);
  return true;
}
