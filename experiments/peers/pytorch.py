"""PyTorch on one thread, for `npm run experiment:speed`."""

import torch

from inputs import answer, tensors

torch.set_num_threads(1)


def contenders(task):
    k = task["k"]
    if task["work"] == "topk":
        (x,) = [torch.from_numpy(array) for array in tensors(task)]
        topk = lambda: torch.topk(x, k)
        return {"topk": (topk, lambda: topk().values.flatten().tolist())}

    W, x = [torch.from_numpy(array).requires_grad_() for array in tensors(task)]

    def autograd():
        W.grad = x.grad = None
        loss = torch.topk(x @ W.T, k).values.square().sum()
        loss.backward()
        return loss

    def find():
        loss = autograd()
        return [loss.item(), W.grad.abs().sum().item(), *x.grad.flatten().tolist()]

    matvec = lambda: x.detach() @ W.detach().T
    return {"gradient": (autograd, find), "product": (matvec, lambda: [])}


answer(torch.__version__, contenders)
