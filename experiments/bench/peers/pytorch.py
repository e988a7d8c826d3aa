"""PyTorch on one thread, for `npm run experiment:speed`."""

from inputs import answer, tensors, weights

import torch

torch.set_num_threads(1)


def contenders(task):
    k = task["k"]
    if task["work"] == "topk":
        (x,) = [torch.from_numpy(array) for array in tensors(task)]
        topk = lambda: torch.topk(x, k)

        def both():
            values, indices = topk()
            return torch.cat([values.flatten(), x.gather(-1, indices).flatten()]).tolist()

        return {"": (topk, both)}

    W, x = [torch.from_numpy(array).requires_grad_() for array in tensors(task)]
    rows, columns = [torch.from_numpy(array) for array in weights(task)]

    def autograd():
        W.grad = x.grad = None
        loss = torch.topk(x @ W.T, k).values.square().sum()
        loss.backward()
        return loss

    def of_autograd():
        loss = autograd()
        return [loss.item(), (rows @ (W.grad @ columns)).item(), *x.grad.flatten().tolist()]

    @torch.no_grad()
    def row_sparse():
        """The same as this package's, by hand: indices, 2 v, and dx."""
        values, indices = torch.topk(x @ W.T, k)
        coefficients = 2 * values
        return values, indices, (coefficients.unsqueeze(-2) @ W[indices]).squeeze(-2)

    @torch.no_grad()
    def of_row_sparse():
        values, indices, dx = row_sparse()
        of_rows = (2 * values * rows[indices] * (x @ columns).unsqueeze(-1)).sum()
        return [values.square().sum().item(), of_rows.item(), *dx.flatten().tolist()]

    product = lambda: x.detach() @ W.detach().T
    return {
        "": (autograd, of_autograd),
        ", row-sparse by hand": (row_sparse, of_row_sparse),
        ", Wx alone": (product, lambda: []),
    }


answer(torch.__version__, contenders)
