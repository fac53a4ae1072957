"""Lays an exported safetensors file into the network that PyTorch makes of its architecture, and prints what that says of given bytes."""
import base64, json, os, sys

os.environ.setdefault("OMP_WAIT_POLICY", "passive")  # Threads that spin would take the cores from other tests.
sys.path.append(os.path.join(os.path.dirname(__file__), "..", "Models"))
import numpy, torch
from read_safetensors import read
from torch_networks import network

metadata, tensors = read(sys.argv[1])
width, height = map(int, metadata["input"].split("x"))
channels = len(metadata["channels"].split(", "))
bytes_in = numpy.frombuffer(base64.b64decode(sys.stdin.read()), "u1").reshape(-1, height, width, channels)
model = network(json.loads(metadata["architecture"]), channels, height, width)
model.load_state_dict({name: torch.from_numpy(values.copy()) for name, values in tensors.items()}, strict=True)
with torch.no_grad():
    print(json.dumps(model.eval()(torch.from_numpy(bytes_in.copy()).permute(0, 3, 1, 2).float() / 127.5 - 1).flatten().tolist()))
