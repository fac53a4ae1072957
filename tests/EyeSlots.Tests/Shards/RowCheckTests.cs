using EyeSlots.Core;
using EyeSlots.Core.Geometry;
using EyeSlots.Core.Planning;
using EyeSlots.Core.Shards;

namespace EyeSlots.Tests.Shards;

/// <summary>A file that is whole may hold values that no crop has; each is refused with the face's name.</summary>
public sealed class RowCheckTests
{
    public static TheoryData<string, ShardRow> Hostile => new()
    {
        { "a crop of 0 x 20 pixels", Row with { Width = 0 } },
        { "a crop of 60 x -1 pixels", Row with { Height = -1 } },
        { "a crop of 37838 x 37838 pixels", Row with { Width = 37_838, Height = 37_838 } },
        { "a crop of 2147483647 x 2147483647 pixels", Row with { Width = int.MaxValue, Height = int.MaxValue } },
        { "a negative index", Row with { Key = Row.Key with { FaceIndex = -1 } } },
        { "an image of 0 x 425 pixels", Row with { ImageWidth = 0 } },
        { "a slot without a place", Row with { Geometry = Row.Geometry with { CenterY = double.NaN } } },
        { "a slot without a size or an angle", Row with { Geometry = Row.Geometry with { Width = double.PositiveInfinity } } },
        { "a slot without a size or an angle", Row with { Theta = 1e300 } },
        { "a slot without a size or an angle", Row with { Theta = -180 } },
        { "a coverage of NaN", Row with { Coverage = float.NaN } },
        { "the expression 11", Row with { Expression = 11 } },
        { "a valence of 1.5", Row with { Valence = 1.5f } },
        { "an arousal of -Infinity", Row with { Arousal = float.NegativeInfinity } },
    };

    private static ShardRow Row => new()
    {
        Key = new("training", "3/a.jpg", 1), Slot = default, Width = 60, Height = 20, Geometry = new EyeSlot(100, 80, 60, 20, Direction.Right), Theta = 0,
        Coverage = 1, ImageWidth = 425, ImageHeight = 425, Expression = 3, Valence = 0.5f, Arousal = -1,
    };

    [Fact]
    public async Task Rows_OfValuesThatACropCanHave_AreRead() => Assert.Equal(Row, Assert.Single(Read(await WriteAsync(Row))) with { Slot = default });

    [Theory]
    [MemberData(nameof(Hostile))]
    public async Task Rows_OfAValueThatNoCropCanHave_AreDatasetDamaged(string what, ShardRow row)
    {
        var shard = await WriteAsync(Row, row);
        var error = Assert.Throws<EyeSlotsException>(() => Read(shard));
        Assert.Equal((ErrorCodes.DatasetDamaged, $"The shard is damaged: the face {row.Key.Display} has {what}."), (error.Code, error.Message));
    }

    private static List<ShardRow> Read(ReadOnlyMemory<byte> shard) => [.. ShardReader.Open(shard).Rows()];

    private static Task<ReadOnlyMemory<byte>> WriteAsync(params ShardRow[] rows) =>
        ShardWriter.WriteAsync(rows, [.. rows.Select(row => row.Slot)], new(FormatVersions.Schema, FormatVersions.Pixel, "{}", MadeShard.Fingerprint, rows.Length, 0, ""), new());
}
