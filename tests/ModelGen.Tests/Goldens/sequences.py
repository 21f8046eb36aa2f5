"""Writes sequences.json beside this script: what PyTorch computes, in double precision, for small models of sequences.

    python3 sequences.py       (PyTorch 1.13 or later)

As layers.py, whose hash makes inputs, labels and parameters. A case may have lengths, one for each sample, and its steps the
final states of the recurrent layers; stateful layers go on from them in the next step, detached. What PyTorch has no
module for (peepholes, the paper's form of the GRU, attention over a memory) is written out here for its autograd.
"""

import json
import math
import pathlib

import torch
from torch import nn
from torch.nn import functional as F
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence

from layers import IGNORED, INPUT, LABEL, PARAMETER, listed, numbers, uniform

COUNT = LABEL + 5


def fill(parameters):
    for index, (name, tensor) in enumerate(parameters):
        norm = name.endswith(".weight") and "norm" in name
        if norm:
            transform = lambda u: 1 + 0.5 * u
        elif tensor.dim() > 1:
            transform = lambda u, scale=1.5 / math.sqrt(tensor[0].numel()): u * scale
        else:
            transform = lambda u: 0.5 * u
        tensor.data.copy_(numbers(PARAMETER + index, tensor.shape, transform))


class Part:
    """A layer: its kind, its module, what it does with (x, lengths, state); recurrent ones also give their final state."""

    def __init__(self, stem, module, call=None):
        self.stem, self.module = stem, module
        self.call = call or (lambda x, lengths, state: (module(x), None))

    def parameters(self, numbers):
        numbers[self.stem] = numbers.get(self.stem, 0) + 1
        return [(f"{self.stem}_{numbers[self.stem]}.{name}", p) for name, p in self.module.named_parameters()]

    def states(self, numbers, state):
        return {} if state is None else {f"{self.stem}_{numbers[self.stem]}": state}


class Stack(Part):
    """torch.nn.LSTM and the like: each of its layers is one of ours."""

    def __init__(self, stem, module, stateful=False):
        super().__init__(stem, module)
        self.stateful = stateful

    def parameters(self, numbers):
        result = []
        for layer in range(self.module.num_layers):
            numbers[self.stem] = numbers.get(self.stem, 0) + 1
            for name, p in self.module.named_parameters():
                if f"_l{layer}" in name:
                    result.append((f"{self.stem}_{numbers[self.stem]}.{name.replace(f'_l{layer}', '_l0')}", p))
        return result

    def call(self, x, lengths, state):
        raise NotImplementedError

    def run(self, x, lengths, state):
        if not self.stateful:
            state = None
        if lengths is None:
            y, state = self.module(x, state)
        else:
            packed = pack_padded_sequence(x, torch.tensor(lengths), batch_first=True, enforce_sorted=False)
            y, state = self.module(packed, state)
            y, _ = pad_packed_sequence(y, batch_first=True, total_length=x.shape[1])
        self.final = state
        return y, state

    def states(self, numbers, state):
        """Of each layer the rows of its samples: h then c of the forward direction, then of the reverse one."""
        parts = state if isinstance(state, tuple) else (state,)
        directions = 2 if self.module.bidirectional else 1
        first = numbers[self.stem] - self.module.num_layers + 1
        return {
            f"{self.stem}_{first + layer}": torch.cat([p[layer * directions + d] for d in range(directions) for p in parts], 1)
            for layer in range(self.module.num_layers)
        }


class Written(nn.Module):
    """A recurrent layer of one direction whose step is written out."""

    def __init__(self, features, units, gates, further=0):
        super().__init__()
        self.units = units
        self.weight_ih_l0 = nn.Parameter(torch.empty(gates * units, features))
        self.weight_hh_l0 = nn.Parameter(torch.empty(gates * units, units))
        self.bias_ih_l0 = nn.Parameter(torch.empty(gates * units))
        self.bias_hh_l0 = nn.Parameter(torch.empty(gates * units))
        if further:
            self.weight_ch_l0 = nn.Parameter(torch.empty(further))

    def forward(self, x, lengths, state):
        h, c = torch.zeros(x.shape[0], self.units), torch.zeros(x.shape[0], self.units)
        outputs = []
        for t in range(x.shape[1]):
            h, c = self.step(x[:, t], h, c)
            outputs.append(h)
        return torch.stack(outputs, 1), None


