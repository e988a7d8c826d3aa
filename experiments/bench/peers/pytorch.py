"""PyTorch on one thread, for `npm run experiment:speed`."""

from inputs import answer, tensors, weights

import torch

torch.set_num_threads(1)


def contenders(task):
    k = task["k"]
    if task["work"] == "topk":
        (x,) = [torch.from_numpy(array) for array in tensors(task)]
        topk = lambda: torch.topk(x, k)

        def find():
            values, indices = topk()
            return torch.cat([values.flatten(), x.gather(-1, indices).flatten()]).tolist()

        return {"": (topk, find)}

    W, x = [torch.from_numpy(array).requires_grad_() for array in tensors(task)]
    u, w = [torch.from_numpy(array) for array in weights(task)]

    def autograd():
        W.grad = x.grad = None
        loss = torch.topk(x @ W.T, k).values.square().sum()
        loss.backward()
        return loss

    def find_autograd():
        loss = autograd()
        return [loss.item(), (u @ (W.grad @ w)).item(), *x.grad.flatten().tolist()]

    @torch.no_grad()
    def row_sparse():
        """The row-sparse gradient of this package by hand: indices, 2v and dx."""
        values, indices = torch.topk(x @ W.T, k)
        coefficients = 2 * values
        return values, indices, (coefficients.unsqueeze(-2) @ W[indices]).squeeze(-2)

    @torch.no_grad()
    def find_row_sparse():
        values, indices, dx = row_sparse()
        u_dW_w = (2 * values * u[indices] * (x @ w).unsqueeze(-1)).sum()
        return [values.square().sum().item(), u_dW_w.item(), *dx.flatten().tolist()]

    product = lambda: x.detach() @ W.detach().T
    return {
        "": (autograd, find_autograd),
        ", row-sparse by hand": (row_sparse, find_row_sparse),
        ", Wx alone": (product, lambda: []),
    }


answer(torch.__version__, contenders)
