// A chain whose every block is a whole one, and whose every state is made by the client's own transition. Payloads come from an execution node; from Gloas on they
// are delivered apart from blocks: at once, or late, or never, as told.
import {BUILDER_INDEX_SELF_BUILD, ForkSeq} from "@lodestar/params";
import {DataAvailabilityStatus, ExecutionPayloadStatus, computeTimeAtSlot, getExpectedWithdrawals, getRandaoMix, processSlots, stateTransition} from "@lodestar/state-transition";
import {ssz} from "@lodestar/types";
import {attestable, emptyBlock, fillBody, owed} from "../blocks.mjs";
import {isGloas} from "../book.mjs";
import {noSignature} from "../keys.mjs";
import {hex} from "../stream.mjs";
import {bytes, fuluPayload, quantity, requestsOf, withdrawalsOf} from "./payload.mjs";

const nothing = `0x${"00".repeat(32)}`;
const noRequests = ssz.gloas.ExecutionRequests.defaultValue();
const options = {
  verifyStateRoot: false, verifyProposer: false, verifySignatures: false, executionPayloadStatus: ExecutionPayloadStatus.valid, dataAvailabilityStatus: DataAvailabilityStatus.Available,
};
// Other lives draw who is missing. Here nobody is.
const everybody = {oneIn: () => false, bytes: (n) => new Uint8Array(n).fill(0x5a)};

export class Chain {
  // By root: {root, slot, header, signed, state, full}. executed is the newest execution block that the state knows. From Gloas on also {payload, requests,
  // withdrawals, late}: the payload that the bid names, what it asks for and pays; full says whether it came in time.
  blocks = new Map();
  bySlot = new Map();
  head;
  #engine;
  #config;
  #feeRecipient;
  #buildMs;
  #told = new Map(); // slot -> "withheld" or "late"
  #held = null; // {address, last}: from the first payload on that pays this address, payloads are withheld up to a slot

  constructor(config, engine, genesis, {feeRecipient, buildMs}) {
    this.head = this.#keep({slot: 0, state: genesis, executed: hex(genesis.latestExecutionPayloadHeader.blockHash), full: true});
    this.#engine = engine;
    this.#config = config;
    this.#feeRecipient = feeRecipient;
    this.#buildMs = buildMs;
  }

  // tell says how the payload of a slot's block will come.
  tell(slot, how) {
    this.#told.set(slot, how);
  }

  // holdFrom withholds payloads from the first one on that pays an address, up to and with that of a slot: what is owed then stays owed.
  holdFrom(address, last) {
    this.#held = {address, last};
  }

  #isHeld({slot, withdrawals}) {
    if (this.#held && slot > this.#held.last) this.#held = null;
    if (this.#held && withdrawals.some((w) => hex(w.address) === this.#held.address)) this.#held.begun = true;
    return this.#held?.begun === true;
  }

  // step makes the block of a slot upon the head.
  async step(slot) {
    const before = processSlots(this.head.state, slot);
    const made = isGloas(before) ? await this.#gloas(before) : await this.#fulu(before);
    const state = stateTransition(this.head.state, made.signed, options);
    made.signed.message.stateRoot = state.hashTreeRoot();
    const parent = this.head;
    this.head = this.#keep({...made, slot, state});
    if (isGloas(state)) await this.#deliver(this.head, parent);
    return this.head;
  }

  async #fulu(before) {
    const {signed, block} = emptyBlock(ssz.fulu, before);
    fillBody(block, before, everybody, attestable(before, [this.head.slot]));
    const withdrawals = getExpectedWithdrawals(ForkSeq.fulu, before).expectedWithdrawals;
    const payload = await this.#build(before, block, this.head.executed, withdrawals, false);
    block.body.executionPayload = fuluPayload(payload.executionPayload);
    block.body.executionRequests = requestsOf(payload.executionRequests);
    await this.#engine.insert(payload, hex(block.parentRoot), false);
    const executed = payload.executionPayload.blockHash;
    await this.#engine.setHead(this.#forkchoice(executed), false);
    return {signed, executed, full: true};
  }

  // The bid of a block names the payload; what the parent's payload asked for counts now, if it came.
  async #gloas(before) {
    const {signed, block} = emptyBlock(ssz.gloas, before);
    fillBody(block, before, everybody, attestable(before, [this.head.slot]));
    const {full} = this.head;
    const parentHash = full ? before.latestExecutionPayloadBid.blockHash : before.latestBlockHash;
    block.body.parentExecutionRequests = (full && this.head.requests) || noRequests;
    const bid = block.body.signedExecutionPayloadBid;
    Object.assign(bid.message, {parentBlockHash: parentHash, parentBlockRoot: block.parentRoot, builderIndex: BUILDER_INDEX_SELF_BUILD, slot: before.slot});
    const withdrawals = owed(before, signed, this.head.withdrawals);
    const payload = await this.#build(before, block, hex(parentHash), withdrawals, true);
    const requests = {...noRequests, ...requestsOf(payload.executionRequests)};
    Object.assign(bid.message, {
      blockHash: bytes(payload.executionPayload.blockHash), prevRandao: bytes(payload.executionPayload.prevRandao), gasLimit: BigInt(payload.executionPayload.gasLimit),
      feeRecipient: bytes(payload.executionPayload.feeRecipient), executionRequestsRoot: ssz.gloas.ExecutionRequests.hashTreeRoot(requests),
    });
    bid.signature = noSignature;
    return {signed, payload, requests, withdrawals, executed: hex(parentHash), full: false};
  }

  // deliver lets the payload of a block come as told. A late one comes after the next block: it is executed, and no chain goes on from it.
  async #deliver(block, parent) {
    if (parent.late) await this.#engine.insert(parent.payload, hex(parent.signed.message.parentRoot), true);
    const how = this.#isHeld(block) ? "withheld" : this.#told.get(block.slot);
    block.late = how === "late";
    block.full = how === undefined;
    if (!block.full) return;
    await this.#engine.insert(block.payload, hex(block.signed.message.parentRoot), true);
    await this.#engine.setHead(this.#forkchoice(block.payload.executionPayload.blockHash), true);
  }

  #build(before, block, parentHash, withdrawals, amsterdam) {
    const attributes = {
      timestamp: quantity(computeTimeAtSlot(this.#config, before.slot, before.genesisTime)), prevRandao: hex(getRandaoMix(before, before.epochCtx.epoch)),
      suggestedFeeRecipient: this.#feeRecipient, withdrawals: withdrawalsOf(withdrawals), parentBeaconBlockRoot: hex(block.parentRoot),
    };
    if (amsterdam) Object.assign(attributes, {slotNumber: quantity(before.slot), targetGasLimit: quantity(60_000_000)});
    return this.#engine.build(this.#forkchoice(parentHash), attributes, amsterdam, this.#buildMs);
  }

  #forkchoice(headBlockHash) {
    const finalized = this.blocks.get(hex(this.head.state.finalizedCheckpoint.root))?.executed ?? nothing;
    return {headBlockHash, safeBlockHash: finalized, finalizedBlockHash: finalized};
  }

  #keep(block) {
    const header = block.state.latestBlockHeader.toValue();
    header.stateRoot = block.state.hashTreeRoot();
    block.header = header;
    block.root = hex(ssz.phase0.BeaconBlockHeader.hashTreeRoot(header));
    this.blocks.set(block.root, block);
    this.bySlot.set(block.slot, block);
    return block;
  }
}
