// The first state of a network: Fulu in slot 0, upon the genesis block of its execution node. Nobody's withdrawals go to a pool yet.
import {createBeaconConfig} from "@lodestar/config";
import {SYNC_COMMITTEE_SIZE} from "@lodestar/params";
import {createCachedBeaconState, createEmptyEpochCacheImmutableData} from "@lodestar/state-transition";
import {ssz} from "@lodestar/types";
import {publicKey} from "../keys.mjs";
import {poolCredentials} from "../network.mjs";
import {bytes} from "./payload.mjs";

const stakeGwei = 32e9;

// networkConfig are the parameters of a network that begins at some time, with Gloas in some epoch.
export function networkConfig({secondsPerSlot, gloasEpoch, forkVersions, chainId, depositContract}) {
  return {
    SECONDS_PER_SLOT: secondsPerSlot, SLOT_DURATION_MS: secondsPerSlot * 1000, CONFIG_NAME: "tidemark-testnet", GLOAS_FORK_EPOCH: gloasEpoch,
    SHARD_COMMITTEE_PERIOD: 2, MIN_VALIDATOR_WITHDRAWABILITY_DELAY: 2, DEPOSIT_CHAIN_ID: chainId, DEPOSIT_NETWORK_ID: chainId, DEPOSIT_CONTRACT_ADDRESS: bytes(depositContract),
    ...Object.fromEntries(Object.entries(forkVersions).map(([name, version]) => [`${name}_FORK_VERSION`, bytes(version)])),
  };
}

export function genesisState(config, {genesisTime, validators}, block) {
  const state = ssz.fulu.BeaconState.defaultValue();
  state.genesisTime = genesisTime;
  state.fork = {previousVersion: config.FULU_FORK_VERSION, currentVersion: config.FULU_FORK_VERSION, epoch: 0};
  state.latestBlockHeader.bodyRoot = ssz.fulu.BeaconBlockBody.hashTreeRoot(ssz.fulu.BeaconBlockBody.defaultValue());
  state.latestExecutionPayloadHeader = headerOf(block);
  state.depositRequestsStartIndex = 0n;
  state.randaoMixes = state.randaoMixes.map(() => bytes(block.hash));
  for (let i = 0; i < validators; i++) addValidator(state, i);
  state.genesisValidatorsRoot = ssz.phase0.Validators.hashTreeRoot(state.validators);
  const view = ssz.fulu.BeaconState.toViewDU(state);
  const pubkeys = Array.from({length: SYNC_COMMITTEE_SIZE}, (_, i) => publicKey(i % validators));
  view.currentSyncCommittee = ssz.altair.SyncCommittee.toViewDU({pubkeys, aggregatePubkey: pubkeys[0]});
  view.nextSyncCommittee = ssz.altair.SyncCommittee.toViewDU({pubkeys, aggregatePubkey: pubkeys[0]});
  view.commit();
  return createCachedBeaconState(view, {...createEmptyEpochCacheImmutableData(config, view), config: createBeaconConfig(config, state.genesisValidatorsRoot)});
}

// addValidator adds one that has been active for ever; its withdrawals go to an account of nobody.
function addValidator(state, i) {
  const withdrawalCredentials = poolCredentials(1);
  withdrawalCredentials.fill(0xee, 12);
  state.validators.push({
    pubkey: publicKey(i), withdrawalCredentials, effectiveBalance: stakeGwei, slashed: false, activationEligibilityEpoch: 0, activationEpoch: 0, exitEpoch: Infinity,
    withdrawableEpoch: Infinity,
  });
  state.balances.push(stakeGwei);
  state.previousEpochParticipation.push(7);
  state.currentEpochParticipation.push(7);
  state.inactivityScores.push(0);
}

// headerOf is the payload header of geth's genesis block, which holds nothing.
function headerOf(b) {
  return {
    parentHash: bytes(b.parentHash), feeRecipient: bytes(b.miner), stateRoot: bytes(b.stateRoot), receiptsRoot: bytes(b.receiptsRoot), logsBloom: bytes(b.logsBloom),
    prevRandao: bytes(b.mixHash), blockNumber: Number(b.number), gasLimit: Number(b.gasLimit), gasUsed: Number(b.gasUsed), timestamp: Number(b.timestamp),
    extraData: bytes(b.extraData), baseFeePerGas: BigInt(b.baseFeePerGas), blockHash: bytes(b.hash),
    transactionsRoot: ssz.bellatrix.Transactions.hashTreeRoot([]), withdrawalsRoot: ssz.capella.Withdrawals.hashTreeRoot([]),
    blobGasUsed: BigInt(b.blobGasUsed ?? 0), excessBlobGas: BigInt(b.excessBlobGas ?? 0),
  };
}
