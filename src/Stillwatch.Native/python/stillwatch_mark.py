"""Stillwatch's mark (scheme stillwatch-mark-1) for hosts in Python: Transformers, vLLM's V1 engine, or anything with logits.

    mark = Mark.open_file("marks.secret", vocabulary=model.config.vocab_size, cohort="free")

    # Transformers: its own warpers run after processors, so truncation and temperature go through `before`, and generate gets none.
    generate(..., do_sample=True, top_k=0, top_p=1.0, temperature=1.0,
             logits_processor=[MarkLogitsProcessor(mark, prompt=inputs.input_ids.shape[1], before=[TemperatureLogitsWarper(0.7)])])

    # vLLM: --logits-processors stillwatch_mark:VllmMarkLogitsProcessor, with STILLWATCH_MARK_SECRET and the others in the environment.

Needs libstillwatch_mark.so beside this file, or where STILLWATCH_MARK_LIBRARY points. NumPy and PyTorch are used where they are there.
"""

import ctypes
import os
import threading

ABI = 1
_HEAD = 1.0 / 128


class MarkError(Exception):
    """What the library refused; `code` is one of the numbers in stillwatch_mark.h."""

    def __init__(self, code, text):
        super().__init__(text)
        self.code = code


class _Options(ctypes.Structure):
    _fields_ = [("size", ctypes.c_uint32), ("context_width", ctypes.c_int32), ("vocabulary", ctypes.c_int32), ("epoch", ctypes.c_int32),
                ("bias", ctypes.c_double), ("tenant", ctypes.c_char_p), ("cohort", ctypes.c_char_p)]


class _Text(ctypes.Structure):
    _fields_ = [("tokens", ctypes.c_void_p), ("count", ctypes.c_size_t), ("prompt", ctypes.c_size_t)]


_loading = threading.Lock()
_loaded = None


def library():
    """The library, loaded once."""
    global _loaded
    with _loading:
        if _loaded is None:
            beside = os.path.join(os.path.dirname(os.path.abspath(__file__)), "libstillwatch_mark.so")
            _loaded = _declare(ctypes.CDLL(os.environ.get("STILLWATCH_MARK_LIBRARY", beside)))
        return _loaded


def _declare(lib):
    handle, text, ints = ctypes.c_uint64, ctypes.POINTER(_Text), ctypes.POINTER(ctypes.c_int32)
    options, handles, size = ctypes.POINTER(_Options), ctypes.POINTER(ctypes.c_uint64), ctypes.c_size_t
    for name, arguments in {
        "abi": [],
        "open_key": [ctypes.c_char_p, size, options, handles],
        "open_file": [ctypes.c_char_p, options, handles],
        "close": [handle],
        "id": [handle, ctypes.c_char_p, size],
        "process": [handle, text, ctypes.c_void_p, size, ctypes.c_float, ints],
        "sample": [handle, text, ctypes.c_void_p, size, ctypes.c_float, ctypes.c_uint64, ints],
        "colours": [handle, text, ctypes.c_void_p, size, ints],
        "last_error": [ctypes.c_char_p, size],
    }.items():
        function = getattr(lib, "stillwatch_mark_" + name)
        function.argtypes, function.restype = arguments, ctypes.c_int32
    lib.stillwatch_mark_last_error.restype = size
    if lib.stillwatch_mark_abi() != ABI:
        raise MarkError(0, "the library is of another version than stillwatch_mark.py")
    return lib


def _check(code):
    if code != 0:
        buffer = ctypes.create_string_buffer(1024)
        library().stillwatch_mark_last_error(buffer, len(buffer))
        raise MarkError(code, buffer.value.decode("utf-8", "replace"))


def _text(tokens, prompt):
    """The struct of a text and what it points into, which has to live as long."""
    data, count, owner = _longs(tokens)
    return _Text(data, count, count if prompt is None else prompt), owner


def _longs(tokens):
    if hasattr(tokens, "data_ptr"):
        owner = tokens.detach().to("cpu").long().contiguous()
        return owner.data_ptr(), owner.numel(), owner
    if hasattr(tokens, "ctypes"):
        owner = tokens.astype("int64", copy=False).copy()
        return owner.ctypes.data, owner.size, owner
    tokens = list(tokens)
    owner = (ctypes.c_int64 * len(tokens))(*tokens)
    return ctypes.addressof(owner), len(tokens), owner


