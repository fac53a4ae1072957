using EyeSlots.Core;
using EyeSlots.Core.Annotations;
using Microsoft.Extensions.Logging;

namespace EyeSlots.Training.Loading;

/// <summary>A face whose crop does not decode.</summary>
/// <param name="Face">Its number in the table.</param>
/// <param name="Key">Names it.</param>
/// <param name="Why">What is wrong with its crop.</param>
public readonly record struct BrokenFace(int Face, FaceKey Key, string Why);

/// <summary>Counts faces that do not decode, names each once in the log, and ends an epoch of which they are too large a share.</summary>
internal sealed class BrokenFaces(FaceTable table, ILogger log)
{
    /// <summary>One in so many is borne.</summary>
    private const int BornePart = 100;
    private readonly SortedDictionary<int, BrokenFace> all = [];
    private readonly Lock access = new();
    private int ofEpoch;

    /// <summary>Each face that was broken so far, once, in the order of their numbers.</summary>
    public IReadOnlyList<BrokenFace> All
    {
        get
        {
            lock (access) return [.. all.Values];
        }
    }

    /// <summary>Counts those of the next epoch.</summary>
    public void Begin() => ofEpoch = 0;

    /// <summary>Counts a face.</summary>
    /// <exception cref="EyeSlotsException">Over 1 % of the epoch is broken: dataset-damaged.</exception>
    public void Add(int face, string why)
    {
        var broken = new BrokenFace(face, table.Keys[face], why);
        lock (access)
        {
            ofEpoch++;
            if (all.TryAdd(face, broken)) log.LogWarning("{Face} is left out: {Why}.", broken.Key.Display, why);
            if (ofEpoch <= table.Count / BornePart) return;
        }

        throw new EyeSlotsException(
            ErrorCodes.DatasetDamaged,
            $"Over 1 % of the {Quantity.Of(table.Count, "face")} in {table.Generation.Root.Address} do not decode ({broken.Key.Display}: {why}); run verify, then preprocess again.");
    }
}
