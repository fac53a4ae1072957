using EyeSlots.Core.Annotations;

namespace EyeSlots.Core.Shards;

/// <summary>What a row can say of a crop. A file may be whole and its values still be made up.</summary>
internal static class RowCheck
{
    /// <summary>Pixels of the largest crop that is ever cut, and the longest side that any format of ours holds.</summary>
    private const int MostPixels = 100_000_000, MostSide = ushort.MaxValue;

    /// <summary>What no crop can have, or null.</summary>
    public static string? Defect(ShardRow row)
    {
        var slot = row.Geometry;
        if (row.Key.FaceIndex < 0) return "a negative index";
        if (!IsSide(row.Width) || !IsSide(row.Height) || (long)row.Width * row.Height > MostPixels) return $"a crop of {row.Width} x {row.Height} pixels";
        if (row.ImageWidth < 1 || row.ImageHeight < 1) return $"an image of {row.ImageWidth} x {row.ImageHeight} pixels";
        if (!double.IsFinite(slot.CenterX) || !double.IsFinite(slot.CenterY)) return "a slot without a place";
        if (!IsLength(slot.Width) || !IsLength(slot.Height) || !IsAngle(row.Theta)) return "a slot without a size or an angle";
        if (row.Coverage is not (>= 0 and <= 1)) return $"a coverage of {Text(row.Coverage)}";
        if (row.Expression is < 0 or > Expressions.Last) return $"the expression {row.Expression}";
        if (row.Valence is not (null or (>= -1 and <= 1))) return $"a valence of {Text(row.Valence.Value)}";
        return row.Arousal is not (null or (>= -1 and <= 1)) ? $"an arousal of {Text(row.Arousal.Value)}" : null;
    }

    /// <summary>Degrees in (-180, 180].</summary>
    public static bool IsAngle(double degrees) => degrees is > -180 and <= 180;

    private static bool IsSide(int pixels) => pixels is > 0 and <= MostSide;

    private static bool IsLength(double length) => double.IsFinite(length) && length >= 0;

    private static string Text(float value) => FormattableString.Invariant($"{value}");
}
