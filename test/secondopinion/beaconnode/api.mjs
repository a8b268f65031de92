// The part of the Beacon API that members and tests ask (ethereum/beacon-APIs), and ways to tell how payloads come:
//
//	POST /payloads/SLOT/withheld    POST /payloads/SLOT/late
//	POST /payloads/SLOT/owed/ADDRESS    withheld from the first one on that pays the address, up to that of the slot
import {createServer} from "node:http";
import {SLOTS_PER_EPOCH} from "@lodestar/params";
import {isGloas} from "../book.mjs";
import {specOf} from "../network.mjs";
import {hex} from "../stream.mjs";

class Missing extends Error {}

const decimal = (n) => (n === Infinity ? "18446744073709551615" : String(n));
const checkpoint = ({epoch, root}) => ({epoch: decimal(epoch), root: hex(root)});

export class Api {
  #chain;
  #config;
  #listeners = new Set();

  constructor(chain, config) {
    this.#chain = chain;
    this.#config = config;
  }

  listen(port) {
    const server = createServer((request, response) => this.#answer(request, response));
    return new Promise((done) => server.listen(port, "127.0.0.1", done));
  }

  // finalized tells who listens of a new finalized checkpoint.
  finalized(block) {
    const {epoch, root} = block.state.finalizedCheckpoint;
    const data = {block: hex(root), state: hex(this.#chain.blocks.get(hex(root)).header.stateRoot), epoch: decimal(epoch), execution_optimistic: false};
    for (const response of this.#listeners) response.write(`event: finalized_checkpoint\ndata: ${JSON.stringify(data)}\n\n`);
  }

  #answer(request, response) {
    const {pathname} = new URL(request.url, "http://localhost");
    try {
      const told = pathname.match(/^\/payloads\/(\d+)\/(withheld|late)$/);
      if (request.method === "POST" && told) {
        this.#chain.tell(Number(told[1]), told[2]);
        return response.writeHead(204).end();
      }
      const owed = pathname.match(/^\/payloads\/(\d+)\/owed\/(0x[0-9a-f]{40})$/);
      if (request.method === "POST" && owed) {
        this.#chain.holdFrom(owed[2], Number(owed[1]));
        return response.writeHead(204).end();
      }
      for (const [pattern, answer] of this.#routes) {
        const match = pathname.match(pattern);
        if (match) return answer(match[1], response);
      }
      throw new Missing(pathname);
    } catch (error) {
      const code = error instanceof Missing ? 404 : 500;
      send(response, {code, message: error.message}, code);
    }
  }

  #routes = Object.entries({
    "/eth/v1/beacon/genesis": (_, response) => {
      const {state} = this.#chain.bySlot.get(0);
      send(response, {data: {genesis_time: decimal(state.genesisTime), genesis_validators_root: hex(state.genesisValidatorsRoot), genesis_fork_version: hex(this.#config.GENESIS_FORK_VERSION)}});
    },
    "/eth/v1/config/spec": (_, response) => send(response, {data: specOf(this.#config)}),
    "/eth/v1/node/version": (_, response) => send(response, {data: {version: "tidemark-transition/1"}}),
    "/eth/v1/node/health": (_, response) => response.writeHead(200).end(),
    "/eth/v1/node/syncing": (_, response) => {
      send(response, {data: {head_slot: decimal(this.#chain.head.slot), sync_distance: "0", is_syncing: false, is_optimistic: false, el_offline: false}});
    },
    "/eth/v1/beacon/headers/([^/]+)": (id, response) => {
      const block = this.#block(id);
      const {slot, proposerIndex, parentRoot, stateRoot, bodyRoot} = block.header;
      const message = {slot: decimal(slot), proposer_index: decimal(proposerIndex), parent_root: hex(parentRoot), state_root: hex(stateRoot), body_root: hex(bodyRoot)};
      this.#about(response, block, {root: block.root, canonical: true, header: {message, signature: `0x${"00".repeat(96)}`}});
    },
    "/eth/v1/beacon/blocks/([^/]+)/root": (id, response) => {
      const block = this.#block(id);
      this.#about(response, block, {root: block.root});
    },
    "/eth/v1/beacon/states/([^/]+)/root": (id, response) => {
      const block = this.#block(id);
      this.#about(response, block, {root: hex(block.header.stateRoot)});
    },
    "/eth/v1/beacon/states/([^/]+)/finality_checkpoints": (id, response) => {
      const {state} = this.#block(id);
      const data = {previous_justified: checkpoint(state.previousJustifiedCheckpoint), current_justified: checkpoint(state.currentJustifiedCheckpoint), finalized: checkpoint(state.finalizedCheckpoint)};
      this.#about(response, this.#block(id), data);
    },
    "/eth/v1/beacon/states/([^/]+)/validators": (id, response) => {
      const block = this.#block(id);
      this.#about(response, block, Array.from({length: block.state.validators.length}, (_, i) => validatorOf(block.state, i)));
    },
    "/eth/v1/beacon/states/([^/]+)/pending_deposits": (id, response) => {
      const block = this.#block(id);
      const all = block.state.pendingDeposits.getAllReadonly();
      this.#about(response, block, all.map((d) => ({
        pubkey: hex(d.pubkey), withdrawal_credentials: hex(d.withdrawalCredentials), amount: decimal(d.amount), signature: hex(d.signature), slot: decimal(d.slot),
      })));
    },
    "/eth/v2/debug/beacon/states/([^/]+)": (id, response) => {
      const {state} = this.#block(id);
      const data = state.serialize();
      response.writeHead(200, {"Content-Type": "application/octet-stream", "Content-Length": data.length, "Eth-Consensus-Version": fork(state)});
      response.end(data);
    },
    "/eth/v1/events": (_, response) => {
      response.writeHead(200, {"Content-Type": "text/event-stream", "Cache-Control": "no-store"});
      response.flushHeaders();
      this.#listeners.add(response);
      response.on("close", () => this.#listeners.delete(response));
    },
  }).map(([path, answer]) => [new RegExp(`^${path}$`), answer]);

  // block finds one by slot, root, root of its state, or name.
  #block(id) {
    const {head, bySlot, blocks} = this.#chain;
    const {finalizedCheckpoint, currentJustifiedCheckpoint} = head.state;
    const named = {head: () => head, genesis: () => bySlot.get(0), finalized: () => blocks.get(hex(finalizedCheckpoint.root)), justified: () => blocks.get(hex(currentJustifiedCheckpoint.root))};
    const byRoot = () => blocks.get(id) ?? [...blocks.values()].find((b) => hex(b.header.stateRoot) === id);
    const found = named[id] ? (named[id]() ?? bySlot.get(0)) : id.startsWith("0x") ? byRoot() : bySlot.get(Number(id));
    if (!found) throw new Missing(`block or state ${id}`);
    return found;
  }

  #about(response, block, data) {
    const finalized = block.slot <= this.#chain.head.state.finalizedCheckpoint.epoch * SLOTS_PER_EPOCH;
    send(response, {execution_optimistic: false, finalized, data});
  }
}

const fork = (state) => (isGloas(state) ? "gloas" : "fulu");

function validatorOf(state, i) {
  const v = state.validators.getReadonly(i).toValue();
  return {
    index: decimal(i), balance: decimal(state.balances.get(i)),
    validator: {
      pubkey: hex(v.pubkey), withdrawal_credentials: hex(v.withdrawalCredentials), effective_balance: decimal(v.effectiveBalance), slashed: v.slashed,
      activation_eligibility_epoch: decimal(v.activationEligibilityEpoch), activation_epoch: decimal(v.activationEpoch), exit_epoch: decimal(v.exitEpoch),
      withdrawable_epoch: decimal(v.withdrawableEpoch),
    },
  };
}

function send(response, value, status = 200) {
  const body = JSON.stringify(value);
  response.writeHead(status, {"Content-Type": "application/json", "Content-Length": Buffer.byteLength(body)}).end(body);
}
