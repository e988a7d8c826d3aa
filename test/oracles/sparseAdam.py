# Makes sparseAdam.json beside this file, with PyTorch: python3 test/oracles/sparseAdam.py
# Weights after each of five steps, by SparseAdam with sparse gradients, and by Adam and SGD with momentum with dense ones.
import json
import pathlib

import torch

torch.manual_seed(7)
N, D = 5, 3
start = torch.randn(N, D)
# Indices repeat, and rows 0 and 4 occur rarely.
indices = [[1, 3, 1], [0, 1, 2], [3, 3, 3], [1, 2, 3], [0, 1, 3]]
rows = [torch.randn(3, D) for _ in indices]


def run(make, is_sparse):
    W = torch.nn.Parameter(start.clone())
    optimizer = make([W])
    weights = []
    for at, values in zip(indices, rows):
        gradient = torch.sparse_coo_tensor([at], values, (N, D))
        W.grad = gradient if is_sparse else gradient.to_dense()
        optimizer.step()
        weights.append(W.detach().flatten().tolist())
    return weights


result = {
    'made by': f'torch {torch.__version__}',
    'start': start.flatten().tolist(),
    'indices': indices,
    'rows': [r.flatten().tolist() for r in rows],
    'SparseAdam': run(lambda p: torch.optim.SparseAdam(p, lr=0.05), True),
    'Adam': run(lambda p: torch.optim.Adam(p, lr=0.05), False),
    'SGD': run(lambda p: torch.optim.SGD(p, lr=0.05, momentum=0.9), False),
}
path = pathlib.Path(__file__).with_suffix('.json')
path.write_text(json.dumps(result, indent=1) + '\n')
