"""Our networks as PyTorch writes them."""
import torch
from torch import nn


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
        dense += [nn.Linear(units, output), nn.ReLU(), nn.Dropout(model["dropout"])]
        units = output
    network = nn.Sequential()
    network.add_module("features", nn.Sequential(*blocks))
    network.add_module("flatten", nn.Flatten())
    network.add_module("classifier", nn.Sequential(*dense, nn.Linear(units, 2)))
    return network


class Block(nn.Module):
    def __init__(self, source, output, stride, dropout):
        super().__init__()
        self.bn1, self.bn2 = nn.BatchNorm2d(source), nn.BatchNorm2d(output)
        self.dropout = nn.Dropout(dropout)
        self.conv1 = nn.Conv2d(source, output, 3, stride, 1, bias=False)
        self.conv2 = nn.Conv2d(output, output, 3, 1, 1, bias=False)
        if source != output or stride != 1:
            self.shortcut = nn.Conv2d(source, output, 1, stride, bias=False)

    def forward(self, x):
        seen = torch.relu(self.bn1(x))
        inner = self.conv2(self.dropout(torch.relu(self.bn2(self.conv1(seen)))))
        return inner + (self.shortcut(seen) if hasattr(self, "shortcut") else x)


class Wide(nn.Module):
    def __init__(self, model, channels):
        super().__init__()
        self.conv1 = nn.Conv2d(channels, 16, 3, padding=1, bias=False)
        source = 16
        for group in (1, 2, 3):
            output, blocks = 8 * 2 ** group * model["widen"], []
            for at in range((model["depth"] - 4) // 6):
                blocks.append(Block(source, output, 2 if group > 1 and at == 0 else 1, model["dropout"]))
                source = output
            setattr(self, f"layer{group}", nn.Sequential(*blocks))
        self.bn1, self.fc = nn.BatchNorm2d(source), nn.Linear(source, 2)

    def forward(self, x):
        return self.fc(torch.relu(self.bn1(self.layer3(self.layer2(self.layer1(self.conv1(x)))))).mean((2, 3)))


def network(model, channels, height, width):
    return vgg(model, channels, height, width) if model["kind"] == "vgg" else Wide(model, channels)
