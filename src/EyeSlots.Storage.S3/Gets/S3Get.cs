namespace EyeSlots.Storage.S3.Gets;

/// <summary>What one GET asks for.</summary>
/// <param name="Key">The object's key below the root.</param>
/// <param name="IfMatch">The value of If-Match, or null where any version will do.</param>
/// <param name="Range">The bytes, or null for all of them.</param>
internal readonly record struct S3Get(string Key, string? IfMatch = null, S3Range? Range = null);

/// <summary>Bytes of an object.</summary>
/// <param name="Offset">Where they begin.</param>
/// <param name="Length">How many; at least 1, since no range is empty.</param>
internal readonly record struct S3Range(long Offset, long Length)
{
    /// <summary>The last byte.</summary>
    public long Last => Offset + Length - 1;
}
