using System.Globalization;
using EyeSlots.Core.Annotations;
using EyeSlots.Core.Storage;
using EyeSlots.Tests.Tools;

namespace EyeSlots.Tests.Annotations;

/// <summary>A folder of the 2021 layout for one test.</summary>
internal sealed class NpyFolder : IDisposable
{
    private readonly TempFolder folder = new();

    /// <summary>68 points, as x, y, x, y…</summary>
    public static double[] Points { get; } = [.. ListText.Landmarks(224).Split(';').Select(number => double.Parse(number, CultureInfo.InvariantCulture))];

    public LocalObjectStore Store => new(StorageAddress.Parse(folder.At("train_set")));

    public void Write(string key, byte[] bytes) => folder.Write("train_set/" + key, bytes);

    /// <summary>An image with its annotation.</summary>
    public void Put(string name, byte[] expression, byte[] valence, byte[] arousal, byte[] landmarks)
    {
        Write($"images/{name}.jpg", [1]);
        foreach (var (part, bytes) in (ReadOnlySpan<(string, byte[])>)[("exp", expression), ("val", valence), ("aro", arousal), ("lnd", landmarks)])
        {
            Write($"annotations/{name}_{part}.npy", bytes);
        }
    }

    public async Task<List<ReadRow>> ReadAsync(IObjectStore? store = null)
    {
        await using var reader = (await NpyAnnotationReader.OpenAsync(store ?? Store, "train_set", CancellationToken.None))!;
        return await Lists.AllAsync(reader);
    }

    public void Dispose() => folder.Dispose();
}
