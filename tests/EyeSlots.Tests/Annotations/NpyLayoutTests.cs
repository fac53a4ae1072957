using EyeSlots.Core;
using EyeSlots.Core.Annotations;
using EyeSlots.Core.Storage;
using EyeSlots.Tests.Tools;

namespace EyeSlots.Tests.Annotations;

/// <summary>The 2021 layout: a folder with images and NumPy files.</summary>
public sealed class NpyLayoutTests : IDisposable
{
    private static readonly double[] Points = [.. ListText.Landmarks(224).Split(';').Select(number => double.Parse(number, System.Globalization.CultureInfo.InvariantCulture))];
    private readonly TempFolder folder = new();

    public static TheoryData<string, byte[]> Landmarks => new()
    {
        { "float64", NpyFile.Doubles("(136,)", Points) },
        { "float64, 68 x 2", NpyFile.Doubles("(68, 2)", Points) },
        { "text", NpyFile.Wide("(136,)", [.. Points.Select(NpyFile.Text)]) },
        { "text, 1 x 136", NpyFile.Wide("(1, 136)", [.. Points.Select(NpyFile.Text)]) },
        { "bytes", NpyFile.Narrow("(136,)", [.. Points.Select(NpyFile.Text)]) },
        { "version 2", NpyFile.Make("<f8", "(136,)", [.. Points.SelectMany(BitConverter.GetBytes)], version: 2) },
        { "version 3", NpyFile.Make("<f8", "(136,)", [.. Points.SelectMany(BitConverter.GetBytes)], version: 3) },
    };

    [Theory]
    [MemberData(nameof(Landmarks))]
    public async Task Read_EveryTypeOfLandmarks_GivesTheSamePoints(string type, byte[] landmarks)
    {
        Put("0", NpyFile.Wide("()", "3"), NpyFile.Wide("()", "0.5"), NpyFile.Wide("()", "-0.25"), landmarks);
        var row = Assert.Single(await ReadAsync());
        Assert.True(row.Defect is null, $"{type}: {row.Defect}");
        Assert.Equal(Points, row.Landmarks);
        Assert.Equal((3, 0.5f, -0.25f, "train_set/images/0.jpg"), (row.Expression!.Value, row.Valence!.Value, row.Arousal!.Value, row.ImagePath));
    }

    public static TheoryData<string, byte[], int?> Expressions => new()
    {
        { "text", NpyFile.Wide("()", "7"), 7 },
        { "text, one long", NpyFile.Wide("(1,)", "7"), 7 },
        { "bytes", NpyFile.Narrow("()", "10"), 10 },
        { "int64", NpyFile.Longs("()", 0), 0 },
        { "int32", NpyFile.Make("<i4", "()", BitConverter.GetBytes(4)), 4 },
        { "uint8", NpyFile.Make("|u1", "()", [8]), 8 },
        { "float64", NpyFile.Doubles("()", 2), 2 },
        { "not a number", NpyFile.Doubles("()", double.NaN), null },
    };

    [Theory]
    [MemberData(nameof(Expressions))]
    public async Task Read_EveryTypeOfExpression_IsUnderstood(string type, byte[] expression, int? expected)
    {
        Put("0", expression, NpyFile.Floats("()", -2), NpyFile.Doubles("()", double.NaN), NpyFile.Doubles("(136,)", Points));
        var row = Assert.Single(await ReadAsync());
        Assert.True(row.Defect is null, $"{type}: {row.Defect}");
        Assert.Equal((expected, null, null), (row.Expression, row.Valence, row.Arousal));
    }

