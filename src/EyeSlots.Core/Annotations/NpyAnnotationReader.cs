using System.Globalization;
using EyeSlots.Core.Storage;

namespace EyeSlots.Core.Annotations;

/// <summary>
/// Reads a folder of the 2021 layout, <c>images/N.jpg</c> with <c>annotations/N_{exp,val,aro,lnd}.npy</c>, in the order of N. The
/// image path is <c>FOLDER/images/N.jpg</c>, with the folder's own name, so that the image root is the folder above.
/// </summary>
internal sealed class NpyAnnotationReader(IObjectStore folder, string folderName, IReadOnlyList<string> names) : IAnnotationReader
{
    private const int MostBytes = 1 << 20;
    private readonly ByteBuffer buffer = new();
    private int next;

    /// <summary>Lists the images of the folder.</summary>
    public static async Task<NpyAnnotationReader> OpenAsync(IObjectStore folder, string folderName, CancellationToken cancellation)
    {
        List<string> names = [];
        await foreach (var file in folder.ListAsync("images/", cancellation))
        {
            if (!file.Key.EndsWith(".tmp", StringComparison.Ordinal)) names.Add(file.Key);
        }

        names.Sort(Compare);
        return names.Count > 0
            ? new(folder, folderName, names)
            : throw new EyeSlotsException(ErrorCodes.ListUnreadable, $"The list '{folder.Address}' cannot be read: the folder has no images/. Name train_set or val_set.");
    }

    /// <inheritdoc/>
    public bool Read(AnnotationRow row)
    {
        if (next == names.Count) return false;
        row.Clear();
        row.Line = next + 1;
        var image = names[next++];
        row.ImagePath = $"{folderName}/{image}";
        row.Defect = Fill(row, $"annotations/{Path.GetFileNameWithoutExtension(image)}");
        if (row.Defect is not null) row.RawText = row.Defect.Detail;
        return true;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
    }

    private static int Compare(string a, string b) => a.Length != b.Length ? a.Length.CompareTo(b.Length) : string.CompareOrdinal(a, b);

    private Rejection? Fill(AnnotationRow row, string stem)
    {
        var (expression, valence, arousal) = (Numbers(stem + "_exp.npy"), Numbers(stem + "_val.npy"), Numbers(stem + "_aro.npy"));
        if (!TryLabels(row, expression, valence, arousal)) return new(RejectCode.AnnotationInvalid, "expression, valence or arousal is no label");
        var landmarks = Numbers(stem + "_lnd.npy");
        if (landmarks is null) return new(RejectCode.LandmarksInvalid, "no landmarks");
        if (landmarks.Length != row.Landmarks.Length) return new(RejectCode.LandmarksInvalid, $"{landmarks.Length} numbers instead of {row.Landmarks.Length}");
        landmarks.CopyTo(row.Landmarks, 0);
        return null;
    }

    private static bool TryLabels(AnnotationRow row, double[]? expression, double[]? valence, double[]? arousal)
    {
        int? e = null;
        float? v = null, a = null;
        if (expression is not null && (expression.Length != 1 || !Labels.TryReadExpression(expression[0].ToString(CultureInfo.InvariantCulture), out e))) return false;
        if (valence is not null && (valence.Length != 1 || !Labels.TrySetAffect(valence[0], out v))) return false;
        if (arousal is not null && (arousal.Length != 1 || !Labels.TrySetAffect(arousal[0], out a))) return false;
        (row.Expression, row.Valence, row.Arousal) = (e, v, a);
        return true;
    }

    private double[]? Numbers(string key)
    {
        var outcome = folder.ReadAsync(key, null, buffer, MostBytes).AsTask().GetAwaiter().GetResult();
        return outcome == ReadOutcome.Read ? NpyArray.Read(buffer.Span) ?? [] : null;
    }
}
