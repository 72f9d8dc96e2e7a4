// The official OpenAI client against a gateway: every kind of call, and how it reads the gateway's errors.
// Environment: BASE_URL, API_KEY. Prints one JSON object.
import OpenAI from 'openai';

const client = new OpenAI({ baseURL: `${process.env.BASE_URL}/v1`, apiKey: process.env.API_KEY, maxRetries: 0 });
const said = {};
const model = 'test-model';
const messages = [{ role: 'user', content: 'Hi' }];

async function failure(call) {
  try {
    await call();
    return 'no error';
  } catch (error) {
    return `${error.constructor.name} ${error.status ?? '-'} ${error.code ?? '-'} ${error.type ?? '-'}`;
  }
}

const chat = await client.chat.completions.create({ model, messages });
said.chat = `${chat.choices[0].message.content} ${chat.usage.total_tokens} ${chat._request_id}`;

let text = '';
let usage;
for await (const chunk of await client.chat.completions.create({ model, messages, stream: true, stream_options: { include_usage: true } })) {
  text += chunk.choices[0]?.delta?.content ?? '';
  usage = chunk.usage ?? usage;
}
said.chatStream = `${text} ${usage.total_tokens}`;

const final = await client.chat.completions.stream({ model, messages }).finalChatCompletion();
said.chatHelper = final.choices[0].message.content;

said.completion = (await client.completions.create({ model, prompt: 'Hello' })).choices[0].text;
said.response = (await client.responses.create({ model, input: 'Hi' })).output_text;

text = '';
for await (const event of await client.responses.create({ model, input: 'Hi', stream: true })) {
  text += event.type === 'response.output_text.delta' ? event.delta : '';
}
said.responseStream = text;

said.embedding = (await client.embeddings.create({ model, input: 'a', encoding_format: 'float' })).data[0].embedding.join();
said.models = (await client.models.list()).data.map((entry) => entry.id).join();
said.model = (await client.models.retrieve(model)).owned_by;

said.badKey = await failure(() => new OpenAI({ baseURL: client.baseURL, apiKey: 'sk-wrong', maxRetries: 0 }).models.list());
said.noModel = await failure(() => client.chat.completions.create({ model: 'nope', messages }));
said.noPath = await failure(() => client.files.list());
said.denied = await failure(() => client.chat.completions.create({ model: 'other-denied', messages }));
said.limited = await failure(() => client.chat.completions.create({ model: 'other-limited', messages }));
// Streams that a quota cuts: to the client they ended because the bound was reached.
let reason;
text = '';
for await (const chunk of await client.chat.completions.create({ model: 'other-cut-1', messages, stream: true })) {
  text += chunk.choices[0]?.delta?.content ?? '';
  reason = chunk.choices[0]?.finish_reason ?? reason;
}
said.cutChat = `${text.trim()} ${reason}`;

const cut = await client.chat.completions.stream({ model: 'other-cut-2', messages }).finalChatCompletion();
said.cutHelper = `${cut.choices[0].message.content.trim()} ${cut.choices[0].finish_reason}`;

const partial = await client.responses.stream({ model: 'other-cut-3', input: 'Hi' }).finalResponse();
said.cutResponses = `${partial.status} ${partial.incomplete_details.reason} ${partial.output_text}`;

said.brokenStream = await failure(async () => {
  for await (const _ of await client.chat.completions.create({ model: 'other-broken', messages, stream: true }));
});
said.brokenResponses = await failure(async () => {
  let last;
  for await (const event of await client.responses.create({ model: 'other-broken', input: 'Hi', stream: true })) last = event;
  if (last.type === 'error') throw Object.assign(new Error(last.message), { code: last.code, type: last.type });
});

console.log(JSON.stringify(said));
