using System.Text;
using Sylvan.Data.Csv;

namespace EyeSlots.Core.Annotations;

/// <summary>
/// Reads a list of the 2017 layout: with its header, with <c>#</c> before it, or without one. What the CSV library would pass over or
/// make good by itself (comments, quotes, line ends) is set or looked at here: a row is read, is a row with a defect, or ends the list with an error.
/// </summary>
internal sealed class CsvAnnotationReader : IAnnotationReader
{
    private readonly string list;
    private readonly CsvText text;
    private readonly CsvDataReader csv;
    private CsvCells cells;
    private bool isFirstRowRead;

    private CsvAnnotationReader(string list, CsvText text, CsvDataReader csv) => (this.list, this.text, this.csv) = (list, text, csv);

    /// <summary>Opens the list and reads its first line.</summary>
    /// <exception cref="EyeSlotsException">The stream holds no list.</exception>
    public static async Task<CsvAnnotationReader> OpenAsync(string list, Stream stream, CancellationToken cancellation)
    {
        CsvAnnotationReader? reader = null;
        try
        {
            var text = await CsvText.OpenAsync(stream, cancellation).ConfigureAwait(false);
            reader = new(list, text, await CsvDataReader.CreateAsync(text.Characters, Options(text.Delimiter), cancellation).ConfigureAwait(false));
            await reader.ReadFirstAsync(cancellation).ConfigureAwait(false);
            return reader;
        }
        catch (Exception error)
        {
            if (reader is null) await stream.DisposeAsync().ConfigureAwait(false);
            else await reader.DisposeAsync().ConfigureAwait(false);
            if (IsDamage(error)) throw Unreadable(list, error.Message, error);
            throw;
        }
    }

    /// <inheritdoc/>
    public async ValueTask<bool> ReadAsync(AnnotationBatch batch, CancellationToken cancellation)
    {
        batch.Clear();
        try
        {
            while (!batch.IsFull && await NextAsync(cancellation).ConfigureAwait(false)) batch.Charge(cells.Fill(batch.Add()));
            return batch.Count > 0;
        }
        catch (Exception error) when (IsDamage(error))
        {
            throw Unreadable(list, $"{error.Message} (near row {csv.RowNumber})", error);
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => csv.DisposeAsync();

    // Each option that decides what is a row. Only a blank line is a comment: it begins with its own end. Quotes must be sound, so that
    // one that is not closed does not swallow the rows behind it.
    private static CsvDataReaderOptions Options(char delimiter) => new()
    {
        HasHeaders = false, Delimiter = delimiter, Quote = '"', Escape = '"', Comment = '\n', CsvStyle = CsvStyle.Standard,
        ResultSetMode = ResultSetMode.SingleResult, BufferSize = 1 << 16, MaxBufferSize = 1 << 24, OwnsReader = true,
    };

    private async Task ReadFirstAsync(CancellationToken cancellation)
    {
        if (!await NextAsync(cancellation).ConfigureAwait(false)) throw new FormatException("it is empty");
        var columns = CsvColumns.Find([.. Enumerable.Range(0, csv.RowFieldCount).Select(csv.GetString)]);
        cells = new(csv, columns, text.Delimiter);
        isFirstRowRead = !columns.HasHeader;
    }

    private async ValueTask<bool> NextAsync(CancellationToken cancellation)
    {
        if (isFirstRowRead)
        {
            isFirstRowRead = false;
            return true;
        }

        while (await csv.ReadAsync(cancellation).ConfigureAwait(false))
        {
            if (!CsvLines.EndsLike(csv.GetRawRecordSpan(), text.LineEnd)) throw new FormatException("carriage returns and line feeds are mixed");
            if (csv.RowFieldCount > 1 || !csv.GetRawRecordSpan().Trim().IsEmpty) return true;
        }

        return false;
    }

    // Sylvan tells a record that never ends, or quotes that make no sense, by exceptions of its own.
    private static bool IsDamage(Exception error) =>
        error is CsvFormatException or CsvRecordTooLargeException or CsvMissingHeadersException or FormatException or DecoderFallbackException;

    private static EyeSlotsException Unreadable(string list, string what, Exception inner) => new(
        ErrorCodes.ListUnreadable,
        $"The list '{list}' cannot be read: {(inner is DecoderFallbackException ? "it is no UTF-8 text; convert it, such as by iconv -f latin1 -t utf-8: " : "")}{what}. It must be a CSV file in AffectNet's layout.",
        inner);
}
