// The engine API of an execution node (execution-apis, osaka and amsterdam), over JSON-RPC with a token of its secret.
import {createHmac} from "node:crypto";
import {readFileSync} from "node:fs";

const timeoutMs = 20_000;
const base64url = (data) => Buffer.from(data).toString("base64url");

export class Engine {
  #url;
  #secret;
  #id = 0;

  constructor(url, secretFile) {
    this.#url = url;
    this.#secret = Buffer.from(readFileSync(secretFile, "utf8").trim().replace(/^0x/, ""), "hex");
  }

  // build has a payload made upon a head, and gives it with its requests (EIP-7685) after some time for transactions.
  async build(head, attributes, amsterdam, waitMs) {
    const {payloadStatus, payloadId} = await this.#call(amsterdam ? "engine_forkchoiceUpdatedV4" : "engine_forkchoiceUpdatedV3", head, attributes);
    if (payloadStatus.status !== "VALID" || !payloadId) throw new Error(`no payload is built upon ${head.headBlockHash}: ${JSON.stringify(payloadStatus)}`);
    await new Promise((done) => setTimeout(done, waitMs));
    return this.#call(amsterdam ? "engine_getPayloadV6" : "engine_getPayloadV5", payloadId);
  }

  // insert has a payload executed and kept.
  async insert({executionPayload, executionRequests}, parentBeaconBlockRoot, amsterdam) {
    const status = await this.#call(amsterdam ? "engine_newPayloadV5" : "engine_newPayloadV4", executionPayload, [], parentBeaconBlockRoot, executionRequests);
    if (status.status !== "VALID") throw new Error(`payload ${executionPayload.blockHash} is refused: ${JSON.stringify(status)}`);
  }

  async setHead(head, amsterdam) {
    const {payloadStatus} = await this.#call(amsterdam ? "engine_forkchoiceUpdatedV4" : "engine_forkchoiceUpdatedV3", head, null);
    if (payloadStatus.status !== "VALID") throw new Error(`head ${head.headBlockHash} is refused: ${JSON.stringify(payloadStatus)}`);
  }

  block(number) {
    return this.#call("eth_getBlockByNumber", number, false);
  }

  async #call(method, ...params) {
    const body = JSON.stringify({jsonrpc: "2.0", id: ++this.#id, method, params});
    const headers = {"Content-Type": "application/json", Authorization: `Bearer ${this.#token()}`};
    const response = await fetch(this.#url, {method: "POST", headers, body, signal: AbortSignal.timeout(timeoutMs)});
    const {result, error} = await response.json();
    if (error) throw new Error(`${method}: ${error.message} ${error.data ? JSON.stringify(error.data) : ""}`);
    return result;
  }

  #token() {
    const signed = `${base64url('{"alg":"HS256","typ":"JWT"}')}.${base64url(JSON.stringify({iat: Math.floor(Date.now() / 1000)}))}`;
    return `${signed}.${createHmac("sha256", this.#secret).update(signed).digest("base64url")}`;
  }
}
