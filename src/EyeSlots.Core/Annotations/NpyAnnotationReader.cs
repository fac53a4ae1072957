using System.Collections.Concurrent;
using EyeSlots.Core.Storage;

namespace EyeSlots.Core.Annotations;

/// <summary>
/// Reads a folder of the 2021 layout, <c>images/N.jpg</c> with <c>annotations/N_{exp,val,aro,lnd}.npy</c>, in the order of N. The
/// image path is <c>FOLDER/images/N.jpg</c>, with the folder's own name. The rows of a batch are read side by side, as many as pay off
/// where the folder lies: each is four small files.
/// </summary>
internal sealed class NpyAnnotationReader : IAnnotationReader
{
    private const int MostBytes = 1 << 20;
    private readonly IObjectStore folder;
    private readonly string folderName;
    private readonly List<string> names;
    private readonly ConcurrentBag<ByteBuffer> buffers = [];
    private int next;

    private NpyAnnotationReader(IObjectStore folder, string folderName, List<string> names) =>
        (this.folder, this.folderName, this.names) = (folder, folderName, names);

    /// <summary>
    /// Lists the images of the folder; null where there are none. In a bucket they are listed once more when the planner looks for them: to keep
    /// what this listing says of each until then would take more memory than all else of a plan, and it is one call in four thousand.
    /// </summary>
    public static async Task<NpyAnnotationReader?> OpenAsync(IObjectStore folder, string folderName, CancellationToken cancellation)
    {
        var names = await NumberedFiles.ListAsync(folder, "images/", cancellation).ConfigureAwait(false);
        names.RemoveAll(static name => StrayFile.IsOne(name));
        names.Sort(static (a, b) => a.Length != b.Length ? a.Length.CompareTo(b.Length) : string.CompareOrdinal(a, b));
        return names.Count > 0 ? new(folder, folderName, names) : null;
    }

    /// <inheritdoc/>
    public async ValueTask<bool> ReadAsync(AnnotationBatch batch, CancellationToken cancellation)
    {
        batch.Clear();
        while (!batch.IsFull && next < names.Count)
        {
            var row = batch.Add();
            row.Line = next + 1;
            row.ImagePath = names[next++];
        }

        var options = new ParallelOptions { MaxDegreeOfParallelism = folder.AnswersAtOnce ? Environment.ProcessorCount : AnnotationBatch.MostRows, CancellationToken = cancellation };
        await Parallel.ForAsync(0, batch.Count, options, async (at, stop) => await FillAsync(batch.Rows[at], stop).ConfigureAwait(false)).ConfigureAwait(false);
        return batch.Count > 0;
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private async ValueTask FillAsync(AnnotationRow row, CancellationToken cancellation)
    {
        var stem = "annotations/" + Path.ChangeExtension(row.ImagePath["images/".Length..], null);
        row.ImagePath = $"{folderName}/{row.ImagePath}";
        var buffer = buffers.TryTake(out var kept) ? kept : new();
        row.Defect = await ReadLabelsAsync(row, stem, buffer, cancellation).ConfigureAwait(false)
            ?? await ReadLandmarksAsync(row, stem + "_lnd.npy", buffer, cancellation).ConfigureAwait(false);
        if (row.Defect is not null) row.RawText = row.Defect.Detail;
        buffers.Add(buffer);
    }

    private async ValueTask<Rejection?> ReadLabelsAsync(AnnotationRow row, string stem, ByteBuffer buffer, CancellationToken cancellation)
    {
        foreach (var label in (string[])["_exp.npy", "_val.npy", "_aro.npy"])
        {
            var (array, why) = await ArrayAsync(stem + label, buffer, cancellation).ConfigureAwait(false);
            if (why is null && array is not null && !TrySet(row, label, array)) why = "no single value that is a label";
            if (why is not null) return new(RejectCode.AnnotationInvalid, $"{stem}{label}: {why}");
        }

        return null;
    }

    private static bool TrySet(AnnotationRow row, string label, NpyArray array)
    {
        if (array.Values is not [var value]) return false;
        int? expression = null;
        float? affect = null;
        if (label == "_exp.npy" ? !Labels.TrySetExpression(value, out expression) : !Labels.TrySetAffect(value, out affect)) return false;
        if (label == "_exp.npy") row.Expression = expression;
        else if (label == "_val.npy") row.Valence = affect;
        else row.Arousal = affect;
        return true;
    }

    private async ValueTask<Rejection?> ReadLandmarksAsync(AnnotationRow row, string key, ByteBuffer buffer, CancellationToken cancellation)
    {
        var (array, why) = await ArrayAsync(key, buffer, cancellation).ConfigureAwait(false);
        if (array is null) return new(RejectCode.LandmarksInvalid, $"{key}: {why ?? "it is not there"}");
        try
        {
            array.ToPoints().CopyTo(row.Landmarks, 0);
            return null;
        }
        catch (FormatException error)
        {
            return new(RejectCode.LandmarksInvalid, $"{key}: {error.Message}");
        }
    }

    /// <summary>The array of a file, neither where there is none, or why it cannot be read.</summary>
    private async ValueTask<(NpyArray? Array, string? Why)> ArrayAsync(string key, ByteBuffer buffer, CancellationToken cancellation)
    {
        var outcome = await folder.ReadAsync(key, null, buffer, MostBytes, cancellation).ConfigureAwait(false);
        try
        {
            return outcome switch
            {
                ReadOutcome.Read => (NpyArray.Read(buffer.Span), null),
                ReadOutcome.Missing => (null, null),
                ReadOutcome.TooLarge => (null, $"it has more than {MostBytes >> 20} MB"),
                ReadOutcome.OutsideRoot => (null, "it is a link that leads out of the folder; --follow-links reads through it"),
                _ => (null, "it changed while it was read"),
            };
        }
        catch (FormatException error)
        {
            return (null, error.Message);
        }
    }
}
