"""Tokens a second of the steps that the published KGW detector takes: one permutation of the vocabulary a token."""
import sys
import time

import torch

VOCABULARY, GAMMA, KEY = 100_000, 0.25, 15485863

torch.set_num_threads(1)
count = int(sys.argv[1])
tokens = torch.randint(0, VOCABULARY, (count + 1,), generator=torch.Generator().manual_seed(1))
generator = torch.Generator()
start = time.perf_counter()
green = 0
for previous, token in zip(tokens[:-1], tokens[1:]):
    generator.manual_seed((KEY * previous.item()) % (2**64 - 1))
    green += int(token in torch.randperm(VOCABULARY, generator=generator)[: int(GAMMA * VOCABULARY)])
seconds = time.perf_counter() - start
print(f"The published KGW detector's steps in PyTorch {torch.__version__}, one thread: {count / seconds:,.0f} tokens a second.")
