"""Writes mel.json: mel spectrograms by numpy, from the formulas of librosa's documentation.

    /usr/bin/python3 tests/ModelGen.Tests/Goldens/mel.py

The sound has sample n = 0.5·sin(0.05·n) + 0.3·sin(0.0007·n²) + 0.1·sin(1.9·n), n = 0 … 1499, in single precision.
"""

import json
import pathlib

import numpy as np

CASES = [
    dict(name="slaney", rate=8000, bands=26, window=200, hop=80, low=0.0, high=4000.0, htk=False),
    dict(name="htk", rate=16000, bands=20, window=400, hop=160, low=60.0, high=7600.0, htk=True),
    dict(name="power of two", rate=22050, bands=40, window=512, hop=256, low=0.0, high=11025.0, htk=False),
]


def to_mel(hertz, htk):
    if htk:
        return 2595 * np.log10(1 + hertz / 700)
    return np.where(hertz < 1000, hertz / (200 / 3), 15 + np.log(np.maximum(hertz, 1e-9) / 1000) / (np.log(6.4) / 27))


def to_hertz(mel, htk):
    if htk:
        return 700 * (10 ** (mel / 2595) - 1)
    return np.where(mel < 15, mel * (200 / 3), 1000 * np.exp((np.log(6.4) / 27) * (mel - 15)))


def spectrogram(sound, rate, bands, window, hop, low, high, htk):
    length = 1 << (window - 1).bit_length()
    edges = to_hertz(np.linspace(to_mel(np.float64(low), htk), to_mel(np.float64(high), htk), bands + 2), htk)
    frequencies = np.fft.rfftfreq(length, 1 / rate)
    ramps = edges[:, None] - frequencies[None, :]
    widths = np.diff(edges)
    filters = np.maximum(0, np.minimum(-ramps[:-2] / widths[:-1, None], ramps[2:] / widths[1:, None]))
    filters *= (2 / (edges[2:] - edges[:-2]))[:, None]
    hann = 0.5 - 0.5 * np.cos(2 * np.pi * np.arange(window) / window)
    rows = []
    for start in range(0, len(sound) - window + 1, hop):
        power = np.abs(np.fft.rfft(sound[start : start + window] * hann, length)) ** 2
        rows.append(np.log(np.maximum(filters @ power, 1e-10)))
    return np.array(rows)


n = np.arange(1500, dtype=np.float64)
sound = (0.5 * np.sin(0.05 * n) + 0.3 * np.sin(0.0007 * n * n) + 0.1 * np.sin(1.9 * n)).astype(np.float32).astype(np.float64)
for case in CASES:
    rows = spectrogram(sound, **{key: value for key, value in case.items() if key != "name"})
    case["frames"] = len(rows)
    case["values"] = [float(f"{value:.7g}") for value in rows.ravel()]
pathlib.Path(__file__).with_name("mel.json").write_text(json.dumps(CASES) + "\n")
