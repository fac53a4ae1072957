using System.Globalization;
using System.Text;
using EyeSlots.Core.Annotations;
using Sylvan.Data.Csv;

namespace EyeSlots.Reporting.Runs;

/// <summary>Reads the predictions that <c>evaluate</c> lays beside its numbers, a row at a time.</summary>
/// <param name="files">The run's files.</param>
internal sealed class PredictionReader(RunFiles files)
{
    private const long MostBytes = 4L << 30;
    private const int RowBytes = 1 << 16;
    private static readonly string[] Columns = ["list", "image_path", "face_index", "valence", "arousal", "predicted_valence", "predicted_arousal"];

    /// <summary>Gathers what a page shows of them; null where the file is not there.</summary>
    /// <param name="name">The file.</param>
    /// <param name="rows">How many faces the evaluation has judged.</param>
    /// <param name="cancellation">Stops.</param>
    /// <exception cref="EyeSlotsException">checkpoint-damaged: the file and the row.</exception>
    public async Task<PredictedFaces?> ReadAsync(string name, long rows, CancellationToken cancellation)
    {
        await using var stream = await files.OpenAsync(name, MostBytes, cancellation).ConfigureAwait(false);
        if (stream is null) return null;
        var faces = new PredictedFaces();
        try
        {
            using var text = new StreamReader(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true));
            await using var csv = await CsvDataReader.CreateAsync(text, new() { Delimiter = ',', BufferSize = RowBytes, MaxBufferSize = RowBytes, OwnsReader = false }, cancellation).ConfigureAwait(false);
            if (!Columns.SequenceEqual(Enumerable.Range(0, csv.FieldCount).Select(csv.GetName))) throw new FormatException("its columns are not those of predictions");
            while (await csv.ReadAsync(cancellation).ConfigureAwait(false)) faces.Add(Face(csv));
        }
        catch (Exception error) when (error is FormatException or OverflowException or InvalidDataException or CsvFormatException or CsvRecordTooLargeException or DecoderFallbackException)
        {
            throw files.Damaged(name, $"row {faces.Count + 1}: {error.Message.TrimEnd('.')}", error);
        }

        return faces.Count == rows ? faces : throw files.Damaged(name, $"it has {Quantity.Of(faces.Count, "row")}, and the numbers beside it are of {Quantity.Number(rows)}");
    }

    private static PredictedFace Face(CsvDataReader csv)
    {
        if (csv.RowFieldCount != Columns.Length) throw new FormatException($"it has {csv.RowFieldCount} fields");
        return new(new(csv.GetString(0), csv.GetString(1), int.Parse(csv.GetFieldSpan(2), NumberStyles.None, CultureInfo.InvariantCulture)), Number(3), Number(4), Number(5), Number(6));

        double Number(int column) => double.Parse(csv.GetFieldSpan(column), NumberStyles.Float, CultureInfo.InvariantCulture) is var value && double.IsFinite(value)
            ? value
            : throw new FormatException($"{Columns[column]} is no number");
    }
}
