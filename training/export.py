"""Brings a trained state to the files of a weights folder: python -m training.export runs/first/state.pt OUT

encoder.onnx (int8 unless --float), heads.npz (float16), tokenizer.json. decoding.json is training/tune.py's to write.
"""

from __future__ import annotations

import argparse
import shutil
import tempfile
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn

from .network import Network
from .train import base_folder


class EncoderOnly(nn.Module):
    def __init__(self, net: Network) -> None:
        super().__init__()
        self.net = net

    def forward(self, ids: Tensor, features: Tensor, convention: Tensor) -> Tensor:
        return self.net.encoder(ids, features, convention)


def export(net: Network, folder: Path, *, quantised: bool = True) -> None:
    from onnx import TensorProto
    from onnxruntime.quantization import QuantType, quantize_dynamic
    from onnxruntime.transformers import optimizer
    from onnxruntime.transformers.fusion_options import FusionOptions

    folder.mkdir(parents=True, exist_ok=True)
    net.eval()
    with tempfile.TemporaryDirectory() as scratch:
        plain, fused = Path(scratch) / "plain.onnx", Path(scratch) / "fused.onnx"
        example = (torch.full((1, 12), 101), torch.zeros(1, 12, 3, dtype=torch.long), torch.zeros(1, dtype=torch.long))
        torch.onnx.export(
            EncoderOnly(net),
            example,
            str(plain),
            input_names=["ids", "features", "convention"],
            output_names=["vectors"],
            dynamic_axes={"ids": {1: "length"}, "features": {1: "length"}, "vectors": {1: "length"}},
            opset_version=17,
            dynamo=False,
        )
        config = net.bert.config
        options = FusionOptions("bert")
        options.enable_embed_layer_norm = False  # our embeddings have three tables more
        made = optimizer.optimize_model(
            str(plain),
            "bert",
            num_heads=config.num_attention_heads,
            hidden_size=config.hidden_size,
            optimization_options=options,
        )
        print(made.get_fused_operator_statistics())
        made.save_model_to_file(str(fused))
        target = folder / "encoder.onnx"
        if quantised:
            quantize_dynamic(
                fused, target, per_channel=True, reduce_range=True, weight_type=QuantType.QInt8,
                op_types_to_quantize=["MatMul", "Attention", "Gather"],
                extra_options={"DefaultTensorType": TensorProto.FLOAT},
            )  # fmt: skip
        else:
            shutil.copy(fused, target)
    heads = {
        k: v.detach().numpy().astype(np.float16)
        for k, v in net.state_dict().items()
        if not k.startswith(("bert.", "features.", "convention."))
    }
    np.savez(folder / "heads.npz", **heads)
    shutil.copy(base_folder() / "tokenizer.json", folder / "tokenizer.json")
    plain_tokenizer(folder / "tokenizer.json")


def plain_tokenizer(path: Path) -> None:
    """Takes truncation and padding out of the tokenizer's file: windows are ours."""
    from tokenizers import Tokenizer

    t = Tokenizer.from_file(str(path))
    t.no_truncation()
    t.no_padding()
    t.save(str(path), pretty=False)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("state", type=Path)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--float", action="store_true")
    o = parser.parse_args()
    net = Network(base_folder())
    net.load_state_dict(torch.load(o.state, weights_only=True)["net"])
    export(net, o.folder, quantised=not o.float)


if __name__ == "__main__":
    main()
