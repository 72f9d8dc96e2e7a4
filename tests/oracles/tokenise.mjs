// Tokenisers that are not ours: OpenAI's tiktoken (Rust, as WebAssembly) and Hugging Face's tokenizers in JavaScript.
//   ranks NAME                     writes the ranks of an encoding as a file of tiktoken
//   json NAME [ignore_merges]      writes a tokenizer.json of the same merges
//   tiktoken NAME < TEXTS          reads a list of texts as JSON, writes the list of their ids
//   huggingface FILE < TEXTS       the same by a tokenizer.json
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const require = createRequire(import.meta.url);
const encoding = (name) => JSON.parse(readFileSync(require.resolve(`tiktoken/encoders/${name}.json`), "utf8"));

/** Pairs of a token's bytes, as a binary string, and its rank. */
function* ranksOf(name) {
  for (const line of encoding(name).bpe_ranks.split("\n")) {
    const [, first, ...tokens] = line.split(" ");
    for (const [i, token] of tokens.entries()) yield [token, Number(first) + i];
  }
}

/** The merges of a vocabulary of ranks: each token is of the last two parts that the merges before leave. */
function* mergesOf(ranks) {
  for (const [token, rank] of [...ranks].sort((a, b) => a[1] - b[1])) {
    let parts = [...token];
    while (parts.length > 2) {
      let best = Infinity, at = -1;
      for (let i = 0; i + 1 < parts.length; i++) {
        const merged = ranks.get(parts[i] + parts[i + 1]);
        if (merged !== undefined && merged < best && merged < rank) [best, at] = [merged, i];
      }
      if (at < 0) break;
      parts.splice(at, 2, parts[at] + parts[at + 1]);
    }
    if (parts.length === 2) yield parts;
  }
}

function letters() {
  const letter = [];
  let next = 256;
  for (let value = 0; value < 256; value++) {
    const printable = (value >= 33 && value <= 126) || (value >= 161 && value <= 172) || value >= 174;
    letter.push(String.fromCharCode(printable ? value : next++));
  }
  return letter;
}

function tokenizerJson(name, ignoresMerges) {
  const letter = letters();
  const spell = (bytes) => [...bytes].map((byte) => letter[byte.charCodeAt(0)]).join("");
  const ranks = new Map([...ranksOf(name)].map(([token, rank]) => [Buffer.from(token, "base64").toString("latin1"), rank]));
  const size = ranks.size;
  const added = ["<|endoftext|>", "<|end|>", "<|end|>of", "<tool>"].map((content, i) => ({
    id: size + i, content, single_word: false, lstrip: false, rstrip: false, normalized: false, special: true }));
  const byteLevel = { type: "ByteLevel", add_prefix_space: false, trim_offsets: true, use_regex: name === "gpt2" };
  const split = { type: "Split", pattern: { Regex: encoding(name).pat_str }, behavior: "Isolated", invert: false };
  return {
    version: "1.0", truncation: null, padding: null, added_tokens: added, normalizer: null,
    pre_tokenizer: name === "gpt2" ? byteLevel : { type: "Sequence", pretokenizers: [split, byteLevel] },
    post_processor: null,
    decoder: { type: "ByteLevel", add_prefix_space: true, trim_offsets: true, use_regex: true },
    model: {
      type: "BPE", dropout: null, unk_token: null, continuing_subword_prefix: "", end_of_word_suffix: "", fuse_unk: false,
      byte_fallback: false, ignore_merges: ignoresMerges,
      vocab: Object.fromEntries([...ranks].map(([token, rank]) => [spell(token), rank])),
      merges: [...mergesOf(ranks)].map(([left, right]) => `${spell(left)} ${spell(right)}`),
    },
  };
}

const [mode, name, option] = process.argv.slice(2);
const texts = () => JSON.parse(readFileSync(0, "utf8"));
if (mode === "ranks") {
  process.stdout.write([...ranksOf(name)].map(([token, rank]) => `${token} ${rank}\n`).join(""));
} else if (mode === "json") {
  process.stdout.write(JSON.stringify(tokenizerJson(name, option === "ignore_merges")));
} else if (mode === "tiktoken") {
  const { get_encoding } = await import("tiktoken");
  const tokeniser = get_encoding(name);
  process.stdout.write(JSON.stringify(texts().map((text) => [...tokeniser.encode_ordinary(text)])));
} else {
  const { Tokenizer } = await import("@huggingface/tokenizers");
  const tokeniser = new Tokenizer(JSON.parse(readFileSync(name, "utf8")), {});
  process.stdout.write(JSON.stringify(texts().map((text) => [...tokeniser.encode(text, { add_special_tokens: false }).ids])));
}
