using System.Text;
using EyeSlots.Core.Annotations;

namespace EyeSlots.Tests.Annotations;

/// <summary>Everything that a NumPy header says is honoured, or the file is refused.</summary>
public sealed class NpyArrayTests : IDisposable
{
    private static readonly double[] Points = NpyFolder.Points;
    private static readonly double[] ByColumns = [.. Points.Where((_, at) => at % 2 == 0), .. Points.Where((_, at) => at % 2 == 1)];
    private readonly NpyFolder folder = new();

    public static TheoryData<string, byte[]> Landmarks => new()
    {
        { "float64", NpyFile.Doubles("(136,)", Points) },
        { "float64, 68 x 2", NpyFile.Doubles("(68, 2)", Points) },
        { "text", NpyFile.Wide("(136,)", [.. Points.Select(NpyFile.Text)]) },
        { "text, 1 x 136", NpyFile.Wide("(1, 136)", [.. Points.Select(NpyFile.Text)]) },
        { "bytes", NpyFile.Narrow("(136,)", [.. Points.Select(NpyFile.Text)]) },
        { "version 2", NpyFile.Make("<f8", "(136,)", [.. Points.SelectMany(BitConverter.GetBytes)], version: 2) },
        { "version 3", NpyFile.Make("<f8", "(136,)", [.. Points.SelectMany(BitConverter.GetBytes)], version: 3) },
        { "68 x 2 in Fortran's order", NpyFile.Make("<f8", "(68, 2)", Bytes(ByColumns), fortran: true) },
        { "2 x 68", NpyFile.Doubles("(2, 68)", ByColumns) },
        { "2 x 68 in Fortran's order", NpyFile.Make("<f8", "(2, 68)", Bytes(Points), fortran: true) },
        { "1 x 68 x 1 x 2", NpyFile.Doubles("(1, 68, 1, 2)", Points) },
        { "1 x 68 x 1 x 2 in Fortran's order", NpyFile.Make("<f8", "(1, 68, 1, 2)", Bytes(ByColumns), fortran: true) },
        { "1 x 136 in Fortran's order", NpyFile.Make("<f8", "(1, 136)", Bytes(Points), fortran: true) },
        { "136 x 1", NpyFile.Doubles("(136, 1)", Points) },
        { "big-endian", NpyFile.Make(">f8", "(136,)", Bytes(Points, bigEndian: true)) },
        { "big-endian text", NpyFile.Make(">U6", "(136,)", [.. Points.SelectMany(number => new UTF32Encoding(true, false).GetBytes(NpyFile.Text(number).PadRight(6, '\0')))]) },
        { "native order", NpyFile.Make("=f8", "(136,)", Bytes(Points)) },
        { "another order of keys and quotes", NpyFile.WithHeader("{\"shape\":(136,),\"fortran_order\":False,\"descr\":\"<f8\"}", Bytes(Points)) },
    };

    [Theory]
    [MemberData(nameof(Landmarks))]
    public async Task Read_EveryTypeOfLandmarks_GivesTheSamePoints(string type, byte[] landmarks)
    {
        folder.Put("0", NpyFile.Wide("()", "3"), NpyFile.Wide("()", "0.5"), NpyFile.Wide("()", "-0.25"), landmarks);
        var row = Assert.Single(await folder.ReadAsync());
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
        { "text of a float", NpyFile.Wide("()", "7.0"), 7 },
        { "text for no label", NpyFile.Wide("()", "None"), null },
        { "bytes for no label", NpyFile.Narrow("()", "n/a"), null },
        { "big-endian", NpyFile.Make(">i4", "()", [0, 0, 0, 4]), 4 },
        { "uint16", NpyFile.Make("<u2", "()", [9, 0]), 9 },
        { "uint64", NpyFile.Make("<u8", "(1, 1)", [9, 0, 0, 0, 0, 0, 0, 0]), 9 },
        { "float16", NpyFile.Make("<f2", "()", BitConverter.GetBytes((Half)6)), 6 },
    };

