using EyeSlots.Core;
using EyeSlots.Core.Storage;
using TorchSharp;
using static TorchSharp.torch.nn;

namespace EyeSlots.Training.Torch;

/// <summary>Whether this machine can train, and on what; for <c>doctor</c>.</summary>
public static class TorchCheck
{
    private const int Faces = 4, Channels = 3, Side = 8, Filters = 2;

    /// <summary>Loads libtorch, looks for devices and runs a step on the one that <c>auto</c> takes; what depends on a failed check is left out.</summary>
    public static IReadOnlyList<ProbeResult> Run()
    {
        try
        {
            var library = LibTorch.Load();
            var device = default(TrainingDevice).Resolve();
            return [OfLibrary(library), OfDevice(library, device), OfStep(device), .. library.HasCuda ? [OfCudnn(library)] : Array.Empty<ProbeResult>()];
        }
        catch (EyeSlotsException error)
        {
            return [new("libtorch", false, $"{error.Code}: {error.Message}")];
        }
    }

    private static ProbeResult OfLibrary(LibTorchLibrary library) =>
        new("libtorch", true, $"{library.Version} with {(library.HasCuda ? "CUDA" : "the CPU alone")}, from {library.Folder}; OMP_WAIT_POLICY is {WaitPolicy.Current}");

    private static ProbeResult OfDevice(LibTorchLibrary library, TrainingDevice device)
    {
        var processor = Quantity.Of(TorchThreads.Usual, "thread") + " of the CPU";
        if (device.IsCuda) return new("device", true, $"{Quantity.Of(TrainingDevice.Cards(), "GPU")}, of which auto takes {device}; or {processor}");
        return new("device", true, $"{processor}; no GPU: {(library.HasCuda ? TrainingDevice.WhyNoCard() : LibTorchFolder.Current.WhyNoCuda)}");
    }

    private static ProbeResult OfStep(TrainingDevice device)
    {
        var (before, after) = Step(device.Open());
        return new("training step", float.IsFinite(after) && after < before, $"on {device}, the loss of a small network went from {Quantity.Fixed(before, 4)} to {Quantity.Fixed(after, 4)}");
    }

    private static ProbeResult OfCudnn(LibTorchLibrary library) => CudnnChoice.Of(library) is null
        ? new("cuDNN", true, "this libtorch cannot be asked for deterministic algorithms (--deterministic): weights differ from run to run in the last digits")
        : new("cuDNN", true, "can be asked for deterministic algorithms (--deterministic)");

    private static (float Before, float After) Step(torch.Device device)
    {
        using var scope = torch.NewDisposeScope();
        torch.random.manual_seed(1);
        var network = Sequential(Conv2d(Channels, Filters, 3, padding: 1), ReLU(), Flatten(), Linear(Filters * Side * Side, 2)).to(device);
        using var optimizer = torch.optim.SGD(network.parameters(), 0.01);
        var (faces, labels) = (torch.ones(Faces, Channels, Side, Side, device: device), torch.full([Faces, 2], 0.5f, device: device));
        var loss = functional.mse_loss(network.forward(faces), labels);
        loss.backward();
        optimizer.step();
        return (loss.item<float>(), functional.mse_loss(network.forward(faces), labels).item<float>());
    }
}
