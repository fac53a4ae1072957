using System.Runtime.ExceptionServices;
using System.Threading.Channels;
using EyeSlots.Core.Planning;
using EyeSlots.Core.Storage;

namespace EyeSlots.Preprocessing.Jobs;

/// <summary>Reads that run beside each other, handed over in the order in which they end. For one worker.</summary>
internal sealed class RunningReads(BoundImages images, SemaphoreSlim oneLarge)
{
    private readonly Channel<ImageRead> ended = Channel.CreateUnbounded<ImageRead>(new() { SingleReader = true });

    /// <summary>Reads that were begun and not yet handed over.</summary>
    public int Count { get; private set; }

    /// <summary>Begins to read an image, or its first bytes.</summary>
    /// <param name="read">The read, with its buffer.</param>
    /// <param name="first">Bytes that are enough for now.</param>
    /// <param name="most">The largest image that is read.</param>
    /// <param name="stop">Ends it.</param>
    public void Begin(ImageRead read, long first, long most, CancellationToken stop) =>
        Run(read, () => images.ReadAsync(read.Image, read.Buffer!, first, most, stop));

    /// <summary>Begins to read what is missing behind a start.</summary>
    public void BeginRest(ImageRead read, CancellationToken stop) => Run(read, () => images.ReadRestAsync(read.Image, read.Buffer!, stop));

    /// <summary>Begins to read a large image, when no other worker of the process holds one.</summary>
    public void BeginLarge(ImageRead read, CancellationToken stop) => Run(read, async () =>
    {
        await oneLarge.WaitAsync(stop).ConfigureAwait(false);
        read.HoldsLarge = true;
        return await images.ReadAsync(read.Image, read.Buffer!, long.MaxValue, JobParameters.MaxFileBytes, stop).ConfigureAwait(false);
    });

    /// <summary>The next read that ends, well or not; some must be running.</summary>
    public async ValueTask<ImageRead> NextAsync()
    {
        var read = await ended.Reader.ReadAsync(CancellationToken.None).ConfigureAwait(false);
        Count--;
        return read;
    }

    private void Run(ImageRead read, Func<ValueTask<ReadOutcome>> how)
    {
        Count++;
        _ = RunAsync(read, how);
    }

    private async Task RunAsync(ImageRead read, Func<ValueTask<ReadOutcome>> how)
    {
        try
        {
            read.Outcome = await how().ConfigureAwait(false);
        }
        catch (Exception failure)
        {
            read.Failure = ExceptionDispatchInfo.Capture(failure);
        }

        ended.Writer.TryWrite(read);
    }
}