    [Theory]
    [MemberData(nameof(Expressions))]
    public async Task Read_EveryTypeOfExpression_IsUnderstood(string type, byte[] expression, int? expected)
    {
        folder.Put("0", expression, NpyFile.Floats("()", -2), NpyFile.Doubles("()", double.NaN), NpyFile.Doubles("(136,)", Points));
        var row = Assert.Single(await folder.ReadAsync());
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
        { "another shape of 136", NpyFile.Longs("()", 1), NpyFile.Doubles("(34, 4)", Points), RejectCode.LandmarksInvalid },
        { "68 points in space", NpyFile.Longs("()", 1), NpyFile.Doubles("(68, 3)", [.. Points, .. Points[..68]]), RejectCode.LandmarksInvalid },
        { "more items than the shape says", NpyFile.Longs("()", 1), NpyFile.Doubles("(68, 2)", [.. Points, 0]), RejectCode.LandmarksInvalid },
        { "complex numbers", NpyFile.Longs("()", 1), NpyFile.Make("<c16", "(68,)", new byte[1088]), RejectCode.LandmarksInvalid },
        { "long doubles", NpyFile.Longs("()", 1), NpyFile.Make("<f16", "(136,)", new byte[2176]), RejectCode.LandmarksInvalid },
        { "fields", NpyFile.Longs("()", 1), NpyFile.Make("', [('x', '<f8'), ('y', '<f8')], '", "(68,)", new byte[1088]), RejectCode.LandmarksInvalid },
        { "no order of bytes", NpyFile.Longs("()", 1), NpyFile.Make("|f8", "(136,)", new byte[1088]), RejectCode.LandmarksInvalid },
        { "no order of axes", NpyFile.Longs("()", 1), NpyFile.WithHeader("{'descr': '<f8', 'shape': (136,)}", new byte[1088]), RejectCode.LandmarksInvalid },
        { "version 4", NpyFile.Longs("()", 1), NpyFile.Make("<f8", "(136,)", new byte[1088], version: 4), RejectCode.LandmarksInvalid },
        { "a shape beyond all memory", NpyFile.Longs("()", 1), NpyFile.Make("<f8", "(4294967296, 4294967296)", new byte[1088]), RejectCode.LandmarksInvalid },
        { "a million axes", NpyFile.Longs("()", 1), NpyFile.Make("<f8", $"(0, {string.Concat(Enumerable.Repeat("2, ", 1_000_000))})", [], version: 2, fortran: true), RejectCode.LandmarksInvalid },
        { "text that is no number", NpyFile.Wide("()", "happy"), NpyFile.Doubles("(136,)", Points), RejectCode.AnnotationInvalid },
        { "torn landmarks", NpyFile.Longs("()", 1), NpyFile.Doubles("(136,)", Points)[..700], RejectCode.LandmarksInvalid },
    };

    [Theory]
    [MemberData(nameof(Defects))]
    public async Task Read_ADamagedFile_RejectsItsRowAlone(string what, byte[] expression, byte[] landmarks, RejectCode code)
    {
        folder.Put("1", expression, NpyFile.Wide("()", "0"), NpyFile.Wide("()", "0"), landmarks);
        folder.Put("2", NpyFile.Wide("()", "1"), NpyFile.Wide("()", "0"), NpyFile.Wide("()", "0"), NpyFile.Doubles("(136,)", Points));
        var rows = await folder.ReadAsync();
        Assert.True(rows[0].Defect?.Code == code, $"{what}: {rows[0].Defect}");
        Assert.Null(rows[1].Defect);
    }

    [Fact]
    public void Read_AnyDamageOfANumpyFile_GivesNumbersOrIsRefused()
    {
        var random = new Random(2021);
        var good = NpyFile.Wide("(4,)", "0.5", "1", "-2", "3e1");
        for (var round = 0; round < LongRun.Count(5_000, 200_000); round++)
        {
            var damaged = good[..random.Next(good.Length + 1)];
            for (var flips = random.Next(6); flips > 0 && damaged.Length > 0; flips--) damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
            try
            {
                Assert.True(NpyArray.Read(damaged).Values.Length <= damaged.Length);
            }
            catch (FormatException)
            {
            }
        }
    }

    public void Dispose() => folder.Dispose();

    private static byte[] Bytes(double[] values, bool bigEndian = false) => [.. values.SelectMany(value => bigEndian ? Enumerable.Reverse(BitConverter.GetBytes(value)) : BitConverter.GetBytes(value))];
}
