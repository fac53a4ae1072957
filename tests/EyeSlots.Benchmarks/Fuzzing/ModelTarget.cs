using System.Text.Json;
using EyeSlots.Core;
using EyeSlots.Training.Augmentation;
using EyeSlots.Training.Models;

namespace EyeSlots.Benchmarks.Fuzzing;

/// <summary>Models as JSON, which anybody may write. What is accepted has weights that can be counted.</summary>
internal sealed class ModelTarget : FuzzTarget
{
    public override string Name => "model";

    public override Task<byte[]> DrawAsync(Random random)
    {
        var good = System.Text.Encoding.UTF8.GetBytes(ModelDescriptionJson.Write(ModelDescription.Of(Any([.. ModelDescription.Names], random))).ToJsonString());
        return Task.FromResult(random.Next(3) == 0 ? ByteMutation.Of(good, good, random) : JsonMutation.Of(good, random));
    }

    public override Task<string> ReadAsync(byte[] file)
    {
        using var json = JsonDocument.Parse(file, new() { MaxDepth = 4 });
        var weights = WeightCount.Of(ModelDescriptionJson.Read(json.RootElement, "fuzz"), InputShape.Default);
        return Task.FromResult(weights switch
        {
            <= 0 => throw new InvalidOperationException($"It would have {weights} weights."),
            <= ModelDescription.MostWeights => "a model",
            _ => "too many weights",
        });
    }

    public override bool IsRefusal(Exception error) => error is EyeSlotsException { Code: ErrorCodes.Usage } or JsonException;
}
