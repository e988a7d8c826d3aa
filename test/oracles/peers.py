"""Gradients of top-k as PyTorch and JAX compute them, for the tests to compare with.

    pip install torch jax
    python3 test/oracles/peers.py > test/oracles/peers.json

Order 1, PyTorch: dL/dW and dL/dx of L = sum(topk(W x, k)^2).
Orders 2 and 3, JAX: the Hessian of g(y) = sum(top_k(y, k)^3) and the gradient of sum(H c), H that
Hessian and c = (1, 2, ..., n).
"""

import json

import jax
import jax.numpy as jnp
import torch

torch.manual_seed(20)


def order1(n, d, k):
    W = torch.randn(n, d, requires_grad=True)
    x = torch.randn(d, requires_grad=True)
    values, indices = torch.topk(W @ x, k)
    values.square().sum().backward()
    tensors = {"W": W, "x": x, "indices": indices, "dW": W.grad, "dx": x.grad}
    return {"k": k, **{name: tensor.tolist() for name, tensor in tensors.items()}}


def orders2and3(n, k):
    y = jnp.array(torch.randn(n).tolist(), dtype=jnp.float32)
    c = jnp.arange(1, n + 1, dtype=jnp.float32)
    g = lambda y: jnp.sum(jax.lax.top_k(y, k)[0] ** 3)
    hessian = jax.hessian(g)
    third = jax.grad(lambda y: jnp.sum(hessian(y) @ c))
    return {"k": k, "y": y.tolist(), "hessian": hessian(y).tolist(), "third": third(y).tolist()}


print(
    json.dumps(
        {
            "versions": {"torch": torch.__version__, "jax": jax.__version__},
            "order1": [order1(*shape) for shape in [(6, 6, 3), (1, 4, 1), (9, 2, 9), (20, 5, 4)]],
            "orders2and3": [orders2and3(*shape) for shape in [(5, 2), (7, 7), (12, 1)]],
        }
    )
)
