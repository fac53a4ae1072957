"""Does what a step of training did in C#, with Debian's PyTorch, and prints by how much both differ."""
import json, struct, sys
import numpy, torch
from torch import nn

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


def vgg(model, channels, height, width):
    blocks, halvings = [], len(model["blocks"])
    for output in model["blocks"]:
        layers = []
        for source in (channels, output):
            layers += [nn.Conv2d(source, output, 3, padding=1, bias=False), nn.BatchNorm2d(output), nn.ReLU()]
        blocks.append(nn.Sequential(*layers, nn.MaxPool2d(2)))
        channels = output
    units, dense = channels * (height >> halvings) * (width >> halvings), []
    for output in model["dense"]:
        dense += [nn.Linear(units, output), nn.ReLU(), nn.Dropout(0)]
        units = output
    network = nn.Sequential()
    network.add_module("features", nn.Sequential(*blocks))
    network.add_module("flatten", nn.Flatten())
    network.add_module("classifier", nn.Sequential(*dense, nn.Linear(units, 2)))
    return network


class Block(nn.Module):
    def __init__(self, source, output, stride):
        super().__init__()
        self.bn1, self.bn2 = nn.BatchNorm2d(source), nn.BatchNorm2d(output)
        self.conv1 = nn.Conv2d(source, output, 3, stride, 1, bias=False)
        self.conv2 = nn.Conv2d(output, output, 3, 1, 1, bias=False)
        if source != output or stride != 1:
            self.shortcut = nn.Conv2d(source, output, 1, stride, bias=False)

    def forward(self, x):
        seen = torch.relu(self.bn1(x))
        inner = self.conv2(torch.relu(self.bn2(self.conv1(seen))))
        return inner + (self.shortcut(seen) if hasattr(self, "shortcut") else x)


class Wide(nn.Module):
    def __init__(self, model, channels):
        super().__init__()
        self.conv1 = nn.Conv2d(channels, 16, 3, padding=1, bias=False)
        source = 16
        for group in (1, 2, 3):
            output, blocks = 8 * 2 ** group * model["widen"], []
            for at in range((model["depth"] - 4) // 6):
                blocks.append(Block(source, output, 2 if group > 1 and at == 0 else 1))
                source = output
            setattr(self, f"layer{group}", nn.Sequential(*blocks))
        self.bn1, self.fc = nn.BatchNorm2d(source), nn.Linear(source, 2)

    def forward(self, x):
        return self.fc(torch.relu(self.bn1(self.layer3(self.layer2(self.layer1(self.conv1(x)))))).mean((2, 3)))


def optimizer(name, weights):
    if name == "sgd":
        return torch.optim.SGD(weights, 1e-3, momentum=0.9, weight_decay=0.01, nesterov=True)
    return (torch.optim.Adam if name == "adam" else torch.optim.AdamW)(weights, 1e-3, weight_decay=0.01)


def largest(one, other):
    return float((one.double() - other.double()).abs().max())


def main(before, after, kind, steps):
    model, start, end = json.loads(sys.stdin.read()), safetensors(before), safetensors(after)
    inputs, targets = start.pop("input"), start.pop("targets")
    network = vgg(model, *inputs.shape[1:]) if model["kind"] == "vgg" else Wide(model, inputs.shape[1])
    network = network.to(inputs.dtype)
    network.load_state_dict(start)
    network.eval()
    differences = {"eval": largest(network(inputs), end.pop("outputs.eval"))}
    network.train()
    trained = optimizer(kind, network.parameters())
    for step in range(int(steps)):
        outputs = network(inputs)
        if step == 0:
            differences["train"] = largest(outputs, end.pop("outputs.train"))
        trained.zero_grad()
        nn.functional.mse_loss(outputs, targets).backward()
        trained.step()
    state = network.state_dict()
    assert set(state) == set(end), set(state) ^ set(end)
    weights = [name for name, _ in network.named_parameters()]
    differences["state"] = max(largest(state[name], end[name]) for name in end)
    differences["moved"] = max(largest(state[name], start[name]) for name in weights)
    print(json.dumps(differences))


torch.set_num_threads(2)
main(*sys.argv[1:])
