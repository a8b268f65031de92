// The network of these tests: a preset, chosen by LODESTAR_PRESET, with forks in its first epochs. Its parameters are printed as a beacon node
// answers them at /eth/v1/config/spec.
import {chainConfigToJson, createChainForkConfig, defaultChainConfig} from "@lodestar/config";
import {activePreset} from "@lodestar/params";

export const vault = Uint8Array.from({length: 20}, (_, i) => 0xa0 + i);

// network is the configuration whose forks begin in these epochs.
export function network({deneb = 0, electra, fulu, gloas}, others = {}) {
  return createChainForkConfig({
    ...defaultChainConfig,
    ALTAIR_FORK_EPOCH: 0, BELLATRIX_FORK_EPOCH: 0, CAPELLA_FORK_EPOCH: 0, DENEB_FORK_EPOCH: deneb, ELECTRA_FORK_EPOCH: electra, FULU_FORK_EPOCH: fulu,
    GLOAS_FORK_EPOCH: gloas,
    ...others,
  });
}

export function specOf(config) {
  const spec = {};
  for (const [key, value] of Object.entries({...activePreset, ...chainConfigToJson(config)})) {
    if (typeof value === "string" || typeof value === "number") spec[key] = String(value);
  }
  return spec;
}

// isPool is report.WithdrawsTo, written once more: prefix 0x01 or 0x02, and the vault in the last twenty bytes.
export function isPool(credentials) {
  return (credentials[0] === 1 || credentials[0] === 2) && vault.every((b, i) => credentials[12 + i] === b);
}

export function poolCredentials(prefix) {
  const c = new Uint8Array(32);
  c[0] = prefix;
  c.set(vault, 12);
  return c;
}
