// The first state: Fulu in slot 0, a third of the validators the pool's, half of them compounding.
import {createBeaconConfig} from "@lodestar/config";
import {SYNC_COMMITTEE_SIZE} from "@lodestar/params";
import {createCachedBeaconState, createEmptyEpochCacheImmutableData} from "@lodestar/state-transition";
import {ssz} from "@lodestar/types";
import {publicKey} from "./keys.mjs";
import {poolCredentials} from "./network.mjs";

const ether = 1e9;

export function genesis(config, draw, validators) {
  const state = ssz.fulu.BeaconState.defaultValue();
  state.genesisTime = 1_600_000_000;
  state.genesisValidatorsRoot = draw.bytes(32);
  state.fork = {previousVersion: config.ELECTRA_FORK_VERSION, currentVersion: config.FULU_FORK_VERSION, epoch: 0};
  state.latestBlockHeader.bodyRoot = ssz.fulu.BeaconBlockBody.hashTreeRoot(ssz.fulu.BeaconBlockBody.defaultValue());
  state.latestExecutionPayloadHeader.blockHash = draw.bytes(32);
  state.depositRequestsStartIndex = 0n;
  state.randaoMixes = state.randaoMixes.map(() => draw.bytes(32));
  for (let i = 0; i < validators; i++) addValidator(state, i, draw);
  const view = ssz.fulu.BeaconState.toViewDU(state);
  const pubkeys = Array.from({length: SYNC_COMMITTEE_SIZE}, (_, i) => publicKey(i % validators));
  view.currentSyncCommittee = ssz.altair.SyncCommittee.toViewDU({pubkeys, aggregatePubkey: pubkeys[0]});
  view.nextSyncCommittee = ssz.altair.SyncCommittee.toViewDU({pubkeys, aggregatePubkey: pubkeys[0]});
  view.commit();
  const immutable = createEmptyEpochCacheImmutableData(config, view);
  return createCachedBeaconState(view, {...immutable, config: createBeaconConfig(config, state.genesisValidatorsRoot)});
}

// addValidator adds one that has been active for ever. Compounding ones hold more than 32 ether; the others have what a sweep takes.
function addValidator(state, i, draw) {
  const compounding = i % 2 === 1;
  const effective = compounding ? (32 + draw.below(60)) * ether : 32 * ether;
  state.validators.push({
    pubkey: publicKey(i), withdrawalCredentials: i % 3 === 0 ? poolCredentials(1 + (i % 2)) : foreign(draw, 1 + (i % 2)), effectiveBalance: effective, slashed: false,
    activationEligibilityEpoch: 0, activationEpoch: 0, exitEpoch: Infinity, withdrawableEpoch: Infinity,
  });
  state.balances.push(effective + draw.below(ether));
  state.previousEpochParticipation.push(7);
  state.currentEpochParticipation.push(7);
  state.inactivityScores.push(0);
}

// foreign are credentials of somebody else.
export function foreign(draw, prefix) {
  const c = poolCredentials(prefix);
  c.set(draw.bytes(20), 12);
  return c;
}
