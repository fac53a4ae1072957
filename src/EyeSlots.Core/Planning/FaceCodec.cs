using EyeSlots.Core.Annotations;

namespace EyeSlots.Core.Planning;

/// <summary>
/// The one place that says of what a face consists, as bytes: in the spool, on the way to executors, and in the fingerprint, which covers
/// what the annotation's part writes. So a change here changes every fingerprint: raise <see cref="FormatVersions.Schema"/>.
/// </summary>
/// <remarks>What follows is told by flags and forms, so no two faces share their bytes. A face's key stands before it, written by whoever writes faces.</remarks>
internal static class FaceCodec
{
    /// <summary>Fewest bytes of annotation and image: flags and two forms.</summary>
    public const int LeastBytes = 3;

    [Flags]
    private enum Has
    {
        Defect = 1,
        Expression = 2,
        Valence = 4,
        Arousal = 8,
    }

    private enum ImageForm
    {
        Absent,
        BelowPrefix,
        OtherPath,
    }

    /// <summary>Writes what the annotation says.</summary>
    public static void WriteAnnotation(PackedWriter writer, SliceFace face) =>
        WriteAnnotation(writer, face.Defect, (face.Expression, face.Valence, face.Arousal), face.Eyes);

    /// <summary>Likewise, of a face that no object was made for.</summary>
    public static void WriteAnnotation(PackedWriter writer, Rejection? defect, (int? Expression, float? Valence, float? Arousal) labels, ReadOnlySpan<double> eyes)
    {
        writer.Number((ulong)(
            (defect is null ? 0 : Has.Defect) | (labels.Expression is null ? 0 : Has.Expression) |
            (labels.Valence is null ? 0 : Has.Valence) | (labels.Arousal is null ? 0 : Has.Arousal)));
        if (defect is not null)
        {
            writer.Text(defect.Code.Text());
            writer.Text(defect.Detail);
        }

        if (labels.Expression is { } expression) writer.Signed(expression);
        if (labels.Valence is { } valence) writer.Single(valence);
        if (labels.Arousal is { } arousal) writer.Single(arousal);
        EyeBytes.Write(writer, eyes);
    }

    /// <summary>Reads what <see cref="WriteAnnotation(PackedWriter, SliceFace)"/> wrote.</summary>
    public static SliceFace ReadAnnotation(ref PackedReader reader, FaceKey key, ImageIdentity image)
    {
        var has = (Has)reader.Number();
        return new()
        {
            Key = key,
            Image = image,
            Defect = has.HasFlag(Has.Defect) ? new(RejectCodes.Parse(reader.Text()), reader.Text()) : null,
            Expression = has.HasFlag(Has.Expression) ? reader.Int32() : null,
            Valence = has.HasFlag(Has.Valence) ? reader.Single() : null,
            Arousal = has.HasFlag(Has.Arousal) ? reader.Single() : null,
            Eyes = EyeBytes.Read(ref reader),
        };
    }

    /// <summary>The code of what is wrong with an annotation, or null, without reading the rest of it.</summary>
    public static RejectCode? PeekDefect(PackedReader reader) =>
        ((Has)reader.Number()).HasFlag(Has.Defect) ? RejectCodes.Parse(reader.Text()) : null;

    /// <summary>Writes an image's identity, whose path mostly ends with the face's own.</summary>
    public static void WriteImage(PackedWriter writer, ImageIdentity image, string facePath)
    {
        var form = image == ImageIdentity.Absent ? ImageForm.Absent : image.Path.EndsWith(facePath, StringComparison.Ordinal) ? ImageForm.BelowPrefix : ImageForm.OtherPath;
        writer.Number((ulong)form);
        if (form == ImageForm.Absent) return;
        writer.Text(form == ImageForm.BelowPrefix ? image.Path[..^facePath.Length] : image.Path);
        writer.Signed(image.Size);
        writer.Text(image.Version);
    }

    /// <summary>Reads what <see cref="WriteImage"/> wrote, for the same path.</summary>
    public static ImageIdentity ReadImage(ref PackedReader reader, string facePath)
    {
        var form = (ImageForm)reader.Number();
        if (form is < ImageForm.Absent or > ImageForm.OtherPath) throw new FormatException($"The image's identity has the form {(int)form}.");
        return form == ImageForm.Absent
            ? ImageIdentity.Absent
            : new(reader.Text() + (form == ImageForm.BelowPrefix ? facePath : ""), reader.Signed(), reader.Text());
    }
}
