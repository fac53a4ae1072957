using System.Globalization;

namespace EyeSlots.Training.Runs;

/// <summary>How far a run has come.</summary>
/// <param name="Epoch">Epochs that have ended; what comes next is a batch of this one, counted from 0.</param>
/// <param name="Batch">Batches of it that were trained on.</param>
internal readonly record struct Position(int Epoch, int Batch) : IComparable<Position>
{
    /// <summary>As files are named after it; texts sort as positions do.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"epoch-{Epoch:D5}-batch-{Batch:D7}");

    /// <summary>Reads such a text.</summary>
    public static bool TryParse(string text, out Position position)
    {
        position = default;
        return text.Split('-') is ["epoch", var epoch, "batch", var batch] &&
            int.TryParse(epoch, NumberStyles.None, CultureInfo.InvariantCulture, out var ended) &&
            int.TryParse(batch, NumberStyles.None, CultureInfo.InvariantCulture, out var done) &&
            (position = new(ended, done)).ToString() == text;
    }

    /// <inheritdoc/>
    public int CompareTo(Position other) => (Epoch, Batch).CompareTo((other.Epoch, other.Batch));
}
