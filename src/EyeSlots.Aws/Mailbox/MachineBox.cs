using System.Text;
using System.Text.RegularExpressions;
using EyeSlots.Core.Storage;

namespace EyeSlots.Aws.Mailbox;

/// <summary>What the machines of a cluster leave for each other and for the client: the master's address, why one failed, and logs.</summary>
/// <param name="store">The mailbox's folder.</param>
public sealed partial class MachineBox(IObjectStore store)
{
    private const int MostLetters = 2000;

    /// <summary>Where Spark's master listens, <c>spark://HOST:PORT</c>, or null before it does.</summary>
    /// <exception cref="StorageException">It is no such address.</exception>
    public async Task<string?> MasterAsync(CancellationToken cancellation = default)
    {
        if (await store.ReadSmallAsync(MailboxKeys.Master, MostLetters, cancellation).ConfigureAwait(false) is not { } file) return null;
        var text = Encoding.UTF8.GetString(file).TrimEnd();
        return Address().IsMatch(text) ? text : throw new StorageException($"{store.Address}/{MailboxKeys.Master} holds no address of a Spark master.");
    }

    /// <summary>Says where it listens. A machine that took the place of another master says it anew.</summary>
    public Task WriteMasterAsync(string address, CancellationToken cancellation = default) => store.WriteAsync(MailboxKeys.Master, Encoding.UTF8.GetBytes(address + "\n"), cancellation);

    /// <summary>Says why a machine failed, in one line. The first reason of a machine stays: what follows is most often its consequence.</summary>
    public Task<bool> FailAsync(string instance, string reason, CancellationToken cancellation = default) =>
        store.PublishAsync(MailboxKeys.Failure(instance), Encoding.UTF8.GetBytes(OneLine(reason) + "\n"), cancellation);

    /// <summary>Why machines failed, the first failure first.</summary>
    public async Task<IReadOnlyList<MachineFailure>> FailuresAsync(CancellationToken cancellation = default)
    {
        List<(DateTimeOffset When, MachineFailure Failure)> found = [];
        await foreach (var file in store.ListAsync(MailboxKeys.Failures, cancellation).ConfigureAwait(false))
        {
            var instance = file.Key[MailboxKeys.Failures.Length..];
            if (!MailboxKeys.IsInstance(instance)) continue;
            if (await store.ReadSmallAsync(file.Key, MostLetters * 4, cancellation).ConfigureAwait(false) is not { } reason) continue;
            found.Add((file.Modified, new(instance, OneLine(Encoding.UTF8.GetString(reason)))));
        }

        return [.. found.OrderBy(one => one.When).ThenBy(one => one.Failure.Instance, StringComparer.Ordinal).Select(one => one.Failure)];
    }

    /// <summary>Adds a part to a machine's log file; one that is there already is the same.</summary>
    public Task<bool> AddLogAsync(string instance, string file, long offset, ReadOnlyMemory<byte> part, CancellationToken cancellation = default) =>
        store.PublishAsync(MailboxKeys.LogPart(instance, file, offset), part, cancellation);

    private static string OneLine(string text)
    {
        var line = new string([.. text.ReplaceLineEndings(" ").Trim().Where(letter => !char.IsControl(letter))]);
        return line.Length > MostLetters ? line[..MostLetters] + " …" : line;
    }

    [GeneratedRegex(@"^spark://[A-Za-z0-9.-]{1,255}:[0-9]{1,5}\z")]
    private static partial Regex Address();
}

/// <summary>A machine that failed.</summary>
/// <param name="Instance">The machine, as EC2 names it.</param>
/// <param name="Reason">Why, in one line.</param>
public readonly record struct MachineFailure(string Instance, string Reason);
