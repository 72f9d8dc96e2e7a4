"""Writes texts with each way in that Python has, as lines of ids: write_texts.py LIBRARY_FOLDER SECRET OUT_FOLDER."""

import ctypes
import json
import os
import sys
from types import SimpleNamespace

folder, secret, out = sys.argv[1:4]
sys.path.insert(0, folder)
os.environ.update(STILLWATCH_MARK_SECRET=secret, STILLWATCH_MARK_COHORT="free")

import numpy
import torch
import stillwatch_mark
from stillwatch_mark import Mark, MarkError, MarkLogitsProcessor, RequestMark, VllmMarkLogitsProcessor

VOCABULARY, PROMPT, LENGTH, ROWS = 1003, [5, 6, 7], 250, 4
torch.manual_seed(11)
generator = numpy.random.default_rng(11)
table = torch.randn(VOCABULARY, VOCABULARY) * 2.0


def model(ids):
    """Logits of rows of ids: a first-order model with steep and flat steps."""
    return table[ids[:, -1]].clone()


def generate(processor, temperature=1.0):
    """As generate() of Transformers draws: processors, softmax, multinomial."""
    ids = torch.tensor([PROMPT] * ROWS)
    for _ in range(LENGTH):
        scores = model(ids)
        if processor is not None:
            scores = processor(ids, scores)
        drawn = torch.multinomial(torch.softmax(scores / temperature, dim=-1), 1)
        ids = torch.cat([ids, drawn], dim=1)
    return [row[len(PROMPT):].tolist() for row in ids]


def save(name, texts):
    with open(os.path.join(out, name + ".jsonl"), "w") as file:
        for tokens in texts:
            file.write(json.dumps({"tokens": tokens}) + "\n")


def vllm(draws_greedily):
    """The calls that vLLM's V1 model runner makes; rows come late, are swapped, moved and removed."""
    config = SimpleNamespace(model_config=SimpleNamespace(get_vocab_size=lambda: VOCABULARY))
    processor = VllmMarkLogitsProcessor(config, torch.device("cpu"), False)
    params = SimpleNamespace(temperature=0.0 if draws_greedily else 1.0)
    outputs = [[] for _ in range(3)]
    rows = [0, 1]
    update = SimpleNamespace(batch_size=2, removed=[], moved=[], added=[(0, params, PROMPT, outputs[0]), (1, params, PROMPT, outputs[1])])
    for step in range(LENGTH):
        processor.update_state(update)
        update = None
        ids = torch.tensor([(PROMPT + outputs[request])[-1:] for request in rows])
        logits = processor.apply(model(ids))
        drawn = torch.multinomial(torch.softmax(logits, dim=-1), 1)
        for row, request in enumerate(rows):
            outputs[request].append(int(drawn[row]))
        if step == 50:
            rows = [1, 0, 2]
            update = SimpleNamespace(
                batch_size=3, removed=[], added=[(2, params, PROMPT, outputs[2])], moved=[(0, 1, SimpleNamespace(name="SWAP"))])
        if step == 100:
            rows = [2, 0]
            update = SimpleNamespace(batch_size=2, removed=[0], added=[], moved=[(2, 0, SimpleNamespace(name="UNIDIRECTIONAL"))])
    assert processor.is_argmax_invariant()
    unknown = [3, 4, -1]
    processor.update_state(SimpleNamespace(batch_size=1, removed=[0, 1, 2], moved=[], added=[(0, params, PROMPT, unknown)]))
    ahead = model(torch.tensor([[3]]))
    assert torch.equal(processor.apply(ahead.clone()), ahead)
    return outputs


def by_request(mark):
    processor, output = RequestMark(mark), []
    for _ in range(LENGTH):
        logits = processor(PROMPT, output, table[(PROMPT + output)[-1]])
        output.append(int(torch.multinomial(torch.softmax(logits, dim=-1), 1)))
    return [output]


def with_numpy(mark):
    output = []
    for _ in range(LENGTH):
        text = numpy.array(PROMPT + output)
        logits = table[(PROMPT + output)[-1]].numpy().copy()
        mark.process(text, len(PROMPT), logits)
        weights = numpy.exp(logits.astype("float64") - logits.max())
        output.append(int(generator.choice(VOCABULARY, p=weights / weights.sum())))
    return [output]


def with_ctypes(mark):
    output = []
    for _ in range(LENGTH):
        text = PROMPT + output
        logits = (ctypes.c_float * VOCABULARY)(*table[text[-1]].tolist())
        output.append(mark.sample(text, len(PROMPT), logits))
    return [output]


def check_device_arithmetic(secret):
    """Where the logits are on a device the arithmetic is PyTorch's: it is to be the library's."""
    for bias in (0.0, 1.5):
        with Mark.open_file(secret, VOCABULARY, cohort="free", bias=bias) as mark:
            for scale in (0.2, 1.0, 4.0, 30.0):
                logits = torch.randn(5, VOCABULARY) * scale
                logits[:, ::9] = -float("inf")
                logits[1, :] = -float("inf")
                logits[1, 7] = 3.0
                texts = [([1, 2, 3], 3), ([4, 5], 2), None, ([1], 1), ([8, 9, 8, 9], 2)]
                temperatures = [1.0, 0.5, 1.0, 1.0, 1.7]
                here = mark.process_batch(texts, logits.clone(), temperatures, on_device=False)
                there = mark.process_batch(texts, logits.clone(), temperatures, on_device=True)
                scales = torch.tensor(temperatures).unsqueeze(1)
                here, there = torch.softmax(here / scales, -1), torch.softmax(there / scales, -1)
                assert torch.allclose(here, there, rtol=1e-4, atol=1e-9), (bias, scale, (here - there).abs().max())
                assert scale > 5 or not torch.allclose(torch.softmax(logits / scales, -1)[0], here[0]), "nothing was marked"


def check_refusals(mark):
    for call, kind in (
            (lambda: mark.process([1, 2], 2, torch.zeros(3)), MarkError),
            (lambda: mark.process([1, 2], 3, torch.zeros(VOCABULARY)), MarkError),
            (lambda: mark.process([1, 2], 2, torch.zeros(VOCABULARY, dtype=torch.float64)), TypeError),
            (lambda: mark.process([1, 2], 2, numpy.zeros(VOCABULARY)), TypeError),
            (lambda: mark.process([1, 2], 2, [0.0]), TypeError),
            (lambda: Mark.open_file(secret + ".absent", VOCABULARY), MarkError),
            (lambda: Mark.open_key(b"short", VOCABULARY), MarkError)):
        try:
            call()
        except kind as fault:
            assert str(fault)
        else:
            raise AssertionError("not refused")


mark = Mark.open_file(secret, VOCABULARY, cohort="free")
assert len(mark.id) == 32
check_device_arithmetic(secret)
check_refusals(mark)
save("unmarked", generate(None))
processor = MarkLogitsProcessor(mark)
save("transformers", generate(processor))
save("again", generate(processor))
save("warped", generate(MarkLogitsProcessor(mark, len(PROMPT), before=[lambda ids, scores: scores / 0.8])))
save("hot", generate(MarkLogitsProcessor(mark, len(PROMPT), temperature=1.4), temperature=1.4))
with Mark.open_file(secret, VOCABULARY, cohort="free", bias=2.0) as biased:
    save("biased", generate(MarkLogitsProcessor(biased)))
save("vllm", vllm(draws_greedily=False))
save("greedy", vllm(draws_greedily=True))
save("request", by_request(mark))
save("numpy", with_numpy(mark))
save("ctypes", with_ctypes(mark))
mark.close()
