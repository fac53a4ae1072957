using System.Globalization;
using System.Text.Json;
using EyeSlots.Core;
using EyeSlots.Core.Annotations;
using EyeSlots.Integration.Tests;
using EyeSlots.Training.Evaluation;
using EyeSlots.Training.Tests.Tools;

namespace EyeSlots.Training.Tests.Evaluation;

/// <summary>Files of predictions as other programs read them.</summary>
public sealed class PredictionFileTests : IDisposable
{
    private static readonly PredictionRow[] Rows =
    [
        new(new("test", "a,b/\"c\".jpg", 0), 0.1f, -0.7f, new(1.0 / 3, -2.0 / 3), new(1e-17, 0), null),
        new(new("test", "two\nlines\r.jpg", 1), null, null, new(double.Epsilon, -0.0), new(0.1, 0.2), null),
        new(new("test", "=1+1.jpg", 0), 1, null, null, null, RejectCode.ImageMissing),
        new(new("test", " é😀 .jpg", 2147483647), null, -1, new(double.MaxValue, 123456789.12345678), new(0, 0), null),
    ];

    private readonly Scratch scratch = new();

    public void Dispose() => scratch.Dispose();

    [Theory]
    [InlineData("predictions.csv")]
    [InlineData("predictions.parquet")]
    public async Task Write_AnyRow_IsReadByPandasAsTheSame(string name)
    {
        PredictionFile.Write(scratch[name], PredictionRow.Columns(severalRuns: true, withCodes: true), Rows);
        var read = await Python.RunWithPyArrowAsync("Evaluation/read_predictions.py", scratch[name]);
        Assert.Equal(
            ["list", "image_path", "face_index", "valence", "arousal", "predicted_valence", "predicted_arousal", "predicted_valence_sd", "predicted_arousal_sd", "code"],
            read.GetProperty("columns").EnumerateArray().Select(column => column.GetString()));
        Assert.Equal(Rows.Select(Expected), read.GetProperty("rows").EnumerateArray().Select(row => row.EnumerateArray().Select(Text).ToArray()));
    }

    [Theory]
    [InlineData("one.csv")]
    [InlineData("one.parquet")]
    public async Task Write_OfOneEvaluation_HasNeitherDeviationsNorCodes(string name)
    {
        PredictionFile.Write(scratch[name], PredictionRow.Columns(severalRuns: false, withCodes: false), []);
        var read = await Python.RunWithPyArrowAsync("Evaluation/read_predictions.py", scratch[name]);
        Assert.Equal(
            ["list", "image_path", "face_index", "valence", "arousal", "predicted_valence", "predicted_arousal"],
            read.GetProperty("columns").EnumerateArray().Select(column => column.GetString()));
    }

    [Theory]
    [InlineData("predictions.csv")]
    [InlineData("predictions.parquet")]
    public void Write_Twice_GivesTheSameBytes(string name)
    {
        PredictionFile.Write(scratch[name], PredictionRow.Columns(true, true), Rows);
        var before = Scratch.Tree(scratch.Folder, "");
        PredictionFile.Write(scratch[name], PredictionRow.Columns(true, true), Rows);
        Assert.Equal(before, Scratch.Tree(scratch.Folder, ""));
    }

    [Fact]
    public void Write_WhoseRowsFail_LeavesWhatWasThere()
    {
        File.WriteAllText(scratch["a.csv"], "as it was");
        Assert.Throws<InvalidOperationException>(() => PredictionFile.Write(
            scratch["a.csv"], PredictionRow.Columns(false, false), Rows.Take(2).Concat(Rows.Select<PredictionRow, PredictionRow>(_ => throw new InvalidOperationException()))));
        Assert.Equal("as it was", File.ReadAllText(scratch["a.csv"]));
        Assert.Single(Directory.GetFiles(scratch.Folder));
    }

    [Theory]
    [InlineData("predictions.txt", "--out takes a file that ends with .csv or .parquet, not '")]
    [InlineData("none/predictions.csv", "--out: there is no folder for ")]
    [InlineData("folder.csv", "--out: ")]
    public void RequireWritable_OfAnotherName_SaysWhy(string name, string text)
    {
        Directory.CreateDirectory(scratch["folder.csv"]);
        var error = Assert.Throws<EyeSlotsException>(() => PredictionFile.RequireWritable("--out", scratch[name]));
        Assert.Equal(ErrorCodes.Usage, error.Code);
        Assert.StartsWith(text, error.Message, StringComparison.Ordinal);
    }

    private static string?[] Expected(PredictionRow row) =>
    [
        row.Key.List, row.Key.ImagePath, row.Key.FaceIndex.ToString(CultureInfo.InvariantCulture), Bits(row.Valence), Bits(row.Arousal),
        Bits(row.Predicted?.Valence), Bits(row.Predicted?.Arousal), Bits(row.Deviation?.Valence), Bits(row.Deviation?.Arousal), row.Code?.Text(),
    ];

    private static string? Bits(double? value) => value is { } number ? BitConverter.DoubleToInt64Bits(number).ToString("x16", CultureInfo.InvariantCulture) : null;

    private static string? Text(JsonElement cell) => cell.ValueKind == JsonValueKind.Null ? null : cell.ToString();
}
