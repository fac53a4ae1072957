using EyeSlots.Training.Loading;
using EyeSlots.Training.Tests.Tools;

namespace EyeSlots.Training.Tests.Loading;

/// <summary>Some hundred faces in 40 shards, three windows of them, for tests that change nothing.</summary>
public sealed class PartsDataset : IAsyncLifetime
{
    internal DrawnDataset Dataset { get; private set; } = null!;

    internal FaceTable Faces { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Dataset = await DrawnDataset.DrawPartsAsync(500, parts: 40);
        Faces = await Dataset.FacesAsync();
    }

    public ValueTask DisposeAsync()
    {
        Dataset.Dispose();
        return ValueTask.CompletedTask;
    }
}
