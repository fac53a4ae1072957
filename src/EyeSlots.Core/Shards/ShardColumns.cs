using EyeSlots.Core.Shards.Format;

namespace EyeSlots.Core.Shards;

/// <summary>The columns of a shard, to choose from; <see cref="ShardRow"/> says what each holds.</summary>
public static class ShardColumns
{
    /// <summary>The list's name.</summary>
    public static ShardColumn<string> List { get; } = new(ShardSchema.List, PlainValues.Texts);

    /// <summary>The image's path as the list has it.</summary>
    public static ShardColumn<string> ImagePath { get; } = new(ShardSchema.ImagePath, PlainValues.Texts);

    /// <summary>Which face of the image.</summary>
    public static ShardColumn<int> FaceIndex { get; } = new(ShardSchema.FaceIndex, PlainValues.Numbers<int>);

    /// <summary>The encoded crop; not checked against anything. Most of a shard's bytes.</summary>
    public static ShardColumn<ReadOnlyMemory<byte>> Slot { get; } = new(ShardSchema.Slot, PlainValues.Bytes);

    /// <summary>Pixels of the crop.</summary>
    public static ShardColumn<int> Width { get; } = new(ShardSchema.Width, PlainValues.Numbers<int>);

    /// <summary>Pixels of the crop.</summary>
    public static ShardColumn<int> Height { get; } = new(ShardSchema.Height, PlainValues.Numbers<int>);

    /// <summary>The slot's centre, pixels of the image.</summary>
    public static ShardColumn<double> CenterX { get; } = new(ShardSchema.CenterX, PlainValues.Numbers<double>);

    /// <summary>The slot's centre, pixels of the image.</summary>
    public static ShardColumn<double> CenterY { get; } = new(ShardSchema.CenterY, PlainValues.Numbers<double>);

    /// <summary>The slot's width, pixels of the image.</summary>
    public static ShardColumn<double> BoxWidth { get; } = new(ShardSchema.BoxWidth, PlainValues.Numbers<double>);

    /// <summary>The slot's height, pixels of the image.</summary>
    public static ShardColumn<double> BoxHeight { get; } = new(ShardSchema.BoxHeight, PlainValues.Numbers<double>);

    /// <summary>The slot's angle, degrees.</summary>
    public static ShardColumn<double> Theta { get; } = new(ShardSchema.Theta, PlainValues.Numbers<double>);

    /// <summary>Share of the slot inside the image, 0 to 1.</summary>
    public static ShardColumn<float> Coverage { get; } = new(ShardSchema.Coverage, PlainValues.Numbers<float>);

    /// <summary>Pixels of the image.</summary>
    public static ShardColumn<int> ImageWidth { get; } = new(ShardSchema.ImageWidth, PlainValues.Numbers<int>);

    /// <summary>Pixels of the image.</summary>
    public static ShardColumn<int> ImageHeight { get; } = new(ShardSchema.ImageHeight, PlainValues.Numbers<int>);

    /// <summary>0 to 10, or null when unknown.</summary>
    public static ShardColumn<int?> Expression { get; } = new(ShardSchema.Expression, PlainValues.Labels<int>);

    /// <summary>-1 to 1, or null when unlabelled.</summary>
    public static ShardColumn<float?> Valence { get; } = new(ShardSchema.Valence, PlainValues.Labels<float>);

    /// <summary>-1 to 1, or null when unlabelled.</summary>
    public static ShardColumn<float?> Arousal { get; } = new(ShardSchema.Arousal, PlainValues.Labels<float>);

    /// <summary>The face's key and its labels: some 60 bytes a face.</summary>
    public static IReadOnlyList<ShardColumn> Labels { get; } = [List, ImagePath, FaceIndex, Expression, Valence, Arousal];

    internal static ShardColumn<string> Code { get; } = new(ShardSchema.Code, PlainValues.Texts);

    internal static ShardColumn<string> Detail { get; } = new(ShardSchema.Detail, PlainValues.Texts);
}
