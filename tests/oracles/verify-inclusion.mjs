// Verifies inclusion proofs of ours with @sigstore/verify: the checkpoint's signature and the way from the entry to its root.
// Reads a JSON array of {entry, index, hashes, checkpoint} (bytes in base64) and an argument, the log's vkey; writes a JSON array of
// true or false.
import { createPublicKey } from "node:crypto";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const require = createRequire(import.meta.url);
const { verifyCheckpoint } = require("@sigstore/verify/dist/tlog/checkpoint.js");
const { verifyMerkleInclusion } = require("@sigstore/verify/dist/tlog/merkle.js");

const spkiPrefix = Buffer.from("302a300506032b6570032100", "hex");
const vkey = /^([^+]*)\+([0-9a-f]{8})\+(.*)$/.exec(process.argv[2]);
const log = {
  baseURL: vkey[1],
  logID: Buffer.from(vkey[2], "hex"),
  publicKey: createPublicKey({
    key: Buffer.concat([spkiPrefix, Buffer.from(vkey[3], "base64").subarray(1)]), format: "der", type: "spki",
  }),
};

const verify = ({ entry, index, hashes, checkpoint }) => {
  const tlogEntry = {
    canonicalizedBody: Buffer.from(entry, "base64"),
    inclusionProof: {
      logIndex: index,
      hashes: hashes.map((hash) => Buffer.from(hash, "base64")),
      checkpoint: { envelope: Buffer.from(checkpoint, "base64").toString("utf8") },
    },
  };
  try {
    verifyMerkleInclusion(tlogEntry, verifyCheckpoint(tlogEntry, [log]));
    return true;
  } catch {
    return false;
  }
};

process.stdout.write(JSON.stringify(JSON.parse(readFileSync(0, "utf8")).map(verify)));