class Mark:
    """An open key. May be used from several threads."""

    def __init__(self, handle, vocabulary, bias):
        self._handle, self.vocabulary, self.bias = handle, vocabulary, bias

    @staticmethod
    def open_key(key, vocabulary, context_width=2, bias=0.0):
        """Opens 16 secret bytes."""
        return Mark._open(lambda options, out: library().stillwatch_mark_open_key(key, len(key), options, out),
                          vocabulary, context_width, bias)

    @staticmethod
    def open_file(path, vocabulary, context_width=2, bias=0.0, tenant=None, cohort=None, epoch=0):
        """Opens the key of a label from a master secret, or the key of a file that holds one."""
        return Mark._open(lambda options, out: library().stillwatch_mark_open_file(os.fsencode(path), options, out),
                          vocabulary, context_width, bias, tenant, cohort, epoch)

    @staticmethod
    def _open(call, vocabulary, context_width, bias, tenant=None, cohort=None, epoch=0):
        names = [None if name is None else name.encode() for name in (tenant, cohort)]
        options = _Options(ctypes.sizeof(_Options), context_width, vocabulary, epoch, bias, *names)
        out = ctypes.c_uint64(0)
        _check(call(ctypes.byref(options), ctypes.byref(out)))
        return Mark(out.value, vocabulary, bias)

    @property
    def id(self):
        """The key's id; empty where it came without a label."""
        buffer = ctypes.create_string_buffer(64)
        _check(library().stillwatch_mark_id(self._handle, buffer, len(buffer)))
        return buffer.value.decode()

    def close(self):
        """Closes the key; calls under way end first."""
        handle, self._handle = self._handle, 0
        if handle:
            _check(library().stillwatch_mark_close(handle))

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def process(self, tokens, prompt, logits, temperature=1.0):
        """Marks float32 logits in place: a contiguous tensor on the CPU, a NumPy array or a ctypes array. Says whether it did."""
        text, owner = _text(tokens, prompt)
        marked, (data, count) = ctypes.c_int32(0), _floats(logits)
        _check(library().stillwatch_mark_process(
            self._handle, ctypes.byref(text), data, count, temperature, ctypes.byref(marked)))
        del owner
        return marked.value == 1

    def sample(self, tokens, prompt, logits, temperature=1.0, random=None):
        """Draws a token; `random` are 64 bits, by default the system's."""
        random = int.from_bytes(os.urandom(8), "little") if random is None else random
        text, owner = _text(tokens, prompt)
        token, (data, count) = ctypes.c_int32(-1), _floats(logits)
        _check(library().stillwatch_mark_sample(
            self._handle, ctypes.byref(text), data, count, temperature, random, ctypes.byref(token)))
        del owner
        return token.value

    def colours(self, tokens, prompt):
        """One bit a token, the lowest first in each byte; None where the next step is not marked."""
        text, owner = _text(tokens, prompt)
        bits, marked = bytearray((self.vocabulary + 7) // 8), ctypes.c_int32(0)
        data = (ctypes.c_uint8 * len(bits)).from_buffer(bits)
        _check(library().stillwatch_mark_colours(self._handle, ctypes.byref(text), data, len(bits), ctypes.byref(marked)))
        del owner
        return bits if marked.value == 1 else None

    def process_batch(self, texts, logits, temperatures=None, on_device=None):
        """Marks the rows of a tensor and returns it.

        texts: (tokens, prompt) for each row; None leaves the row alone. temperatures: by which the rows are yet to be divided.
        on_device: computes where the tensor is, from colours of one bit a token; so by default where that is not the CPU.
        """
        if on_device if on_device is not None else logits.device.type != "cpu":
            return self._process_on_device(texts, logits, temperatures)
        for row, text in enumerate(texts):
            if text is not None:
                values = logits[row].float().contiguous()
                if self.process(text[0], text[1], values, 1.0 if temperatures is None else float(temperatures[row])):
                    logits[row] = values.to(logits.dtype)
        return logits

    def _process_on_device(self, texts, logits, temperatures):
        import torch

        rows, colours, scales = [], [], []
        for row, text in enumerate(texts):
            bits = None if text is None else self.colours(*text)
            if bits is not None:
                rows.append(row)
                colours.append(torch.frombuffer(bits, dtype=torch.uint8))
                scales.append(1.0 if temperatures is None else float(temperatures[row]))
        if not rows:
            return logits
        index = torch.tensor(rows, device=logits.device)
        bits = torch.stack(colours).to(logits.device)
        shifts = torch.arange(8, dtype=torch.uint8, device=logits.device)
        green = (bits.unsqueeze(-1).bitwise_right_shift(shifts) & 1).flatten(1)[:, :self.vocabulary].bool()
        scale = torch.tensor(scales, device=logits.device).unsqueeze(1)
        marked = _marked(logits[index].float(), green, scale, self.bias)
        logits[index] = marked.to(logits.dtype)
        return logits


def _marked(logits, green, scale, bias):
    """The arithmetic of MarkedLogits in the library, for tensors: rows of logits and of colours."""
    import torch

    if bias > 0:
        return logits + green * (bias * scale)
    weights = torch.softmax(logits / scale, dim=-1)
    head = weights >= _HEAD

    def mass(which):
        return (weights * which).double().sum(-1, keepdim=True)

    red_tail, green_tail, red_head, green_head = mass(~head & ~green), mass(~head & green), mass(head & ~green), mass(head & green)
    before = green_head / (green_head + red_head).clamp_min(1e-300)
    after = (2 * before).clamp_max(1)
    share = green_tail / (green_tail + red_tail).clamp_min(1e-300)
    one = torch.ones_like(before)
    of_head = torch.where(green, torch.where(before > 0, after / before, one), torch.where(before < 1, (1 - after) / (1 - before), one))
    factors = torch.where(head, of_head, torch.where(green, 2 - share, 1 - share))
    return logits + (scale * factors.log()).float()


def _floats(logits):
    if hasattr(logits, "data_ptr"):
        if str(logits.dtype) != "torch.float32" or logits.device.type != "cpu" or not logits.is_contiguous():
            raise TypeError("logits are to be a contiguous float32 tensor on the CPU")
        return logits.data_ptr(), logits.numel()
    if hasattr(logits, "ctypes"):
        if str(logits.dtype) != "float32" or not logits.flags["C_CONTIGUOUS"]:
            raise TypeError("logits are to be a contiguous float32 array")
        return logits.ctypes.data, logits.size
    if isinstance(logits, ctypes.Array) and logits._type_ is ctypes.c_float:
        return ctypes.addressof(logits), len(logits)
    raise TypeError("logits are to be a tensor of PyTorch, an array of NumPy or an array of ctypes.c_float")


class MarkLogitsProcessor:
    """For Transformers: `(input_ids, scores) -> scores`, the last that changes scores.

    prompt: tokens of the prompt, with its padding on the left; by default all that is there at the first call of a generation, which is
    told by a length that is not the last one's and one more.
    before: warpers to apply first, such as temperature and truncation.
    temperature: by which scores are yet to be divided, where none of `before` does.
    """

    def __init__(self, mark, prompt=None, before=(), temperature=1.0):
        self.mark, self.prompt, self.before, self.temperature = mark, prompt, list(before), temperature
        self._begun, self._length = 0, -1

    def __call__(self, input_ids, scores):
        for warper in self.before:
            scores = warper(input_ids, scores)
        ids, length = input_ids.to("cpu"), input_ids.shape[1]
        if length != self._length + 1:
            self._begun = length
        self._length = length
        prompt = self._begun if self.prompt is None else self.prompt
        return self.mark.process_batch([(row, prompt) for row in ids], scores.clone(), [self.temperature] * ids.shape[0])


class RequestMark:
    """For hosts that call `(prompt_ids, output_ids, logits) -> logits` for each request, as vLLM's request processors are."""

    def __init__(self, mark, temperature=1.0):
        self.mark, self.temperature = mark, temperature

    def __call__(self, prompt_ids, output_ids, logits):
        text = list(prompt_ids) + list(output_ids)
        return self.mark.process_batch([(text, len(prompt_ids))], logits.clone().unsqueeze(0), [self.temperature])[0]


try:
    from vllm.v1.sample.logits_processor import LogitsProcessor as _VllmLogitsProcessor
except ImportError:
    _VllmLogitsProcessor = object


class VllmMarkLogitsProcessor(_VllmLogitsProcessor):
    """For vLLM's V1 model runner. The key comes from the environment:

    STILLWATCH_MARK_SECRET (a file), STILLWATCH_MARK_TENANT, _COHORT, _EPOCH, _WIDTH (2) and _BIAS (0).

    It says that it leaves the likeliest token alone, which it need not: processors that say so are applied after the temperature, and
    not to greedy requests, which have nothing to mark. Requests with top_k, top_p or min_p are truncated before or after by the engine,
    so their distribution is unbiased only as far as what was cut is of the tail.
    """

    @classmethod
    def validate_params(cls, sampling_params):
        """Any parameters will do."""

    def __init__(self, vllm_config, device, is_pin_memory):
        of = os.environ.get
        self._requests = {}
        self._mark = Mark.open_file(
            os.environ["STILLWATCH_MARK_SECRET"], vllm_config.model_config.get_vocab_size(), int(of("STILLWATCH_MARK_WIDTH", "2")),
            float(of("STILLWATCH_MARK_BIAS", "0")), of("STILLWATCH_MARK_TENANT"), of("STILLWATCH_MARK_COHORT"),
            int(of("STILLWATCH_MARK_EPOCH", "0")))

    def is_argmax_invariant(self):
        """Why it says so stands above."""
        return True

    def update_state(self, batch_update):
        """Which request is in which row: removed, then added, then moved, in the order in which the engine says to."""
        if batch_update is None:
            return
        for index in batch_update.removed:
            self._requests.pop(index, None)
        for index, params, prompt_ids, output_ids in batch_update.added:
            # The list of output ids is the engine's own: it grows as tokens are drawn.
            self._requests[index] = (prompt_ids or [], output_ids)
            if params.temperature is not None and params.temperature < 1e-5:
                del self._requests[index]
        for source, target, direction in batch_update.moved:
            request, other = self._requests.pop(source, None), self._requests.pop(target, None)
            if request is not None:
                self._requests[target] = request
            if other is not None and getattr(direction, "name", direction) == "SWAP":
                self._requests[source] = other

    def apply(self, logits):
        """Marks the rows of the requests that are there."""
        texts = [None] * logits.shape[0]
        for row, (prompt_ids, output_ids) in self._requests.items():
            ids = list(prompt_ids) + list(output_ids)

            # Where the engine runs ahead of its sampler, ids that are not known yet are -1: such a step is not marked.
            if row < len(texts) and all(token >= 0 for token in ids[-4:]):
                texts[row] = (ids, len(prompt_ids))
        return self._mark.process_batch(texts, logits)
