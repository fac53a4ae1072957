using System.Text;

namespace EyeSlots.Aws.Clusters;

/// <summary>Cuts a growing log into lines: parts of it end anywhere, in the middle of a letter too.</summary>
/// <param name="watch">Told of each line when it is whole.</param>
internal sealed class LogLines(IClusterWatch watch)
{
    private readonly List<byte> rest = [];

    /// <summary>Bytes of the log that were taken.</summary>
    public long Read { get; private set; }

    /// <summary>Takes the next part.</summary>
    public void Add(ReadOnlySpan<byte> part)
    {
        Read += part.Length;
        foreach (var one in part)
        {
            if (one == '\n') End();
            else rest.Add(one);
        }
    }

    /// <summary>Takes what is left for a line.</summary>
    public void End()
    {
        if (rest.Count > 0) watch.Line(Encoding.UTF8.GetString([.. rest]).TrimEnd('\r'));
        rest.Clear();
    }
}
