// Keys of validators and builders by number, and what they sign.
import {DOMAIN_BUILDER_DEPOSIT, DOMAIN_DEPOSIT} from "@lodestar/params";
import {computeDomain, computeSigningRoot, interopSecretKey} from "@lodestar/state-transition";
import {ssz} from "@lodestar/types";

// The point at infinity: what stands where no signature is asked for.
export const noSignature = Uint8Array.from({length: 96}, (_, i) => (i === 0 ? 0xc0 : 0));

export const publicKey = (number) => interopSecretKey(number).toPublicKey().toBytes();

export const sign = (number, root) => interopSecretKey(number).sign(root).toBytes();

// deposit is signed by key `number`, for the deposit contract or for that of builders.
export function deposit(config, number, withdrawalCredentials, amount, type = DOMAIN_DEPOSIT) {
  const message = {pubkey: publicKey(number), withdrawalCredentials, amount};
  const root = computeSigningRoot(ssz.phase0.DepositMessage, message, computeDomain(type, config.GENESIS_FORK_VERSION, new Uint8Array(32)));
  return {...message, signature: sign(number, root)};
}

export const builderDeposit = (config, number, credentials, amount) => deposit(config, number, credentials, amount, DOMAIN_BUILDER_DEPOSIT);
