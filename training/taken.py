"""States to train on from, of weights shipped in eight bits: python -m training.taken src/stemmata/weights runs/taken

For a next stage where the state of the last one is not at hand: OUT/encoder.pt and OUT/pairs.pt. What rounding took is
lost. What is not shipped (the word vectors that were never trained, heads that help learning alone) is as it began.
"""

from __future__ import annotations

import argparse
import re
from pathlib import Path

import numpy as np
import torch
from torch import nn

from . import network, pairs
from .train import base_folder

_LAYER = re.compile(r"(?:^|/)(bert/encoder/layer\.\d+/.+)/MatMul_quant$")


def stored(path: Path) -> dict[str, np.ndarray]:
    """The parameters that an int8 ONNX file of ours holds, by their names in the network that it was made from."""
    import onnx
    from onnx.numpy_helper import to_array

    model = onnx.load(str(path), load_external_data=False)
    held = {t.name: to_array(t) for t in model.graph.initializer if t.data_location != onnx.TensorProto.EXTERNAL}

    def whole(name: str) -> np.ndarray:
        small, scale, zero = (held[f"{name}_{x}"] for x in ("quantized", "scale", "zero_point"))
        return (small.astype(np.float32) - zero.astype(np.float32)) * scale

    out = {k: v for k, v in held.items() if v.dtype == np.float32 and k.endswith((".weight", ".bias"))}
    for name in (k.removesuffix("_quantized") for k in held if k.endswith("_quantized")):
        if name.endswith(".weight_Transposed"):
            out[name.removesuffix("_Transposed")] = whole(name).T
        elif name.endswith(".weight"):
            out[name] = whole(name)
    out |= {k.removesuffix(".half"): v.T for k, v in held.items() if k.endswith(".half")}  # export.heads_within
    for node in model.graph.node:
        weight = next((x for x in node.input if x.endswith("_quantized") and x in held), None)
        if weight and (at := _LAYER.search(node.name)):
            out[f"{at[1].replace('/', '.')}.weight"] = whole(weight.removesuffix("_quantized")).T
    return {k.removeprefix("net."): v for k, v in out.items()}


def filled(net: nn.Module, held: dict[str, np.ndarray]) -> nn.Module:
    """`net` with what is held; of a table that was cut for shipping, its first rows.

    Raises:
        SystemExit: something is held that the network does not have.
    """
    own = net.state_dict()
    if strange := held.keys() - own.keys():
        raise SystemExit(f"not weights of this network: {', '.join(sorted(strange))}")
    with torch.no_grad():
        for name, value in held.items():
            own[name][: len(value)] = torch.from_numpy(np.array(value, np.float32))
    print("as they began:", ", ".join(k for k in own if k not in held))
    return net


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("weights", type=Path)
    parser.add_argument("out", type=Path)
    o = parser.parse_args()
    o.out.mkdir(parents=True, exist_ok=True)
    with np.load(o.weights / "heads.npz") as heads:
        apart = {k: heads[k] for k in heads.files if not k.startswith("acts.")}
    for name, net, more in (
        ("encoder", network.Network(base_folder()), apart),
        ("pairs", pairs.Network(base_folder()), {}),
    ):
        made = filled(net, stored(o.weights / f"{name}.onnx") | more)
        torch.save({"net": made.state_dict(), "epoch": 0}, o.out / f"{name}.pt")


if __name__ == "__main__":
    main()
