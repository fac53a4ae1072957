using TorchSharp;

namespace EyeSlots.Training.Models;

/// <summary>The named tensors of a network.</summary>
internal static class NetworkState
{
    /// <summary>Parameters, then buffers (running means and variances, batches counted), with PyTorch's names behind a prefix.</summary>
    internal static IEnumerable<KeyValuePair<string, torch.Tensor>> Of(EyeNetwork network, string prefix = "") =>
    [
        .. network.named_parameters().Select(parameter => KeyValuePair.Create<string, torch.Tensor>(prefix + parameter.name, parameter.parameter)),
        .. network.named_buffers().Select(buffer => KeyValuePair.Create(prefix + buffer.name, buffer.buffer)),
    ];
}
