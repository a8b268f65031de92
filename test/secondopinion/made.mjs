// Makes states of odd shapes: random values in every field of the client's own type, lists of lengths where trees of subtrees begin and end.
import {
  BitArray, BitVectorType, BooleanType, ByteListType, ByteVectorType, ProgressiveListBasicType, ProgressiveListCompositeType, UintBigintType, UintNumberType,
} from "@chainsafe/ssz";
import {SLOTS_PER_EPOCH} from "@lodestar/params";
import {ssz} from "@lodestar/types";
import {isPool, poolCredentials, vault} from "./network.mjs";

// Subtrees of a progressive tree end behind 1, 5, 21, 85, 341 and 1365 leaves.
export const borders = [0, 1, 2, 4, 5, 6, 20, 21, 22, 84, 85, 86, 340, 341, 342, 1364, 1365, 1366];

// Epochs in which states of a fork are made.
export const epochs = {deneb: 100, electra: 200, fulu: 300, gloas: 400};

// Lists that have an element for each validator. Four, eight or 32 of them are one leaf.
const perValidator = ["balances", "previousEpochParticipation", "currentEpochParticipation", "inactivityScores"];

const builderFlag = 2 ** 40;

// makeState draws a state of the fork, whose lists have this length, or drawn ones.
export function makeState(config, fork, draw, length) {
  const type = ssz[fork].BeaconState;
  const state = {};
  const validators = length ?? draw.of(borders.flatMap((n) => [n, n, Math.min(4 * n, 1366)]));
  for (const [name, field] of Object.entries(type.fields)) {
    state[name] = fill(field, draw, name === "validators" || perValidator.includes(name) ? validators : length);
  }
  const epoch = epochs[fork] + draw.below(90);
  state.slot = epoch * SLOTS_PER_EPOCH + draw.below(SLOTS_PER_EPOCH);
  state.fork.currentVersion = config[`${fork.toUpperCase()}_FORK_VERSION`];
  state.latestBlockHeader.stateRoot = new Uint8Array(32);
  for (const v of state.validators) {
    if (draw.oneIn(3)) v.withdrawalCredentials = ours(draw);
    v.effectiveBalance = draw.below(2049) * 1e9;
    for (const when of ["activationEligibilityEpoch", "activationEpoch", "exitEpoch", "withdrawableEpoch"]) v[when] = draw.oneIn(3) ? Infinity : epoch - 3 + draw.below(7);
  }
  for (const list of ["balances", "slashings"]) state[list] = state[list].map(() => draw.below(2 ** 38));
  for (const d of state.pendingDeposits) nearPending(state, d, draw);
  for (const w of state.payloadExpectedWithdrawals ?? []) nearWithdrawal(state, w, draw);
  for (const p of state.pendingPartialWithdrawals) p.validatorIndex = draw.below(state.validators.length + 1);
  return state;
}

// ours are credentials of the pool. Nobody looks at the bytes between prefix and address.
function ours(draw) {
  const c = poolCredentials(1 + draw.below(2));
  if (draw.oneIn(4)) c.set(draw.bytes(11), 1);
  return c;
}

// nearPending gives a deposit the key of a validator, of another deposit or of nobody, and sometimes the pool's credentials.
function nearPending(state, d, draw) {
  d.amount = draw.below(2 ** 41);
  if (draw.oneIn(3)) d.withdrawalCredentials = ours(draw);
  if (draw.oneIn(3) && state.validators.length > 0) d.pubkey = draw.of(state.validators).pubkey;
  else if (draw.oneIn(3)) d.pubkey = draw.of(state.pendingDeposits).pubkey;
}

// nearWithdrawal makes it one of a validator, of a builder with the number of one, or of nobody; to any address or the vault.
function nearWithdrawal(state, w, draw) {
  w.amount = BigInt(draw.below(2 ** 40));
  w.validatorIndex = draw.below(state.validators.length + 1);
  if (draw.oneIn(3)) w.validatorIndex += draw.of([builderFlag, 2 ** 32, 2 ** 41]);
  if (draw.oneIn(2)) w.address = vault;
}

// fill draws a value of any type.
function fill(type, draw, length) {
  if (type instanceof UintNumberType) return draw.below(2 ** Math.min(8 * type.byteLength, 52));
  if (type instanceof UintBigintType) return (BigInt(draw.word()) << 32n) | BigInt(draw.word());
  if (type instanceof BooleanType) return draw.oneIn(2);
  if (type instanceof BitVectorType) return BitArray.fromBoolArray(Array.from({length: type.lengthBits}, () => draw.oneIn(2)));
  if (type instanceof ByteVectorType) return draw.bytes(type.lengthBytes);
  if (type instanceof ByteListType) return draw.bytes(Math.min(length ?? draw.below(type.limitBytes + 1), type.limitBytes));
  if (type.fields) return Object.fromEntries(Object.entries(type.fields).map(([name, field]) => [name, fill(field, draw, length)]));
  return Array.from({length: type.length ?? Math.min(length ?? draw.of(borders), limitOf(type))}, () => fill(type.elementType, draw, length));
}

// limitOf is a list's limit. The client names one for some progressive lists, too, but neither their roots nor their bytes know it.
function limitOf(type) {
  return type instanceof ProgressiveListBasicType || type instanceof ProgressiveListCompositeType ? Infinity : type.limit;
}

// described is the state's root, those of its fields, and what an oracle must find.
export function described(fork, state) {
  const type = ssz[fork].BeaconState;
  const fieldRoots = Object.entries(type.fields).map(([name, field]) => field.hashTreeRoot(state[name]));
  return {fork, root: type.hashTreeRoot(state), fieldRoots, found: found(fork, state)};
}

