// The official Anthropic client against a gateway: every kind of call, and how it reads the gateway's errors.
// Environment: BASE_URL, API_KEY. Prints one JSON object.
import Anthropic from '@anthropic-ai/sdk';

const client = new Anthropic({ baseURL: process.env.BASE_URL, apiKey: process.env.API_KEY, maxRetries: 0 });
const said = {};
const ask = { model: 'test-model', max_tokens: 100, messages: [{ role: 'user', content: 'Hi' }] };

async function failure(call) {
  try {
    await call();
    return 'no error';
  } catch (error) {
    return `${error.constructor.name} ${error.status ?? '-'} ${error.error?.error?.type ?? '-'}`;
  }
}

const message = await client.messages.create(ask);
said.message = `${message.content[1].text} ${message.usage.output_tokens}`;

let text = '';
for await (const event of await client.messages.create({ ...ask, stream: true })) {
  text += event.type === 'content_block_delta' ? event.delta.text : '';
}
said.stream = text;

const final = await client.messages.stream(ask).finalMessage();
said.helper = `${final.content[0].text} ${final.stop_reason} ${final.usage.output_tokens}`;

said.count = (await client.messages.countTokens({ model: ask.model, messages: ask.messages })).input_tokens;
said.models = (await client.models.list()).data.map((entry) => entry.id).join();

said.badKey = await failure(() => new Anthropic({ baseURL: process.env.BASE_URL, apiKey: 'sk-ant-wrong', maxRetries: 0 }).messages.create(ask));
said.noModel = await failure(() => client.messages.create({ ...ask, model: 'nope' }));
said.denied = await failure(() => client.messages.create({ ...ask, model: 'other-denied' }));
said.limited = await failure(() => client.messages.create({ ...ask, model: 'other-limited' }));
const cut = await client.messages.stream({ ...ask, model: 'other-cut-1' }).finalMessage();
said.cutStream = `${cut.content[0].text} ${cut.stop_reason}`;
said.brokenStream = await failure(() => client.messages.stream({ ...ask, model: 'other-broken' }).finalMessage());

console.log(JSON.stringify(said));
