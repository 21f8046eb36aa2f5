"""Writes optimizers.json: 100 steps of PyTorch's optimizers and the first steps of its schedulers.

    /usr/bin/python3 tests/ModelGen.Tests/Goldens/optimizers.py

The tests repeat the same steps. The gradient of step t (from 0) at parameter i is
size(i)·sin(0.37·(i + 1)·(t + 1)) + 0.1·p with size(i) = 10^−(i mod 5), and p starts at cos(i).
"""

import json
import math
import pathlib
import re

import torch

COUNT = 21
STEPS = 100
KEPT_STEPS = (1, 2, 10, 100)


def gradient(step, parameter):
    numbers = [10.0 ** -(i % 5) * math.sin(0.37 * (i + 1) * (step + 1)) for i in range(COUNT)]
    return torch.tensor(numbers, dtype=torch.float32) + 0.1 * parameter.detach()


def run(make, clip_value=None, clip_norm=None, schedule=None):
    parameter = torch.nn.Parameter(torch.tensor([math.cos(i) for i in range(COUNT)], dtype=torch.float32))
    optimizer = make([parameter])
    scheduler = schedule(optimizer) if schedule else None
    kept = {}
    for step in range(STEPS):
        parameter.grad = gradient(step, parameter)
        if clip_value is not None:
            torch.nn.utils.clip_grad_value_([parameter], clip_value)
        if clip_norm is not None:
            torch.nn.utils.clip_grad_norm_([parameter], clip_norm)
        optimizer.step()
        if scheduler:
            scheduler.step()
        if step + 1 in KEPT_STEPS:
            kept[step + 1] = [float(f"{number:.9g}") for number in parameter.tolist()]
    return kept


def rates(schedule, steps):
    optimizer = torch.optim.SGD([torch.nn.Parameter(torch.zeros(1))], lr=1.0)
    scheduler = schedule(optimizer)
    numbers = []
    for _ in range(steps):
        numbers.append(float(f"{optimizer.param_groups[0]['lr']:.10g}"))
        optimizer.step()
        scheduler.step()
    return numbers


def warm_up_cosine(optimizer):
    lr = torch.optim.lr_scheduler
    return lr.SequentialLR(
        optimizer,
        [lr.LinearLR(optimizer, start_factor=0.01, end_factor=1.0, total_iters=10), lr.CosineAnnealingLR(optimizer, 50)],
        milestones=[10])


def main():
    o = torch.optim
    lr = torch.optim.lr_scheduler
    optimizers = {
        "sgd": run(lambda p: o.SGD(p, 0.1)),
        "sgd decay": run(lambda p: o.SGD(p, 0.1, weight_decay=0.01)),
        "sgd momentum": run(lambda p: o.SGD(p, 0.05, momentum=0.9)),
        "sgd momentum dampening decay": run(lambda p: o.SGD(p, 0.05, momentum=0.8, dampening=0.3, weight_decay=0.02)),
        "sgd nesterov": run(lambda p: o.SGD(p, 0.05, momentum=0.9, nesterov=True, weight_decay=0.001)),
        "sgd clip value": run(lambda p: o.SGD(p, 0.1, momentum=0.5), clip_value=0.3),
        "sgd clip norm": run(lambda p: o.SGD(p, 0.1, momentum=0.5), clip_norm=0.7),
        "adam clip both": run(lambda p: o.Adam(p, 0.01), clip_value=0.5, clip_norm=0.7),
        "rmsprop": run(lambda p: o.RMSprop(p)),
        "rmsprop momentum decay": run(lambda p: o.RMSprop(p, 0.002, alpha=0.95, momentum=0.9, weight_decay=0.01)),
        "rmsprop centered": run(lambda p: o.RMSprop(p, 0.005, centered=True)),
        "rmsprop centered momentum": run(lambda p: o.RMSprop(p, 0.002, alpha=0.9, eps=1e-6, momentum=0.5, centered=True)),
        "adam": run(lambda p: o.Adam(p)),
        "adam decay": run(lambda p: o.Adam(p, 0.01, betas=(0.8, 0.99), eps=1e-6, weight_decay=0.05)),
        "adam amsgrad": run(lambda p: o.Adam(p, 0.02, amsgrad=True)),
        "adamw": run(lambda p: o.AdamW(p, 0.01)),
        "adamw amsgrad": run(lambda p: o.AdamW(p, 0.01, weight_decay=0.1, amsgrad=True)),
        "adam cosine": run(lambda p: o.Adam(p, 0.01), schedule=lambda x: lr.CosineAnnealingLR(x, 100)),
        "sgd step": run(lambda p: o.SGD(p, 0.1, momentum=0.9), schedule=lambda x: lr.StepLR(x, 30, 0.5)),
    }
    schedules = {
        "step": rates(lambda x: lr.StepLR(x, 7, 0.3), 40),
        "exponential": rates(lambda x: lr.ExponentialLR(x, 0.95), 60),
        "cosine": rates(lambda x: lr.CosineAnnealingLR(x, 40), 41),
        "cosine final": rates(lambda x: lr.CosineAnnealingLR(x, 40, eta_min=0.1), 41),
        "one cycle": rates(lambda x: lr.OneCycleLR(x, max_lr=1.0, total_steps=50), 50),
        "one cycle own": rates(
            lambda x: lr.OneCycleLR(x, max_lr=1.0, total_steps=33, pct_start=0.2, div_factor=10, final_div_factor=100), 33),
        "warm up": rates(lambda x: lr.LinearLR(x, start_factor=0.1, end_factor=1.0, total_iters=8), 20),
        "warm up cosine": rates(warm_up_cosine, 60),
    }
    golden = {"torch": torch.__version__, "optimizers": optimizers, "schedules": schedules}
    text = json.dumps(golden, indent=1)
    text = re.sub(r"\[[^\]]*\]", lambda numbers: re.sub(r"\s+", " ", numbers.group()), text)
    pathlib.Path(__file__).with_suffix(".json").write_text(text + "\n")


if __name__ == "__main__":
    main()
