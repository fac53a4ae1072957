using EyeSlots.Training.Augmentation;
using EyeSlots.Training.Loading;
using EyeSlots.Training.Models;
using EyeSlots.Training.Optimization;
using EyeSlots.Training.Tests.Tools;

namespace EyeSlots.Training.Tests.Optimization;

/// <summary>What the tests of steps train, and on what.</summary>
internal static class SmallNetwork
{
    /// <summary>Steps of a whole training.</summary>
    public const int Steps = 20;

    /// <summary>Dropout, so that a step depends on torch's generator.</summary>
    public static ModelDescription Model { get; } = ModelDescription.Of("tiny") with { Dropout = 0.3 };

    /// <summary>What it takes.</summary>
    public static InputShape Input { get; } = new(32, 16, false);

    /// <summary>Random faces.</summary>
    public static IReadOnlyList<FaceBatch> Batches { get; } = [.. Enumerable.Range(0, 3).Select(seed => RandomBatch.Of(Input, 16 - seed, seed))];

    /// <summary>A network whose first weights are always the same, and that does not say the same of every face.</summary>
    public static EyeNetwork Create(ModelDescription model) => EyeNetwork.Create(model, Input, 0.1f, -0.1f, seed: 1).Stirred();

    /// <summary>All that a checkpoint of a step holds.</summary>
    public static byte[] Bytes(TrainingStep step)
    {
        using var stream = new MemoryStream();
        SafetensorsFile.Write(stream, step.State, new Dictionary<string, string>());
        return stream.ToArray();
    }
}
