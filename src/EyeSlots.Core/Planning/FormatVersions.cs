namespace EyeSlots.Core.Planning;

/// <summary>Everything besides input and parameters that decides a shard's bytes. A change here makes every shard again.</summary>
public static class FormatVersions
{
    /// <summary>Columns, types and metadata of shards and quarantine files. 2: no statistics of columns.</summary>
    public const int Schema = 2;

    /// <summary>How pixels are made: raised with the golden bytes.</summary>
    public const int Pixel = 2;

    /// <summary>The OpenCV runtime whose warp and codecs make the pixels.</summary>
    public const string OpenCv = "4.13.0.20260627";

    /// <summary>The library that lays out Parquet files.</summary>
    public const string ParquetWriter = "Parquet.Net 6.1.0";
}
