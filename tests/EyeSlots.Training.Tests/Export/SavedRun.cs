using System.Text.Json.Nodes;
using EyeSlots.Core.Planning;
using EyeSlots.Training.Augmentation;
using EyeSlots.Training.Models;
using EyeSlots.Training.Runs;
using EyeSlots.Training.Tests.Tools;
using EyeSlots.Training.Torch;
using TorchSharp;

namespace EyeSlots.Training.Tests.Export;

/// <summary>A run's folder with a best model whose weights and statistics are drawn, so that no part of it does nothing.</summary>
internal static class SavedRun
{
    /// <summary>Lays the run into a folder.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="model">The network's name.</param>
    /// <param name="input">What it takes.</param>
    /// <param name="change">Changes the weights.</param>
    public static string Make(string folder, ModelDescription model, InputShape input, Action<EyeNetwork>? change = null)
    {
        LibTorch.Load();
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, RunFolder.ConfigName), "{}");
        using var network = EyeNetwork.Create(model, input, 0.25f, -0.5f, seed: 3).Stirred();
        Live(network);
        change?.Invoke(network);
        new ModelFile(network, JsonNode.Parse(ParameterText.Of(new()))!.AsObject(), 0.25f, -0.5f).Save(RunFolder.BestOf(folder));
        return folder;
    }

    // What training moves: the normalisations' own weights, and the means and variances that they have seen.
    private static void Live(EyeNetwork network)
    {
        using var none = torch.no_grad();
        using var random = new torch.Generator(11);
        foreach (var (name, tensor) in NetworkState.Of(network))
        {
            var isOfNormalisation = tensor.shape.Length == 1 && !name.StartsWith("fc.", StringComparison.Ordinal) && !name.StartsWith("classifier.", StringComparison.Ordinal);
            if (name.EndsWith("running_var", StringComparison.Ordinal)) tensor.uniform_(0.5, 2, random);
            else if (name.EndsWith("running_mean", StringComparison.Ordinal) || (isOfNormalisation && name.EndsWith(".bias", StringComparison.Ordinal))) tensor.normal_(0, 0.2, random);
            else if (isOfNormalisation) tensor.uniform_(0.5, 1.2, random);
        }
    }
}
