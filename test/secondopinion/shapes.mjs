// Writes COUNT states of FORK, from seed FIRST on, and what an oracle must find in each.
//
//	LODESTAR_PRESET=minimal node shapes.mjs FORK FIRST COUNT
import {ssz} from "@lodestar/types";
import {Draw} from "./draw.mjs";
import {described, epochs, makeState} from "./made.mjs";
import {network, specOf} from "./network.mjs";
import {send} from "./stream.mjs";

const [fork, first, count] = [process.argv[2], Number(process.argv[3]), Number(process.argv[4])];
const config = network(epochs);
send({spec: specOf(config)});
for (let seed = first; seed < first + count; seed++) {
  const state = makeState(config, fork, new Draw(seed));
  send({seed, ...described(fork, state)}, ssz[fork].BeaconState.serialize(state));
}
