"""Writes the golden files beside this script: what PyTorch computes, in double precision, for small models.

    python3 layers.py          (PyTorch 1.13 or later)

Inputs, labels and parameters are not stored: both sides make them from the same hash (see `uniform`). Every file holds
cases; a case holds the layers as ModelGen's attributes and, for each step, losses, outputs, gradients and statistics.
"""

import json
import math
import pathlib
import struct

import torch
from torch import nn
from torch.nn import functional as F

torch.set_default_dtype(torch.float64)
MASK = (1 << 64) - 1


def uniform(stream, index):
    """A number of [-1, 1) that is exact in single precision: SplitMix64 of (stream, index)."""
    z = ((stream << 32) + index + 1) * 0x9E3779B97F4A7C15 & MASK
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9 & MASK
    z = (z ^ (z >> 27)) * 0x94D049BB133111EB & MASK
    return ((z ^ (z >> 31)) >> 40) / 2.0**23 - 1


def single(number):
    """The nearest number of single precision."""
    return struct.unpack("f", struct.pack("f", number))[0]


def numbers(stream, shape, transform=lambda u: u):
    count = math.prod(shape)
    return torch.tensor([single(transform(uniform(stream, i))) for i in range(count)]).reshape(shape)


# Streams of the hash; the tests use the same.
INPUT, PARAMETER, LABEL, IGNORED = 1, 100, 300, 400


def fill(module):
    """Sets every parameter and statistic, counted in the order of declaration."""
    stream = PARAMETER
    for part in module.modules():
        norm = isinstance(part, (nn.BatchNorm1d, nn.BatchNorm2d, nn.LayerNorm, nn.GroupNorm))
        for name, tensor in list(part.named_parameters(recurse=False)) + list(part.named_buffers(recurse=False)):
            if name == "num_batches_tracked":
                continue
            if name == "running_var" or (norm and name == "weight"):
                transform = lambda u: 1 + 0.5 * u
            elif tensor.dim() > 1:
                scale = 1.5 / math.sqrt(tensor[0].numel())
                transform = lambda u: u * scale
            else:
                transform = lambda u: 0.5 * u
            tensor.data.copy_(numbers(stream, tensor.shape, transform))
            stream += 1


STEMS = {
    nn.Linear: "dense", nn.Conv1d: "conv1d", nn.Conv3d: "conv3d",
    nn.ConvTranspose1d: "conv_transpose1d", nn.ConvTranspose2d: "conv_transpose2d", nn.ConvTranspose3d: "conv_transpose3d", nn.BatchNorm1d: "batch_norm", nn.BatchNorm2d: "batch_norm", nn.LayerNorm: "layer_norm", nn.GroupNorm: "group_norm",
}


def named(module, tensors):
    """Tensors of a module's parts under ModelGen's names, such as conv2d_1.weight."""
    counts, result = {}, {}
    for part in module.modules():
        stem = STEMS.get(type(part))
        if type(part) is nn.Conv2d:
            stem = "depthwise_conv2d" if getattr(part, "depthwise", False) else "conv2d"
        if stem is None:
            continue
        counts[stem] = counts.get(stem, 0) + 1
        for name, tensor in tensors(part):
            if name != "num_batches_tracked":
                result[f"{stem}_{counts[stem]}.{name}"] = tensor
    return result


def listed(tensor, sampling=1):
    return [float(f"{x:.10g}") for x in tensor.detach().reshape(-1)[::sampling].tolist()]


class Elementwise:
    """A loss whose labels have the shape of the value."""

    def __init__(self, value, target=lambda u: u, prediction=lambda x: x):
        self.value, self.target, self.predict = value, target, prediction

    def labels(self, output):
        return numbers(LABEL, output.shape, self.target)

    def loss(self, output, labels):
        return self.value(output, labels)


