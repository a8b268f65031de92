// What the programs write for a Go test: lines of JSON. A line with `bytes` is followed by so many bytes of SSZ.
import {writeSync} from "node:fs";

export const hex = (bytes) => "0x" + Buffer.from(bytes).toString("hex");

// json writes bytes as hexadecimal and integers beyond 2^53 as they are.
export function json(value, indent) {
  const raw = (_, v) => {
    if (v instanceof Uint8Array) return hex(v);
    if (typeof v === "bigint") return {raw: String(v)};
    return v === Infinity ? {raw: "18446744073709551615"} : v;
  };
  return JSON.stringify(value, raw, indent).replace(/\{\s*"raw":\s*"(\d+)"\s*\}/g, "$1");
}

export function send(line, ssz) {
  writeAll(Buffer.from(json(ssz ? {...line, bytes: ssz.length} : line) + "\n"));
  if (ssz) writeAll(ssz);
}

// writeAll waits for a reader that is slower: a pipe takes a part at a time.
function writeAll(data) {
  for (let at = 0; at < data.length; ) {
    try {
      at += writeSync(1, data, at, data.length - at);
    } catch (error) {
      if (error.code !== "EAGAIN") throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1);
    }
  }
}
