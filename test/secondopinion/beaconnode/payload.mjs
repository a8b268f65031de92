// Payloads and requests, from the engine API's words to those of the consensus layer.
import {ssz} from "@lodestar/types";
import {hex} from "../stream.mjs";

export const bytes = (text) => Uint8Array.from(Buffer.from(text.slice(2), "hex"));
export const quantity = (number) => `0x${BigInt(number).toString(16)}`;

// fuluPayload is an ExecutionPayload of Fulu.
export function fuluPayload(p) {
  return {
    parentHash: bytes(p.parentHash), feeRecipient: bytes(p.feeRecipient), stateRoot: bytes(p.stateRoot), receiptsRoot: bytes(p.receiptsRoot), logsBloom: bytes(p.logsBloom),
    prevRandao: bytes(p.prevRandao), blockNumber: Number(p.blockNumber), gasLimit: Number(p.gasLimit), gasUsed: Number(p.gasUsed), timestamp: Number(p.timestamp),
    extraData: bytes(p.extraData), baseFeePerGas: BigInt(p.baseFeePerGas), blockHash: bytes(p.blockHash), transactions: p.transactions.map(bytes),
    withdrawals: p.withdrawals.map((w) => ({index: Number(w.index), validatorIndex: Number(w.validatorIndex), address: bytes(w.address), amount: BigInt(w.amount)})),
    blobGasUsed: BigInt(p.blobGasUsed), excessBlobGas: BigInt(p.excessBlobGas),
  };
}

// requestsOf reads the requests of a payload (EIP-7685): a byte for the kind, and the list.
export function requestsOf(lists) {
  const types = {0: ["deposits", ssz.electra.DepositRequests], 1: ["withdrawals", ssz.electra.WithdrawalRequests], 2: ["consolidations", ssz.electra.ConsolidationRequests]};
  const requests = {deposits: [], withdrawals: [], consolidations: []};
  for (const list of lists.map(bytes)) {
    if (!types[list[0]]) throw new Error(`nobody here asks for anything of kind ${list[0]}`);
    const [name, type] = types[list[0]];
    requests[name] = type.deserialize(list.subarray(1));
  }
  return requests;
}

// withdrawalsOf are the engine API's words for withdrawals.
export function withdrawalsOf(list) {
  return Array.from(list, (w) => ({index: quantity(w.index), validatorIndex: quantity(w.validatorIndex), address: hexOf(w.address), amount: quantity(w.amount)}));
}

export const hexOf = (data) => {
  const text = hex(data);
  return text.startsWith("0x") ? text : `0x${text}`;
};