class Classes:
    """Cross-entropy over axis 1, or over the last axis of a sequence."""

    def __init__(self, smoothing=0.0, weights=None, ignore=False, last=False):
        self.smoothing, self.ignore, self.last = smoothing, ignore, last
        self.weights = None if weights is None else torch.tensor(weights)

    def first(self, x):
        return x.movedim(-1, 1) if self.last else x

    def labels(self, output):
        x = self.first(output)
        count = x.numel() // x.shape[1]
        labels = [int((uniform(LABEL, i) + 1) / 2 * x.shape[1]) for i in range(count)]
        if self.ignore:
            labels = [-1 if uniform(IGNORED, i) < -0.3 else label for i, label in enumerate(labels)]
        return torch.tensor(labels).reshape(x.shape[:1] + x.shape[2:])

    def loss(self, output, labels):
        return F.cross_entropy(self.first(output), labels, weight=self.weights, ignore_index=-1, label_smoothing=self.smoothing)

    def predict(self, output):
        return F.softmax(output, dim=-1 if self.last else 1)


def mse():
    return Elementwise(F.mse_loss)


def perceptron():
    def value(x, t):
        y = 2 * t - 1
        return torch.where(y * x <= 0, -y * x, torch.zeros_like(x)).mean()

    return Elementwise(value, lambda u: float(u >= 0), lambda x: (x > 0).to(x.dtype))


def run(name, layers, shape, module, loss, samples=3, modes=("train",), sampling=1):
    fill(module)
    steps = []
    for number, mode in enumerate(modes):
        module.train(mode == "train")
        module.zero_grad()
        x = numbers(INPUT + number, (samples, *shape), lambda u: 2 * u).requires_grad_()
        module.eval()
        before = module(x)
        module.train(mode == "train")
        output = module(x)
        labels = loss.labels(output)
        value = loss.loss(output, labels)
        value.backward()
        gradients = named(module, lambda part: [(n, p.grad) for n, p in part.named_parameters(recurse=False)])
        steps.append({
            "mode": mode,
            "loss": float(f"{value.item():.12g}"),
            "output": listed(output),
            "prediction": listed(loss.predict(before)),
            "gradients": {key: listed(gradient, sampling) for key, gradient in gradients.items()},
            "inputGradient": listed(x.grad, sampling),
            "statistics": {key: listed(s) for key, s in named(module, lambda part: part.named_buffers(recurse=False)).items()},
        })
    return {"name": name, "layers": layers, "samples": samples, "ignored": getattr(loss, "ignore", False), "sampling": sampling, "steps": steps}


def depthwise(channels, kernel, multiplier=1, **options):
    part = nn.Conv2d(channels, channels * multiplier, kernel, groups=channels, **options)
    part.depthwise = True
    return part


class Transpose(nn.Module):
    def __init__(self, *axes):
        super().__init__()
        self.axes = axes

    def forward(self, x):
        return x.permute(0, *[axis + 1 for axis in self.axes])


def seq(*parts):
    return nn.Sequential(*parts)


def conv1d(name, arguments, shape, module):
    return run(name, f"Input({shape[0]}, {shape[1]}), Conv1D({arguments}), MeanSquaredError", shape, module, mse())


def conv2d(name, arguments, shape, module):
    return run(name, f"Input({', '.join(map(str, shape))}), Conv2D({arguments}), MeanSquaredError", shape, module, mse())


def conv3d(name, arguments, shape, module):
    return run(name, f"Input({', '.join(map(str, shape))}), Conv3D({arguments}), MeanSquaredError", shape, module, mse())


def transposed(name, layer, shape, module):
    return run(name, f"Input({', '.join(map(str, shape))}), {layer}, MeanSquaredError", shape, module, mse())


