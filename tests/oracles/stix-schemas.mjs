// Validates STIX objects one by one with AJV against the schemas of the OASIS committee, and recomputes the ids of observables.
// Arguments: the folder of the unpacked schemas, the schema of TLP 2.0 markings. Standard input: an array of objects.
// Standard output: an array of faults, one list an object.
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv2020 from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';

const [folder, tlpSchema] = process.argv.slice(2);
const ajv = new Ajv2020({ strict: false, allErrors: true, unicodeRegExp: false });
addFormats(ajv);
const byType = new Map();
for (const part of ['common', 'observables', 'sdos', 'sros']) {
  for (const file of readdirSync(join(folder, part))) {
    const schema = JSON.parse(readFileSync(join(folder, part, file), 'utf8'));
    ajv.addSchema(schema);
    byType.set(file.replace('.json', ''), schema.$id);
  }
}
const tlp = ajv.compile(JSON.parse(readFileSync(tlpSchema, 'utf8')));
const isTlp2 = object => object.extensions?.['extension-definition--60a3c5c5-0d10-413e-aab3-9e08dde9e88d'] !== undefined;

const contributing = {
  'ipv4-addr': ['value'], 'ipv6-addr': ['value'], 'domain-name': ['value'], 'autonomous-system': ['number'], 'software': ['name'],
  'user-account': ['account_type', 'user_id'], 'x-match-token': ['token_kind', 'epoch', 'token'],
};

function canonical(value) {
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  return `{${Object.keys(value).sort().map(key => `${JSON.stringify(key)}:${canonical(value[key])}`).join(',')}}`;
}

function deterministicId(object) {
  const named = Object.fromEntries(contributing[object.type].filter(key => key in object).map(key => [key, object[key]]));
  const space = Buffer.from('00abedb4aa42466c9c01fed23315a9b7', 'hex');
  const hash = createHash('sha1').update(space).update(canonical(named), 'utf8').digest().subarray(0, 16);
  hash[6] = (hash[6] & 0x0f) | 0x50;
  hash[8] = (hash[8] & 0x3f) | 0x80;
  const hex = hash.toString('hex');
  return `${object.type}--${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

function faults(object) {
  const schemas = object.type === 'marking-definition' && isTlp2(object) ? [tlp]
    : [ajv.getSchema(byType.get(object.type) ?? byType.get('cyber-observable-core'))];
  const found = schemas.flatMap(validate =>
    (validate(object) ? [] : validate.errors.map(fault => `${fault.instancePath} ${fault.message}`)));
  if (object.type in contributing && deterministicId(object) !== object.id) found.push(`id is not ${deterministicId(object)}`);
  return found;
}

const objects = JSON.parse(readFileSync(0, 'utf8'));
process.stdout.write(JSON.stringify(objects.map(faults)));
