using System.Text.Json;
using EyeSlots.Core.Storage;

namespace EyeSlots.Aws.Mailbox;

/// <summary>Jobs and their results. A number is given once and a result written once, whoever else is at it.</summary>
/// <param name="store">The mailbox's folder.</param>
public sealed class JobBox(IObjectStore store)
{
    /// <summary>A job's log is cut behind so many bytes; the machine's own logs have all of it.</summary>
    internal const int MostLogBytes = 8 << 20;

    private const int MostResultBytes = 16 << 20;

    /// <summary>Asks for a job.</summary>
    /// <returns>Its number: the first that nobody has taken.</returns>
    public async Task<int> SubmitAsync(JobRequest request, CancellationToken cancellation = default)
    {
        var numbers = await NumbersAsync(cancellation).ConfigureAwait(false);
        for (var number = numbers is [.., var last] ? last + 1 : 1; number <= MailboxKeys.MostJobs; number++)
        {
            if (await store.PublishAsync(MailboxKeys.Job(number), request.ToBytes(), cancellation).ConfigureAwait(false)) return number;
        }

        throw new EyeSlotsException(ErrorCodes.Usage, $"{store.Address} holds {MailboxKeys.MostJobs} jobs already; take another cluster.");
    }

    /// <summary>The numbers of all jobs, ascending.</summary>
    public async Task<IReadOnlyList<int>> NumbersAsync(CancellationToken cancellation = default)
    {
        SortedSet<int> numbers = [];
        await foreach (var file in store.ListAsync(MailboxKeys.Jobs, cancellation).ConfigureAwait(false))
        {
            if (MailboxKeys.NumberOfJob(file.Key) is { } number) numbers.Add(number);
        }

        return [.. numbers];
    }

    /// <summary>The first job without a result, or null.</summary>
    public async Task<int?> NextAsync(CancellationToken cancellation = default)
    {
        foreach (var number in await NumbersAsync(cancellation).ConfigureAwait(false))
        {
            if (!await HasResultAsync(number, cancellation).ConfigureAwait(false)) return number;
        }

        return null;
    }

    /// <summary>A job's request.</summary>
    /// <exception cref="EyeSlotsException">usage: it is none, or not there.</exception>
    public async Task<JobRequest> ReadAsync(int number, CancellationToken cancellation = default) =>
        await store.ReadSmallAsync(MailboxKeys.Job(number), JobRequest.MostFileBytes, cancellation).ConfigureAwait(false) is { } file
            ? JobRequest.Parse(file)
            : throw new EyeSlotsException(ErrorCodes.Usage, $"There is no job {number} in {store.Address}.");

    /// <summary>A job's result, or null while it has none.</summary>
    /// <exception cref="StorageException">It is damaged.</exception>
    public async Task<JobResult?> ResultAsync(int number, CancellationToken cancellation = default)
    {
        foreach (var succeeded in (bool[])[true, false])
        {
            var key = MailboxKeys.Result(number, succeeded);
            if (await store.ReadSmallAsync(key, MostResultBytes, cancellation).ConfigureAwait(false) is { } file) return store.Parse(key, file, MailboxJson.Default.JobResult);
        }

        return null;
    }

    /// <summary>Writes a job's result, once.</summary>
    /// <returns>False where it has one.</returns>
    public async Task<bool> FinishAsync(int number, JobResult result, CancellationToken cancellation = default) =>
        !await HasResultAsync(number, cancellation).ConfigureAwait(false) &&
        await store.PublishAsync(MailboxKeys.Result(number, result.Succeeded), JsonSerializer.SerializeToUtf8Bytes(result, MailboxJson.Default.JobResult), cancellation).ConfigureAwait(false);

    /// <summary>Writes what a job has said so far; it only grows.</summary>
    public Task WriteLogAsync(int number, ReadOnlyMemory<byte> log, CancellationToken cancellation = default) =>
        store.WriteAsync(MailboxKeys.JobLog(number), log.Length > MostLogBytes ? log[..MostLogBytes] : log, cancellation);

    /// <summary>What a job has said behind so many bytes, which the reader has; empty where that is all.</summary>
    public async Task<byte[]> ReadLogAsync(int number, long from, CancellationToken cancellation = default)
    {
        var key = MailboxKeys.JobLog(number);
        if (await store.StatAsync(key, cancellation).ConfigureAwait(false) is not { } stat || stat.Size <= from || stat.Size > MostLogBytes) return [];
        var part = new byte[stat.Size - from];
        return await store.ReadPartAsync(key, from, part, cancellation).ConfigureAwait(false) ? part : [];
    }

    private async Task<bool> HasResultAsync(int number, CancellationToken cancellation) =>
        await store.StatAsync(MailboxKeys.Result(number, succeeded: true), cancellation).ConfigureAwait(false) is not null ||
        await store.StatAsync(MailboxKeys.Result(number, succeeded: false), cancellation).ConfigureAwait(false) is not null;
}