def convolutions():
    yield conv1d("conv1d", "4, 3", (3, 9), seq(nn.Conv1d(3, 4, 3)))
    yield conv1d("conv1d stride padding", "5, 3, Stride = 2, Padding = 1", (3, 10), seq(nn.Conv1d(3, 5, 3, stride=2, padding=1)))
    yield conv1d("conv1d dilation", "2, 3, Dilation = 2", (1, 9), seq(nn.Conv1d(1, 2, 3, dilation=2)))
    yield conv1d("conv1d groups", "6, 2, Groups = 3, UseBias = false", (3, 5), seq(nn.Conv1d(3, 6, 2, groups=3, bias=False)))
    yield conv1d("conv1d same even", "2, 4, Padding = Pad.Same", (2, 7), seq(nn.ConstantPad1d((1, 2), 0), nn.Conv1d(2, 2, 4)))
    yield conv1d("conv1d kernel as long as the input", "3, 6", (2, 6), seq(nn.Conv1d(2, 3, 6)))
    yield run("conv1d of a transposed sequence", "Sequence(6, 3), Permute(1, 0), Conv1D(4, 3), ReLU, Permute(1, 0), Dense(2), MeanSquaredError",
              (6, 3), seq(Transpose(1, 0), nn.Conv1d(3, 4, 3), nn.ReLU(), Transpose(1, 0), nn.Linear(4, 2)), mse())
    yield conv2d("conv2d", "4, 3", (3, 6, 5), seq(nn.Conv2d(3, 4, 3)))
    yield conv2d("conv2d one channel", "1, 3", (1, 5, 7), seq(nn.Conv2d(1, 1, 3)))
    yield conv2d("conv2d 7 to 17 channels", "17, 2", (7, 3, 4), seq(nn.Conv2d(7, 17, 2)))
    yield conv2d("conv2d 17 to 3 channels", "3, 1", (17, 2, 3), seq(nn.Conv2d(17, 3, 1)))
    yield conv2d("conv2d rectangular", "2, 3, 1", (2, 4, 6), seq(nn.Conv2d(2, 2, (3, 1))))
    yield conv2d("conv2d stride", "3, 3, Stride = 2", (2, 8, 7), seq(nn.Conv2d(2, 3, 3, stride=2)))
    yield conv2d("conv2d strides", "2, 2, Strides = new[] { 1, 3 }", (2, 4, 9), seq(nn.Conv2d(2, 2, 2, stride=(1, 3))))
    yield conv2d("conv2d padding", "3, 3, Padding = 1", (2, 4, 5), seq(nn.Conv2d(2, 3, 3, padding=1)))
    yield conv2d("conv2d paddings", "2, 3, Paddings = new[] { 2, 0 }", (2, 3, 6), seq(nn.Conv2d(2, 2, 3, padding=(2, 0))))
    yield conv2d("conv2d dilation", "2, 3, Dilation = 2", (2, 6, 7), seq(nn.Conv2d(2, 2, 3, dilation=2)))
    yield conv2d("conv2d dilations", "2, 2, Dilations = new[] { 1, 3 }, Padding = 1", (1, 4, 5), seq(nn.Conv2d(1, 2, 2, dilation=(1, 3), padding=1)))
    yield conv2d("conv2d groups", "4, 3, Groups = 2", (6, 4, 3), seq(nn.Conv2d(6, 4, 3, groups=2)))
    yield conv2d("conv2d all options", "6, 3, 2, Stride = 2, Padding = 1, Dilation = 2, Groups = 3, UseBias = false", (3, 7, 8),
                 seq(nn.Conv2d(3, 6, (3, 2), stride=2, padding=1, dilation=2, groups=3, bias=False)))
    yield conv2d("conv2d same odd", "2, 3, Padding = Pad.Same", (2, 4, 5), seq(nn.Conv2d(2, 2, 3, padding="same")))
    yield conv2d("conv2d same even", "2, 2, 4, Padding = Pad.Same", (2, 3, 5), seq(nn.Conv2d(2, 2, (2, 4), padding="same")))
    yield conv2d("conv2d same stride", "2, 3, Stride = 2, Padding = Pad.Same", (1, 6, 7),
                 seq(nn.ZeroPad2d((1, 1, 0, 1)), nn.Conv2d(1, 2, 3, stride=2)))
    yield conv2d("conv2d kernel as large as the input", "3, 4, 5", (2, 4, 5), seq(nn.Conv2d(2, 3, (4, 5))))
    yield conv3d("conv3d", "4, 3", (2, 4, 5, 3), seq(nn.Conv3d(2, 4, 3)))
    yield conv3d("conv3d rectangular", "3, 1, 2, 3, Padding = 1", (2, 3, 2, 4), seq(nn.Conv3d(2, 3, (1, 2, 3), padding=1)))
    yield conv3d("conv3d all options", "4, 2, 3, 2, Strides = new[] { 1, 2, 2 }, Paddings = new[] { 0, 1, 2 }, Dilations = new[] { 2, 1, 2 }, Groups = 2, UseBias = false", (2, 4, 5, 4),
                 seq(nn.Conv3d(2, 4, (2, 3, 2), stride=(1, 2, 2), padding=(0, 1, 2), dilation=(2, 1, 2), groups=2, bias=False)))
    yield conv3d("conv3d same even", "2, 2, Padding = Pad.Same", (1, 3, 2, 4), seq(nn.Conv3d(1, 2, 2, padding="same")))
    yield transposed("conv transpose 1d", "ConvTranspose1D(4, 3, Stride = 2)", (3, 5), seq(nn.ConvTranspose1d(3, 4, 3, stride=2)))
    yield transposed("conv transpose 2d", "ConvTranspose2D(3, 2, Stride = 2)", (2, 3, 4), seq(nn.ConvTranspose2d(2, 3, 2, stride=2)))
    yield transposed("conv transpose 2d all options",
                     "ConvTranspose2D(4, 3, 2, Strides = new[] { 2, 3 }, Paddings = new[] { 1, 0 }, OutputPaddings = new[] { 1, 2 }, Dilations = new[] { 1, 2 }, Groups = 2, UseBias = false)", (6, 3, 2),
                     seq(nn.ConvTranspose2d(6, 4, (3, 2), stride=(2, 3), padding=(1, 0), output_padding=(1, 2), dilation=(1, 2), groups=2, bias=False)))
    yield transposed("conv transpose 3d", "ConvTranspose3D(2, 2, 3, 1, Stride = 2, Padding = 1, OutputPadding = 1)", (3, 2, 2, 3),
                     seq(nn.ConvTranspose3d(3, 2, (2, 3, 1), stride=2, padding=1, output_padding=1)))
    yield run("conv2d twice", "Input(2, 6, 7), Conv2D(3, 3), ReLU, Conv2D(2, 2), Flatten, Dense(3), SoftmaxCrossEntropy", (2, 6, 7),
              seq(nn.Conv2d(2, 3, 3), nn.ReLU(), nn.Conv2d(3, 2, 2), nn.Flatten(), nn.Linear(24, 3)), Classes())
    yield run("depthwise", "Input(3, 5, 6), DepthwiseConv2D(3, Padding = 1), MeanSquaredError", (3, 5, 6), seq(depthwise(3, 3, padding=1)), mse())
    yield run("depthwise multiplier", "Input(3, 5, 6), DepthwiseConv2D(3, 2, DepthMultiplier = 2, Stride = 2), MeanSquaredError",
              (3, 5, 6), seq(depthwise(3, (3, 2), 2, stride=2)), mse())


