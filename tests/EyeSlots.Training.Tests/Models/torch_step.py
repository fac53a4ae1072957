"""Does what a step of training did in C#, with Debian's PyTorch, and prints by how much both differ."""
import json, os, struct, sys

os.environ.setdefault("OMP_WAIT_POLICY", "passive")  # Threads that spin would take the cores from other tests.
import numpy, torch
from torch import nn
from torch_networks import network

TYPES = {"F64": "<f8", "F32": "<f4", "I64": "<i8", "I32": "<i4", "U8": "u1"}


def safetensors(path):
    with open(path, "rb") as file:
        length, = struct.unpack("<Q", file.read(8))
        header = json.loads(file.read(length))
        start = 8 + length
        assert start % 8 == 0
        tensors = {}
        for name, tensor in header.items():
            if name == "__metadata__":
                continue
            begin, end = tensor["data_offsets"]
            file.seek(start + begin)
            values = numpy.frombuffer(file.read(end - begin), TYPES[tensor["dtype"]]).copy()
            tensors[name] = torch.from_numpy(values).reshape(tensor["shape"])
        return tensors


def optimizer(name, weights):
    if name == "sgd":
        return torch.optim.SGD(weights, 1e-3, momentum=0.9, weight_decay=0.01, nesterov=True)
    return (torch.optim.Adam if name == "adam" else torch.optim.AdamW)(weights, 1e-3, weight_decay=0.01)


def largest(one, other):
    return float((one.double() - other.double()).abs().max())


def main(before, after, kind, steps):
    model, start, end = json.loads(sys.stdin.read()), safetensors(before), safetensors(after)
    inputs, targets = start.pop("input"), start.pop("targets")
    same = network(model, *inputs.shape[1:]).to(inputs.dtype)
    same.load_state_dict(start)
    same.eval()
    differences = {"eval": largest(same(inputs), end.pop("outputs.eval"))}
    same.train()
    trained = optimizer(kind, same.parameters())
    for step in range(int(steps)):
        outputs = same(inputs)
        if step == 0:
            differences["train"] = largest(outputs, end.pop("outputs.train"))
        trained.zero_grad()
        nn.functional.mse_loss(outputs, targets).backward()
        trained.step()
    state = same.state_dict()
    assert set(state) == set(end), set(state) ^ set(end)
    weights = [name for name, _ in same.named_parameters()]
    differences["state"] = max(largest(state[name], end[name]) for name in end)
    differences["moved"] = max(largest(state[name], start[name]) for name in weights)
    print(json.dumps(differences))


torch.set_num_threads(2)
main(*sys.argv[1:])