class PeepholeLstm(Written):
    def __init__(self, features, units):
        super().__init__(features, units, 4, 3 * units)

    def step(self, x, h, c):
        i, f, g, o = (F.linear(x, self.weight_ih_l0, self.bias_ih_l0) + F.linear(h, self.weight_hh_l0, self.bias_hh_l0)).chunk(4, 1)
        pi, pf, po = self.weight_ch_l0.chunk(3)
        i, f, g = torch.sigmoid(i + pi * c), torch.sigmoid(f + pf * c), torch.tanh(g)
        c = f * c + i * g
        return torch.sigmoid(o + po * c) * torch.tanh(c), c


class PaperGru(Written):
    def __init__(self, features, units):
        super().__init__(features, units, 3)

    def step(self, x, h, c):
        xr, xz, xn = F.linear(x, self.weight_ih_l0, self.bias_ih_l0).chunk(3, 1)
        wr, wz, wn = self.weight_hh_l0.chunk(3)
        br, bz, bn = self.bias_hh_l0.chunk(3)
        r, z = torch.sigmoid(xr + F.linear(h, wr, br)), torch.sigmoid(xz + F.linear(h, wz, bz))
        n = torch.tanh(xn + F.linear(r * h, wn, bn))
        return (1 - z) * n + z * h, c


def written(stem, module):
    return Part(stem, module, lambda x, lengths, state: module(x, lengths, state))


def dense(i, o):
    return Part("dense", nn.Linear(i, o))


def bare(call):
    return Part("", nn.Identity(), lambda x, lengths, state: (call(x, lengths), None))


def last(x, lengths):
    return x[:, -1] if lengths is None else x[torch.arange(x.shape[0]), torch.tensor(lengths) - 1]


def mean(x, lengths):
    return x.mean(1) if lengths is None else (x * mask(x, lengths)).sum(1) / torch.tensor(lengths).unsqueeze(1)


def mask(x, lengths):
    return (torch.arange(x.shape[1]) < torch.tensor(lengths).unsqueeze(1)).unsqueeze(2)


def positions(x, lengths):
    t, i = torch.arange(x.shape[1]).unsqueeze(1), torch.arange(x.shape[2])
    angle = t / 10000.0 ** ((i - i % 2) / x.shape[2])
    return x + torch.where(i % 2 == 0, torch.sin(angle), torch.cos(angle))


def heads(features, count, causal=False):
    module = nn.MultiheadAttention(features, count, batch_first=True)

    def call(x, lengths, state):
        later = torch.ones(x.shape[1], x.shape[1], dtype=torch.bool).triu(1) if causal else None
        padded = None if lengths is None else ~mask(x, lengths).squeeze(2)
        return module(x, x, x, attn_mask=later, key_padding_mask=padded, need_weights=False)[0], None

    return Part("multi_head_attention", module, call)


class Learned(nn.Module):
    def __init__(self, length, features):
        super().__init__()
        self.weight = nn.Parameter(torch.empty(length, features))

    def forward(self, x):
        return x + self.weight


class Remembered:
    """A value under a label, for what takes it later."""

    def part(self):
        def call(x, lengths):
            self.value = x
            return x

        return bare(call)


class Attention(nn.Module):
    def __init__(self, features, width, score, units):
        super().__init__()
        self.score = score
        if score == "general":
            self.score_weight = nn.Parameter(torch.empty(features, width))
        if score == "additive":
            self.query_weight = nn.Parameter(torch.empty(units, features))
            self.memory_weight = nn.Parameter(torch.empty(units, width))
            self.score_weight = nn.Parameter(torch.empty(units))
        self.output_weight = nn.Parameter(torch.empty(units, width + features))

    def forward(self, q, m, lengths):
        """q (samples, queries, features), m (samples, steps, width)."""
        if self.score == "additive":
            inner = torch.tanh((q @ self.query_weight.T).unsqueeze(2) + (m @ self.memory_weight.T).unsqueeze(1))
            scores = inner @ self.score_weight
        else:
            scores = (q @ self.score_weight if self.score == "general" else q) @ m.transpose(1, 2)
        if lengths is not None:
            scores = scores.masked_fill(~mask(m, lengths).squeeze(2).unsqueeze(1), -math.inf)
        return torch.tanh(torch.cat([torch.softmax(scores, 2) @ m, q], 2) @ self.output_weight.T)


def attention(memory, *arguments):
    module = Attention(*arguments)

    def call(x, lengths, state):
        query = x.unsqueeze(1) if x.dim() == 2 else x
        y = module(query, memory.value, lengths)
        return (y[:, 0] if x.dim() == 2 else y), None

    return Part("attention", module, call)