def pools():
    def pool(name, layer, shape, module):
        # The dense layer makes the gradient that arrives at the pool different everywhere.
        probe = module(torch.zeros(1, *shape)).numel()
        return run(name, f"Input({', '.join(map(str, shape))}), {layer}, Flatten, Dense(2), MeanSquaredError", shape,
                   seq(module, nn.Flatten(), nn.Linear(probe, 2)), mse())

    yield pool("max pool 1d", "MaxPool1D(2)", (3, 7), nn.MaxPool1d(2))
    yield pool("max pool 1d overlapping", "MaxPool1D(3, Stride = 1, Padding = 1)", (2, 6), nn.MaxPool1d(3, 1, 1))
    yield pool("max pool 2d", "MaxPool2D(2)", (3, 6, 5), nn.MaxPool2d(2))
    yield pool("max pool 2d overlapping", "MaxPool2D(3, Stride = 2, Padding = 1)", (2, 7, 6), nn.MaxPool2d(3, 2, 1))
    yield pool("max pool 2d rectangular", "MaxPool2D(2, 3, Strides = new[] { 1, 2 })", (2, 4, 7), nn.MaxPool2d((2, 3), (1, 2)))
    yield pool("max pool 2d same", "MaxPool2D(2, Padding = Pad.Same)", (2, 5, 3), seq(nn.ConstantPad2d((0, 1, 0, 1), -math.inf), nn.MaxPool2d(2)))
    yield pool("max pool 2d as large as the input", "MaxPool2D(4, 5)", (2, 4, 5), nn.MaxPool2d((4, 5)))
    yield pool("average pool 1d", "AveragePool1D(3, Stride = 2, Padding = 1)", (2, 7), nn.AvgPool1d(3, 2, 1))
    yield pool("average pool 2d", "AveragePool2D(2)", (3, 4, 5), nn.AvgPool2d(2))
    yield pool("average pool 2d overlapping", "AveragePool2D(3, 2, Stride = 1, Paddings = new[] { 1, 0 })", (2, 4, 5), nn.AvgPool2d((3, 2), 1, (1, 0)))
    yield pool("average pool 2d same", "AveragePool2D(2, Padding = Pad.Same)", (2, 5, 3), seq(nn.ZeroPad2d((0, 1, 0, 1)), nn.AvgPool2d(2)))
    yield pool("max pool 3d", "MaxPool3D(1, 2, 2)", (2, 3, 4, 5), nn.MaxPool3d((1, 2, 2)))
    yield pool("max pool 3d overlapping", "MaxPool3D(3, Strides = new[] { 1, 2, 2 }, Padding = 1)", (2, 3, 4, 5), nn.MaxPool3d(3, (1, 2, 2), 1))
    yield pool("average pool 3d", "AveragePool3D(2)", (2, 2, 4, 5), nn.AvgPool3d(2))
    yield pool("average pool 3d overlapping", "AveragePool3D(2, 3, 1, Stride = 1, Paddings = new[] { 1, 1, 0 })", (2, 2, 3, 4), nn.AvgPool3d((2, 3, 1), 1, (1, 1, 0)))
    yield pool("global average pool 3d", "GlobalAveragePool", (3, 2, 3, 4), nn.AdaptiveAvgPool3d(1))
    yield pool("global max pool 3d", "GlobalMaxPool", (3, 2, 3, 4), nn.AdaptiveMaxPool3d(1))
    yield pool("global average pool", "GlobalAveragePool", (5, 3, 4), nn.AdaptiveAvgPool2d(1))
    yield pool("global average pool 1d", "GlobalAveragePool", (3, 7), nn.AdaptiveAvgPool1d(1))
    yield pool("global max pool", "GlobalMaxPool", (5, 3, 4), nn.AdaptiveMaxPool2d(1))
    yield pool("upsample 2d", "Upsample2D(2)", (2, 2, 3), nn.Upsample(scale_factor=2))
    yield pool("upsample 2d rectangular", "Upsample2D(1, 3)", (1, 2, 2), nn.Upsample(scale_factor=(1, 3)))
    yield pool("upsample 2d bilinear", "Upsample2D(2, Mode = Interpolation.Bilinear)", (2, 2, 3), nn.Upsample(scale_factor=2, mode="bilinear"))
    yield pool("upsample 2d bilinear by 3 and 4", "Upsample2D(3, 4, Mode = Interpolation.Bilinear)", (1, 3, 2), nn.Upsample(scale_factor=(3, 4), mode="bilinear"))
    yield pool("permute", "Permute(1, 2, 0)", (2, 3, 4), Transpose(1, 2, 0))


