// Writes the states that testdata keeps, so that tests without Node have them: make generate.
//
//	LODESTAR_PRESET=minimal node vectors.mjs testdata
import {writeFileSync} from "node:fs";
import {ssz} from "@lodestar/types";
import {Draw} from "./draw.mjs";
import {described, epochs, makeState} from "./made.mjs";
import {network, specOf} from "./network.mjs";
import {json} from "./stream.mjs";

const folder = process.argv[2];
const config = network(epochs);
const states = [];
for (const [fork, length] of [["fulu", 6], ["gloas", 0], ["gloas", 1], ["gloas", 22]]) {
  const state = makeState(config, fork, new Draw(states.length + 1), length);
  const file = `${fork}-${length}.ssz`;
  const data = ssz[fork].BeaconState.serialize(state);
  writeFileSync(`${folder}/${file}`, data);
  states.push({file, bytes: data.length, ...described(fork, state)});
}
writeFileSync(`${folder}/states.json`, json({spec: specOf(config), states}, 1) + "\n");