    public static TheoryData<string, byte[], byte[], RejectCode> Defects => new()
    {
        { "expression 11", NpyFile.Longs("()", 11), NpyFile.Doubles("(136,)", Points), RejectCode.AnnotationInvalid },
        { "two expressions", NpyFile.Longs("(2,)", 1, 2), NpyFile.Doubles("(136,)", Points), RejectCode.AnnotationInvalid },
        { "no NumPy file", "hello"u8.ToArray(), NpyFile.Doubles("(136,)", Points), RejectCode.AnnotationInvalid },
        { "empty file", [], NpyFile.Doubles("(136,)", Points), RejectCode.AnnotationInvalid },
        { "few landmarks", NpyFile.Longs("()", 1), NpyFile.Doubles("(2,)", 1, 2), RejectCode.LandmarksInvalid },
        { "objects", NpyFile.Longs("()", 1), NpyFile.Make("|O", "(136,)", new byte[1088]), RejectCode.LandmarksInvalid },
        { "big-endian", NpyFile.Longs("()", 1), NpyFile.Make(">f8", "(136,)", new byte[1088]), RejectCode.LandmarksInvalid },
        { "torn landmarks", NpyFile.Longs("()", 1), NpyFile.Doubles("(136,)", Points)[..700], RejectCode.LandmarksInvalid },
    };

    [Theory]
    [MemberData(nameof(Defects))]
    public async Task Read_ADamagedFile_RejectsItsRowAlone(string what, byte[] expression, byte[] landmarks, RejectCode code)
    {
        Put("1", expression, NpyFile.Wide("()", "0"), NpyFile.Wide("()", "0"), landmarks);
        Put("2", NpyFile.Wide("()", "1"), NpyFile.Wide("()", "0"), NpyFile.Wide("()", "0"), NpyFile.Doubles("(136,)", Points));
        var rows = await ReadAsync();
        Assert.True(rows[0].Defect?.Code == code, $"{what}: {rows[0].Defect}");
        Assert.Null(rows[1].Defect);
    }

    [Fact]
    public async Task Read_ImagesOfAnyNumber_ComeInTheirOrderAndWithoutFilesMissLabels()
    {
        foreach (var name in (string[])["10", "9", "2"]) folder.Write($"train_set/images/{name}.jpg", "x");
        folder.Write("train_set/annotations/9_lnd.npy", NpyFile.Doubles("(136,)", Points));
        var rows = await ReadAsync();
        Assert.Equal(["2", "9", "10"], rows.Select(row => Path.GetFileNameWithoutExtension(row.ImagePath)));
        Assert.Equal([RejectCode.LandmarksInvalid, null, RejectCode.LandmarksInvalid], rows.Select(row => row.Defect?.Code));
        Assert.Equal((null, null), (rows[1].Expression, rows[1].Valence));
    }

    [Fact]
    public async Task Open_AFolderWithoutImages_IsListUnreadable()
    {
        folder.Write("train_set/annotations/0_exp.npy", NpyFile.Longs("()", 1));
        Assert.Equal(ErrorCodes.ListUnreadable, (await Assert.ThrowsAsync<EyeSlotsException>(ReadAsync)).Code);
    }

    [Fact]
    public void Read_AnyDamageOfANumpyFile_GivesNumbersOrNothing()
    {
        var random = new Random(2021);
        var good = NpyFile.Wide("(4,)", "0.5", "1", "-2", "3e1");
        for (var round = 0; round < LongRun.Count(5_000, 200_000); round++)
        {
            var damaged = good[..random.Next(good.Length + 1)];
            for (var flips = random.Next(6); flips > 0 && damaged.Length > 0; flips--) damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
            Assert.True((NpyArray.Read(damaged)?.Length ?? 0) <= damaged.Length);
        }
    }

    public void Dispose() => folder.Dispose();

    private void Put(string name, byte[] expression, byte[] valence, byte[] arousal, byte[] landmarks)
    {
        folder.Write($"train_set/images/{name}.jpg", "x");
        foreach (var (part, bytes) in (ReadOnlySpan<(string, byte[])>)[("exp", expression), ("val", valence), ("aro", arousal), ("lnd", landmarks)])
        {
            folder.Write($"train_set/annotations/{name}_{part}.npy", bytes);
        }
    }

    private async Task<List<ReadRow>> ReadAsync()
    {
        var store = new LocalObjectStore(StorageAddress.Parse(folder.At("train_set")));
        using var reader = await NpyAnnotationReader.OpenAsync(store, "train_set", CancellationToken.None);
        return Lists.All(reader);
    }
}
