// The other party of RFC 9497, P256-SHA256, by @noble/curves. Standard input: {"do": ..., ...} with hexadecimal values.
//   evaluate: {seed, info, blinded[]} gives the key holder's {publicKey, evaluated[], proof}
//   blind:    {inputs[]} gives the client's {blinds[], blinded[]}
//   finalize: {inputs[], blinds[], blinded[], evaluated[], publicKey, proof} gives {outputs[]} or fails where the proof does not hold
//   speed:    {elements, seconds} gives evaluations with proof a second, in batches of 'elements'
import { readFileSync } from 'node:fs';
import { p256_oprf } from '@noble/curves/nist.js';

const hex = bytes => Buffer.from(bytes).toString('hex');
const bytes = text => Uint8Array.from(Buffer.from(text, 'hex'));
const { voprf } = p256_oprf;

const actions = {
  evaluate({ seed, info, blinded }) {
    const keys = voprf.deriveKeyPair(bytes(seed), bytes(info));
    const { evaluated, proof } = voprf.blindEvaluateBatch(keys.secretKey, keys.publicKey, blinded.map(bytes));
    return { publicKey: hex(keys.publicKey), evaluated: evaluated.map(hex), proof: hex(proof) };
  },
  blind({ inputs }) {
    const results = inputs.map(input => voprf.blind(bytes(input)));
    return { blinds: results.map(result => hex(result.blind)), blinded: results.map(result => hex(result.blinded)) };
  },
  finalize({ inputs, blinds, blinded, evaluated, publicKey, proof }) {
    const items = inputs.map((input, i) => ({
      input: bytes(input), blind: bytes(blinds[i]), blinded: bytes(blinded[i]), evaluated: bytes(evaluated[i]),
    }));
    return { outputs: voprf.finalizeBatch(items, bytes(publicKey), bytes(proof)).map(hex) };
  },
  speed({ elements, seconds }) {
    const keys = voprf.deriveKeyPair(new Uint8Array(32), new Uint8Array());
    const blinded = Array.from({ length: elements }, (_, i) => voprf.blind(Uint8Array.of(i & 255, i >> 8)).blinded);
    voprf.blindEvaluateBatch(keys.secretKey, keys.publicKey, blinded);
    const began = performance.now();
    let batches = 0;
    for (; performance.now() - began < 1000 * seconds; batches++) voprf.blindEvaluateBatch(keys.secretKey, keys.publicKey, blinded);
    return { perSecond: (1000 * batches * elements) / (performance.now() - began) };
  },
};

const request = JSON.parse(readFileSync(0, 'utf8'));
process.stdout.write(JSON.stringify(actions[request.do](request)));
