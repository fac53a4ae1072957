namespace EyeSlots.Training.Loading;

/// <summary>Which faces a window has, and in which order.</summary>
/// <param name="table">All faces.</param>
/// <param name="shards">The window's shards.</param>
/// <param name="start">The epoch's place at which the window begins.</param>
/// <param name="first">The first place that is asked for; those of the window before it are passed over.</param>
/// <param name="order">For each place of the window the index of a face, counted through the window's shards.</param>
internal sealed class WindowPlan(FaceTable table, ReadOnlyMemory<int> shards, int start, int first, int[] order)
{
    /// <summary>The first place that is asked for.</summary>
    public int First => first;

    /// <summary>The place behind the window's last.</summary>
    public int End => start + order.Length;

    /// <summary>Faces of the window, those passed over included.</summary>
    public int Count => order.Length;

    /// <summary>The shards as the table numbers them.</summary>
    public ReadOnlySpan<int> Shards => shards.Span;

    /// <summary>The index in the window of the face at a place of the epoch.</summary>
    public int IndexAt(int place) => order[place - start];

    /// <summary>Which faces of the window, by index, are asked for.</summary>
    public bool[] Asked()
    {
        var asked = new bool[order.Length];
        for (var place = first; place < End; place++) asked[IndexAt(place)] = true;
        return asked;
    }

    /// <summary>The table's faces of the shard.</summary>
    public ShardFaces FacesOf(int shard) => table.ShardFaces[shard];
}
