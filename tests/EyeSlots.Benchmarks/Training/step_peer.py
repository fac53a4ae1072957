"""Steps of training by PyTorch, as a researcher writes them. Reads a number of steps from each line and prints the seconds that they took."""
import contextlib, json, sys, time
import torch
from torch import nn
from torch_networks import network


class Training:
    def __init__(self, model, batch, device, precision, layout):
        self.device, self.layout, self.bfloat16 = torch.device(device), layout, precision == "bfloat16"
        self.pixels = torch.randint(0, 256, (batch, 32, 96, 3), dtype=torch.uint8)
        self.targets = torch.rand(batch, 2) * 2 - 1
        if self.device.type == "cuda":
            self.pixels, self.targets = self.pixels.pin_memory(), self.targets.pin_memory()
            torch.backends.cuda.matmul.allow_tf32 = torch.backends.cudnn.allow_tf32 = precision == "tf32"
        self.network = network(model, 3, 32, 96).to(self.device, memory_format=layout).train()
        fused = {"fused": True} if self.device.type == "cuda" else {}
        self.optimizer = torch.optim.Adam(self.network.parameters(), 1e-4, **fused)

    def step(self):
        pixels = self.pixels.to(self.device, non_blocking=True).permute(0, 3, 1, 2)
        inputs = (pixels.float() / 127.5 - 1).contiguous(memory_format=self.layout)
        cast = torch.autocast("cuda", torch.bfloat16) if self.bfloat16 else contextlib.nullcontext()
        with cast:
            outputs = self.network(inputs)
        loss = nn.functional.mse_loss(outputs.float(), self.targets.to(self.device, non_blocking=True))
        self.optimizer.zero_grad(set_to_none=True)
        loss.backward()
        self.optimizer.step()
        return loss.item()

    def seconds(self, steps):
        started = time.perf_counter()
        for _ in range(steps):
            self.step()
        return time.perf_counter() - started


def main(model, batch, threads, device, precision):
    torch.set_num_threads(int(threads))
    layouts = {"channels first": torch.contiguous_format, "channels last": torch.channels_last}
    rivals = {name: Training(json.loads(model), int(batch), device, precision, layout) for name, layout in layouts.items()}
    for rival in rivals.values():
        rival.seconds(2)
    fastest = min(rivals, key=lambda name: rivals[name].seconds(4))
    print(f"PyTorch {torch.__version__}, {fastest}", flush=True)
    for line in sys.stdin:
        print(rivals[fastest].seconds(int(line)), flush=True)


main(*sys.argv[1:])
