// What people ask the execution layer for in one payload, and how much of it is ether that becomes the pool's.
import {BUILDER_WITHDRAWAL_PREFIX, FAR_FUTURE_EPOCH} from "@lodestar/params";
import {foreign} from "./genesis.mjs";
import {builderDeposit, deposit, noSignature} from "./keys.mjs";
import {isPool, poolCredentials, vault} from "./network.mjs";

const ether = 1e9;

// Numbers of keys that are not validators from the start.
const firstNewKey = 10_000;
const firstBuilderKey = 20_000;

export class People {
  #config;
  #draw;
  #nextKey = firstNewKey;
  builderKeys = []; // numbers, in the order of their deposits; the first one withdraws to the vault
  happened = {}; // how often each wish was made

  constructor(config, draw) {
    this.#config = config;
    this.#draw = draw;
  }

  // requests are those of a payload upon state. depositedGwei counts deposits that reach a validator of the pool, by what they are and nothing in the state's queue.
  requests(state) {
    const requests = {deposits: [], withdrawals: [], consolidations: []};
    let depositedGwei = 0;
    const people = this.#people(state);
    for (let n = this.#draw.below(4); n > 0; n--) {
      const [name, wish] = this.#draw.of(this.#wishes);
      const made = wish(people);
      if (!made) continue;
      this.happened[name] = (this.happened[name] ?? 0) + 1;
      for (const kind of Object.keys(requests)) requests[kind].push(...(made[kind] ?? []));
      depositedGwei += made.depositedGwei ?? 0;
    }
    return {requests, depositedGwei};
  }

  // builderRequests are those of Gloas: deposits of builders, one of whom withdraws to the pool's vault, and exits.
  builderRequests(state) {
    const builderDeposits = [];
    const builderExits = [];
    if (this.builderKeys.length < 4 || this.#draw.oneIn(20)) {
      const credentials = this.builderKeys.length % 2 === 0 ? poolCredentials(BUILDER_WITHDRAWAL_PREFIX) : foreign(this.#draw, BUILDER_WITHDRAWAL_PREFIX);
      builderDeposits.push(builderDeposit(this.#config, this.#newBuilder(), credentials, (20 + this.#draw.below(20)) * ether));
    }
    if (state.builders.length > 2 && this.#draw.oneIn(12)) {
      const builder = state.builders.getReadonly(this.#draw.below(state.builders.length));
      builderExits.push({sourceAddress: builder.executionAddress, pubkey: builder.pubkey});
    }
    return {builderDeposits, builderExits};
  }

  // onboarding are deposits with a builder's credentials that stand in the queue when Gloas begins.
  onboarding() {
    const credentials = [poolCredentials(BUILDER_WITHDRAWAL_PREFIX), foreign(this.#draw, BUILDER_WITHDRAWAL_PREFIX)];
    return credentials.map((c) => ({...deposit(this.#config, this.#newBuilder(), c, 40 * ether), index: 0n}));
  }

  #newBuilder() {
    const key = firstBuilderKey + this.builderKeys.length;
    this.builderKeys.push(key);
    return key;
  }

  #people(state) {
    const validators = Array.from({length: state.validators.length}, (_, index) => ({index, ...valueOf(state.validators.getReadonly(index)), balance: state.balances.get(index)}));
    const staying = validators.filter((v) => v.exitEpoch === FAR_FUTURE_EPOCH && !v.slashed && v.activationEpoch <= state.epochCtx.epoch);
    const pool = (list) => list.filter((v) => isPool(v.withdrawalCredentials));
    const others = (list) => list.filter((v) => !isPool(v.withdrawalCredentials));
    return {ours: pool(validators), theirs: others(validators), staying, oursStaying: pool(staying), theirsStaying: others(staying)};
  }

  #amount() {
    return (1 + this.#draw.below(8)) * ether + this.#draw.below(ether);
  }

  #topUp(pubkey, withdrawalCredentials, amount = this.#amount()) {
    return {pubkey, withdrawalCredentials, amount, signature: noSignature, index: 0n};
  }

  #signed(credentials, amount = 32 * ether) {
    return {...deposit(this.#config, this.#nextKey++, credentials, amount), index: 0n};
  }

  #wishes = Object.entries({
    newValidator: () => {
      const d = this.#signed(poolCredentials(1 + this.#draw.below(2)));
      return {deposits: [d], depositedGwei: d.amount};
    },
    newValidatorTwice: () => {
      const first = this.#signed(poolCredentials(2), ether);
      const second = this.#topUp(first.pubkey, poolCredentials(1), 31 * ether);
      return {deposits: [first, second], depositedGwei: first.amount + second.amount};
    },
    topUp: ({ours}) => {
      const d = this.#topUp(this.#draw.of(ours).pubkey, poolCredentials(1));
      return {deposits: [d], depositedGwei: d.amount};
    },
    gift: ({ours}) => {
      const d = this.#topUp(this.#draw.of(ours).pubkey, foreign(this.#draw, 1));
      return {deposits: [d], depositedGwei: d.amount};
    },
    othersValidator: () => ({deposits: [this.#signed(foreign(this.#draw, 2))]}),
    depositToOthers: ({theirs}) => ({deposits: [this.#topUp(this.#draw.of(theirs).pubkey, poolCredentials(1))]}),
    wrongSignature: () => ({deposits: [{...this.#signed(poolCredentials(1)), signature: noSignature}]}),
    frontRun: () => {
      const first = this.#signed(foreign(this.#draw, 1), ether);
      return {deposits: [first, this.#topUp(first.pubkey, poolCredentials(1), 31 * ether)]};
    },
    partial: ({oursStaying}) => {
      const rich = oursStaying.filter((v) => v.withdrawalCredentials[0] === 2 && v.balance > 34 * ether);
      if (rich.length === 0) return undefined;
      return {withdrawals: [{sourceAddress: vault, validatorPubkey: this.#draw.of(rich).pubkey, amount: BigInt(this.#amount())}]};
    },
    exit: ({staying}) => {
      if (staying.length < 40) return undefined;
      const v = this.#draw.of(staying);
      return {withdrawals: [{sourceAddress: v.withdrawalCredentials.subarray(12), validatorPubkey: v.pubkey, amount: 0n}]};
    },
    consolidation: ({oursStaying}) => this.#consolidation(oursStaying, oursStaying),
    consolidationFromOthers: ({theirsStaying, oursStaying}) => this.#consolidation(theirsStaying, oursStaying),
    compounding: ({oursStaying}) => {
      const plain = oursStaying.filter((v) => v.withdrawalCredentials[0] === 1);
      if (plain.length === 0) return undefined;
      const {pubkey} = this.#draw.of(plain);
      return {consolidations: [{sourceAddress: vault, sourcePubkey: pubkey, targetPubkey: pubkey}]};
    },
  });

  #consolidation(from, to) {
    const targets = to.filter((v) => v.withdrawalCredentials[0] === 2);
    if (from.length < 3 || targets.length === 0) return undefined;
    const source = this.#draw.of(from);
    return {consolidations: [{sourceAddress: source.withdrawalCredentials.subarray(12), sourcePubkey: source.pubkey, targetPubkey: this.#draw.of(targets).pubkey}]};
  }
}

function valueOf(v) {
  const {pubkey, withdrawalCredentials, activationEpoch, exitEpoch, slashed} = v;
  return {pubkey, withdrawalCredentials, activationEpoch, exitEpoch, slashed};
}