def attending(name, arguments, score, units=4, width=4):
    """A layer that looks its own steps up, and one that looks them up from the last."""
    for lengths in (None, [5, 1, 3]):
        memory, suffix, declared = Remembered(), " with lengths" if lengths else "", ", Lengths = true" if lengths else ""
        yield run(f"attention {name}{suffix}", f"Sequence(5, 3{declared}), GRU({width}), Label(\"m\"), GRU(4), Attention(\"m\"{arguments}), Dense(2), MeanSquaredError", (5, 3),
                  [Stack("gru", nn.GRU(3, width, batch_first=True)), memory.part(), Stack("gru", nn.GRU(width, 4, batch_first=True)),
                   attention(memory, 4, width, score, units), dense(units, 2)], Squares(), lengths=lengths)
    memory = Remembered()
    yield run(f"attention {name} of a vector", f"Sequence(5, 3), GRU({width}), Label(\"m\"), Last, Dense(4), Attention(\"m\"{arguments}), Dense(3), SoftmaxCrossEntropy", (5, 3),
              [Stack("gru", nn.GRU(3, width, batch_first=True)), memory.part(), bare(last), dense(width, 4), attention(memory, 4, width, score, units), dense(units, 3)], Classes())


def continued(stem, attribute, module, lengths=None):
    """A second layer that starts where the first has ended, in both directions."""
    first, second = Stack(stem, module(3, 4, batch_first=True, bidirectional=True)), module(8, 4, batch_first=True, bidirectional=True)
    declared = ", Lengths = true" if lengths else ""

    def call(x, own, state):
        if own is None:
            return second(x, first.final)[0], None
        packed = pack_padded_sequence(x, torch.tensor(own), batch_first=True, enforce_sorted=False)
        return pad_packed_sequence(second(packed, first.final)[0], batch_first=True, total_length=x.shape[1])[0], None

    return run(f"{stem} initial state{' with lengths' if lengths else ''}",
               f"Sequence(5, 3{declared}), {attribute}(4, Bidirectional = true), Label(\"m\"), {attribute}(4, Bidirectional = true, InitialState = \"m\"), Dense(2), MeanSquaredError",
               (5, 3), [first, Part(stem, second, call), dense(8, 2)], Squares(), lengths=lengths)


def encoded(stem, attribute, module):
    """Two layers in both directions over 64 steps, and two more that start where those have ended: every state of each is in the outputs and gradients."""
    encoder = Stack(stem, module(3, 10, num_layers=2, batch_first=True, bidirectional=True))
    decoder = Stack(stem, module(20, 10, num_layers=2, batch_first=True, bidirectional=True))

    decoder.run = lambda x, lengths, state: decoder.module(x, encoder.final)
    return run(f"{stem} two layers, bidirectional, 64 steps, and their states",
               f"Sequence(64, 3), {attribute}(10, Bidirectional = true), Label(\"a\"), {attribute}(10, Bidirectional = true), Label(\"b\"), "
               f"{attribute}(10, Bidirectional = true, InitialState = \"a\"), {attribute}(10, Bidirectional = true, InitialState = \"b\"), Dense(2), MeanSquaredError",
               (64, 3), [encoder, decoder, dense(20, 2)], Squares(), samples=2)


class Squares:
    def labels(self, output, lengths):
        return numbers(LABEL, output.shape)

    def loss(self, output, labels, lengths):
        if lengths is None or output.dim() < 3:
            return F.mse_loss(output, labels)
        kept = mask(output, lengths).expand_as(output)
        return F.mse_loss(output[kept], labels[kept])

    def predict(self, output):
        return output


class Classes:
    def __init__(self, ignore=False):
        self.ignore = ignore

    def labels(self, output, lengths):
        count = output.numel() // output.shape[-1]
        labels = [int((uniform(LABEL, i) + 1) / 2 * output.shape[-1]) for i in range(count)]
        if self.ignore:
            labels = [-1 if uniform(IGNORED, i) < -0.3 else label for i, label in enumerate(labels)]
        labels = torch.tensor(labels).reshape(output.shape[:-1])
        return labels if lengths is None or labels.dim() < 2 else torch.where(mask(output, lengths).squeeze(2), labels, -1)

    def loss(self, output, labels, lengths):
        return F.cross_entropy(output.reshape(-1, output.shape[-1]), labels.reshape(-1), ignore_index=-1)

    def predict(self, output):
        return F.softmax(output, dim=-1)