// found is what an oracle must find in the state, each by a loop over the client's values.
function found(fork, state) {
  const epoch = Math.floor(state.slot / SLOTS_PER_EPOCH);
  const active = (v) => v.activationEpoch <= epoch && epoch < v.exitEpoch;
  const sum = (numbers) => numbers.reduce((a, b) => a + BigInt(b), 0n);
  const pool = [...state.validators.keys()].filter((i) => isPool(state.validators[i].withdrawalCredentials));
  const withdrawals = state.payloadExpectedWithdrawals ?? [];
  const inFlight = withdrawals.filter((w) => pool.includes(w.validatorIndex));
  const header = state.latestExecutionPayloadHeader;
  const bid = state.latestExecutionPayloadBid;
  return {
    slot: state.slot, genesisTime: state.genesisTime, genesisValidatorsRoot: state.genesisValidatorsRoot, latestBlockHeader: state.latestBlockHeader,
    finalized: state.finalizedCheckpoint, eth1DepositIndex: state.eth1DepositIndex, depositRequestsStartIndex: state.depositRequestsStartIndex,
    churn: {
      depositBalanceToConsumeGwei: state.depositBalanceToConsume, exitBalanceToConsumeGwei: state.exitBalanceToConsume, earliestExitEpoch: state.earliestExitEpoch,
      consolidationBalanceToConsumeGwei: state.consolidationBalanceToConsume, earliestConsolidationEpoch: state.earliestConsolidationEpoch,
    },
    latestBlockHash: fork === "gloas" ? state.latestBlockHash : header.blockHash,
    execution: header && {blockHash: header.blockHash, stateRoot: header.stateRoot, number: header.blockNumber, timestamp: header.timestamp},
    bid: bid && {parentBlockHash: bid.parentBlockHash, parentBlockRoot: bid.parentBlockRoot, blockHash: bid.blockHash, builderIndex: bid.builderIndex, slot: bid.slot},
    totalValidators: state.validators.length,
    totalActiveGwei: sum(state.validators.filter(active).map((v) => v.effectiveBalance)) || BigInt(1e9),
    slashingsGwei: sum(state.slashings),
    pool: pool.map((i) => ({index: i, balanceGwei: state.balances[i], exited: state.validators[i].exitEpoch <= epoch, slashed: state.validators[i].slashed})),
    poolActiveGwei: sum(pool.map((i) => state.validators[i]).filter(active).map((v) => v.effectiveBalance)),
    poolSlashed: pool.filter((i) => state.validators[i].slashed).map((i) => {
      const v = state.validators[i];
      return {index: i, effectiveBalanceGwei: v.effectiveBalance, exitEpoch: v.exitEpoch, withdrawableEpoch: v.withdrawableEpoch};
    }),
    ...leavingOf(state, pool, active),
    ...pendingOf(state),
    inFlight: inFlight.map((w) => ({index: w.validatorIndex, amountGwei: w.amount})), inFlightGwei: sum(inFlight.map((w) => w.amount)),
    expectedTotal: withdrawals.length,
  };
}

// leavingOf is what withdrawals depend on: of the pool's validators those that leave or were slashed and have a balance, those that compound and stay, what is
// active with the sweep's prefix, and pending partial withdrawals.
function leavingOf(state, pool, active) {
  const leaves = (v) => v.exitEpoch !== Infinity || v.slashed;
  const compounds = (v) => v.withdrawalCredentials[0] === 2;
  const of = (test) => pool.map((index) => ({index, v: state.validators[index]})).filter(({v}) => test(v));
  const partials = state.pendingPartialWithdrawals;
  return {
    poolSweptGwei: of((v) => active(v) && !compounds(v)).reduce((sum, {v}) => sum + BigInt(v.effectiveBalance), 0n),
    leaving: of(leaves).filter(({index}) => state.balances[index] > 0).map(({index, v}) => ({
      index, balanceGwei: state.balances[index], effectiveBalanceGwei: v.effectiveBalance, activationEpoch: v.activationEpoch, exitEpoch: v.exitEpoch,
      withdrawableEpoch: v.withdrawableEpoch, slashed: v.slashed, compounding: compounds(v),
    })),
    compounding: of((v) => !leaves(v) && compounds(v)).map(({index, v}) => ({
      index, effectiveBalanceGwei: v.effectiveBalance, activationEpoch: Math.min(v.activationEpoch, 2 ** 32 - 1),
    })),
    partials: partials.filter((p) => pool.includes(p.validatorIndex)).map((p) => ({
      index: p.validatorIndex, amountGwei: p.amount, withdrawableEpoch: p.withdrawableEpoch,
    })),
    partialsTotal: partials.length,
  };
}

// pendingOf are the deposits whose key is a pool validator's or has a deposit with the pool's credentials, and what the registry says of these keys.
function pendingOf(state) {
  const text = (key) => Buffer.from(key).toString("hex");
  const registry = new Map(state.validators.map((v) => [text(v.pubkey), v.withdrawalCredentials]));
  const ours = new Set(state.pendingDeposits.filter((d) => isPool(d.withdrawalCredentials)).map((d) => text(d.pubkey)));
  const known = (d) => registry.get(text(d.pubkey));
  const pending = state.pendingDeposits.filter((d) => ours.has(text(d.pubkey)) || (known(d) && isPool(known(d))));
  return {
    pendingTotal: state.pendingDeposits.length,
    pending: pending.map((d) => ({publicKey: d.pubkey, credentials: d.withdrawalCredentials, amountGwei: d.amount, signature: d.signature, slot: d.slot})),
    registered: pending.filter(known).map((d) => ({publicKey: d.pubkey, credentials: known(d)})),
  };
}
