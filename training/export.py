"""Brings a trained state to the files of a weights folder: python -m training.export runs/first/state.pt OUT

encoder.onnx (int8 unless --float) with the heads that read every token, the other heads in heads.npz (float16), and
tokenizer.json. decoding.json is training/tune.py's to write.
`--mean OTHER` exports the mean of two states, the one trained on from the other: it keeps more of what the earlier one
knew of texts unlike the later one's (Wortsman et al. 2022, "Robust fine-tuning of zero-shot models").
"""

from __future__ import annotations

import argparse
import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

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


def export(net: Network, folder: Path, *, int8: bool = True) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    net.eval()
    example = (torch.full((1, 12), 101), torch.zeros(1, 12, 3, dtype=torch.long), torch.zeros(1, dtype=torch.long))
    names = ("ids", "features", "convention")
    quantised(EncoderOnly(net), example, names, "vectors", folder / "encoder.onnx", net.bert.config, int8=int8)
    if int8:
        vectors_apart(folder)
    heads = {
        k: v.detach().numpy().astype(np.float16)
        for k, v in net.state_dict().items()
        if not k.startswith(("bert.", "features.", "convention."))
    }
    np.savez(folder / "heads.npz", **heads)
    heads_within(folder)
    shutil.copy(base_folder() / "tokenizer.json", folder / "tokenizer.json")
    plain_tokenizer(folder / "tokenizer.json")


def quantised(
    net: nn.Module,
    example: tuple[Tensor, ...],
    inputs: Sequence[str],
    output: str,
    target: Path,
    config: Any,
    *,
    int8: bool = True,
) -> None:
    """Writes `net` as ONNX, its attention fused and, with `int8`, its matrices and tables in eight bits."""
    from onnx import TensorProto
    from onnxruntime.quantization import QuantType, quantize_dynamic
    from onnxruntime.transformers import optimizer
    from onnxruntime.transformers.fusion_options import FusionOptions

    with tempfile.TemporaryDirectory() as scratch:
        plain, fused = Path(scratch) / "plain.onnx", Path(scratch) / "fused.onnx"
        long = {n: {1: "length"} for n, x in zip(inputs, example, strict=True) if x.dim() > 1}
        torch.onnx.export(
            net,
            example,
            str(plain),
            input_names=list(inputs),
            output_names=[output],
            dynamic_axes=long | ({output: {1: "length"}} if output == "vectors" else {}),
            opset_version=17,
            dynamo=False,
        )
        options = FusionOptions("bert")
        options.enable_embed_layer_norm = False  # our embeddings have tables more
        made = optimizer.optimize_model(
            str(plain),
            "bert",
            num_heads=config.num_attention_heads,
            hidden_size=config.hidden_size,
            optimization_options=options,
        )
        print(made.get_fused_operator_statistics())
        made.save_model_to_file(str(fused))
        if int8:
            quantize_dynamic(
                fused, target, per_channel=True, reduce_range=True, weight_type=QuantType.QInt8,
                op_types_to_quantize=["MatMul", "Attention", "Gather"],
                extra_options={"DefaultTensorType": TensorProto.FLOAT},
            )  # fmt: skip
        else:
            shutil.copy(fused, target)


def heads_within(folder: Path) -> None:
    """Moves the heads that read every token from heads.npz into encoder.onnx, whose threads and products are quicker
    than numpy's: its outputs `tokens` (as the role heads read them) and `anchors`. They stay float16, worked in
    float32. A folder of which they have been moved is left as it is.
    """
    import onnx
    from onnx import TensorProto, helper, numpy_helper

    with np.load(folder / "heads.npz") as stored:
        heads = {k: stored[k] for k in stored.files}
    if "token.weight" not in heads:
        return
    model = onnx.load(str(folder / "encoder.onnx"), load_external_data=False)
    graph = model.graph
    for name in ("token.weight", "token.bias", "anchor.weight", "anchor.bias"):
        half = np.ascontiguousarray(heads.pop(name).T)
        graph.initializer.append(numpy_helper.from_array(half, f"{name}.half"))
        graph.node.append(helper.make_node("Cast", [f"{name}.half"], [name], to=TensorProto.FLOAT))
        if name.endswith("weight"):
            head = name.removesuffix(".weight")
            graph.node.append(helper.make_node("MatMul", ["vectors", name], [f"{head}.product"]))
            shape = ["one", "length", half.shape[1]]
            graph.output.append(helper.make_tensor_value_info(f"{head}s", TensorProto.FLOAT, shape))
    of_token, of_anchor = ["token.product", "token.bias"], ["anchor.product", "anchor.bias"]
    graph.node.append(helper.make_node("FastGelu", of_token, ["tokens"], domain="com.microsoft"))
    graph.node.append(helper.make_node("Add", of_anchor, ["anchors"]))
    if not any(o.domain == "com.microsoft" for o in model.opset_import):
        model.opset_import.append(helper.make_opsetid("com.microsoft", 1))
    del graph.value_info[:]  # shapes along the way: the runtime finds them itself
    onnx.save(model, str(folder / "encoder.onnx"))
    np.savez_compressed(folder / "heads.npz", **heads)


def vectors_apart(folder: Path) -> None:
    """Puts the table of word vectors of encoder.onnx and pairs.onnx into one file, vectors.bin, that both read.

    Raises:
        SystemExit: the two tables are not the same bytes.
    """
    import onnx
    from onnx.external_data_helper import set_external_data

    apart = folder / "vectors.bin"
    for name in ("encoder.onnx", "pairs.onnx"):
        if not (folder / name).exists():
            continue
        model = onnx.load(str(folder / name), load_external_data=False)
        (table,) = (t for t in model.graph.initializer if len(t.dims) == 2 and t.dims[0] > 20_000)
        if table.data_location == onnx.TensorProto.EXTERNAL:
            continue
        if apart.exists() and apart.read_bytes() != table.raw_data:
            raise SystemExit(f"{folder / name}: its word vectors are not those of {apart}: train both on one table")
        apart.write_bytes(table.raw_data)
        set_external_data(table, location=apart.name, offset=0, length=len(table.raw_data))
        table.ClearField("raw_data")
        onnx.save(model, str(folder / name))


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
    parser.add_argument("--mean", type=Path, metavar="OTHER", help="another state, to export the mean of both")
    parser.add_argument("--float", action="store_true")
    o = parser.parse_args()
    net = Network(base_folder())
    state = torch.load(o.state, weights_only=True)["net"]
    if o.mean:
        other = torch.load(o.mean, weights_only=True)["net"]
        state = {k: (x + other[k]) / 2 if x.is_floating_point() else x for k, x in state.items()}
    net.load_state_dict(state)
    export(net, o.folder, int8=not o.float)


if __name__ == "__main__":
    main()