def activations():
    parts = [
        ("ReLU", nn.ReLU()), ("LeakyReLU", nn.LeakyReLU()), ("LeakyReLU(0.2)", nn.LeakyReLU(0.2)), ("ELU", nn.ELU()),
        ("ELU(0.5)", nn.ELU(0.5)), ("GELU", nn.GELU()), ("SiLU", nn.SiLU()), ("Sigmoid", nn.Sigmoid()), ("Tanh", nn.Tanh()),
        ("Softplus", nn.Softplus()), ("Softmax", nn.Softmax(dim=1)), ("LogSoftmax", nn.LogSoftmax(dim=1)),
    ]
    for layer, module in parts:
        yield run(layer, f"Input(5), {layer}, Dense(3), {layer}, MeanSquaredError", (5,), seq(module, nn.Linear(5, 3), module), mse())
    yield run("Softmax over channels", "Input(3, 2, 4), Conv2D(4, 1), Softmax, MeanSquaredError", (3, 2, 4),
              seq(nn.Conv2d(3, 4, 1), nn.Softmax(dim=1)), mse())
    yield run("LogSoftmax over features", "Sequence(4, 3), Dense(5), LogSoftmax, MeanSquaredError", (4, 3),
              seq(nn.Linear(3, 5), nn.LogSoftmax(dim=2)), mse())


