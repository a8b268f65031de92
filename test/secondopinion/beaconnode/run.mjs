// A beacon node, for tests only: it makes a chain from Fulu over the fork into Gloas with a consensus client's own state transition, upon an execution node, and
// answers the Beacon API.
//
//	node main.mjs SETTINGS.json
import {readFileSync} from "node:fs";
import {ForkSeq, SLOTS_PER_EPOCH} from "@lodestar/params";
import {network} from "../network.mjs";
import {Api} from "./api.mjs";
import {Chain} from "./chain.mjs";
import {Engine} from "./engine.mjs";
import {genesisState, networkConfig} from "./genesis.mjs";

const settings = JSON.parse(readFileSync(process.argv[2], "utf8"));
const config = network({electra: 0, fulu: 0, gloas: settings.gloasEpoch}, networkConfig(settings));
const engine = new Engine(settings.engineUrl, settings.jwtSecretFile);
const genesis = genesisState(config, settings, await engine.block("0x0"));
const chain = new Chain(config, engine, genesis, settings);
const api = new Api(chain, config);
await api.listen(settings.port);
console.log(`listening on ${settings.port}; Gloas is fork ${ForkSeq.gloas} and begins with slot ${settings.gloasEpoch * SLOTS_PER_EPOCH}`);

let finalizedEpoch = 0;
for (let slot = 1; ; slot++) {
  const waitMs = (settings.genesisTime + slot * settings.secondsPerSlot) * 1000 - Date.now();
  if (waitMs > 0) await new Promise((done) => setTimeout(done, waitMs));
  const block = await chain.step(slot);
  const {epoch} = block.state.finalizedCheckpoint;
  console.log(`slot ${slot} root ${block.root} executed ${block.executed} payload ${block.full ? "delivered" : block.late ? "late" : "withheld"} finalized epoch ${epoch}`);
  if (epoch > finalizedEpoch) api.finalized(block);
  finalizedEpoch = epoch;
}
