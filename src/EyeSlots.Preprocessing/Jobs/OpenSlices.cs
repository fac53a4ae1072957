using System.Diagnostics.CodeAnalysis;

namespace EyeSlots.Preprocessing.Jobs;

/// <summary>
/// The slices of a worker that are begun and not yet cut, the oldest first: several, so that a slow image holds up its own slice alone, and few
/// enough that their crops have room. For one worker.
/// </summary>
/// <param name="slices">Taken one by one.</param>
internal sealed class OpenSlices(IEnumerable<IFaceCuts> slices) : IDisposable
{
    /// <summary>Slices: more than are cut while a read stalls for seconds.</summary>
    private const int MostSlices = 12;

    /// <summary>Bytes of crops beyond which only the oldest slice goes on. Twelve shards of ordinary crops have fewer.</summary>
    private const long MostCropBytes = 64 << 20;

    private readonly IEnumerator<IFaceCuts> coming = slices.GetEnumerator();
    private readonly List<SliceUnderWay> open = [];

    /// <summary>Images that are there and are not cut yet.</summary>
    public IEnumerable<ImageRead> Waiting => open.SelectMany(slice => slice.Waiting);

    /// <summary>Makes room for others.</summary>
    public void RemoveDone() => open.RemoveAll(static slice => slice.IsDone);

    /// <summary>The next faces whose image is to be asked for, of the newest slice or of one that is begun for them.</summary>
    public bool TryTakeNext([NotNullWhen(true)] out SliceUnderWay? slice, out FaceGroup faces)
    {
        slice = open.Count > 0 ? open[^1] : null;
        faces = default;
        while (slice is null || !slice.TryTake(out faces))
        {
            if (open.Count == MostSlices || !coming.MoveNext()) return false;
            open.Add(slice = new(coming.Current));
        }

        return true;
    }

    /// <summary>Whether a slice may take crops.</summary>
    public bool MayCut(SliceUnderWay slice) => slice == open[0] || open.Sum(static one => one.Cuts.CropBytes) < MostCropBytes;

    /// <summary>An image that waited and may be cut now, of the oldest slice that has one.</summary>
    public bool TryTakeWaiting([NotNullWhen(true)] out ImageRead? read)
    {
        var slice = open.Find(one => one.Waiting.Count > 0 && MayCut(one));
        read = slice?.Waiting.Dequeue();
        return read is not null;
    }

    /// <summary>Takes no more.</summary>
    public void Dispose() => coming.Dispose();
}