def normalisations():
    twice = ("train", "train", "evaluate")
    yield run("batch norm of features", "Input(4), Dense(3), BatchNorm, MeanSquaredError", (4,), seq(nn.Linear(4, 3), nn.BatchNorm1d(3)), mse(), 5, twice)
    yield run("batch norm of a signal", "Input(3, 5), BatchNorm, Conv1D(2, 2), MeanSquaredError", (3, 5),
              seq(nn.BatchNorm1d(3), nn.Conv1d(3, 2, 2)), mse(), 3, twice)
    yield run("batch norm of an image", "Input(2, 5, 4), Conv2D(3, 3, UseBias = false), BatchNorm, ReLU, Flatten, Dense(2), SoftmaxCrossEntropy", (2, 5, 4),
              seq(nn.Conv2d(2, 3, 3, bias=False), nn.BatchNorm2d(3), nn.ReLU(), nn.Flatten(), nn.Linear(18, 2)), Classes(), 4, twice)
    yield run("batch norm options", "Input(4), BatchNorm(Momentum = 0.3, Epsilon = 0.01), Dense(2), MeanSquaredError", (4,),
              seq(nn.BatchNorm1d(4, eps=0.01, momentum=0.3), nn.Linear(4, 2)), mse(), 4, twice)
    yield run("batch norm twice", "Input(1, 4, 5), Conv2D(2, 3, UseBias = false), BatchNorm, ReLU, Conv2D(3, 2, UseBias = false), BatchNorm, GlobalAveragePool, MeanSquaredError", (1, 4, 5),
              seq(nn.Conv2d(1, 2, 3, bias=False), nn.BatchNorm2d(2), nn.ReLU(), nn.Conv2d(2, 3, 2, bias=False), nn.BatchNorm2d(3), nn.AdaptiveAvgPool2d(1), nn.Flatten()), mse(), 3, twice)
    yield run("batch norm of a sequence", "Sequence(4, 3), Dense(2), BatchNorm, MeanSquaredError", (4, 3),
              seq(nn.Linear(3, 2), Transpose(1, 0), nn.BatchNorm1d(2), Transpose(1, 0)), mse(), 3, twice)
    yield run("group norm", "Input(4, 2, 3), Conv2D(4, 1), GroupNorm(2), Conv2D(2, 2), MeanSquaredError", (4, 2, 3),
              seq(nn.Conv2d(4, 4, 1), nn.GroupNorm(2, 4), nn.Conv2d(4, 2, 2)), mse())
    yield run("group norm of one group", "Input(3, 5), GroupNorm(1, Epsilon = 0.01), Conv1D(2, 2), MeanSquaredError", (3, 5),
              seq(nn.GroupNorm(1, 3, eps=0.01), nn.Conv1d(3, 2, 2)), mse())
    yield run("layer norm of features", "Input(6), Dense(5), LayerNorm, MeanSquaredError", (6,), seq(nn.Linear(6, 5), nn.LayerNorm(5)), mse())
    yield run("layer norm of an image", "Input(2, 3, 4), LayerNorm(Epsilon = 0.001), Conv2D(2, 2), MeanSquaredError", (2, 3, 4),
              seq(nn.LayerNorm((2, 3, 4), eps=0.001), nn.Conv2d(2, 2, 2)), mse())
    yield run("layer norm of a sequence", "Sequence(4, 5), LayerNorm, Dense(3), LayerNorm, MeanSquaredError", (4, 5),
              seq(nn.LayerNorm(5), nn.Linear(5, 3), nn.LayerNorm(3)), mse())


