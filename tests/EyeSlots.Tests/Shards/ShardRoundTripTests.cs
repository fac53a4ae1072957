using EyeSlots.Core.Annotations;
using EyeSlots.Core.Planning;
using EyeSlots.Core.Geometry;
using EyeSlots.Core.Shards;
using Parquet;
using Parquet.Schema;

namespace EyeSlots.Tests.Shards;

/// <summary>What is written to a shard is what is read from it.</summary>
public sealed class ShardRoundTripTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(256)]
    [InlineData(257)]
    [InlineData(768)]
    [InlineData(1_000)]
    public async Task Rows_OfAShard_ComeBackInOrder(int faces)
    {
        var slice = MadeShard.Slice(faces);
        var files = await MadeShard.MakeAsync(slice);
        var reader = ShardReader.Open(files.Shard);
        var rows = reader.Rows().ToList();
        Assert.Equal(slice.Faces.Select(face => face.Key), rows.Select(row => row.Key));
        Assert.Equal(slice.Faces.Select(face => (face.Expression, face.Valence, face.Arousal)), rows.Select(row => (row.Expression, row.Valence, row.Arousal)));
        for (var at = 0; at < faces; at++)
        {
            Assert.Equal((3 + (at % 4), 2, 400 + at, 300), (rows[at].Width, rows[at].Height, rows[at].ImageWidth, rows[at].ImageHeight));
            var theta = Direction.OfDegrees((at * 37 % 360) - 179.5).Degrees;
            Assert.Equal(new(at + 0.5, at / 3.0, 2.75 + at, 1.25, Direction.OfDegrees(theta)), rows[at].Geometry);
            Assert.Equal(theta, rows[at].Theta);
            Assert.Equal((float)(1 - (at / 4096.0)), rows[at].Coverage);
            Assert.Equal(Enumerable.Range(at, 6 * rows[at].Width).Select(value => (byte)value), rows[at].Slot.ToArray());
        }
    }

    [Fact]
    public async Task Quarantine_OfAShard_ComesBackInOrder()
    {
        var slice = MadeShard.Slice(20);
        var files = await MadeShard.MakeAsync(slice, rejectEvery: 3);
        var rows = QuarantineReader.Read(files.Quarantine);
        Assert.Equal([0, 3, 6, 9, 12, 15, 18], rows.Select(row => int.Parse(row.Detail.Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture)));
        Assert.Equal([0, 3, 6, 2, 5, 1, 4], rows.Select(row => (int)row.Code));
        Assert.Equal(slice.Faces[18].Key, rows[^1].Key);
        Assert.Equal((20, 13, 7), (files.Result.Faces, files.Result.Rows, files.Result.Rejected));
        Assert.Equal(RejectCodes.All.Select(code => code.Text()).Order(StringComparer.Ordinal), files.Result.RejectedByCode.Keys);
    }

    [Fact]
    public async Task Finish_TheSameCrops_GivesTheSameBytes()
    {
        var (first, again) = (await MadeShard.MakeAsync(MadeShard.Slice(600), 7), await MadeShard.MakeAsync(MadeShard.Slice(600), 7));
        Assert.Equal(first.Shard, again.Shard);
        Assert.Equal(first.Quarantine, again.Quarantine);
        Assert.Equal(first.Result.FaceKeysSha256, again.Result.FaceKeysSha256);
        Assert.NotEqual(first.Result.Sha256, (await MadeShard.MakeAsync(MadeShard.Slice(600), 7, pixels: 1)).Result.Sha256);
    }

    [Fact]
    public async Task Finish_NoCrops_IsAShardThatMarksTheSliceAsDone()
    {
        var files = await MadeShard.MakeAsync(MadeShard.Slice(5), rejectEvery: 1);
        var reader = ShardReader.Open(files.Shard);
        Assert.Empty(reader.Rows().ToList());
        Assert.Equal((0, 5, files.Result.QuarantineSha256), (reader.Metadata.Rows, reader.Metadata.Rejected, reader.Metadata.QuarantineSha256));
    }

    [Fact]
    public async Task Footer_OfAnyShard_HoldsTheListedEntriesAndNothingElse()
    {
        var files = await MadeShard.MakeAsync(MadeShard.Slice(10), 4);
        await using var reader = await ParquetReader.CreateAsync(new MemoryStream(files.Shard.ToArray()));
        Assert.Equal(
            new SortedDictionary<string, string>(StringComparer.Ordinal)
            {
                ["eyeslots.fingerprint"] = MadeShard.Fingerprint,
                ["eyeslots.parameters"] = ParameterText.Of(new() { Format = SlotFormat.Raw }),
                ["eyeslots.pixel_version"] = "2",
                ["eyeslots.quarantine_sha256"] = files.Result.QuarantineSha256,
                ["eyeslots.rejected_rows"] = "3",
                ["eyeslots.rows"] = "7",
                ["eyeslots.schema_version"] = "2",
            },
            new SortedDictionary<string, string>(reader.CustomMetadata.ToDictionary(), StringComparer.Ordinal));
    }

    [Fact]
    public async Task RowGroups_OfAShard_AreSmallEnoughToStream()
    {
        var files = await MadeShard.MakeAsync(MadeShard.Slice(700));
        await using var reader = await ParquetReader.CreateAsync(new MemoryStream(files.Shard.ToArray()));
        var groups = Enumerable.Range(0, reader.RowGroupCount).Select(at =>
        {
            using var group = reader.OpenRowGroupReader(at);
            return group.RowCount;
        });
        Assert.Equal([256L, 256L, 188L], groups);
    }

    [Fact]
    public async Task Columns_OfAShard_AreThoseOfTheSpecification()
    {
        var files = await MadeShard.MakeAsync(MadeShard.Slice(1));
        await using var reader = await ParquetReader.CreateAsync(new MemoryStream(files.Shard.ToArray()));
        Assert.Equal(
            [
                "list String", "image_path String", "face_index Int32", "slot Byte[]", "width Int32", "height Int32", "center_x Double", "center_y Double",
                "box_width Double", "box_height Double", "theta Double", "coverage Single", "image_width Int32", "image_height Int32",
                "expression Int32?", "valence Single?", "arousal Single?",
            ],
            reader.Schema.DataFields.Select(field => $"{field.Name} {TypeOf(field)}{(field.IsNullable ? "?" : "")}"));
    }

    private static string TypeOf(DataField field) =>
        field.ClrType == typeof(ReadOnlyMemory<char>) ? "String" : field.ClrType == typeof(ReadOnlyMemory<byte>) ? "Byte[]" : field.ClrType.Name;
}
