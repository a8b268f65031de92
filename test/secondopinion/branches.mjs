// Writes Merkle branches into states, and generalized indices, as the client's own tree has them: make generate.
//
//	LODESTAR_PRESET=mainnet node branches.mjs testdata/branches.json
import {writeFileSync} from "node:fs";
import {ProofType, createProof, setNode} from "@chainsafe/persistent-merkle-tree";
import {ProgressiveListCompositeType} from "@chainsafe/ssz";
import {ssz} from "@lodestar/types";
import {Draw} from "./draw.mjs";
import {epochs, makeState} from "./made.mjs";
import {network} from "./network.mjs";
import {json} from "./stream.mjs";

const config = network(epochs);
const lists = ["validators", "balances", "pendingDeposits", "payloadExpectedWithdrawals"];

// branch is the way from what path names to the root. A leaf of balances holds four of them.
function branch(type, node, path) {
  const {gindex} = type.getPathInfo(path);
  return proof(node, path.join("/"), gindex);
}

function proof(node, path, gindex) {
  const {leaf, witnesses} = createProof(node, {type: ProofType.single, gindex});
  return {path, gindex, leaf, branch: witnesses};
}

// lengthOf is the branch of a list's length, the leaf to the right under the list's root.
function lengthOf(type, node, list) {
  return proof(node, `${list}/length`, type.getPathInfo([list]).gindex * 2n + 1n);
}

// treeOf is the state's tree. The client makes none for more expected withdrawals than a payload has, though the type has no limit: it gets them afterwards.
function treeOf(type, state) {
  const withdrawals = state.payloadExpectedWithdrawals;
  if (!withdrawals) return type.toView(state).node;
  const {node} = type.toView({...state, payloadExpectedWithdrawals: []});
  const {gindex} = type.getPathInfo(["payloadExpectedWithdrawals"]);
  return setNode(node, gindex, new ProgressiveListCompositeType(ssz.capella.Withdrawal).toView(withdrawals).node);
}

function branches(fork, length) {
  const type = ssz[fork].BeaconState;
  const state = makeState(config, fork, new Draw(length + 1), length);
  const node = treeOf(type, state);
  const present = lists.filter((list) => state[list]);
  const elements = present.flatMap((list) => [...new Set([0, length - 1])].filter((i) => i >= 0 && i < length).map((i) => [list, i]));
  const fields = fork === "gloas" ? [["latestBlockHash"], ["latestExecutionPayloadBid"]] : [["latestExecutionPayloadHeader", "stateRoot"]];
  const proofs = [...fields, ["blockRoots", state.slot % 8192], ...elements].map((path) => branch(type, node, path));
  if (Buffer.compare(node.root, type.hashTreeRoot(state)) !== 0) throw Error(`the tree of ${fork} with ${length} elements is not that of the state`);
  return {fork, slot: state.slot, length, root: node.root, proofs: [...proofs, ...present.map((list) => lengthOf(type, node, list))]};
}

// Indices of elements that no small list has.
function far(fork) {
  const type = ssz[fork].BeaconState;
  const present = lists.filter((list) => type.fields[list] && fork === "gloas");
  return present.flatMap((list) => [341, 1364, 5461, 21_844, 21_845, 1_000_000, 2_200_000, 10_000_000].map((i) => ({path: `${list}/${i}`, gindex: type.getPathInfo([list, i]).gindex})));
}

const states = [0, 1, 2, 5, 6, 21, 22, 342].map((n) => branches("gloas", n));
states.push(branches("fulu", 1), branches("fulu", 22));
const indices = [
  ...Object.keys(ssz.gloas.BeaconState.fields).map((name) => ({path: name, gindex: ssz.gloas.BeaconState.getPathInfo([name]).gindex})),
  {path: "finalizedCheckpoint/root", gindex: ssz.gloas.BeaconState.getPathInfo(["finalizedCheckpoint", "root"]).gindex},
  ...far("gloas"),
];
writeFileSync(process.argv[2], json({states, indices}, 1) + "\n");
