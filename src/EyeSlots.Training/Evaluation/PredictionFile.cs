using System.Text;
using EyeSlots.Core;
using EyeSlots.Core.Shards;
using EyeSlots.Core.Storage;

namespace EyeSlots.Training.Evaluation;

/// <summary>
/// A file of predictions, CSV or Parquet by its name. It is written aside and then takes the place of what is there, so nobody reads half
/// of one. Numbers are written so that they read back as the same double; paths as they are.
/// </summary>
public static class PredictionFile
{
    private const string Csv = ".csv", Parquet = ".parquet";

    /// <summary>Demands a name that says which kind of file it is to be, in a folder that is there.</summary>
    /// <param name="option">The option that names the file.</param>
    /// <param name="path">The file.</param>
    /// <exception cref="EyeSlotsException">usage.</exception>
    public static void RequireWritable(string option, string path) => DurableFiles.RequireWritable(option, path, Csv, Parquet);

    /// <summary>Writes the rows as they come to a CSV file; to a Parquet file when all of them are there.</summary>
    /// <exception cref="EyeSlotsException">disk-full, storage-failed, or whatever ends the rows; what was there is untouched.</exception>
    internal static void Write(string path, IReadOnlyList<TableColumn<PredictionRow>> columns, IEnumerable<PredictionRow> rows) => DurableFiles.Write(path, stream =>
    {
        if (Path.GetExtension(path) == Csv) WriteCsv(stream, columns, rows);
        else stream.Write(ParquetTable.WriteAsync(columns, [.. rows]).GetAwaiter().GetResult().Span);
    });

    private static void WriteCsv(Stream stream, IReadOnlyList<TableColumn<PredictionRow>> columns, IEnumerable<PredictionRow> rows)
    {
        using var text = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), 1 << 16, leaveOpen: true) { NewLine = "\n" };
        text.WriteLine(string.Join(',', columns.Select(column => column.Name)));
        foreach (var row in rows) text.WriteLine(string.Join(',', columns.Select(column => Quoted(column.TextOf(row)))));
    }

    private static string Quoted(string cell) =>
        cell.AsSpan().ContainsAny("\",\r\n ") ? $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : cell;
}