def losses():
    def dense(name, loss, value):
        return run(name, f"Input(6), Dense(5), {loss}", (6,), seq(nn.Linear(6, 5)), value, 7)

    def image(name, loss, value):
        return run(name, f"Input(2, 3, 4), Conv2D(4, 2), {loss}", (2, 3, 4), seq(nn.Conv2d(2, 4, 2)), value)

    weights = [0.5, 2.0, 1.0, 0.25, 3.0]
    listing = "ClassWeights = new[] { 0.5, 2.0, 1.0, 0.25, 3.0 }"
    yield dense("dense", "MeanSquaredError", mse())
    yield run("dense without bias", "Input(7), Dense(17, UseBias = false), Dense(1), MeanSquaredError", (7,), seq(nn.Linear(7, 17, bias=False), nn.Linear(17, 1)), mse())
    yield run("dense on a sequence", "Sequence(5, 3), Dense(4), Tanh, Dense(2), MeanSquaredError", (5, 3), seq(nn.Linear(3, 4), nn.Tanh(), nn.Linear(4, 2)), mse())
    yield dense("mean absolute error", "MeanAbsoluteError", Elementwise(F.l1_loss))
    yield dense("huber", "Huber", Elementwise(F.huber_loss))
    yield dense("huber delta", "Huber(0.3)", Elementwise(lambda x, t: F.huber_loss(x, t, delta=0.3)))
    yield dense("binary cross-entropy", "BinaryCrossEntropy", Elementwise(F.binary_cross_entropy_with_logits, lambda u: (u + 1) / 2, torch.sigmoid))
    yield dense("weight", "MeanSquaredError(Weight = 0.25)", Elementwise(lambda x, t: 0.25 * F.mse_loss(x, t)))
    yield run("perceptron", "Input(4), Dense(2), PerceptronLoss", (4,), seq(nn.Linear(4, 2)), perceptron(), 7)
    yield dense("cross-entropy", "SoftmaxCrossEntropy", Classes())
    yield dense("cross-entropy smoothing", "SoftmaxCrossEntropy(LabelSmoothing = 0.1)", Classes(0.1))
    yield dense("cross-entropy ignore", "SoftmaxCrossEntropy", Classes(ignore=True))
    yield dense("cross-entropy class weights", f"SoftmaxCrossEntropy({listing})", Classes(weights=weights))
    yield dense("cross-entropy all options", f"SoftmaxCrossEntropy(LabelSmoothing = 0.2, {listing})", Classes(0.2, weights, ignore=True))
    yield image("cross-entropy of pixels", "SoftmaxCrossEntropy", Classes())
    yield image("cross-entropy of pixels, all options", "SoftmaxCrossEntropy(LabelSmoothing = 0.2, ClassWeights = new[] { 1.0, 0.5, 2.0, 0.0 })",
                Classes(0.2, [1.0, 0.5, 2.0, 0.0], ignore=True))
    yield run("cross-entropy of steps", "Sequence(5, 3), Dense(4), SoftmaxCrossEntropy", (5, 3), seq(nn.Linear(3, 4)), Classes(ignore=True, last=True))
    yield image("mean squared error of pixels", "MeanSquaredError", mse())


def networks():
    lenet = seq(nn.Conv2d(1, 6, 5), nn.ReLU(), nn.MaxPool2d(2), nn.Conv2d(6, 16, 5), nn.ReLU(), nn.MaxPool2d(2),
                nn.Flatten(), nn.Linear(256, 120), nn.ReLU(), nn.Linear(120, 84), nn.ReLU(), nn.Linear(84, 10))
    yield run("LeNet-5",
              "Input(1, 28, 28), Conv2D(6, 5), ReLU, MaxPool2D(2), Conv2D(16, 5), ReLU, MaxPool2D(2), "
              "Flatten, Dense(120), ReLU, Dense(84), ReLU, Dense(10), SoftmaxCrossEntropy",
              (1, 28, 28), lenet, Classes(), 3, sampling=7)


def main():
    folder = pathlib.Path(__file__).parent
    for group in (convolutions, pools, activations, normalisations, losses, networks):
        cases = list(group())
        lines = ",\n".join(json.dumps(case, separators=(",", ":")) for case in cases)
        (folder / f"{group.__name__}.json").write_text("[\n" + lines + "\n]\n")
        print(f"{group.__name__}: {len(cases)} cases, {(folder / f'{group.__name__}.json').stat().st_size} bytes")


if __name__ == "__main__":
    main()
