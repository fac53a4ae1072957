using Parquet;
using Parquet.Schema;

namespace EyeSlots.Core.Shards;

/// <summary>The columns of shards and quarantine files. A change raises <see cref="Planning.FormatVersions.Schema"/>.</summary>
internal static class ShardSchema
{
    /// <summary>Rows of a row group: about 1.3 MB of JPEG crops, so that readers stream.</summary>
    public const int RowGroupRows = 256;

    public static readonly DataField<string> List = new("list", false);
    public static readonly DataField<string> ImagePath = new("image_path", false);
    public static readonly DataField<int> FaceIndex = new("face_index", false);
    public static readonly DataField<byte[]> Slot = new("slot", false);
    public static readonly DataField<int> Width = new("width", false);
    public static readonly DataField<int> Height = new("height", false);
    public static readonly DataField<double> CenterX = new("center_x", false);
    public static readonly DataField<double> CenterY = new("center_y", false);
    public static readonly DataField<double> BoxWidth = new("box_width", false);
    public static readonly DataField<double> BoxHeight = new("box_height", false);
    public static readonly DataField<double> Theta = new("theta", false);
    public static readonly DataField<float> Coverage = new("coverage", false);
    public static readonly DataField<int> ImageWidth = new("image_width", false);
    public static readonly DataField<int> ImageHeight = new("image_height", false);
    public static readonly DataField<int?> Expression = new("expression", true);
    public static readonly DataField<float?> Valence = new("valence", true);
    public static readonly DataField<float?> Arousal = new("arousal", true);
    public static readonly DataField<string> Code = new("code", false);
    public static readonly DataField<string> Detail = new("detail", false);

    public static readonly ParquetSchema Shard = new(
        List, ImagePath, FaceIndex, Slot, Width, Height, CenterX, CenterY, BoxWidth, BoxHeight, Theta, Coverage, ImageWidth, ImageHeight,
        Expression, Valence, Arousal);

    public static readonly ParquetSchema Quarantine = new(List, ImagePath, FaceIndex, Code, Detail);

    /// <summary>Crops are compressed already; the other columns are small.</summary>
    public static ParquetOptions Options => new() { CompressionMethod = CompressionMethod.None };
}
