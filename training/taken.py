"""A state to train on from, of weights that are shipped in eight bits: python -m training.taken WEIGHTS OUT/state.pt

For a next stage where the state of the last one is not at hand. What rounding took is lost: the vectors are as the
int8 encoder gives them, but for what it rounds on the way.
"""

from __future__ import annotations

import argparse
import re
from pathlib import Path

import numpy as np
import torch

from .network import Network
from .train import base_folder

_LAYER = re.compile(r"(?:^|/)bert/encoder/layer\.(\d+)/(.+)/MatMul")


def state(folder: Path) -> dict[str, torch.Tensor]:
    """The parameters of training/network.py as the files of `folder` hold them; those they lack are left out."""
    import onnx
    from onnx.numpy_helper import to_array

    model = onnx.load(str(folder / "encoder.onnx"))
    stored = {t.name: to_array(t) for t in model.graph.initializer}
    out = {k.removeprefix("net."): v for k, v in stored.items() if k.startswith("net.") and v.dtype == np.float32}
    out = {k: v for k, v in out.items() if not k.endswith(("_scale", "_zero_point"))}
    for name in [k for k in stored if k.startswith("net.") and k.endswith("_quantized")]:
        out[name.removeprefix("net.").removesuffix("_quantized")] = _whole(stored, name.removesuffix("_quantized"))
    for node in model.graph.node:
        weight = next((x for x in node.input if x.endswith("_quantized") and x in stored), None)
        if weight and (at := _LAYER.search(node.name)):
            place = f"bert.encoder.layer.{at[1]}.{at[2].replace('/', '.')}.weight"
            out[place] = _whole(stored, weight.removesuffix("_quantized")).T
    with np.load(folder / "heads.npz") as heads:
        out |= {k: heads[k] for k in heads.files if not k.startswith("acts.")}
    return {k: torch.from_numpy(np.array(v, np.float32)) for k, v in out.items()}


def _whole(stored: dict[str, np.ndarray], name: str) -> np.ndarray:
    small, scale, zero = (stored[f"{name}_{x}"] for x in ("quantized", "scale", "zero_point"))
    return (small.astype(np.float32) - zero.astype(np.float32)) * scale


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("weights", type=Path)
    parser.add_argument("out", type=Path)
    o = parser.parse_args()
    taken = state(o.weights)
    missing = Network(base_folder()).load_state_dict(taken, strict=False)
    print("not in the weights:", missing.missing_keys)
    if missing.unexpected_keys:
        raise SystemExit(f"{o.weights}: not weights of this network: {', '.join(missing.unexpected_keys)}")
    o.out.parent.mkdir(parents=True, exist_ok=True)
    torch.save({"net": taken, "epoch": 0}, o.out)


if __name__ == "__main__":
    main()
