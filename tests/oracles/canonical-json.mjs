// Reads a JSON array of JSON texts on standard input; writes the array of their canonical forms (RFC 8785), as ECMAScript itself orders
// keys and writes numbers and strings.
import { readFileSync } from 'node:fs';

function canonical(value) {
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  const members = Object.keys(value).sort().map(key => `${JSON.stringify(key)}:${canonical(value[key])}`);
  return `{${members.join(',')}}`;
}

const texts = JSON.parse(readFileSync(0, 'utf8'));
process.stdout.write(JSON.stringify(texts.map(text => canonical(JSON.parse(text)))));
