"""Writes resnet20.safetensors beside this script: what PyTorch computes, in double precision, for a training step of ResNet-20.

    python3 resnet.py          (PyTorch 1.13 or later)

As layers.py, whose hash makes the images, the labels and the 0.27 million parameters. The file holds single precision: what the
network predicts before the step, by the running statistics; the loss of the step; the gradient of every parameter under its
name, whole; and every running statistic after the step.
"""

import json
import math
import pathlib
import struct

import torch
from torch import nn
from torch.nn import functional as F

from layers import INPUT, LABEL, PARAMETER, numbers, uniform

SAMPLES, CLASSES = 4, 10
STAGES = ((16, 1), (32, 2), (64, 2))
BLOCKS = 3


def convolution(i, o, kernel=3, stride=1):
    return nn.Conv2d(i, o, kernel, stride, padding=kernel // 2, bias=False)


class Block(nn.Module):
    """Two convolutions and a shortcut, projected where the shape changes (He et al. 2016, option B)."""

    def __init__(self, i, o, stride):
        super().__init__()
        self.conv1, self.norm1 = convolution(i, o, stride=stride), nn.BatchNorm2d(o)
        self.conv2, self.norm2 = convolution(o, o), nn.BatchNorm2d(o)
        self.projected = stride != 1 or i != o
        if self.projected:
            self.projection, self.norm = convolution(i, o, 1, stride), nn.BatchNorm2d(o)

    def forward(self, x):
        y = self.norm2(self.conv2(F.relu(self.norm1(self.conv1(x)))))
        return F.relu(y + (self.norm(self.projection(x)) if self.projected else x))

    def parts(self, name):
        yield f"{name}.conv2d_1", self.conv1
        yield f"{name}.batch_norm_1", self.norm1
        yield f"{name}.conv2d_2", self.conv2
        yield f"{name}.batch_norm_2", self.norm2
        if self.projected:
            yield f"{name}.add_1.projection", self.projection
            yield f"{name}.add_1.batch_norm", self.norm


class ResNet20(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv, self.norm = convolution(3, STAGES[0][0]), nn.BatchNorm2d(STAGES[0][0])
        self.blocks, channels = nn.ModuleList(), STAGES[0][0]
        for width, stride in STAGES:
            for block in range(BLOCKS):
                self.blocks.append(Block(channels, width, stride if block == 0 else 1))
                channels = width
        self.dense = nn.Linear(channels, CLASSES)

    def forward(self, x):
        x = F.relu(self.norm(self.conv(x)))
        for block in self.blocks:
            x = block(x)
        return self.dense(x.mean((2, 3)))

    def parts(self):
        """The layers under ModelGen's names, in the order of declaration."""
        yield "conv2d_1", self.conv
        yield "batch_norm_1", self.norm
        for number, block in enumerate(self.blocks, 1):
            yield from block.parts(f"basic_block_{number}")
        yield "dense_1", self.dense

    def tensors(self):
        """Parameters and running statistics."""
        for name, part in self.parts():
            for suffix, tensor in list(part.named_parameters()) + list(part.named_buffers()):
                if suffix != "num_batches_tracked":
                    yield f"{name}.{suffix}", tensor


def fill(net):
    for index, (name, tensor) in enumerate(net.tensors()):
        if name.endswith(".running_var") or ("norm" in name and name.endswith(".weight")):
            transform = lambda u: 1 + 0.5 * u
        elif tensor.dim() > 1:
            transform = lambda u, scale=1.5 / math.sqrt(tensor[0].numel()): u * scale
        else:
            transform = lambda u: 0.5 * u
        tensor.data.copy_(numbers(PARAMETER + index, tensor.shape, transform))


def step(net):
    """All that the file holds."""
    images = numbers(INPUT, (SAMPLES, 3, 32, 32), lambda u: 2 * u)
    labels = torch.tensor([int((uniform(LABEL, i) + 1) / 2 * CLASSES) for i in range(SAMPLES)])
    dtype = net.dense.weight.dtype
    net.eval()
    with torch.no_grad():
        prediction = F.softmax(net(images.to(dtype)), 1)
    net.train()
    loss = F.cross_entropy(net(images.to(dtype)), labels)
    loss.backward()
    results = {"prediction": prediction, "loss": loss.reshape(1)}
    for name, tensor in net.tensors():
        results[name] = tensor if tensor.grad is None else tensor.grad
    return results


def write(path, tensors):
    """The safetensors format: the length of the header, the header, the tensors one after the other."""
    header, payload = {}, b""
    for name, tensor in tensors.items():
        values = tensor.detach().reshape(-1).tolist()
        header[name] = {"dtype": "F32", "shape": list(tensor.shape), "data_offsets": [len(payload), len(payload) + 4 * len(values)]}
        payload += struct.pack(f"<{len(values)}f", *values)
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    path.write_bytes(struct.pack("<Q", len(text)) + text + payload)


def main():
    net = ResNet20()
    fill(net)
    path = pathlib.Path(__file__).parent / "resnet20.safetensors"
    write(path, step(net))
    print(f"{sum(p.numel() for p in net.parameters())} parameters, {path.stat().st_size} bytes")


if __name__ == "__main__":
    main()