class Transcripts:
    """Up to half as many labels as steps, which always fit."""

    def __init__(self, blank, most=None):
        self.blank, self.most = blank, most

    def labels(self, output, lengths):
        steps, classes, result = output.shape[1], output.shape[2], []
        most = self.most or steps
        for sample in range(output.shape[0]):
            own = steps if lengths is None else lengths[sample]
            count = int((uniform(COUNT, sample) + 1) / 2 * (min(most, own // 2) + 1))
            labels = [int((uniform(LABEL, sample * most + i) + 1) / 2 * (classes - 1)) for i in range(count)]
            result.append([label + (label >= self.blank) for label in labels])
        return result

    def loss(self, output, labels, lengths):
        logs = F.log_softmax(output, 2).transpose(0, 1)
        steps = torch.tensor(lengths or [output.shape[1]] * output.shape[0])
        flat = torch.tensor([label for row in labels for label in row], dtype=torch.long)
        return F.ctc_loss(logs, flat, steps, torch.tensor([len(row) for row in labels]), self.blank)

    def predict(self, output):
        return F.softmax(output, dim=-1)


def run(name, layers, shape, parts, loss, samples=3, steps=1, lengths=None, vocabulary=0, sampling=1):
    counts, parameters, places = {}, [], []
    for part in parts:
        parameters += part.parameters(counts) if part.stem else []
        places.append(dict(counts))
    fill(parameters)
    states, results = [None] * len(parts), []
    for number in range(steps):
        for _, p in parameters:
            p.grad = None
        if vocabulary:
            x = torch.tensor([int((uniform(INPUT + number, i) + 1) / 2 * vocabulary) for i in range(samples * shape[0])]).reshape(samples, *shape)
        else:
            x = numbers(INPUT + number, (samples, *shape), lambda u: 2 * u).requires_grad_()
        output, finals = (x if vocabulary or lengths is None else x * mask(x, lengths)), {}
        for index, part in enumerate(parts):
            output, state = (part.run if isinstance(part, Stack) else part.call)(output, lengths, states[index])
            if state is not None:
                finals |= part.states(places[index], state)
                states[index] = tuple(s.detach() for s in state) if isinstance(state, tuple) else state.detach()
        labels = loss.labels(output, lengths)
        value = loss.loss(output, labels, lengths)
        value.backward()
        results.append({
            "mode": "train",
            "loss": float(f"{value.item():.12g}"),
            "output": listed(output),
            "prediction": listed(loss.predict(output)),
            "gradients": {key: listed(p.grad, sampling) for key, p in parameters},
            "inputGradient": [] if vocabulary else listed(x.grad, sampling),
            "statistics": {},
            "states": {key: listed(state) for key, state in finals.items()},
        })
    case = {"name": name, "layers": layers, "samples": samples, "ignored": getattr(loss, "ignore", False), "sampling": sampling, "steps": results}
    return case | ({"lengths": lengths} if lengths else {})


def recurrent(stem, attribute, module, **options):
    """One kind of layer in all its uses."""
    yield run(f"{stem}", f"Sequence(6, 3), {attribute}(5), Dense(2), MeanSquaredError", (6, 3), [Stack(stem, module(3, 5, batch_first=True)), dense(5, 2)], Squares())
    yield run(f"{stem} bidirectional", f"Sequence(5, 3), {attribute}(4, Bidirectional = true), Dense(3), SoftmaxCrossEntropy", (5, 3),
              [Stack(stem, module(3, 4, batch_first=True, bidirectional=True)), dense(8, 3)], Classes(ignore=True))
    yield run(f"{stem} two layers, bidirectional, 64 steps",
              f"Sequence(64, 3), {attribute}(5, Bidirectional = true), {attribute}(5, Bidirectional = true), Last, Dense(3), SoftmaxCrossEntropy", (64, 3),
              [Stack(stem, module(3, 5, num_layers=2, batch_first=True, bidirectional=True)), bare(last), dense(10, 3)], Classes())
    yield run(f"{stem} two layers, bidirectional, 64 steps, a loss at each",
              f"Sequence(64, 2), {attribute}(4, Bidirectional = true), {attribute}(3, Bidirectional = true), MeanSquaredError", (64, 2),
              [Stack(stem, module(2, 4, batch_first=True, bidirectional=True)), Stack(stem, module(8, 3, batch_first=True, bidirectional=True))], Squares(), samples=1)
    yield encoded(stem, attribute, module)
    yield run(f"{stem} with lengths", f"Sequence(7, 3, Lengths = true), {attribute}(4, Bidirectional = true), {attribute}(3, Bidirectional = true), Dense(3), SoftmaxCrossEntropy",
              (7, 3), [Stack(stem, module(3, 4, batch_first=True, bidirectional=True)), Stack(stem, module(8, 3, batch_first=True, bidirectional=True)), dense(6, 3)],
              Classes(), samples=4, lengths=[7, 1, 4, 6])
    yield run(f"{stem} with lengths, mean squared error", f"Sequence(5, 2, Lengths = true), {attribute}(3), MeanSquaredError",
              (5, 2), [Stack(stem, module(2, 3, batch_first=True))], Squares(), samples=3, lengths=[2, 5, 1])
    yield run(f"{stem} last of lengths", f"Sequence(6, 2, Lengths = true), {attribute}(3, Bidirectional = true), Last, Dense(2), MeanSquaredError",
              (6, 2), [Stack(stem, module(2, 3, batch_first=True, bidirectional=True)), bare(last), dense(6, 2)], Squares(), samples=4, lengths=[3, 6, 1, 5])
    yield run(f"{stem} mean of lengths", f"Sequence(6, 2, Lengths = true), {attribute}(3), MeanOverTime, Dense(2), MeanSquaredError",
              (6, 2), [Stack(stem, module(2, 3, batch_first=True)), bare(mean), dense(3, 2)], Squares(), samples=4, lengths=[3, 6, 1, 5])
    yield run(f"{stem} truncated", f"Sequence(5, 3), {attribute}(4, Stateful = true), Dense(2), MeanSquaredError", (5, 3),
              [Stack(stem, module(3, 4, batch_first=True), stateful=True), dense(4, 2)], Squares(), steps=3)
    yield run(f"{stem} truncated twice", f"Tokens(6, Vocabulary = 7), Embedding(3), {attribute}(4, Stateful = true), {attribute}(5, Stateful = true), Dense(7), SoftmaxCrossEntropy", (6,),
              [Part("embedding", nn.Embedding(7, 3)), Stack(stem, module(3, 4, batch_first=True), stateful=True),
               Stack(stem, module(4, 5, batch_first=True), stateful=True), dense(5, 7)], Classes(), steps=3, vocabulary=7)
    yield run(f"{stem} after layer norm", f"Sequence(5, 4), LayerNorm, {attribute}(3), LayerNorm, Dense(2), MeanSquaredError", (5, 4),
              [Part("layer_norm", nn.LayerNorm(4)), Stack(stem, module(4, 3, batch_first=True)), Part("layer_norm", nn.LayerNorm(3)), dense(3, 2)], Squares())


def sequences():
    relu = lambda *arguments, **options: nn.RNN(*arguments, nonlinearity="relu", **options)
    projected = lambda *arguments, **options: nn.LSTM(*arguments, proj_size=2, **options)
    yield from recurrent("simple_rnn", "SimpleRNN", nn.RNN)
    yield from recurrent("lstm", "LSTM", nn.LSTM)
    yield from recurrent("gru", "GRU", nn.GRU)
    yield run("simple_rnn relu", "Sequence(6, 3), SimpleRNN(5, Activation = RecurrentActivation.ReLU), Dense(2), MeanSquaredError", (6, 3),
              [Stack("simple_rnn", relu(3, 5, batch_first=True)), dense(5, 2)], Squares())
    yield run("lstm projection", "Sequence(6, 3), LSTM(5, Projection = 2, Bidirectional = true), Dense(2), MeanSquaredError", (6, 3),
              [Stack("lstm", projected(3, 5, batch_first=True, bidirectional=True)), dense(4, 2)], Squares())
    yield run("lstm projection truncated", "Sequence(4, 3), LSTM(5, Projection = 2, Stateful = true), Dense(2), MeanSquaredError", (4, 3),
              [Stack("lstm", projected(3, 5, batch_first=True), stateful=True), dense(2, 2)], Squares(), steps=2)
    yield run("lstm peepholes", "Sequence(6, 3), LSTM(5, Peepholes = true), Dense(2), MeanSquaredError", (6, 3),
              [written("lstm", PeepholeLstm(3, 5)), dense(5, 2)], Squares())
    yield run("gru of the paper", "Sequence(6, 3), GRU(5, ResetAfter = false), Dense(2), MeanSquaredError", (6, 3),
              [written("gru", PaperGru(3, 5)), dense(5, 2)], Squares())
    for stem, attribute, module in (("simple_rnn", "SimpleRNN", nn.RNN), ("lstm", "LSTM", nn.LSTM), ("gru", "GRU", nn.GRU)):
        yield continued(stem, attribute, module)
        yield continued(stem, attribute, module, [2, 5, 1])
    yield from attending("general", "", "general")
    yield from attending("general of other sizes", ", Units = 3", "general", 3, 5)
    yield from attending("dot", ", Score = AttentionScore.Dot", "dot")
    yield from attending("additive", ", Score = AttentionScore.Additive, Units = 3", "additive", 3, 5)
    yield run("embedding", "Tokens(6, Vocabulary = 9), Embedding(4), Dense(3), SoftmaxCrossEntropy", (6,), [Part("embedding", nn.Embedding(9, 4)), dense(4, 3)], Classes(), vocabulary=9)
    yield run("embedding with lengths", "Tokens(6, Vocabulary = 9, Lengths = true), Embedding(4), GRU(3), Last, Dense(3), SoftmaxCrossEntropy", (6,),
              [Part("embedding", nn.Embedding(9, 4)), Stack("gru", nn.GRU(4, 3, batch_first=True)), bare(last), dense(3, 3)], Classes(), samples=4, vocabulary=9, lengths=[6, 2, 1, 5])
    yield run("multi-head attention", "Sequence(5, 6), MultiHeadAttention(3), Dense(2), MeanSquaredError", (5, 6), [heads(6, 3), dense(6, 2)], Squares())
    yield run("multi-head attention causal", "Sequence(6, 4), PositionalEncoding, MultiHeadAttention(2, Causal = true), LayerNorm, Dense(3), SoftmaxCrossEntropy", (6, 4),
              [bare(positions), heads(4, 2, causal=True), Part("layer_norm", nn.LayerNorm(4)), dense(4, 3)], Classes(ignore=True))
    yield run("multi-head attention with lengths", "Sequence(5, 4, Lengths = true), MultiHeadAttention(2), Dense(3), SoftmaxCrossEntropy", (5, 4),
              [heads(4, 2), dense(4, 3)], Classes(), samples=4, lengths=[5, 1, 3, 2])
    yield run("positions learned", "Sequence(5, 3), PositionalEncoding(Learned = true), Dense(2), MeanSquaredError", (5, 3),
              [Part("positional_encoding", Learned(5, 3)), dense(3, 2)], Squares())
    yield run("positions of odd features", "Sequence(9, 5), PositionalEncoding, Dense(2), MeanSquaredError", (9, 5), [bare(positions), dense(5, 2)], Squares())
    yield run("causal convolution", "Sequence(9, 2), Permute(1, 0), Conv1D(3, 3, Padding = Pad.Causal, Dilation = 2), Tanh, Conv1D(2, 2, Padding = Pad.Causal), MeanSquaredError", (9, 2),
              [bare(lambda x, _: F.pad(x.transpose(1, 2), (4, 0))), Part("conv1d", nn.Conv1d(2, 3, 3, dilation=2)), bare(lambda x, _: F.pad(torch.tanh(x), (1, 0))),
               Part("conv1d", nn.Conv1d(3, 2, 2))], Squares())
    yield run("ctc", "Sequence(10, 4), Dense(5), CTC", (10, 4), [dense(4, 5)], Transcripts(0), samples=5)
    yield run("ctc long", "Sequence(60, 3), GRU(6), Dense(8), CTC(2, MaxLength = 25)", (60, 3), [Stack("gru", nn.GRU(3, 6, batch_first=True)), dense(6, 8)], Transcripts(2, 25), samples=2, sampling=3)
    yield run("ctc with lengths", "Sequence(20, 3, Lengths = true), LSTM(4, Bidirectional = true), Dense(4), CTC(3)", (20, 3),
              [Stack("lstm", nn.LSTM(3, 4, batch_first=True, bidirectional=True)), dense(8, 4)], Transcripts(3), samples=5, lengths=[20, 1, 7, 13, 2])


def main():
    cases = list(sequences())
    path = pathlib.Path(__file__).parent / "sequences.json"
    path.write_text("[\n" + ",\n".join(json.dumps(case, separators=(",", ":")) for case in cases) + "\n]\n")
    print(f"sequences: {len(cases)} cases, {path.stat().st_size} bytes")


if __name__ == "__main__":
    main()
