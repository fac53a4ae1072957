using System.Diagnostics.CodeAnalysis;
using EyeSlots.Core.Planning;

namespace EyeSlots.Preprocessing.Jobs;

/// <summary>
/// A shard that is begun, whose faces are given out in shares: to the worker that began it, and at the end of a run to those that have nothing
/// else left. A shard takes its faces in any order, so who cut which decides no byte. Safe to call from several threads.
/// </summary>
/// <param name="planned">Its faces, loaded by the first who needs them.</param>
/// <param name="shareFaces">Faces of a share; the last one may have fewer, and faces of one image are not parted.</param>
/// <param name="newPart">Begins what one worker cuts of it.</param>
internal sealed class SharedShard(Lazy<Slice> planned, int shareFaces, Func<Slice, ShardPart> newPart)
{
    private readonly Lock gate = new();
    private readonly List<ShardPart> parts = [];
    private int given, cut;

    /// <summary>Faces that are not given out yet; very many while the slice is loaded.</summary>
    public int Waiting => planned.IsValueCreated ? planned.Value.Faces.Count - Volatile.Read(ref given) : int.MaxValue;

    /// <summary>Shares for one more worker, until none is left.</summary>
    public IEnumerable<FaceShare> Shares()
    {
        ShardPart? part = null;
        while (TryGive(out var faces, out var first)) yield return new(this, part ??= Begin(), faces, first);
    }

    /// <summary>A share is cut.</summary>
    /// <returns>Whether it was the last one: whoever cut it lays the shard out.</returns>
    public bool Finish(FaceShare share) => Interlocked.Add(ref cut, share.Slice.Faces.Count) == planned.Value.Faces.Count;

    /// <summary>Lays the shard out, of which every share is cut.</summary>
    /// <exception cref="Core.EyeSlotsException">shard-too-large.</exception>
    public async Task<UnpublishedShard> LayOutAsync(CancellationToken cancellation)
    {
        var whole = parts[0];
        foreach (var part in parts.Skip(1)) whole.Join(part);
        var made = await whole.LayOutAsync(cancellation).ConfigureAwait(false);
        foreach (var part in parts.Skip(1)) part.GiveBack();
        return made;
    }

    private ShardPart Begin()
    {
        var part = newPart(planned.Value);
        lock (gate) parts.Add(part);
        return part;
    }

    private bool TryGive([NotNullWhen(true)] out Slice? share, out int first)
    {
        var slice = planned.Value;
        lock (gate)
        {
            first = given;
            share = null;
            if (first == slice.Faces.Count) return false;
            given = EndOf(slice.Faces, first);
            share = slice with { Faces = [.. slice.Faces.Skip(first).Take(given - first)] };
            return true;
        }
    }

    private int EndOf(IReadOnlyList<SliceFace> faces, int first)
    {
        var end = (int)Math.Min(faces.Count, (long)first + shareFaces);
        while (end < faces.Count && faces[end].Image == faces[end - 1].Image && SliceUnderWay.HasImage(faces[end])) end++;
        return end;
    }
}
