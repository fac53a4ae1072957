using EyeSlots.Core.Manifests;
using EyeSlots.Integration.Tests;
using EyeSlots.Training.Augmentation;
using EyeSlots.Training.Loading;
using EyeSlots.Training.Metrics.Baselines;
using EyeSlots.Training.Models;
using EyeSlots.Training.Runs;
using EyeSlots.Training.Torch;
using Microsoft.Extensions.Logging.Abstractions;
using TorchSharp;

namespace EyeSlots.Training.Tests.Tools;

/// <summary>A run as training leaves it behind, but that its model was never trained: weights as they are drawn, floors of the dataset's training list.</summary>
internal static class MadeRun
{
    /// <summary>Lays a run into a folder.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="dataset">What it is said to be trained on.</param>
    /// <param name="seed">Of the weights.</param>
    /// <param name="input">What its network takes.</param>
    /// <param name="change">Changes the weights.</param>
    public static async Task<string> MakeAsync(string folder, DrawnDataset dataset, long seed = 1, InputShape? input = null, Action<EyeNetwork>? change = null)
    {
        LibTorch.Load();
        Directory.CreateDirectory(folder);
        var (training, validation) = (await dataset.FacesAsync("training"), await dataset.FacesAsync("validation"));
        var floors = await Floors.FitAsync(training, validation, new(new LoaderOptions(), NullLogger.Instance));
        await File.WriteAllBytesAsync(RunFolder.FloorsOf(folder), floors.ToBytes());
        TrainedPaths.Of(training.Keys.Select(key => key.ImagePath)).Save(Path.Combine(folder, TrainedPaths.FileName));
        await File.WriteAllTextAsync(Path.Combine(folder, RunFolder.ConfigName), "{}");
        using var network = EyeNetwork.Create(ModelDescription.Of("tiny"), input ?? InputShape.Default, (float)training.MeanValence, (float)training.MeanArousal, seed).Stirred();
        change?.Invoke(network);
        new ModelFile(network, training.Generation.Manifest.Content.Parameters, (float)training.MeanValence, (float)training.MeanArousal).Save(RunFolder.BestOf(folder));
        return folder;
    }

    /// <summary>Makes every weight no number.</summary>
    public static void Diverge(EyeNetwork network)
    {
        using var none = torch.no_grad();
        foreach (var parameter in network.parameters()) parameter.fill_(float.NaN);
    }
}
