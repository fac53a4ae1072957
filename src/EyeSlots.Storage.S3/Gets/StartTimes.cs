namespace EyeSlots.Storage.S3.Gets;

/// <summary>
/// Whether reading the start of an object takes less time than reading all of it. It does where the network is narrow. A server that is merely
/// far away takes as long for the one as for the other, and one that is near may take longer: parts are no kind of answer that servers are
/// fastest at. So both are measured, on the wire and in the same minutes: what starts and their rests took beside what whole objects of the same
/// sizes would have taken, by a line through those that were read whole. Older reads count less and less. Safe to call from several threads.
/// </summary>
internal sealed class StartTimes
{
    /// <summary>A start that takes a larger share of the time is not worth the risk of a second request.</summary>
    private const double Worthwhile = 0.9;

    private const int Enough = 16, MostReads = 256;
    private readonly Lock gate = new();
    private Line wholes;
    private double starts, startBytes, startSeconds;
    private volatile bool pay = true;

    /// <summary>Whether starts take clearly less time; true until enough is known.</summary>
    public bool Pay => pay;

    /// <summary>A whole object was read.</summary>
    /// <param name="bytes">Its size.</param>
    /// <param name="took">From the request to the last byte.</param>
    public void AddWhole(long bytes, TimeSpan took)
    {
        lock (gate)
        {
            wholes.Add(bytes, took.TotalSeconds);
            if (wholes.Count > MostReads) wholes.Halve();
            Judge();
        }
    }

    /// <summary>The start of an object was read.</summary>
    /// <param name="bytes">The size of the object, not of its start.</param>
    /// <param name="took">From the request to the last byte.</param>
    public void AddStart(long bytes, TimeSpan took)
    {
        lock (gate)
        {
            (starts, startBytes, startSeconds) = (starts + 1, startBytes + bytes, startSeconds + took.TotalSeconds);
            if (starts > MostReads) (starts, startBytes, startSeconds) = (starts / 2, startBytes / 2, startSeconds / 2);
            Judge();
        }
    }

    /// <summary>What was missing behind a start was read.</summary>
    public void AddRest(TimeSpan took)
    {
        lock (gate) startSeconds += took.TotalSeconds;
    }

    private void Judge()
    {
        if (wholes.Count >= Enough && starts >= Enough) pay = startSeconds < Worthwhile * wholes.SumAt(starts, startBytes);
    }

    /// <summary>The line of least squares through times by sizes.</summary>
    private struct Line
    {
        private double bytes, squares, seconds, products;

        /// <summary>Reads that it is laid through.</summary>
        public double Count { get; private set; }

        public void Add(double size, double time)
        {
            Count++;
            bytes += size;
            squares += size * size;
            seconds += time;
            products += size * time;
        }

        public void Halve() => (Count, bytes, squares, seconds, products) = (Count / 2, bytes / 2, squares / 2, seconds / 2, products / 2);

        /// <summary>The sum of the times of so many objects with so many bytes in all. Where all sizes are alike, or larger ones are not slower, the line is level.</summary>
        public readonly double SumAt(double count, double sum)
        {
            var spread = (Count * squares) - (bytes * bytes);
            var slope = spread > 1e-6 * Count * squares ? Math.Max(0, ((Count * products) - (bytes * seconds)) / spread) : 0;
            return (count * (seconds - (slope * bytes)) / Count) + (slope * sum);
        }
    }
}
