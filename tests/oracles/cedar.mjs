// Decides requests with Cedar's own engine: a line {"policies", "principal", "action", "resource", "context", "entities"} in,
// a line {"parsed": false} or {"allowed", "reasons", "errors"} out (policies are named policy0, policy1, ... in their order).
import { createInterface } from 'node:readline';
import { createRequire } from 'node:module';

const cedar = createRequire(import.meta.url)('@cedar-policy/cedar-wasm/nodejs');

for await (const line of createInterface({ input: process.stdin })) {
  const { policies, ...request } = JSON.parse(line);
  const answer = cedar.isAuthorized({ ...request, policies: { staticPolicies: policies } });
  if (answer.type !== 'success') {
    console.log(JSON.stringify({ parsed: false, errors: answer.errors.map((error) => error.message) }));
    continue;
  }
  const { decision, diagnostics } = answer.response;
  console.log(JSON.stringify({
    parsed: true,
    allowed: decision === 'allow',
    reasons: diagnostics.reason.toSorted(),
    errors: diagnostics.errors.map((error) => error.policyId).toSorted(),
    messages: diagnostics.errors.map((error) => error.error.message),
  }));
}
