using EyeSlots.Core.Storage;
using EyeSlots.Tests.Tools;

namespace EyeSlots.Tests.Jobs.Reading;

/// <summary>A distant store whose reads end when the test says so, in any order.</summary>
internal sealed class HeldStore(IObjectStore inner) : WrappedStore(inner)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);
    private readonly Lock gate = new();
    private readonly Dictionary<string, TaskCompletionSource> held = new(StringComparer.Ordinal);
    private readonly List<string> asked = [];
    private TaskCompletionSource more = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public override bool AnswersAtOnce => false;

    /// <summary>All reads that were asked for, in their order.</summary>
    public IReadOnlyList<string> Asked
    {
        get
        {
            lock (gate) return [.. asked];
        }
    }

    /// <summary>Reads under way, in the order in which they were asked for.</summary>
    public IReadOnlyList<string> Running
    {
        get
        {
            lock (gate) return [.. asked.Where(held.ContainsKey)];
        }
    }

    public int Cancelled { get; private set; }

    public override async ValueTask<ReadOutcome> ReadAsync(
        string key, ObjectStat? expected, ByteBuffer buffer, long maxBytes, CancellationToken cancellation = default)
    {
        await HoldAsync(key, cancellation);
        return await base.ReadAsync(key, expected, buffer, maxBytes, cancellation);
    }

    public override async ValueTask<ReadOutcome> ReadStartAsync(
        string key, ObjectStat expected, ByteBuffer buffer, int bytes, CancellationToken cancellation = default)
    {
        await HoldAsync($"{key} to {bytes}", cancellation);
        return await base.ReadStartAsync(key, expected, buffer, bytes, cancellation);
    }

    public override async ValueTask<ReadOutcome> ReadRestAsync(string key, ObjectStat expected, ByteBuffer buffer, CancellationToken cancellation = default)
    {
        await HoldAsync($"{key} from {buffer.Length}", cancellation);
        return await base.ReadRestAsync(key, expected, buffer, cancellation);
    }

    /// <summary>Lets a read end, which may not be asked for yet.</summary>
    public void End(string read, Exception? failure = null)
    {
        TaskCompletionSource end;
        lock (gate) end = Of(read);
        if (failure is null) end.TrySetResult();
        else end.TrySetException(failure);
    }

    /// <summary>Waits until so many reads were asked for since the beginning.</summary>
    public async Task AskedAsync(int count)
    {
        while (true)
        {
            Task next;
            lock (gate)
            {
                if (asked.Count >= count) return;
                next = more.Task;
            }

            await next.WaitAsync(Patience);
        }
    }

    private async Task HoldAsync(string read, CancellationToken cancellation)
    {
        Task end;
        lock (gate)
        {
            asked.Add(read);
            end = Of(read).Task;
            more.SetResult();
            more = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        try
        {
            await end.WaitAsync(cancellation);
        }
        catch (OperationCanceledException)
        {
            lock (gate) Cancelled++;
            throw;
        }
        finally
        {
            lock (gate) held.Remove(read);
        }
    }

    private TaskCompletionSource Of(string read) =>
        held.TryGetValue(read, out var known) ? known : held[read] = new(TaskCreationOptions.RunContinuationsAsynchronously);
}
